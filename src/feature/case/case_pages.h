/* case_pages.h: the pages of this feature among themselves: the list, the desk, one case. */
#ifndef SUNWAI_CASE_PAGES_H
#define SUNWAI_CASE_PAGES_H

#include "case_filter.h"
#include "case_write.h"
#include "web.h"

/* "/cases/4128063359" and what stands behind it. */
struct url case_url(struct web *w, const case_ref *ref, str rest);

enum { L_PHONE_TYPED = L_N, L_MORE, CASE_LIST_INPUTS };
extern const struct input case_list_inputs[CASE_LIST_INPUTS];
err show_case_list(struct web *w);
err show_case_print(struct web *w); /* the same for paper */
err show_case_file(struct web *w);  /* and as a CSV file */

#endif
