-- Events that are closed: when, where, who came, and whether their data sheet is approved.

-- name: report_events :many
-- listing
-- fact permission event.read
-- fact column event_code text
-- fact column event_day day
-- fact column kind_code word event.kind_
-- fact column district_text text
-- fact column women_n number sum
-- fact column people_n number sum
-- fact column needs_n number sum
-- fact column directions_n number sum
-- fact column standing_code word report.standing_
-- fact link event_code /events/{event_code}
-- in from_day i64
-- in to_day i64
-- in event_kind_no i64
-- in event_closed_state i64
-- col kind_code text
-- col district_text text
-- col women_n i64
-- col people_n i64
-- col needs_n i64
-- col directions_n i64
-- col standing_code text
select e.event_code, e.event_day, case when e.event_kind_code = 'rts_rti_session' then 'rts_rti' else e.event_kind_code end as kind_code,
       coalesce(l.label_text, n.label_text, u.unit_code) as district_text,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id and c.sex_code = 'woman'
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id and p.sex_code = 'woman') as women_n,
       (select coalesce(cast(sum(c.people_n) as bigint), 0) from event_count c
        where c.home = e.home and c.event_id = e.id
          and not exists (select 1 from event_person p where p.home = c.home and p.event_id = c.event_id and p.role_code = c.role_code))
       + (select count(*) from event_person p where p.home = e.home and p.event_id = e.id) as people_n,
       (select count(*) from event_need q where q.home = e.home and q.event_id = e.id and q.same_as_no is null) as needs_n,
       (select count(*) from direction d where d.home = e.home and d.event_id = e.id) as directions_n,
       case when exists (select 1 from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
                         where s.home = e.home and s.event_id = e.id and v.unlock_text = '') then 'approved' else 'provisional' end as standing_code
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     join unit u on u.id = e.home
     left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
     left join label n on n.label_kind_code = 'unit' and n.id = u.id and n.lang_code = 'en'
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
order by e.event_day desc, e.event_code
limit 2000;
