/* event.h: a dated gathering: khuli kacheri, desk outreach, mobilisation, training, dialogue …
 *
 * Planned, opened on its day, closed; or cancelled. Who may see and do what is decided here, alike for pages,
 * API and jobs: an event out of one's reach is NOT_FOUND. The desk, supervisors and ADCs reach those of their
 * district or tehsil (or of the districts of their division or province), an officer those to which his
 * office was summoned, a member of a desk's rota those of her desk during her shift, an administrator none.
 * The public sees what was announced (event_announced). Times are minutes of the local day. Every function
 * that changes something belongs in a write job.
 */
#ifndef SUNWAI_EVENT_H
#define SUNWAI_EVENT_H

#include "case.h"
#include "event.sql.h"
#include "event_kind.h"
#include "event_words.h"

enum {
    EVENT_LIST_MAX = 200,
    EVENT_LINE_MAX = 200,
    EVENT_WORDS_MAX = 1000,
    EVENT_SUMMONED_MAX = 64,
    EVENT_MINUTES = 24 * 60,
    EVENT_FEMALE_STAFF_MAX = 500,
    EVENT_ROOM_MAX = 20000
};

/* Where and when. */
struct event_place {
    str unit; /* code of a district or of any unit below it */
    str venue, venue_kind;
    int64_t day;
    int64_t from_min, to_min;
    struct opt_i64 female_from, female_to; /* the hours for women only, within these */
};

/* What is planned. Texts may be missing (STR_NONE) but kind, audience and place. */
struct event_new {
    struct event_place at;
    str kind, audience;
    str series, title;
    str seating;
    bool transport, childcare, purdah, address_public;
    int64_t female_staff;
    struct opt_i64 room;
    str chair;  /* a post */
    str spoken; /* of CASE_SPOKEN */
    str plan;   /* the line of the operational plan; missing: `why` says why it is unplanned */
    str why;
    str taught;     /* of a training: "3.2", version 2 of curriculum 3 (curriculum.h) */
    str curriculum; /* in words, where the list has none */
    str parent;     /* code of the event that this one follows up, in the same place */
    str summoned;   /* codes of bodies, one in a line */
    str ties;       /* codes of the events that led to it, one in a line */
    str record;     /* ULID of a device: the same again is the same event, other content CONFLICT */
    bool again;     /* yes, a second one of this kind on this day at this venue */
    bool imported;  /* figures that an earlier programme reported; never entered here, closed by the system */
};

struct event_view {
    struct q_event_get row;
    struct subject subject;
    struct q_flow_get flow;
    enum event_state state;
    str unit_code;
    str unit_name; /* "Pabbi, Nowshera"; empty in a write job */
};

/* The number of a new event: EDS-PK526-2026-27-001, without gaps within a district and fiscal year (from
 * July). INVALID with the field that is wrong: unit, day, from, to, female_from, plan, parent, summoned,
 * ties, taught; CONFLICT with field "again": there is one of this kind on this day at this venue. */
err event_plan(struct ctx *c, const struct event_new *n, str *out_code);
/* All but place and time, of what has not begun; summoned and ties are left as they are. */
err event_amend(struct ctx *c, str code, const struct event_new *n);
/* Exactly these events (codes, one in a line) led to it, and it follows up `parent` (empty: none), until it
 * is closed. CONFLICT (field parent): it has answered directions of another one. */
err event_tie(struct ctx *c, str code, str ties, str parent);
/* Another day, hour or place; what was printed before says so. */
err event_move(struct ctx *c, str code, const struct event_place *at, str why, bool again);
err event_cancel(struct ctx *c, str code, str why);
err event_announce(struct ctx *c, str code, bool on);
/* The day has come. CONFLICT before it. */
err event_open(struct ctx *c, str code);
/* Exactly these bodies (codes, one in a line) are summoned; whoever came stays on the list. */
err event_summon(struct ctx *c, str code, str bodies);
struct event_came {
    str body, came, post;
};
err event_came(struct ctx *c, str code, const struct event_came *rows, size_t n);

