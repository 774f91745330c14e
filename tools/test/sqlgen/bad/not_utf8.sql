-- name: a :one
-- ÿ
select id from owner where id = :id;
