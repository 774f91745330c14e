/* file_pages.h: filing at the desk: the form, what is read back, and the forms that are kept. */
#ifndef SUNWAI_FILE_PAGES_H
#define SUNWAI_FILE_PAGES_H

#include "case_write.h"
#include "desk.h"
#include "desk_models.h"
#include "web.h"

enum desk_input { D_STEP = F_N, D_DRAFT, D_SAID, D_AGREED, D_POINTED, D_PHOTOS, D_VOICE, D_PDF, D_INPUTS };
extern const struct input desk_inputs[D_INPUTS];
enum { KEEP_INPUTS = D_DRAFT + 1 };
extern const struct input keep_inputs[KEEP_INPUTS];

/* Which of the steps a form asks for. */
enum desk_step { DESK_CHECK, DESK_REGISTER, DESK_CHANGE };

/* The fields of the form but for what stands in tables: `w` is the route's own, or one like it. */
err file_fields_fill(struct web *w, struct file_view *m);

err show_file(struct web *w);
err prepare_file(struct web *w);
err write_file(struct ctx *c, const struct given *in, struct receipt *out);
err answer_file(struct web *w);

/* For another form with the same inputs (F_SERVICE … F_N - 1 of its own list): its fields; what cannot be
 * skipped; and whether a service is only pointed to. */
err file_form_fill(struct web *w, struct file_view *m);
void file_consent_asked(struct web *w);
err file_matter_asked(struct web *w);
err file_pointed(struct ctx *c, str service, bool *out);

err show_keep(struct web *w);
err write_keep(struct ctx *c, const struct given *in, struct receipt *out);
err answer_keep(struct web *w);
extern const struct input drop_inputs[1];
err write_drop(struct ctx *c, const struct given *in, struct receipt *out);

/* "There is an unfinished form of 10:42", of this account. */
err unfinished_fill(struct web *w, struct unfinished_list *out);

/* What was typed, as a draft keeps it: name and value of each input, and back. */
err form_text(struct arena *a, const struct input *inputs, const struct given *in, str *out);
void form_of_text(str text, struct given *in);

/* said_pages.c: what is read back. */
err show_said(struct web *w);
/* Stands for what was typed, but for the papers: what was read is what is registered. */
str said_digest(struct arena *a, const struct given *in);

/* What was registered about this very desk or its host: number and PIN, and nothing else. */
err answer_past(struct web *w);
enum { PAST_INPUTS = 1 };
extern const struct input past_inputs[PAST_INPUTS];
err show_past(struct web *w);
err look_past(struct ctx *c, const struct given *in, struct audit_entry *io);

#endif
