-- name: a :many
select id from job where home = $1;
