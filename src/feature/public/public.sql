-- What the public pages ask beside the rules of other features.

-- name: desk_all :many
-- The desks of all districts.
-- in on_day i64
-- scan: a few offices in each district
select id, home, unit_id from body
where body_kind_code = 'desk' and valid_from_day <= :on_day and valid_to_day > :on_day
order by home, id;
