/* figure_now.h: figures as they are now, for whoever looks; and any figure in words. */
#ifndef SUNWAI_FIGURE_NOW_H
#define SUNWAI_FIGURE_NOW_H

#include "indicator.h"
#include "place.h"

/* An amount as a figure says it: 391, "175 of 250 (70%)", days. Texts in isolates, for a table's cell. */
str figure_words(struct ctx *c, const struct indicator *i, int64_t num, int64_t den);
/* Of an indicator, counted now without what is closed to the actor. Figures of the time before that are in
 * force stand in it too, where there is no record of that quarter to count. *out_some is false when that
 * would be too much for a page: too many cases. */
err figure_now(struct ctx *c, const struct indicator *i, const struct id_set *homes, struct period p,
               struct figure *out, bool *out_some);

#endif
