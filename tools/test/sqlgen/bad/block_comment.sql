-- name: a :one
select /* all */ due_ms from job where home = :home;
