/* device.h: devices of a desk that go on without a signal: enrolled, seen, revoked.
 *
 * A device belongs to a desk and is known by a cookie, of which only a hash is stored; people name it by a
 * short code. It acts for nobody by itself: what it brings says whose it is, and only who was given a pack
 * on it may be that. A desk's people see and revoke the devices of their desk, a supervisor or ADC those of
 * the district; any other is NOT_FOUND. Everything that changes something belongs in a write job, and leaves
 * a row in the audit chain.
 */
#ifndef SUNWAI_DEVICE_H
#define SUNWAI_DEVICE_H

#include "account.h"
#include "device.sql.h"
#include "store.h"

enum {
    DEVICE_TOKEN_LEN = 43, /* 32 bytes in base64url */
    DEVICE_CODE_LEN = 5,
    DEVICE_NAME_MAX = 60,
    DEVICE_WHY_MAX = 300,
    DEVICES_MAX = 200, /* of a desk, as many as are listed: those that were revoked count */
    DEVICE_COOKIE_DAYS = 730
};

/* For the actor's desk. LIMIT past DEVICES_MAX. */
err device_enrol(struct ctx *c, str name, str token, str *out_code);
/* Whose cookie it is, revoked or not. NOT_FOUND. */
err device_by_cookie(struct ctx *c, str token, struct q_device_get *out);
/* As this actor may see it. */
err device_find(struct ctx *c, str code, struct q_device_get *out);
err device_list(struct ctx *c, struct q_device_list **out, size_t *out_n);
/* CONFLICT: it was revoked before. What it brings from now on stands in quarantine. */
err device_revoke(struct ctx *c, str code, str why);

/* Its clock as it said (ms as text; empty: not said) less ours. */
int64_t device_skew(const struct ctx *c, str clock);
/* It was heard of. In a write job. */
err device_seen(struct ctx *c, const struct q_device_get *d, str clock);
/* The actor was given a pack on it: it may bring what is hers. In a write job. */
err device_given(struct ctx *c, const struct q_device_get *d);
/* A revoked device has heard that it is to forget. In a write job. */
err device_wiped(struct ctx *c, const struct q_device_get *d);
/* Somebody by her account, closed or not: for what she recorded. */
struct actor device_actor(const struct q_account_get *a);
err device_audit(struct ctx *c, const struct q_device_get *d, str event, str detail);

#endif
