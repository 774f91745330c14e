-- name: a :many
-- fact title x
select id, name_text from owner where id = :id;
