-- Documents: what they count with.

-- name: document_homes_approved :many
-- Districts with an approved quarter in a span: each has every indicator, so one of them tells.
select distinct home from snapshot
where home in (:homes*) and indicator_code = 'cases_registered' and last_flag = 1 and from_day <= :to_day and to_day >= :from_day
order by home;

-- name: document_homes_now :many
-- Districts with an event or a case.
-- row: document_homes_approved
-- col home i64
select u.id as home from unit u
where u.id in (:homes*) and (exists (select 1 from event e where e.home = u.id) or exists (select 1 from cases k where k.home = u.id))
order by u.id;

-- name: document_barred :many
-- Cases that are closed to anybody.
select distinct case_id from case_bar where home in (:homes*) order by case_id;

-- name: document_cases :one
-- Whether anything was taken down in these months.
-- in from_month i64
-- in to_month i64
-- col cases_n i64
select coalesce(cast(sum(cases_n) as bigint), 0) as cases_n
from tally_coarse where home = :home and filed_month between :from_month and :to_month;

-- name: document_heads :many
-- What is approved of a district, quarter by quarter.
select from_day, to_day, version_no, sheet_version_no, made_ms, snapshot_no, content_hash
from snapshot
where home = :home and last_flag = 1 and from_day <= :to_day and to_day >= :from_day
order by from_day, indicator_code;

-- name: document_changes :many
-- Approved figures that took the place of others since then, with what was said when the sheet was unlocked.
-- in since_ms i64
-- col old_num_n i64
-- col old_den_n i64
-- col unlock_text text
select s.home, s.indicator_code, s.from_day, s.to_day, s.num_n, s.den_n, s.made_ms, o.num_n as old_num_n, o.den_n as old_den_n,
       coalesce((select v.unlock_text from sheet_version v
                 where v.home = s.home and v.sheet_id = s.sheet_id and v.version_no = s.sheet_version_no - 1), '') as unlock_text
from snapshot s
     join snapshot o on o.home = s.home and o.indicator_code = s.indicator_code and o.from_day = s.from_day and o.to_day = s.to_day
                    and o.version_no = s.version_no - 1
where s.home in (:homes*) and s.made_ms > :since_ms and s.from_day <= :to_day and s.to_day >= :from_day
order by s.made_ms, s.home, s.from_day, s.indicator_code
limit 400;

-- name: document_unlocked :many
-- Sheets that were approved and unlocked again since then.
-- in since_ms i64
-- col event_code text?
select s.home, s.sheet_kind_code, s.from_day, s.to_day, v.version_no, v.unlock_text, v.unlocked_ms, e.event_code
from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
     left join event e on e.home = s.home and e.id = s.event_id
where s.home in (:homes*) and v.unlocked_ms > :since_ms and s.from_day <= :to_day and s.to_day >= :from_day
order by v.unlocked_ms, s.home, s.id
limit 400;

-- name: document_warnings :many
-- Warnings that a sheet went on with, and what was said to them.
-- col event_code text?
select s.home, s.sheet_kind_code, s.from_day, s.to_day, g.rule_code, g.place_code, g.left_n, g.right_n, g.why_text, e.event_code
from sheet s join sheet_finding g on g.home = s.home and g.sheet_id = s.id
     left join event e on e.home = s.home and e.id = s.event_id
where s.home in (:homes*) and s.from_day <= :to_day and s.to_day >= :from_day and g.severity_code = 'warning' and g.why_text <> ''
order by s.home, s.from_day, s.id, g.rule_code, g.place_code
limit 300;

-- name: document_evidence :many
-- What shows that an event was held: sheets that somebody signed, and files, of which photos stay closed until somebody opens them.
-- in event_kind_no i64
-- col signed_n i64
-- col photos_n i64
-- col closed_n i64
-- col papers_n i64
select e.home, e.event_code, e.event_kind_code, e.event_day, e.source_code,
       (select count(*) from event_signature g where g.home = e.home and g.event_id = e.id and g.how_code <> 'refused') as signed_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and a.media_code = 'photo' and a.piece_code = 'ready') as photos_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and a.media_code = 'photo' and a.piece_code = 'ready' and a.open_flag = 0) as closed_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and a.media_code = 'pdf' and a.piece_code = 'ready') as papers_n
from event e join sheet s on s.home = e.home and s.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and s.approver_ms is not null
order by e.home, e.event_day, e.event_code
limit 1000;

-- name: document_came_now :many
-- Who came to closed events, by month, whether their data sheets are approved or not: of figures that are provisional.
-- in event_kind_no i64
-- in state_no i64
-- col fact_month i64
-- col role_code text
-- col sex_code text
-- col people_n i64
select t.fact_month as fact_month, t.role_code as role_code, t.sex_code as sex_code, cast(sum(t.people_n) as bigint) as people_n
from (select e.event_day / 100 as fact_month, c.role_code, c.sex_code, c.people_n
      from flow f join event e on e.home = f.home and e.id = f.subject_id
           join event_count c on c.home = f.home and c.event_id = f.subject_id
      where f.home = :home and f.kind_no = :event_kind_no and f.flow_state = :state_no
        and not exists (select 1 from event_person p
                        where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code)
      union all
      select e.event_day / 100 as fact_month, p.role_code, p.sex_code, 1 as people_n
      from flow f join event e on e.home = f.home and e.id = f.subject_id
           join event_person p on p.home = f.home and p.event_id = f.subject_id
      where f.home = :home and f.kind_no = :event_kind_no and f.flow_state = :state_no) t
group by t.fact_month, t.role_code, t.sex_code
order by t.fact_month, t.role_code, t.sex_code;

-- name: document_held_now :many
-- How many events that were.
-- in event_kind_no i64
-- in state_no i64
-- col fact_month i64
-- col events_n i64
select e.event_day / 100 as fact_month, e.event_kind_code, count(*) as events_n
from flow f join event e on e.home = f.home and e.id = f.subject_id
where f.home = :home and f.kind_no = :event_kind_no and f.flow_state = :state_no
group by e.event_day / 100, e.event_kind_code
order by 1, 2;
