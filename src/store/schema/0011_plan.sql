-- What is intended: programmes, plans, their results, indicators, targets and activities. A plan belongs to a unit (a district, a
-- province, the country), a planning year and a version; approved ones are never changed in place: a revision is the next version.
-- Where a plan and an action stand is in flow (kinds "plan" and "action"); home is the unit of the plan.

create table programme (
    id             not null primary key,
    programme_code not null, -- "women-kacheri"; names are labels of kind 'programme'
    from_day       not null, -- since inception means: from here
    to_day         not null, -- 99991231: goes on
    project_month_n not null check (project_month_n between 1 and 12) -- in which its project years begin
);
create unique index programme_by_code on programme (programme_code);
-- Who pays; names are labels of kind 'funder'.
create table funder (
    id          not null primary key,
    funder_code not null,
    to_day      not null, -- the last day on which it pays; 99991231: it goes on
    end_text    not null  -- why it ended
);
create unique index funder_by_code on funder (funder_code);

create table plan (
    home           not null, -- the unit it is of
    id             not null,
    plan_code      not null, -- OP-<unit>-<planning year>-V<n>: how people and addresses name it
    programme_id   not null,
    plan_kind_code not null check (plan_kind_code in ('operational', 'national_action', 'community_development')),
    fiscal_no      not null, -- 2026: the planning year from July 2026 on
    version_no     not null, -- 1, 2, …
    title_text     not null,
    from_day       not null,
    to_day         not null,
    changed_n      not null, -- edits so far: two people at one plan see each other by it
    created_by_id,
    created_ms     not null,
    approver_id,   -- somebody who wrote nothing of it
    approved_ms,
    content_hash,  -- SHA-256 over what was approved (feature/plan/plan_content.c)
    primary key (home, id),
    foreign key (home) references unit (id),
    foreign key (programme_id) references programme (id)
);
create unique index plan_by_code on plan (plan_code);
create unique index plan_by_version on plan (home, programme_id, plan_kind_code, fiscal_no, version_no);

-- Impact, outcomes, outputs. Words in further languages are labels of kind 'result'.
create table plan_result (
    home             not null,
    id               not null,
    plan_id          not null,
    result_no        not null, -- its place in the framework
    result_kind_code not null check (result_kind_code in ('impact', 'outcome', 'output')),
    parent_id,                 -- of an output its outcome, of an outcome the impact
    title_text       not null,
    assumption_text  not null,
    primary key (home, id),
    foreign key (home, plan_id) references plan (home, id),
    foreign key (home, parent_id) references plan_result (home, id)
);
create unique index plan_result_by_no on plan_result (home, plan_id, result_no);

-- How a result is measured: by an indicator that the program computes (indicator_code), or by one that sheets report.
create table plan_indicator (
    home            not null,
    id              not null,
    plan_id         not null,
    result_id       not null,
    indicator_no    not null,
    indicator_code  not null, -- of feature/indicator; 'reported': typed into sheets, with its evidence
    title_text      not null, -- '': the indicator's own title
    measure_code    not null check (measure_code in ('unit', 'percentage', 'nominal', 'ordinal', 'qualitative')), -- IATI IndicatorMeasure 1 to 5
    ascending_flag  not null check (ascending_flag in (0, 1)),
    counting_code   not null check (counting_code in ('attendances', 'persons', 'cases', 'events', 'directions', 'needs', 'visits', 'other')),
    aggregate_code  not null check (aggregate_code in ('sum', 'ratio', 'latest', 'none')),
    baseline_n,               -- null: there is none; of a percentage in thousandths
    baseline_day,
    baseline_text   not null, -- where it comes from
    means_text      not null, -- means of verification
    every_code      not null check (every_code in ('quarter', 'year')),
    primary key (home, id),
    foreign key (home, plan_id) references plan (home, id),
    foreign key (home, result_id) references plan_result (home, id)
);
create unique index plan_indicator_by_no on plan_indicator (home, plan_id, indicator_no);

-- Targets by period, unit, role and sex; '' is all of them. Of a ratio both numbers, else den_n is 1.
create table plan_target (
    home         not null,
    indicator_id not null,
    unit_id      not null,
    from_day     not null,
    to_day       not null,
    role_code    not null check (role_code in ('', 'councillor', 'official', 'citizen', 'cso', 'other')),
    sex_code     not null check (sex_code in ('', 'woman', 'man', 'transgender', 'not_stated')),
    num_n        not null,
    den_n        not null check (den_n > 0),
    primary key (home, indicator_id, unit_id, from_day, to_day, role_code, sex_code),
    foreign key (home, indicator_id) references plan_indicator (home, id),
    foreign key (unit_id) references unit (id)
) without rowid;

