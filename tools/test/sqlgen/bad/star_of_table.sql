-- name: a :many
select j.* from job j where j.home = :home;
