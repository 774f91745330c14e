-- name: audit_append :exec
insert into audit (chain_no, seq_no, audit_ms, event_name, home, actor_name, actor_id, about_kind, about_id,
                   detail_text, prev_hash, row_hash)
values (:chain_no, :seq_no, :audit_ms, :event_name, :home, :actor_name, :actor_id, :about_kind, :about_id,
        :detail_text, :prev_hash, :row_hash);

-- name: audit_head :one
-- The last row of a chain.
select seq_no, row_hash from audit where chain_no = :chain_no order by seq_no desc limit 1;

-- name: audit_next_chain :one
select chain_no from audit where chain_no > :chain_no order by chain_no limit 1;

-- name: audit_walk :many
-- A stretch of a chain for its verification. By position and not by expected number: a gap must be seen.
-- in limit i64
select chain_no, seq_no, audit_ms, event_name, home, actor_name, actor_id, about_kind, about_id, detail_text,
       prev_hash, row_hash
from audit where chain_no = :chain_no and seq_no > :seq_no order by seq_no limit :limit;

-- name: audit_row :one
select row_hash from audit where chain_no = :chain_no and seq_no = :seq_no;

-- name: audit_said :many
-- What a chain says under one name, in stretches.
-- in after_no i64
-- in limit i64
select seq_no, home, about_id, detail_text
from audit
where chain_no = :chain_no and seq_no > :after_no and event_name = :event_name
order by seq_no
limit :limit;
