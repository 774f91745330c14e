/* case_show.h: the page of one case, for the files that write its parts: case_pages.c (the page and its
 * routes), case_facts_pages.c (what is known), case_acts_pages.c (what can be done). */
#ifndef SUNWAI_CASE_SHOW_H
#define SUNWAI_CASE_SHOW_H

#include "case_models.h"
#include "case_parts.h"
#include "case_write.h"
#include "web.h"

/* The words of each action stand under a name of their own, for all forms stand on one page. */
enum {
    S_ASK = A_N,
    S_REPORT,
    S_ANSWER,
    S_REOPEN,
    S_WITHDRAW,
    S_REJECT,
    S_COMMENT,
    S_AMEND,
    S_WRONG,
    S_VISIT,
    ACT_PAGE_INPUTS
};
extern const struct input act_inputs[ACT_PAGE_INPUTS];
/* Of the page itself. */
enum { SHOW_REF, SHOW_DONE, SHOW_ACT, SHOW_INPUTS };

/* The input in which an action's words are written; SIZE_MAX: it has none. */
size_t act_words_input(unsigned action);

/* m->facts, papers, identity, about, signatories. */
err show_facts(struct web *w, const struct case_view *v, struct show_view *m);
/* m->acts, typed. */
err show_acts(struct web *w, const struct case_view *v, struct show_view *m);

#endif
