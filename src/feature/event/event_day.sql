-- The day of an event: who came, what they need, who is heard, which matters were taken down and what was answered.

-- name: event_record_get :one
select content_code, case_id, made_no from event_record where home = :home and event_id = :event_id and record_code = :record_code;

-- name: event_record_add :exec
insert into event_record (home, event_id, record_code, content_code, case_id, made_no, device_code, taken_ms, later_flag)
values (:home, :event_id, :record_code, :content_code, :case_id, :made_no, :device_code, :taken_ms, :later_flag);

-- name: event_count_get :one
select people_n, spoke_n from event_count
where home = :home and event_id = :event_id and device_code = :device_code and role_code = :role_code
  and sex_code = :sex_code;

-- name: event_count_put :exec
insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)
values (:home, :event_id, :device_code, :role_code, :sex_code, :people_n, :spoke_n)
on conflict (home, event_id, device_code, role_code, sex_code)
do update set people_n = excluded.people_n, spoke_n = excluded.spoke_n;

-- name: event_person_last :one
-- col last_no i64
select coalesce(max(t.no), 0) as last_no from (
    select max(person_no) as no from event_person where home = :home and event_id = :event_id
    union all
    select max(person_no) as no from event_person_same where home = :home and event_id = :event_id) t;

-- name: event_person_add :exec
insert into event_person (home, event_id, person_no, role_code, sex_code, name_enc, phone_enc, body_id, spoke_flag, token_no,
                          before_n, after_n, device_code, record_code)
values (:home, :event_id, :person_no, :role_code, :sex_code, :name_enc, :phone_enc, :body_id, :spoke_flag, :token_no,
        null, null, :device_code, :record_code);

-- name: event_person_index_add :exec
insert into event_person_index (home, blind_hash, event_id, person_no)
values (:home, :blind_hash, :event_id, :person_no);

-- name: event_person_here :one
-- How often a number stands on the roster of one event.
-- col people_n i64
select count(*) as people_n from event_person_index
where home = :home and blind_hash = :blind_hash and event_id = :event_id;

-- name: event_person_get :one
select role_code, sex_code, spoke_flag from event_person
where home = :home and event_id = :event_id and person_no = :person_no;

-- name: event_person_list :many
-- In the order in which they were written down.
-- col office_text text
select p.person_no, p.role_code, p.sex_code, p.name_enc, p.phone_enc, p.spoke_flag, p.token_no,
       coalesce(l.label_text, f.label_text, b.body_code, '') as office_text
from event_person p
left join body b on b.id = p.body_id
left join label l on l.label_kind_code = 'body' and l.id = p.body_id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = p.body_id and f.lang_code = 'en'
where p.home = :home and p.event_id = :event_id
order by p.person_no;

-- name: event_person_set_spoke :exec
update event_person set spoke_flag = :spoke_flag
where home = :home and event_id = :event_id and person_no = :person_no;

-- name: event_person_index_remove :exec
delete from event_person_index
where home = :home and event_id = :event_id and person_no = :person_no and blind_hash = :blind_hash;

-- name: event_person_sealed :one
select phone_enc from event_person where home = :home and event_id = :event_id and person_no = :person_no;

-- name: event_person_remove :exec
delete from event_person where home = :home and event_id = :event_id and person_no = :person_no;

-- name: event_person_fill :exec
-- What the second row says and the one that counts does not.
-- in head_no i64
update event_person
set spoke_flag = case when spoke_flag = 1 or (select s.spoke_flag from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no) = 1 then 1 else 0 end,
    phone_enc = coalesce(phone_enc, (select s.phone_enc from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no)),
    body_id = coalesce(body_id, (select s.body_id from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no)),
    token_no = coalesce(token_no, (select s.token_no from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no)),
    before_n = coalesce(before_n, (select s.before_n from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no)),
    after_n = coalesce(after_n, (select s.after_n from event_person s where s.home = :home and s.event_id = :event_id and s.person_no = :person_no))
