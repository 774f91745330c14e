-- name: a :many
select id from job where home = :home
--? and due_ms < :due_ms
;
