-- Activity Monitoring Sheets: lines of plans by district and quarter. A line is the same in all versions of its plan that keep its number.

-- name: activity_of_sheet :one
select p.plan_code, p.home as plan_home_id, p.id as plan_id, a.action_no, a.title_text, u.unit_code
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
     join unit u on u.id = s.home
where s.home = :home and s.id = :id;

-- name: activity_line :one
select p.plan_code, p.fiscal_no, a.action_no, a.from_day, a.to_day from plan_action a join plan p on p.home = a.home and p.id = a.plan_id
where a.home = :home and a.id = :id;

-- name: activity_set :exec
update sheet set progress_code = :progress_code, began_day = :began_day, ended_day = :ended_day, why_text = :why_text,
                 done_text = :done_text, narrative_text = :narrative_text, changed_n = changed_n + 1
where home = :home and id = :id;

-- name: activity_touched :exec
update sheet set changed_n = changed_n + 1 where home = :home and id = :id;

-- name: activity_events :many
-- in event_kind_no i64
-- in sheet_kind_no i64
-- col sheet_state i64?
select e.event_code, e.event_kind_code, e.event_day, e.title_text, f.flow_state, sf.flow_state as sheet_state
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join plan_event t on t.plan_home_id = a.home and t.action_id = a.id and t.home = :home
     join event e on e.home = t.home and e.id = t.event_id
     join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     left join sheet s on s.home = e.home and s.event_id = e.id
     left join flow sf on sf.home = s.home and sf.kind_no = :sheet_kind_no and sf.subject_id = s.id
where p.home = :plan_home_id and p.id = :plan_id and e.event_day between :from_day and :to_day
order by e.event_day, e.id
limit 500;

-- name: activity_cells :many
-- Who came to the line's closed events: from names where a role of an event has names, else as counted.
-- in event_kind_no i64
-- in closed_state i64
-- col role_code text
-- col sex_code text
-- col people_n i64
-- col spoke_n i64
select x.role_code, x.sex_code, cast(sum(x.people_n) as bigint) as people_n, cast(sum(x.spoke_n) as bigint) as spoke_n
from (select c.role_code, c.sex_code, c.people_n, c.spoke_n
      from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                                 and q.fiscal_no = p.fiscal_no
           join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
           join plan_event t on t.plan_home_id = a.home and t.action_id = a.id and t.home = :home
           join event e on e.home = t.home and e.id = t.event_id
           join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
           join event_count c on c.home = e.home and c.event_id = e.id
      where p.home = :plan_home_id and p.id = :plan_id and e.event_day between :from_day and :to_day and f.flow_state = :closed_state
        and not exists (select 1 from event_person n where n.home = c.home and n.event_id = c.event_id and n.role_code = c.role_code)
      union all
      select n.role_code, n.sex_code, 1, n.spoke_flag
      from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                                 and q.fiscal_no = p.fiscal_no
           join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
           join plan_event t on t.plan_home_id = a.home and t.action_id = a.id and t.home = :home
           join event e on e.home = t.home and e.id = t.event_id
           join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
           join event_person n on n.home = e.home and n.event_id = e.id
      where p.home = :plan_home_id and p.id = :plan_id and e.event_day between :from_day and :to_day and f.flow_state = :closed_state) x
group by x.role_code, x.sex_code
order by x.role_code, x.sex_code;

-- name: activity_sums :one
-- What else those events brought; approved_n of them have an approved data sheet that was not unlocked again.
-- in event_kind_no i64
-- in closed_state i64
-- col events_n i64
-- col approved_n i64
-- col cases_n i64
-- col answered_n i64
-- col needs_n i64
-- col directions_n i64
select count(*) as events_n,
       coalesce(cast(sum(case when exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                                           where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
                              then 1 else 0 end) as bigint), 0) as approved_n,
       coalesce(cast(sum((select count(*) from event_case c where c.home = e.home and c.event_id = e.id)) as bigint), 0) as cases_n,
       coalesce(cast(sum((select count(*) from event_case c where c.home = e.home and c.event_id = e.id
                                                                  and c.answer_code is not null)) as bigint), 0) as answered_n,
       coalesce(cast(sum((select count(*) from event_need n where n.home = e.home and n.event_id = e.id
                                                                  and n.same_as_no is null)) as bigint), 0) as needs_n,
       coalesce(cast(sum((select count(*) from direction d where d.home = e.home and d.event_id = e.id)) as bigint), 0) as directions_n
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join plan_event t on t.plan_home_id = a.home and t.action_id = a.id and t.home = :home
     join event e on e.home = t.home and e.id = t.event_id
     join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where p.home = :plan_home_id and p.id = :plan_id and e.event_day between :from_day and :to_day and f.flow_state = :closed_state;

-- name: activity_follows :many
select follow_no, words_text, post_text, due_day, done_day from sheet_follow
where home = :home and sheet_id = :sheet_id order by follow_no;

