-- name: job_get :one
select id, due_ms, closed_ms from job where home = :home and id = :id;

-- name: job_next :one
-- row: job_get
-- col due_ms i64?
select id, max(due_ms) as due_ms, closed_ms from job where home = :home and id = :id;
