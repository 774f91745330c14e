-- Devices that work without a signal: who has one, which keys they seal to, which numbers they carry, what they brought.

create table device (
    home           not null,
    id             not null,
    desk_id        not null, -- the body that it belongs to
    device_code    not null, -- five letters and digits: how people name it
    name_text      not null, -- "Desk tablet 2"
    token_hash     not null, -- of what stands in its cookie
    enrolled_by_id not null,
    enrolled_ms    not null,
    seen_ms        not null,
    skew_ms        not null, -- its clock less ours, when it was seen last
    revoked_ms,
    revoked_by_id,
    revoked_text,            -- why
    wiped_ms,                -- it was told to forget what it holds, and heard it
    primary key (home, id),
    foreign key (desk_id) references body (id)
);
create unique index device_by_code on device (device_code);
create unique index device_by_token on device (token_hash);
create index device_by_desk on device (desk_id);

-- Who was given a pack on it: whose records it may bring.
create table device_person (
    home       not null,
    device_id  not null,
    account_id not null,
    first_ms   not null,
    last_ms    not null,
    primary key (home, device_id, account_id),
    foreign key (home, device_id) references device (home, id),
    foreign key (account_id) references account (id)
) without rowid;
create index device_person_of on device_person (account_id);

-- The keys that records are sealed to. The private one is encrypted under a key of its own in keys.db, which is destroyed
-- when nothing that was sealed to it is taken any more.
create table device_key (
    id            not null primary key,
    key_code      not null, -- sixteen hex digits: the first eight bytes of the point's hash
    point_packed  not null, -- uncompressed, 65 bytes
    key_no        not null,
    private_enc   not null,
    from_ms       not null,
    to_ms         not null, -- sealed to it until here
    dropped_ms              -- destroyed
);
create unique index device_key_by_code on device_key (key_code);
create index device_key_by_time on device_key (to_ms);

-- Numbers that it carries: references (case_ref_held has them), and a block of an event's tokens.
create table device_lease (
    home          not null,
    device_id     not null,
    lease_no      not null,
    by_id         not null,
    leased_ms     not null,
    until_ms      not null,
    refs_n        not null,
    event_id,
    first_no,               -- tokens, from here
    last_no,                -- to here
    primary key (home, device_id, lease_no),
    foreign key (home, device_id) references device (home, id)
) without rowid;
create index device_lease_of_event on device_lease (home, event_id) where event_id is not null;
create table device_lease_ref (
    home      not null,
    device_id not null,
    lease_no  not null,
    ref_code  not null,
    primary key (home, device_id, lease_no, ref_code),
    foreign key (home, device_id, lease_no) references device_lease (home, device_id, lease_no)
) without rowid;

-- What it brought, sealed as it came. When it was taken its bytes go; a record that is known is never taken twice.
create table device_record (
    record_code  not null primary key, -- ULID
    home         not null,
    device_id    not null,
    sealed_hash  not null, -- SHA-256 of the sealed bytes
    total_n      not null,
    have_n       not null,
    record_state_code not null check (record_state_code in ('partial', 'waiting', 'taken', 'refused', 'quarantined')),
    why_code     not null, -- refused, quarantined: the key of its words, or 'revoked', 'pointed', 'dropped'; '': none
    why_text,              -- why somebody let it go
    skew_ms      not null, -- the device's clock less ours, when its last byte came
    begun_ms     not null,
    came_ms,               -- the last byte
    told_ms,               -- when it was recorded, by the device's clock, put right
    done_ms,
    kind_code    not null, -- once it was opened; '': not yet
    ref_code     not null default '', -- the number on the slip of what could not be taken in; '': none, or not opened
    of_code      not null, -- the record that it belongs to, which has to be taken first; '': none, or not opened yet
    by_id,                 -- whose it is
    let_in_by_id,          -- who let it out of quarantine, or has it tried again
    case_id,               -- what it became, or belongs to
    seq_no,                -- which one of the device it is, as it counts them
    tried_n      not null default 0, -- how often it could not be taken in for a reason of ours: it goes behind the others
    foreign key (home, device_id) references device (home, id)
);
create index device_record_by_state on device_record (record_state_code, tried_n, came_ms);
create index device_record_by_of on device_record (home, of_code) where of_code <> '';
create index device_record_by_ref on device_record (ref_code) where ref_code <> '';
create index device_record_of on device_record (home, device_id, record_state_code);
-- Which of a device's records were heard of, as stretches without a gap: what lies between two was made there and is not here.
create table device_seq (
    home       not null,
    device_id  not null,
    from_no    not null,
    to_no      not null,
    from_ms    not null, -- when the first of them was recorded
    to_ms      not null, -- … the last
    primary key (home, device_id, from_no),
    foreign key (home, device_id) references device (home, id)
) without rowid;
-- What somebody deleted on a device before it was sent, and says so.
create table device_gone (
    home       not null,
    device_id  not null,
    gone_no    not null, -- as the device counts its records
    kind_code  not null,
    why_code   not null,
    told_ms    not null,
    by_id,               -- who deleted it; not given: she may not any more
    ref_code   not null, -- of the slip that she was given; '': none
    of_code    not null, -- the record that it tells of; one that does not say: its own
    primary key (home, device_id, of_code),
    foreign key (home, device_id) references device (home, id)
) without rowid;
create table device_part (
    record_code not null,
    from_n      not null, -- where it begins
    part_packed not null,
    primary key (record_code, from_n),
    foreign key (record_code) references device_record (record_code)
);
