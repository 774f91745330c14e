-- The desk as a place of work, and whose turn it is.

-- name: rota_desk :many
-- Desks of a unit and of what lies in it, the nearest code first.
-- in around_id i64
-- in on_day i64
-- col district_id i64?
-- scan: the units below one, found on the way
with recursive below (below_id) as (
    select b.id from unit b where b.id = :around_id
    union all
    select b.id from below join unit b on b.parent_id = below.below_id
)
select b.id, b.body_code, b.unit_id, u.district_id as district_id
from below
join body b on b.unit_id = below.below_id
join unit u on u.id = b.unit_id
where b.body_kind_code = 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_code;

-- name: rota_desk_get :one
-- row: rota_desk
-- col district_id i64?
select b.id, b.body_code, b.unit_id, u.district_id as district_id
from body b
join unit u on u.id = b.unit_id
where b.id = :id and b.body_kind_code = 'desk';

-- name: profile_get :one
-- in on_day i64
select body_id, valid_from_day, valid_to_day, host_id, operator_code, operator_text, letter_text, letter_day, letter_by_text,
       funder_text, room_text, phone_text
from desk_profile
where body_id = :body_id and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: profile_end :exec
-- in on_day i64
update desk_profile set valid_to_day = :on_day
where body_id = :body_id and valid_from_day < :on_day and valid_to_day > :on_day;

-- name: profile_remove :exec
-- in on_day i64
delete from desk_profile where body_id = :body_id and valid_from_day >= :on_day;

-- name: profile_add :exec
insert into desk_profile (body_id, valid_from_day, valid_to_day, home, host_id, operator_code, operator_text, letter_text,
                          letter_day, letter_by_text, funder_text, room_text, phone_text)
values (:body_id, :valid_from_day, 99991231, :home, :host_id, :operator_code, :operator_text, :letter_text,
        :letter_day, :letter_by_text, :funder_text, :room_text, :phone_text);

-- name: host_list :many
-- Offices of a district in whose house a desk may stand.
-- in on_day i64
-- col name_text text
select b.id, b.body_code, coalesce(l.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.home = :home and b.body_kind_code <> 'desk' and b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_code;

-- name: hours_list :many
select weekday_no, from_min_n, to_min_n from desk_hours where body_id = :body_id order by weekday_no;

-- name: hours_drop :exec
delete from desk_hours where body_id = :body_id and weekday_no = :weekday_no;

-- name: hours_add :exec
insert into desk_hours (body_id, weekday_no, from_min_n, to_min_n) values (:body_id, :weekday_no, :from_min_n, :to_min_n);

-- name: closed_list :many
-- in from_day i64
-- in to_day i64
select closed_day, why_text from desk_closed
where body_id = :body_id and closed_day between :from_day and :to_day order by closed_day;

-- name: closed_add :exec
insert into desk_closed (body_id, closed_day, why_text) values (:body_id, :closed_day, :why_text)
on conflict (body_id, closed_day) do update set why_text = excluded.why_text;

-- name: closed_drop :exec
delete from desk_closed where body_id = :body_id and closed_day = :closed_day;

-- name: post_list :many
-- Who works there now.
-- col login_code text?
-- col name_text text?
select p.post_no, p.post_code, p.role_code, p.account_id, p.since_day, a.login_code as login_code, a.name_text as name_text
from desk_post p
left join account a on a.id = p.account_id
where p.body_id = :body_id and p.ended_day is null
order by p.post_no;

-- name: post_last :one
-- col last_no i64
select coalesce(max(post_no), 0) as last_no from desk_post where body_id = :body_id;

-- name: post_add :exec
insert into desk_post (body_id, post_no, post_code, role_code, account_id, since_day)
values (:body_id, :post_no, :post_code, :role_code, :account_id, :since_day);

-- name: post_end :exec
update desk_post set ended_day = :ended_day where body_id = :body_id and post_no = :post_no and ended_day is null;

-- name: member_list :many
-- Those on the rota now.
select m.account_id, m.seat_text, m.seat_to_day, m.endorsed_text, m.from_day, a.login_code, a.name_text
from rota_member m
join account a on a.id = m.account_id
where m.body_id = :body_id and m.ended_day is null and a.disabled_ms is null
order by a.login_code;

-- name: member_put :exec
insert into rota_member (body_id, account_id, seat_text, seat_to_day, endorsed_text, from_day)
values (:body_id, :account_id, :seat_text, :seat_to_day, :endorsed_text, :from_day)
on conflict (body_id, account_id)
do update set seat_text = excluded.seat_text, seat_to_day = excluded.seat_to_day, endorsed_text = excluded.endorsed_text,
              ended_day = null;

-- name: member_end :exec
update rota_member set ended_day = :ended_day where body_id = :body_id and account_id = :account_id and ended_day is null;

-- name: shift_list :many
-- in from_day i64
-- in to_day i64
select s.shift_day, s.account_id, s.from_min_n, s.to_min_n, s.state_code, s.instead_id, a.login_code, a.name_text
from rota_shift s
join account a on a.id = s.account_id
where s.body_id = :body_id and s.shift_day between :from_day and :to_day
order by s.shift_day, a.login_code;

-- name: shift_get :one
select from_min_n, to_min_n, state_code, instead_id from rota_shift
where body_id = :body_id and shift_day = :shift_day and account_id = :account_id;

-- name: shift_add :exec
insert into rota_shift (body_id, shift_day, account_id, from_min_n, to_min_n, state_code, instead_id, planned_by_id)
values (:body_id, :shift_day, :account_id, :from_min_n, :to_min_n, 'planned', :instead_id, :planned_by_id);

-- name: shift_mark :exec
update rota_shift set state_code = :state_code, instead_id = :instead_id
where body_id = :body_id and shift_day = :shift_day and account_id = :account_id;

-- name: shift_drop_later :exec
-- in after_day i64
delete from rota_shift where body_id = :body_id and account_id = :account_id and shift_day > :after_day;

-- name: shift_next :many
-- Her shifts at a desk from a day on, the next ones first; none once she has left the rota.
-- in from_day i64
-- in limit i64
select s.shift_day, s.from_min_n, s.to_min_n
from rota_shift s
join rota_member m on m.body_id = s.body_id and m.account_id = s.account_id and m.ended_day is null
where s.account_id = :account_id and s.shift_day >= :from_day and s.body_id = :body_id and s.state_code = 'planned'
order by s.shift_day
limit :limit;

-- name: note_add :exec
insert into rota_note (body_id, id, noted_day, by_id, words_text, noted_ms)
values (:body_id, :id, :noted_day, :by_id, :words_text, :noted_ms);

-- name: note_list :many
-- The latest first.
-- in limit i64
select n.noted_ms, n.words_text, a.name_text
from rota_note n
join account a on a.id = n.by_id
where n.body_id = :body_id
order by n.id desc
limit :limit;
