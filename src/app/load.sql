-- Who works here, for an invented population.

-- name: load_logins :many
-- scan: read once by a command
select login_code from account where disabled_ms is null order by login_code;
