-- name: a :one
-- name: b :one
select id from owner where id = :id;
