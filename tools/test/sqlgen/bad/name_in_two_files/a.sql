-- name: a :one
select id from owner where id = :id;
