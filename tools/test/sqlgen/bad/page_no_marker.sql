-- name: a :many
-- page id
select id from job where home = :home;
