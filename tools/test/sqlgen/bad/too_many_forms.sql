-- name: a :many
-- page id
select id from job where home = :home and id in (:ids*) /*after*/
--? :due_ms and due_ms = :due_ms
--? :closed_ms and closed_ms = :closed_ms
--? :owner_id and owner_id = :owner_id
--? :note_text and note_text = :note_text