/* NOT_FOUND when there is none in reach. On a reader or in a write job. */
err event_find(struct ctx *c, str code, struct event_view *out);
err event_find_id(struct ctx *c, int64_t home, int64_t id, struct event_view *out);
/* The same for the public: what is, or was, announced. */
err event_announced(struct ctx *c, str code, struct event_view *out);
/* Whether c->actor reaches it. */
err event_reach(struct ctx *c, const struct q_event_get *row, bool *out);
/* A step of it, with its place in the audit chain: for the parts of this feature that record the day. */
err event_step(struct ctx *c, struct event_view *io, enum event_action action, str detail, str words);
/* DENIED or CONFLICT, in words, unless the day is open to this person. Before anything of it is recorded. */
err event_recordable(struct ctx *c, const struct event_view *v);
bool event_may(const struct ctx *c, const struct event_view *v, enum event_action action);
/* Counts the summary row of a district and the month of this day anew (event_tally). In the write job that
 * closed or reopened an event then, or took a step of its data sheet. */
err event_tally(struct ctx *c, int64_t home, int64_t day);

/* Every member may be empty. Events of the actor's scope, by day. */
struct event_filter {
    str kind, audience;
    str unit;             /* code of a district or tehsil */
    struct opt_i64 state; /* enum event_state */
    int64_t month;        /* yyyymm; 0: any */
    int64_t from_day;     /* 0: any */
    int64_t after_day, after_id;
    int64_t limit; /* 0: EVENT_LIST_MAX */
};
err event_list(struct ctx *c, const struct event_filter *f, struct q_event_list **out, size_t *out_n);
/* What is announced in a district from today on, cancelled ones too. */
err event_list_public(struct ctx *c, int64_t home, struct q_event_public_list **out, size_t *out_n);
err event_steps(struct ctx *c, const struct event_view *v, struct q_step_list **out, size_t *out_n);
err event_summoned(struct ctx *c, const struct event_view *v, struct q_event_summons_list **out,
                   size_t *out_n);
/* The events that led to it, and what it led to; its follow-ups; where it was to be before. */
err event_ties(struct ctx *c, const struct event_view *v, struct q_event_tie_list **out, size_t *out_n);
err event_tied(struct ctx *c, const struct event_view *v, struct q_event_tied_list **out, size_t *out_n);
err event_follow_ups(struct ctx *c, const struct event_view *v, struct q_event_follow_list **out,
                     size_t *out_n);
err event_moves(struct ctx *c, const struct event_view *v, struct q_event_move_list **out, size_t *out_n);

/* Attendance, role × gender: a role's cells are counted from its names where it has any, else from counts. */
struct event_cell {
    int64_t people, spoke;
};
struct event_cells {
    struct event_cell at[EVENT_role_n][EVENT_sex_n];
    bool named[EVENT_role_n]; /* counted from names */
    struct event_cell all;
};
err event_cells(struct ctx *c, int64_t home, int64_t event, struct event_cells *out);
/* The fiscal year of a day, by the year it begins in. */
int64_t event_fiscal(int64_t day);

/* For `sunwai verify`: what an event's plan says, bound to the audit chain. */
struct audit_report;
struct flow_report;
err event_verify(struct ctx *c, const struct audit_report *chains, struct flow_report *out);
/* To which line of a plan an event belongs, as it stands behind a change in this job: into the audit chain.
 */
err event_line_record(struct ctx *c, int64_t home, int64_t event);
/* All of them against the chains, as above. CONFLICT: one is not what was recorded last. */
struct event_line_report {
    int64_t n; /* rows that stand as they were recorded */
    bool broken;
    int64_t home, event_id; /* the first that does not */
};
err event_lines_verify(struct ctx *c, const struct audit_report *chains, struct event_line_report *out);

#endif
