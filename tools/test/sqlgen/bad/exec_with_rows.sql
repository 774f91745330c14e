-- name: a :exec
select id from owner where id = :id;
