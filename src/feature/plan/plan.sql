-- Plans: what is intended, by unit, planning year and version.

-- name: programme_all :many
-- scan: a handful of programmes
select id, programme_code, from_day, to_day from programme order by programme_code;

-- name: programme_by_code :one
select id, programme_code, from_day, to_day from programme where programme_code = :programme_code;

-- name: programme_list :many
-- scan: a handful of programmes
select id, programme_code, from_day, to_day, project_month_n from programme order by programme_code;

-- name: programme_whole :one
select id, programme_code, from_day, to_day, project_month_n from programme where programme_code = :programme_code;

-- name: programme_set :exec
update programme set from_day = :from_day, to_day = :to_day, project_month_n = :project_month_n where id = :id;

-- name: programme_last_plan :one
-- The day on which the last of its plans begins, dropped ones left out; 0: it has none.
-- col from_day i64
-- scan: a plan or two for each unit and year
select coalesce(max(p.from_day), 0) as from_day
from plan p join flow f on f.home = p.home and f.kind_no = 4 and f.subject_id = p.id and f.flow_state <> 4
where p.programme_id = :programme_id;

-- name: plan_label_put :exec
-- What somebody typed here is no draft.
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
values (:label_kind_code, :id, :lang_code, :label_text, 0)
on conflict (label_kind_code, id, lang_code) do update set label_text = excluded.label_text, draft_flag = 0;

-- name: funder_all :many
-- scan: a handful of funders
select id, funder_code, to_day, end_text from funder order by funder_code;

-- name: plan_get :one
select p.home, p.id, p.plan_code, p.programme_id, p.plan_kind_code, p.fiscal_no, p.version_no, p.title_text, p.from_day, p.to_day,
       p.changed_n, p.created_by_id, p.created_ms, p.approver_id, p.approved_ms, p.content_hash, u.unit_code, u.level_no, g.project_month_n
from plan p join unit u on u.id = p.home join programme g on g.id = p.programme_id
where p.plan_code = :plan_code;

-- name: plan_by_id :one
select plan_code from plan where home = :home and id = :id;

-- name: plan_versions :many
-- All versions of the same plan, the newest first.
-- in plan_kind_no i64
select p.id, p.plan_code, p.version_no, p.approved_ms, f.flow_state
from plan p join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
where p.home = :home and p.programme_id = :programme_id and p.plan_kind_code = :plan_kind_code and p.fiscal_no = :fiscal_no
order by p.version_no desc;

-- name: plan_list :many
-- Plans of units in reach: of the unit, of what it lies in, of what lies in it. 0: no such unit.
-- scan: a plan or two for each unit and year
-- in plan_kind_no i64
-- in whole_is_no i64
-- in country_is_id i64
-- in province_is_id i64
-- in division_is_id i64
-- in district_is_id i64
-- in within_province_id i64
-- in within_division_id i64
-- in limit i64
-- col actions_n i64
select p.home, p.id, p.plan_code, p.plan_kind_code, p.fiscal_no, p.version_no, p.title_text, u.unit_code, f.flow_state,
       (select count(*) from plan_action a where a.home = p.home and a.plan_id = p.id) as actions_n
from plan p join unit u on u.id = p.home
     join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
where :whole_is_no = 1 or u.id = :country_is_id or u.id = :province_is_id or u.id = :division_is_id or u.id = :district_is_id
      or u.district_id = :district_is_id or u.province_id = :within_province_id or u.parent_id = :within_division_id
order by p.fiscal_no desc, u.level_no, u.unit_code, p.version_no desc
limit :limit;

-- name: plan_add :exec
insert into plan (home, id, plan_code, programme_id, plan_kind_code, fiscal_no, version_no, title_text, from_day, to_day, changed_n,
                  created_by_id, created_ms)
values (:home, :id, :plan_code, :programme_id, :plan_kind_code, :fiscal_no, :version_no, :title_text, :from_day, :to_day, 0,
        :created_by_id, :created_ms);

-- name: plan_changed :exec
update plan set changed_n = changed_n + 1 where home = :home and id = :id;

-- name: plan_set_approved :exec
update plan set approver_id = :approver_id, approved_ms = :approved_ms, content_hash = :content_hash where home = :home and id = :id;

-- ---- results ----

-- name: plan_results :many
select r.id, r.result_no, r.result_kind_code, r.parent_id, r.title_text, r.assumption_text
from plan_result r where r.home = :home and r.plan_id = :plan_id order by r.result_no;

