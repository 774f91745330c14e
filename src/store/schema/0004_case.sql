-- Cases: content here, identity apart and encrypted, a key for each case in keys.db.

create table cases (
    home         not null, -- district of filing; never changed
    id           not null,
    case_kind_code not null check (case_kind_code in ('complaint', 'application', 'suggestion')),
    ref_code     not null, -- ten digits
    service_id   not null,
    unit_id      not null, -- where it is, as named at filing
    province_id  not null,
    division_id,
    district_id  not null,
    tehsil_id,
    filed_office_id,       -- the desk that took it down; null: the public page
    filed_by_id,
    channel_code not null, -- desk, phone, public, event
    lang_code    not null, -- the language to speak to her in
    spoken_code,             -- the language she speaks: a longer list than those written
    behalf_code  not null check (behalf_code in ('self', 'mother', 'cso', 'group')), -- who brings it
    anonymous_flag not null check (anonymous_flag in (0, 1)),
    reachable_flag not null check (reachable_flag in (0, 1)), -- 1: there is a number that is safe to call
    group_n      not null,   -- how many signed; 0: no group
    sex_code     not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    age_code     not null,   -- a band, or not_stated
    disability_code not null check (disability_code in ('yes', 'no', 'not_asked')), -- Washington Group short set
    minority_code not null check (minority_code in ('yes', 'no', 'not_stated')),    -- never which
    same_as_id,              -- the case of the same fault that she joined: "me too"
    past_id,                 -- it goes past the desk: the office that looks into it, and has her asked; null: the desk does
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
create index cases_past on cases (home, past_id) where past_id is not null;
create index cases_same_as on cases (home, same_as_id) where same_as_id is not null;

-- A reference is unique in the whole system; cases are partitioned by home, so this table stands alone.
create table case_ref (
    ref_code not null primary key,
    home     not null,
    case_id  not null,
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- References drawn ahead, for a device that may be without a network and for a pad of paper: nobody else is given one. Which of
-- them were used, case_ref says. What was barred (returned, spoilt, lost) is nobody's number for good.
create table case_ref_held (
    ref_code    not null primary key,
    home        not null, -- where it may be used
    holder_kind not null check (holder_kind in ('device', 'pad')),
    holder_id   not null, -- of the device, of the pad
    held_ms     not null,
    barred_ms
) without rowid;
create index case_ref_held_by on case_ref_held (holder_kind, holder_id, ref_code);

-- To whom a case is closed who would otherwise reach it: one rule, asked by every list, count and look-up (case_scope.h).
-- A complaint about the office that hosts a desk, or about the desk's staff, goes past both; she may want a member of the rota
-- out of the room.
create table case_bar (
    home      not null,
    barred_id not null, -- an office; an account; a district, whose own head is complained of
    case_id   not null,
    why_code  not null check (why_code in ('about', 'asked')), -- it is about them; she asked for it
    primary key (home, barred_id, case_id),
    foreign key (home, case_id) references cases (home, id)
) without rowid;
create index case_bar_of on case_bar (home, case_id);
-- What she said when she was asked, alone, whether a member of the rota shall leave the room. Whom: case_bar.
create table case_room (
    home      not null,
    case_id   not null,
    room_code not null check (room_code in ('nobody', 'somebody')), -- no row: she was not asked
    primary key (home, case_id),
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- Who brought it. Every field is encrypted with the key of the case.
create table identity (
    home        not null,
    case_id     not null,
    party_no    not null, -- 1: the complainant; from 2 on: who else signed
    name_enc,
    alias_enc,            -- what she wants to be known by where her name must not be seen
    relation_code check (relation_code in ('wife', 'daughter', 'mother', 'son', 'widow', 'other')), -- of whom
    relation_name_enc,
    phone_enc,
    address_enc,
    cnic_enc,             -- as typed: never refused on form
    difficulty_enc,       -- her answers to the Washington Group short set
    whose_phone_code check (whose_phone_code in ('own', 'husband', 'family', 'neighbour', 'other')),
    safe_call_flag not null,
    safe_sms_flag  not null,
    when_code,            -- when to call: any, morning, midday, afternoon, evening
    primary key (home, case_id, party_no),
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- Look-up by equality without reading: keyed hashes of phone numbers.
create table identity_index (
    home          not null,
    index_kind_code not null,
    blind_hash    not null,
    case_id       not null,
    primary key (home, index_kind_code, blind_hash, case_id),
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- What she agreed to, for each purpose; never changed: another answer is another row.
create table consent (
    home         not null,
    case_id      not null,
    id           not null,
    purpose_code not null, -- record, hand_over, call, figures
    given_flag   not null check (given_flag in (0, 1)),
    step_no      not null, -- of the case, with which it was said
    asked_ms     not null,
    asked_by_id,           -- null: she said so herself on the public page
    primary key (home, case_id, id),
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- Which documents of the checklist came with an application.
create table case_document (
    home          not null,
    case_id       not null,
    document_code not null,
    given_flag    not null check (given_flag in (0, 1)),
    primary key (home, case_id, document_code),
    foreign key (home, case_id) references cases (home, id)
) without rowid;

-- Summary rows, written with the fact: how many cases stand where.
create table tally (
    home           not null,
    filed_month    not null,
    case_kind_code not null,
    service_id     not null,
    tehsil_id      not null, -- 0: only the district is known
    sex_code       not null,
    flow_state     not null,
    reason_code    not null, -- not possible now, and why; '': not so
    cases_n        not null,
    primary key (home, filed_month, case_kind_code, service_id, tehsil_id, sex_code, flow_state, reason_code)
) without rowid;
create table tally_coarse (
    home           not null,
    filed_month    not null,
    case_kind_code not null,
    sex_code       not null,
    flow_state     not null,
    reason_code    not null,
    cases_n        not null,
    primary key (home, filed_month, case_kind_code, sex_code, flow_state, reason_code)
) without rowid;
-- What cases have gone through: asked, answered, reopened, failed (closed unconfirmed), days (spent_days from filing to her
-- "solved", for medians), by service.
create table tally_mark (
    home           not null,
    filed_month    not null,
    case_kind_code not null,
    service_id     not null,
    tehsil_id      not null,
    mark_code      not null,
    spent_days     not null, -- 0 but for days
    cases_n        not null,
    primary key (home, filed_month, case_kind_code, service_id, tehsil_id, mark_code, spent_days)
) without rowid;
-- Where many writers work at once, changes are appended here and folded into the three above by a job.
create table tally_delta (
    id             not null primary key,
    home           not null,
    filed_month    not null,
    case_kind_code not null,
    service_id     not null,
    tehsil_id      not null,
    sex_code       not null,
    flow_state     not null,
    reason_code    not null,
    mark_code      not null, -- '': a change of the first two
    spent_days     not null,
    cases_n        not null
);

--sqlite
-- An index of words and nothing else: the text is in `cases`, and a query asks for words, never for their order. Half the pages of a
-- filing's commit would go into what is left out.
create virtual table case_search using fts5 (
    search_text, content = '', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* C*'"); -- `fold` left nothing but words and spaces
-- Each filing adds a small part to the word index. Put together by eights instead of by fours, parts are written out anew
-- less often, and a search is as fast.
insert into case_search (case_search, rank) values ('automerge', 8);
--end
--pg
create index case_search on cases using gin (to_tsvector('simple', search_text));
--end

-- ---- the desk's unfinished forms: kept through a power cut, each encrypted with a key of its own ----

create table draft (
    account_id  not null, -- whose it is; nobody else sees it
    draft_code  not null, -- made with the form
    key_no      not null, -- in keys.db; destroyed when the draft ends
    content_enc not null, -- what was typed
    created_ms  not null,
    updated_ms  not null,
    primary key (account_id, draft_code),
    foreign key (account_id) references account (id)
) without rowid;
create index draft_by_age on draft (updated_ms);
