/* device_lease.h: numbers that a device carries with it: references with their PINs, and a block of the
 * tokens of an event.
 *
 * References are drawn at random and held for the device (case.h, "numbers drawn ahead"); only its records
 * may use them. Nothing that was leased once is ever given to anybody else.
 */
#ifndef SUNWAI_DEVICE_LEASE_H
#define SUNWAI_DEVICE_LEASE_H

#include "case.h"
#include "device.h"

enum {
    LEASE_REFS_MAX = CASE_HELD_ONCE,
    LEASE_TOKENS_MAX = 200,
    LEASE_DAYS = 30,
    LEASE_FREE_MAX = 600 /* references that one device carries unused */
};

struct lease {
    int64_t no;
    int64_t until_ms;
    const str *refs; /* ten digits each */
    size_t refs_n;
    str event; /* code; empty: no tokens */
    int64_t first, last;
};
/* For c->actor, in a write job. `event` may be empty, or n_tokens 0. LIMIT with field "refs": it carries too
 * many unused ones. Of an event: what day_tokens_lease() says. */
err lease_take(struct ctx *c, const struct q_device_get *d, int64_t n_refs, str event, int64_t n_tokens,
               int64_t *out_no);
err lease_read(struct ctx *c, const struct q_device_get *d, int64_t no, struct lease *out);
/* Unused numbers that it gives back: barred for good. *out_n: how many were its own and unused. */
err lease_return(struct ctx *c, const struct q_device_get *d, str refs, int64_t *out_n);

#endif
