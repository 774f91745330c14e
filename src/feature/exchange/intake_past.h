/* intake_past.h: figures of the time before the program counted, from a table.
 *
 * Columns: indicator (code or title), unit (a district), period (a month, or a quarter of the planning year,
 * that is over), role, sex and part where the indicator is split by them, value, and of a ratio `of`. The
 * figure of a quarter stands in its last month. A sex that is not said is "not stated"; medians cannot be
 * brought in.
 *
 * What came waits until a second person verifies it, and then until a third one, above districts, takes it.
 * Then each indicator, district and quarter of it is a snapshot (snapshot_bring), with the hash of the rows
 * it came from. Where something was counted from records nothing is brought in.
 */
#ifndef SUNWAI_INTAKE_PAST_H
#define SUNWAI_INTAKE_PAST_H

#include "exchange.sql.h"
#include "intake.h"
#include "snapshot.h"

enum past_column { PC_INDICATOR, PC_UNIT, PC_PERIOD, PC_ROLE, PC_SEX, PC_PART, PC_VALUE, PC_OF, PC_N };
extern const struct intake_column past_columns[PC_N];
enum { PAST_SOURCE_MAX = 300, PAST_WHY_MAX = 500 };

/* One snapshot to be: its cells in the order of the canonical form. */
struct past_figure {
    const struct indicator *of;
    int64_t home;
    struct period quarter;
    struct figure figure;
};
struct past_read {
    struct intake table;
    size_t which;
    struct past_figure *v;
    size_t n;
};
err past_read(struct ctx *c, const struct grid *grids, size_t n, struct past_read *out);

/* In a write job: it waits from now on; `figures_n` is what past_read() found in these rows, which is not
 * done again while others wait to write: whether they still fit is asked when somebody takes them. */
err past_keep(struct ctx *c, str rows, size_t figures_n, str file_hash, str source, str *out_code);
/* Of units in her reach. */
err past_list(struct ctx *c, struct q_past_list **out, size_t *out_n);
err past_find(struct ctx *c, str code, struct q_past_get *out); /* NOT_FOUND */
/* Three people, as for sheets: one brings it in, another verifies it, a third above districts takes it.
 * Either of the last two may decline it when it is her turn. */
enum past_step { PAST_VERIFY, PAST_TAKE, PAST_DECLINE };
/* Whether she may take this step now. */
bool past_may(const struct ctx *c, const struct q_past_get *p, enum past_step step);
/* In a write job. INVALID (field "why"): declined without a reason; DENIED: she had it in her hands before,
 * or a district's taking; CONFLICT: it does not wait for this step, or its rows do not fit any more. */
err past_act(struct ctx *c, str code, enum past_step step, str why);

#endif
