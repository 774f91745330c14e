/* device_stopped_pages.h: the pages of records that somebody has to look at. */
#ifndef SUNWAI_DEVICE_STOPPED_PAGES_H
#define SUNWAI_DEVICE_STOPPED_PAGES_H

#include "web.h"

enum { ST_RECORD, ST_WHY, STOPPED_INPUTS };
extern const struct input stopped_inputs[STOPPED_INPUTS];

err show_stopped(struct web *w);
err show_stopped_one(struct web *w);
err look_stopped(struct ctx *c, const struct given *in, struct audit_entry *io);
err write_try_again(struct ctx *c, const struct given *in, struct receipt *out);
err write_let_go(struct ctx *c, const struct given *in, struct receipt *out);
err answer_stopped(struct web *w);

#endif
