-- Rules of sheets: each row compares two numbers of one place (a cell, another event; '' is the sheet). What does not hold is a finding: an
-- error keeps the sheet from going on, a warning goes on with a justification that stays. A new rule is a query here and its text
-- (`sheet.rule_NAME`); facts: `of` event, activity or quarter, `op` eq, le or ge (left to right) or none (each row is a finding), `severity`,
-- `at` the step that it stops, `shows` day (the two numbers are local days) or nothing (there are none to show).

-- name: day_to_come :many
-- The day of the event is not to come.
-- listing
-- fact of event
-- fact op le
-- fact shows day
-- fact severity error
-- fact at submit
-- in today_day i64
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code, e.event_day as left_n, :today_day as right_n from event e where e.home = :home and e.id = :event_id;

-- name: told_more_than_came :many
-- What was told in private (age, disability, minority) is of no more people than came in that role; the rest is "not stated".
-- listing
-- fact of event
-- fact op le
-- fact severity error
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select m.role_code || '.' || m.margin_code as place_code, cast(sum(m.people_n) as bigint) as left_n,
       case when (select count(*) from event_person p where p.home = m.home and p.event_id = m.event_id and p.role_code = m.role_code) > 0
            then (select count(*) from event_person p where p.home = m.home and p.event_id = m.event_id and p.role_code = m.role_code)
            else (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
                  where c.home = m.home and c.event_id = m.event_id and c.role_code = m.role_code) end as right_n
from event_margin m where m.home = :home and m.event_id = :event_id
group by m.home, m.event_id, m.role_code, m.margin_code
order by m.role_code, m.margin_code;

-- name: paper_differs :many
-- The paper sheet says the same as the roster, cell by cell.
-- listing
-- fact of event
-- fact op eq
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select p.role_code || '.' || p.sex_code as place_code,
       case when (select count(*) from event_person n where n.home = p.home and n.event_id = p.event_id and n.role_code = p.role_code) > 0
            then (select count(*) from event_person n
                  where n.home = p.home and n.event_id = p.event_id and n.role_code = p.role_code and n.sex_code = p.sex_code)
            else (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
                  where c.home = p.home and c.event_id = p.event_id and c.role_code = p.role_code and c.sex_code = p.sex_code) end as left_n,
       p.people_n as right_n
from event_paper p where p.home = :home and p.event_id = :event_id
order by p.role_code, p.sex_code;

-- name: workbook_differs :many
-- The programme's own workbook says the same sums as the event.
-- listing
-- fact of event
-- fact op eq
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select p.role_code || case when p.sex_code = '' then '' else '.' || p.sex_code end as place_code,
       (select count(*) from event_person n
        where n.home = p.home and n.event_id = p.event_id and (p.role_code = '' or n.role_code = p.role_code)
          and (p.sex_code = '' or n.sex_code = p.sex_code))
       + (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
          where c.home = p.home and c.event_id = p.event_id and (p.role_code = '' or c.role_code = p.role_code)
            and (p.sex_code = '' or c.sex_code = p.sex_code)
            and not exists (select 1 from event_person n
                            where n.home = c.home and n.event_id = c.event_id and n.role_code = c.role_code)) as left_n,
       p.people_n as right_n
from sheet_paper p where p.home = :home and p.event_id = :event_id
order by p.role_code, p.sex_code;

-- name: no_official :many
-- At an open court there is an official who answers.
-- listing
-- fact of event
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id and c.role_code = 'official')
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id and p.role_code = 'official') as left_n,
       1 as right_n
from event e where e.home = :home and e.id = :event_id and e.event_kind_code = 'khuli_kacheri'
  and e.source_code = 'here';

-- name: cases_without_citizens :many
-- Whoever brings a complaint to an event is there: as many citizens as complaints, at least.
-- listing
-- fact of event
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id and c.role_code = 'citizen')
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id and p.role_code = 'citizen') as left_n,
       (select count(*) from event_case c where c.home = e.home and c.event_id = e.id) as right_n
