-- Events: where and when, who was summoned, what they are tied to, who came.

-- name: event_get :one
select home, id, event_code, fiscal_no, event_no, event_kind_code, audience_code, series_text, title_text, unit_id,
       tehsil_id, venue_text, venue_kind_code, event_day, from_min_n, to_min_n, female_from_n, female_to_n, seating_code,
       transport_flag, childcare_flag, purdah_flag, female_staff_n, room_n, chair_text, spoken_code, desk_id, parent_id,
       plan_text, why_text, curriculum_no, curriculum_version_no, curriculum_text, source_code, announced_flag, address_flag, sequence_no, changed_ms, key_no,
       explained_text, minutes_text, created_by_id, created_ms
from event where home = :home and id = :id;

-- name: event_by_code :one
select home, id from event where event_code = :event_code;

-- name: event_add :exec
insert into event (home, id, event_code, fiscal_no, event_no, event_kind_code, audience_code, series_text, title_text,
                   unit_id, tehsil_id, venue_text, venue_kind_code, event_day, from_min_n, to_min_n, female_from_n,
                   female_to_n, seating_code, transport_flag, childcare_flag, purdah_flag, female_staff_n, room_n,
                   chair_text, spoken_code, desk_id, parent_id, plan_text, why_text, curriculum_no,
                   curriculum_version_no, curriculum_text, source_code, announced_flag, address_flag, sequence_no, changed_ms, key_no, minutes_text, record_code, content_code, created_by_id, created_ms)
values (:home, :id, :event_code, :fiscal_no, :event_no, :event_kind_code, :audience_code, :series_text, :title_text,
        :unit_id, :tehsil_id, :venue_text, :venue_kind_code, :event_day, :from_min_n, :to_min_n, :female_from_n,
        :female_to_n, :seating_code, :transport_flag, :childcare_flag, :purdah_flag, :female_staff_n, :room_n,
        :chair_text, :spoken_code, :desk_id, :parent_id, :plan_text, :why_text, :curriculum_no,
        :curriculum_version_no, :curriculum_text, :source_code, 0, :address_flag, 0, :changed_ms, :key_no, '', :record_code, :content_code, :created_by_id, :created_ms);

-- name: event_by_record :one
select event_code, content_code from event where home = :home and record_code = :record_code;

-- name: event_last_no :one
-- The highest number of a district and fiscal year.
-- col last_no i64
select coalesce(max(event_no), 0) as last_no from event where home = :home and fiscal_no = :fiscal_no;

-- name: event_set :exec
-- What is planned, but place and time.
update event
set event_kind_code = :event_kind_code, audience_code = :audience_code, series_text = :series_text,
    title_text = :title_text, seating_code = :seating_code, transport_flag = :transport_flag,
    childcare_flag = :childcare_flag, purdah_flag = :purdah_flag, female_staff_n = :female_staff_n, room_n = :room_n,
    chair_text = :chair_text, spoken_code = :spoken_code, plan_text = :plan_text, why_text = :why_text,
    curriculum_no = :curriculum_no, curriculum_version_no = :curriculum_version_no, curriculum_text = :curriculum_text,
    address_flag = :address_flag, sequence_no = :sequence_no,
    changed_ms = :changed_ms
where home = :home and id = :id;

-- name: event_set_place :exec
update event
set unit_id = :unit_id, tehsil_id = :tehsil_id, venue_text = :venue_text, venue_kind_code = :venue_kind_code,
    event_day = :event_day, from_min_n = :from_min_n, to_min_n = :to_min_n, female_from_n = :female_from_n,
    female_to_n = :female_to_n, sequence_no = :sequence_no, changed_ms = :changed_ms
where home = :home and id = :id;

-- name: event_set_announced :exec
update event set announced_flag = :announced_flag, sequence_no = :sequence_no, changed_ms = :changed_ms
where home = :home and id = :id;

-- name: event_move_add :exec
insert into event_move (home, event_id, move_no, event_day, from_min_n, to_min_n, unit_id, venue_text, why_text, moved_ms)
values (:home, :event_id, :move_no, :event_day, :from_min_n, :to_min_n, :unit_id, :venue_text, :why_text, :moved_ms);

-- name: event_move_list :many
select move_no, event_day, from_min_n, to_min_n, unit_id, venue_text, why_text, moved_ms
from event_move where home = :home and event_id = :event_id order by move_no;

-- name: event_same_day :many
-- Those of a kind in a district on a day that were not cancelled (state 3).
select e.id, e.event_code, e.venue_text, e.unit_id
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home = :home and e.event_day = :event_day and e.event_kind_code = :event_kind_code and f.flow_state <> 3;

