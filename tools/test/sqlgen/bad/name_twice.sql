-- name: a :one
select id from owner where id = :id;
-- name: a :exec
delete from owner where id = :id;
