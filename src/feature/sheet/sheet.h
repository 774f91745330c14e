/* sheet.h: what is put forward, verified and approved, and becomes official by it.
 *
 * An Event Data Sheet is what an event was, computed from it: nothing on it is typed. A quarter sheet is all
 * figures of a district and a quarter of the planning year; approving it freezes them (snapshot.h). The
 * author, who verifies and who approves are three people; approving and unlocking is done at the province.
 * What an event says is compared at each step with what was put forward: when it changed in between, nobody
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

/* Whether this person may take a step now, for buttons; the step itself says why not. */
bool sheet_may(const struct ctx *c, const struct sheet_view *v, enum sheet_action action);
/* submit, return, verify, lock, unlock. DENIED: not her role, not her place, or she had the sheet in her
 * hands before; CONFLICT: not in this state, or what it is about changed since it was put forward; INVALID
 * (field "words"): return and unlock without a reason. */
err sheet_act(struct ctx *c, struct sheet_view *io, enum sheet_action action, str words);
/* The last step. Of a quarter `set` was counted before (snapshot_count) and `seen` is the hash of what the
 * approving person had before her eyes: CONFLICT when it is another one. Of an event set is NULL. */
err sheet_approve(struct ctx *c, struct sheet_view *io, const struct snapshot_set *set,
                  const uint8_t seen[DIGEST_LEN]);

err sheet_versions(struct ctx *c, const struct sheet_view *v, struct q_sheet_versions **out, size_t *out_n);
/* Closed events whose sheet is not approved; of these districts. */
err sheet_owed(struct ctx *c, const int64_t *homes, size_t homes_n, struct period p,
               struct q_sheet_owed_events **out, size_t *out_n);

#endif
