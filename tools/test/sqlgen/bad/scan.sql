-- name: a :many
select id from job where note_text = :note_text;