-- name: plan_result_add :exec
insert into plan_result (home, id, plan_id, result_no, result_kind_code, parent_id, title_text, assumption_text)
values (:home, :id, :plan_id, :result_no, :result_kind_code, :parent_id, :title_text, :assumption_text);

-- name: plan_result_set :exec
update plan_result set result_kind_code = :result_kind_code, parent_id = :parent_id, title_text = :title_text,
                       assumption_text = :assumption_text
where home = :home and id = :id;

-- name: plan_result_drop :exec
delete from plan_result where home = :home and id = :id;

-- ---- indicators and targets ----

-- name: plan_indicators :many
select i.home, i.id, i.result_id, i.indicator_no, i.indicator_code, i.title_text, i.measure_code, i.ascending_flag, i.counting_code,
       i.aggregate_code, i.baseline_n, i.baseline_day, i.baseline_text, i.means_text, i.every_code
from plan_indicator i where i.home = :home and i.plan_id = :plan_id order by i.indicator_no;

-- name: plan_reported :many
-- What approved sheets say of an indicator that nothing computes, by district and quarter, in all versions of its plan that keep its number.
-- in of_home_id i64
-- col num_n i64
-- col den_n i64
select s.home, s.from_day, cast(sum(v.num_n) as bigint) as num_n, cast(sum(v.den_n) as bigint) as den_n
from plan_indicator o join plan p on p.home = o.home and p.id = o.plan_id
     join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                 and q.fiscal_no = p.fiscal_no
     join plan_indicator i on i.home = q.home and i.plan_id = q.id and i.indicator_no = o.indicator_no
                           and i.indicator_code = o.indicator_code
     join sheet s on s.home in (:homes*)
     join sheet_value v on v.home = s.home and v.sheet_id = s.id and v.plan_home_id = i.home and v.indicator_id = i.id
where o.home = :of_home_id and o.id = :id and s.sheet_kind_code = 'activity' and s.approver_ms is not null
  and s.from_day >= :from_day and s.to_day <= :to_day and (:role_code = '' or v.role_code = :role_code) and (:sex_code = '' or v.sex_code = :sex_code)
group by s.home, s.from_day
order by s.home, s.from_day;

-- name: plan_reported_cells :many
-- By which roles and sexes it was said there.
-- in of_home_id i64
select distinct v.role_code, v.sex_code
from plan_indicator o join plan p on p.home = o.home and p.id = o.plan_id
     join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                 and q.fiscal_no = p.fiscal_no
     join plan_indicator i on i.home = q.home and i.plan_id = q.id and i.indicator_no = o.indicator_no
                           and i.indicator_code = o.indicator_code
     join sheet s on s.home in (:homes*)
     join sheet_value v on v.home = s.home and v.sheet_id = s.id and v.plan_home_id = i.home and v.indicator_id = i.id
where o.home = :of_home_id and o.id = :id and s.sheet_kind_code = 'activity' and s.approver_ms is not null
  and s.from_day >= :from_day and s.to_day <= :to_day and (v.role_code <> '' or v.sex_code <> '')
order by v.role_code, v.sex_code;

-- name: plan_indicator_add :exec
insert into plan_indicator (home, id, plan_id, result_id, indicator_no, indicator_code, title_text, measure_code, ascending_flag,
                            counting_code, aggregate_code, baseline_n, baseline_day, baseline_text, means_text, every_code)
values (:home, :id, :plan_id, :result_id, :indicator_no, :indicator_code, :title_text, :measure_code, :ascending_flag,
        :counting_code, :aggregate_code, :baseline_n, :baseline_day, :baseline_text, :means_text, :every_code);

-- name: plan_indicator_set :exec
update plan_indicator set result_id = :result_id, indicator_code = :indicator_code, title_text = :title_text,
       measure_code = :measure_code, ascending_flag = :ascending_flag, counting_code = :counting_code,
       aggregate_code = :aggregate_code, baseline_n = :baseline_n, baseline_day = :baseline_day, baseline_text = :baseline_text,
       means_text = :means_text, every_code = :every_code
where home = :home and id = :id;

-- name: plan_indicator_drop :exec
delete from plan_indicator where home = :home and id = :id;

-- name: plan_targets :many
-- Of a plan, by indicator.
select t.indicator_id, t.unit_id, u.unit_code, t.from_day, t.to_day, t.role_code, t.sex_code, t.num_n, t.den_n
from plan_indicator i join plan_target t on t.home = i.home and t.indicator_id = i.id
     join unit u on u.id = t.unit_id
