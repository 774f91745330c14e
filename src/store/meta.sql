-- name: migration_get :one
select migration_name from migration where migration_no = :migration_no;

-- name: migration_add :exec
insert into migration (migration_no, migration_name, applied_ms)
values (:migration_no, :migration_name, :applied_ms);

-- name: meta_get :one
select meta_text from meta where meta_name = :meta_name;

-- name: meta_put :exec
insert into meta (meta_name, meta_text) values (:meta_name, :meta_text)
on conflict (meta_name) do update set meta_text = excluded.meta_text;

-- name: mark_get :one
select mark_no from mark where mark_name = :mark_name and chain_no = :chain_no;

-- name: mark_top :one
-- The highest over all writers.
select mark_no from mark where mark_name = :mark_name order by mark_no desc limit 1;

-- name: mark_put :exec
-- Never lowers a mark.
insert into mark (mark_name, chain_no, mark_no) values (:mark_name, :chain_no, :mark_no)
on conflict (mark_name, chain_no) do update set mark_no = excluded.mark_no
where mark.mark_no < excluded.mark_no;

-- name: destroyed_key_add :exec
insert into destroyed_key (key_no, destroyed_ms) values (:key_no, :destroyed_ms) on conflict (key_no) do nothing;

-- name: destroyed_key_list :many
-- in limit i64
select key_no from destroyed_key where key_no > :key_no order by key_no limit :limit;

-- name: backup_add :exec
insert into backup (backup_code, made_ms, verified_ms, keys_until_ms, cases_n, bytes_n)
values (:backup_code, :made_ms, :verified_ms, :keys_until_ms, :cases_n, :bytes_n) on conflict (backup_code) do nothing;

-- name: backup_list :many
-- The latest first.
-- scan: along the index, as many as are wanted
-- in limit i64
select backup_code, made_ms, verified_ms, keys_until_ms, cases_n, bytes_n from backup
order by made_ms desc limit :limit;

-- name: backup_keys_last :one
-- scan: along the index, one row
-- The copy of the case keys that may be kept the longest.
select keys_until_ms from backup order by keys_until_ms desc limit 1;

-- name: destroyed_key_walk :many
-- in limit i64
select key_no, destroyed_ms from destroyed_key where key_no > :key_no order by key_no limit :limit;

-- name: destroyed_key_top :one
-- scan: along the key, one row
select key_no from destroyed_key order by key_no desc limit 1;

-- name: destroyed_key_n :one
-- scan: once, after a restore
-- col destroyed_n i64
select count(*) as destroyed_n from destroyed_key;
