-- Devices that work without a signal, the keys that they seal to, the numbers that they carry, and what they brought.

-- name: device_get :one
select home, id, desk_id, device_code, name_text, enrolled_by_id, enrolled_ms, seen_ms, skew_ms, revoked_ms, revoked_by_id,
       revoked_text, wiped_ms
from device where home = :home and id = :id;

-- name: device_by_token :one
-- row: device_get
select home, id, desk_id, device_code, name_text, enrolled_by_id, enrolled_ms, seen_ms, skew_ms, revoked_ms, revoked_by_id,
       revoked_text, wiped_ms
from device where token_hash = :token_hash;

-- name: device_by_code :one
-- row: device_get
select home, id, desk_id, device_code, name_text, enrolled_by_id, enrolled_ms, seen_ms, skew_ms, revoked_ms, revoked_by_id,
       revoked_text, wiped_ms
from device where device_code = :device_code;

-- name: device_add :exec
insert into device (home, id, desk_id, device_code, name_text, token_hash, enrolled_by_id, enrolled_ms, seen_ms, skew_ms)
values (:home, :id, :desk_id, :device_code, :name_text, :token_hash, :enrolled_by_id, :enrolled_ms, :seen_ms, 0);

-- name: device_see :exec
update device set seen_ms = :seen_ms, skew_ms = :skew_ms where home = :home and id = :id;

-- name: device_seen_at :exec
update device set seen_ms = :seen_ms where home = :home and id = :id;

-- name: device_revoke :exec
update device set revoked_ms = :revoked_ms, revoked_by_id = :revoked_by_id, revoked_text = :revoked_text
where home = :home and id = :id and revoked_ms is null;

-- name: device_wiped :exec
update device set wiped_ms = :wiped_ms where home = :home and id = :id and wiped_ms is null;

-- name: device_list :many
-- Those of a district, or of one of its desks (0: of all), the latest first.
-- in desk_is_id i64
-- col desk_text text
-- col leased_n i64
-- col taken_n i64
-- col waiting_n i64
-- col refused_n i64
-- col kept_n i64
select d.id, d.device_code, d.name_text, d.desk_id, d.enrolled_ms, d.seen_ms, d.skew_ms, d.revoked_ms, d.wiped_ms, b.body_code,
       coalesce(l.label_text, b.body_code) as desk_text,
       (select count(*) from case_ref_held h where h.holder_kind = 'device' and h.holder_id = d.id) as leased_n,
       (select count(*) from device_record r where r.home = d.home and r.device_id = d.id and r.record_state_code = 'taken') as taken_n,
       (select count(*) from device_record r where r.home = d.home and r.device_id = d.id
        and r.record_state_code in ('partial', 'waiting')) as waiting_n,
       (select count(*) from device_record r where r.home = d.home and r.device_id = d.id and r.record_state_code = 'refused')
         as refused_n,
       (select count(*) from device_record r where r.home = d.home and r.device_id = d.id
        and r.record_state_code = 'quarantined') as kept_n
from device d
join body b on b.id = d.desk_id
left join label l on l.label_kind_code = 'body' and l.id = d.desk_id and l.lang_code = :lang_code
where d.home = :home and (:desk_is_id = 0 or d.desk_id = :desk_is_id)
order by d.enrolled_ms desc, d.id desc limit 200;

-- name: device_person_get :one
select last_ms from device_person where home = :home and device_id = :device_id and account_id = :account_id;

-- name: device_person_set :exec
insert into device_person (home, device_id, account_id, first_ms, last_ms)
values (:home, :device_id, :account_id, :first_ms, :last_ms)
on conflict (home, device_id, account_id) do update set last_ms = excluded.last_ms;

-- ---- keys ----

-- name: device_key_open :many
-- Those that are sealed to now, the one that lasts longest first.
select id, key_code, point_packed, key_no, private_enc, from_ms, to_ms, dropped_ms from device_key
where to_ms > :to_ms order by to_ms desc limit 4;

-- name: device_key_get :one
-- row: device_key_open
select id, key_code, point_packed, key_no, private_enc, from_ms, to_ms, dropped_ms from device_key
where key_code = :key_code;

-- name: device_key_old :many
-- row: device_key_open
-- What is old enough to be destroyed.
select id, key_code, point_packed, key_no, private_enc, from_ms, to_ms, dropped_ms from device_key
where to_ms < :to_ms and dropped_ms is null order by to_ms limit 20;

-- name: device_key_add :exec
insert into device_key (id, key_code, point_packed, key_no, private_enc, from_ms, to_ms)
values (:id, :key_code, :point_packed, :key_no, :private_enc, :from_ms, :to_ms);

-- name: device_key_drop :exec
update device_key set dropped_ms = :dropped_ms where id = :id;

