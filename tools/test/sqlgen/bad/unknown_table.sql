-- name: a :exec
delete from jobs where id = :id;
