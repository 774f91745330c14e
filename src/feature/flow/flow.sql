-- Where subjects stand, what happened, clocks, assignments, news.

-- name: flow_get :one
select flow_state, open_flag, since_ms, step_no, action_no, step_ms, office_id, assignee_id, marked_id, reason_code,
       next_day, mark_no, spent_days, unit_id, tehsil_id, topic_id, due_ms
from flow
where home = :home and kind_no = :kind_no and subject_id = :subject_id;

-- name: flow_add :exec
insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, action_no, step_ms, office_id,
                  assignee_id, marked_id, reason_code, next_day, mark_no, spent_days, unit_id, tehsil_id, topic_id,
                  due_ms)
values (:home, :kind_no, :subject_id, :flow_state, :open_flag, :since_ms, :step_no, :action_no, :step_ms, :office_id,
        :assignee_id, :marked_id, :reason_code, :next_day, :mark_no, :spent_days, :unit_id, :tehsil_id, :topic_id,
        :due_ms);

-- name: flow_set :exec
-- Only from the step it was read at: two people acting at once cannot both have acted on the same state.
-- in was_step_no i64
update flow
set flow_state = :flow_state, open_flag = :open_flag, since_ms = :since_ms, step_no = :step_no,
    action_no = :action_no, step_ms = :step_ms, office_id = :office_id, assignee_id = :assignee_id,
    marked_id = :marked_id, reason_code = :reason_code, next_day = :next_day, mark_no = :mark_no,
    spent_days = :spent_days, unit_id = :unit_id, tehsil_id = :tehsil_id, topic_id = :topic_id, due_ms = :due_ms
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no = :was_step_no;

-- name: step_add :exec
insert into flow_step (home, kind_no, subject_id, step_no, action_no, from_state, to_state, at_ms, at_day, role_no,
                       actor_id, actor_office_id, result_code, via_code, detail_code, reason_code, next_day,
                       words_text, inside_flag)
values (:home, :kind_no, :subject_id, :step_no, :action_no, :from_state, :to_state, :at_ms, :at_day, :role_no,
        :actor_id, :actor_office_id, :result_code, :via_code, :detail_code, :reason_code, :next_day, :words_text,
        :inside_flag);

-- name: step_list :many
-- Newest first, going on before a step.
-- in before_step_no i64
-- in limit i64
select step_no, action_no, from_state, to_state, at_ms, role_no, actor_id, actor_office_id, result_code, via_code,
       detail_code, reason_code, next_day, words_text, inside_flag
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no < :before_step_no
order by step_no desc
limit :limit;

-- name: step_reached :one
-- Whether a state was ever reached; what was undone does not count, here and in the four below.
-- in undo_no i64
select s.step_no
from flow_step s
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id and s.to_state = :to_state
  and not exists (select 1 from flow_step u
                  where u.home = s.home and u.kind_no = s.kind_no and u.subject_id = s.subject_id
                    and u.step_no = s.step_no + 1 and u.action_no = :undo_no)
limit 1;

-- name: step_taken_from :one
-- Whether an action was ever taken in a state.
-- in undo_no i64
select s.step_no
from flow_step s
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id and s.action_no = :action_no
  and s.from_state = :from_state
  and not exists (select 1 from flow_step u
                  where u.home = s.home and u.kind_no = s.kind_no and u.subject_id = s.subject_id
                    and u.step_no = s.step_no + 1 and u.action_no = :undo_no)
limit 1;

-- name: step_count_of_day :one
-- in undo_no i64
-- col steps_n i64
select count(*) as steps_n
from flow_step s
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id and s.action_no = :action_no
  and s.role_no = :role_no and s.at_day = :at_day
  and not exists (select 1 from flow_step u
                  where u.home = s.home and u.kind_no = s.kind_no and u.subject_id = s.subject_id
                    and u.step_no = s.step_no + 1 and u.action_no = :undo_no);

