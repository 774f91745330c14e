/* away_pages.h: where a number stands that a device or pad gave out and that has no case yet.
 *
 * For the desk of the district, its supervisor and ADC; to anybody else it is no number at all. What became
 * of a record is said, nothing of what is in it.
 */
#ifndef SUNWAI_AWAY_PAGES_H
#define SUNWAI_AWAY_PAGES_H

#include "case.h"
#include "list_models.h"
#include "web.h"

/* Sets m->away and m->away_to, where `typed` is such a number. */
err list_away(struct web *w, str typed, struct list_view *m);

#endif
