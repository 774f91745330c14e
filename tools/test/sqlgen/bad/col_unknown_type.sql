-- name: a :one
-- col total int
select count(*) as total from job where home = :home;
