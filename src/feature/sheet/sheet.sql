-- Sheets: one for each closed event, one for each district and quarter, one for each line of a plan and quarter.

-- name: sheet_get :one
select home, id, sheet_kind_code, event_id, plan_home_id, action_id, from_day, to_day, version_no, due_day, first_day, progress_code, began_day,
       ended_day, why_text, done_text, narrative_text, changed_n, author_id, author_ms, verifier_id, verifier_ms, approver_id, approver_ms,
       content_hash
from sheet where home = :home and id = :id;

-- name: sheet_of_event :one
-- row: sheet_get
select home, id, sheet_kind_code, event_id, plan_home_id, action_id, from_day, to_day, version_no, due_day, first_day, progress_code, began_day,
       ended_day, why_text, done_text, narrative_text, changed_n, author_id, author_ms, verifier_id, verifier_ms, approver_id, approver_ms,
       content_hash
from sheet where home = :home and event_id = :event_id;

-- name: sheet_of_quarter :one
-- row: sheet_get
select home, id, sheet_kind_code, event_id, plan_home_id, action_id, from_day, to_day, version_no, due_day, first_day, progress_code, began_day,
       ended_day, why_text, done_text, narrative_text, changed_n, author_id, author_ms, verifier_id, verifier_ms, approver_id, approver_ms,
       content_hash
from sheet where home = :home and from_day = :from_day and sheet_kind_code = 'quarter';

-- name: sheet_of_line :one
-- The sheet of a line of a plan, in whichever version it was begun.
-- row: sheet_get
select s.home, s.id, s.sheet_kind_code, s.event_id, s.plan_home_id, s.action_id, s.from_day, s.to_day, s.version_no, s.due_day, s.first_day,
       s.progress_code, s.began_day, s.ended_day, s.why_text, s.done_text, s.narrative_text, s.changed_n, s.author_id, s.author_ms,
       s.verifier_id, s.verifier_ms, s.approver_id, s.approver_ms, s.content_hash
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join sheet s on s.plan_home_id = a.home and s.action_id = a.id and s.home = :home and s.from_day = :from_day
where p.home = :plan_home_id and p.id = :plan_id;

-- name: sheet_add :exec
insert into sheet (home, id, sheet_kind_code, event_id, plan_home_id, action_id, from_day, to_day, version_no, due_day, progress_code,
                   why_text, done_text, narrative_text, changed_n)
values (:home, :id, :sheet_kind_code, :event_id, :plan_home_id, :action_id, :from_day, :to_day, 1, :due_day, '', '', '', '', 0);

-- name: sheet_follows_carry :exec
-- What was still open in the quarter before, of the same line.
-- in new_id i64
insert into sheet_follow (home, sheet_id, follow_no, words_text, post_text, due_day, done_day)
select home, :new_id, follow_no, words_text, post_text, due_day, null from sheet_follow
where home = :home and sheet_id = :sheet_id and done_day is null;

-- name: sheet_set_author :exec
-- in first_day i64
update sheet set author_id = :author_id, author_ms = :author_ms, first_day = coalesce(first_day, :first_day), verifier_id = null, verifier_ms = null, approver_id = null,
                 approver_ms = null, content_hash = :content_hash, changed_n = changed_n + 1
where home = :home and id = :id;

-- name: sheet_set_verifier :exec
update sheet set verifier_id = :verifier_id, verifier_ms = :verifier_ms where home = :home and id = :id;

-- name: sheet_set_approver :exec
update sheet set approver_id = :approver_id, approver_ms = :approver_ms, content_hash = :content_hash where home = :home and id = :id;

-- name: sheet_set_returned :exec
update sheet set verifier_id = null, verifier_ms = null, content_hash = null where home = :home and id = :id;

-- name: sheet_set_unlocked :exec
update sheet set version_no = version_no + 1, author_id = null, author_ms = null, verifier_id = null, verifier_ms = null,
                 approver_id = null, approver_ms = null, content_hash = null