where i.home = :home and i.plan_id = :plan_id
order by i.indicator_no, u.level_no, u.unit_code, t.from_day, t.to_day desc, t.role_code, t.sex_code;

-- name: plan_aims :many
-- What approved plans aim at of counts that are computed, all people together: the widest unit and the longest span first.
-- in plan_kind_no i64
-- in plan_approved_state i64
-- scan: some dozen plans a year
select i.indicator_code, t.unit_id, u.level_no, t.from_day, t.to_day, t.num_n
from plan p join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
     join plan_indicator i on i.home = p.home and i.plan_id = p.id
     join plan_target t on t.home = i.home and t.indicator_id = i.id
     join unit u on u.id = t.unit_id
where f.flow_state = :plan_approved_state and t.role_code = '' and t.sex_code = '' and i.indicator_code <> 'reported'
  and i.aggregate_code = 'sum'
order by u.level_no, t.unit_id, t.to_day - t.from_day desc, case when (t.from_day / 100) % 100 = 7 then 0 else 1 end, t.from_day,
         i.indicator_code, p.id;

-- name: plan_target_put :exec
insert into plan_target (home, indicator_id, unit_id, from_day, to_day, role_code, sex_code, num_n, den_n)
values (:home, :indicator_id, :unit_id, :from_day, :to_day, :role_code, :sex_code, :num_n, :den_n)
on conflict (home, indicator_id, unit_id, from_day, to_day, role_code, sex_code)
do update set num_n = excluded.num_n, den_n = excluded.den_n;

-- name: plan_target_drop :exec
delete from plan_target where home = :home and indicator_id = :indicator_id and unit_id = :unit_id and from_day = :from_day
       and to_day = :to_day and role_code = :role_code and sex_code = :sex_code;

-- name: plan_targets_drop :exec
delete from plan_target where home = :home and indicator_id = :indicator_id;

-- name: plan_targets_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_target (home, indicator_id, unit_id, from_day, to_day, role_code, sex_code, num_n, den_n)
select home, :new_id, unit_id, from_day, to_day, role_code, sex_code, num_n, den_n from plan_target
where home = :home and indicator_id = :old_id;

-- ---- activities ----

-- name: plan_actions :many
-- col flow_state i64?
-- in action_kind_no i64
select a.id, a.plan_id, a.action_no, a.result_id, a.title_text, a.target_kind_code, a.event_kind_code, a.events_n, a.from_day, a.to_day,
       a.post_text, a.budget_text, a.budget_n, f.flow_state
from plan_action a left join flow f on f.home = a.home and f.kind_no = :action_kind_no and f.subject_id = a.id
where a.home = :home and a.plan_id = :plan_id order by a.action_no;

-- name: plan_action_add :exec
insert into plan_action (home, id, plan_id, action_no, result_id, title_text, target_kind_code, event_kind_code, events_n, from_day,
                         to_day, post_text, budget_text, budget_n)
values (:home, :id, :plan_id, :action_no, :result_id, :title_text, :target_kind_code, :event_kind_code, :events_n, :from_day,
        :to_day, :post_text, :budget_text, :budget_n);

-- name: plan_action_set :exec
update plan_action set result_id = :result_id, title_text = :title_text, target_kind_code = :target_kind_code,
       event_kind_code = :event_kind_code, events_n = :events_n, from_day = :from_day, to_day = :to_day, post_text = :post_text,
       budget_text = :budget_text, budget_n = :budget_n
where home = :home and id = :id;

-- name: plan_action_drop :exec
delete from plan_action where home = :home and id = :id;

-- name: plan_action_sealed :one
select plan_id, action_no from plan_action where home = :home and id = :id;

-- name: plan_action_units :many
-- Where each activity of a plan is, by activity.
select n.action_id, n.unit_id, u.unit_code
from plan_action a join plan_action_unit n on n.home = a.home and n.action_id = a.id
     join unit u on u.id = n.unit_id
where a.home = :home and a.plan_id = :plan_id order by a.action_no, u.unit_code;

-- name: plan_action_unit_add :exec
insert into plan_action_unit (home, action_id, unit_id) values (:home, :action_id, :unit_id);

-- name: plan_action_units_drop :exec
delete from plan_action_unit where home = :home and action_id = :action_id;

-- name: plan_action_units_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_action_unit (home, action_id, unit_id)
select home, :new_id, unit_id from plan_action_unit where home = :home and action_id = :old_id;

