-- name: a :one
select id from job
where home = = :home;