where home = :home and id = :id;

-- name: sheet_version_add :exec
insert into sheet_version (home, sheet_id, version_no, content_text, content_hash, approved_ms, unlock_text)
values (:home, :sheet_id, :version_no, :content_text, :content_hash, :approved_ms, '');

-- name: sheet_version_unlock :exec
update sheet_version set unlock_text = :unlock_text, unlocked_by_id = :unlocked_by_id, unlocked_ms = :unlocked_ms
where home = :home and sheet_id = :sheet_id and version_no = :version_no;

-- name: sheet_versions :many
select version_no, content_text, content_hash, approved_ms, unlock_text, unlocked_by_id, unlocked_ms from sheet_version
where home = :home and sheet_id = :sheet_id order by version_no desc limit 100;

-- name: sheet_event_sums :one
-- What an event sheet says beside its attendance.
-- col cases_n i64
-- col answered_n i64
-- col needs_n i64
-- col women_n i64
-- col directions_n i64
-- col summoned_n i64
-- col came_n i64
select (select count(*) from event_case c where c.home = e.home and c.event_id = e.id) as cases_n,
       (select count(*) from event_case c where c.home = e.home and c.event_id = e.id and c.answer_code is not null) as answered_n,
       (select count(*) from event_need n where n.home = e.home and n.event_id = e.id and n.same_as_no is null) as needs_n,
       (select coalesce(cast(sum(n.women_n) as bigint), 0) from event_need n where n.home = e.home and n.event_id = e.id) as women_n,
       (select count(*) from direction d where d.home = e.home and d.event_id = e.id) as directions_n,
       (select count(*) from event_summons s where s.home = e.home and s.event_id = e.id) as summoned_n,
       (select count(*) from event_summons s where s.home = e.home and s.event_id = e.id and s.came_code in ('came', 'sent_other')) as came_n
from event e where e.home = :home and e.id = :event_id;

-- name: sheet_owed_events :many
-- Closed events of a span whose sheet is not approved, and where it stands: state_no is null when nobody put it forward yet.
-- in event_kind_no i64
-- in closed_state i64
-- in sheet_kind_no i64
-- in approved_state i64
-- col sheet_id i64?
-- col flow_state i64?
select e.home, e.id, e.event_code, e.event_kind_code, e.event_day, e.title_text, s.id as sheet_id, sf.flow_state
from event e join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
     left join sheet s on s.home = e.home and s.event_id = e.id
     left join flow sf on sf.home = s.home and sf.kind_no = :sheet_kind_no and sf.subject_id = s.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and f.flow_state = :closed_state
  and (sf.flow_state is null or sf.flow_state < :approved_state)
order by e.home, e.event_day, e.id
limit 500;

-- name: sheet_of_span :many
-- Sheets of districts in a span, with where they stand.
-- in sheet_kind_no i64
select s.home, s.id, s.sheet_kind_code, s.event_id, s.from_day, s.to_day, s.version_no, s.due_day, s.author_ms, s.verifier_ms,
       s.approver_ms, f.flow_state
from sheet s join flow f on f.home = s.home and f.kind_no = :sheet_kind_no and f.subject_id = s.id
where s.home in (:homes*) and s.due_day between :from_day and :to_day
order by s.home, s.due_day, s.id
limit 1000;

-- name: sheet_open :many
-- Sheets that are on their way, the most urgent first.
-- in sheet_kind_no i64
-- col event_code text?
-- col event_kind_code text?
-- col title_text text?
-- col event_day i64?
-- col plan_code text?
-- col action_no i64?
-- col line_text text?
select s.home, s.id, s.sheet_kind_code, s.from_day, s.to_day, s.version_no, s.due_day, s.author_id, s.verifier_id, f.flow_state,
       e.event_code, e.event_kind_code, e.title_text, e.event_day, p.plan_code, a.action_no, a.title_text as line_text
