-- name: a :one
select 1;