-- name: plan_people :many
-- Whom each activity of a plan is for.
select n.action_id, n.role_code, n.sex_code, n.people_n
from plan_action a join plan_action_people n on n.home = a.home and n.action_id = a.id
where a.home = :home and a.plan_id = :plan_id order by a.action_no, n.role_code, n.sex_code;

-- name: plan_people_put :exec
insert into plan_action_people (home, action_id, role_code, sex_code, people_n) values (:home, :action_id, :role_code, :sex_code, :people_n);

-- name: plan_people_drop :exec
delete from plan_action_people where home = :home and action_id = :action_id;

-- name: plan_people_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_action_people (home, action_id, role_code, sex_code, people_n)
select home, :new_id, role_code, sex_code, people_n from plan_action_people where home = :home and action_id = :old_id;

-- ---- what belongs to an activity, one by one ----

-- name: plan_partners :many
-- Of all activities of a plan.
-- col body_code text?
select n.action_id, n.partner_no, n.body_id, b.body_code, n.name_text, n.part_text
from plan_action a join plan_partner n on n.home = a.home and n.action_id = a.id left join body b on b.id = n.body_id
where a.home = :home and a.plan_id = :plan_id order by a.action_no, n.partner_no;

-- name: plan_partner_add :exec
insert into plan_partner (home, action_id, partner_no, body_id, name_text, part_text)
values (:home, :action_id, :partner_no, :body_id, :name_text, :part_text);

-- name: plan_partner_drop :exec
delete from plan_partner where home = :home and action_id = :action_id and partner_no = :partner_no;

-- name: plan_partners_drop :exec
delete from plan_partner where home = :home and action_id = :action_id;

-- name: plan_partners_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_partner (home, action_id, partner_no, body_id, name_text, part_text)
select home, :new_id, partner_no, body_id, name_text, part_text from plan_partner where home = :home and action_id = :old_id;

-- name: plan_body_by_code :one
-- in on_day i64
select id, body_code from body where body_code = :body_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: plan_shares :many
-- Who pays which part, in thousandths, of all activities of a plan.
select n.action_id, n.funder_id, f.funder_code, f.to_day, n.share_n
from plan_action a join plan_share n on n.home = a.home and n.action_id = a.id join funder f on f.id = n.funder_id
where a.home = :home and a.plan_id = :plan_id order by a.action_no, n.share_n desc, f.funder_code;

-- name: plan_share_history :many
-- Who paid which share of an activity in earlier versions that were approved, the latest first.
select q.version_no, q.approved_ms, n.funder_id, n.share_n
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                        and q.fiscal_no = p.fiscal_no and q.version_no < p.version_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join plan_share n on n.home = a.home and n.action_id = a.id
where p.home = :home and p.id = :id and q.approved_ms is not null
order by q.version_no desc, n.share_n desc, n.funder_id
limit 60;

-- name: plan_share_put :exec
insert into plan_share (home, action_id, funder_id, share_n) values (:home, :action_id, :funder_id, :share_n)
on conflict (home, action_id, funder_id) do update set share_n = excluded.share_n;

-- name: plan_share_drop :exec
delete from plan_share where home = :home and action_id = :action_id and funder_id = :funder_id;

-- name: plan_shares_drop :exec
delete from plan_share where home = :home and action_id = :action_id;

-- name: plan_shares_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_share (home, action_id, funder_id, share_n)
select home, :new_id, funder_id, share_n from plan_share where home = :home and action_id = :old_id;

-- name: plan_risks :many
select risk_no, action_id, words_text, likely_code, answer_text from plan_risk
where home = :home and plan_id = :plan_id order by risk_no;

-- name: plan_risk_add :exec
insert into plan_risk (home, plan_id, risk_no, action_id, words_text, likely_code, answer_text)
values (:home, :plan_id, :risk_no, :action_id, :words_text, :likely_code, :answer_text);

-- name: plan_risk_drop :exec
delete from plan_risk where home = :home and plan_id = :plan_id and risk_no = :risk_no;

-- name: plan_markers :many
select marker_no, result_id, action_id, scheme_code, value_code, why_text, set_by_id, set_ms from plan_marker
where home = :home and plan_id = :plan_id order by marker_no;

-- name: plan_marker_add :exec
insert into plan_marker (home, plan_id, marker_no, result_id, action_id, scheme_code, value_code, why_text, set_by_id, set_ms)
values (:home, :plan_id, :marker_no, :result_id, :action_id, :scheme_code, :value_code, :why_text, :set_by_id, :set_ms);

-- name: plan_marker_drop :exec
delete from plan_marker where home = :home and plan_id = :plan_id and marker_no = :marker_no;

