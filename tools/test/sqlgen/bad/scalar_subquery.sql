-- name: a :one
select (select due_ms from job where home = 1 and id = 2) as due_ms from owner where id = :id;
