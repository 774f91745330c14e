-- name: job_get :one
select id, due_ms, closed_ms from job where home = :home and id = :id;

-- name: job_next :one
-- row: job_get
select id, due_ms, closed_ms from job where home = :home and id = :id;

-- name: job_third :one
-- row: job_next
select id, due_ms, closed_ms from job where home = :home and id = :id;