-- One line of a plan: an activity of an output. What is to be done is the same in every version that keeps its number.
create table plan_action (
    home             not null,
    id               not null,
    plan_id          not null,
    action_no        not null,
    result_id        not null,
    title_text       not null,
    target_kind_code not null check (target_kind_code in ('gender_centric', 'gender_mainstreaming')),
    event_kind_code  not null, -- of the events it plans; '': none
    events_n         not null check (events_n >= 0),
    from_day         not null,
    to_day           not null,
    post_text        not null, -- who is responsible: a post, never a name
    budget_text      not null, -- budget line; '': none
    budget_n,                  -- rupees
    primary key (home, id),
    foreign key (home, plan_id) references plan (home, id),
    foreign key (home, result_id) references plan_result (home, id)
);
create unique index plan_action_by_no on plan_action (home, plan_id, action_no);
-- Where: units at or below the plan's.
create table plan_action_unit (
    home      not null,
    action_id not null,
    unit_id   not null,
    primary key (home, action_id, unit_id),
    foreign key (home, action_id) references plan_action (home, id),
    foreign key (unit_id) references unit (id)
) without rowid;
create index plan_action_unit_of on plan_action_unit (unit_id, home, action_id);
-- People it is for, by role and sex.
create table plan_action_people (
    home      not null,
    action_id not null,
    role_code not null check (role_code in ('councillor', 'official', 'citizen', 'cso', 'other')),
    sex_code  not null check (sex_code in ('woman', 'man', 'transgender', 'not_stated')),
    people_n  not null check (people_n >= 0),
    primary key (home, action_id, role_code, sex_code),
    foreign key (home, action_id) references plan_action (home, id)
) without rowid;
-- With whom: a body we know, or one in words.
create table plan_partner (
    home       not null,
    action_id  not null,
    partner_no not null,
    body_id,
    name_text  not null,
    part_text  not null, -- what they do in it
    primary key (home, action_id, partner_no),
    foreign key (home, action_id) references plan_action (home, id),
    foreign key (body_id) references body (id)
) without rowid;
-- Who pays which part, in thousandths: those of one action make 1000. An attendance counts for a funder by its share, never twice.
create table plan_share (
    home      not null,
    action_id not null,
    funder_id not null,
    share_n   not null check (share_n between 1 and 1000),
    primary key (home, action_id, funder_id),
    foreign key (home, action_id) references plan_action (home, id),
    foreign key (funder_id) references funder (id)
) without rowid;
create table plan_risk (
    home        not null,
    plan_id     not null,
    risk_no     not null,
    action_id,  -- null: of the whole plan
    words_text  not null,
    likely_code not null check (likely_code in ('low', 'middle', 'high')),
    answer_text not null, -- what is done about it
    primary key (home, plan_id, risk_no),
    foreign key (home, plan_id) references plan (home, id)
) without rowid;
-- Markers of an output or an action, each with who set it, when and why: never derived silently.
create table plan_marker (
    home        not null,
    plan_id     not null,
    marker_no   not null,
    result_id,
    action_id,
    scheme_code not null check (scheme_code in ('dac', 'gg', 'gen', 'sdg')),
    value_code  not null, -- dac, gg: 0 1 2; gen: 0 1 2 3; sdg: a target, "5.5"
    why_text    not null,
    set_by_id,
    set_ms      not null,
    primary key (home, plan_id, marker_no),
    foreign key (home, plan_id) references plan (home, id)
) without rowid;
-- What an action answers: a need stated at an event, an approved figure, or a finding in words. So the loop is seen.
create table plan_cite (
    home           not null,
    action_id      not null,
    cite_no        not null,
    cite_kind_code not null check (cite_kind_code in ('need', 'snapshot', 'finding')),
    event_home_id,
    event_id,
    need_no,
    snapshot_home_id,
    snapshot_id,
    words_text     not null,
    primary key (home, action_id, cite_no),
    foreign key (home, action_id) references plan_action (home, id)
) without rowid;
-- The events of a line: tied to it by hand, beside what their own plan says in words.
create table plan_event (
    home         not null, -- of the event
    event_id     not null,
    plan_home_id not null,
    action_id    not null,
    tied_by_id,
    tied_ms      not null,
    primary key (home, event_id),
    foreign key (home, event_id) references event (home, id),
    foreign key (plan_home_id, action_id) references plan_action (home, id)
) without rowid;
create index plan_event_of on plan_event (plan_home_id, action_id, home, event_id);
create index plan_cite_need on plan_cite (event_home_id, event_id, need_no) where event_id is not null;
-- What became of a need: in a plan (by plan_cite), in a budget, or declined with a reason. The last answer counts.
create table need_answer (
    home        not null, -- of the event
    event_id    not null,
    need_no     not null,
    answer_no   not null,
    answer_code not null check (answer_code in ('in_plan', 'in_budget', 'done', 'declined')),
    words_text  not null, -- the budget line, or why not
    by_id,
    answered_ms not null,
    primary key (home, event_id, need_no, answer_no),
    foreign key (home, event_id, need_no) references event_need (home, event_id, need_no)
) without rowid;
