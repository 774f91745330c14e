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

#endif
