-- Reminders: which sheets wait for somebody, and who was told.

-- name: remind_unbegun :many
-- Closed events of districts whose sheet was due and that nobody has begun.
-- in event_kind_no i64
-- in closed_state i64
-- in limit i64
select e.home, e.id, e.unit_id, e.event_day
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     left join sheet s on s.home = e.home and s.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :closed_state and s.id is null
      and e.source_code = 'here'
order by e.home, e.event_day, e.id
limit :limit;

-- name: remind_waiting :many
-- Sheets that somebody should have acted on, and that nobody was reminded of in this version and stage.
-- in sheet_kind_no i64
-- in draft_state i64
-- in submitted_state i64
-- in verified_state i64
-- in today_day i64
-- in before_ms i64
-- in limit i64
-- col home i64
-- col id i64
-- col version_no i64
-- col author_id i64?
-- col verifier_id i64?
-- col stage_code text
select x.home, x.id, x.version_no, x.author_id, x.verifier_id, x.stage_code
from (select s.home, s.id, s.version_no, s.author_id, s.verifier_id, f.due_ms,
             case when f.flow_state = :draft_state and s.due_day < :today_day then 'submit'
                  when f.flow_state = :submitted_state and s.author_ms < :before_ms then 'verify'
                  when f.flow_state = :verified_state and s.verifier_ms < :before_ms then 'approve' else '' end as stage_code
      from flow f join sheet s on s.home = f.home and s.id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :sheet_kind_no and f.open_flag = 1 and f.due_ms > 0) x
where x.stage_code <> ''
      and not exists (select 1 from sheet_reminder r
                      where r.home = x.home and r.sheet_id = x.id and r.version_no = x.version_no and r.stage_code = x.stage_code)
order by x.due_ms, x.home, x.id
limit :limit;

-- name: remind_add :exec
insert into sheet_reminder (home, sheet_id, version_no, stage_code, account_id, made_ms)
values (:home, :sheet_id, :version_no, :stage_code, :account_id, :made_ms);

-- name: remind_people :many
-- Who works in a role in a district.
select id from account where home = :home and role_no = :role_no and disabled_ms is null order by id limit 20;

-- name: remind_above :many
-- Those of a role who stand above the districts, with the place they look after.
-- in nowhere_is_id i64
select id, unit_id from account where home = :nowhere_is_id and role_no = :role_no and disabled_ms is null order by id limit 200;

-- name: remind_person :one
select id, disabled_ms from account where id = :id;

-- name: remind_mine :many
-- What one person was reminded of, as long as it stands where it stood.
-- in sheet_kind_no i64
-- in draft_state i64
-- in submitted_state i64
-- in verified_state i64
-- col event_code text?
-- col plan_code text?
-- col action_no i64?
select s.home, s.id, s.sheet_kind_code, s.from_day, s.to_day, s.due_day, r.stage_code, r.made_ms, u.unit_code, e.event_code,
       p.plan_code, a.action_no
from sheet_reminder r join sheet s on s.home = r.home and s.id = r.sheet_id and s.version_no = r.version_no
     join unit u on u.id = s.home
     join flow f on f.home = s.home and f.kind_no = :sheet_kind_no and f.subject_id = s.id
     left join event e on e.home = s.home and e.id = s.event_id
     left join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     left join plan p on p.home = a.home and p.id = a.plan_id
where r.account_id = :account_id
      and f.flow_state = case when r.stage_code = 'submit' then :draft_state when r.stage_code = 'verify' then :submitted_state
                              else :verified_state end
order by s.due_day, s.home, s.id
limit 50;