-- name: event_list :many
-- By day, from one day to before another; state -1, tehsil 0, desk 0, body 0 and '': any. A body: those it was summoned to.
-- whole_is_no 1: what is held for the whole district too.
-- in from_day i64
-- in to_day i64
-- in kind_code text
-- in audience_is_code text
-- in tehsil_is_id i64
-- in whole_is_no i64
-- in state_is_no i64
-- in desk_is_id i64
-- in body_is_id i64
-- in after_day i64
-- in after_id i64
-- in limit i64
select e.home, e.id, e.event_code, e.event_kind_code, e.audience_code, e.title_text, e.series_text, e.unit_id, e.tehsil_id,
       e.venue_text, e.event_day, e.from_min_n, e.to_min_n, e.announced_flag, e.source_code, f.flow_state
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home in (:homes*) and e.event_day >= :from_day and e.event_day < :to_day
  and (:kind_code = '' or e.event_kind_code = :kind_code)
  and (:audience_is_code = '' or e.audience_code = :audience_is_code)
  and (:tehsil_is_id = 0 or e.tehsil_id = :tehsil_is_id or (:whole_is_no = 1 and e.tehsil_id is null))
  and (:state_is_no < 0 or f.flow_state = :state_is_no)
  and (:desk_is_id = 0 or e.desk_id = :desk_is_id)
  and (:body_is_id = 0 or exists (select 1 from event_summons s
                                  where s.body_id = :body_is_id and s.home = e.home and s.event_id = e.id))
  and (e.event_day > :after_day or (e.event_day = :after_day and e.id > :after_id))
order by e.event_day, e.id
limit :limit;

-- name: event_public_list :many
-- Announced in a district from a day on, cancelled ones too.
-- in limit i64
select e.home, e.id, e.event_code, e.event_kind_code, e.audience_code, e.title_text, e.unit_id, e.venue_text, e.address_flag,
       e.event_day, e.from_min_n, e.to_min_n, e.transport_flag, e.childcare_flag, f.flow_state
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home = :home and e.event_day >= :event_day and e.announced_flag = 1
order by e.event_day, e.id
limit :limit;

-- name: event_summons_list :many
-- col name_text text
select s.body_id, b.body_code, s.asked_day, s.came_code, s.post_text,
       coalesce(l.label_text, f.label_text, n.label_text, b.body_code) as name_text
from event_summons s
join body b on b.id = s.body_id
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label n on n.label_kind_code = 'body' and n.id = b.id and n.lang_code = 'en'
where s.home = :home and s.event_id = :event_id
order by s.body_id;

-- name: event_summons_has :one
select came_code from event_summons where home = :home and event_id = :event_id and body_id = :body_id;

-- name: event_summons_add :exec
insert into event_summons (home, event_id, body_id, asked_day, came_code)
values (:home, :event_id, :body_id, :asked_day, 'not_known');

-- name: event_summons_remove :exec
delete from event_summons where home = :home and event_id = :event_id and body_id = :body_id and came_code = 'not_known';

-- name: event_summons_came :exec
update event_summons set came_code = :came_code, post_text = :post_text
where home = :home and event_id = :event_id and body_id = :body_id;

