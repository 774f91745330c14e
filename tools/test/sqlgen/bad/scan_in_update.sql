-- name: a :exec
update job set due_ms = :due_ms where note_text = :note_text;
