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
