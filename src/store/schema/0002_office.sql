-- Places, institutions, what is complained about, and who works here.
-- Everything legal or administrative is valid from a day to a day (the open end is 99991231), without overlap.

-- Names of reference data in any language: a new language is rows here, never a column.
create table label (
    label_kind_code not null, -- unit, body, service
    id              not null,
    lang_code       not null,
    label_text      not null,
    draft_flag      not null, -- 1: still to be reviewed by a native reader
    primary key (label_kind_code, id, lang_code)
);

-- The tree country > province > division > district > tehsil > council.
create table unit (
    id             not null primary key,
    unit_code      not null, -- P-code (OCHA common operational dataset) where there is one
    level_no       not null check (level_no between 0 and 6),
    parent_id,
    province_id,             -- the ancestors that rows are scoped by; null above that level
    district_id,
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (parent_id) references unit (id)
);
create unique index unit_by_code on unit (unit_code, valid_from_day);
create index unit_by_parent on unit (parent_id);
create index unit_by_district on unit (district_id);

-- An institution that answers, or a desk that takes down.
create table body (
    id             not null primary key,
    body_code      not null,
    body_kind_code not null, -- desk, tma, dc
    unit_id        not null,
    home           not null, -- district
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (unit_id) references unit (id),
    foreign key (home) references unit (id)
);
create unique index body_by_code on body (body_code, valid_from_day);
create index body_by_home on body (home, body_kind_code);

-- What a case is about.
create table service (
    id               not null primary key,
    service_code     not null,
    municipal_flag   not null check (municipal_flag in (0, 1)),
    sensitivity_code not null check (sensitivity_code in ('N', 'P', 'X')),
    icon_code        not null,
    sort_no          not null,
    valid_from_day   not null,
    valid_to_day     not null
);
create unique index service_by_code on service (service_code);

-- The time limit of a service and the law or policy it comes from.
create table service_term (
    service_id     not null,
    valid_from_day not null,
    valid_to_day   not null,
    limit_days,              -- calendar days; null: no clock
    basis_text     not null,
    verify_flag    not null, -- 1: nobody has verified it against the gazette
    primary key (service_id, valid_from_day),
    foreign key (service_id) references service (id)
);

-- Who answers for a service in a unit (the nearest row up the tree).
create table service_body (
    service_id     not null,
    unit_id        not null,
    body_id        not null,
    valid_from_day not null,
    valid_to_day   not null,
    primary key (service_id, unit_id, valid_from_day),
    foreign key (service_id) references service (id),
    foreign key (unit_id) references unit (id),
    foreign key (body_id) references body (id)
);

-- Who works here. What she sees follows from her role and her unit: a tehsil, a district, a division, a province.
create table account (
    id             not null primary key,
    login_code     not null,
    name_text      not null,
    role_no        not null,
    home           not null, -- the district she belongs to; 0: none, or she stands above a district
    unit_id,                 -- null: an administrator
    office_id,
    password_text  not null, -- Argon2id, encoded: her own password, or a one-time code (code_until_ms says which)
    password_ms    not null, -- since when
    code_until_ms,           -- a one-time code stands there, good until then; null: the password is her own
    code_by_id,              -- who made the last one; 0: the command line; null: there was none
    created_ms     not null,
    disabled_ms,
    signed_in_ms             -- the last time; null: never
);
create unique index account_by_login on account (login_code);
create index account_by_home on account (home, role_no);
create index account_by_unit on account (unit_id, login_code);
create index account_by_office on account (office_id, login_code);

-- Telephone and CNIC of those who work here, kept only as keyed marks: so that neither is taken for a woman's own.
create table account_blind (
    account_id      not null,
    index_kind_code not null, -- phone, cnic
    blind_hash      not null,
    primary key (account_id, index_kind_code),
    foreign key (account_id) references account (id)
);
create index account_blind_by_hash on account_blind (index_kind_code, blind_hash);

-- Signed in. Only a hash of the cookie is kept.
create table session (
    token_hash     not null primary key,
    account_id     not null,
    session_secret not null,
    device_code    not null, -- phone, computer: as the browser says
    created_ms     not null,
    used_ms        not null, -- noted once a minute
    expires_ms     not null,
    foreign key (account_id) references account (id)
);
create index session_by_expiry on session (expires_ms);
create index session_by_account on session (account_id);

-- Bearer tokens of the API.
create table api_token (
    token_hash not null primary key,
    account_id not null,
    created_ms not null,
    revoked_ms,
    foreign key (account_id) references account (id)
);
create index api_token_by_account on api_token (account_id);

-- Wrong passwords and wrong PINs, counted for an hour: kept for known and unknown names alike.
create table wrong_try (
    try_kind_code not null, -- login, pin, any; kept by whoever checks the secret
    try_key_text  not null, -- keyed hashes of what was tried and from where, hex; '*' counts them all
    hour_no       not null,
    tries_n       not null,
    primary key (try_kind_code, try_key_text, hour_no)
);
create index wrong_try_by_hour on wrong_try (hour_no);
