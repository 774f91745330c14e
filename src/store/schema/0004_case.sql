-- Cases: content here, identity apart and encrypted, a key for each case in keys.db.

create table cases (
    home         not null, -- district of filing; never changed
    id           not null,
    case_kind_code not null, -- complaint
    ref_code     not null, -- ten digits
    service_id   not null,
    unit_id      not null, -- where it is, as named at filing
    province_id  not null,
    district_id  not null,
    tehsil_id,
    filed_office_id,       -- the desk that took it down; null: the public page
    filed_by_id,
    channel_code not null, -- desk, phone, public, event
    lang_code    not null, -- the language to speak to her in
    sex_code     not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    words_text   not null,
    place_text,
    filed_ms     not null,
    filed_day    not null,
    filed_month  not null,
    key_no       not null,
    pin_generation_no not null,
    search_text  not null, -- folded words and scope tokens
    primary key (home, id),
    foreign key (service_id) references service (id),
    foreign key (unit_id) references unit (id)
);
create unique index cases_by_key on cases (home, key_no);
create index cases_by_month on cases (home, filed_month);

-- A reference is unique in the whole system; cases are partitioned by home, so this table stands alone.
create table case_ref (
    ref_code not null primary key,
    home     not null,
    case_id  not null,
    foreign key (home, case_id) references cases (home, id)
);

-- Who brought it. Every field is encrypted with the key of the case.
create table identity (
    home        not null,
    case_id     not null,
    party_no    not null, -- 1: the complainant
    name_enc,
    phone_enc,
    address_enc,
    whose_phone_code check (whose_phone_code in ('own', 'husband', 'family', 'neighbour', 'other')),
    safe_call_flag not null,
    primary key (home, case_id, party_no),
    foreign key (home, case_id) references cases (home, id)
);

-- Look-up by equality without reading: keyed hashes of phone numbers.
create table identity_index (
    home          not null,
    index_kind_code not null,
    blind_hash    not null,
    case_id       not null,
    primary key (home, index_kind_code, blind_hash, case_id),
    foreign key (home, case_id) references cases (home, id)
);

-- Summary rows, written with the fact: how many cases stand where.
create table tally (
    home        not null,
    filed_month not null,
    kind_no     not null,
    service_id  not null,
    sex_code    not null,
    flow_state  not null,
    cases_n     not null,
    primary key (home, filed_month, kind_no, service_id, sex_code, flow_state)
);
create table tally_coarse (
    home        not null,
    filed_month not null,
    kind_no     not null,
    sex_code    not null,
    flow_state  not null,
    cases_n     not null,
    primary key (home, filed_month, kind_no, sex_code, flow_state)
);
-- Where many writers work at once, changes are appended here and folded into the two above by a job.
create table tally_delta (
    id          not null primary key,
    home        not null,
    filed_month not null,
    kind_no     not null,
    service_id  not null,
    sex_code    not null,
    flow_state  not null,
    cases_n     not null
);

--sqlite
create virtual table case_search using fts5 (search_text, tokenize = "unicode61 remove_diacritics 0");
--end
--pg
create index case_search on cases using gin (to_tsvector('simple', search_text));
--end
