-- name: a :many
select j.id, o.id from job j join owner o on o.id = j.owner_id where j.home = :home;
