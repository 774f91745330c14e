-- name: a :many
select count(*) from job where home = :home;