from event e where e.home = :home and e.id = :event_id and e.source_code = 'here';

-- name: few_women :many
-- Of an event for women, or of a gender centric line of a plan, at least half of those who came are women.
-- listing
-- fact of event
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code, x.women_n as left_n, (x.all_n + 1) / 2 as right_n
from (select (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id and c.sex_code = 'woman'
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id and p.sex_code = 'woman') as women_n,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id) as all_n
      from event e where e.home = :home and e.id = :event_id
        and (e.audience_code = 'women'
             or exists (select 1 from plan_event t join plan_action a on a.home = t.plan_home_id and a.id = t.action_id
                        where t.home = e.home and t.event_id = e.id and a.target_kind_code = 'gender_centric'))) x
where x.all_n > 0;

-- name: more_than_room :many
-- No more people than the place has room for.
-- listing
-- fact of event
-- fact op le
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id) as left_n, e.room_n as right_n
from event e where e.home = :home and e.id = :event_id and e.room_n is not null;

-- name: twice :many
-- There is no second one of this kind on the day at the same place.
-- listing
-- fact of event
-- fact op none
-- fact severity warning
-- fact at submit
-- in event_id i64
-- in cancelled_state i64
-- in event_kind_no i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select o.event_code as place_code, 2 as left_n, 1 as right_n
from event e join event o on o.home = e.home and o.event_day = e.event_day
     join flow f on f.home = o.home and f.kind_no = :event_kind_no and f.subject_id = o.id
where e.home = :home and e.id = :event_id and o.id <> e.id and o.event_kind_code = e.event_kind_code
  and o.venue_text = e.venue_text and o.unit_id = e.unit_id and f.flow_state <> :cancelled_state
order by o.event_code;

-- name: twice_by_desk :many
-- The desk held no second one of this kind in the same hours elsewhere: one that was written down twice has its place in other words.
-- listing
-- fact of event
-- fact op none
-- fact severity warning
-- fact at submit
-- in event_id i64
-- in cancelled_state i64
-- in event_kind_no i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select o.event_code as place_code, 2 as left_n, 1 as right_n
from event e join event o on o.home = e.home and o.event_day = e.event_day
     join flow f on f.home = o.home and f.kind_no = :event_kind_no and f.subject_id = o.id
where e.home = :home and e.id = :event_id and o.id <> e.id and o.event_kind_code = e.event_kind_code
  and e.desk_id is not null and o.desk_id = e.desk_id and (o.venue_text <> e.venue_text or o.unit_id <> e.unit_id)
  and o.from_min_n < e.to_min_n and e.from_min_n < o.to_min_n and f.flow_state <> :cancelled_state
order by o.event_code;

-- name: far_from_usual :many
-- Attendance within three standard deviations of the other events of this kind in the province, of a year, where there are enough to say.
-- listing
-- fact of event
-- fact op none
-- fact severity warning
-- fact at submit
-- in event_id i64
-- in event_kind_no i64
-- in closed_state i64
-- scan: some hundred units, for the districts of one province
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code, x.own_n as left_n, x.sum_n / x.events_n as right_n
from (select count(*) as events_n, cast(sum(t.all_n) as bigint) as sum_n, cast(sum(t.all_n * t.all_n) as bigint) as squares_n,
             max(t.own_n) as own_n
      from (select (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = o.home and c.event_id = o.id
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = o.home and p.event_id = o.id) as all_n,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id) as own_n
            from event e join unit d on d.id = e.home
                 join unit u on u.province_id = d.province_id and u.level_no = d.level_no
                 join event o on o.home = u.id and o.event_day between e.event_day - 10000 and e.event_day
                                 and o.event_kind_code = e.event_kind_code and o.id <> e.id
                 join flow f on f.home = o.home and f.kind_no = :event_kind_no and f.subject_id = o.id
            where e.home = :home and e.id = :event_id and f.flow_state = :closed_state) t) x
where x.events_n >= 8 and x.own_n * x.events_n > x.sum_n
  and (x.own_n * x.events_n - x.sum_n) * (x.own_n * x.events_n - x.sum_n) > 9 * (x.events_n * x.squares_n - x.sum_n * x.sum_n);

