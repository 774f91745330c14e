-- Where subjects stand, what happened, clocks, assignments, news.

-- name: flow_get :one
select flow_state, open_flag, since_ms, step_no, office_id, assignee_id, unit_id, tehsil_id, topic_id, due_ms
from flow
where home = :home and kind_no = :kind_no and subject_id = :subject_id;

-- name: flow_add :exec
insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, office_id, assignee_id,
                  unit_id, tehsil_id, topic_id, due_ms)
values (:home, :kind_no, :subject_id, :flow_state, :open_flag, :since_ms, :step_no, :office_id, :assignee_id,
        :unit_id, :tehsil_id, :topic_id, :due_ms);

-- name: flow_set :exec
-- Only from the step it was read at: two people acting at once cannot both have acted on the same state.
-- in was_step_no i64
update flow
set flow_state = :flow_state, open_flag = :open_flag, since_ms = :since_ms, step_no = :step_no,
    office_id = :office_id, assignee_id = :assignee_id, unit_id = :unit_id, tehsil_id = :tehsil_id,
    topic_id = :topic_id, due_ms = :due_ms
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no = :was_step_no;

-- name: step_add :exec
insert into flow_step (home, kind_no, subject_id, step_no, action_no, from_state, to_state, at_ms, at_day, role_no,
                       actor_id, actor_office_id, result_code, via_code, detail_code, words_text, inside_flag)
values (:home, :kind_no, :subject_id, :step_no, :action_no, :from_state, :to_state, :at_ms, :at_day, :role_no,
        :actor_id, :actor_office_id, :result_code, :via_code, :detail_code, :words_text,
        :inside_flag);

-- name: step_list :many
-- Newest first, going on before a step.
-- in before_step_no i64
-- in limit i64
select step_no, action_no, from_state, to_state, at_ms, role_no, actor_id, actor_office_id, result_code, via_code,
       detail_code, words_text, inside_flag
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and step_no < :before_step_no
order by step_no desc
limit :limit;

-- name: step_reached :one
-- Whether a state was ever reached.
select step_no
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and to_state = :to_state
limit 1;

-- name: step_taken_from :one
-- Whether an action was ever taken in a state.
select step_no
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and action_no = :action_no
  and from_state = :from_state
limit 1;

-- name: step_count_of_day :one
-- col steps_n i64
select count(*) as steps_n
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and action_no = :action_no
  and role_no = :role_no and at_day = :at_day;

-- name: step_by_whom :many
-- Everybody who took one kind of step: persons and their offices.
select actor_id, actor_office_id
from flow_step
where home = :home and kind_no = :kind_no and subject_id = :subject_id and action_no = :action_no;

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

-- name: assignment_add :exec
insert into assignment (home, kind_no, subject_id, step_no, office_id, assignee_id, from_ms, to_ms)
values (:home, :kind_no, :subject_id, :step_no, :office_id, :assignee_id, :from_ms, null);

-- name: assignment_end :exec
update assignment
set to_ms = :to_ms
where home = :home and kind_no = :kind_no and subject_id = :subject_id and to_ms is null;

-- name: outbox_add :exec
insert into outbox (id, home, kind_no, subject_id, news_code, created_ms, taken_ms)
values (:id, :home, :kind_no, :subject_id, :news_code, :created_ms, null);
