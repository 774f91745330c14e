-- What people write in documents beside the figures, and what others said and agreed to see printed.

-- A named section of a document: of a kind, a unit (or a named group), a period and a language. The words stand in versions.
create table narrative (
    id                 not null primary key,
    document_kind_code not null check (document_kind_code in ('achievement', 'annual')),
    unit_code          not null,
    from_day           not null,
    to_day             not null,
    lang_code          not null check (lang_code in ('en', 'ur')),
    section_code       not null check (section_code in ('results', 'successes', 'challenges', 'partners', 'lessons')),
    version_no         not null -- the newest
);
create unique index narrative_of on narrative (unit_code, document_kind_code, from_day, to_day, lang_code, section_code);
create index narrative_by_section on narrative (unit_code, section_code, to_day, id);

-- Written once, never changed: the next one stands beside it.
create table narrative_version (
    narrative_id not null,
    version_no   not null,
    words_text   not null, -- plain paragraphs, an empty line between them; '': nothing any more
    role_no      not null, -- who wrote it
    made_by_id,
    made_ms      not null,
    primary key (narrative_id, version_no),
    foreign key (narrative_id) references narrative (id)
) without rowid;

-- What somebody said, told or let be photographed for documents. Words and picture are sealed under a key of their own: when she takes
-- her consent back, the key is destroyed, and nobody reads them any more. Where it stands is in flow (kind "quote"); home is the district.
create table quote (
    home            not null,
    id              not null,
    quote_code      not null, -- "S-PK526-0007": how people and addresses name it
    quote_kind_code not null check (quote_kind_code in ('quote', 'story', 'photo')),
    about_code      not null check (about_code in ('service', 'desk', 'kacheri', 'training', 'rights', 'dialogue', 'other')),
    section_code    not null check (section_code in ('results', 'successes', 'challenges', 'partners', 'lessons')), -- beside which it stands
    role_code       not null check (role_code in ('councillor', 'official', 'citizen', 'cso', 'other')),
    sex_code        not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    lang_code       not null check (lang_code in ('en', 'ur', 'ps')), -- in which it was said
    said_day        not null,
    key_no          not null,
    words_enc,                -- null: withdrawn
    photo_id,                 -- blobs: the picture, and small
    small_id,
    blobs_enc,                -- their keys
    withdrawn_day,
    created_by_id,
    created_ms      not null,
    primary key (home, id)
);
create unique index quote_by_code on quote (quote_code);
create index quote_by_day on quote (home, said_day, id);

-- To what she agreed, each time; the last one counts.
create table quote_consent (
    home        not null,
    quote_id    not null,
    consent_no  not null,
    given_day   not null,
    to_text     not null, -- to whom: a post, never a name
    how_code    not null check (how_code in ('voice', 'thumb', 'signature')),
    report_flag not null check (report_flag in (0, 1)),
    poster_flag not null check (poster_flag in (0, 1)),
    name_flag   not null check (name_flag in (0, 1)),  -- her name may be printed with it
    photo_flag  not null check (photo_flag in (0, 1)), -- and the picture
    made_by_id,
    made_ms     not null,
    primary key (home, quote_id, consent_no),
    foreign key (home, quote_id) references quote (home, id)
) without rowid;

-- Identity: who she is.
create table quote_person (
    home     not null,
    quote_id not null,
    name_enc not null,
    primary key (home, quote_id),
    foreign key (home, quote_id) references quote (home, id)
) without rowid;

-- Which finished documents hold it.
create table quote_used (
    home          not null,
    quote_id      not null,
    document_code not null,
    used_ms       not null,
    primary key (home, quote_id, document_code),
    foreign key (home, quote_id) references quote (home, id)
) without rowid;
create index quote_used_in on quote_used (document_code, home, quote_id);