where home = :home and event_id = :event_id and person_no = :head_no;

-- name: event_person_below :exec
insert into event_person_same (home, event_id, person_no, head_no, role_code, sex_code, name_enc, phone_enc, body_id, spoke_flag,
                               token_no, before_n, after_n, device_code, record_code, put_ms)
select home, event_id, person_no, cast(:head_no as bigint), role_code, sex_code, name_enc, phone_enc, body_id, spoke_flag,
       token_no, before_n, after_n, device_code, record_code, cast(:put_ms as bigint)
from event_person where home = :home and event_id = :event_id and person_no = :person_no;

-- name: event_person_below_move :exec
-- in new_no i64
update event_person_same set head_no = :new_no where home = :home and event_id = :event_id and head_no = :head_no;

-- name: event_person_same_list :many
select person_no, head_no from event_person_same where home = :home and event_id = :event_id order by person_no;

-- name: event_person_same_forget :exec
-- Who is taken off the list goes with all rows that she was written in.
delete from event_person_same where home = :home and event_id = :event_id and head_no = :head_no;

-- name: event_person_apart_forget :exec
delete from event_person_apart where home = :home and event_id = :event_id and (person_no = :person_no or other_no = :person_no);

-- name: event_person_apart_put :exec
insert into event_person_apart (home, event_id, person_no, other_no) values (:home, :event_id, :person_no, :other_no)
on conflict (home, event_id, person_no, other_no) do nothing;

-- name: event_person_apart_list :many
select person_no, other_no from event_person_apart where home = :home and event_id = :event_id;

-- name: event_margin_list :many
select role_code, margin_code, value_code, people_n from event_margin where home = :home and event_id = :event_id;

-- name: event_margin_put :exec
insert into event_margin (home, event_id, role_code, margin_code, value_code, people_n)
values (:home, :event_id, :role_code, :margin_code, :value_code, :people_n)
on conflict (home, event_id, role_code, margin_code, value_code) do update set people_n = excluded.people_n;

-- name: event_need_last :one
-- col last_no i64
select coalesce(max(need_no), 0) as last_no from event_need where home = :home and event_id = :event_id;

-- name: event_need_add :exec
insert into event_need (home, event_id, need_no, words_text, service_id, same_as_no, women_n, others_n)
values (:home, :event_id, :need_no, :words_text, :service_id, null, :women_n, :others_n);

-- name: event_need_get :one
select need_no, words_text, service_id, same_as_no, women_n, others_n from event_need
where home = :home and event_id = :event_id and need_no = :need_no;

-- name: event_need_set :exec
update event_need set service_id = :service_id, same_as_no = :same_as_no, women_n = :women_n, others_n = :others_n
where home = :home and event_id = :event_id and need_no = :need_no;

-- name: event_need_move :exec
-- What was put together with one need goes with it to another.
update event_need set same_as_no = :same_as_no
where home = :home and event_id = :event_id and same_as_no = :need_no;

-- name: event_need_list :many
-- The most wanted first, by the women; what was put together with it behind it.
-- col head_no i64
-- col service_text text
select n.need_no, n.words_text, n.service_id, n.same_as_no, n.women_n, n.others_n,
       coalesce(n.same_as_no, n.need_no) as head_no, coalesce(l.label_text, f.label_text, '') as service_text
from event_need n
left join event_need h on h.home = n.home and h.event_id = n.event_id and h.need_no = n.same_as_no
left join label l on l.label_kind_code = 'service' and l.id = n.service_id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'service' and f.id = n.service_id and f.lang_code = 'en'
where n.home = :home and n.event_id = :event_id
order by coalesce(h.women_n, n.women_n) desc, coalesce(h.others_n, n.others_n) desc, coalesce(n.same_as_no, n.need_no),
         coalesce(n.same_as_no, 0), n.need_no;

