-- name: a :many
select j.id, o.name_text from job j left join owner o on o.id = j.owner_id where j.home = :home;
