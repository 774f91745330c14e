/* device_key.h: the keys that devices seal to: a new one every DEVICE_KEY_DAYS, private halves kept
 * DEVICE_KEY_KEPT_DAYS after their time.
 *
 * A private half is encrypted under a key of its own in keys.db (vault.h), so that destroying that one makes
 * everything that was ever sealed to it unreadable, also in backups that are older than their keys.
 */
#ifndef SUNWAI_DEVICE_KEY_H
#define SUNWAI_DEVICE_KEY_H

#include "device.sql.h"
#include "sealed_record.h"
#include "store.h"

enum { DEVICE_KEY_DAYS = 30, DEVICE_KEY_KEPT_DAYS = 90, DEVICE_KEY_AHEAD_DAYS = 10 };

/* In a write job: sees to it that there is one for the next days. */
err device_key_ready(struct ctx *c);
/* Those that may be sealed to now, the one that lasts longest first. */
err device_keys(struct ctx *c, struct q_device_key_open **out, size_t *out_n);
/* The pair behind a key's id. NOT_FOUND: none of ours; DENIED: its time is over for good. Wiped by the
 * caller. */
err device_key_pair(struct ctx *c, const uint8_t id[RECORD_KEY_LEN], struct record_pair *out);
/* Job: the next key in time, and the end of old ones. */
err device_key_turn(struct ctx *c, int64_t *out_done);

#endif