-- name: event_token_last :one
-- The last number that was given out, or that a device may give out.
-- col last_no i64
select coalesce(max(t.no), 0) as last_no from (
    select max(token_no) as no from event_token where home = :home and event_id = :event_id
    union all
    select max(last_no) as no from event_token_block where home = :home and event_id = :event_id) t;

-- name: event_token_block_add :exec
insert into event_token_block (home, event_id, first_no, last_no, device_code, leased_ms)
values (:home, :event_id, :first_no, :last_no, :device_code, :leased_ms);

-- name: event_token_block_of :one
-- Whose number it is to give out.
-- in token_no i64
select first_no, last_no, device_code from event_token_block
where home = :home and event_id = :event_id and first_no <= :token_no and last_no >= :token_no;

-- name: event_token_add :exec
insert into event_token (home, event_id, token_no, token_code, sex_code, taken_ms)
values (:home, :event_id, :token_no, 'waiting', :sex_code, :taken_ms);

-- name: event_token_get :one
select token_no, token_code, sex_code from event_token
where home = :home and event_id = :event_id and token_no = :token_no;

-- name: event_token_set :exec
update event_token set token_code = :token_code, heard_ms = :heard_ms
where home = :home and event_id = :event_id and token_no = :token_no;

-- name: event_token_list :many
select token_no, token_code, sex_code, taken_ms, heard_ms from event_token
where home = :home and event_id = :event_id
order by token_no;

-- name: event_case_add :exec
insert into event_case (home, event_id, case_id, token_no) values (:home, :event_id, :case_id, :token_no);

-- name: event_case_get :one
select case_id, token_no, answer_code, answer_day, answer_text, body_id, post_text, answered_ms
from event_case where home = :home and event_id = :event_id and case_id = :case_id;

-- name: event_case_answer :exec
update event_case
set answer_code = :answer_code, answer_day = :answer_day, answer_text = :answer_text, body_id = :body_id,
    post_text = :post_text, answered_ms = :answered_ms
where home = :home and event_id = :event_id and case_id = :case_id;

-- name: event_case_list :many
-- The matters of the day, in the order of their tokens; what is closed to whoever asks is left out.
-- in also_id i64
-- col service_text text
-- col office_text text
select e.case_id, e.token_no, e.answer_code, e.answer_day, e.answer_text, e.post_text, e.answered_ms, c.ref_code,
       c.sex_code, c.words_text, c.place_text, c.filed_ms, f.flow_state, f.mark_no,
       coalesce(l.label_text, g.label_text, '') as service_text,
       coalesce(m.label_text, n.label_text, '') as office_text
from event_case e
join cases c on c.home = e.home and c.id = e.case_id
join flow f on f.home = e.home and f.kind_no = 1 and f.subject_id = e.case_id
left join label l on l.label_kind_code = 'service' and l.id = c.service_id and l.lang_code = :lang_code
left join label g on g.label_kind_code = 'service' and g.id = c.service_id and g.lang_code = 'en'
left join label m on m.label_kind_code = 'body' and m.id = e.body_id and m.lang_code = :lang_code
left join label n on n.label_kind_code = 'body' and n.id = e.body_id and n.lang_code = 'en'
where e.home = :home and e.event_id = :event_id
  and not exists (select 1 from case_bar b where b.home = e.home and b.barred_id in (:barred_id, :also_id) and b.case_id = e.case_id)
order by coalesce(e.token_no, 1000000), e.case_id;

-- name: event_filed :many
-- Matters taken down there, by who brought them.
-- col people_n i64
select c.sex_code, count(*) as people_n
from event_case e
join cases c on c.home = e.home and c.id = e.case_id
where e.home = :home and e.event_id = :event_id
group by c.sex_code;

-- name: event_body_by_code :one
-- As it is now.
select id, home from body where body_code = :body_code order by valid_from_day desc limit 1;

-- name: event_offices :many
-- Who may answer for something in a district: its bodies, desks left out.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, coalesce(l.label_text, f.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'en'
where b.home = :home and b.body_kind_code <> 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_kind_code, b.id;
