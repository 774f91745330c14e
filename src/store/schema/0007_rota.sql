-- The desk as a place of work: in whose house it stands, who runs it, who works there, whose turn it is.

-- In force from a day to a day: hosts and operators change, and a case keeps to what was in force when it was filed.
create table desk_profile (
    body_id         not null, -- the desk
    valid_from_day  not null,
    valid_to_day    not null,
    home            not null,
    host_id         not null, -- the office in whose house it stands: a complaint about it goes past the desk
    operator_code   not null check (operator_code in ('host', 'cso', 'other')), -- who runs it
    operator_text   not null, -- its name; '': the host itself
    letter_text     not null, -- number of the endorsing letter; '': none yet
    letter_day,
    letter_by_text  not null, -- the post that signed it
    funder_text     not null,
    room_text       not null,
    phone_text      not null,
    primary key (body_id, valid_from_day),
    foreign key (body_id) references body (id),
    foreign key (host_id) references body (id)
) without rowid;
create index desk_profile_by_home on desk_profile (home, valid_from_day);
create index desk_profile_by_host on desk_profile (host_id);

-- When it is open. A weekday without a row is closed.
create table desk_hours (
    body_id    not null,
    weekday_no not null check (weekday_no between 0 and 6), -- 0: Sunday
    from_min_n not null check (from_min_n between 0 and 1439), -- minutes of the local day
    to_min_n   not null check (to_min_n between 1 and 1440),
    primary key (body_id, weekday_no),
    foreign key (body_id) references body (id),
    check (to_min_n > from_min_n)
) without rowid;
create table desk_closed (
    body_id    not null,
    closed_day not null,
    why_text   not null,
    primary key (body_id, closed_day),
    foreign key (body_id) references body (id)
) without rowid;

-- Who works there: a post, what it may do here, and who holds it.
create table desk_post (
    body_id    not null,
    post_no    not null,
    post_code  not null check (post_code in ('it_expert', 'finance_officer', 'coordinator', 'mobiliser', 'other')),
    role_code  not null check (role_code in ('desk', 'none')), -- none: works there, and opens nothing
    account_id,            -- null: vacant, or nobody who signs in
    since_day  not null,
    ended_day,             -- null: still so
    primary key (body_id, post_no),
    foreign key (body_id) references body (id),
    foreign key (account_id) references account (id)
) without rowid;
create index desk_post_of on desk_post (account_id);

-- Elected members who take turns. When the council's term is over she may go on, called a former member, endorsed by letter.
create table rota_member (
    body_id       not null,
    account_id    not null,
    seat_text     not null, -- "Village council Pirpiai, reserved seat for women"
    seat_to_day   not null, -- when the term of the council ends
    endorsed_text not null, -- the letter by which she goes on behind it; '': none
    from_day      not null,
    ended_day,              -- null: still on the rota
    primary key (body_id, account_id),
    foreign key (body_id) references body (id),
    foreign key (account_id) references account (id)
) without rowid;
create index rota_member_of on rota_member (account_id);

-- Whose turn it is. A shift that somebody else takes over, or for which she was absent, stays with that mark.
create table rota_shift (
    body_id     not null,
    shift_day   not null,
    account_id  not null,
    from_min_n  not null check (from_min_n between 0 and 1439),
    to_min_n    not null check (to_min_n between 1 and 1440),
    state_code  not null check (state_code in ('planned', 'absent', 'swapped')),
    instead_id,            -- swapped: who comes instead; of her own shift: whose it was
    planned_by_id not null,
    primary key (body_id, shift_day, account_id),
    foreign key (body_id) references body (id),
    foreign key (account_id) references account (id),
    check (to_min_n > from_min_n)
) without rowid;
create index rota_shift_of on rota_shift (account_id, shift_day);

-- What one shift tells the next. No woman and no matter of hers.
create table rota_note (
    body_id    not null,
    id         not null,
    noted_day  not null,
    by_id      not null,
    words_text not null,
    noted_ms   not null,
    primary key (body_id, id),
    foreign key (body_id) references body (id)
) without rowid;
