-- name: a :one
-- in root i64
select due_ms from job where home = :home;
