-- Documents that were made and are kept: for which place and period, by whom, from which approved quarters, and their files. Nothing of
-- them is ever changed: a later one stands beside it.

create table kept_document (
    home               not null, -- the unit it is of; of a named group, where whoever asked for it works
    id                 not null,
    document_code      not null, -- AD-PK5-3: how people and addresses name it
    document_no        not null, -- 1, 2, … of that home
    document_kind_code not null check (document_kind_code in ('achievement', 'annual')),
    unit_code          not null, -- of a unit or a named group
    from_day           not null,
    to_day             not null,
    lang_code          not null,
    making_code        not null check (making_code in ('waiting', 'making', 'ready', 'cancelled', 'failed')),
    standing_code      not null check (standing_code in ('', 'approved', 'partly', 'provisional')),
    done_n             not null, -- files made so far, of so many
    files_n            not null,
    tries_n            not null, -- how often it was begun
    due_ms             not null, -- when it is tried, or tried again
    by_id,
    by_role_no         not null,
    asked_ms           not null,
    ready_ms,
    since_ms           not null, -- when the one before it was asked for; 0: there was none
    content_hash,      -- over the approved figures; null: none were
    primary key (home, id)
);
create unique index kept_document_by_code on kept_document (document_code);
create unique index kept_document_by_no on kept_document (home, document_no);
create index kept_document_due on kept_document (due_ms) where making_code in ('waiting', 'making');

create table kept_file (
    home         not null,
    document_id  not null,
    form_code    not null check (form_code in ('pdf', 'docx', 'xlsx', 'csv', 'json', 'iati')),
    content_hash not null, -- SHA-256 of the file, as anybody can compute it
    bytes_n      not null,
    blob_id      not null,
    file_secret  not null, -- the key of the blob; '': somebody took back her consent, and the blob was removed
    primary key (home, document_id, form_code),
    foreign key (home, document_id) references kept_document (home, id)
);
-- The approved quarters that it was made from.
create table kept_quarter (
    home             not null,
    document_id      not null,
    district_id      not null,
    from_day         not null,
    to_day           not null,
    sheet_version_no not null,
    snapshot_no      not null, -- the last of them in the chain of the district
    content_hash     not null, -- SHA-256 over their hashes
    primary key (home, document_id, district_id, from_day),
    foreign key (home, document_id) references kept_document (home, id)
) without rowid;
