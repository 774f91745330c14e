-- name: a :many
select id from job where home = :ids and id in (:ids*);
