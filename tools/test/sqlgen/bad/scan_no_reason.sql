-- name: a :many
-- scan:
select id from owner;
