-- name: a :exec
delete from job where home = :home; delete from job;
