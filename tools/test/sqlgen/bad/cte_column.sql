-- name: a :many
with x as (select due_ms from job where home = :home) select due_ms from x;
