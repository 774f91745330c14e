-- Services: what a case can be about, its time limit and who answers for it.

-- name: service_all :many
-- Every service with its name and the term in force on a day.
-- in on_day i64
-- col name_text text
-- col limit_days i64?
-- col basis_text text
-- col verify_flag i64
-- scan: under a hundred services
select s.id, s.service_code, s.municipal_flag, s.sensitivity_code, s.icon_code,
       coalesce(l.label_text, e.label_text, s.service_code) as name_text,
       t.limit_days as limit_days, coalesce(t.basis_text, '') as basis_text, coalesce(t.verify_flag, 1) as verify_flag
from service s
left join service_term t on t.service_id = s.id and t.valid_from_day <= :on_day and t.valid_to_day > :on_day
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'service' and e.id = s.id and e.lang_code = 'en'
where s.valid_from_day <= :on_day and s.valid_to_day > :on_day
order by s.sort_no;

-- name: service_by_code :one
-- in on_day i64
select id, service_code, municipal_flag, sensitivity_code, icon_code
from service
where service_code = :service_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: service_by_id :one
select id, service_code, municipal_flag, sensitivity_code, icon_code from service where id = :id;

-- name: service_term_on :one
-- The term in force on a day.
-- in on_day i64
select limit_days, basis_text, verify_flag
from service_term
where service_id = :service_id and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: service_body_on :one
-- Who answers for a service in a unit; the row of the unit itself only.
-- in on_day i64
select body_id
from service_body
where service_id = :service_id and unit_id = :unit_id and valid_from_day <= :on_day and valid_to_day > :on_day;
