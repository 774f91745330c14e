-- name: a :one
-- Ends */ here.
select due_ms from job where home = :home;
