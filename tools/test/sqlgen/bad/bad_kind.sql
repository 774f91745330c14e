-- name: a :all
select id from owner where id = :id;
