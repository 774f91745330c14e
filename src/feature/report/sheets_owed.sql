-- Data sheets of events that nobody has approved yet: which, and how far they are.

-- name: report_sheets_owed :many
-- listing
-- fact permission sheet.read
-- fact column event_code text
-- fact column event_day day
-- fact column kind_code word event.kind_
-- fact column district_text text
-- fact column sheet_code word sheet.state_
-- fact link event_code /sheets/event/{event_code}
-- in from_day i64
-- in to_day i64
-- in event_kind_no i64
-- in event_closed_state i64
-- col kind_code text
-- col district_text text
-- col sheet_code text
select e.event_code, e.event_day, case when e.event_kind_code = 'rts_rti_session' then 'rts_rti' else e.event_kind_code end as kind_code,
       coalesce(l.label_text, n.label_text, u.unit_code) as district_text,
       case when s.id is null then 'none' when s.content_hash is null then 'draft' when s.verifier_id is null then 'submitted'
            else 'verified' end as sheet_code
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     left join sheet s on s.home = e.home and s.event_id = e.id
     join unit u on u.id = e.home
     left join label l on l.label_kind_code = 'unit' and l.id = u.id and l.lang_code = :lang_code
     left join label n on n.label_kind_code = 'unit' and n.id = u.id and n.lang_code = 'en'
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :event_closed_state
  and not exists (select 1 from sheet_version v where v.home = s.home and v.sheet_id = s.id and v.unlock_text = '')
order by e.event_day, e.event_code
limit 2000;
