-- Evidence: photos, voice, PDFs that belong to a subject (home, kind_no, subject_id), and their bytes.

-- Bytes in parts, encrypted (store/blob.h). In the database and not beside it, so that transaction, backup, restore and a power cut
-- mean the same for them as for every row.
create table blob (
    home     not null,
    blob_id  not null,
    part_no  not null, -- 0, 1, …
    part_enc not null, -- at most 64 KiB
    primary key (home, blob_id, part_no)
);

create table attachment (
    home        not null,
    kind_no     not null,
    subject_id  not null,
    piece_no    not null, -- 1, 2, … of the subject: how people and addresses name it
    step_no     not null, -- the step that brought it; 0: none (of an event that is recorded)
    media_code  not null check (media_code in ('photo', 'voice', 'pdf')),
    from_code   not null check (from_code in ('complainant', 'desk', 'officer')), -- whose it is: hers, taken by the desk for her, of the office
    keeper_id,            -- the office whose ADC sees, hears and types what is hers; null: the desk of the district
    pair_code   not null check (pair_code in ('none', 'before', 'after')),
    piece_code  not null check (piece_code in ('ready', 'waiting', 'refused', 'removed')), -- waiting: the worker has not seen it yet; removed: its bytes are gone
    type_code   not null, -- media type of what is shown or played
    kept_type_code,       -- of the bytes as received, where they are kept
    received_hash not null, -- SHA-256 of the bytes as received, which whoever has the file can compute: in registers and on pages
    key_no      not null, -- the case key under which secret_enc is sealed: when it is destroyed nobody reads any of this
    secret_enc  not null, -- the keys of the blobs
    shown_id,             -- blob: the picture, the copy to play, the PDF; null: waiting, refused
    small_id,             -- blob: the picture, small
    kept_id,              -- blob: as received: of voice, and of what waits
    bytes_n     not null, -- of what is shown; of what waits, as received
    wide_n,
    high_n,
    seconds_n,
    open_flag   not null check (open_flag in (0, 1)), -- 1: the department may see it
    typed_code  not null check (typed_code in ('not_needed', 'to_type', 'typed')), -- alone at filing: its words are typed later
    paper_code  not null check (paper_code in ('none', 'count_sheet', 'sign_in', 'minutes', 'photo', 'press', 'letter', 'other')), -- of an event: what it is
    seen_code   not null check (seen_code in ('none', 'desk', 'district', 'programme', 'public')), -- of an event: who may open it; none: open_flag says
    agreed_flag not null check (agreed_flag in (0, 1)), -- 1: the people in it agreed that others see it
    gone_text,            -- why it was removed; null: it stands
    change_no   not null, -- 1, and one more with each change: which row of the audit chain is the last about it
    by_id,                -- the account; null: the complainant
    created_ms  not null,
    primary key (home, kind_no, subject_id, piece_no),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
);
create index attachment_to_type on attachment (home, created_ms, kind_no, subject_id) where typed_code = 'to_type';
create index attachment_waiting on attachment (created_ms, home, kind_no, subject_id) where piece_code = 'waiting';
