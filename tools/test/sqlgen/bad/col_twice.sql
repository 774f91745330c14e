-- name: a :one
-- col jobs_n i64
-- col jobs_n i64?
select count(*) as jobs_n from job where home = :home;
