/* flow.h: the one engine behind everything that is worked on: cases now, directions, applications, actions
 * later.
 *
 * A kind brings its own table of transitions (state × action × result × role); the engine walks it and keeps,
 * for each subject (home, kind, id), where it stands, what happened, its clocks and who has it. A step is
 * written once and never changed. No kind writes a workflow of its own. Rules that need more than the table
 * (who may not judge her own work, which office) are asked by the kind's feature before it calls flow_act().
 * All of it inside a write job.
 */
#ifndef SUNWAI_FLOW_H
#define SUNWAI_FLOW_H

#include "actor.h"
#include "flow.sql.h"
#include "store.h"

enum { FLOW_STATES_MAX = 32, FLOW_ANY_RESULT = 0, FLOW_STAY = 255, FLOW_BACK = 254 };
enum { UNDO_MINUTES = 10 };

#define FLOW_ROLE(r) (1u << ROLE_##r)

/* One cell that is allowed; whatever has no row is refused. */
struct flow_transition {
    uint8_t from;
    uint8_t action;
    uint8_t result; /* index in the kind's results; FLOW_ANY_RESULT (0) where the action has none */
    uint8_t to;     /* FLOW_STAY: the state does not change; FLOW_BACK: the one before the last step */
    uint32_t roles; /* FLOW_ROLE bits */
};

struct flow_kind {
    int64_t kind_no;
    const char *name;          /* "case" */
    const char *const *states; /* identifiers, as the API and the audit chain name them */
    size_t states_n;
    uint32_t open_states; /* bit for each state in which somebody still owes something */
    const char *const *actions;
    size_t actions_n;
    unsigned undo;              /* the action that takes the last step back; actions_n: there is none */
    const char *const *results; /* [0] is "" */
    size_t results_n;
    const struct flow_transition *table;
    size_t table_n;
};

struct subject {
    const struct flow_kind *kind;
    int64_t home;
    int64_t id;
};

/* OK and the next state; DENIED: in this state the action exists, but not for this role; CONFLICT: not in
 * this state (for any role). A pure function over the table. */
err flow_next(const struct flow_kind *kind, unsigned state, unsigned action, unsigned result, enum role role,
              unsigned *out_to);
/* Whether any result of the action is open to this role now: which buttons a page shows. */
bool flow_can(const struct flow_kind *kind, unsigned state, unsigned action, enum role role);
/* Index of an identifier in a kind's list; NOT_FOUND. */
err flow_state_of(const struct flow_kind *kind, str name, unsigned *out);
err flow_action_of(const struct flow_kind *kind, str name, unsigned *out);
err flow_result_of(const struct flow_kind *kind, str name, unsigned *out);
bool flow_open(const struct flow_kind *kind, unsigned state);

struct flow_step_in {
    unsigned action;
    unsigned result;
    str via;                 /* how it reached us; STR_NONE: does not apply */
    str detail;              /* what was corrected; STR_NONE: does not apply */
    str reason;              /* why it is not possible now; STR_NONE: does not apply */
    struct opt_i64 next_day; /* when it is looked at again */
    str words;               /* may be STR_NONE */
    bool inside;             /* between offices: the complainant does not see it */
    str content; /* seal of what the subject says, when this step changed it; STR_NONE: it did not */
};

/* Every step's row, and where the subject stands behind it, is sealed in the step's row of the audit chain:
 * what somebody changes, adds or takes away around the program no longer fits (flow_verify). */

/* A new subject in its first state; *step is its first entry in the timeline. */
err flow_start(struct ctx *c, const struct subject *s, unsigned state, const struct q_flow_get *facets,
               const struct flow_step_in *step);
err flow_now(struct ctx *c, const struct subject *s, struct q_flow_get *out); /* NOT_FOUND */
/* Whether it still stands where whoever acts saw it: `now` and `seen` are step_no, then 0 when nobody had
 * begun it; FLOW_UNSEEN: she does not say, so that nobody knows what she saw. CONFLICT, field "action":
 * others acted since, or she has to look first. Whoever may not take the step at all is told so before this.
 */
enum { FLOW_UNSEEN = -1 };
err flow_as_seen(struct ctx *c, int64_t now, int64_t seen);
/* Takes a step: table, state, timeline, audit. *io is what flow_now() gave, with office, assignee, unit,
 * topic and due as they shall be from now on. CONFLICT when somebody else took a step in between. */
