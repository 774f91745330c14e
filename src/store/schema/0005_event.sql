-- Gatherings: open courts (Khuli Kacheri), mobilisation, trainings, dialogues … and what was said, promised and ordered there.
-- Where an event and a direction stand is in flow (kinds "event" and "direction"), as with cases.

-- What trainings of a district teach. A version is never changed: a new one follows it, and old events keep theirs.
create table curriculum (
    home           not null,
    curriculum_no  not null, -- 1, 2, … of the district
    curriculum_version_no not null,
    title_text     not null,
    topics_text    not null, -- a line each
    valid_from_day not null,
    valid_to_day   not null, -- no training from this day on follows it
    created_by_id,
    created_ms     not null,
    primary key (home, curriculum_no, curriculum_version_no)
) without rowid;

-- Curricula that come ready-made: with the program's lists and with kits. A district takes one into its own list, and changes it there.
create table curriculum_model (
    id             not null primary key,
    model_code     not null,
    unit_id        not null, -- it is offered here and in what lies in it
    valid_from_day not null,
    valid_to_day   not null,
    foreign key (unit_id) references unit (id)
);
create unique index curriculum_model_by_code on curriculum_model (model_code, valid_from_day);
create table curriculum_model_text (
    model_id    not null,
    lang_code   not null,
    title_text  not null,
    topics_text not null, -- a line each
    primary key (model_id, lang_code),
    foreign key (model_id) references curriculum_model (id)
) without rowid;

create table event (
    home           not null, -- the district; never changed
    id             not null,
    event_code     not null, -- EDS-<district>-<fiscal year>-<nnn>: how people and addresses name it
    fiscal_no      not null, -- 2026: the year from July 2026 on, of the day it was first planned for
    event_no       not null, -- 1, 2, … of district and fiscal year, without gaps
    event_kind_code not null check (event_kind_code in ('khuli_kacheri', 'desk_outreach', 'mobilisation', 'training', 'consultation',
                   'dialogue', 'coordination', 'rts_rti_session', 'exchange', 'other')),
    audience_code  not null check (audience_code in ('women', 'mixed')),
    series_text,             -- what it is one of: "monthly kacheri of tehsil Pabbi"
    title_text     not null,
    unit_id        not null, -- where
    tehsil_id,
    venue_text     not null, -- "Government Girls High School No. 1"; '': not fixed yet
    venue_kind_code not null check (venue_kind_code in ('school', 'college', 'council_office', 'tma_hall', 'dc_office', 'circuit_house',
                   'health_centre', 'community_hall', 'house', 'open_air', 'other')),
    event_day      not null,
    from_min_n     not null, -- minutes of the local day
    to_min_n       not null,
    female_from_n,           -- the hours for women only; null: none
    female_to_n,
    seating_code   not null check (seating_code in ('not_stated', 'chairs', 'floor', 'officers_only')),
    transport_flag not null check (transport_flag in (0, 1)),
    childcare_flag not null check (childcare_flag in (0, 1)),
    purdah_flag    not null check (purdah_flag in (0, 1)),
    female_staff_n not null,
    room_n,                  -- how many have room
    chair_text     not null, -- the post that presides, never a name
    spoken_code,             -- the language spoken
    desk_id,                 -- the desk that holds it; null: none
    parent_id,               -- the event that this one follows up, in the same place
    plan_text,               -- the line of the operational plan; null: unplanned, and why_text says why
    why_text,
    curriculum_no,           -- of a training: the version of a curriculum that it follows; null: none of the list
    curriculum_version_no,
    curriculum_text,         -- in words, where the list has none
    source_code    not null check (source_code in ('here', 'imported')), -- imported: figures of an earlier programme, never entered here
    announced_flag not null check (announced_flag in (0, 1)), -- 1: on the public pages
    address_flag   not null check (address_flag in (0, 1)), -- 1: its address is public too
    sequence_no    not null, -- how often what was announced changed: SEQUENCE of its .ics file
    changed_ms     not null, -- when that was, or when it was planned
    key_no         not null, -- of the names on its roster, in keys.db
    explained_text,          -- why the counts differ from the paper sheet
    minutes_text   not null, -- what was said, in words; '': nothing yet
    record_code,             -- ULID of the device that planned it; null: this server did
    content_code,            -- keyed hash of what was planned then: other content under the same record is refused
    created_by_id,
    created_ms     not null,
    primary key (home, id),
    foreign key (unit_id) references unit (id),
    foreign key (home, parent_id) references event (home, id),
    foreign key (home, curriculum_no, curriculum_version_no) references curriculum (home, curriculum_no, curriculum_version_no)
);
create unique index event_by_code on event (event_code);
create unique index event_by_no on event (home, fiscal_no, event_no);
create unique index event_by_record on event (home, record_code) where record_code is not null;
create index event_by_day on event (home, event_day, id);
create index event_imported on event (home, event_day) where source_code = 'imported';
create index event_by_key on event (home, key_no);
create index event_by_parent on event (home, parent_id) where parent_id is not null;