-- name: plan_cites :many
-- What the activities of a plan answer: needs with their words, figures, findings.
-- col event_code text?
-- col need_text text?
-- col indicator_code text?
-- col snapshot_from_day i64?
-- col snapshot_num_n i64?
-- col snapshot_den_n i64?
-- col snapshot_hash blob?
select n.action_id, n.cite_no, n.cite_kind_code, n.event_home_id, n.event_id, n.need_no, n.snapshot_home_id, n.snapshot_id,
       n.words_text, e.event_code, d.words_text as need_text, s.indicator_code, s.from_day as snapshot_from_day,
       s.num_n as snapshot_num_n, s.den_n as snapshot_den_n, s.content_hash as snapshot_hash
from plan_action a join plan_cite n on n.home = a.home and n.action_id = a.id
     left join event e on e.home = n.event_home_id and e.id = n.event_id
     left join event_need d on d.home = n.event_home_id and d.event_id = n.event_id and d.need_no = n.need_no
     left join snapshot s on s.home = n.snapshot_home_id and s.id = n.snapshot_id
where a.home = :home and a.plan_id = :plan_id order by a.action_no, n.cite_no;

-- name: plan_cite_add :exec
insert into plan_cite (home, action_id, cite_no, cite_kind_code, event_home_id, event_id, need_no, snapshot_home_id, snapshot_id,
                       words_text)
values (:home, :action_id, :cite_no, :cite_kind_code, :event_home_id, :event_id, :need_no, :snapshot_home_id, :snapshot_id,
        :words_text);

-- name: plan_cite_drop :exec
delete from plan_cite where home = :home and action_id = :action_id and cite_no = :cite_no;

-- name: plan_cites_drop :exec
delete from plan_cite where home = :home and action_id = :action_id;

-- name: plan_cites_copy :exec
-- in new_id i64
-- in old_id i64
insert into plan_cite (home, action_id, cite_no, cite_kind_code, event_home_id, event_id, need_no, snapshot_home_id, snapshot_id,
                       words_text)
select home, :new_id, cite_no, cite_kind_code, event_home_id, event_id, need_no, snapshot_home_id, snapshot_id, words_text
from plan_cite where home = :home and action_id = :old_id;

-- name: plan_need :one
select home, event_id, need_no, same_as_no from event_need where home = :home and event_id = :event_id and need_no = :need_no;

-- name: plan_snapshot :one
-- The figure in force.
select home, id from snapshot
where home = :home and indicator_code = :indicator_code and from_day = :from_day and to_day = :to_day and last_flag = 1;

-- ---- answers to needs ----

-- name: need_answer_last :one
-- col last_no i64
-- col answer_code text
select coalesce(max(answer_no), 0) as last_no,
       coalesce((select a.answer_code from need_answer a where a.home = :home and a.event_id = :event_id and a.need_no = :need_no
                 order by a.answer_no desc limit 1), '') as answer_code
from need_answer where home = :home and event_id = :event_id and need_no = :need_no;

-- name: need_answer_add :exec
insert into need_answer (home, event_id, need_no, answer_no, answer_code, words_text, by_id, answered_ms)
values (:home, :event_id, :need_no, :answer_no, :answer_code, :words_text, :by_id, :answered_ms);

-- name: need_open :many
-- Needs stated at events of districts in a span, with what became of each; open_is_no 1: only those nobody answered.
-- in open_is_no i64
-- in limit i64
-- col answer_code text?
-- col answer_text text?
-- col answered_ms i64?
select e.home, e.id as event_id, e.event_code, e.event_day, n.need_no, n.words_text, n.women_n, n.others_n,
       a.answer_code, a.words_text as answer_text, a.answered_ms
from event e join event_need n on n.home = e.home and n.event_id = e.id
     left join need_answer a on a.home = n.home and a.event_id = n.event_id and a.need_no = n.need_no
               and a.answer_no = (select max(l.answer_no) from need_answer l
                                  where l.home = n.home and l.event_id = n.event_id and l.need_no = n.need_no)
where e.home in (:homes*) and e.event_day between :from_day and :to_day and n.same_as_no is null
      and (:open_is_no = 0 or a.answer_no is null)
order by e.event_day desc, e.id, n.women_n desc, n.need_no
limit :limit;

-- ---- events of a line ----