-- name: names_differ :many
-- Where a role has names they are what counts: as many as were counted by sight, or somebody is left out.
-- listing
-- fact of event
-- fact op eq
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select n.role_code as place_code, n.left_n, n.right_n
from (select c.role_code,
             (select count(*) from event_person p where p.home = :home and p.event_id = :event_id and p.role_code = c.role_code) as left_n,
             cast(sum(c.people_n) as bigint) as right_n
      from event_count c where c.home = :home and c.event_id = :event_id
      group by c.role_code) n
where n.left_n > 0 and n.right_n > 0
order by n.role_code;

-- name: more_than_seats :many
-- No more elected members than the councils of the place have seats, where the seats of all of them are known.
-- listing
-- fact of event
-- fact op le
-- fact severity warning
-- fact at submit
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'councillor' as place_code, x.came_n as left_n, x.seats_n as right_n
from (select (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id and c.role_code = 'councillor'
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id and p.role_code = 'councillor') as came_n,
             (select cast(sum(q.seats_n) as bigint) from unit u join unit_seat q on q.unit_id = u.id
              where u.district_id = e.home and (u.id = e.unit_id or u.parent_id = e.unit_id or e.unit_id = e.home) and u.council_code is not null
                and q.valid_from_day <= e.event_day and q.valid_to_day > e.event_day) as seats_n,
             (select count(*) from unit u
              where u.district_id = e.home and (u.id = e.unit_id or u.parent_id = e.unit_id or e.unit_id = e.home) and u.council_code is not null
                and not exists (select 1 from unit_seat q where q.unit_id = u.id and q.valid_from_day <= e.event_day
                                                               and q.valid_to_day > e.event_day)) as unknown_n
      from event e where e.home = :home and e.id = :event_id) x
where x.seats_n is not null and x.unknown_n = 0;

-- name: day_outside_plan :many
-- An event of a line of a plan lies in the planning year of that plan.
-- listing
-- fact of event
-- fact op none
-- fact severity error
-- fact at submit
-- fact shows day
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select p.plan_code as place_code, e.event_day as left_n, case when e.event_day < p.from_day then p.from_day else p.to_day end as right_n
from event e join plan_event t on t.home = e.home and t.event_id = e.id
     join plan_action a on a.home = t.plan_home_id and a.id = t.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
where e.home = :home and e.id = :event_id and (e.event_day < p.from_day or e.event_day > p.to_day);

-- name: place_outside_plan :many
-- … and in a district in which that line is to be carried out.
-- listing
-- fact of event
-- fact op none
-- fact severity error
-- fact at submit
-- fact shows nothing
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select p.plan_code as place_code, 0 as left_n, 0 as right_n
from event e join unit d on d.id = e.home
     left join unit v on v.id = d.province_id
     join plan_event t on t.home = e.home and t.event_id = e.id
     join plan_action a on a.home = t.plan_home_id and a.id = t.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
where e.home = :home and e.id = :event_id
  and not exists (select 1 from plan_action_unit n join unit u on u.id = n.unit_id
                  where n.home = a.home and n.action_id = a.id
                    and (u.district_id = d.id or u.id in (d.parent_id, d.province_id, v.parent_id)));

-- name: nothing_signed :many
-- A count sheet or an attendance sheet that somebody signed, or a file that shows it. Faces are never required. Figures of an earlier
-- programme have none.
-- listing
-- fact of event
-- fact op ge
-- fact severity error
-- fact at verify
-- in event_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       (select count(*) from event_signature s where s.home = e.home and s.event_id = e.id and s.how_code <> 'refused')
       as left_n, 1 as right_n
from event e where e.home = :home and e.id = :event_id and e.source_code = 'here';

-- ---- activities ----

-- name: progress_missing :many
-- It is said how far the activity is.
-- listing
-- fact of activity
-- fact op none
-- fact severity error
-- fact at submit
-- fact shows nothing
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'progress' as place_code, 0 as left_n, 0 as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.progress_code = '';

