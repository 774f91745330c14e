-- Services: what a case can be about, its time limit, who answers for it, what an application brings along.
-- Names are those of one language; where it has none the Urdu ones, then the English ones.

-- name: service_all :many
-- Every service valid on a day with its name, those of one picture together.
-- in on_day i64
-- col name_text text
-- scan: under a hundred services
select s.id, s.service_code, s.municipal_flag, s.application_flag, s.sensitivity_code, s.icon_code, g.group_code,
       coalesce(l.label_text, f.label_text, e.label_text, s.service_code) as name_text
from service s
join service_group g on g.id = s.group_id
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'service' and f.id = s.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'service' and e.id = s.id and e.lang_code = 'en'
where s.valid_from_day <= :on_day and s.valid_to_day > :on_day
order by s.sort_no;

-- name: service_names :many
-- Codes and names of services, valid or not: old cases keep theirs.
-- col name_text text
select s.id, s.service_code, coalesce(l.label_text, f.label_text, e.label_text, s.service_code) as name_text
from service s
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'service' and f.id = s.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'service' and e.id = s.id and e.lang_code = 'en'
where s.id in (:ids*);

-- name: service_group_all :many
-- The pictures of the first page.
-- col name_text text
-- scan: a dozen groups
select g.id, g.group_code, g.icon_code, coalesce(l.label_text, f.label_text, e.label_text, g.group_code) as name_text
from service_group g
left join label l on l.label_kind_code = 'service_group' and l.id = g.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'service_group' and f.id = g.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'service_group' and e.id = g.id and e.lang_code = 'en'
order by g.sort_no;

-- name: service_by_code :one
-- in on_day i64
select id, service_code, municipal_flag, application_flag, sensitivity_code, icon_code
from service
where service_code = :service_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: service_ended :one
-- Whether there was or will be such a service on another day.
select id, valid_from_day, valid_to_day from service where service_code = :service_code;

-- name: service_by_id :one
select id, service_code, municipal_flag, application_flag, sensitivity_code, icon_code from service where id = :id;

-- name: service_term_on :one
-- The term in force on a day; the row of the unit itself only.
-- in on_day i64
select id, unit_id, limit_days, basis_text, verify_flag, helpline_text
from service_term
where service_id = :service_id and unit_id = :unit_id and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: service_terms_at :many
-- Every service's term in force on a day; the rows of the unit itself only.
-- in on_day i64
-- col basis_said_text text
-- col answered_text text?
-- col appeal_text text?
-- scan: two hundred terms
select t.id, t.service_id, t.limit_days, t.basis_text, t.verify_flag, t.helpline_text, t.fee_no, t.valid_to_day,
       coalesce(s.label_text, t.basis_text) as basis_said_text,
       coalesce(b.label_text, be.label_text) as answered_text, coalesce(a.label_text, ae.label_text) as appeal_text
from service_term t
left join label s on s.label_kind_code = 'term_basis' and s.id = t.id and s.lang_code = :lang_code
left join label b on b.label_kind_code = 'term_body' and b.id = t.id and b.lang_code = :lang_code
left join label be on be.label_kind_code = 'term_body' and be.id = t.id and be.lang_code = 'en'
left join label a on a.label_kind_code = 'term_appeal' and a.id = t.id and a.lang_code = :lang_code
left join label ae on ae.label_kind_code = 'term_appeal' and ae.id = t.id and ae.lang_code = 'en'
where t.unit_id = :unit_id and t.valid_from_day <= :on_day and t.valid_to_day > :on_day;

-- name: service_body_on :one
-- Who answers for a service in a unit; the row of the unit itself only.
-- in on_day i64
select body_id
from service_body
where service_id = :service_id and unit_id = :unit_id and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: board_office :one
-- An office by its code, with its name.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, b.body_kind_code, b.unit_id, coalesce(l.label_text, f.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.body_code = :body_code and b.valid_from_day <= :on_day and b.valid_to_day > :on_day;

-- name: board_offices :many
-- The offices of a district that have a board: its desks, and those that answer for a service.
-- scan: under a hundred services
-- in on_day i64
-- col name_text text
select b.body_code, b.body_kind_code, coalesce(l.label_text, f.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.home = :home and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
  and (b.body_kind_code = 'desk' or b.body_kind_code in (
      select s.body_kind_code from service s where s.valid_from_day <= :on_day and s.valid_to_day > :on_day))
order by case when b.body_kind_code = 'desk' then 0 else 1 end, b.body_code;

-- name: board_services :many
-- Which services are answered by a kind of office.
-- in on_day i64
-- scan: under a hundred services
select id from service
where body_kind_code = :body_kind_code and valid_from_day <= :on_day and valid_to_day > :on_day
order by sort_no;

-- name: service_documents :many
-- What an application for a service brings along.
-- in on_day i64
-- col name_text text
select d.id, d.document_code, coalesce(l.label_text, f.label_text, e.label_text, d.document_code) as name_text
from service_document s
join document d on d.id = s.document_id
left join label l on l.label_kind_code = 'document' and l.id = d.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'document' and f.id = d.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'document' and e.id = d.id and e.lang_code = 'en'
where s.service_id = :service_id and s.valid_from_day <= :on_day and s.valid_to_day > :on_day
order by s.sort_no;

-- name: document_by_code :one
select id from document where document_code = :document_code;

-- name: pointed_add :exec
insert into pointed (home, pointed_month, pointed_n) values (:home, :pointed_month, 1)
on conflict (home, pointed_month) do update set pointed_n = pointed.pointed_n + 1;

-- name: pointed_get :one
select pointed_n from pointed where home = :home and pointed_month = :pointed_month;
