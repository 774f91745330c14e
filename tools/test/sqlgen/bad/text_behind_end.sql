-- name: a :exec
delete from job where home = :home;
select 1;
