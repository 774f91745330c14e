-- Paper: pads of numbered forms, which of their forms were used, and what became of the others.

create table pad (
    home         not null, -- the district of the desk
    id           not null,
    pad_code     not null, -- "PK526-WFD-P3": printed on each of its forms
    pad_no       not null, -- of that desk
    desk_id      not null,
    lang_code    not null check (lang_code in ('ur', 'ps', 'en')),
    forms_n      not null check (forms_n between 10 and 100),
    used_n       not null,
    spoilt_n     not null,
    lost_n       not null, -- forms that were still blank when the pad was lost
    lost_code    not null check (lost_code in ('', 'lost', 'stolen', 'destroyed')),
    lost_ms,
    made_by_id,
    made_ms      not null,
    primary key (home, id),
    foreign key (desk_id) references body (id)
) without rowid;
create unique index pad_by_code on pad (pad_code);
create unique index pad_by_desk on pad (desk_id, pad_no);

-- Its number was drawn with the pad (case_ref_held); its case has the same number.
create table pad_form (
    home       not null,
    pad_id     not null,
    form_no    not null,
    ref_code   not null,
    form_code  not null check (form_code in ('blank', 'used', 'spoilt', 'lost')),
    why_code   not null check (why_code in ('', 'miswritten', 'damaged', 'not_wanted', 'pointed', 'other')), -- of a spoilt one
    paper_day,           -- of a used one: the day that stands on it, however long ago
    taken_text not null, -- … who took it down, as it stands there: a post or initials
    said_flag  not null check (said_flag in (0, 1)), -- … and whether it says that it was read back to her
    made_by_id,          -- who typed it, or struck it out
    made_ms,
    primary key (home, pad_id, form_no),
    foreign key (home, pad_id) references pad (home, id)
) without rowid;
create unique index pad_form_by_ref on pad_form (ref_code);

-- Questions of the public pages as they are heard, for whoever does not read: one stands for each language; what stood before, and
-- what was taken away, is kept with its day.
create table prompt_sound (
    prompt_key   not null, -- "new.kind"
    lang_code    not null check (lang_code in ('ur', 'ps', 'en')),
    version_no   not null,
    hash_code    not null, -- of the sound: its address
    home         not null, -- the district whose office brought it
    sound_id     not null, -- blob: for everybody to hear, so its key stands beside it
    sound_secret not null,
    type_code    not null,
    bytes_n      not null,
    seconds_n    not null,
    machine_flag not null check (machine_flag in (0, 1)), -- 1: a placeholder, spoken by a program
    speaker_text not null, -- whose voice it is: a post or initials
    made_by_id,
    made_ms      not null,
    ended_ms,
    primary key (prompt_key, lang_code, version_no)
) without rowid;
create unique index prompt_sound_hash on prompt_sound (hash_code);
create unique index prompt_sound_stands on prompt_sound (prompt_key, lang_code) where ended_ms is null;
