-- name: a :many
select j.id from job j join kind k on k.id = j.owner_id where j.home = :home;
