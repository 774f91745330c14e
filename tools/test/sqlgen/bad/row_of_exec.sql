-- name: job_get :one
select id, due_ms, closed_ms from job where home = :home and id = :id;

-- name: job_close :exec
-- row: job_get
update job set closed_ms = :closed_ms where home = :home and id = :id;
