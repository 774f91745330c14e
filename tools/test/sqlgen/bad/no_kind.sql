-- name: a
select id from owner where id = :id;
