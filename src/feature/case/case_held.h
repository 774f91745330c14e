/* case_held.h: which number a new case gets: one nobody has yet, or one that was drawn ahead for whoever
 * files it (case.h, "numbers drawn ahead"). In a write job. */
#ifndef SUNWAI_CASE_HELD_H
#define SUNWAI_CASE_HELD_H

#include "case.h"

/* LIMIT: none was free in as many draws as are tried. */
err ref_draw(struct ctx *c, case_ref *out);
/* n->ref, where n->hold holds it for this district. INVALID with field "ref": he does not, or it was barred;
 * CONFLICT with the same: it has a case. */
err held_take(struct ctx *c, const struct case_new *n, int64_t home, case_ref *out);

#endif
