-- name: a :many
select due_ms as due_text from job where home = :home;
