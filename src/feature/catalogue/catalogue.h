/* catalogue.h: what a case can be about, how long it may take, who answers for it.
 *
 * Limits are calendar days, in force by day of filing, with the law or policy they come from and a mark when
 * nobody has verified that yet.
 */
#ifndef SUNWAI_CATALOGUE_H
#define SUNWAI_CATALOGUE_H

#include "catalogue.sql.h"
#include "store.h"

err catalogue_list(struct ctx *c, struct q_service_all **out, size_t *out_n);
err catalogue_find(struct ctx *c, str code, struct q_service_by_code *out); /* NOT_FOUND */
/* Whether a matter of this sensitivity is taken down at all. X (violence, harassment, inheritance …) is only
 * pointed to until it has a sealed space of its own: its words must reach no table, index, slip, message,
 * export or log. */
bool catalogue_takes_down(str sensitivity);
/* The term in force on a local day; NOT_FOUND when there is none. */
err catalogue_term(struct ctx *c, int64_t service, int64_t day, struct q_service_term_on *out);
/* The body that answers, looked for in the unit and then up the tree; NOT_FOUND when nobody does. */
err catalogue_body(struct ctx *c, int64_t service, int64_t unit, int64_t *out_body);

#endif
