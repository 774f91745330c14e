/* report_pages.h: what the pages of this feature share: which period and unit are asked for. */
#ifndef SUNWAI_REPORT_PAGES_H
#define SUNWAI_REPORT_PAGES_H

#include "report_feature.h"
#include "report_models.h"

enum report_input { R_NAME, R_PERIOD, R_UNIT, R_VERSION, R_N };

/* From the inputs; a period that is none becomes a fault and all of them. */
void report_query_of(struct web *w, struct report_query *out);
/* The form, which leads to `path`. */
err report_ask_of(struct web *w, const struct report_query *q, str path, struct report_ask_view *out);
/* Unit and period in words; `whole`: of the whole programme. */
err report_of_words(struct web *w, const struct report_query *q, bool whole, str *out);
struct url report_url(struct web *w, str path, const struct report_query *q);

err show_figure(struct web *w);
/* An indicator over the quarters from the first to the last day of `span` (the last twenty of them), drawn
 * and as a table, into the page; of a single quarter nothing. */
err report_trend(struct web *w, const struct indicator *of, const struct report_query *q,
                 const struct id_set *homes, struct period span, struct figure_view *io);

enum { REPORT_API_ROUTES = 1 };
extern const struct route report_api_routes[REPORT_API_ROUTES];

#endif
