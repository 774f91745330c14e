-- Places, institutions, what is complained about, and who works here.
-- Everything legal or administrative is valid from a day to a day (the open end is 99991231), without overlap.

-- Names of reference data in any language: a new language is rows here, never a column.
create table label (
    label_kind_code not null, -- unit, unit_group, body, body_address, body_hours, service, service_group, document, term_body, term_appeal,
                              -- portal, portal_place, portal_outcome, programme, funder, result
    id              not null,
    lang_code       not null,
    label_text      not null,
    draft_flag      not null, -- 1: still to be reviewed by a native reader
    primary key (label_kind_code, id, lang_code)
) without rowid;

-- The tree country > province > division > district > tehsil > council. Not every district has its division.
create table unit (
    id             not null primary key,
    unit_code      not null, -- P-code (OCHA common operational dataset) where there is one
    level_no       not null check (level_no between 0 and 6),
    parent_id,
    province_id,             -- the ancestors that rows are scoped by; null above that level
    district_id,
    council_code check (council_code in ('VC', 'NC', 'UC', 'MC')), -- which kind of council; null: none
    invented_flag  not null check (invented_flag in (0, 1)),       -- 1: for demonstration only, there is no such place
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (parent_id) references unit (id)
);
create unique index unit_by_code on unit (unit_code, valid_from_day);
create index unit_by_parent on unit (parent_id);
create index unit_by_district on unit (district_id);

-- What became of a unit that was split, merged or renamed: old cases keep theirs.
create table unit_successor (
    from_id  not null,
    to_id    not null,
    from_day not null,
    basis_text, -- the notification; null: a list that does not say
    primary key (from_id, to_id),
    foreign key (from_id) references unit (id),
    foreign key (to_id) references unit (id)
) without rowid;
create index unit_successor_to on unit_successor (to_id);

-- How many elected members a council has, where an office has said so.
create table unit_seat (
    unit_id        not null,
    valid_from_day not null,
    valid_to_day   not null,
    seats_n        not null check (seats_n between 1 and 999),
    basis_text     not null, -- the notification
    primary key (unit_id, valid_from_day),
    foreign key (unit_id) references unit (id)
) without rowid;

-- Named groups of units that figures are asked for: pilot districts, newly merged areas.
create table unit_group (
    id             not null primary key,
    group_code     not null,
    valid_from_day not null,
    valid_to_day   not null
);
create unique index unit_group_by_code on unit_group (group_code, valid_from_day);
create table unit_group_member (
    group_id       not null,
    unit_id        not null,
    valid_from_day not null,
    valid_to_day   not null,
    primary key (group_id, unit_id, valid_from_day),
    foreign key (group_id) references unit_group (id),
    foreign key (unit_id) references unit (id)
) without rowid;
create index unit_group_of_unit on unit_group_member (unit_id);

-- A village or mohalla that people name, and the council or tehsil it belongs to.
create table locality (
    id            not null primary key,
    unit_id       not null,
    name_text     not null,
    invented_flag not null check (invented_flag in (0, 1)),
    foreign key (unit_id) references unit (id)
);
create index locality_by_unit on locality (unit_id, name_text);
-- Its names in any script and spelling, folded. One name may belong to several places of a district.
create table locality_alias (
    district_id not null,
    folded_text not null,
    locality_id not null,
    primary key (district_id, folded_text, locality_id),
    foreign key (district_id) references unit (id),
    foreign key (locality_id) references locality (id)
) without rowid;
create index locality_alias_of on locality_alias (locality_id);

-- An institution that answers, or a desk that takes down.
create table body (
    id             not null primary key,
    body_code      not null,
    body_kind_code not null, -- desk, tma, dc, ac, commissioner, department
    unit_id        not null, -- where it stands
    home,                    -- its district; null: it stands above the districts
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (unit_id) references unit (id),
    foreign key (home) references unit (id)
);
create unique index body_by_code on body (body_code, valid_from_day);
create index body_by_home on body (home, body_kind_code);
create index body_by_unit on body (unit_id);