err flow_act(struct ctx *c, const struct subject *s, struct q_flow_get *io, const struct flow_step_in *step);
/* Keeps where a subject stands before a step that may be undone; in the same job, before its clocks move. */
err flow_remember(struct ctx *c, const struct subject *s, const struct q_flow_get *now, str clock);
/* Takes the actor's own last step back, within UNDO_MINUTES and as long as nobody else has seen the subject
 * since and no news of it was sent: state, facets, assignment, calls and main clock stand as before it. *io
 * afterwards as after flow_act(). DENIED: somebody else's; CONFLICT: too late, seen or sent (fail says
 * which). */
err flow_undo(struct ctx *c, const struct subject *s, str clock, struct q_flow_get *io);
/* Whether flow_undo() would succeed now; for a reader. */
bool flow_undoable(struct ctx *c, const struct subject *s, const struct q_flow_get *now);
/* The actor (or the complainant whose PIN opened it) has the subject before her eyes. Nothing is written when
 * she saw this step already. */
err flow_seen(struct ctx *c, const struct subject *s, int64_t step_no);
/* Whether flow_seen() has something to write; for a reader. */
bool flow_unseen(struct ctx *c, const struct subject *s, int64_t step_no);
/* Steps before `before` (0: the newest), newest first, at most `limit`. */
err flow_timeline(struct ctx *c, const struct subject *s, int64_t before, int64_t limit,
                  struct q_step_list **out, size_t *out_n);
/* Whether a state was ever reached, and whether an action was ever taken in a state. */
err flow_reached(struct ctx *c, const struct subject *s, unsigned state, bool *out);
err flow_taken_from(struct ctx *c, const struct subject *s, unsigned action, unsigned state, bool *out);
/* How often the actor's role took an action on the subject today. */
err flow_today(struct ctx *c, const struct subject *s, unsigned action, int64_t *out);
/* On how many days an action was taken since the subject last came into `state`. */
err flow_days_tried(struct ctx *c, const struct subject *s, unsigned action, unsigned state, int64_t *out);
/* Whether this person, or anybody of this office, ever took the action on the subject. */
err flow_done_by(struct ctx *c, const struct subject *s, unsigned action, int64_t account, int64_t office,
                 bool *out);

/* The end of a promise: `days` calendar days after the local day of from_ms, at 16:00 local. The one function
 * that knows how a limit becomes an instant. */
int64_t due_at(int64_t from_ms, int64_t days);
/* A complainant who is asked something may take a while: the clock stands still for her, at most 7 days. */
enum { PAUSE_DAYS_MAX = 7 };

/* A new round of a clock, `days` from the day of from_ms. */
struct promise {
    int64_t from_ms;
    int64_t days;
    str basis; /* the law or policy it comes from */
};
err clock_start(struct ctx *c, const struct subject *s, str clock, const struct promise *p,
                int64_t *out_due_ms);
/* NOT_FOUND when there is no clock; the state afterwards is in *out_due (what flow.due_ms shall be). */
err clock_pause(struct ctx *c, const struct subject *s, str clock);
err clock_go_on(struct ctx *c, const struct subject *s, str clock, int64_t *out_due_ms);
err clock_stop(struct ctx *c, const struct subject *s, str clock);
/* Another limit for the latest round (the matter turned out to be another one): counted from when that began,
 * the days it stood still kept. A stopped one runs again. */
err clock_move(struct ctx *c, const struct subject *s, str clock, int64_t days, str basis,
               int64_t *out_due_ms);

err flow_assign(struct ctx *c, const struct subject *s, int64_t step_no, int64_t office,
                struct opt_i64 account);
/* Nobody has it any more. */
err flow_assign_end(struct ctx *c, const struct subject *s);
/* She is to be called on a day: "ask", "info", "visit", "next", "look_up". Those of one code end together.
 * Behind the step that they follow from: undoing that step takes them back. */
err call_back_plan(struct ctx *c, const struct subject *s, str code, int64_t due_day);
err call_back_done(struct ctx *c, const struct subject *s, str code);
/* Nobody answered: another day. */
err call_back_tried(struct ctx *c, const struct subject *s, str code, int64_t due_day);
/* News of the last step for whoever sends messages; code is an identifier such as "case.filed". */
err flow_news(struct ctx *c, const struct subject *s, str code);

#endif
