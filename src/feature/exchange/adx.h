/* adx.h: approved figures as ADX (IHE QRPH Aggregate Data Exchange, urn:ihe:qrph:adx:2015), as DHIS2 and
 * others take them.
 *
 * One group for each district and approved quarter: orgUnit its P-code, period as ISO 8601 (2026-07-01/P3M),
 * completeDate the day of approval. Data elements are the codes of indicators; of a ratio there are two,
 * CODE_num and CODE_den, never a percentage. Breakdowns are elements of their own, CODE_people with ROLE and
 * SEX and CODE_parts with PART, because elsewhere an element has either categories or none. What is not there
 * was not stated: it is not nought. Breakdowns that are too small stay out, as everywhere
 * (exchange_figures.h).
 */
#ifndef SUNWAI_ADX_H
#define SUNWAI_ADX_H

#include "exchange_figures.h"
#include "xml.h"

/* Quarters that lie in the period. LIMIT: it outgrew `out`. */
err adx_write(struct ctx *c, const struct exchange_ask *ask, struct buf *out);
/* The code lists beside it, as a table of list, code and names: indicators and their elements, roles, sexes,
 * the parts that occur in approved figures, units. */
err adx_codes(struct ctx *c, struct buf *out);

#endif
