-- The engine that all kinds of matters share, keyed by subject (home, kind_no, subject_id).

-- Where a subject stands now. The facets (office, unit, topic, due) are what every list is asked by.
create table flow (
    home           not null,
    kind_no        not null,
    subject_id     not null,
    flow_state     not null,
    open_flag      not null check (open_flag in (0, 1)),
    since_ms       not null,
    step_no        not null, -- of the last step
    action_no      not null, -- the last action
    step_ms        not null, -- and when it was taken
    office_id,               -- the institution that has to answer
    assignee_id,             -- the officer it was given to: clock and answer stay with him
    marked_id,               -- the subordinate he marked it to
    reason_code    not null, -- why it is not possible now, as last reported; '': it is not so
    next_day,                -- when that is looked at again
    mark_no        not null, -- bits: what the subject has gone through, as its kind names them
    spent_days,              -- days from its beginning to its end, once it has one
    unit_id        not null,
    tehsil_id,               -- the tehsil that unit is or lies in; null: only the district is known
    topic_id       not null, -- the service, of a case
    due_ms         not null, -- of the clock that runs or ran last; the open end when there never was one
    primary key (home, kind_no, subject_id)
) without rowid;
-- Open ones are asked for by their date, the others newest first. Each list of the smallest office reads its own rows only.
create index flow_by_due on flow (home, kind_no, due_ms, subject_id);
create index flow_open_by_due on flow (home, kind_no, due_ms, subject_id) where open_flag = 1;
create index flow_open_by_office on flow (home, kind_no, office_id, due_ms, subject_id) where open_flag = 1;
create index flow_open_by_tehsil on flow (home, kind_no, tehsil_id, due_ms, subject_id) where open_flag = 1;
create index flow_open_by_assignee on flow (home, kind_no, assignee_id, due_ms, subject_id) where open_flag = 1;
create index flow_open_by_marked on flow (home, kind_no, marked_id, due_ms, subject_id) where open_flag = 1 and marked_id is not null;
create index flow_open_by_place on flow (home, kind_no, topic_id, unit_id, subject_id) where open_flag = 1;
create index flow_open_promised on flow (home, kind_no, next_day, subject_id) where open_flag = 1 and next_day is not null;
create index flow_by_state on flow (home, kind_no, flow_state, due_ms, subject_id);
create index flow_by_office on flow (home, kind_no, office_id, subject_id);
create index flow_by_topic on flow (home, kind_no, topic_id, subject_id);
create index flow_by_tehsil on flow (home, kind_no, tehsil_id, subject_id);

