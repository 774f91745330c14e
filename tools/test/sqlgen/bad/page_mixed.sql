-- name: a :many
-- page due_ms desc, id
select id from job where home = :home /*after*/;
