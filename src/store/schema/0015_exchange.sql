-- What is said about a programme where its figures go out to others, and figures that came in from elsewhere.

-- Who reports in IATI, under which identifier; a programme without a row reports as "unregistered".
create table exchange_reporter (
    programme_id     not null primary key,
    reporter_code    not null, -- the organisation's IATI identifier
    reporter_type_no not null, -- IATI OrganisationType: 10 government, 11 local government
    reporter_text    not null,
    sector_code      not null, -- OECD DAC five-digit purpose code
    foreign key (programme_id) references programme (id)
);

-- Figures of the time before the program: a table that somebody brought in. It waits until another person takes it; then its cells are
-- snapshots (snapshot.source_hash), and it never changes again.
create table exchange_import (
    home          not null, -- the unit of whoever brought it in
    id            not null,
    import_code   not null, -- "IN-PK526-1": how people and addresses name it
    import_no     not null, -- 1, 2, … of the unit
    state_code    not null check (state_code in ('waiting', 'verified', 'approved', 'declined')),
    file_hash     not null, -- SHA-256 of what was sent, byte by byte
    content_hash  not null, -- SHA-256 of its rows, as they were checked
    content_text  not null, -- those rows
    source_text   not null, -- where the figures come from: a report, a register
    figures_n     not null,
    maker_id,
    made_ms       not null,
    verifier_id,  -- another person
    verified_ms,
    decider_id,   -- a third one
    decided_ms,
    why_text      not null, -- why it was declined
    primary key (home, id)
);
create unique index exchange_import_by_code on exchange_import (import_code);
create unique index exchange_import_by_no on exchange_import (home, import_no);

-- How a programme's own workbook names what our sheets say: the words above its columns.
create table exchange_map (
    programme_id not null,
    home         not null, -- the unit of whoever kept it: it holds there and below, until one nearer is kept
    book_code    not null check (book_code in ('events', 'activities')),
    field_code   not null, -- "event", "women": feature/exchange/intake_sheets.h, intake_activities.h
    column_text  not null,
    column_no    not null, -- where it stands there, from the first: 1
    primary key (programme_id, home, book_code, field_code),
    foreign key (programme_id) references programme (id),
    foreign key (home) references unit (id)
) without rowid;
