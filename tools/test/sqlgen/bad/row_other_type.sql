-- name: job_count :one
-- col n i64
select count(*) as n from job where home = :home;

-- name: job_next :one
-- row: job_count
-- col n text
select 'n' as n from job where home = :home and id = :id;
