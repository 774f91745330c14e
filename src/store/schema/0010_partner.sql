-- Offices that learn from each other, and groups that meet again and again.

-- Twinning: an office of the district and its partner, there or elsewhere.
create table twinning (
    home          not null, -- the district of the host
    id            not null,
    twinning_no   not null, -- 1, 2, … of the district
    twinning_code not null, -- TW-PK526-001
    host_id       not null,
    partner_id,             -- null: the partner is none of ours, and partner_text is its name
    partner_text  not null,
    goals_text    not null,
    plan_text     not null, -- the exchange plan, in words
    from_day      not null,
    to_day        not null,
    created_by_id,
    created_ms    not null,
    primary key (home, id),
    foreign key (host_id) references body (id),
    foreign key (partner_id) references body (id)
);
create unique index twinning_by_code on twinning (twinning_code);
create index twinning_host on twinning (host_id);
create index twinning_partner on twinning (partner_id) where partner_id is not null;

-- What is to be exchanged when; the event at which it was.
create table twinning_exchange (
    home        not null,
    twinning_id not null,
    exchange_no not null,
    planned_day not null,
    words_text  not null,
    event_id,
    primary key (home, twinning_id, exchange_no),
    foreign key (home, twinning_id) references twinning (home, id),
    foreign key (home, event_id) references event (home, id)
) without rowid;
create index twinning_exchange_event on twinning_exchange (home, event_id) where event_id is not null;

-- What an office can do, before and after: each item of a fixed list from 0 (not at all) to 3 (fully).
create table twinning_check (
    home        not null,
    twinning_id not null,
    part_code   not null check (part_code in ('host', 'partner')),
    when_code   not null check (when_code in ('before', 'after')),
    item_code   not null,
    level_n     not null check (level_n between 0 and 3),
    checked_day not null,
    primary key (home, twinning_id, part_code, when_code, item_code),
    foreign key (home, twinning_id) references twinning (home, id)
) without rowid;

-- A coordination group or a series of consultations, and who belongs to it: posts, never names.
create table circle (
    home            not null,
    id              not null,
    circle_no       not null,
    circle_code     not null, -- GR-PK526-001
    event_kind_code not null check (event_kind_code in ('coordination', 'consultation', 'dialogue', 'training')),
    series_text     not null, -- its events are those of this kind and series
    goals_text      not null,
    created_by_id,
    created_ms      not null,
    primary key (home, id)
);
create unique index circle_by_code on circle (circle_code);
create unique index circle_by_series on circle (home, event_kind_code, series_text);
create table circle_member (
    home      not null,
    circle_id not null,
    member_no not null,
    side_code not null check (side_code in ('official', 'member', 'women', 'cso')),
    post_text not null,
    body_id,
    from_day  not null,
    to_day    not null, -- the open end: she still belongs to it
    primary key (home, circle_id, member_no),
    foreign key (home, circle_id) references circle (home, id),
    foreign key (body_id) references body (id)
) without rowid;
create index circle_member_body on circle_member (body_id) where body_id is not null;
