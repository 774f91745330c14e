-- name: a :many
select j.id, o.name_text from owner o right join job j on o.id = j.owner_id where j.home = :home;
