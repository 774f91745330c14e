-- name: a :many
-- listing
select id, name_text from owner where id = :id;
