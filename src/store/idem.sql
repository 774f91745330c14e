-- name: idem_get :one
select content_hash, receipt_text from idem
where idem_actor_key = :idem_actor_key and idem_route_name = :idem_route_name and idem_key = :idem_key;

-- name: idem_add :exec
insert into idem (idem_actor_key, idem_route_name, idem_key, content_hash, receipt_text, received_ms)
values (:idem_actor_key, :idem_route_name, :idem_key, :content_hash, :receipt_text, :received_ms)
on conflict (idem_actor_key, idem_route_name, idem_key) do nothing;

-- name: idem_remove_old :exec
delete from idem where received_ms < :received_ms;