-- What happened, in order; never changed, never deleted.
create table flow_step (
    home           not null,
    kind_no        not null,
    subject_id     not null,
    step_no        not null,
    action_no      not null,
    from_state     not null,
    to_state       not null,
    at_ms          not null,
    at_day         not null,
    role_no        not null,
    actor_id,                -- the account; null: the complainant or the system
    actor_office_id,
    result_code,             -- done, partly, not_possible; solved, partly, not_solved
    via_code,                -- how it reached us: desk, phone, public, proxy, event
    detail_code,             -- what was corrected: description, service, unit, phone …; to whom it was given: a login
    reason_code,             -- why it is not possible now
    next_day,                -- when it is looked at again
    words_text,
    inside_flag    not null, -- 1: between offices, not shown to the complainant
    primary key (home, kind_no, subject_id, step_no),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;

-- Where a subject and its main clock stood before the last step: what undoing that step restores.
create table flow_before (
    home        not null,
    kind_no     not null,
    subject_id  not null,
    step_no     not null, -- the step behind which it stood so
    flow_state  not null,
    open_flag   not null,
    since_ms    not null,
    action_no   not null,
    step_ms     not null,
    office_id,
    assignee_id,
    marked_id,
    reason_code not null,
    next_day,
    mark_no     not null,
    spent_days,
    unit_id     not null,
    tehsil_id,
    topic_id    not null,
    due_ms      not null,
    round_no,              -- of the clock; null: it had none
    round_due_ms,
    paused_ms,
    paused_days,
    stopped_ms,
    primary key (home, kind_no, subject_id),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;

-- Who has seen a subject as it stood behind a step. account_id 0: the complainant.
create table seen (
    home       not null,
    kind_no    not null,
    subject_id not null,
    account_id not null,
    step_no    not null,
    seen_ms    not null,
    primary key (home, kind_no, subject_id, account_id),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;

-- She is to be called (or told when she comes): asked whether it is solved, told a date, asked for what is missing.
create table call_back (
    home       not null,
    kind_no    not null,
    subject_id not null,
    id         not null,
    call_code  not null, -- ask, info, visit, next, look_up
    due_day    not null,
    tries_n    not null,
    step_no    not null, -- the last step when it was planned
    done_ms,
    done_step_no,        -- … and when it was done: what undoing that step brings back
    primary key (home, kind_no, subject_id, id),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;
create index call_back_waiting on call_back (home, due_day, id) where done_ms is null;

-- A clock is a row of its own: comments move no deadline.
create table deadline (
    home       not null,
    kind_no    not null,
    subject_id not null,
    clock_code not null, -- resolve
    round_no   not null, -- 1, and one more each time it is opened again
    started_ms not null,
    due_ms     not null,
    paused_ms,           -- since when it stands still; null: it runs
    paused_days not null, -- days it has stood still so far
    stopped_ms,          -- when the promise was met or the matter ended
    basis_text not null,
    primary key (home, kind_no, subject_id, clock_code, round_no),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;

create table assignment (
    home       not null,
    kind_no    not null,
    subject_id not null,
    step_no    not null,
    office_id  not null,
    assignee_id,
    from_ms    not null,
    to_ms,
    primary key (home, kind_no, subject_id, step_no),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
) without rowid;

-- The same matter with another institution: its number there, and when to look there again.
create table external_ref (
    home       not null,
    kind_no    not null,
    subject_id not null,
    id         not null,
    ref_no     not null,        -- 1, 2, … of the subject: how people and addresses name it
    system_code not null,       -- of a portal, by its code
    number_text,                -- as typed back from there; null: not given yet
    given_day  not null,
    given_by_id,
    account_code not null check (account_code in ('hers', 'family', 'none')), -- whose account there; never the desk's own
    code_taken_flag not null check (code_taken_flag in (0, 1)), -- 1: the one-time code was taken during the visit
    named_flag not null check (named_flag in (0, 1)),           -- 1: she agreed that they learn who she is
    warm_flag  not null check (warm_flag in (0, 1)),            -- 1: somebody there was called or met, and took it
    receiver_text,              -- what that person does there; never a name
    next_check_day,             -- null: nothing to look for any more
    looked_day,                 -- the last time somebody looked there
    outcome_code check (outcome_code in ('granted', 'partly', 'not_granted', 'no_answer')), -- null: nothing is back
    outcome_text,               -- in their words
    outcome_day,
    primary key (home, kind_no, subject_id, id),
    foreign key (home, kind_no, subject_id) references flow (home, kind_no, subject_id)
);
create unique index external_ref_by_no on external_ref (home, kind_no, subject_id, ref_no);
create index external_ref_by_number on external_ref (system_code, number_text) where number_text is not null;
create index external_ref_by_day on external_ref (home, given_day) where number_text is not null;
create index external_ref_out on external_ref (home, next_check_day, id) where outcome_code is null;

-- News for whoever sends messages; written in the transaction of the fact itself.
create table outbox (
    id         not null primary key,
    home       not null,
    kind_no    not null,
    subject_id not null,
    step_no    not null, -- the step that made the news
    news_code  not null, -- case.filed, case.answered, …
    created_ms not null,
    taken_ms
);
create index outbox_waiting on outbox (id) where taken_ms is null;
create index outbox_by_subject on outbox (home, kind_no, subject_id, step_no);
