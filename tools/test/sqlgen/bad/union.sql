-- name: a :many
select due_ms from job where home = :home union select closed_ms from job where home = :home;
