/* replay.h: what makes a repeated write the same write: its scope, a keyed hash of its content, its receipt.
 *
 * The hash is keyed because it is kept for 30 days over texts that are easily guessed (phone numbers, PINs).
 */
#ifndef SUNWAI_REPLAY_H
#define SUNWAI_REPLAY_H

#include "raw.h"
#include "route.h"

enum { REPLAY_HASH_LEN = 32, REPLAY_KEY_LEN = 32, REPLAY_KEY_MAX = 64, RECEIPT_TEXT_MAX = 500 };

/* Over method, pattern and all names and values in sorted order, but for _key, _token and _lang, and
 * what a device says anew each time: clock and ticket. */
err replay_hash(struct arena *a, const uint8_t key[REPLAY_KEY_LEN], const struct route *route,
                const struct raws *raws, uint8_t out[REPLAY_HASH_LEN]);
bool replay_key_valid(str key); /* 1 to 64 visible ASCII */
/* BUG when a text of the receipt is longer than it promised or ref or status hold a line end. */
err receipt_write(struct arena *a, const struct receipt *r, str *out);
err receipt_read(str text, struct receipt *out); /* borrowed from text; IO when it is none of ours */

#endif
