/* partner_pages.h: the pages of this feature among themselves. */
#ifndef SUNWAI_PARTNER_PAGES_H
#define SUNWAI_PARTNER_PAGES_H

#include "partner.h"
#include "partner_models.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Offices of the district as choices of a select. `preset`: this person's own office is chosen to begin with.
 */
err offices_offered(struct web *w, size_t input, bool preset, struct field_view *out);
/* "/twinning/TW-PK526-001" and what stands behind it. */
struct url partner_url(struct web *w, str base, str code, str rest);

enum twinning_new_input { TN_HOST, TN_PARTNER, TN_NAME, TN_GOALS, TN_PLAN, TN_FROM, TN_TO, TN_N };
extern const struct input twinning_new_inputs[TN_N];
err show_twinning_new(struct web *w);
err write_twinning_new(struct ctx *c, const struct given *in, struct receipt *out);

enum twinning_input { TW_CODE, TW_PLANNED, TW_WHAT, TW_NO, TW_EVENT, TW_N };
extern const struct input twinning_inputs[TW_N];
err show_twinning(struct web *w);
err write_exchange(struct ctx *c, const struct given *in, struct receipt *out);
err write_held(struct ctx *c, const struct given *in, struct receipt *out);
err answer_twinning(struct web *w);

/* What the page and its papers say alike: "2 of 5 took place", and a level or a dash. */
str exchanges_words(struct web *w, const struct q_twinning_exchanges *rows, size_t n);
str level_words(struct web *w, struct opt_i64 level);

extern const struct input twinning_paper_inputs[1];
err show_agreement(struct web *w);
err show_agreement_pdf(struct web *w);
err show_agreement_docx(struct web *w);
err show_progress(struct web *w);
err show_progress_pdf(struct web *w);
err show_progress_docx(struct web *w);

enum check_input { CH_CODE, CH_PART, CH_WHEN, CH_ITEMS, CH_N = CH_ITEMS + PARTNER_item_n };
extern const struct input check_inputs[CH_N];
err show_check(struct web *w);
err write_check(struct ctx *c, const struct given *in, struct receipt *out);

enum circle_new_input { CN_KIND, CN_SERIES, CN_GOALS, CN_N };
extern const struct input circle_new_inputs[CN_N];
err show_circle_new(struct web *w);
err write_circle_new(struct ctx *c, const struct given *in, struct receipt *out);

enum circle_input { CI_CODE, CI_SIDE, CI_POST, CI_OFFICE, CI_NO, CI_N };
extern const struct input circle_inputs[CI_N];
err show_circle(struct web *w);
err write_join(struct ctx *c, const struct given *in, struct receipt *out);
err write_leave(struct ctx *c, const struct given *in, struct receipt *out);
err answer_circle(struct web *w);

#endif