-- name: step_days_since :one
-- On how many days an action was taken behind a step.
-- in undo_no i64
-- in after_step_no i64
-- col days_n i64
select count(distinct s.at_day) as days_n
from flow_step s
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id and s.action_no = :action_no
  and s.step_no > :after_step_no
  and not exists (select 1 from flow_step u
                  where u.home = s.home and u.kind_no = s.kind_no and u.subject_id = s.subject_id
                    and u.step_no = s.step_no + 1 and u.action_no = :undo_no);

-- name: step_last_into :one
-- The last step that led into a state from another one.
select step_no, at_ms
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and to_state = :to_state
  and from_state <> to_state
order by step_no desc
limit 1;

-- name: step_by_whom :many
-- Everybody who took one kind of step: persons and their offices.
-- in undo_no i64
select s.actor_id, s.actor_office_id
from flow_step s
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id and s.action_no = :action_no
  and not exists (select 1 from flow_step u
                  where u.home = s.home and u.kind_no = s.kind_no and u.subject_id = s.subject_id
                    and u.step_no = s.step_no + 1 and u.action_no = :undo_no);

-- name: deadline_add :exec
insert into deadline (home, kind_no, subject_id, clock_code, round_no, started_ms, due_ms, paused_ms, paused_days,
                      stopped_ms, basis_text)
values (:home, :kind_no, :subject_id, :clock_code, :round_no, :started_ms, :due_ms, null, 0, null, :basis_text);

-- name: deadline_last :one
-- The latest round of a clock.
select round_no, started_ms, due_ms, paused_ms, paused_days, stopped_ms, basis_text
from deadline
where home = :home and kind_no = :kind_no and subject_id = :subject_id and clock_code = :clock_code
order by round_no desc
limit 1;

-- name: deadline_set :exec
update deadline
set due_ms = :due_ms, paused_ms = :paused_ms, paused_days = :paused_days, stopped_ms = :stopped_ms,
    basis_text = :basis_text
where home = :home and kind_no = :kind_no and subject_id = :subject_id and clock_code = :clock_code
  and round_no = :round_no;

-- name: deadline_remove :exec
-- A round that a step began and undoing it takes back.
delete from deadline
where home = :home and kind_no = :kind_no and subject_id = :subject_id and clock_code = :clock_code
  and round_no = :round_no;

-- name: assignment_add :exec
insert into assignment (home, kind_no, subject_id, step_no, office_id, assignee_id, from_ms, to_ms)
values (:home, :kind_no, :subject_id, :step_no, :office_id, :assignee_id, :from_ms, null);

-- name: assignment_end :exec
update assignment
set to_ms = :to_ms
where home = :home and kind_no = :kind_no and subject_id = :subject_id and to_ms is null;

-- name: outbox_add :exec
insert into outbox (id, home, kind_no, subject_id, step_no, news_code, created_ms, taken_ms)
values (:id, :home, :kind_no, :subject_id, :step_no, :news_code, :created_ms, null);

-- name: outbox_of_step :many
select id, taken_ms
from outbox
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no = :step_no;

-- name: outbox_remove :exec
-- News that nobody has taken yet, of a step that was undone.
delete from outbox where id = :id and taken_ms is null;

-- name: before_put :exec
insert into flow_before (home, kind_no, subject_id, step_no, flow_state, open_flag, since_ms, action_no, step_ms,
                         office_id, assignee_id, marked_id, reason_code, next_day, mark_no, spent_days, unit_id,
                         tehsil_id, topic_id, due_ms, round_no, round_due_ms, paused_ms, paused_days, stopped_ms)
values (:home, :kind_no, :subject_id, :step_no, :flow_state, :open_flag, :since_ms, :action_no, :step_ms, :office_id,
        :assignee_id, :marked_id, :reason_code, :next_day, :mark_no, :spent_days, :unit_id, :tehsil_id, :topic_id,
        :due_ms, :round_no, :round_due_ms, :paused_ms, :paused_days, :stopped_ms)
