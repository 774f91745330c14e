-- The desk: unfinished forms, calls that are due, what waits.

-- name: draft_get :one
select key_no, content_enc, created_ms, updated_ms
from draft
where account_id = :account_id and draft_code = :draft_code;

-- name: draft_list :many
-- An account's own, newest first.
select draft_code, key_no, created_ms, updated_ms
from draft
where account_id = :account_id
order by updated_ms desc, draft_code;

-- name: draft_put :exec
insert into draft (account_id, draft_code, key_no, content_enc, created_ms, updated_ms)
values (:account_id, :draft_code, :key_no, :content_enc, :created_ms, :updated_ms)
on conflict (account_id, draft_code)
do update set content_enc = excluded.content_enc, updated_ms = excluded.updated_ms;

-- name: draft_remove :exec
delete from draft where account_id = :account_id and draft_code = :draft_code;

-- name: draft_old :many
-- in before_ms i64
-- in limit i64
select account_id, draft_code, key_no
from draft
where updated_ms < :before_ms
order by updated_ms
limit :limit;

-- name: desk_stopped :one
-- What its devices brought and it has to look at.
-- col stopped_n i64
select count(*) as stopped_n
from device_record r
join device d on d.home = r.home and d.id = r.device_id
where r.record_state_code = 'refused' and r.why_code not in ('pointed', 'dropped', 'gone') and r.home = :home and d.desk_id = :desk_id;

-- name: calls_due :many
-- Whom to call, of a district, the longest due first; once about one thing, however often it has become due.
-- in until_day i64
-- in limit i64
-- in also_id i64
-- col when_code text?
select b.id, b.call_code, b.due_day, b.tries_n, c.ref_code, c.service_id, c.reachable_flag, i.when_code
from call_back b
join cases c on c.home = b.home and c.id = b.subject_id
left join identity i on i.home = c.home and i.case_id = c.id and i.party_no = 1
where b.home = :home and b.kind_no = 1 and b.done_ms is null and b.due_day <= :until_day
  and not exists (select 1 from call_back e
                  where e.home = b.home and e.kind_no = b.kind_no and e.subject_id = b.subject_id
                    and e.call_code = b.call_code and e.done_ms is null and e.due_day <= b.due_day
                    and (e.due_day < b.due_day or e.id < b.id))
  and not exists (select 1 from case_bar x where x.home = b.home and x.barred_id in (:barred_id, :also_id) and x.case_id = b.subject_id)
order by b.due_day, b.id
limit :limit;

-- name: elsewhere_waiting :many
-- What is not municipal and was not handed over yet, the first due first.
-- in limit i64
-- in also_id i64
select c.ref_code, c.filed_day, c.service_id
from flow f
join cases c on c.home = f.home and c.id = f.subject_id
join service s on s.id = f.topic_id
where f.home = :home and f.kind_no = 1 and f.flow_state = :flow_state and s.municipal_flag = 0
  and not exists (select 1 from case_bar b where b.home = f.home and b.barred_id in (:barred_id, :also_id) and b.case_id = f.subject_id)
order by f.due_ms, f.subject_id
limit :limit;
