/* intake_targets.h: targets of a plan's draft from a table, and the table to begin with.
 *
 * Columns: indicator (its number in the plan, its code or its title), unit (code or name), period (the year,
 * a quarter of it, or the calendar or project year that begins in it), role and sex where the target is of
 * some people only, target. A row without a target leaves what there is. All rows are taken, or none.
 */
#ifndef SUNWAI_INTAKE_TARGETS_H
#define SUNWAI_INTAKE_TARGETS_H

#include "intake.h"
#include "plan.h"

enum targets_column { TC_INDICATOR, TC_UNIT, TC_PERIOD, TC_ROLE, TC_SEX, TC_TARGET, TC_N };
extern const struct intake_column targets_columns[TC_N];

struct targets_read {
    struct intake table; /* with its faults: then nothing may be written */
    size_t which;        /* of the grids */
    struct plan_target_edit *v;
    size_t n;
};
err targets_read(struct ctx *c, const struct planned *v, const struct grid *grids, size_t n,
                 struct targets_read *out);
/* In a write job: read again, and written. CONFLICT: it does not fit any more; DENIED, CONFLICT as
 * plan_target_put(). *out_n: how many targets. */
err targets_take(struct ctx *c, struct planned *io, str rows, int64_t *out_n);

/* The table to begin with: each indicator of the plan in each quarter, with the targets that there are. */
struct targets_row {
    int64_t indicator; /* number */
    str title;         /* for whoever reads it */
    str unit, role, sex;
    int64_t quarter; /* as plan_target_period() has it */
    struct opt_i64 n;
};
err targets_template(struct ctx *c, const struct planned *v, struct targets_row **out, size_t *out_n);

#endif
