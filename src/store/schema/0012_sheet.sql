-- Sheets: what was done, put forward by one person, verified by another, approved by a third. Figures on them are computed from events
-- and cases and never typed. Where a sheet stands is in flow (kind "sheet"); home is the district.

create table sheet (
    home            not null,
    id              not null,
    sheet_kind_code not null check (sheet_kind_code in ('event', 'activity', 'quarter')),
                    -- event: Event Data Sheet. activity: Activity Monitoring Sheet of an action and a quarter.
                    -- quarter: all figures of the district and a quarter; approving it freezes them (snapshot)
    event_id,       -- of an event sheet
    plan_home_id,   -- of an activity sheet: the line of the plan
    action_id,
    from_day        not null, -- the event's day, or the quarter
    to_day          not null,
    version_no      not null, -- 1; one more with each unlocking
    due_day         not null, -- when it is expected
    first_day,      -- when it was put forward the first time: by that it was on time or not; null: never yet
    progress_code   not null check (progress_code in ('', 'planned', 'on_track', 'delayed', 'completed', 'cancelled')), -- of an activity sheet
    began_day,
    ended_day,
    why_text        not null, -- why it is not as planned
    done_text       not null, -- what was delivered
    narrative_text  not null,
    changed_n       not null, -- edits so far
    author_id,      -- who put it forward last, who verified it, who approved it: three people
    author_ms,
    verifier_id,
    verifier_ms,
    approver_id,
    approver_ms,
    content_hash,   -- SHA-256 over what stood on it when it was approved
    primary key (home, id),
    foreign key (home, event_id) references event (home, id),
    foreign key (plan_home_id, action_id) references plan_action (home, id)
);
create unique index sheet_of_event on sheet (home, event_id) where event_id is not null;
create unique index sheet_of_action on sheet (home, plan_home_id, action_id, from_day) where action_id is not null;
create unique index sheet_of_quarter on sheet (home, from_day) where sheet_kind_code = 'quarter';
create index sheet_by_due on sheet (home, due_day, id);

-- Events of an activity sheet, and others that belong to the line.
create table sheet_event (
    home     not null,
    sheet_id not null,
    event_id not null,
    primary key (home, sheet_id, event_id),
    foreign key (home, sheet_id) references sheet (home, id),
    foreign key (home, event_id) references event (home, id)
) without rowid;
-- Values of indicators that nothing computes, with where they can be verified.
create table sheet_value (
    home         not null,
    sheet_id     not null,
    plan_home_id not null,
    indicator_id not null,
    role_code    not null,
    sex_code     not null,
    num_n        not null,
    den_n        not null check (den_n > 0),
    means_text   not null,
    said_by_id,
    said_ms,
    primary key (home, sheet_id, plan_home_id, indicator_id, role_code, sex_code),
    foreign key (home, sheet_id) references sheet (home, id)
) without rowid;
-- What is to follow: by which post, until when.
create table sheet_follow (
    home       not null,
    sheet_id   not null,
    follow_no  not null,
    words_text not null,
    post_text  not null,
    due_day    not null,
    done_day,
    primary key (home, sheet_id, follow_no),
    foreign key (home, sheet_id) references sheet (home, id)
) without rowid;
-- Sums that a programme's own workbook says of an event: by role, by sex, or of all. Compared with the sheet, never counted.
create table sheet_paper (
    home       not null,
    event_id   not null,
    role_code  not null, -- '': of all roles
    sex_code   not null, -- '': of all
    people_n   not null check (people_n >= 0),
    kept_by_id,
    kept_ms    not null,
    primary key (home, event_id, role_code, sex_code),
    foreign key (home, event_id) references event (home, id)
) without rowid;
-- What the rules found when it was last looked at; a warning goes forward with a justification, which stays.
create table sheet_finding (
    home          not null,
    sheet_id      not null,
    rule_code     not null,
    place_code    not null, -- which cell, event or other row; '': the sheet
    severity_code not null check (severity_code in ('error', 'warning')),
    left_n,
    right_n,
    why_text      not null, -- the justification; '': none yet
    why_by_id,
    why_ms,
    primary key (home, sheet_id, rule_code, place_code),
    foreign key (home, sheet_id) references sheet (home, id)
) without rowid;
-- What each approved version said, word for word (JSON), so that an older figure can still be read.
create table sheet_version (
    home         not null,
    sheet_id     not null,
    version_no   not null,
    content_text not null,
    content_hash not null,
    approved_ms  not null,
    unlock_text  not null, -- why it was unlocked afterwards; '': it stands
    unlocked_by_id,
    unlocked_ms,
    primary key (home, sheet_id, version_no),
    foreign key (home, sheet_id) references sheet (home, id)
) without rowid;
-- Of each district and month: events that are over, and how far their sheets are. Counted anew with every step of either, so that no page
-- counts them.
create table event_tally (
    home       not null,
    fact_month not null,
    held_n     not null, -- closed
    sent_n     not null, -- of these: their sheet was put forward at all
    timely_n   not null, -- by the day it was due
    approved_n not null, -- it is approved and stands
    primary key (home, fact_month)
) without rowid;
-- Who was reminded of a sheet, once for each version and stage; account_id 0: nobody was there to act. The news is in outbox.
create table sheet_reminder (
    home       not null,
    sheet_id   not null,
    version_no not null,
    stage_code not null check (stage_code in ('submit', 'verify', 'approve')),
    account_id not null,
    made_ms    not null,
    primary key (home, sheet_id, version_no, stage_code, account_id),
    foreign key (home, sheet_id) references sheet (home, id)
) without rowid;
create index sheet_reminder_of on sheet_reminder (account_id, home, sheet_id);
