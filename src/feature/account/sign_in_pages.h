/* sign_in_pages.h: the routes of signing in and out, for the feature's table. */
#ifndef SUNWAI_SIGN_IN_PAGES_H
#define SUNWAI_SIGN_IN_PAGES_H

#include "web.h"

extern const struct input sign_in_inputs[], next_inputs[];
enum { NEXT_INPUTS_N = 1, SIGN_IN_INPUTS_N = 3 };

err sign_in_show(struct web *w); /* GET /login */
err sign_in_post(struct web *w); /* POST /login */
err sign_out_post(struct web *w);

#endif
