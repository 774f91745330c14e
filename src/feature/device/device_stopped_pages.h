/* device_stopped_pages.h: the pages of records that somebody has to look at. */
#ifndef SUNWAI_DEVICE_STOPPED_PAGES_H
#define SUNWAI_DEVICE_STOPPED_PAGES_H

#include "case_write.h"
#include "device_models.h"
#include "device_opened.h"
#include "web.h"

enum { ST_RECORD, ST_WHY, ST_MISSING, STOPPED_INPUTS };
extern const struct input stopped_inputs[STOPPED_INPUTS];
enum { SL_AGAIN, LIST_INPUTS };
extern const struct input list_inputs[LIST_INPUTS];

err show_stopped(struct web *w);
err show_stopped_one(struct web *w);
err look_stopped(struct ctx *c, const struct given *in, struct audit_entry *io);
err write_try_again(struct ctx *c, const struct given *in, struct receipt *out);
err write_let_go(struct ctx *c, const struct given *in, struct receipt *out);
err answer_tried(struct web *w);
err answer_stopped(struct web *w);
/* What it is, and why it was not taken in, in words. */
str stopped_kind(struct web *w, str code);
str stopped_why(struct web *w, str why);
/* What is in one, and whether this person reads it: the desk, or the ADC what goes past the desk. */
err stopped_open(struct ctx *c, const struct q_device_record_get *r, enum lang lang, struct opened *out,
                 bool *out_readable);

/* ---- device_said_pages.c: what is in it, in words ---- */

err stopped_said(struct web *w, const struct opened *o, struct stopped_one *m);

/* ---- device_heard_pages.c: voices and pictures that wait for one that was stopped ---- */

err stopped_files(struct web *w, const struct q_device_record_get *of, const struct heard_view **out,
                  size_t *out_n);
err show_heard(struct web *w);
err look_heard(struct ctx *c, const struct given *in, struct audit_entry *io);

/* ---- device_mend_pages.c: putting it right ---- */

enum { MEND_INPUTS = F_N + 3 };
extern const struct input mend_inputs[MEND_INPUTS];
/* Whether this person may put right what was opened. */
bool mend_may(const struct ctx *c, const struct q_device_record_get *r, const struct opened *o);
err show_mend(struct web *w);
err look_mend(struct ctx *c, const struct given *in, struct audit_entry *io);
err prepare_mend(struct web *w);
err write_mend(struct ctx *c, const struct given *in, struct receipt *out);
err answer_mend(struct web *w);

#endif
