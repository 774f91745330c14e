-- name: a :many
select id from job where home in (:homes*) and id in (:ids*);
