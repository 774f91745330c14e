-- Dialogues, consultations, coordination groups and trainings: what was decided, who owes what, what was learnt.

-- name: dialogue_decisions :many
select decision_no, side_code, words_text from event_decision
where home = :home and event_id = :event_id order by decision_no;

-- name: dialogue_decision_last :one
-- col last_no i64
select coalesce(max(decision_no), 0) as last_no from event_decision where home = :home and event_id = :event_id;

-- name: dialogue_decision_add :exec
insert into event_decision (home, event_id, decision_no, side_code, words_text)
values (:home, :event_id, :decision_no, :side_code, :words_text);

-- name: dialogue_owed :many
-- Action points that stand, by the side that owes them, and how many of them that side has answered: reported, and not
-- sent back or elsewhere after that.
-- in cancelled_state i64
-- in reported_state i64
-- in given_state i64
-- in returned_state i64
-- col side_code text
-- col points_n i64
-- col answered_n i64
select t.side_code, count(*) as points_n, cast(sum(t.answered_n) as bigint) as answered_n
from (select d.side_code,
             case when exists (select 1 from flow_step s
                               where s.home = d.home and s.kind_no = 2 and s.subject_id = d.id
                                 and s.to_state = :reported_state
                                 and not exists (select 1 from flow_step l
                                                 where l.home = s.home and l.kind_no = 2 and l.subject_id = s.subject_id
                                                   and l.step_no > s.step_no
                                                   and (l.to_state = :given_state or l.to_state = :returned_state)))
             then 1 else 0 end as answered_n
      from direction d
      join flow f on f.home = d.home and f.kind_no = 2 and f.subject_id = d.id
      where d.home = :home and d.event_id = :event_id and f.flow_state <> :cancelled_state) t
group by t.side_code
order by t.side_code;

-- ---- trainings: people by number ----

-- name: training_people :many
select person_no, role_code, sex_code, before_n, after_n from event_person
where home = :home and event_id = :event_id order by person_no;

-- name: training_last_no :one
-- col last_no i64
select coalesce(max(t.no), 0) as last_no from (
    select max(person_no) as no from event_person where home = :home and event_id = :event_id
    union all
    select max(person_no) as no from event_person_same where home = :home and event_id = :event_id) t;

-- name: training_person_add :exec
insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag, device_code, record_code)
values (:home, :event_id, :person_no, :role_code, :sex_code, :spoke_flag, '', :record_code);

-- name: training_score_set :exec
-- What is not given stays as it is.
-- in before_n i64?
-- in after_n i64?
update event_person set before_n = coalesce(:before_n, before_n), after_n = coalesce(:after_n, after_n)
where home = :home and event_id = :event_id and person_no = :person_no;

-- ---- one of a series ----

-- name: series_events :one
-- How many of a series took place: all that are open or closed.
-- in planned_state i64
-- in cancelled_state i64
-- col events_n i64
select count(*) as events_n
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home = :home and e.event_kind_code = :event_kind_code and e.series_text = :series_text
  and f.flow_state <> :planned_state and f.flow_state <> :cancelled_state;

-- name: series_attendances :one
-- By names where a role has names, else as counted.
-- in planned_state i64
-- in cancelled_state i64
-- col people_n i64
select cast(coalesce(sum(t.people_n), 0) as bigint) as people_n
from (select c.people_n
      from event e
      join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
      join event_count c on c.home = e.home and c.event_id = e.id
      where e.home = :home and e.event_kind_code = :event_kind_code and e.series_text = :series_text
        and f.flow_state <> :planned_state and f.flow_state <> :cancelled_state
        and not exists (select 1 from event_person p
                        where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
      union all
      select 1 as people_n
      from event e
      join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
      join event_person p on p.home = e.home and p.event_id = e.id
      where e.home = :home and e.event_kind_code = :event_kind_code and e.series_text = :series_text
        and f.flow_state <> :planned_state and f.flow_state <> :cancelled_state) t;

-- name: series_persons :one
-- Attendances with a telephone number, and how many different numbers that is.
-- in planned_state i64
-- in cancelled_state i64
-- col told_n i64
-- col persons_n i64
select count(*) as told_n, count(distinct i.blind_hash) as persons_n
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
join event_person p on p.home = e.home and p.event_id = e.id
join event_person_index i on i.home = p.home and i.event_id = p.event_id and i.person_no = p.person_no
where e.home = :home and e.event_kind_code = :event_kind_code and e.series_text = :series_text
  and f.flow_state <> :planned_state and f.flow_state <> :cancelled_state;
