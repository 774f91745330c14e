-- name: a :many
-- page closed_ms
select closed_ms from job where home = :home /*after*/;
