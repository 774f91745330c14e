-- Directions: orders of an event, and action points of a dialogue. Where they stand is in flow (kind_no 2).

-- name: direction_add :exec
insert into direction (home, id, event_id, direction_no, side_code, body_id, post_text, vacant_flag, horizon_code,
                       words_text, case_id, need_no, due_day, given_day)
values (:home, :id, :event_id, :direction_no, :side_code, :body_id, :post_text, :vacant_flag, :horizon_code,
        :words_text, :case_id, :need_no, :due_day, :given_day);

-- name: direction_last_no :one
-- Rows are never removed.
-- col last_no i64
select coalesce(max(direction_no), 0) as last_no from direction where home = :home and event_id = :event_id;

-- name: direction_get :one
-- col again_no i64?
-- col again_code text?
select d.home, d.id, d.event_id, d.direction_no, d.side_code, d.body_id, d.post_text, d.vacant_flag, d.horizon_code,
       d.words_text, d.case_id, d.need_no, d.due_day, d.given_day, d.again_id, e.event_code, e.title_text, e.event_day,
       e.unit_id, e.tehsil_id, a.direction_no as again_no, ae.event_code as again_code
from direction d
join event e on e.home = d.home and e.id = d.event_id
left join direction a on a.home = d.home and a.id = d.again_id
left join event ae on ae.home = a.home and ae.id = a.event_id
where d.home = :home and d.id = :id;

-- name: direction_at :one
-- By its event's code and its number.
select d.home, d.id
from event e
join direction d on d.home = e.home and d.event_id = e.id
where e.event_code = :event_code and d.direction_no = :direction_no;

-- name: direction_ids_of_event :many
select id from direction where home = :home and event_id = :event_id order by direction_no;

-- name: direction_ids_of_case :many
select id from direction where home = :home and case_id = :case_id order by id;

-- name: direction_list_ids :many
-- By date, the office's own or those of places.
-- in after_due_ms i64
-- in after_id i64
-- in now_ms i64
-- in limit i64
select f.home, f.subject_id, f.due_ms
from flow f
join direction d on d.home = f.home and d.id = f.subject_id
where f.home in (:homes*) and f.kind_no = 2
--? :open_flag and f.open_flag = :open_flag
--? :now_ms and f.due_ms < :now_ms
--? :horizon_code and d.horizon_code = :horizon_code
--? :flow_state and f.flow_state = :flow_state
  and (:office_id = 0 or f.office_id = :office_id)
  and (:tehsil_id = 0 or f.tehsil_id = :tehsil_id or f.tehsil_id is null)
  and (f.due_ms > :after_due_ms or (f.due_ms = :after_due_ms and f.subject_id > :after_id))
order by f.due_ms, f.subject_id
limit :limit;

-- name: direction_move :exec
update direction set due_day = :due_day where home = :home and id = :id;

-- name: direction_send :exec
update direction
set body_id = :body_id, post_text = :post_text, vacant_flag = :vacant_flag
where home = :home and id = :id;

-- name: direction_carry :exec
update direction set again_id = :again_id where home = :home and id = :id;

-- name: direction_count_some :one
-- Open ones of a district, counted no further than the limit.
-- in now_ms i64
-- in limit i64
-- col late_n i64
-- col open_n i64
select (select count(*) from (select f.due_ms from flow f
        where f.home = :home and f.kind_no = 2 and f.open_flag = 1 and f.due_ms < :now_ms
          and (:office_id = 0 or f.office_id = :office_id) and (:tehsil_id = 0 or f.tehsil_id = :tehsil_id or f.tehsil_id is null)
        order by f.due_ms
        limit :limit) late) as late_n,
       (select count(*) from (select f.due_ms from flow f
        where f.home = :home and f.kind_no = 2 and f.open_flag = 1
          and (:office_id = 0 or f.office_id = :office_id) and (:tehsil_id = 0 or f.tehsil_id = :tehsil_id or f.tehsil_id is null)
        order by f.due_ms
        limit :limit) of_all) as open_n;

-- name: direction_office :one
-- An office of a district, or above it.
-- in on_day i64
select b.id, b.home, b.unit_id, b.body_kind_code
from body b
where b.body_code = :body_code and b.valid_from_day <= :on_day and b.valid_to_day > :on_day;

-- name: direction_office_staffed :one
-- Whether anybody of an office can open a direction: an account that may act.
-- col officers_n i64
select count(*) as officers_n from account a
where a.office_id = :office_id and a.role_no = :role_no and a.disabled_ms is null;

-- name: direction_offices :many
-- Offices to which directions are given: those of a district that answer.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, b.body_kind_code,
       coalesce(l.label_text, f.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label f on f.label_kind_code = 'body' and f.id = b.id and f.lang_code = 'ur'
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.home = :home and b.valid_from_day <= :on_day and b.valid_to_day > :on_day and b.body_kind_code <> 'desk'
order by b.body_kind_code, b.body_code;
