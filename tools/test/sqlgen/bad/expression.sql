-- name: a :one
select count(*) as jobs_n from job where home = :home;