-- ---- numbers ----

-- name: device_lease_last :one
-- col last_no i64
select coalesce(max(lease_no), 0) as last_no from device_lease where home = :home and device_id = :device_id;

-- name: device_lease_add :exec
insert into device_lease (home, device_id, lease_no, by_id, leased_ms, until_ms, refs_n, event_id, first_no, last_no)
values (:home, :device_id, :lease_no, :by_id, :leased_ms, :until_ms, :refs_n, :event_id, :first_no, :last_no);

-- name: device_lease_get :one
select lease_no, by_id, leased_ms, until_ms, refs_n, event_id, first_no, last_no from device_lease
where home = :home and device_id = :device_id and lease_no = :lease_no;

-- name: device_lease_ref_add :exec
insert into device_lease_ref (home, device_id, lease_no, ref_code) values (:home, :device_id, :lease_no, :ref_code);

-- name: device_lease_refs :many
select ref_code from device_lease_ref
where home = :home and device_id = :device_id and lease_no = :lease_no order by ref_code;

-- name: device_free_refs :one
-- How many numbers it carries that have neither a case nor were given back.
-- col free_n i64
select count(*) as free_n from case_ref_held h
where h.holder_kind = 'device' and h.holder_id = :holder_id and h.barred_ms is null
  and not exists (select 1 from case_ref r where r.ref_code = h.ref_code);

-- ---- records ----

-- name: device_record_get :one
select record_code, home, device_id, sealed_hash, total_n, have_n, record_state_code, why_code, skew_ms, begun_ms, came_ms, told_ms,
       done_ms, kind_code, of_code, by_id, let_in_by_id, case_id
from device_record where record_code = :record_code;

-- name: device_record_add :exec
insert into device_record (record_code, home, device_id, sealed_hash, total_n, have_n, record_state_code, why_code, skew_ms, begun_ms,
                           kind_code, of_code)
values (:record_code, :home, :device_id, :sealed_hash, :total_n, 0, 'partial', '', :skew_ms, :begun_ms, '', '');

-- name: device_record_grow :exec
update device_record
set have_n = :have_n, record_state_code = :record_state_code, why_code = :why_code, skew_ms = :skew_ms, begun_ms = :begun_ms,
    came_ms = :came_ms
where record_code = :record_code;

-- name: device_record_end :exec
update device_record
set record_state_code = :record_state_code, why_code = :why_code, done_ms = :done_ms, told_ms = :told_ms, kind_code = :kind_code,
    of_code = :of_code, by_id = :by_id, case_id = :case_id
where record_code = :record_code;

-- name: device_record_ref :exec
-- Which number stands on the slip of what could not be taken in.
update device_record set ref_code = :ref_code where record_code = :record_code;

-- name: device_record_why :exec
update device_record set why_text = :why_text where record_code = :record_code;

-- name: device_record_belongs :exec
-- It was opened, and what it belongs to has not come.
update device_record set kind_code = :kind_code, of_code = :of_code where record_code = :record_code;

-- name: device_record_tried :exec
update device_record set tried_n = tried_n + 1 where record_code = :record_code and record_state_code = 'waiting';

-- name: device_record_again :exec
-- Let out of quarantine, or to be tried again.
update device_record
set record_state_code = 'waiting', why_code = '', let_in_by_id = :let_in_by_id
where record_code = :record_code and record_state_code in ('refused', 'quarantined');

-- name: device_record_kept :one
-- How many of one device stand here with their bytes, and how many of these; of what was thrown away nothing stands here.
-- col kept_n i64
-- col bytes_n i64
select count(*) as kept_n, cast(coalesce(sum(total_n), 0) as bigint) as bytes_n from device_record
where home = :home and device_id = :device_id and have_n > 0
  and record_state_code in ('partial', 'waiting', 'refused', 'quarantined');

-- name: device_record_stale :many
-- row: device_record_get
-- What began to come and did not go on, the oldest first.
-- in before_ms i64
select record_code, home, device_id, sealed_hash, total_n, have_n, record_state_code, why_code, skew_ms, begun_ms, came_ms, told_ms,
       done_ms, kind_code, of_code, by_id, let_in_by_id, case_id
from device_record
where record_state_code = 'partial' and have_n > 0 and begun_ms < :before_ms order by begun_ms, record_code limit 100;

-- name: device_record_expire :exec
update device_record set have_n = 0, why_code = :why_code, begun_ms = :begun_ms where record_code = :record_code;

-- name: device_record_numbered :exec
update device_record set seq_no = :seq_no where record_code = :record_code;

