/* iati.h: the programme as IATI activities with their results (IATI standard 2.03, iatistandard.org).
 *
 * One activity for each programme: who reports it, where, its policy markers; for each approved plan its
 * results with indicators, baselines and targets; and one result with all approved figures, by planning year
 * and since the beginning. A figure is one un-dimensioned actual, one more for each cell with its dimensions,
 * and the same by place: districts and provinces are locations with their P-code as ref, since the standard
 * has no vocabulary for P-codes. What nothing computes is told of the whole plan, as reported, with a
 * comment. tests/iati holds the official schema, code lists and rules.
 */
#ifndef SUNWAI_IATI_H
#define SUNWAI_IATI_H

#include "exchange_figures.h"
#include "handed.h"
#include "xml.h"

/* INVALID: the period is not one of whole months. LIMIT: it outgrew `out`. */
err iati_write(struct ctx *c, const struct exchange_ask *ask, struct buf *out);

/* ---- between its two files ---- */

struct iati {
    struct ctx *c;
    int64_t around; /* only plans of units in here; 0: all */
    const struct exchange_ask *ask;
    struct xml x;
    struct exchange_reach reach;
    struct exchange_periods periods;
    struct handed handed; /* what an earlier programme handed down */
};
void iati_narrative(struct xml *x, str element, str text);
void iati_words(struct xml *x, str element, enum msg id); /* in English and Urdu */
err iati_plan_put(struct iati *t, const struct q_exchange_plans *plan);
err iati_figures_put(struct iati *t);

#endif
