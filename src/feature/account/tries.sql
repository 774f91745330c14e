-- Wrong passwords and PINs, counted by the hour.

-- name: tries_get :one
select tries_n from wrong_try
where try_kind_code = :try_kind_code and try_key_text = :try_key_text and hour_no = :hour_no;

-- name: tries_since :many
-- in first_hour_no i64
select hour_no, tries_n from wrong_try
where try_kind_code = :try_kind_code and try_key_text = :try_key_text and hour_no >= :first_hour_no;

-- name: tries_add :exec
insert into wrong_try (try_kind_code, try_key_text, hour_no, tries_n)
values (:try_kind_code, :try_key_text, :hour_no, 1)
on conflict (try_kind_code, try_key_text, hour_no) do update set tries_n = wrong_try.tries_n + 1;

-- name: tries_expire :exec
-- in before_hour_no i64
delete from wrong_try where hour_no < :before_hour_no;

-- name: tries_drop :exec
-- One name's tries, from everywhere: '/' comes next behind the '.' of those with an address.
-- in first_key text
-- in end_key text
delete from wrong_try
where try_kind_code = :try_kind_code and try_key_text >= :first_key and try_key_text < :end_key;

