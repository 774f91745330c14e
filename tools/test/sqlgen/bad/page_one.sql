-- name: a :one
-- page id
select id from job where home = :home /*after*/;
