-- name: a :one
-- in out i64
select due_ms from job where home = :out;
