/* idem.h: the same write again answers with the first receipt.
 *
 * Scope is (actor, route, key); kept 30 days with a hash of the content. The receipt is a short text from
 * which the route renders its answer again: it holds no secret (a PIN is derived anew).
 */
#ifndef SUNWAI_IDEM_H
#define SUNWAI_IDEM_H

#include "store.h"

struct idem_key {
    str actor; /* "user:123", "public", "device:…" */
    str route; /* static name of the route */
    str key;   /* 1 to 64 visible ASCII */
    uint8_t content[32];
};

/* NOT_FOUND: not seen yet. CONFLICT: seen with other content. OK: *out_receipt is the first one. */
err idem_find(struct ctx *c, const struct idem_key *k, str *out_receipt);
err idem_put(struct ctx *c, const struct idem_key *k, str receipt);
err idem_expire(struct ctx *c, int64_t before_ms, int64_t *out_removed);

#endif
