-- name: a :many
select id
--? :due_ms , due_ms
from job where home = :home;
