-- name: a :one
-- in home text
select due_ms from job where home = :home;
