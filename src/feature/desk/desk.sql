-- The desk: unfinished forms, calls that are due, what waits.

-- name: draft_get :one
select key_no, content_enc, created_ms, updated_ms
from draft
where account_id = :account_id and draft_code = :draft_code;

-- name: draft_list :many
-- An account's own, newest first.
select draft_code, key_no, created_ms, updated_ms
from draft
where account_id = :account_id
order by updated_ms desc, draft_code;

-- name: draft_put :exec
insert into draft (account_id, draft_code, key_no, content_enc, created_ms, updated_ms)
values (:account_id, :draft_code, :key_no, :content_enc, :created_ms, :updated_ms)
on conflict (account_id, draft_code)
do update set content_enc = excluded.content_enc, updated_ms = excluded.updated_ms;

-- name: draft_remove :exec
delete from draft where account_id = :account_id and draft_code = :draft_code;

-- name: draft_old :many
-- in before_ms i64
-- in limit i64
select account_id, draft_code, key_no
from draft
where updated_ms < :before_ms
order by updated_ms
limit :limit;
