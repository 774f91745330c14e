-- Who comes to a desk: numbers for the waiting, visits and how they end, the question at the door, what is given out.
-- Nothing here says who came: no name, no telephone, no matter, no tie to a case.

-- A number of one day. It says whose turn it is and nothing else; why somebody is called first is not written down.
create table desk_token (
    home       not null, -- the district of the desk
    desk_id    not null,
    token_day  not null,
    token_no   not null,
    turn_code  not null check (turn_code in ('usual', 'first')),
    token_code not null check (token_code in ('waiting', 'called', 'served', 'left')),
    given_ms   not null,
    called_ms,
    record_code, -- ULID of the device that gave it; null: this server did
    primary key (home, desk_id, token_day, token_no),
    foreign key (desk_id) references body (id)
) without rowid;
create index desk_token_body on desk_token (desk_id);
create unique index desk_token_record on desk_token (home, record_code) where record_code is not null;

-- A visit and how it ended. Women and men by sight only, else not stated.
create table visit (
    home         not null,
    desk_id      not null,
    visit_day    not null,
    visit_no     not null, -- of that day
    sex_code     not null check (sex_code in ('woman', 'man', 'not_stated')),
    outcome_code not null check (outcome_code in ('information', 'form', 'online', 'referred', 'case', 'other')),
    online_code  not null check (online_code in ('', 'identity', 'certificate', 'portal', 'payment', 'support', 'education', 'own_phone',
                 'other')), -- which service was helped with; '': none
    self_flag    not null check (self_flag in (0, 1)), -- 1: she did it herself, and was shown how
    minutes_n,
    undone_ms,             -- taken back by whoever had written it
    record_code,           -- ULID of the device that wrote it
    made_by_id,
    made_ms      not null,
    primary key (home, desk_id, visit_day, visit_no),
    foreign key (desk_id) references body (id)
) without rowid;
create index visit_body on visit (desk_id);
create unique index visit_record on visit (home, record_code) where record_code is not null;

-- Figures of a desk, written with the fact: what (token, served, left, wait, visit, online, shown, minutes, timed, material), of
-- which kind (for wait: minutes, three digits), by sex where one was seen.
create table desk_figure (
    home         not null,
    desk_id      not null,
    figure_month not null,
    figure_code  not null,
    figure_kind  not null,
    sex_code     not null,
    figure_n     not null,
    primary key (home, desk_id, figure_month, figure_code, figure_kind, sex_code),
    foreign key (desk_id) references body (id)
) without rowid;
create index desk_figure_body on desk_figure (desk_id);

-- The question at the door: sums of a day, with neither hour nor person.
create table exit_answer (
    home      not null,
    desk_id   not null,
    exit_day  not null,
    face_code not null check (face_code in ('good', 'middling', 'bad')),
    answers_n not null,
    primary key (home, desk_id, exit_day, face_code),
    foreign key (desk_id) references body (id)
) without rowid;
create index exit_answer_body on exit_answer (desk_id);
-- Forms that were answered today, so that a touch that came twice counts once. Holds no answer; emptied with the day.
create table exit_form (
    home      not null,
    desk_id   not null,
    exit_day  not null,
    form_code not null,
    primary key (home, desk_id, exit_day, form_code),
    foreign key (desk_id) references body (id)
) without rowid;
create index exit_form_body on exit_form (desk_id);

-- What a desk gives out, and how many it has.
create table material (
    home        not null,
    desk_id     not null,
    material_no not null,
    name_text   not null,
    form_code   not null check (form_code in ('leaflet', 'brochure', 'booklet', 'poster', 'form', 'other')),
    lang_code   not null, -- ur, ps, en, or '' for pictures and several languages
    stock_n     not null check (stock_n >= 0),
    primary key (home, desk_id, material_no),
    foreign key (desk_id) references body (id)
) without rowid;
create index material_body on material (desk_id);
create table material_move (
    home        not null,
    desk_id     not null,
    material_no not null,
    move_no     not null,
    move_code   not null check (move_code in ('received', 'given', 'lost', 'counted')),
    move_n      not null check (move_n >= 0), -- of counted: how many there were
    stock_n     not null check (stock_n >= 0), -- afterwards
    move_day    not null,
    record_code,
    made_by_id,
    made_ms     not null,
    primary key (home, desk_id, material_no, move_no),
    foreign key (home, desk_id, material_no) references material (home, desk_id, material_no)
) without rowid;
create unique index material_move_record on material_move (home, record_code) where record_code is not null;
