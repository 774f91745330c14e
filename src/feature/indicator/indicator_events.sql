-- Indicators over events: by the day of the event, and only of events whose data sheet is approved and was not unlocked again.

-- name: attendance :many
-- Who came, role by sex: attendances, not persons. From names where a role has names, else as counted.
-- listing
-- fact measure count
-- fact counts attendances
-- fact split role sex
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col kind_no i64
-- col home i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       c.role_code as role_code, c.sex_code as sex_code, '' as part_code, c.people_n as num_n, c.people_n as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_count c on c.home = e.home and c.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
union all
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       p.role_code as role_code, p.sex_code as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_person p on p.home = e.home and p.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '');

-- name: attendance_women_share :many
-- Women of all who came.
-- listing
-- fact measure ratio
-- fact counts attendances
-- fact split role
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col kind_no i64
-- col home i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       c.role_code as role_code, c.sex_code as sex_code, '' as part_code, case when c.sex_code = 'woman' then c.people_n else 0 end as num_n, c.people_n as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_count c on c.home = e.home and c.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
union all
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       p.role_code as role_code, p.sex_code as sex_code, '' as part_code, case when p.sex_code = 'woman' then 1 else 0 end as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_person p on p.home = e.home and p.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '');

-- name: women_spoke :many
-- Women who spoke or filed, beside those who attended.
-- listing
-- fact measure ratio
-- fact counts attendances
-- fact split role
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col kind_no i64
-- col home i64
-- col subject_id i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       c.role_code as role_code, c.sex_code as sex_code, '' as part_code, c.spoke_n as num_n, c.people_n as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_count c on c.home = e.home and c.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code) and c.sex_code = 'woman'
union all
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       p.role_code as role_code, p.sex_code as sex_code, '' as part_code, p.spoke_flag as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_person p on p.home = e.home and p.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '') and p.sex_code = 'woman';

-- name: events_held :many
-- Events held, by kind.
-- listing
-- fact measure count
-- fact counts events
-- fact split part
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       '' as role_code, '' as sex_code, e.event_kind_code as part_code, 1 as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '');

-- name: directions_kept :many
-- Directions that fell due and that those present at a follow-up call kept, of all that fell due.
-- listing
-- fact measure ratio
-- fact counts directions
-- fact split part
-- fact good more
-- in direction_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, d.home, d.id as subject_id, f.step_no as version_no, d.due_day / 100 as fact_month,
       '' as role_code, '' as sex_code, d.horizon_code as part_code,
       case when f.flow_state = :direction_confirmed_state then 1 else 0 end as num_n, 1 as den_n
from event e join direction d on d.home = e.home and d.event_id = e.id
     cross join flow f -- one row for each direction, behind it
where e.home in (:homes*) and e.event_day <= :to_day and d.due_day between :from_day and :to_day
  and f.home = d.home and f.kind_no = :direction_kind_no and f.subject_id = d.id
  and f.flow_state not in (:direction_cancelled_state, :direction_carried_on_state);

-- name: needs_raised :many
-- Needs stated at events, those put together counted once.
-- listing
-- fact measure count
-- fact counts needs
-- fact split none
-- fact good none
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       '' as role_code, '' as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_need n on n.home = e.home and n.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and n.same_as_no is null;

-- name: needs_planned :many
-- Needs that came into a plan or a budget, of all.
-- listing
-- fact measure ratio
-- fact counts needs
-- fact split none
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       '' as role_code, '' as sex_code, '' as part_code, case when coalesce((select a.answer_code from need_answer a where a.home = n.home and a.event_id = n.event_id and a.need_no = n.need_no
             order by a.answer_no desc limit 1), '') in ('in_plan', 'in_budget', 'done') then 1 else 0 end as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_need n on n.home = e.home and n.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and n.same_as_no is null;

-- name: needs_declined :many
-- Needs that were declined with a reason, of all.
-- listing
-- fact measure ratio
-- fact counts needs
-- fact split none
-- fact good none
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       '' as role_code, '' as sex_code, '' as part_code, case when coalesce((select a.answer_code from need_answer a where a.home = n.home and a.event_id = n.event_id and a.need_no = n.need_no
             order by a.answer_no desc limit 1), '') = 'declined' then 1 else 0 end as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_need n on n.home = e.home and n.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and n.same_as_no is null;

