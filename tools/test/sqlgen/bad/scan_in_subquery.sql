-- name: a :many
select id from owner where id in (select owner_id from job where note_text = :note_text);
