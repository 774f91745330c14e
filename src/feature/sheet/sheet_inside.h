/* sheet_inside.h: what the files of this feature share about its rules. */
#ifndef SUNWAI_SHEET_INSIDE_H
#define SUNWAI_SHEET_INSIDE_H

#include "audit.h"
#include "sheet.h"

/* CONFLICT, in words: a rule that stops this step does not hold, or holds back a warning without an answer.
 */
err sheet_rules_hold(struct ctx *c, const struct sheet_view *v, enum sheet_action at);
/* The answer to a warning that there is now; CONFLICT: there is none such. */
err sheet_why_keep(struct ctx *c, const struct sheet_view *v, str rule, str place, str why);

/* The seal of all that a sheet says: taken behind every change of it, by the step that changed it. Whatever
 * changes a row of a sheet takes a step behind that. */
err sheet_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out);
/* A new sheet, a draft; what was left to follow on the sheet `before` (0: none) comes along. */
err sheet_start(struct ctx *c, const struct q_sheet_add_in *in, int64_t unit, int64_t before);
/* In words, whether this person may take a step now: before anything of it is written. */
err sheet_open_for(struct ctx *c, const struct sheet_view *v, enum sheet_action action);
/* A step without words of hers; `detail` says what was changed. *io is read anew. */
err sheet_step(struct ctx *c, struct sheet_view *io, enum sheet_action action, str detail);
/* What an Activity Monitoring Sheet says: what was written, and what was computed (activity.h). */
err activity_content(struct ctx *c, const struct sheet_view *v, str *out);

#endif
