-- name: a :many
select id from job where home = :home
--? :ids and id in (:ids*)
;
