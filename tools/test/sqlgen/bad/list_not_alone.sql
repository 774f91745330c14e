-- name: a :many
select id from job where home = :home and id in (1, :ids*);
