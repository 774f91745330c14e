-- name: a :many
-- in ids i64?
select id from job where home = :home and id in (:ids*);
