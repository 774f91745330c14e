/* new_pages.h: filing in small steps, for the table of routes. */
#ifndef SUNWAI_NEW_PAGES_H
#define SUNWAI_NEW_PAGES_H

#include "new_inside.h"

/* Of what is sent in the end: the files, which no browser would carry from page to page. */
enum { SEND_VOICE = N_ANSWERS, SEND_PHOTOS, SEND_INPUTS };
enum { NEW_INPUTS = N_INPUTS, DONE_INPUTS = 1 };
extern const struct input new_inputs[NEW_INPUTS];
extern const struct input send_inputs[SEND_INPUTS];
extern const struct input done_inputs[DONE_INPUTS];

err show_new(struct web *w);
err show_new_step(struct web *w);
err show_new_again(struct web *w);
err prepare_new(struct web *w);
err write_new(struct ctx *c, const struct given *in, struct receipt *out);
err answer_new(struct web *w);
err show_new_done(struct web *w);
err show_new_start(struct web *w); /* somebody came to a step by its address */

#endif