-- name: device_record_next :many
-- row: device_record_get
-- What can be taken in now, in the order in which it came, what was tried in vain behind the rest.
-- in limit i64
select r.record_code, r.home, r.device_id, r.sealed_hash, r.total_n, r.have_n, r.record_state_code, r.why_code, r.skew_ms, r.begun_ms,
       r.came_ms, r.told_ms, r.done_ms, r.kind_code, r.of_code, r.by_id, r.let_in_by_id, r.case_id
from device_record r
where r.record_state_code = 'waiting'
  and (r.of_code = '' or exists (select 1 from device_record o where o.record_code = r.of_code
       and (o.record_state_code = 'taken' or o.why_code in ('pointed', 'dropped', 'gone'))))
order by r.tried_n, r.came_ms, r.record_code limit :limit;

-- name: device_record_stopped :many
-- What somebody has to look at: of a district, or of one of its desks (0: of all).
-- in desk_is_id i64
select r.record_code, r.record_state_code, r.why_code, r.kind_code, r.total_n, r.came_ms, r.told_ms, r.by_id, d.device_code,
       d.name_text
from device_record r
join device d on d.home = r.home and d.id = r.device_id
where r.record_state_code in ('refused', 'quarantined') and r.why_code not in ('pointed', 'dropped', 'gone') and r.home = :home
  and (:desk_is_id = 0 or d.desk_id = :desk_is_id)
order by r.came_ms, r.record_code limit 200;

-- name: device_record_files :many
-- Voices and pictures that wait for one.
select record_code from device_record
where home = :home and of_code = :of_code and of_code <> '' and record_state_code = 'waiting' and kind_code = 'file'
order by record_code limit 6;

-- ---- which of a device's records are here ----

-- name: device_seq_near :many
-- The stretches that a number lies in, or beside.
-- in next_no i64
select from_no, to_no, from_ms, to_ms from device_seq
where home = :home and device_id = :device_id and from_no <= :next_no order by from_no desc limit 2;

-- name: device_seq_remove :exec
delete from device_seq where home = :home and device_id = :device_id and from_no = :from_no;

-- name: device_seq_add :exec
insert into device_seq (home, device_id, from_no, to_no, from_ms, to_ms)
values (:home, :device_id, :from_no, :to_no, :from_ms, :to_ms);

-- name: device_seq_list :many
-- Of one device.
select from_no, to_no, from_ms, to_ms from device_seq
where home = :home and device_id = :device_id order by from_no limit 2000;

-- name: device_gone_add :exec
insert into device_gone (home, device_id, gone_no, kind_code, why_code, told_ms, by_id, ref_code, of_code)
values (:home, :device_id, :gone_no, :kind_code, :why_code, :told_ms, :by_id, :ref_code, :of_code)
on conflict (home, device_id, of_code) do nothing;

-- name: device_gone_get :one
-- What is said to have been deleted, of one record.
select gone_no, why_code from device_gone where home = :home and device_id = :device_id and of_code = :of_code;

-- name: device_record_of_gone :many
-- row: device_record_get
-- What came from this device for one that was deleted there, and waits.
select record_code, home, device_id, sealed_hash, total_n, have_n, record_state_code, why_code, skew_ms, begun_ms, came_ms, told_ms,
       done_ms, kind_code, of_code, by_id, let_in_by_id, case_id
from device_record
where home = :home and of_code = :of_code and of_code <> '' and device_id = :device_id and record_state_code = 'waiting'
order by record_code limit 50;

-- name: device_gone_list :many
-- The latest first.
-- col name_text text
-- col taken_n i64
select g.gone_no, g.kind_code, g.why_code, g.told_ms, g.ref_code, coalesce(a.name_text, '') as name_text,
       (select count(*) from device_record r where r.record_code = g.of_code and r.home = g.home and r.case_id is not null
        and r.record_state_code = 'taken') as taken_n
from device_gone g
left join account a on a.id = g.by_id
where g.home = :home and g.device_id = :device_id order by g.told_ms desc, g.gone_no desc limit 100;

-- name: device_part_add :exec
insert into device_part (record_code, from_n, part_packed) values (:record_code, :from_n, :part_packed);

-- name: device_part_list :many
select from_n, part_packed from device_part where record_code = :record_code order by from_n;

-- name: device_part_remove :exec
delete from device_part where record_code = :record_code;

-- name: device_case_ref :one
select ref_code from cases where home = :home and id = :id;

-- ---- what stands in a pack ----

-- name: device_desk :one
-- in home i64
select b.body_code, u.unit_code from body b join unit u on u.id = :home where b.id = :id;

-- name: device_localities :many
-- Villages and mohallas of a district by name, with the place that they lie in: a row for each of their spellings.
select l.id, l.name_text, u.unit_code, a.folded_text
from locality_alias a
join locality l on l.id = a.locality_id
join unit u on u.id = l.unit_id
where a.district_id = :district_id
order by l.name_text, l.id, a.folded_text limit 6000;
