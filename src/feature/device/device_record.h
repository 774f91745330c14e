/* device_record.h: what devices bring: sealed bytes in parts, and how far each record has come.
 *
 * A record is known by its ULID for good, so it is taken once, whoever brings it and however often. Its bytes
 * stay as they came, sealed, until it was taken (then they go), refused (until the desk has looked) or let
 * out of quarantine. What is in them is opened by the intake alone (device_intake_api.c). In write jobs,
 * but for record_read() and record_bytes().
 */
#ifndef SUNWAI_DEVICE_RECORD_H
#define SUNWAI_DEVICE_RECORD_H

#include "device.h"
#include "sealed_record.h"

enum {
    RECORD_CHUNK_MAX = 32 * 1024,
    RECORD_HASH_LEN = 32,
    RECORDS_KEPT_MAX = 3000, /* of one device, with their bytes … */
    RECORDS_BYTES_MAX = 256 << 20,
    RECORDS_ROOM = 32 << 20, /* stays free on the disk, whatever devices bring */
    RECORD_PART_DAYS = 7,    /* what did not come whole until then begins again */
    RECORD_LATE_DAYS = 60
};

struct record_part {
    str ulid;
    uint8_t hash[RECORD_HASH_LEN]; /* SHA-256 of all its sealed bytes */
    int64_t offset, total;
    str bytes;
    str clock; /* of the device, ms as text; may be empty */
};
enum record_verdict { RECORD_HAD, RECORD_GAP, RECORD_OTHER };
/* Keeps what is new of it. GAP: it begins behind what there is, or with its last byte it was not what was
 * announced, and begins again; OTHER: there is another content under this
 * ULID; nothing is kept of either. INVALID: lengths that do not fit; LIMIT: the device has too much here
 * already, or there is no room: it stays on the device. */
err record_add(struct ctx *c, const struct q_device_get *d, const struct record_part *p,
               enum record_verdict *out);

/* Parts of RECORD_PART_DAYS ago go, and the device is told so when it asks. */
err records_expire(struct ctx *c, int64_t *out_done);

err record_read(struct ctx *c, str ulid, struct q_device_record_get *out);
/* What a device may hear of: of its own desk. NOT_FOUND. */
err record_of_desk(struct ctx *c, const struct q_device_get *d, str ulid, struct q_device_record_get *out);
/* All its sealed bytes, in one piece. IO: they are not what was announced. */
err record_bytes(struct ctx *c, const struct q_device_record_get *r, str *out);

/* What can be taken in now. */
err records_next(struct ctx *c, int64_t most, struct q_device_record_get **out, size_t *out_n);

/* What was found in one that was opened. */
struct record_ended {
    str kind, of;        /* may be empty */
    str ref;             /* ten digits that it holds; may be empty */
    struct opt_i64 by;   /* whose it is */
    struct opt_i64 told; /* when it was recorded, put right */
    struct opt_i64 case_id;
    int64_t seq; /* as the device counts its records; 0: not known */
    str left;    /* what of it was left out; may be empty */
};
err record_taken(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e);
/* … after somebody put it right; changed: the names of the fields that differ from what was recorded. */
err record_mended(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                  str changed);
/* why: an identifier. Its bytes stay. */
err record_stopped(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                   bool quarantine, str why);
/* Its bytes go; it is known as refused, and why. */
err record_destroyed(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e,
                     str why);
/* The device of `teller` says that this was deleted there before it was sent: what came of it and waits, and
 * its files, are destroyed. What was taken stays, and what somebody looks at. */
err record_gone(struct ctx *c, const struct q_device_record_get *teller, str ulid);
/* It was destroyed: nothing of it stays here. */
bool record_is_no_more(const struct q_device_record_get *r);
/* What it belongs to has not come yet. */
err record_belongs(struct ctx *c, const struct q_device_record_get *r, const struct record_ended *e);

/* ---- what somebody has to look at ---- */

err records_stopped(struct ctx *c, struct q_device_record_stopped **out, size_t *out_n);
/* One of these, as this actor may see it. NOT_FOUND. */
err record_find(struct ctx *c, str ulid, struct q_device_record_get *out);
/* To be taken in again: out of quarantine by who manages devices; what was refused by the desk. */
err record_again(struct ctx *c, str ulid);
/* Not taken, for a reason that is kept; its bytes go. */
err record_drop(struct ctx *c, str ulid, str why);

#endif
