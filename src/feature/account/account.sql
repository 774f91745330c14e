-- People who work here, how they are known to be themselves, and how often somebody guessed wrong.

-- name: account_get :one
select id, login_code, name_text, role_no, home, unit_id, office_id, password_text, password_ms, code_until_ms,
       code_by_id, created_ms, disabled_ms, signed_in_ms
from account where id = :id;

-- name: account_by_login :one
-- row: account_get
select id, login_code, name_text, role_no, home, unit_id, office_id, password_text, password_ms, code_until_ms,
       code_by_id, created_ms, disabled_ms, signed_in_ms
from account where login_code = :login_code;

-- name: account_add :exec
insert into account (id, login_code, name_text, role_no, home, unit_id, office_id, password_text, password_ms,
                     code_until_ms, code_by_id, created_ms)
values (:id, :login_code, :name_text, :role_no, :home, :unit_id, :office_id, :password_text, :password_ms,
        :code_until_ms, :code_by_id, :created_ms);

-- name: account_list_after :many
-- A stretch of all accounts in the order of their logins, each with its district's code, or its unit's above one.
-- in limit i64
-- col unit_code text?
-- col body_code text?
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id, a.code_until_ms, a.disabled_ms,
       a.signed_in_ms, u.unit_code as unit_code, b.body_code as body_code
from account a
left join unit u on u.id = coalesce(nullif(a.home, 0), a.unit_id)
left join body b on b.id = a.office_id
where a.login_code > :login_code order by a.login_code limit :limit;

-- name: account_below_after :many
-- row: account_list_after
-- The same of those who stand at one unit, or at one that lies in it.
-- in around_id i64
-- in limit i64
-- scan: the units below one, found on the way
-- col unit_code text?
-- col body_code text?
with recursive below (below_id) as (
    select b.id from unit b where b.id = :around_id
    union all
    select b.id from below join unit b on b.parent_id = below.below_id
)
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id, a.code_until_ms, a.disabled_ms,
       a.signed_in_ms, u.unit_code as unit_code, b.body_code as body_code
from below
join account a on a.unit_id = below.below_id
left join unit u on u.id = coalesce(nullif(a.home, 0), a.unit_id)
left join body b on b.id = a.office_id
where a.login_code > :login_code order by a.login_code limit :limit;

-- name: account_set_disabled :exec
-- With no instant: again not.
update account set disabled_ms = :disabled_ms where id = :id;

-- name: account_set_code :exec
-- A one-time code takes the place of the password.
update account set password_text = :password_text, password_ms = :password_ms, code_until_ms = :code_until_ms,
                   code_by_id = :code_by_id
where id = :id;

-- name: account_change_password :exec
-- By herself.
update account set password_text = :password_text, password_ms = :password_ms, code_until_ms = null where id = :id;

-- name: account_note_coming :exec
update account set signed_in_ms = :signed_in_ms where id = :id;

-- name: account_of_office :many
-- Who works in one office and may act.
select id, login_code, name_text from account
where office_id = :office_id and role_no = :role_no and disabled_ms is null
order by login_code;

-- name: office_by_code :one
-- An office and the district it lies in; none for one above a district.
-- in on_day i64
-- col district_id i64?
select b.id, b.body_code, b.body_kind_code, b.unit_id, u.district_id
from body b join unit u on u.id = b.unit_id
where b.body_code = :body_code and b.valid_from_day <= :on_day and b.valid_to_day > :on_day;

-- name: office_get :one
-- col district_id i64?
select b.id, b.body_code, b.body_kind_code, b.unit_id, u.district_id
from body b join unit u on u.id = b.unit_id where b.id = :id;

-- name: contact_set :exec
insert into account_blind (account_id, index_kind_code, blind_hash)
values (:account_id, :index_kind_code, :blind_hash)
on conflict (account_id, index_kind_code) do update set blind_hash = excluded.blind_hash;

-- name: contact_drop :exec
delete from account_blind where account_id = :account_id and index_kind_code = :index_kind_code;

-- name: contact_list :many
select index_kind_code from account_blind where account_id = :account_id order by index_kind_code;

