-- name: a :many
select * from job where home = :home;
