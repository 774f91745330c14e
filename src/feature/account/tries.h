/* tries.h: guessing is bounded, so that a stranger who guesses shuts out nobody but himself.
 *
 * Wrong tries count for one name or number from one address (10 in an hour), for one from everywhere (a PIN
 * 40 in a day: of a million values that is one chance in 25,000; a login 100 in a day), and for one address
 * whatever it tries (200 in an hour, logins and PINs each for themselves). Many people share an address: past
 * that bound a number with fewer than three wrong PINs in the day is still answered there. An IPv6 address
 * counts with its /64. No bound is over everybody: that more than 5000 were counted in an hour is said in the
 * log, once in that hour.
 *
 * They are counted by the hour under a keyed hash of what was tried, for known and unknown ones alike, so
 * that neither the table nor the answer tells whether it exists. The address is ctx.client.
 */
#ifndef SUNWAI_TRIES_H
#define SUNWAI_TRIES_H

#include "store.h"

enum tries_kind { TRIES_LOGIN, TRIES_PIN };

/* LIMIT when one of the bounds is reached. */
err tries_allowed(struct ctx *c, enum tries_kind kind, str key);
/* One more wrong try; in a write job. What was refused is none: it was not looked at. */
err tries_note(struct ctx *c, enum tries_kind kind, str key);
/* What was counted for this key no longer counts for it; in a write job. */
err tries_forget(struct ctx *c, enum tries_kind kind, str key);
/* Those that no longer count; in a write job. */
err tries_forget_old(struct ctx *c, int64_t *out_done);

#endif
