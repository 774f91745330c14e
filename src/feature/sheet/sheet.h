/* sheet.h: what is put forward, verified and approved, and becomes official by it.
 *
 * An Event Data Sheet is what an event was, computed from it: nothing on it is typed. A quarter sheet is all
 * figures of a district and a quarter of the planning year; approving it freezes them (snapshot.h). An
 * Activity Monitoring Sheet says how one line of a plan went (activity.h). The author and whoever wrote in
 * it, who verifies and who approves are three people; approving and unlocking is done at the province. What
 * an event says is compared at each step with what was put forward: when it changed in between, nobody
 * verifies or approves what the author never saw. An approved sheet is changed by nobody until it is
 * unlocked with a reason, and then the next version begins; papers go on citing the old one.
 *
 * Reach is that of cases and events (case_scope.h): NOT_FOUND outside. Everything that changes something
 * belongs in a write job.
 */
#ifndef SUNWAI_SHEET_H
#define SUNWAI_SHEET_H

#include "event.h"
#include "sheet.sql.h"
#include "sheet_kind.h"
#include "snapshot.h"

/* Days after the event, or after the end of the quarter, when a sheet is expected. */
enum { SHEET_EVENT_DAYS = 7, SHEET_QUARTER_DAYS = 15, SHEET_WORDS_MAX = 1000 };

struct sheet_view {
    struct q_sheet_get row;
    struct subject subject;
    struct q_flow_get flow;
    enum sheet_state state;
    bool hers;  /* whoever looks wrote in it: she neither verifies nor approves it */
    bool fresh; /* begun in this very job: whoever acts saw none */
};

err sheet_find(struct ctx *c, int64_t home, int64_t id, struct sheet_view *out);
/* The sheet of an event or a quarter; NOT_FOUND also when nobody has begun it. */
err sheet_of_event(struct ctx *c, const struct event_view *e, struct sheet_view *out);
err sheet_of_quarter(struct ctx *c, int64_t home, struct period quarter, struct sheet_view *out);

/* The same, begun when it was not. CONFLICT: the event is not closed, or the quarter is not over. INVALID: it
 * is no quarter. */
err sheet_begin_event(struct ctx *c, const struct event_view *e, struct sheet_view *out);
err sheet_begin_quarter(struct ctx *c, int64_t home, struct period quarter, struct sheet_view *out);

/* What an event sheet says, line by line, in words that never change with the language; its hash is over it.
 */
err sheet_event_content(struct ctx *c, const struct event_view *e, str *out);
/* The same of a quarter: one line for each figure with its hash. */
err sheet_quarter_content(struct ctx *c, const struct snapshot_set *set, str *out);
void sheet_hash(str content, uint8_t out[DIGEST_LEN]);

/* ---- rules (sheet_rules.sql) ---- */

/* What does not hold: which rule, of which cell or other place, and the two numbers that it compares. An
 * error keeps the sheet from the step; a warning goes on with a justification, which stays with the sheet and
 * stands for these numbers only. */
enum sheet_shows { SHEET_SHOWS_NUMBERS, SHEET_SHOWS_DAYS, SHEET_SHOWS_NOTHING };
struct sheet_finding {
    str rule, place;
    enum msg text;
    bool error;
    enum sheet_action at; /* SHEET_SUBMIT or SHEET_VERIFY */
    int64_t left, right;
    enum sheet_shows shows;
    str why; /* empty: none yet */
};
/* As it is now; also of a sheet that nobody has begun: then its row says which event or quarter, and id is 0.
 */
struct sheet_found {
    struct sheet_finding *v;
    size_t n;
    int64_t more; /* that are only counted: the sheet has too many to be told apart */
};
err sheet_findings(struct ctx *c, const struct sheet_view *v, struct sheet_found *out);
/* Answers one warning of a draft. INVALID, field "words": nothing said; CONFLICT: there is no such warning.
 */
err sheet_justify(struct ctx *c, struct sheet_view *io, str rule, str place, str why);

/* Sums that the programme's own workbook says of an event, in place of those before: one role's (sex empty),
 * one sex's (role empty), or of all who came (both empty). They are compared with the event (the rule
 * workbook_differs) and never counted, so whoever keeps them is no author of the sheet. DENIED: not hers to
 * fill in. *out_kept is false, and nothing is written, when the event is not closed or its sheet is no draft
 * any more. */
struct sheet_sum {
    str role, sex;
    int64_t people;
};
err sheet_paper_keep(struct ctx *c, const struct event_view *e, const struct sheet_sum *sums, size_t n,
                     bool *out_kept);

