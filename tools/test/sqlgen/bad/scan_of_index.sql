-- name: a :one
-- col jobs_n i64
select count(*) as jobs_n from owner;