on conflict (home, kind_no, subject_id)
do update set step_no = excluded.step_no, flow_state = excluded.flow_state, open_flag = excluded.open_flag,
              since_ms = excluded.since_ms, action_no = excluded.action_no, step_ms = excluded.step_ms,
              office_id = excluded.office_id, assignee_id = excluded.assignee_id, marked_id = excluded.marked_id,
              reason_code = excluded.reason_code, next_day = excluded.next_day, mark_no = excluded.mark_no,
              spent_days = excluded.spent_days, unit_id = excluded.unit_id, tehsil_id = excluded.tehsil_id,
              topic_id = excluded.topic_id, due_ms = excluded.due_ms, round_no = excluded.round_no,
              round_due_ms = excluded.round_due_ms, paused_ms = excluded.paused_ms,
              paused_days = excluded.paused_days, stopped_ms = excluded.stopped_ms;

-- name: before_get :one
select step_no, flow_state, open_flag, since_ms, action_no, step_ms, office_id, assignee_id, marked_id, reason_code,
       next_day, mark_no, spent_days, unit_id, tehsil_id, topic_id, due_ms, round_no, round_due_ms, paused_ms,
       paused_days, stopped_ms
from flow_before
where home = :home and kind_no = :kind_no and subject_id = :subject_id;

-- name: before_remove :exec
delete from flow_before where home = :home and kind_no = :kind_no and subject_id = :subject_id;

-- name: seen_put :exec
insert into seen (home, kind_no, subject_id, account_id, step_no, seen_ms)
values (:home, :kind_no, :subject_id, :account_id, :step_no, :seen_ms)
on conflict (home, kind_no, subject_id, account_id)
do update set step_no = excluded.step_no, seen_ms = excluded.seen_ms;

-- name: seen_get :one
select step_no, seen_ms
from seen
where home = :home and kind_no = :kind_no and subject_id = :subject_id and account_id = :account_id;

-- name: seen_by_others :one
-- Whether anybody else has seen it as it stands behind a step.
select account_id
from seen
where home = :home and kind_no = :kind_no and subject_id = :subject_id and account_id <> :account_id
  and step_no >= :step_no
limit 1;

-- name: call_back_add :exec
insert into call_back (home, kind_no, subject_id, id, call_code, due_day, tries_n, step_no, done_ms)
values (:home, :kind_no, :subject_id, :id, :call_code, :due_day, :tries_n, :step_no, null);

-- name: call_back_open :many
-- Of one subject, those not done. The + keeps SQLite from walking all that waits in the district for the sake of its order.
select id, call_code, due_day, tries_n
from call_back
where home = :home and kind_no = :kind_no and subject_id = :subject_id and done_ms is null
order by +due_day, id;

-- name: call_back_end :exec
update call_back
set done_ms = :done_ms, done_step_no = :done_step_no
where home = :home and kind_no = :kind_no and subject_id = :subject_id and call_code = :call_code and done_ms is null;

-- name: call_back_unplan :exec
-- Those that a step planned, when it is undone.
delete from call_back
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no = :step_no and done_ms is null;

-- name: call_back_again :exec
-- Those that a step ended, when it is undone.
update call_back
set done_ms = null, done_step_no = null
where home = :home and kind_no = :kind_no and subject_id = :subject_id and done_step_no = :done_step_no;

-- name: flow_walk :many
-- All subjects of a kind, in stretches.
-- in limit i64
select f.home, f.subject_id
from flow f
where f.kind_no = :kind_no and (f.home > :home or (f.home = :home and f.subject_id > :subject_id))
order by f.home, f.kind_no, f.subject_id
limit :limit;

-- name: step_sealed :many
-- Every step of a subject with its row of the audit chain.
-- col chain_no i64?
-- col seq_no i64?
-- col detail_text text?
select s.home, s.kind_no, s.subject_id, s.step_no, s.action_no, s.from_state, s.to_state, s.at_ms, s.at_day, s.role_no,
       s.actor_id, s.actor_office_id, s.result_code, s.via_code, s.detail_code, s.reason_code, s.next_day,
       s.words_text, s.inside_flag, a.chain_no, a.seq_no, a.detail_text
from flow_step s
left join audit a on a.home = s.home and a.about_kind = :about_kind and a.about_id = s.subject_id
                 and a.audit_ms = s.at_ms and a.detail_text like 'step=' || s.step_no || ' %'
where s.home = :home and s.kind_no = :kind_no and s.subject_id = :subject_id
order by s.step_no;