-- Services that are asked for together: one picture on the first page.
create table service_group (
    id         not null primary key,
    group_code not null,
    icon_code  not null,
    sort_no    not null
);
create unique index service_group_by_code on service_group (group_code);

-- What a case is about.
create table service (
    id               not null primary key,
    service_code     not null,
    group_id         not null,
    municipal_flag   not null check (municipal_flag in (0, 1)),
    application_flag not null check (application_flag in (0, 1)), -- 1: notified, so it can be applied for
    sensitivity_code not null check (sensitivity_code in ('N', 'P', 'X')),
    body_kind_code,            -- which kind of office answers for it; null: it is handed over
    icon_code        not null,
    sort_no          not null,
    valid_from_day   not null,
    valid_to_day     not null,
    foreign key (group_id) references service_group (id)
);
create unique index service_by_code on service (service_code);

-- The time limit of a service and the law or policy it comes from, in a unit and what lies in it (the nearest row
-- up the tree: a province, else the country). Who answers and who hears appeals are labels of the row.
create table service_term (
    id             not null primary key,
    service_id     not null,
    unit_id        not null,
    valid_from_day not null,
    valid_to_day   not null,
    limit_days,              -- calendar days, 0 the same day; null: no clock
    basis_text     not null,
    verify_flag    not null, -- 1: nobody has verified it against the gazette
    helpline_text,           -- telephone numbers, for people to read
    fee_no,                  -- rupees, 0: nothing is paid; null: nobody has told
    foreign key (service_id) references service (id),
    foreign key (unit_id) references unit (id)
);
create unique index service_term_by_unit on service_term (service_id, unit_id, valid_from_day);

-- Papers that an application brings along. A missing one never stops the filing.
create table document (
    id            not null primary key,
    document_code not null
);
create unique index document_by_code on document (document_code);
create table service_document (
    service_id     not null,
    document_id    not null,
    sort_no        not null,
    valid_from_day not null,
    valid_to_day   not null,
    primary key (service_id, document_id, valid_from_day),
    foreign key (service_id) references service (id),
    foreign key (document_id) references document (id)
) without rowid;

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
) without rowid;

-- Institutions that take a matter over: the portals, helplines and offices beside our own. Names, addresses and the
-- words of their outcomes are labels.
create table portal (
    id             not null primary key,
    portal_code    not null,
    unit_id        not null, -- of a province, or of the country: everywhere
    way_code       not null check (way_code in ('form', 'call', 'letter')), -- how a matter gets there
    account_flag   not null check (account_flag in (0, 1)), -- 1: they ask for an account and a one-time code
    look_text      not null, -- days after which to look there, rising, with commas: 20,41
    escalated_days,          -- past these it is late by their own rule; null: they have none
    helpline_text,
    lang_code      not null, -- the language in which their form is filled in
    fields_text    not null, -- what they ask, in the order in which they ask it
    verify_flag    not null check (verify_flag in (0, 1)), -- 1: nobody has verified this row yet
    sort_no        not null,
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (unit_id) references unit (id)
);
create unique index portal_by_code on portal (portal_code);
-- Which of them take a service's matters; the others are offered behind these.
create table portal_service (
    service_code not null,
    portal_id    not null,
    sort_no      not null,
    primary key (service_code, portal_id),
    foreign key (portal_id) references portal (id)
) without rowid;
create index portal_service_of on portal_service (portal_id);
-- How they call an outcome, and what that is in our words.
create table portal_outcome (
    id           not null primary key,
    portal_id    not null,
    outcome_code not null check (outcome_code in ('granted', 'partly', 'not_granted', 'no_answer')),
    sort_no      not null,
    foreign key (portal_id) references portal (id)
);
create index portal_outcome_of on portal_outcome (portal_id);

-- How many people were only pointed to another service in a month: one number, not about what.
create table pointed (
    home          not null,
    pointed_month not null,
    pointed_n     not null,
    primary key (home, pointed_month),
    foreign key (home) references unit (id)
) without rowid;

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
) without rowid;
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
) without rowid;
create index wrong_try_by_hour on wrong_try (hour_no);
