-- name: a :one
-- col jobs_n i64
select due_ms from job where home = :home;
