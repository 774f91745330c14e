-- Offices that are imported.

-- name: office_find :one
-- An office of this code, valid on a day or later.
-- in on_day i64
select id, body_kind_code, unit_id from body
where body_code = :body_code and valid_to_day > :on_day
order by valid_from_day limit 1;

-- name: office_add :exec
insert into body (id, body_code, body_kind_code, unit_id, home, valid_from_day, valid_to_day)
values (:id, :body_code, :body_kind_code, :unit_id, :home, :valid_from_day, 99991231);

-- name: office_answers :exec
-- It answers for every service of its kind that nobody answers for in this unit.
-- scan: under a hundred services
insert into service_body (service_id, unit_id, body_id, valid_from_day, valid_to_day)
select s.id, b.unit_id, b.id, b.valid_from_day, 99991231
from service s, body b
where b.id = :body_id and s.body_kind_code = b.body_kind_code
  and not exists (select 1 from service_body o where o.service_id = s.id and o.unit_id = b.unit_id
                  and o.valid_to_day > b.valid_from_day);
