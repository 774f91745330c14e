/* kit_pages.h: handlers that stand in other files than the routes. */
#ifndef SUNWAI_KIT_PAGES_H
#define SUNWAI_KIT_PAGES_H

#include "kit_models.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum ready_input { RI_UNIT, RI_ITEM, RI_MET, RI_DAY, RI_EVIDENCE, RI_WHO, RI_N };
extern const struct input ready_inputs[RI_N];
err show_ready(struct web *w);
err show_ready_one(struct web *w);
err write_ready(struct ctx *c, const struct given *in, struct receipt *out);
err answer_ready(struct web *w);

enum bylaw_new_input { BN_UNIT, BN_MODEL, BN_N };
extern const struct input bylaw_new_inputs[BN_N];
enum bylaw_input {
    B_CODE,
    B_DO,
    B_LANG,
    B_TITLE,
    B_WORDS,
    B_CONSULTED,
    B_AT,
    B_EVENT,
    B_ADOPTED,
    B_NUMBER,
    B_SEATS,
    B_WOMEN,
    B_COMMITTEE,
    B_COMMITTEE_WOMEN,
    B_N
};
extern const struct input bylaw_inputs[B_N];
extern const struct input bylaw_paper_inputs[1];
err show_bylaws(struct web *w);
err show_bylaw_new(struct web *w);
err write_bylaw_new(struct ctx *c, const struct given *in, struct receipt *out);
err show_bylaw(struct web *w);
err write_bylaw(struct ctx *c, const struct given *in, struct receipt *out);
err answer_bylaw(struct web *w);
err show_bylaw_paper(struct web *w);
err show_bylaw_pdf(struct web *w);
err show_bylaw_docx(struct web *w);
struct bylaw_view;
/* "/bylaws/BL-PK526-001" and what follows. */
struct url bylaw_url(struct web *w, str code, str rest);
/* What is known of one: council, model, consultation, resolution, seats. */
err bylaw_facts(struct web *w, const struct bylaw_view *v, struct facts_view *out);

#endif
