-- name: a :one
delete from owner where id = :id;
