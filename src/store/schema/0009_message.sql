-- Messages that inform people of their rights: of the commissions for public services and for information, and of others.

create table message (
    id            not null primary key,
    message_code  not null, -- "M-0012": how people and addresses name it
    unit_id       not null, -- where what it says holds: a province's law, a district's desk
    topic_code    not null check (topic_code in ('rts', 'rti', 'desk', 'kacheri', 'municipal', 'other')),
    form_code     not null check (form_code in ('text', 'poster', 'audio')),
    author_text   not null, -- the body whose words they are
    channel_code  not null check (channel_code in ('notice_board', 'leaflet', 'event', 'desk', 'radio', 'cable', 'loudspeaker', 'sms',
                  'social', 'other')), -- what it was made for
    audience_code not null check (audience_code in ('everybody', 'women', 'young_women', 'members', 'officials', 'students')),
    created_by_id,
    created_ms    not null,
    foreign key (unit_id) references unit (id)
);
create unique index message_by_code on message (message_code);
create index message_by_unit on message (unit_id);

-- What it says, in one language. A new version never replaces the old one.
create table message_version (
    message_id     not null,
    lang_code      not null check (lang_code in ('ur', 'ps', 'en')),
    version_no     not null,
    title_text     not null,
    words_text     not null, -- of a poster or a recording: what can be read or heard on it
    basis_text     not null, -- the law or order that it states; '': none
    approved_text,           -- the post that approved it, never a name; null: to be approved
    approved_day,
    withdrawn_day,           -- from this day on it is not shown any more
    type_code,               -- of the file, as it is shown or played
    shown_id,                -- blobs: for everybody to see, so their keys stand beside them
    shown_secret,
    small_id,
    small_secret,
    seconds_n,
    created_by_id,
    created_ms     not null,
    primary key (message_id, lang_code, version_no),
    foreign key (message_id) references message (id)
) without rowid;

-- How many it reached, where, when and how.
create table message_reach (
    message_id   not null,
    reach_no     not null,
    lang_code    not null,
    version_no   not null,
    unit_id      not null,
    reach_day    not null,
    channel_code not null,
    reached_n    not null check (reached_n >= 0),
    women_n check (women_n between 0 and reached_n), -- of these; null: nobody counted
    record_code,
    made_by_id,
    made_ms      not null,
    primary key (message_id, reach_no),
    foreign key (message_id, lang_code, version_no) references message_version (message_id, lang_code, version_no),
    foreign key (unit_id) references unit (id)
) without rowid;
create index message_reach_version on message_reach (message_id, lang_code, version_no);
create index message_reach_unit on message_reach (unit_id);
create unique index message_reach_record on message_reach (record_code) where record_code is not null;
