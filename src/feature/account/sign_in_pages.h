/* sign_in_pages.h: the routes of signing in and out and of one's own password, for the feature's table. */
#ifndef SUNWAI_SIGN_IN_PAGES_H
#define SUNWAI_SIGN_IN_PAGES_H

#include "web.h"

extern const struct input sign_in_inputs[], next_inputs[], first_inputs[], code_inputs[], change_inputs[];
enum { NEXT_INPUTS_N = 1, SIGN_IN_INPUTS_N = 4, FIRST_INPUTS_N = 4, CODE_INPUTS_N = 3, CHANGE_INPUTS_N = 3 };

err sign_in_show(struct web *w); /* GET /login */
err sign_in_post(struct web *w); /* POST /login */
err first_post(struct web *w);   /* POST /login/password: her own, after signing in with a one-time code */
err code_show(struct web *w);    /* GET /login/code */
err code_post(struct web *w);    /* POST /login/code: code and password in one step */
err sign_out_post(struct web *w);

/* account_pages.c: back to /account, which says what was done: the receipt's status */
err own_answer(struct web *w);

/* own_password_pages.c: /account/password */
err change_show(struct web *w);
err change_prepare(struct web *w);
err change_write(struct ctx *c, const struct given *in, struct receipt *out);
err change_answer(struct web *w);
/* A field for a new password; `input` is one of the route's. */
struct field_view password_field(struct web *w, size_t input);

#endif
