-- What the public pages ask beside the rules of other features.

-- name: desk_all :many
-- The desks of all districts.
-- in on_day i64
-- scan: a few offices in each district
select id, home, unit_id, body_code from body
where body_kind_code = 'desk' and valid_from_day <= :on_day and valid_to_day > :on_day
order by home, id;

-- name: locality_near :many
-- The villages and mohallas of a unit and of what hangs directly below it, by name.
-- in around_id i64
-- in limit i64
select y.name_text
from unit u
join locality y on y.unit_id = u.id
where u.id = :around_id or u.parent_id = :around_id
order by y.name_text
limit :limit;
