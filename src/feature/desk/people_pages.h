/* people_pages.h: finding somebody by her number. */
#ifndef SUNWAI_PEOPLE_PAGES_H
#define SUNWAI_PEOPLE_PAGES_H

#include "route.h"
#include "web.h"

extern const struct input people_inputs[2];
extern const struct input known_inputs[1];
extern const struct input open_inputs[3];
extern const struct input again_inputs[2];

err show_people(struct web *w);
err write_people(struct ctx *c, const struct given *in, struct receipt *out);
err answer_people(struct web *w);
err write_known(struct ctx *c, const struct given *in, struct receipt *out);
err answer_known(struct web *w); /* in a word, for app.js */
err write_open(struct ctx *c, const struct given *in, struct receipt *out);
err show_open(struct web *w);
err answer_open(struct web *w);
err write_again(struct ctx *c, const struct given *in, struct receipt *out);
err answer_again(struct web *w);

#endif
