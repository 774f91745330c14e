-- The figures of an earlier programme, as a folder of its own.

-- name: fixture_services_since :exec
-- scan: once, in a database made just now
update service set valid_from_day = :valid_from_day;

-- name: fixture_portals_since :exec
-- scan: once, in a database made just now
update portal set valid_from_day = :valid_from_day;

-- name: fixture_count_add :exec
insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)
values (:home, :event_id, '', :role_code, :sex_code, :people_n, 0);

-- name: fixture_programmes_since :exec
-- scan: once, in a database made just now
update programme set from_day = :from_day;

-- name: fixture_events :many
-- Gatherings that came over, by their day.
-- in to_day i64
-- in from_day i64
-- col province_code text
-- scan: once, in a database made just now
select e.home, e.id, e.event_code, e.event_day, u.unit_code, p.unit_code as province_code
from event e join unit u on u.id = e.home join unit p on p.id = u.province_id
where e.source_code = 'imported' and e.event_day between :from_day and :to_day
order by e.event_day, u.unit_code;
