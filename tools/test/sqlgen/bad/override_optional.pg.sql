-- name: a :many
select id from job where id = 1
--? :home and home = :home
;
