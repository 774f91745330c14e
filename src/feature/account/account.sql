-- People who work here, how they are known to be themselves, and how often somebody guessed wrong.

-- name: account_by_login :one
select id, login_code, name_text, role_no, home, unit_id, office_id, password_text, must_change_flag, disabled_ms
from account where login_code = :login_code;

-- name: account_get :one
select id, login_code, name_text, role_no, home, unit_id, office_id, password_text, must_change_flag, disabled_ms
from account where id = :id;

-- name: account_add :exec
insert into account (id, login_code, name_text, role_no, home, unit_id, office_id, password_text, must_change_flag,
                     created_ms)
values (:id, :login_code, :name_text, :role_no, :home, :unit_id, :office_id, :password_text, :must_change_flag,
        :created_ms);

-- name: account_list_after :many
-- A stretch of all accounts in the order of their logins.
-- in limit i64
-- col district_code text?
-- col body_code text?
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.office_id, a.disabled_ms,
       u.unit_code as district_code, b.body_code as body_code
from account a
left join unit u on u.id = a.home
left join body b on b.id = a.office_id
where a.login_code > :login_code order by a.login_code limit :limit;

-- name: account_set_disabled :exec
update account set disabled_ms = :disabled_ms where id = :id and disabled_ms is null;

-- name: account_set_password :exec
-- By somebody else, so that she is asked to change it.
update account set password_text = :password_text, must_change_flag = 1 where id = :id;

-- name: account_change_password :exec
-- By herself.
update account set password_text = :password_text, must_change_flag = 0 where id = :id;

-- name: office_by_code :one
-- in on_day i64
select id, body_code, body_kind_code, unit_id, home from body
where body_code = :body_code and valid_from_day <= :on_day and valid_to_day > :on_day;

-- name: office_get :one
select id, body_code, body_kind_code, unit_id, home from body where id = :id;

-- name: session_add :exec
insert into session (token_hash, account_id, session_secret, created_ms, expires_ms)
values (:token_hash, :account_id, :session_secret, :created_ms, :expires_ms);

-- name: session_find :one
-- Who a cookie is: nobody when the session is over or the account disabled.
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id, s.session_secret
from session s join account a on a.id = s.account_id
where s.token_hash = :token_hash and s.expires_ms > :expires_ms and a.disabled_ms is null;

-- name: session_end :exec
delete from session where account_id = :account_id and session_secret = :session_secret;

-- name: session_end_others :exec
delete from session where account_id = :account_id and session_secret <> :session_secret;

-- name: session_end_all :exec
delete from session where account_id = :account_id;

-- name: session_remove_old :exec
delete from session where expires_ms <= :expires_ms;

-- name: token_add :exec
insert into api_token (token_hash, account_id, created_ms) values (:token_hash, :account_id, :created_ms);

-- name: token_find :one
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id
from api_token t join account a on a.id = t.account_id
where t.token_hash = :token_hash and t.revoked_ms is null and a.disabled_ms is null;

-- name: token_revoke_all :exec
update api_token set revoked_ms = :revoked_ms where account_id = :account_id and revoked_ms is null;

-- name: office_all :many
-- Every office with its name, by district.
-- in on_day i64
-- col name_text text
-- scan: a few offices in each district
select b.id, b.body_code, b.body_kind_code, b.home, coalesce(l.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.home, b.body_kind_code, b.id;
