/* blob.h: bytes too long for a field (a photo, a recording), in the database in parts of at most 64 KiB.
 *
 * Each blob has a key of its own, drawn when it is sealed; whoever keeps the blob keeps that key, sealed
 * under a case key (vault_seal): when the case key is destroyed nobody reads the blob any more. So the slow
 * half (blob_seal) needs no database and runs anywhere, and the write job only inserts. A part says its
 * number and whether it is the last: none can be moved, exchanged between blobs or cut off unseen.
 */
#ifndef SUNWAI_BLOB_H
#define SUNWAI_BLOB_H

#include "buf.h"
#include "store.h"

enum { BLOB_KEY_LEN = 32, BLOB_HASH_LEN = 32, BLOB_MAX = 16 << 20 };

struct blob {
    uint8_t key[BLOB_KEY_LEN];
    uint8_t hash[BLOB_HASH_LEN]; /* of what is stored */
    struct buf sealed;
};

/* LIMIT: nothing, or above BLOB_MAX. Slow for long ones: not on an event thread. blob_free() afterwards. */
err blob_seal(str plain, struct blob *out);
void blob_free(struct blob *b); /* wipes the key; takes one that was never sealed */

/* In a write job. */
err blob_put(struct ctx *c, int64_t home, const struct blob *b, int64_t *out_id);
err blob_remove(struct ctx *c, int64_t home, int64_t id);
/* Appends to *out. NOT_FOUND: there is none; IO: it is not what was stored, or the key is another's. */
err blob_read(struct ctx *c, int64_t home, int64_t id, const uint8_t key[BLOB_KEY_LEN], struct buf *out);
/* Of what is stored now, without any key; NOT_FOUND. */
err blob_hash(struct ctx *c, int64_t home, int64_t id, uint8_t out[BLOB_HASH_LEN]);

#endif