-- name: event_bodies :many
-- Offices of a district that can be summoned: all but its desks.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, b.body_kind_code, b.unit_id,
       coalesce(l.label_text, f.label_text, n.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label n on n.label_kind_code = 'body' and n.id = b.id and n.lang_code = 'en'
where b.home = :home and b.body_kind_code <> 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_kind_code, b.id;

-- name: event_tie_add :exec
insert into event_tie (home, event_id, for_id) values (:home, :event_id, :for_id)
on conflict do nothing;

-- name: event_tie_clear :exec
delete from event_tie where home = :home and for_id = :for_id;

-- name: event_set_parent :exec
update event set parent_id = :parent_id, changed_ms = :changed_ms where home = :home and id = :id;

-- name: event_answers_some :one
-- Whether an event has answered directions of the one that it follows up.
-- col answers_n i64
select count(*) as answers_n from event_answer where home = :home and event_id = :event_id;

-- name: event_tie_list :many
-- The earlier ones that led to an event.
select e.id, e.event_code, e.event_kind_code, e.title_text, e.event_day, e.unit_id
from event_tie t
join event e on e.home = t.home and e.id = t.event_id
where t.home = :home and t.for_id = :for_id
order by e.event_day, e.id;

-- name: event_tied_list :many
-- What an event led to.
select e.id, e.event_code, e.event_kind_code, e.title_text, e.event_day, e.unit_id
from event_tie t
join event e on e.home = t.home and e.id = t.for_id
where t.home = :home and t.event_id = :event_id
order by e.event_day, e.id;

-- name: event_follow_list :many
-- Those that follow up an event.
select e.id, e.event_code, e.event_kind_code, e.title_text, e.event_day, e.unit_id
from event e
where e.home = :home and e.parent_id = :parent_id
order by e.event_day, e.id;

-- name: event_counted :many
-- The roster by +1, over all devices.
-- col people_n i64
-- col spoke_n i64
select role_code, sex_code, cast(sum(people_n) as bigint) as people_n,
       cast(sum(spoke_n) as bigint) as spoke_n
from event_count where home = :home and event_id = :event_id
group by role_code, sex_code;

-- name: event_named :many
-- The roster by names, counted.
-- col people_n i64
-- col spoke_n i64
select role_code, sex_code, count(*) as people_n, cast(sum(spoke_flag) as bigint) as spoke_n
from event_person where home = :home and event_id = :event_id
group by role_code, sex_code;

-- name: event_tally_set :exec
-- A district's month, counted anew: events that are closed (state 2), and how far their sheets are.
insert into event_tally (home, fact_month, held_n, sent_n, timely_n, approved_n)
select cast(:home as bigint), cast(:fact_month as bigint), count(*), count(s.first_day),
       coalesce(cast(sum(case when s.first_day <= s.due_day then 1 else 0 end) as bigint), 0),
       coalesce(cast(sum(case when exists (select 1 from sheet_version v where v.home = s.home and v.sheet_id = s.id and v.unlock_text = '')
                              then 1 else 0 end) as bigint), 0)
from event e join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
     left join sheet s on s.home = e.home and s.event_id = e.id
where e.home = :home and e.event_day between :from_day and :to_day and f.flow_state = 2
on conflict (home, fact_month)
do update set held_n = excluded.held_n, sent_n = excluded.sent_n, timely_n = excluded.timely_n, approved_n = excluded.approved_n;

-- name: event_tallies :many
-- in from_month i64
-- in to_month i64
select home, fact_month, held_n, sent_n, timely_n, approved_n from event_tally
where home in (:homes*) and fact_month between :from_month and :to_month
order by home, fact_month;

-- ---- the line of a plan that an event belongs to ----

-- name: event_lines :many
-- Activities of approved plans, of the district or what it lies in, that are to be there on some day of a span.
-- in country_id i64
-- in division_id i64
-- in from_day i64
-- in to_day i64
select p.plan_code, a.home, a.id, a.action_no, a.title_text, a.event_kind_code
from plan p join flow f on f.home = p.home and f.kind_no = 4 and f.subject_id = p.id and f.flow_state = 2 -- approved, and in force
     join plan_action a on a.home = p.home and a.plan_id = p.id
where p.home in (:country_id, :province_id, :division_id, :district_id)
  and a.from_day <= :to_day and a.to_day >= :from_day
  and exists (select 1 from plan_action_unit n join unit u on u.id = n.unit_id
              where n.home = a.home and n.action_id = a.id
                and (n.unit_id in (:country_id, :province_id, :division_id) or u.district_id = :district_id))
  and not exists (select 1 from flow x where x.home = a.home and x.kind_no = 5 and x.subject_id = a.id and x.flow_state = 4) -- cancelled
order by p.fiscal_no desc, p.plan_code, a.action_no
limit 200;

-- name: event_line_plan :many
-- Whether there is a plan of this code at all.
select id from plan where plan_code = :plan_code;

-- name: event_line_put :exec
insert into plan_event (home, event_id, plan_home_id, action_id, tied_by_id, tied_ms)
values (:home, :event_id, :plan_home_id, :action_id, :tied_by_id, :tied_ms)
on conflict (home, event_id) do update set plan_home_id = excluded.plan_home_id, action_id = excluded.action_id,
        tied_by_id = excluded.tied_by_id, tied_ms = excluded.tied_ms;

-- name: event_line_drop :exec
delete from plan_event where home = :home and event_id = :event_id;

-- ---- which line, held against the audit chain ----

-- name: event_line_sealed :one
select home, event_id, plan_home_id, action_id, tied_by_id, tied_ms from plan_event where home = :home and event_id = :event_id;

-- name: event_line_last :one
-- What was said of one of them last.
select detail_text from audit
where home = :home and about_kind = 'event' and about_id = :about_id and event_name = 'event.line'
order by audit_ms desc, chain_no desc, seq_no desc
limit 1;

-- name: event_line_unsaid :many
-- Those of which nothing was said.
-- scan: one for each event of a plan, for `sunwai verify`
select t.home, t.event_id from plan_event t
where not exists (select 1 from audit a where a.home = t.home and a.about_kind = 'event' and a.about_id = t.event_id
                                              and a.event_name = 'event.line')
order by t.home, t.event_id
limit 1;
