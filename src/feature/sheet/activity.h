/* activity.h: the Activity Monitoring Sheet: how one line of a plan went, in one district and one quarter.
 *
 * What people did is computed from the events tied to the line (plan.h) and never typed: who came,
 * complaints, needs, directions. Written are only how far it is (`progress`), when it really began and ended,
 * why it is not as planned, what was delivered, a narrative, and what is to follow: by which post, until
 * when. It goes through the same steps as every sheet (sheet.h), and whoever wrote in it neither verifies nor
 * approves it.
 *
 * A line is carried by districts: a unit at or below a district means that district; a division, a province
 * or the country means those districts of it where a desk stands. The sheet belongs to the line in all
 * versions of its plan, by the line's number. It is expected for each quarter of the line's dates. Days are
 * local.
 */
#ifndef SUNWAI_ACTIVITY_H
#define SUNWAI_ACTIVITY_H

#include "activity.sql.h"
#include "place.h"
#include "plan.h"
#include "sheet.h"

enum { ACTIVITY_TEXT_MAX = 2000, ACTIVITY_FOLLOWS_MAX = 40 };

#define ACTIVITY_PROGRESSES(X)                    \
    X("planned", MSG_ACTIVITY_PROGRESS_PLANNED)   \
    X("on_track", MSG_ACTIVITY_PROGRESS_ON_TRACK) \
    X("delayed", MSG_ACTIVITY_PROGRESS_DELAYED)   \
    X("completed", MSG_ACTIVITY_PROGRESS_COMPLETED) X("cancelled", MSG_ACTIVITY_PROGRESS_CANCELLED)
enum { ACTIVITY_progress_n = 0 ACTIVITY_PROGRESSES(CASE_COUNT_ONE) };
extern const char *const activity_progress_codes[ACTIVITY_progress_n + 1];
extern const struct case_word activity_progress_words[ACTIVITY_progress_n];

/* A line of an approved plan in one district and quarter. */
struct activity {
    struct planned plan;
    struct plan_whole whole;
    const struct q_plan_actions *line;
    struct q_place_by_code unit; /* the district */
    struct period quarter;
};
/* NOT_FOUND: no such plan or line, a plan that never was in force, no quarter of its planning year, or no
 * district within reach that carries the line. */
err activity_find(struct ctx *c, str plan, int64_t line, str unit, struct period quarter,
                  struct activity *out);

/* Its sheet; NOT_FOUND also when nobody has begun it. */
err activity_sheet(struct ctx *c, const struct activity *a, struct sheet_view *out);
/* The same, begun when it was not; what was left to follow in the quarter before comes along. CONFLICT: the
 * quarter has not begun, or this version of the plan is not in force. */
err activity_begin(struct ctx *c, const struct activity *a, struct sheet_view *out);

struct activity_edit {
    int64_t seen; /* changed_n as the writer saw it; -1: not asked */
    str progress; /* of ACTIVITY_PROGRESSES; empty: not said yet */
    struct opt_i64 began, ended;
    str why, done, narrative;
};
/* Into a draft, in place of what was there; what does not fit is found by the rules, and kept until it is
 * mended. CONFLICT: somebody else wrote in it since. */
err activity_write(struct ctx *c, struct sheet_view *io, const struct activity_edit *e);

/* What is to follow. INVALID (follow_words, follow_post, follow_due): empty, or a day before the quarter.
 * LIMIT. */
err activity_follow_add(struct ctx *c, struct sheet_view *io, str words, str post, int64_t due_day);
/* It was done today, or not after all; or it was written by mistake and goes. NOT_FOUND. */
enum activity_follow { FOLLOW_DONE, FOLLOW_OPEN, FOLLOW_DROP };
err activity_follow_set(struct ctx *c, struct sheet_view *io, int64_t no, enum activity_follow how);
err activity_follows(struct ctx *c, const struct sheet_view *v, struct q_activity_follows **out,
                     size_t *out_n);

/* A value of an indicator of the plan that nothing computes (a survey's, a register's): whole numbers, of a
 * percentage both; with where it can be verified. It stands in place of what this sheet said before; without
 * a number nothing stands. INVALID (value_of, value_n, value_den, value_means); CONFLICT: the sheet of
 * another line says it already in this district and quarter. A value stands as a whole, or split by role, by
 * sex or by both, and then all of it alike: so what is told of all is the sum of its parts, and nobody is
 * counted twice (INVALID: value_role). */
struct activity_value {
    int64_t indicator; /* number */
    str role, sex;     /* empty: of all */
    struct opt_i64 n, den;
    str means;
};
err activity_value_put(struct ctx *c, const struct activity *a, struct sheet_view *io,
                       const struct activity_value *value);
err activity_values(struct ctx *c, const struct sheet_view *v, struct q_activity_values **out, size_t *out_n);
/* Whether sheets say it: one of the plan's own that nothing computes. */
bool activity_reports(const struct q_plan_indicators *i);

/* Computed: of the line's events in this district and quarter that are closed. */
struct activity_figures {
    struct q_activity_sums sums;
    struct event_cells cells; /* `named` is not told here */
};
err activity_figures(struct ctx *c, const struct activity *a, struct activity_figures *out);
/* Its events there, those to come too. */
err activity_events(struct ctx *c, const struct activity *a, struct q_activity_events **out, size_t *out_n);
/* Sheets of a line, of all quarters and districts within reach. */
err activity_sheets(struct ctx *c, const struct planned *plan, int64_t line, struct q_activity_sheets **out,
                    size_t *out_n);

/* ---- which are expected ---- */

struct activity_due {
    struct q_activity_due line;
    bool begun; /* there is a sheet: */
    struct q_activity_of_quarter sheet;
};
/* Lines that owe a sheet of this quarter, in the order of the homes given (at most ID_LIST_MAX): those whose
 * dates touch it and that are not cancelled. */
err activity_due(struct ctx *c, const int64_t *homes, size_t homes_n, struct period quarter,
                 struct activity_due **out, size_t *out_n);

#endif
