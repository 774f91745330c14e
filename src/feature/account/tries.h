/* tries.h: guessing is bounded, for each name or number (from one address, and from everywhere) and in all.
 *
 * Wrong tries are counted by the hour under a keyed hash of what was tried, for known and unknown ones alike,
 * so that neither the table nor the answer tells whether it exists.
 */
#ifndef SUNWAI_TRIES_H
#define SUNWAI_TRIES_H

#include "store.h"

enum tries_kind { TRIES_LOGIN, TRIES_PIN };

/* LIMIT when there were too many wrong tries in the last sixty minutes: for this key from here, for
 * this key, or in all. */
err tries_allowed(struct ctx *c, enum tries_kind kind, str key);
/* One more wrong try; in a write job. */
err tries_note(struct ctx *c, enum tries_kind kind, str key);
/* What was counted for this key no longer counts; in a write job. */
err tries_forget(struct ctx *c, enum tries_kind kind, str key);
/* Those that no longer count; in a write job. */
err tries_forget_old(struct ctx *c, int64_t *out_done);

#endif
