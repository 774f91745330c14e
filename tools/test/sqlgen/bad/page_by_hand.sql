-- name: a :many
-- page id
select id from job where home = :home and id > :after_id /*after*/;
