-- Documents: what they count with.

-- name: document_homes_approved :many
-- Districts with an approved figure in a span, whichever it is: of what was brought in there may be one indicator alone.
-- col home i64
select u.id as home from unit u
where u.id in (:homes*)
  and exists (select 1 from snapshot s where s.home = u.id and s.last_flag = 1 and s.from_day <= :to_day and s.to_day >= :from_day)
order by u.id;

-- name: document_brought :many
-- Approved figures that were brought in from the time before: nothing was counted for them.
select home, indicator_code, from_day, to_day from snapshot
where home in (:homes*) and last_flag = 1 and source_hash is not null
order by home, indicator_code, from_day;

-- name: document_stood :many
-- Quarters of districts that were counted and approved, whole: each indicator of them is known.
select distinct home, from_day, to_day from snapshot
where home in (:homes*) and last_flag = 1 and source_hash is null
order by home, from_day;

-- name: document_homes_now :many
-- Districts with an event or a case.
-- row: document_homes_approved
-- col home i64
select u.id as home from unit u
where u.id in (:homes*) and (exists (select 1 from event e where e.home = u.id) or exists (select 1 from cases k where k.home = u.id))
order by u.id;

-- name: document_first :one
-- When its first case was taken down and its first event was planned for; 0: there is none.
-- col first_month i64
-- col first_day i64
select coalesce((select min(t.filed_month) from tally_coarse t where t.home = u.id), 0) as first_month,
       coalesce((select min(e.event_day) from event e where e.home = u.id), 0) as first_day
from unit u where u.id = :home;

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
select from_day, to_day, version_no, sheet_version_no, made_ms, snapshot_no, content_hash, source_hash
from snapshot
where home = :home and last_flag = 1 and from_day <= :to_day and to_day >= :from_day
order by from_day, indicator_code;

-- name: document_changes :many
-- Approved figures that took the place of others since then, the newest first, with what was said when the sheet was unlocked.
-- in since_ms i64
-- in limit i64
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
order by s.made_ms desc, s.home desc, s.from_day desc, s.indicator_code desc
limit :limit;

-- name: document_unlocked :many
-- Sheets that were approved and unlocked again since then, the newest first.
-- in since_ms i64
-- in limit i64
-- col event_code text?
select s.home, s.sheet_kind_code, s.from_day, s.to_day, v.version_no, v.unlock_text, v.unlocked_ms, e.event_code
from sheet s join sheet_version v on v.home = s.home and v.sheet_id = s.id
     left join event e on e.home = s.home and e.id = s.event_id
where s.home in (:homes*) and v.unlocked_ms > :since_ms and s.from_day <= :to_day and s.to_day >= :from_day
order by v.unlocked_ms desc, s.home desc, s.id desc
limit :limit;

-- name: document_warnings :many
-- Warnings that a sheet went on with, and what was said to them.
-- in limit i64
-- col event_code text?
select s.home, s.sheet_kind_code, s.from_day, s.to_day, g.rule_code, g.place_code, g.left_n, g.right_n, g.why_text, e.event_code
from sheet s join sheet_finding g on g.home = s.home and g.sheet_id = s.id
     left join event e on e.home = s.home and e.id = s.event_id
where s.home in (:homes*) and s.from_day <= :to_day and s.to_day >= :from_day and g.severity_code = 'warning' and g.why_text <> ''
order by s.home, s.from_day, s.id, g.rule_code, g.place_code
limit :limit;

-- name: document_evidence :many
-- What shows that an event was held: sheets that somebody signed, and files, of which photos stay closed until somebody opens them.
-- in event_kind_no i64
-- in limit i64
-- col signed_n i64
-- col photos_n i64
-- col closed_n i64
-- col papers_n i64
select e.home, e.event_code, e.event_kind_code, e.event_day, e.source_code,
       (select count(*) from event_signature g where g.home = e.home and g.event_id = e.id and g.how_code <> 'refused') as signed_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and a.media_code = 'photo' and a.paper_code in ('none', 'photo') and a.piece_code = 'ready') as photos_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and a.media_code = 'photo' and a.paper_code in ('none', 'photo') and a.piece_code = 'ready' and a.open_flag = 0) as closed_n,
       (select count(*) from attachment a where a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
          and (a.media_code = 'pdf' or a.paper_code not in ('none', 'photo')) and a.piece_code = 'ready') as papers_n
from event e join sheet s on s.home = e.home and s.event_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and s.approver_ms is not null
order by e.home, e.event_day, e.event_code
limit :limit;

-- name: document_files :many
-- Files of these events that the programme may see, one by one. Her own voice is nobody's evidence.
-- in event_kind_no i64
select e.home, e.event_code, a.piece_no, a.paper_code, a.seen_code, a.received_hash
from event e join sheet s on s.home = e.home and s.event_id = e.id
     join attachment a on a.home = e.home and a.kind_no = :event_kind_no and a.subject_id = e.id
where e.home in (:homes*) and e.event_day between :from_day and :to_day and s.approver_ms is not null
      and a.seen_code in ('programme', 'public') and a.piece_code = 'ready' and a.shown_id is not null
order by e.home, e.event_day, e.event_code, a.piece_no
limit 500;

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

-- ---- documents that are kept ----

-- name: kept_document_get :one
select home, id, document_code, document_no, document_kind_code, unit_code, from_day, to_day, lang_code, making_code, standing_code,
       done_n, files_n, tries_n, due_ms, by_id, by_role_no, asked_ms, ready_ms, since_ms, content_hash
