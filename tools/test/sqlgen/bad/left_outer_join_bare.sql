-- name: a :many
select j.id, name_text from job j left outer join owner on owner.id = j.owner_id where j.home = :home;
