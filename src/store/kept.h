/* kept.h: small answers that cost much to find and are asked for again at once (how many wait, the share of
 * women), kept in the memory of the process for a few seconds.
 *
 * Whoever keeps one names in its key everything that it depends on, besides what is in the database: whose
 * scope, which kind, which day. A struct is kept as it stands: no pointers. A table of fixed size: what is
 * pushed out or too long is asked for again. Nothing that belongs to a person is kept here.
 */
#ifndef SUNWAI_KEPT_H
#define SUNWAI_KEPT_H

#include "store.h"

enum { KEPT_KEY_MAX = 96, KEPT_VALUE_MAX = 256 };

enum kept_for {
    KEPT_UNTIL_WRITE, /* good while nothing was committed; where others may commit unseen (PostgreSQL): never
                       */
    KEPT_ANYWAY       /* a figure that may be some seconds old */
};

/* False: there is none that is at most `ms` old, or whoever asks writes, and would not see what she wrote. */
bool kept_get(const struct ctx *c, str key, enum kept_for good, int64_t ms, void *out, size_t n);
void kept_put(const struct ctx *c, str key, const void *value, size_t n);

#endif
