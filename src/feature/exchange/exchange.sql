-- What goes out to others: plans in force and approved figures, in the shapes of other people's formats.

-- name: exchange_span :many
-- Of these districts: from when to when figures are approved, and when the last one was.
-- col home i64
-- col from_day i64
-- col to_day i64
-- col made_ms i64
select home as home, min(from_day) as from_day, max(to_day) as to_day, max(made_ms) as made_ms
from snapshot where home in (:homes*) and last_flag = 1
group by home
order by 1;

-- name: exchange_programmes :many
-- Programmes and who reports them.
-- col reporter_code text
-- col reporter_type_no i64
-- col reporter_text text
-- col sector_code text
-- scan: a handful of programmes
select p.id, p.programme_code, p.from_day, p.to_day, coalesce(r.reporter_code, '') as reporter_code,
       coalesce(r.reporter_type_no, 10) as reporter_type_no, coalesce(r.reporter_text, '') as reporter_text,
       coalesce(r.sector_code, '') as sector_code
from programme p left join exchange_reporter r on r.programme_id = p.id
order by p.id;

-- name: exchange_plans :many
-- Plans of a programme that are approved, by unit and year.
-- in plan_kind_no i64
-- in plan_approved_state i64
-- scan: some dozen plans a year
select p.home, p.id, p.title_text, p.from_day, p.to_day, p.fiscal_no, p.version_no, u.unit_code
from plan p join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
     join unit u on u.id = p.home
where p.programme_id = :programme_id and f.flow_state = :plan_approved_state
order by p.home, p.fiscal_no, p.version_no, p.id;

-- name: exchange_results :many
select id, result_no, result_kind_code, title_text, assumption_text from plan_result
where home = :home and plan_id = :plan_id
order by result_no;

-- name: exchange_indicators :many
select id, result_id, indicator_no, indicator_code, title_text, measure_code, ascending_flag, aggregate_code, baseline_n, baseline_day,
       baseline_text, means_text
from plan_indicator where home = :home and plan_id = :plan_id
order by indicator_no;

-- name: exchange_targets :many
select t.unit_id, u.unit_code, t.from_day, t.to_day, t.role_code, t.sex_code, t.num_n, t.den_n
from plan_target t join unit u on u.id = t.unit_id
where t.home = :home and t.indicator_id = :indicator_id
order by t.from_day, t.to_day, t.unit_id, t.role_code, t.sex_code;

-- name: exchange_markers :many
-- What was set for a plan as a whole, by somebody and with a reason.
select scheme_code, value_code, why_text from plan_marker
where home = :home and plan_id = :plan_id and result_id is null and action_id is null
order by marker_no;

-- name: exchange_quarters :many
-- The quarters of a district that anything was approved of, and when the last of it was.
-- col made_ms i64
select from_day, to_day, max(made_ms) as made_ms from snapshot
where home = :home and last_flag = 1
group by from_day, to_day
order by from_day;

-- name: exchange_reporter_put :exec
insert into exchange_reporter (programme_id, reporter_code, reporter_type_no, reporter_text, sector_code)
values (:programme_id, :reporter_code, :reporter_type_no, :reporter_text, :sector_code)
on conflict (programme_id)
do update set reporter_code = excluded.reporter_code, reporter_type_no = excluded.reporter_type_no,
              reporter_text = excluded.reporter_text, sector_code = excluded.sector_code;

-- ---- figures of the time before ----

-- name: past_last :one
-- col last_no i64
select coalesce(max(import_no), 0) as last_no from exchange_import where home = :home;

-- name: past_put :exec
insert into exchange_import (home, id, import_code, import_no, state_code, file_hash, content_hash, content_text, source_text, figures_n,
                             maker_id, made_ms, why_text)
values (:home, :id, :import_code, :import_no, 'waiting', :file_hash, :content_hash, :content_text, :source_text, :figures_n, :maker_id, :made_ms, '');

-- name: past_get :one
select home, id, import_code, state_code, file_hash, content_hash, content_text, source_text, figures_n, maker_id, made_ms, verifier_id,
       verified_ms, decider_id, decided_ms, why_text
from exchange_import where import_code = :import_code;

-- name: past_list :many
-- Those of a unit and of what lies in it, the newest first.
-- in unit i64
-- scan: a handful for each unit
select i.home, i.import_code, i.state_code, i.source_text, i.figures_n, i.made_ms
from exchange_import i join unit u on u.id = i.home join unit b on b.id = :unit
where b.level_no = 0 or u.id = b.id or u.parent_id = b.id or u.province_id = b.id
order by i.made_ms desc, i.import_code limit 200;

-- name: past_verify :exec
update exchange_import set state_code = 'verified', verifier_id = :verifier_id, verified_ms = :verified_ms where home = :home and id = :id;

-- name: past_decide :exec
update exchange_import set state_code = :state_code, decider_id = :decider_id, decided_ms = :decided_ms, why_text = :why_text
where home = :home and id = :id;

-- ---- the programme's own workbook ----

-- name: map_get :many
-- Those kept in these units, the nearest first; in the order of the workbook.
select m.home, m.field_code, m.column_text
from exchange_map m join unit u on u.id = m.home
where m.programme_id = :programme_id and m.home in (:homes*) and m.book_code = :book_code
order by u.level_no desc, m.home, m.column_no, m.field_code;

-- name: map_clear :exec
delete from exchange_map where programme_id = :programme_id and home = :home and book_code = :book_code;

-- name: map_put :exec
insert into exchange_map (programme_id, home, book_code, field_code, column_text, column_no)
values (:programme_id, :home, :book_code, :field_code, :column_text, :column_no);

-- name: activities_approved :many
-- What approved Activity Monitoring Sheets of a programme's plans say, of a district and span, as it was approved.
select v.content_text
from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
     join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
where s.home = :home and s.sheet_kind_code = 'activity' and v.unlock_text = '' and s.from_day between :from_day and :to_day
  and p.programme_id = :programme_id
order by s.from_day, p.plan_code, a.action_no;

-- name: sheets_approved :many
-- What approved Event Data Sheets of a district and span say, as it was approved; of this programme, or of none.
select e.event_code, v.content_text
from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
     join event e on e.home = s.home and e.id = s.event_id
where s.home = :home and s.sheet_kind_code = 'event' and v.unlock_text = '' and s.from_day between :from_day and :to_day
  and (not exists (select 1 from plan_event t where t.home = s.home and t.event_id = s.event_id)
       or exists (select 1 from plan_event t join plan_action a on a.home = t.plan_home_id and a.id = t.action_id
                       join plan p on p.home = a.home and p.id = a.plan_id
                  where t.home = s.home and t.event_id = s.event_id and p.programme_id = :programme_id))
order by s.from_day, e.event_code;
