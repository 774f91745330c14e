-- name: a :many
select id from job where home = :home
--? :due_ms and due_ms = :due_ms
;
