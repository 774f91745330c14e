/* oversight_pages.h: the pages of this feature among themselves. */
#ifndef SUNWAI_OVERSIGHT_PAGES_H
#define SUNWAI_OVERSIGHT_PAGES_H

#include "web.h"

enum { PROBLEMS_INPUTS = 5 };
extern const struct input problems_inputs[PROBLEMS_INPUTS];
err show_problems(struct web *w);
err show_problems_file(struct web *w);

/* How many directions of events are open and late, for whoever asks; empty: none. */
err directions_words(struct web *w, str *out);

enum { DIGEST_INPUTS = 1 };
extern const struct input digest_inputs[DIGEST_INPUTS];
err show_digest(struct web *w);

#endif
