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
      from flow f join event_count c on c.home = f.home and c.event_id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :event_kind_no and f.flow_state = :state_no
        and not exists (select 1 from event_person p
                        where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
      union all
      select p.home, p.role_code, p.sex_code, 1 as people_n
      from flow f join event_person p on p.home = f.home and p.event_id = f.subject_id
      where f.home in (:homes*) and f.kind_no = :event_kind_no and f.flow_state = :state_no) t
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
group by f.home
order by f.home;
