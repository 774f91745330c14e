-- name: a :many
select id from job where home = :home;
