-- The end of an event's day: the paper sheet, signatures, what is still open; what a follow-up says of directions.

-- name: close_later :one
-- What devices brought when the day was closed already.
-- col records_n i64
-- col last_at_ms i64
select count(*) as records_n, coalesce(max(taken_ms), 0) as last_at_ms from event_record
where home = :home and event_id = :event_id and later_flag = 1;

-- name: close_paper_list :many
select role_code, sex_code, people_n from event_paper where home = :home and event_id = :event_id;

-- name: close_paper_clear :exec
delete from event_paper where home = :home and event_id = :event_id;

-- name: close_paper_add :exec
insert into event_paper (home, event_id, role_code, sex_code, people_n)
values (:home, :event_id, :role_code, :sex_code, :people_n);

-- name: close_explain :exec
update event set explained_text = :explained_text where home = :home and id = :id;

-- name: close_minutes :exec
update event set minutes_text = :minutes_text where home = :home and id = :id;

-- name: close_sign_list :many
select sign_no, post_text, how_code, signed_ms from event_signature
where home = :home and event_id = :event_id order by sign_no;

-- name: close_sign_add :exec
insert into event_signature (home, event_id, sign_no, post_text, how_code, signed_ms)
values (:home, :event_id, :sign_no, :post_text, :how_code, :signed_ms);

-- name: close_sign_remove :exec
delete from event_signature where home = :home and event_id = :event_id and sign_no = :sign_no;

-- name: close_open_ends :one
-- Cases without an answer on the spot, and tokens that still wait.
-- col cases_n i64
-- col tokens_n i64
select (select count(*) from event_case c where c.home = :home and c.event_id = :event_id and c.answer_code is null) as cases_n,
       (select count(*) from event_token t
        where t.home = :home and t.event_id = :event_id and t.token_code = 'waiting') as tokens_n;

-- name: close_case_answers :many
-- Cases brought to an event, by what was answered ('': nothing yet).
-- col answered_code text
-- col cases_n i64
-- col women_n i64
select coalesce(e.answer_code, '') as answered_code, count(*) as cases_n,
       coalesce(sum(case when c.sex_code = 'woman' then 1 else 0 end), 0) as women_n
from event_case e
join cases c on c.home = e.home and c.id = e.case_id
where e.home = :home and e.event_id = :event_id
group by coalesce(e.answer_code, '')
order by 1;

-- name: close_case_list :many
-- The same one by one, by token and number; nobody's words. What goes past a desk stands on no sheet.
-- col service_name text
-- col office_name text?
select c.ref_code, e.token_no, c.sex_code, e.answer_code, e.answer_day, e.post_text,
       coalesce(l.label_text, f.label_text, n.label_text, s.service_code) as service_name,
       coalesce(bl.label_text, bf.label_text, bn.label_text) as office_name
from event_case e
join cases c on c.home = e.home and c.id = e.case_id
join service s on s.id = c.service_id
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'service' and f.id = s.id and f.lang_code = 'ur'
left join label n on n.label_kind_code = 'service' and n.id = s.id and n.lang_code = 'en'
left join label bl on bl.label_kind_code = 'body' and bl.id = e.body_id and bl.lang_code = :lang_code
left join label bf on bf.label_kind_code = 'body' and bf.id = e.body_id and bf.lang_code = 'ur'
left join label bn on bn.label_kind_code = 'body' and bn.id = e.body_id and bn.lang_code = 'en'
where e.home = :home and e.event_id = :event_id
  and not exists (select 1 from case_bar b where b.home = e.home and b.case_id = e.case_id and b.why_code = 'about')
order by coalesce(e.token_no, 999999), c.ref_code;

-- name: close_need_list :many
-- Needs as the women present ranked them; those put together with another one are left out.
select need_no, words_text, women_n, others_n from event_need
where home = :home and event_id = :event_id and same_as_no is null
order by women_n desc, others_n desc, need_no;

-- name: close_decision_list :many
select decision_no, side_code, words_text from event_decision
where home = :home and event_id = :event_id order by decision_no;

-- name: close_margin_list :many
select role_code, margin_code, value_code, people_n from event_margin
where home = :home and event_id = :event_id order by role_code, margin_code, value_code;

-- name: close_tokens :one
-- col tokens_n i64
-- col women_n i64
select count(*) as tokens_n, coalesce(sum(case when sex_code = 'woman' then 1 else 0 end), 0) as women_n
from event_token where home = :home and event_id = :event_id;

-- name: follow_answer_list :many
select direction_id, answer_code, words_text, women_agree_flag from event_answer
where home = :home and event_id = :event_id;

-- name: follow_answer_put :exec
insert into event_answer (home, event_id, direction_id, answer_code, words_text, women_agree_flag)
values (:home, :event_id, :direction_id, :answer_code, :words_text, :women_agree_flag)
on conflict (home, event_id, direction_id)
do update set answer_code = excluded.answer_code, words_text = excluded.words_text,
              women_agree_flag = excluded.women_agree_flag;

-- name: close_sheet_stands :one
-- Whether an approved data sheet stands on what the event says.
-- col sheets_n i64
select count(*) as sheets_n from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
where s.home = :home and s.event_id = :event_id and v.unlock_text = '';
