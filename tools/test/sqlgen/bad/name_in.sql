-- name: a_in :one
select id from owner where id = :id;
