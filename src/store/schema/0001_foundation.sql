-- What the store itself owns: the record of migrations, facts about this database, high-water marks,
-- the audit chains, the receipts of writes, and the list of case keys that were destroyed.

create table migration (
    migration_no not null primary key,
    migration_name not null,
    applied_ms not null
);

-- Facts about the database as a whole, such as the check value of the key that belongs to it.
create table meta (
    meta_name not null primary key,
    meta_text not null
);

-- Numbers that were reserved ahead (ids, case keys): a start continues behind them, whatever the clock says.
create table mark (
    mark_name not null,
    chain_no not null,
    mark_no not null,
    primary key (mark_name, chain_no)
) without rowid;

-- One append-only chain for each writer. row_hash covers all other columns, and prev_hash is the row_hash
-- of seq_no - 1 (32 zero bytes for the first).
create table audit (
    chain_no not null,
    seq_no not null,
    audit_ms not null,
    event_name not null,
    home not null,
    actor_name not null,
    actor_id not null,
    about_kind,
    about_id not null,
    detail_text,
    prev_hash not null,
    row_hash not null,
    primary key (chain_no, seq_no)
) without rowid;
create index audit_by_subject on audit (home, about_kind, about_id, audit_ms);

-- The first receipt of each write, by who sent it, to which route, under which key.
create table idem (
    idem_actor_key not null,
    idem_route_name not null,
    idem_key not null,
    content_hash not null,
    receipt_text not null,
    received_ms not null,
    primary key (idem_actor_key, idem_route_name, idem_key)
) without rowid;
create index idem_by_age on idem (received_ms);

-- Case keys destroyed for ever. Replayed against keys.db at each start, so that a restored older copy of it
-- cannot bring an erased identity back.
create table destroyed_key (
    key_no not null primary key,
    destroyed_ms not null
) without rowid;

-- Backups that were made and read back. keys_until_ms: from then on the copy of the case keys that belongs to it is
-- refused, and removed; names that were deleted after the backup can be read out of old copies until then.
create table backup (
    backup_code not null primary key,
    made_ms not null,
    verified_ms not null,
    keys_until_ms not null,
    cases_n not null,
    bytes_n not null
);
create index backup_by_time on backup (made_ms);
create index backup_by_until on backup (keys_until_ms);
