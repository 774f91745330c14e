-- Who came to the events that are closed. By names where a role has names there, else as counted.

-- name: attendance_cells :many
-- By district, role and sex; state_no: the one in which the figures of an event stand.
-- in state_no i64
-- in event_kind_no i64
-- col home i64
-- col role_code text
-- col sex_code text
-- col people_n i64
select t.home as home, t.role_code as role_code, t.sex_code as sex_code, cast(sum(t.people_n) as bigint) as people_n
from (select c.home, c.role_code, c.sex_code, c.people_n
      from flow f join event e on e.home = f.home and e.id = f.subject_id
           join event_count c on c.home = f.home and c.event_id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :event_kind_no and f.flow_state = :state_no
        and e.event_day between :from_day and :to_day
        and not exists (select 1 from event_person p
                        where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
      union all
      select p.home, p.role_code, p.sex_code, 1 as people_n
      from flow f join event e on e.home = f.home and e.id = f.subject_id
           join event_person p on p.home = f.home and p.event_id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :event_kind_no and f.flow_state = :state_no
        and e.event_day between :from_day and :to_day) t
group by t.home, t.role_code, t.sex_code
order by t.home, t.role_code, t.sex_code;

-- name: attendance_events :many
-- How many events that is, by district, and how many of them came over from an earlier programme.
-- in state_no i64
-- in event_kind_no i64
-- col events_n i64
-- col imported_n i64
select f.home, count(*) as events_n, cast(sum(case when e.source_code = 'imported' then 1 else 0 end) as bigint) as imported_n
from flow f join event e on e.home = f.home and e.id = f.subject_id
where f.home in (:homes*) and f.kind_no = :event_kind_no and f.flow_state = :state_no
  and e.event_day between :from_day and :to_day
group by f.home
order by f.home;

-- name: attendance_approved_cells :many
-- The same as it was approved.
-- row: attendance_cells
-- in from_month i64
-- in to_month i64
-- col people_n i64
select s.home, c.role_code, c.sex_code, cast(sum(c.num_n) as bigint) as people_n
from snapshot s join snapshot_cell c on c.home = s.home and c.snapshot_id = s.id
where s.home in (:homes*) and s.indicator_code = 'attendance' and s.last_flag = 1 and c.fact_month between :from_month and :to_month
group by s.home, c.role_code, c.sex_code
order by s.home, c.role_code, c.sex_code;

-- name: attendance_approved_events :many
-- row: attendance_events
-- in from_month i64
-- in to_month i64
-- col events_n i64
-- col imported_n i64
select s.home, cast(sum(c.num_n) as bigint) as events_n, 0 as imported_n
from snapshot s join snapshot_cell c on c.home = s.home and c.snapshot_id = s.id
where s.home in (:homes*) and s.indicator_code = 'events_held' and s.last_flag = 1 and c.fact_month between :from_month and :to_month
group by s.home
order by s.home;

-- name: report_snapshots :many
-- What is in force of districts and quarters, newest first.
-- in from_day i64
-- in to_day i64
select s.home, s.id, u.unit_code, s.from_day, s.to_day, s.version_no, s.num_n, s.den_n, s.rows_n, s.made_ms, s.content_hash
from snapshot s join unit u on u.id = s.home
where s.home in (:homes*) and s.indicator_code = :indicator_code and s.last_flag = 1 and s.from_day between :from_day and :to_day
order by s.from_day desc, u.unit_code
limit 400;

-- name: report_first :one
-- The first day of which anything is approved; 0: nothing is.
-- col first_day i64
select coalesce(min(s.from_day), 0) as first_day from snapshot s where s.home in (:homes*) and s.last_flag = 1;

-- name: report_services :many
-- Names of all services, valid or not, by their codes: cells of a figure know only these.
-- col service_text text
-- scan: under a hundred services
select s.service_code, coalesce(l.label_text, e.label_text, s.service_code) as service_text
from service s
left join label l on l.label_kind_code = 'service' and l.id = s.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'service' and e.id = s.id and e.lang_code = 'en'
order by s.id;

-- name: report_volume :one
-- How many cases figures of a span would be counted from.
-- in from_month i64
-- in to_month i64
-- col cases_n i64
select coalesce(cast(sum(cases_n) as bigint), 0) as cases_n
from tally_coarse where home in (:homes*) and filed_month between :from_month and :to_month;

-- name: report_barred :many
-- Cases that belong in none of the figures of whoever is one of these.
-- in also_id i64
select case_id from case_bar where home in (:homes*) and barred_id in (:barred_id, :also_id) order by case_id;
