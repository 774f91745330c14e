-- A comment of the file, with SQL words: select; and :words in it.

-- name: job_get :one
-- The job as its own office sees it.
--
-- Two paragraphs.
select id, state_code, due_ms, closed_ms, owner_id, note_text, photo_hash -- a comment; at the end
from job
where home = :home and id = :id;

-- name: job_count :one
-- col jobs_n i64
select count(*) as jobs_n from job where home = :home

-- name: now_nothing :one
-- col one_n i64
select 1 as one_n;

-- name: job_add :exec
insert into job (home, id, state_code, due_ms, owner_id, note_text, photo_hash)
values (:home, :id, 'new;(', :due_ms, :owner_id, :note_text, :photo_hash);

-- name: job_add_returning :one
insert into job (home, id, due_ms) values (:home, :id, :due_ms) returning id, state_code, closed_ms;

-- name: job_close :exec
update job set closed_ms = :closed_ms, state_code = 'done' where home = :home and id = :id;

-- name: job_close_surely :exec
-- in closed_ms i64
update job set closed_ms = :closed_ms where home = :home and id = :id;

-- name: job_owner :many
-- col name_text text?
select j.id, j.owner_id, o.name_text
from job j
left join owner o on o.id = j.owner_id
where j.home = :home;

-- name: job_chain :many
with recursive chain (id, boss_id, level_n) as (
    select id, boss_id, 0 from owner where id = :id
    union all
    select o.id, o.boss_id, c.level_n + 1 from chain c join owner o on o.id = c.boss_id
)
-- col level_n i64
select o.id, o.name_text, k.level_n from chain k join owner o on o.id = k.id;

-- name: kind_all :many
-- scan: two kinds
select kind_code, label_text from kind order by kind_code;

-- name: owner_put :exec
insert into owner (id, name_text, boss_id) values (:id, :name_text, :boss_id)
on conflict (id) do update set name_text = excluded.name_text, boss_id = excluded.boss_id;

-- name: job_multiplied :many
-- in by_n i64
-- col twice_ms i64
select id, due_ms * :by_n as twice_ms from job where home = :home and note_text = ':no_parameter*' and due_ms > :by_n *2;

-- name: job_waiting_of :many
-- row: job_get
select note_text, id, state_code, due_ms, closed_ms, owner_id, photo_hash from job where home = :home and due_ms > :due_ms;

-- name: job_first :one
-- The columns in another order, one of them an expression.
-- row: job_get
-- col photo_hash blob?
select note_text, id, state_code, due_ms, closed_ms, owner_id, coalesce(photo_hash, null) as photo_hash
from job where home = :home order by due_ms, id limit 1;
