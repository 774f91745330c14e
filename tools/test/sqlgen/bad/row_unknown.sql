-- name: job_next :one
-- row: job_later
select id from job where home = :home and id = :id;

-- name: job_later :one
select id from job where home = :home and id = :id;
