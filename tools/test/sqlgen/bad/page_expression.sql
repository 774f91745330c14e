-- name: a :many
-- page due_ms + 1
select due_ms from job where home = :home /*after*/;
