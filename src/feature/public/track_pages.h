/* track_pages.h: looking a complaint up, for the table of routes. */
#ifndef SUNWAI_TRACK_PAGES_H
#define SUNWAI_TRACK_PAGES_H

#include "web.h"

enum { TRACK_INPUTS = 2, OPENED_INPUTS = 2, STATUS_INPUTS = 8 };
extern const struct input track_inputs[TRACK_INPUTS];
extern const struct input opened_inputs[OPENED_INPUTS];
extern const struct input status_inputs[STATUS_INPUTS];

err show_track(struct web *w);
err write_track(struct ctx *c, const struct given *in, struct receipt *out);
err answer_track(struct web *w);
err show_opened(struct web *w);
err write_status(struct ctx *c, const struct given *in, struct receipt *out);
err show_status_again(struct web *w);
err answer_status(struct web *w);
err show_track_start(struct web *w); /* somebody came to an action by its address */

#endif
