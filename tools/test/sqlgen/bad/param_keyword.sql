-- name: a :one
-- in home i64
select due_ms from job where home = :default;
