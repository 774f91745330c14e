-- name: job_get
-- row: job_get
select id, due_ms, closed_ms from job where home = :home and id = :id;