from kept_document where document_code = :document_code;

-- name: kept_document_list :many
-- Of these units, the newest first.
-- row: kept_document_get
-- in limit i64
select home, id, document_code, document_no, document_kind_code, unit_code, from_day, to_day, lang_code, making_code, standing_code,
       done_n, files_n, tries_n, due_ms, by_id, by_role_no, asked_ms, ready_ms, since_ms, content_hash
from kept_document where home in (:homes*)
order by home, document_no desc
limit :limit;

-- name: kept_document_due :one
-- The one that has waited longest, of those whose time has come.
-- row: kept_document_get
-- in now_ms i64
select home, id, document_code, document_no, document_kind_code, unit_code, from_day, to_day, lang_code, making_code, standing_code,
       done_n, files_n, tries_n, due_ms, by_id, by_role_no, asked_ms, ready_ms, since_ms, content_hash
from kept_document where making_code in ('waiting', 'making') and due_ms <= :now_ms
order by due_ms, id
limit 1;

-- name: kept_document_last :one
-- The number given last, how many wait, and when the last one of the same was asked for: its figures were read after that.
-- col last_no i64
-- col waiting_n i64
-- col since_ms i64
select coalesce((select max(k.document_no) from kept_document k where k.home = u.id), 0) as last_no,
       (select count(*) from kept_document k where k.home = u.id and k.making_code in ('waiting', 'making')) as waiting_n,
       coalesce((select max(k.asked_ms) from kept_document k
                 where k.home = u.id and k.document_kind_code = :document_kind_code and k.unit_code = :unit_code
                   and k.from_day = :from_day and k.to_day = :to_day and k.making_code = 'ready'), 0) as since_ms
from unit u where u.id = :home;

-- name: kept_document_add :exec
insert into kept_document (home, id, document_code, document_no, document_kind_code, unit_code, from_day, to_day, lang_code, making_code,
                           standing_code, done_n, files_n, tries_n, due_ms, by_id, by_role_no, asked_ms, since_ms)
values (:home, :id, :document_code, :document_no, :document_kind_code, :unit_code, :from_day, :to_day, :lang_code, 'waiting',
        '', 0, :files_n, 0, :due_ms, :by_id, :by_role_no, :asked_ms, :since_ms);

-- name: kept_document_try :exec
update kept_document set making_code = 'making', done_n = 0, tries_n = tries_n + 1
where home = :home and id = :id and making_code in ('waiting', 'making');

-- name: kept_document_step :exec
update kept_document set making_code = 'making', done_n = :done_n
where home = :home and id = :id and making_code in ('waiting', 'making');

-- name: kept_document_wait :exec
update kept_document set making_code = 'waiting', done_n = 0, due_ms = :due_ms
where home = :home and id = :id and making_code in ('waiting', 'making');

-- name: kept_document_end :exec
-- Cancelled or failed.
update kept_document set making_code = :making_code
where home = :home and id = :id and making_code in ('waiting', 'making');

-- name: kept_document_ready :exec
update kept_document set making_code = 'ready', standing_code = :standing_code, done_n = files_n, ready_ms = :ready_ms,
                         content_hash = :content_hash
where home = :home and id = :id and making_code in ('waiting', 'making');

-- name: kept_file_add :exec
insert into kept_file (home, document_id, form_code, content_hash, bytes_n, blob_id, file_secret)
values (:home, :document_id, :form_code, :content_hash, :bytes_n, :blob_id, :file_secret);

-- name: kept_file_list :many
select form_code, content_hash, bytes_n, blob_id, file_secret from kept_file where home = :home and document_id = :document_id
order by form_code;

-- name: kept_quarter_add :exec
insert into kept_quarter (home, document_id, district_id, from_day, to_day, sheet_version_no, snapshot_no, content_hash)
values (:home, :document_id, :district_id, :from_day, :to_day, :sheet_version_no, :snapshot_no, :content_hash);

-- name: kept_quarter_list :many
select district_id, from_day, to_day, sheet_version_no, snapshot_no, content_hash from kept_quarter
where home = :home and document_id = :document_id
order by district_id, from_day;

-- ---- plans ----

-- name: document_found :one
-- How many quarters of some districts are approved of what lies in a span.
-- col found_n i64
select count(*) as found_n from snapshot
where home in (:homes*) and indicator_code = :indicator_code and last_flag = 1 and from_day <= :to_day and to_day >= :from_day;

-- name: document_activity :one
-- Events tied to a line of a plan, in all versions that keep its number, whose data sheets are approved, and who came to them.
-- in home i64
-- in id i64
-- in action_no i64
-- col events_n i64
-- col people_n i64
select count(*) as events_n,
       coalesce(cast(sum((select coalesce(cast(sum(n.people_n) as bigint), 0) from event_count n
                          where n.home = t.home and n.event_id = t.event_id
                            and not exists (select 1 from event_person x where x.home = n.home and x.event_id = n.event_id
                                            and x.role_code = n.role_code))
                         + (select count(*) from event_person x where x.home = t.home and x.event_id = t.event_id)) as bigint), 0) as people_n
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join plan_event t on t.plan_home_id = a.home and t.action_id = a.id
     join sheet s on s.home = t.home and s.event_id = t.event_id
where p.home = :home and p.id = :id and s.approver_ms is not null;