-- name: persons :many
-- Different people: each telephone number of a district's rosters of a quarter once, at the first event of it that its owner came to. What
-- other districts or later quarters approve moves no figure that stands; added up, somebody is counted in each district and quarter.
-- listing
-- fact measure count
-- fact counts persons
-- fact split role sex
-- fact good more
-- in event_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       p.role_code as role_code, p.sex_code as sex_code, '' as part_code, 1 as num_n, 1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join event_person_index i on i.home = e.home and i.event_id = e.id
     join event_person p on p.home = i.home and p.event_id = i.event_id and p.person_no = i.person_no
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '')
  and not exists (select 1 from event_person_index q join event o on o.home = q.home and o.id = q.event_id
                       join flow g on g.home = o.home and g.kind_no = :event_kind_no and g.subject_id = o.id
                  where q.home = i.home and q.blind_hash = i.blind_hash and g.flow_state = :event_closed_state
                    and o.event_day / 10000 = e.event_day / 10000 and (o.event_day / 100 % 100 - 1) / 3 = (e.event_day / 100 % 100 - 1) / 3
                    and (o.event_day < e.event_day or (o.event_day = e.event_day and o.id < e.id))
                    and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = o.home and s.event_id = o.id and v.unlock_text = ''));

-- name: dialogues_three_sided :many
-- Dialogues at which women, elected members and officials were present and every action point was answered by the side that owes it
-- (feature/event/dialogue.h), of all dialogues.
-- listing
-- fact measure ratio
-- fact counts events
-- fact split part
-- fact good more
-- in event_kind_no i64
-- in direction_kind_no i64
-- in from_day i64
-- in to_day i64
-- col version_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col part_code text
-- col num_n i64
-- col den_n i64
select f.kind_no, e.home, e.id as subject_id, f.step_no as version_no, e.event_day / 100 as fact_month,
       '' as role_code, '' as sex_code, e.event_kind_code as part_code,
       case when (exists (select 1 from event_count c where c.home = e.home and c.event_id = e.id and c.role_code in ('citizen', 'cso', 'other')
                                                      and c.sex_code = 'woman' and c.people_n > 0
                                                       and not exists (select 1 from event_person n where n.home = c.home and n.event_id = c.event_id
                                                                                 and n.role_code = c.role_code))
                  or exists (select 1 from event_person p where p.home = e.home and p.event_id = e.id
                                                          and p.role_code in ('citizen', 'cso', 'other') and p.sex_code = 'woman'))
             and (exists (select 1 from event_count c where c.home = e.home and c.event_id = e.id and c.role_code = 'councillor'
                                                       and c.people_n > 0
                                                       and not exists (select 1 from event_person n where n.home = c.home and n.event_id = c.event_id
                                                                                 and n.role_code = c.role_code))
                  or exists (select 1 from event_person p where p.home = e.home and p.event_id = e.id and p.role_code = 'councillor'))
             and (exists (select 1 from event_count c where c.home = e.home and c.event_id = e.id and c.role_code = 'official'
                                                       and c.people_n > 0
                                                       and not exists (select 1 from event_person n where n.home = c.home and n.event_id = c.event_id
                                                                                 and n.role_code = c.role_code))
                  or exists (select 1 from event_person p where p.home = e.home and p.event_id = e.id and p.role_code = 'official'))
             and exists (select 1 from direction d join flow g on g.home = d.home and g.kind_no = :direction_kind_no and g.subject_id = d.id
                         where d.home = e.home and d.event_id = e.id and g.flow_state <> :direction_cancelled_state)
             and not exists (select 1 from direction d join flow g on g.home = d.home and g.kind_no = :direction_kind_no
                                                                      and g.subject_id = d.id
                             where d.home = e.home and d.event_id = e.id and g.flow_state <> :direction_cancelled_state
                               and not exists (select 1 from flow_step t
                                               where t.home = d.home and t.kind_no = :direction_kind_no and t.subject_id = d.id
                                                 and t.to_state = :direction_reported_state
                                                 and not exists (select 1 from flow_step l
                                                                 where l.home = t.home and l.kind_no = :direction_kind_no
                                                                   and l.subject_id = t.subject_id and l.step_no > t.step_no
                                                                   and (l.to_state = :direction_given_state
                                                                        or l.to_state = :direction_returned_state))))
            then 1 else 0 end as num_n,
       1 as den_n
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and e.event_kind_code in ('dialogue', 'consultation', 'coordination')
  and exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                  where s.home = e.home and s.event_id = e.id and v.unlock_text = '');
