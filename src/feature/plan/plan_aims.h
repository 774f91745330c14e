/* plan_aims.h: what approved plans aim at, added up over districts and time.
 *
 * Only of indicators that are counts, of all people together: shares and medians of several places do not add
 * up, and targets by role or gender stand beside their own cells (plan_actual). Where a plan of a province
 * and one of its district aim at the same, the wider one counts; so does the year before its quarters. Of
 * years that overlap (planning, calendar and project years) the one that was asked for counts, else the
 * planning year. Targets of wholly other places or years add up: seven districts with one desk each aim at
 * seven.
 */
#ifndef SUNWAI_PLAN_AIMS_H
#define SUNWAI_PLAN_AIMS_H

#include "period.h"
#include "plan.sql.h"
#include "store.h"

struct plan_aim {
    const struct q_plan_aims *row;
    const int64_t *homes; /* the districts of its unit, ascending */
    size_t homes_n;
    bool counted; /* while plan_aimed() adds up */
};
struct plan_aims {
    struct plan_aim *v;
    size_t n;
};
/* Those whose districts are all among these, ascending; lives in c->arena. */
err plan_aims(struct ctx *c, const int64_t *homes, size_t homes_n, struct plan_aims *out);
/* The sum of those within a period and these districts; none: nobody aims at anything there. */
struct opt_i64 plan_aimed(const struct plan_aims *a, str indicator, const int64_t *homes, size_t homes_n,
                          struct period p);

#endif
