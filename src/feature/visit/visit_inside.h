/* visit_inside.h: what the rules of a desk share among themselves. */
#ifndef SUNWAI_VISIT_INSIDE_H
#define SUNWAI_VISIT_INSIDE_H

#include "visit.h"

/* One more (or, with n below zero, fewer) in the figures of this month. kind and sex may be empty. */
err figure_note(struct ctx *c, const struct visit_desk *d, str figure, str kind, str sex, int64_t n);
/* Who did what at a desk, into the audit chain. */
err desk_note(struct ctx *c, const struct visit_desk *d, str event);
/* The number that was waiting or called is served or gone. CONFLICT otherwise. */
err token_end(struct ctx *c, const struct visit_desk *d, int64_t no, str how);
/* What a record says that came before: CONFLICT when it said something else. */
err record_same(struct ctx *c, bool same);
bool visit_code_in(str code, const char *const *codes);

#endif