-- name: why_missing :many
-- What is not as planned has its reason: delayed or cancelled, begun later or ended later than the plan says.
-- listing
-- fact of activity
-- fact op none
-- fact severity error
-- fact at submit
-- fact shows nothing
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'why' as place_code, 0 as left_n, 0 as right_n
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
where s.home = :home and s.id = :sheet_id and s.why_text = ''
  and (s.progress_code in ('delayed', 'cancelled') or s.began_day > a.from_day or s.ended_day > a.to_day);

-- name: began_after_quarter :many
-- It began before the quarter ended.
-- listing
-- fact of activity
-- fact op le
-- fact severity error
-- fact at submit
-- fact shows day
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'began' as place_code, s.began_day as left_n, s.to_day as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.began_day is not null;

-- name: began_before_plan :many
-- It began in the planning year of its plan.
-- listing
-- fact of activity
-- fact op ge
-- fact severity error
-- fact at submit
-- fact shows day
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'began' as place_code, s.began_day as left_n, p.from_day as right_n
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
where s.home = :home and s.id = :sheet_id and s.began_day is not null;

-- name: ended_after_quarter :many
-- What ended, ended in the quarter: not after it …
-- listing
-- fact of activity
-- fact op le
-- fact severity error
-- fact at submit
-- fact shows day
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'ended' as place_code, s.ended_day as left_n, s.to_day as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.ended_day is not null;

-- name: ended_before_quarter :many
-- … and not before it.
-- listing
-- fact of activity
-- fact op ge
-- fact severity error
-- fact at submit
-- fact shows day
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'ended' as place_code, s.ended_day as left_n, s.from_day as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.ended_day is not null;

-- name: ended_before_began :many
-- It does not end before it begins.
-- listing
-- fact of activity
-- fact op ge
-- fact severity error
-- fact at submit
-- fact shows day
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'ended' as place_code, s.ended_day as left_n, s.began_day as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.ended_day is not null and s.began_day is not null;

-- name: end_missing :many
-- What is completed has the day on which it ended.
-- listing
-- fact of activity
-- fact op none
-- fact severity error
-- fact at submit
-- fact shows nothing
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'ended' as place_code, 0 as left_n, 0 as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.progress_code = 'completed' and s.ended_day is null;

-- name: quarter_not_over :many
-- What goes on is put forward when the quarter is over.
-- listing
-- fact of activity
-- fact op le
-- fact severity error
-- fact at submit
-- fact shows day
-- in today_day i64
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code, s.to_day as left_n, :today_day as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.progress_code not in ('completed', 'cancelled');

-- name: events_not_approved :many
-- Every event of the line in the quarter has an approved data sheet.
-- listing
-- fact of activity
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_kind_no i64
-- in closed_state i64
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       cast(sum(case when exists (select 1 from sheet d join sheet_version v on v.home = d.home and v.sheet_id = d.id
                                  where d.home = e.home and d.event_id = e.id and v.unlock_text = '') then 1 else 0 end) as bigint) as left_n,
       count(*) as right_n
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
     join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                    and q.fiscal_no = p.fiscal_no
     join plan_action o on o.home = q.home and o.plan_id = q.id and o.action_no = a.action_no
     join plan_event t on t.plan_home_id = o.home and t.action_id = o.id and t.home = s.home
     join event e on e.home = t.home and e.id = t.event_id
     join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where s.home = :home and s.id = :sheet_id and e.event_day between s.from_day and s.to_day and f.flow_state = :closed_state
having count(*) > 0;

-- name: fewer_than_planned :many
-- What is completed held as many events as were planned for the line, in all its quarters and districts.
-- listing
-- fact of activity
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_kind_no i64
-- in closed_state i64
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       (select count(*)
        from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                                   and q.fiscal_no = p.fiscal_no
             join plan_action o on o.home = q.home and o.plan_id = q.id and o.action_no = a.action_no
             join plan_event t on t.plan_home_id = o.home and t.action_id = o.id
             join event e on e.home = t.home and e.id = t.event_id
             join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
        where p.home = a.home and p.id = a.plan_id and f.flow_state = :closed_state and e.event_day <= s.to_day) as left_n,
       a.events_n as right_n
