-- Kits that are passed on from one installation to another; by-laws of councils; whether a district is ready.

-- Whose kits are taken in here: public keys that somebody has compared by their fingerprint.
create table kit_key (
    key_text  not null primary key, -- hexadecimal
    pinned_ms not null,
    pinned_by_id                    -- null: by the command line
) without rowid;

-- A kit that came: waiting until somebody has looked at the difference, taken, or left.
create table kit (
    kit_no         not null primary key,
    kit_hash       not null,
    unit_code      not null, -- what it was made for
    key_text       not null,
    kit_state_code not null check (kit_state_code in ('waiting', 'taken', 'left')),
    kit_text       not null, -- the file
    from_day,                -- taken: from when its limits hold
    made_by_id,
    made_ms        not null,
    decided_by_id,
    decided_ms
);
create index kit_by_hash on kit (kit_hash);

-- What was taken of kits, as it was then: whatever differs from it now was changed here, and is not overwritten.
create table kit_taken (
    kit_kind_code not null,
    item_code     not null,
    local_id,                -- of a message: which one it is here
    content_text  not null,
    kit_no        not null,
    taken_ms      not null,
    primary key (kit_kind_code, item_code),
    foreign key (kit_no) references kit (kit_no)
) without rowid;

-- Model texts for by-laws of councils, in versions by day. They hold in a unit and what lies in it.
create table bylaw_model (
    id             not null primary key,
    model_code     not null,
    unit_id        not null,
    basis_text     not null,
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (unit_id) references unit (id)
);
create unique index bylaw_model_by_code on bylaw_model (model_code, valid_from_day);
create table bylaw_model_text (
    model_id   not null,
    lang_code  not null,
    title_text not null,
    words_text not null,
    primary key (model_id, lang_code),
    foreign key (model_id) references bylaw_model (id)
) without rowid;

-- What a district needs before it opens. Names are labels (ready_item).
create table ready_item (
    id              not null primary key,
    item_code       not null,
    ready_from_code not null check (ready_from_code in ('stated', 'desk', 'letter', 'staff', 'rota', 'devices', 'trainings', 'opened')), -- where the answer comes from
    least_n         not null check (least_n >= 0), -- of what is counted
    sort_no         not null,
    valid_from_day  not null,
    valid_to_day    not null
);
create unique index ready_item_by_code on ready_item (item_code, valid_from_day);
-- What somebody stated of a district, and on what evidence; the last one counts.
create table ready_stated (
    home          not null,
    item_code     not null,
    ready_no      not null,
    met_flag      not null check (met_flag in (0, 1)),
    stated_day    not null,
    evidence_text not null, -- a letter, a list, a photograph: where it can be seen
    post_text     not null, -- who says so: a post, never a name
    made_by_id,
    made_ms       not null,
    primary key (home, item_code, ready_no),
    foreign key (home) references unit (id)
) without rowid;

-- By-laws of councils: drafted, consulted, adopted. Where one stands is in flow (kind "bylaw"), as with cases.
create table bylaw (
    home             not null,
    id               not null,
    bylaw_code       not null, -- BL-PK526-001
    unit_id          not null, -- the council, or the tehsil
    model_id,                  -- the version of the model that it began with; null: none
    consulted_day,
    consulted_text   not null, -- at which meeting
    event_code       not null, -- the event, where it stands in the list; '': none
    adopted_day,
    adopted_no_text  not null, -- number of the resolution
    seats_n,                   -- of the council, and of these women's
    women_n,
    committee_n,               -- of the committee that follows up
    committee_women_n,
    created_by_id,
    created_ms       not null,
    primary key (home, id),
    foreign key (unit_id) references unit (id),
    foreign key (model_id) references bylaw_model (id),
    check (women_n <= seats_n),
    check (committee_women_n <= committee_n)
);
create unique index bylaw_by_code on bylaw (bylaw_code);
create index bylaw_by_unit on bylaw (unit_id);
create index bylaw_by_model on bylaw (model_id);
-- What it says; a new version never replaces the old one.
create table bylaw_version (
    home       not null,
    bylaw_id   not null,
    lang_code  not null check (lang_code in ('en', 'ur', 'ps')),
    version_no not null,
    title_text not null,
    words_text not null,
    made_by_id,
    made_ms    not null,
    primary key (home, bylaw_id, lang_code, version_no),
    foreign key (home, bylaw_id) references bylaw (home, id)
) without rowid;
