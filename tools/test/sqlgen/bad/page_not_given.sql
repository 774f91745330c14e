-- name: a :many
-- page due_ms, id
select id from job where home = :home /*after*/;