from sheet s join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
where s.home = :home and s.id = :sheet_id and s.progress_code = 'completed' and a.events_n > 0;

-- name: nothing_delivered :many
-- What is completed held an event or delivered something.
-- listing
-- fact of activity
-- fact op none
-- fact severity warning
-- fact at submit
-- fact shows nothing
-- in sheet_id i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select 'done' as place_code, 0 as left_n, 0 as right_n from sheet s
where s.home = :home and s.id = :sheet_id and s.progress_code = 'completed' and s.done_text = ''
  and not exists (select 1 from plan_event t where t.plan_home_id = s.plan_home_id and t.action_id = s.action_id and t.home = s.home);

-- ---- quarters ----

-- name: sheets_missing :many
-- Events of the quarter whose data sheet is not approved stand in no figure of it.
-- listing
-- fact of quarter
-- fact op ge
-- fact severity warning
-- fact at submit
-- in event_kind_no i64
-- in closed_state i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select '' as place_code,
       cast(sum(case when exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '') then 1 else 0 end) as bigint) as left_n,
       count(*) as right_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where e.home = :home and e.event_day between :from_day and :to_day and f.flow_state = :closed_state
having count(*) > 0;

-- name: reported_not_municipal :many
-- Resolved as an earlier programme reported are municipal matters alone: resolved ≤ municipal ≤ registered. Each matter has one service and
-- one district, so that registered = municipal + handed over + other holds of itself.
-- listing
-- fact of quarter
-- fact op eq
-- fact severity error
-- fact at submit
-- in case_kind_no i64
-- in reported_mark_n i64
-- col place_code text
-- col left_n i64
-- col right_n i64
select s.service_code as place_code, count(*) as left_n, 0 as right_n
from cases c join flow f on f.home = c.home and f.kind_no = :case_kind_no and f.subject_id = c.id
     join service s on s.id = c.service_id
where c.home = :home and c.filed_month between :from_day / 100 and :to_day / 100 and (f.mark_no & :reported_mark_n) > 0
  and s.municipal_flag = 0
group by s.service_code
order by s.service_code;

-- name: sums_differ :many
-- The matters of the quarter, counted one by one, are as many as the sums that lists and figures are read from.
-- listing
-- fact of quarter
-- fact op eq
-- fact severity error
-- fact at submit
-- scan: a job keeps tally_delta short
-- col place_code text
-- col left_n i64
-- col right_n i64
select c.case_kind_code as place_code, count(*) as left_n,
       (select coalesce(cast(sum(t.cases_n) as bigint), 0) from tally_coarse t
        where t.home = :home and t.filed_month between :from_day / 100 and :to_day / 100 and t.case_kind_code = c.case_kind_code)
       + (select coalesce(cast(sum(d.cases_n) as bigint), 0) from tally_delta d
          where d.home = :home and d.filed_month between :from_day / 100 and :to_day / 100 and d.case_kind_code = c.case_kind_code
            and d.mark_code = '') as right_n
from cases c where c.home = :home and c.filed_month between :from_day / 100 and :to_day / 100
group by c.case_kind_code
order by c.case_kind_code;

-- name: in_two_districts :many
-- No matter is counted in two districts: another institution gave one number to matters of both. A warning, for a
-- number that another district mistyped can be put right there alone.
-- listing
-- fact of quarter
-- fact op none
-- fact severity warning
-- fact at submit
-- fact shows nothing
-- col place_code text
-- col left_n i64
-- col right_n i64
select distinct u.unit_code as place_code, 0 as left_n, 0 as right_n
from external_ref r join external_ref o on o.system_code = r.system_code and o.number_text = r.number_text and o.home <> r.home
     join unit u on u.id = o.home
where r.home = :home and r.given_day between :from_day and :to_day and r.number_text <> ''
order by place_code;
