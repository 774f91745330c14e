-- name: a :many
-- col id i64
select id from job where home = :home;
