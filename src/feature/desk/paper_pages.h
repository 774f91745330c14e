/* paper_pages.h: what the desk gives her in the hand: number and PIN, the slip, the application on A4. */
#ifndef SUNWAI_PAPER_PAGES_H
#define SUNWAI_PAPER_PAGES_H

#include "case_write.h"
#include "web.h"

extern const struct input slip_inputs[2];
extern const struct input letter_inputs[2];
extern const struct input pin_inputs[6];

err show_letter(struct web *w);
err show_pin(struct web *w);
err write_pin(struct ctx *c, const struct given *in, struct receipt *out);
err answer_pin(struct web *w);
err show_case_filed(struct web *w);
err show_case_slip(struct web *w);

#endif
