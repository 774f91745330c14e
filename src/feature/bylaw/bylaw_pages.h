/* bylaw_pages.h: what the pages of a by-law and its paper share. */
#ifndef SUNWAI_BYLAW_PAGES_H
#define SUNWAI_BYLAW_PAGES_H

#include "bylaw_models.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { BYLAW_CODE_MAX = 60 };
extern const struct input bylaw_paper_inputs[1]; /* its code */
err show_bylaw_paper(struct web *w);
err show_bylaw_pdf(struct web *w);
err show_bylaw_docx(struct web *w);
struct bylaw_view;
/* "/bylaws/BL-PK526-001" and what follows. */
struct url bylaw_url(struct web *w, str code, str rest);
/* What is known of one: council, model (which is nothing for its paper), consultation, resolution, seats. */
err bylaw_facts(struct web *w, const struct bylaw_view *v, bool paper, struct facts_view *out);

#endif
