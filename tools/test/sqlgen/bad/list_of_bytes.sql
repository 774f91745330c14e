-- name: a :many
select id from job where home = :home and photo_hash in (:photo_hashs*);
