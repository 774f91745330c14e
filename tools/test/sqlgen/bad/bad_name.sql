-- name: A :one
select id from owner where id = :id;
