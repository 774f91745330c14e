-- name: a :one
select id,
       nam
from job where home = :home;
