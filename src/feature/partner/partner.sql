-- Twinning, and groups that meet again and again.

-- name: partner_office :one
-- An office by its code, on a day.
-- in on_day i64
select id, home, body_code, body_kind_code from body
where body_code = :body_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: partner_offices :many
-- Offices of a district.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, coalesce(l.label_text, n.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label n on n.label_kind_code = 'body' and n.id = b.id and n.lang_code = 'en'
where b.home = :home and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_kind_code, b.body_code;

-- ---- twinning ----

-- name: twinning_last_no :one
-- col last_no i64
select coalesce(max(twinning_no), 0) as last_no from twinning where home = :home;

-- name: twinning_add :exec
insert into twinning (home, id, twinning_no, twinning_code, host_id, partner_id, partner_text, goals_text, plan_text,
                      from_day, to_day, created_by_id, created_ms)
values (:home, :id, :twinning_no, :twinning_code, :host_id, :partner_id, :partner_text, :goals_text, :plan_text,
        :from_day, :to_day, :created_by_id, :created_ms);

-- name: twinning_get :one
select home, id, twinning_code, host_id, partner_id, partner_text, goals_text, plan_text, from_day, to_day
from twinning where twinning_code = :twinning_code;

-- name: twinning_list :many
-- row: twinning_get
select home, id, twinning_code, host_id, partner_id, partner_text, goals_text, plan_text, from_day, to_day
from twinning where home in (:homes*) order by from_day desc, id;

-- name: twinning_exchange_last :one
-- col last_no i64
select coalesce(max(exchange_no), 0) as last_no from twinning_exchange where home = :home and twinning_id = :twinning_id;

-- name: twinning_exchange_add :exec
insert into twinning_exchange (home, twinning_id, exchange_no, planned_day, words_text)
values (:home, :twinning_id, :exchange_no, :planned_day, :words_text);

-- name: twinning_exchange_held :exec
update twinning_exchange set event_id = :event_id
where home = :home and twinning_id = :twinning_id and exchange_no = :exchange_no;

-- name: twinning_exchanges :many
-- col event_code text?
-- col event_day i64?
-- col flow_state i64?
select x.exchange_no, x.planned_day, x.words_text, e.event_code as event_code, e.event_day as event_day, f.flow_state as flow_state
from twinning_exchange x
left join event e on e.home = x.home and e.id = x.event_id
left join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where x.home = :home and x.twinning_id = :twinning_id order by x.planned_day, x.exchange_no;

-- name: twinning_events :many
-- Events of the kind "exchange" that were not called off and are none of an exchange yet, the latest first.
-- in cancelled_state i64
-- in limit i64
select e.event_code, e.title_text, e.event_day
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home = :home and e.event_kind_code = 'exchange' and f.flow_state <> :cancelled_state
  and not exists (select 1 from twinning_exchange x where x.home = e.home and x.event_id = e.id)
order by e.event_day desc, e.id desc
limit :limit;

-- name: twinning_check_put :exec
insert into twinning_check (home, twinning_id, part_code, when_code, item_code, level_n, checked_day)
values (:home, :twinning_id, :part_code, :when_code, :item_code, :level_n, :checked_day)
on conflict (home, twinning_id, part_code, when_code, item_code)
do update set level_n = excluded.level_n, checked_day = excluded.checked_day;

-- name: twinning_checks :many
select part_code, when_code, item_code, level_n, checked_day from twinning_check
where home = :home and twinning_id = :twinning_id;

-- ---- groups ----

-- name: circle_last_no :one
-- col last_no i64
select coalesce(max(circle_no), 0) as last_no from circle where home = :home;

-- name: circle_add :exec
insert into circle (home, id, circle_no, circle_code, event_kind_code, series_text, goals_text, created_by_id, created_ms)
values (:home, :id, :circle_no, :circle_code, :event_kind_code, :series_text, :goals_text, :created_by_id, :created_ms);

-- name: circle_of_series :one
select circle_code from circle
where home = :home and event_kind_code = :event_kind_code and series_text = :series_text;

-- name: circle_get :one
select home, id, circle_code, event_kind_code, series_text, goals_text from circle where circle_code = :circle_code;

-- name: circle_list :many
-- row: circle_get
select home, id, circle_code, event_kind_code, series_text, goals_text
from circle where home in (:homes*) order by circle_code;

-- name: circle_member_last :one
-- col last_no i64
select coalesce(max(member_no), 0) as last_no from circle_member where home = :home and circle_id = :circle_id;

-- name: circle_member_add :exec
insert into circle_member (home, circle_id, member_no, side_code, post_text, body_id, from_day, to_day)
values (:home, :circle_id, :member_no, :side_code, :post_text, :body_id, :from_day, :to_day);

-- name: circle_member_end :exec
update circle_member set to_day = :to_day
where home = :home and circle_id = :circle_id and member_no = :member_no and to_day > :to_day;

-- name: circle_members :many
select member_no, side_code, post_text, body_id, from_day, to_day from circle_member
where home = :home and circle_id = :circle_id order by case when to_day = 99991231 then 0 else 1 end,
         case side_code when 'women' then 0 when 'member' then 1 when 'official' then 2 else 3 end, member_no;

-- name: circle_events :many
-- Its meetings, the latest first.
-- in limit i64
select e.home, e.id, e.event_code, e.title_text, e.event_day, f.flow_state
from event e
join flow f on f.home = e.home and f.kind_no = 3 and f.subject_id = e.id
where e.home = :home and e.event_kind_code = :event_kind_code and e.series_text = :series_text
order by e.event_day desc, e.id desc
limit :limit;