-- name: activity_follow_add :exec
insert into sheet_follow (home, sheet_id, follow_no, words_text, post_text, due_day, done_day)
values (:home, :sheet_id, :follow_no, :words_text, :post_text, :due_day, null);

-- name: activity_follow_done :exec
update sheet_follow set done_day = :done_day where home = :home and sheet_id = :sheet_id and follow_no = :follow_no;

-- name: activity_follow_drop :exec
delete from sheet_follow where home = :home and sheet_id = :sheet_id and follow_no = :follow_no;

-- name: activity_sheets :many
-- The sheets of a line, by quarter and district.
-- in sheet_kind_no i64
select s.home, s.id, u.unit_code, s.from_day, s.to_day, s.due_day, s.progress_code, f.flow_state
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join unit u on u.id in (:homes*)
     join sheet s on s.home = u.id and s.plan_home_id = a.home and s.action_id = a.id
     join flow f on f.home = s.home and f.kind_no = :sheet_kind_no and f.subject_id = s.id
where p.home = :plan_home_id and p.id = :plan_id
order by s.from_day desc, u.unit_code;

-- name: activity_due :many
-- Lines of plans in force whose dates touch a span, by district: of a unit at or below it, and, where a desk stands, of what the district
-- lies in.
-- in plan_kind_no i64
-- in approved_state i64
-- in action_kind_no i64
-- in cancelled_state i64
-- in on_day i64
-- col home i64
select distinct x.home as home, p.home as plan_home_id, p.id as plan_id, p.plan_code, p.programme_id, p.plan_kind_code, p.fiscal_no,
       a.id as action_id, a.action_no, a.title_text
from (select d.id as home, u.id as unit_id
      from unit d join unit u on u.district_id = d.id
      where d.id in (:homes*)
      union
      select d.id as home, u.id as unit_id
      from unit d join unit v on v.id = d.province_id join unit u on u.id in (d.parent_id, v.id, v.parent_id)
      where d.id in (:homes*)
        and exists (select 1 from body b where b.home = d.id and b.body_kind_code = 'desk'
                                               and b.valid_from_day <= :on_day and b.valid_to_day > :on_day)) x
     join plan_action_unit n on n.unit_id = x.unit_id
     join plan_action a on a.home = n.home and a.id = n.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
     join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
     join flow g on g.home = a.home and g.kind_no = :action_kind_no and g.subject_id = a.id
where a.from_day <= :to_day and a.to_day >= :from_day and f.flow_state = :approved_state and g.flow_state <> :cancelled_state
order by x.home, p.plan_code, a.action_no;

-- name: activity_of_quarter :many
-- Activity sheets of districts that are due on a day, by the line that they are of.
-- in sheet_kind_no i64
select s.home, s.id, q.home as plan_home_id, q.programme_id, q.plan_kind_code, q.fiscal_no, a.action_no, s.version_no, s.due_day,
       s.first_day, s.progress_code, f.flow_state
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     join plan q on q.home = a.home and q.id = a.plan_id
     join flow f on f.home = s.home and f.kind_no = :sheet_kind_no and f.subject_id = s.id
where s.home in (:homes*) and s.due_day = :due_day and s.sheet_kind_code = 'activity'
order by s.home, s.id;

-- name: activity_values :many
-- What is said on a sheet of indicators that nothing computes.
select v.plan_home_id, v.indicator_id, i.indicator_no, i.title_text, i.measure_code, v.role_code, v.sex_code, v.num_n, v.den_n, v.means_text, v.said_by_id, v.said_ms
from sheet_value v join plan_indicator i on i.home = v.plan_home_id and i.id = v.indicator_id
where v.home = :home and v.sheet_id = :sheet_id
order by i.indicator_no, v.plan_home_id, v.indicator_id, v.role_code, v.sex_code;

-- name: activity_value_put :exec
insert into sheet_value (home, sheet_id, plan_home_id, indicator_id, role_code, sex_code, num_n, den_n, means_text, said_by_id, said_ms)
values (:home, :sheet_id, :plan_home_id, :indicator_id, :role_code, :sex_code, :num_n, :den_n, :means_text, :said_by_id, :said_ms);

-- name: activity_value_drop :exec
-- In whichever version of the plan it was said.
delete from sheet_value where home = :home and sheet_id = :sheet_id and role_code = :role_code and sex_code = :sex_code and indicator_id in
  (select i.id from plan_indicator i where i.home = sheet_value.plan_home_id and i.indicator_no = :indicator_no and i.indicator_code = 'reported');

-- name: activity_value_elsewhere :many
-- Other sheets of this district and quarter that say something of the indicator: one value is never counted twice.
select s.id
from sheet s join sheet_value v on v.home = s.home and v.sheet_id = s.id and v.plan_home_id = :plan_home_id and v.indicator_id = :indicator_id
where s.home = :home and s.from_day = :from_day and s.id <> :id and s.sheet_kind_code = 'activity'
limit 1;
