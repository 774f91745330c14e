-- name: a :one
-- col jobs_n text
select count(*) as jobs_n from job where home = :home;