-- Where and when it was to be before it was moved: what was printed says so.
create table event_move (
    home       not null,
    event_id   not null,
    move_no    not null,
    event_day  not null,
    from_min_n not null,
    to_min_n   not null,
    unit_id    not null,
    venue_text not null,
    why_text   not null,
    moved_ms   not null,
    primary key (home, event_id, move_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- Mobilisation that led to an event, and other ties: outreach → kacheri, training → training.
create table event_tie (
    home     not null,
    event_id not null, -- the earlier one
    for_id   not null,
    primary key (home, event_id, for_id),
    foreign key (home, event_id) references event (home, id),
    foreign key (home, for_id) references event (home, id)
) without rowid;
create index event_tie_for on event_tie (home, for_id);

-- Departments summoned, and who came.
create table event_summons (
    home       not null,
    event_id   not null,
    body_id    not null,
    asked_day  not null,
    came_code  not null check (came_code in ('not_known', 'came', 'sent_other', 'absent', 'excused')),
    post_text,             -- the post of who came, never a name
    primary key (home, event_id, body_id),
    foreign key (home, event_id) references event (home, id),
    foreign key (body_id) references body (id)
) without rowid;
create index event_summons_of on event_summons (body_id, home, event_id);

-- The roster by +1: only grows and shrinks by increments, each device its own row, so that two tablets add up.
create table event_count (
    home        not null,
    event_id    not null,
    device_code not null, -- '': the desk's own pages
    role_code   not null check (role_code in ('councillor', 'official', 'citizen', 'cso', 'other')),
    sex_code    not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    people_n    not null check (people_n >= 0),
    spoke_n     not null check (spoke_n >= 0), -- of these, who spoke
    primary key (home, event_id, device_code, role_code, sex_code),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- The roster by names. When there is one for a role, its cells are counted from here. Names are encrypted with the key of the event.
create table event_person (
    home        not null,
    event_id    not null,
    person_no   not null,
    role_code   not null check (role_code in ('councillor', 'official', 'citizen', 'cso', 'other')),
    sex_code    not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    name_enc,
    phone_enc,
    body_id,                -- of an official
    spoke_flag  not null check (spoke_flag in (0, 1)),
    token_no,
    before_n,               -- score before and after a training, of 100
    after_n,
    device_code not null,
    record_code not null,   -- ULID of the record that brought it: the same again is the same person
    primary key (home, event_id, person_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;
create unique index event_person_by_record on event_person (home, event_id, record_code);
-- Whoever was written down twice (two tablets, one roster): the second row, kept below the one that counts.
create table event_person_same (
    home        not null,
    event_id    not null,
    person_no   not null,
    head_no     not null, -- the one that counts
    role_code   not null,
    sex_code    not null,
    name_enc,
    phone_enc,
    body_id,
    spoke_flag  not null,
    token_no,
    before_n,
    after_n,
    device_code not null,
    record_code not null,
    put_ms      not null,
    primary key (home, event_id, person_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;
-- Two of one name or number that somebody said are two people.
create table event_person_apart (
    home      not null,
    event_id  not null,
    person_no not null,
    other_no  not null, -- written down before
    primary key (home, event_id, person_no, other_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;
-- The same person at several events, without reading who: keyed hashes of telephone numbers.
create table event_person_index (
    home       not null,
    blind_hash not null,
    event_id   not null,
    person_no  not null,
    primary key (home, blind_hash, event_id, person_no),
    foreign key (home, event_id, person_no) references event_person (home, event_id, person_no)
) without rowid;
create index event_person_index_of on event_person_index (home, event_id, person_no);
create index event_person_index_by_hash on event_person_index (blind_hash, home, event_id);

-- What a device has brought and was taken, by the ULID it gave it: the same again is no second one.
create table event_record (
    home         not null,
    event_id     not null,
    record_code  not null,
    content_code not null, -- keyed hash of what was brought: other content under the same record is refused
    case_id,               -- of a matter that was taken down
    made_no,               -- of the person or the need that it became
    device_code  not null,
    taken_ms     not null,
    later_flag   not null check (later_flag in (0, 1)), -- it came when the day was closed already
    primary key (home, event_id, record_code),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- Told in private, never by sight: age, disability, minority of those present. The rest is "not stated".
create table event_margin (
    home        not null,
    event_id    not null,
    role_code   not null,
    margin_code not null check (margin_code in ('age', 'disability', 'minority', 'transgender')),
    value_code  not null,
    people_n    not null check (people_n >= 0),
    primary key (home, event_id, role_code, margin_code, value_code),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- What those present need, and how many women say so.
create table event_need (
    home       not null,
    event_id   not null,
    need_no    not null,
    words_text not null,
    service_id,            -- what it is about, once it was grouped
    same_as_no,            -- the need that it was put together with
    women_n    not null check (women_n >= 0),
    others_n   not null check (others_n >= 0),
    primary key (home, event_id, need_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- The order in which people are heard: a number, never the matter.
create table event_token (
    home       not null,
    event_id   not null,
    token_no   not null,
    token_code not null check (token_code in ('waiting', 'heard', 'left')),
    sex_code   not null,
    taken_ms   not null,
    heard_ms,
    primary key (home, event_id, token_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- Numbers of tokens that a device gives out by itself: nobody else does.
create table event_token_block (
    home        not null,
    event_id    not null,
    first_no    not null,
    last_no     not null,
    device_code not null,
    leased_ms   not null,
    primary key (home, event_id, first_no),
    foreign key (home, event_id) references event (home, id),
    check (last_no >= first_no)
) without rowid;

-- Cases brought there, and what the officer answered on the spot. Several answers: the last one counts.
create table event_case (
    home        not null,
    event_id    not null,
    case_id     not null,
    token_no,
    answer_code check (answer_code in ('solved_now', 'promised', 'handed_on', 'not_ours', 'not_possible')), -- null: none yet
    answer_day,            -- what was promised for
    answer_text,
    body_id,               -- who answered
    post_text,
    answered_ms,
    primary key (home, event_id, case_id),
    foreign key (home, event_id) references event (home, id),
    foreign key (home, case_id) references cases (home, id)
) without rowid;
create index event_case_of on event_case (home, case_id);

-- An order given at an event (or an action point of a dialogue): to an office or a side, with a date. It flows as cases do.
create table direction (
    home         not null,
    id           not null,
    event_id     not null,
    direction_no not null, -- 1, 2, … of the event: EDS-…-014/3
    side_code    not null check (side_code in ('official', 'member', 'women', 'cso')), -- who owes it
    body_id,                -- the office; null: none (another side owes it)
    post_text    not null,  -- "Assistant Director Public Health"; never a name
    vacant_flag  not null check (vacant_flag in (0, 1)), -- 1: nobody holds the post now: the head of the office owes it
    horizon_code not null check (horizon_code in ('short', 'long')),
    words_text   not null,
    case_id,                -- the case it is about; null: a matter of many
    need_no,                -- the need it answers
    due_day      not null,
    given_day    not null,
    again_id,               -- the direction that carries this one on
    primary key (home, id),
    foreign key (home, event_id) references event (home, id),
    foreign key (body_id) references body (id)
);
create unique index direction_by_no on direction (home, event_id, direction_no);
create index direction_of_case on direction (home, case_id) where case_id is not null;
-- What a follow-up event says of each direction of its parent.
create table event_answer (
    home         not null,
    event_id     not null, -- the follow-up
    direction_id not null,
    answer_code  not null check (answer_code in ('done', 'partly', 'not_done', 'carried_on', 'dropped')),
    words_text   not null,
    women_agree_flag,      -- 1: women present said it is so, 0: they said it is not; null: they were not asked
    primary key (home, event_id, direction_id),
    foreign key (home, event_id) references event (home, id),
    foreign key (home, direction_id) references direction (home, id)
) without rowid;

-- What was decided, in words; orders are directions.
create table event_decision (
    home        not null,
    event_id    not null,
    decision_no not null,
    side_code   not null check (side_code in ('official', 'member', 'women', 'cso', 'all')), -- who brought it
    words_text  not null,
    primary key (home, event_id, decision_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;

-- The paper sheet, cell by cell, as it was counted: compared, never added.
create table event_paper (
    home      not null,
    event_id  not null,
    role_code not null,
    sex_code  not null,
    people_n  not null check (people_n >= 0),
    primary key (home, event_id, role_code, sex_code),
    foreign key (home, event_id) references event (home, id)
) without rowid;
-- Who signed the closing sheet, by post.
create table event_signature (
    home      not null,
    event_id  not null,
    sign_no   not null,
    post_text not null,
    how_code  not null check (how_code in ('signature', 'thumb', 'refused')),
    signed_ms not null,
    primary key (home, event_id, sign_no),
    foreign key (home, event_id) references event (home, id)
) without rowid;
