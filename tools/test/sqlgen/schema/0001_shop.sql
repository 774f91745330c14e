-- A schema with one of everything; a ; and a ( in a comment mean nothing.

create table job (
    home       not null, -- which office; never changed
    id         not null,
    state_code not null default 'new;(' check (state_code in ('new;(', 'open', 'done')),
    due_ms     not null,
    closed_ms,
    owner_id,
    note_text,
    photo_hash,
    primary key (home, id)
);
create index job_by_due on job (home, due_ms, id);
create index job_by_owner on job (home, owner_id);

create table owner (
    id        not null primary key,
    name_text not null,
    constraint named check (length(name_text) > 0)
);

create table kind (
    kind_code not null,
    id        not null,
    label_text,
    primary key (kind_code)
) without rowid;