/* Whether this person may take a step now, for buttons; the step itself says why not. */
bool sheet_may(const struct ctx *c, const struct sheet_view *v, enum sheet_action action);
/* Before a step that a page asked for: what she had before her eyes, against what there is. `step` is the
 * step_no of the sheet, 0 when there was none; `said` the hash of what the sheet of an event or an activity
 * said (sheet_now_says), asked for before it is put forward or a warning is answered: what comes later is
 * held against what was put forward. DENIED: this step is not hers at all; CONFLICT: it is another one. */
struct sheet_seen {
    int64_t step;        /* FLOW_UNSEEN: she does not say, and is asked to look */
    const uint8_t *said; /* DIGEST_LEN bytes; NULL: the same, where it is asked for */
};
err sheet_as_seen(struct ctx *c, const struct sheet_view *v, enum sheet_action action,
                  const struct sheet_seen *seen);
/* The hash of what the sheet of an event or an activity says now. */
err sheet_now_says(struct ctx *c, const struct sheet_view *v, uint8_t out[DIGEST_LEN]);
/* submit, return, verify, lock, unlock. DENIED: not her role, not her place, or she had the sheet in her
 * hands before; CONFLICT: not in this state, a rule stops it, or what it is about changed since it was put
 * forward; INVALID (field "words"): return and unlock without a reason. */
err sheet_act(struct ctx *c, struct sheet_view *io, enum sheet_action action, str words);
/* The last step. Of a quarter `set` was counted before (snapshot_count) and `seen` is the hash of what the
 * approving person had before her eyes: CONFLICT when it is another one. Of an event set is NULL. */
err sheet_approve(struct ctx *c, struct sheet_view *io, const struct snapshot_set *set,
                  const uint8_t seen[DIGEST_LEN]);

/* Whether a district's sheets are within reach. */
err sheet_reaches(struct ctx *c, int64_t home, bool *out);
/* What a content says of one thing: "cell citizen woman" gives "30 6"; STR_NONE: nothing. */
str sheet_says(str content, str name);

err sheet_versions(struct ctx *c, const struct sheet_view *v, struct q_sheet_versions **out, size_t *out_n);
/* Closed events whose sheet is not approved; of these districts. */
err sheet_owed(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
               struct q_sheet_owed_events **out, size_t *out_n);
/* Sheets that are on their way, of any number of districts. */
err sheet_open(struct ctx *c, const int64_t *homes, size_t homes_n, struct q_sheet_open **out, size_t *out_n);

/* Completeness is put forward of expected, timeliness in time of expected; in time: by the day it was due. */
struct sheet_count {
    int64_t expected, submitted, timely, approved;
};
/* How complete a quarter is in one district, and how much of it came in time: of events that were held,
 * activities planned in it, and the sheet of the quarter itself. */
struct sheet_district {
    int64_t home;
    bool desk;                         /* a desk stands there */
    int64_t events, submitted, timely; /* sheets expected, put forward at all, and by the day they were due */
    int64_t approved;                  /* of the events */
    bool begun;                        /* there is a sheet of the quarter: */
    struct q_sheet_quarters quarter;
    struct sheet_count lines; /* Activity Monitoring Sheets */
    struct sheet_count all;   /* of events and activities, and that of the quarter once it is over */
};
/* Those of these districts that owe something: with a desk, an event or a sheet. In the order of homes. */
err sheet_districts(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                    struct sheet_district **out, size_t *out_n);

/* ---- the quarter of a province, approved in one go ---- */

struct sheet_ready {
    struct sheet_view sheet;
    struct snapshot_set set;
    uint8_t hash[DIGEST_LEN];
};
struct sheet_ready_all {
    struct sheet_ready *v;
    size_t n;
    uint8_t hash[DIGEST_LEN]; /* over those of all of them: what the approving person has before her eyes */
};
/* The slow half, on a reader: the sheets that this person may approve now, counted. */
err sheet_ready(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                struct sheet_ready_all *out);
/* In a write job: all of them or none. CONFLICT as sheet_approve(), and when there is none. */
err sheet_approve_ready(struct ctx *c, const struct sheet_ready_all *all, const uint8_t seen[DIGEST_LEN]);

/* ---- for `sunwai verify` ---- */

struct audit_report;
struct sheet_report {
    int64_t versions, figures; /* looked at */
    const char *broken;  /* the first that is not what was approved: "sheet", "figure"; or what of a sheet
                          * does not fit the audit chain (flow_report); NULL: none */
    int64_t broken_home; /* 0: nobody can say */
    int64_t broken_no;   /* the version of that sheet, or the figure's number in the district's chain */
};
/* Every approved version and figure against its hash, and all sheets with what they froze against the audit
 * chains, behind audit_verify() whose report is `chains`. CONFLICT: one is not what was approved. */
err sheet_verify(struct ctx *c, const struct audit_report *chains, struct sheet_report *out);

#endif
