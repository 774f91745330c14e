-- name: b :many
select 1;
