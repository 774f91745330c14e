-- name: a :one
select due_ms from job where note_text = 'open;
