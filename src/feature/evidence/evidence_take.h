/* evidence_take.h: from the files of a form to pieces that a write job adds; for pages. */
#ifndef SUNWAI_EVIDENCE_TAKE_H
#define SUNWAI_EVIDENCE_TAKE_H

#include "evidence.h"
#include "web.h"
#include "work.h"

/* In a route's `prepare`: each file of input number `input` (IN_FILES) goes to the worker and is sealed.
 * INVALID: one was refused, the words stand beside the field. When there is no worker it is kept as received,
 * and made later. What was made lives as long as the request; the write job finds it again by
 * evidence_taken(). */
err evidence_take(struct web *w, size_t input);
/* Never NULL: when no file was sent it has none. */
const struct evidence_pieces *evidence_taken(const struct given *g);

/* One file: to the worker, and sealed. INVALID: refused, *out_why says why. The piece is the caller's, also
 * when this fails. Waits: not on an event thread or in a write job. */
err evidence_make(const struct file *f, struct evidence_piece *out, enum work_why *out_why);

#endif
