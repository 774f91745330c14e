-- name: a :many
select id from owner where 1 = 1
--? :id and id = :id
;
