-- name: a :many
select due_ms as due from job where home = :home;
