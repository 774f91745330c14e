-- name: a :many
select x.due_ms from (select due_ms from job where home = :home) x;
