-- name: a :many
-- in e_n i64
select id from job where home = :home
--? :id and id = :id
--? :due_ms and due_ms = :due_ms
--? :closed_ms and closed_ms = :closed_ms
--? :owner_id and owner_id = :owner_id
--? :e_n and id <> :e_n
;
