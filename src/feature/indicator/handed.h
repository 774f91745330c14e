/* handed.h: which figures an earlier programme handed down: its totals are as it reported them, how they
 * spread over districts, days, services and states is illustrative, and every way out says so.
 *
 * Known by what the records themselves say: gatherings that were imported, and complaints whose end the
 * programme reported (those as approved). A figure of events is handed down where such a gathering is in it,
 * a figure of cases where such complaints were filed in the same district and month.
 */
#ifndef SUNWAI_HANDED_H
#define SUNWAI_HANDED_H

#include "handed.sql.h"
#include "indicator.h"

struct handed {
    struct q_handed_down *rows;
    size_t n;
};
/* Of these districts, of all time; lives in c->arena. */
err handed_read(struct ctx *c, const int64_t *homes, size_t homes_n, struct handed *out);
/* Whether a figure of these districts and months is; i NULL: any figure. */
bool handed_down(const struct handed *h, const struct indicator *i, const int64_t *homes, size_t homes_n,
                 struct period p);

#endif
