-- name: a :many
select j.id from job j where j.note_text = :note_text;