-- name: contact_of_staff :many
-- Of one who may still sign in.
select a.id from account_blind b join account a on a.id = b.account_id
where b.index_kind_code = :index_kind_code and b.blind_hash = :blind_hash and a.disabled_ms is null limit 1;

-- name: session_add :exec
insert into session (token_hash, account_id, session_secret, device_code, created_ms, used_ms, expires_ms)
values (:token_hash, :account_id, :session_secret, :device_code, :created_ms, :used_ms, :expires_ms);

-- name: session_find :one
-- Who a cookie is: nobody when the session is over, or was not used for too long, or the account is disabled.
-- One that was used later than now is of a clock that went wrong: nobody knows when it ends.
-- in idle_since_ms i64
-- in not_after_ms i64
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id, s.session_secret, s.used_ms
from session s join account a on a.id = s.account_id
where s.token_hash = :token_hash and s.expires_ms > :expires_ms and s.used_ms > :idle_since_ms
  and s.used_ms < :not_after_ms and a.disabled_ms is null;

-- name: session_touch :exec
-- in before_ms i64
update session set used_ms = :used_ms where token_hash = :token_hash and used_ms < :before_ms;

-- name: session_there :one
select account_id from session where token_hash = :token_hash;

-- name: session_drop :exec
delete from session where token_hash = :token_hash;

-- name: session_list :many
-- Her sessions that live, the last used first.
-- in idle_since_ms i64
select token_hash, session_secret, device_code, created_ms, used_ms from session
where account_id = :account_id and expires_ms > :expires_ms and used_ms > :idle_since_ms
order by used_ms desc, created_ms desc;

-- name: session_end_one :exec
delete from session where account_id = :account_id and token_hash = :token_hash;

-- name: session_end :exec
delete from session where account_id = :account_id and session_secret = :session_secret;

-- name: session_end_others :exec
delete from session where account_id = :account_id and session_secret <> :session_secret;

-- name: session_end_all :exec
delete from session where account_id = :account_id;

-- name: session_end_everyone :exec
-- scan: once, after a restore
delete from session;

-- name: session_remove_old :exec
delete from session where expires_ms <= :expires_ms;

-- name: token_add :exec
insert into api_token (token_hash, account_id, created_ms) values (:token_hash, :account_id, :created_ms);

-- name: token_find :one
select a.id, a.login_code, a.name_text, a.role_no, a.home, a.unit_id, a.office_id
from api_token t join account a on a.id = t.account_id
where t.token_hash = :token_hash and t.revoked_ms is null and a.disabled_ms is null;

-- name: token_list :many
select token_hash, created_ms from api_token
where account_id = :account_id and revoked_ms is null order by created_ms desc;

-- name: token_revoke :exec
update api_token set revoked_ms = :revoked_ms
where account_id = :account_id and token_hash = :token_hash and revoked_ms is null;

-- name: token_revoke_everyone :exec
-- scan: once, after a restore
update api_token set revoked_ms = :revoked_ms where revoked_ms is null;

-- name: token_revoke_all :exec
update api_token set revoked_ms = :revoked_ms where account_id = :account_id and revoked_ms is null;

-- name: office_all :many
-- Every office with its name, by district.
-- in on_day i64
-- col name_text text
-- scan: a few offices in each district
select b.id, b.body_code, b.body_kind_code, b.unit_id, coalesce(l.label_text, e.label_text, b.body_code) as name_text
from body b
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_code;

-- name: office_below :many
-- row: office_all
-- Those that lie in one unit, or are its own.
-- in around_id i64
-- in on_day i64
-- col name_text text
-- scan: the units below one, found on the way
with recursive below (below_id) as (
    select b.id from unit b where b.id = :around_id
    union all
    select b.id from below join unit b on b.parent_id = below.below_id
)
select b.id, b.body_code, b.body_kind_code, b.unit_id, coalesce(l.label_text, e.label_text, b.body_code) as name_text
from below
join body b on b.unit_id = below.below_id
left join label l on l.label_kind_code = 'body' and l.id = b.id and l.lang_code = :lang_code
left join label e on e.label_kind_code = 'body' and e.id = b.id and e.lang_code = 'en'
where b.valid_from_day <= :on_day and b.valid_to_day > :on_day
order by b.body_code;
