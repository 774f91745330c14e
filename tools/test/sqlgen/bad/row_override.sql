-- name: job_get :one
select id, due_ms, closed_ms from job where home = :home and id = :id;

