/* pad_pages.h: the pages of paper among themselves. */
#ifndef SUNWAI_PAD_PAGES_H
#define SUNWAI_PAD_PAGES_H

#include "case_write.h"
#include "pad.h"
#include "web.h"

struct url pad_url(struct web *w, str code, str rest);

/* print_pages.c: a pad as a PDF, each form with number and slip; and what is printed without numbers. */
enum { PRINT_INPUTS = 1, REGISTER_INPUTS = 3, REGISTERS = 6 };
extern const struct input print_inputs[PRINT_INPUTS];
err show_pad_print(struct web *w);
err look_pad(struct ctx *c, const struct given *in, struct audit_entry *io);

extern const struct input register_inputs[REGISTER_INPUTS];
err show_register(struct web *w);
/* Code and title of each. */
struct register_name {
    str code;
    enum msg title;
};
extern const struct register_name register_names[REGISTERS];

#endif
