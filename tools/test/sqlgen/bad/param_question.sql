-- name: a :one
select due_ms from job where home = ?;