from flow f join sheet s on s.home = f.home and s.id = f.subject_id
     left join event e on e.home = s.home and e.id = s.event_id
     left join plan_action a on a.home = s.plan_home_id and a.id = s.action_id
     left join plan p on p.home = a.home and p.id = a.plan_id
where f.home in (:homes*) and f.kind_no = :sheet_kind_no and f.open_flag = 1 and f.due_ms > 0 -- by date: through the open ones only
order by f.due_ms, s.home, s.id
limit 300;

-- name: sheet_quarters :many
-- The sheets of a quarter, of districts.
-- in sheet_kind_no i64
select s.home, s.id, s.version_no, s.due_day, s.first_day, s.author_id, s.verifier_id, s.verifier_ms, f.flow_state
from sheet s join flow f on f.home = s.home and f.kind_no = :sheet_kind_no and f.subject_id = s.id
where s.home in (:homes*) and s.from_day = :from_day and s.sheet_kind_code = 'quarter'
order by s.home;

-- name: sheet_finding_put :exec
insert into sheet_finding (home, sheet_id, rule_code, place_code, severity_code, left_n, right_n, why_text, why_by_id, why_ms)
values (:home, :sheet_id, :rule_code, :place_code, :severity_code, :left_n, :right_n, :why_text, :why_by_id, :why_ms)
on conflict (home, sheet_id, rule_code, place_code)
do update set severity_code = excluded.severity_code, left_n = excluded.left_n, right_n = excluded.right_n,
              why_text = excluded.why_text, why_by_id = excluded.why_by_id, why_ms = excluded.why_ms;

-- name: sheet_findings_kept :many
-- What was answered to warnings, with the numbers that it was answered to.
select rule_code, place_code, left_n, right_n, why_text from sheet_finding where home = :home and sheet_id = :sheet_id;

-- name: sheet_paper_clear :exec
delete from sheet_paper where home = :home and event_id = :event_id;

-- name: sheet_paper_put :exec
insert into sheet_paper (home, event_id, role_code, sex_code, people_n, kept_by_id, kept_ms)
values (:home, :event_id, :role_code, :sex_code, :people_n, :kept_by_id, :kept_ms);

-- name: sheet_homes :many
-- Districts that have a sheet, or figures that were brought in without one.
-- col home i64
-- scan: for `sunwai verify`, which reads everything
select home as home from sheet union select home as home from snapshot order by 1;

-- name: sheet_versions_of :many
-- Approved versions of a district, piece by piece.
-- page sheet_id, version_no
select sheet_id, version_no, content_text, content_hash from sheet_version where home = :home /*after*/;

-- ---- what is sealed into the audit chain (sheet_seal.c): all of it, in an order of its own ----

-- name: sheet_sealed_findings :many
select rule_code, place_code, severity_code, left_n, right_n, why_text, why_by_id, why_ms from sheet_finding
where home = :home and sheet_id = :sheet_id order by rule_code, place_code;

-- name: sheet_sealed_events :many
select event_id from sheet_event where home = :home and sheet_id = :sheet_id order by event_id;

-- name: sheet_sealed_values :many
select plan_home_id, indicator_id, role_code, sex_code, num_n, den_n, means_text, said_by_id, said_ms from sheet_value
where home = :home and sheet_id = :sheet_id order by plan_home_id, indicator_id, role_code, sex_code;

-- name: sheet_sealed_follows :many
select follow_no, words_text, post_text, due_day, done_day from sheet_follow
where home = :home and sheet_id = :sheet_id order by follow_no;

-- name: sheet_sealed_versions :many
select version_no, content_hash, approved_ms, unlock_text, unlocked_by_id, unlocked_ms from sheet_version
where home = :home and sheet_id = :sheet_id order by version_no;

-- name: sheet_sealed_figures :many
select id, snapshot_no, indicator_code, from_day, to_day, version_no, last_flag, sheet_version_no, approver_id, made_ms,
       content_hash, chain_hash
from snapshot where home = :home and sheet_id = :sheet_id order by snapshot_no;