-- name: plan_event_put :exec
insert into plan_event (home, event_id, plan_home_id, action_id, tied_by_id, tied_ms)
values (:home, :event_id, :plan_home_id, :action_id, :tied_by_id, :tied_ms)
on conflict (home, event_id) do update set plan_home_id = excluded.plan_home_id, action_id = excluded.action_id,
        tied_by_id = excluded.tied_by_id, tied_ms = excluded.tied_ms;

-- name: plan_event_drop :exec
-- From this line in any version of its plan.
delete from plan_event
where home = :home and event_id = :event_id
  and (plan_home_id, action_id) in (select a.home, a.id
       from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                                  and q.fiscal_no = p.fiscal_no
            join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
       where p.home = :plan_home_id and p.id = :plan_id);

-- name: plan_events :many
-- Of a line in all versions of its plan: those that keep its number.
-- in event_kind_no i64
-- in limit i64
select e.home, e.event_code, e.event_kind_code, e.event_day, e.title_text, f.flow_state
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id and a.action_no = :action_no
     join plan_event t on t.plan_home_id = a.home and t.action_id = a.id
     join event e on e.home = t.home and e.id = t.event_id
     join flow f on f.home = e.home and f.kind_no = :event_kind_no and f.subject_id = e.id
where p.home = :home and p.id = :id
order by e.event_day, e.id
limit :limit;

-- name: plan_of_event :many
-- The line that an event is tied to.
select p.plan_code, a.action_no, a.title_text, a.target_kind_code
from plan_event t join plan_action a on a.home = t.plan_home_id and a.id = t.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
where t.home = :home and t.event_id = :event_id;

-- name: programme_by_id :one
select id, programme_code, from_day, to_day from programme where id = :id;

-- name: plan_action_last :one
-- The highest number that any version of a plan gave to an activity: a number is never another activity's.
-- col last_no i64
select coalesce(max(a.action_no), 0) as last_no
from plan p join plan q on q.home = p.home and q.programme_id = p.programme_id and q.plan_kind_code = p.plan_kind_code
                           and q.fiscal_no = p.fiscal_no
     join plan_action a on a.home = q.home and a.plan_id = q.id
where p.home = :home and p.id = :id;

-- name: programme_add :exec
insert into programme (id, programme_code, from_day, to_day, project_month_n) values (:id, :programme_code, :from_day, :to_day, :project_month_n);

-- name: funder_add :exec
insert into funder (id, funder_code, to_day, end_text) values (:id, :funder_code, 99991231, '');

-- name: funder_end :exec
update funder set to_day = :to_day, end_text = :end_text where id = :id;

-- name: funder_counted :many
-- Plans in force that count on a funder behind a day; one is enough.
-- in plan_kind_no i64
-- in approved_state i64
-- scan: some dozen plans a year
select p.plan_code
from plan_share n join plan_action a on a.home = n.home and a.id = n.action_id
     join plan p on p.home = a.home and p.id = a.plan_id
     join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
where n.funder_id = :funder_id and a.to_day > :to_day and f.flow_state = :approved_state
order by p.plan_code limit 1;

-- name: programme_project_target :many
-- A plan, not dropped or superseded, with a target for a year that begins in no month of the planning or calendar year, nor in this one.
-- in gone_state i64
-- in dropped_state i64
-- in plan_kind_no i64
-- scan: some dozen plans a year
select p.plan_code
from plan p join flow f on f.home = p.home and f.kind_no = :plan_kind_no and f.subject_id = p.id
     join plan_indicator i on i.home = p.home and i.plan_id = p.id
     join plan_target t on t.home = i.home and t.indicator_id = i.id
where p.programme_id = :programme_id and f.flow_state <> :gone_state and f.flow_state <> :dropped_state
  and t.to_day - t.from_day > 9000 and (t.from_day / 100) % 100 not in (1, 7) and (t.from_day / 100) % 100 <> :project_month_n
order by p.plan_code limit 1;

-- name: plan_setter :one
-- Who set a marker: it stands with the post's name, as the account has it.
select name_text from account where id = :id;

-- name: need_shown :one
select words_text, women_n, others_n, same_as_no from event_need where home = :home and event_id = :event_id and need_no = :need_no;

-- ---- answers to needs, held against the audit chain ----

-- name: need_answer_sealed :one
select home, event_id, need_no, answer_no, answer_code, words_text, by_id, answered_ms
from need_answer where home = :home and event_id = :event_id and need_no = :need_no and answer_no = :answer_no;

-- name: need_answer_count :one
-- col answers_n i64
-- scan: one or two for each need that somebody answered, for `sunwai verify`
select count(*) as answers_n from need_answer;
