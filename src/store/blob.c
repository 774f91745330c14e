/* blob.c: see blob.h. A part is XChaCha20-Poly1305 under the blob's own key; its nonce is its number and
 * whether it is the last, which is safe because no key seals two blobs. */
#include "blob.h"

#include <sodium.h>

#include "blob.sql.h"
#include "random.h"

enum {
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    STORED_MAX = 64 * 1024,
    PLAIN_MAX = STORED_MAX - TAG_LEN,
    PARTS_MAX = BLOB_MAX / PLAIN_MAX + 1,
    PARTS_AT_ONCE = 8
};

static void nonce_of(size_t part, bool last, uint8_t out[NONCE_LEN])
{
    memset(out, 0, NONCE_LEN);
    for (size_t i = 0; i < 4; i++) {
        out[i] = (uint8_t)(part >> 8 * i & 0xff);
    }
    out[4] = last;
}

err blob_seal(str plain, struct blob *out)
{
    if (plain.n == 0 || plain.n > BLOB_MAX) {
        return FAIL(LIMIT);
    }
    *out = (struct blob){.sealed = buf_new(BLOB_MAX + PARTS_MAX * TAG_LEN)};
    random_bytes(out->key, sizeof out->key);
    uint8_t *part = mem_new(STORED_MAX);
    for (size_t at = 0, no = 0; at < plain.n; at += PLAIN_MAX, no++) {
        const str piece = str_sub(plain, at, PLAIN_MAX);
        uint8_t nonce[NONCE_LEN];
        nonce_of(no, at + piece.n == plain.n, nonce);
        crypto_aead_xchacha20poly1305_ietf_encrypt(part, NULL, (const uint8_t *)piece.p, piece.n, NULL, 0,
                                                   NULL, nonce, out->key);
        buf_put(&out->sealed, (str){(const char *)part, piece.n + TAG_LEN});
    }
    mem_free(part);
    content_hash(buf_str(&out->sealed), out->hash);
    return OK;
}

void blob_free(struct blob *b)
{
    sodium_memzero(b->key, sizeof b->key);
    buf_free(&b->sealed);
}

err blob_put(struct ctx *c, int64_t home, const struct blob *b, int64_t *out_id)
{
    const str all = buf_str(&b->sealed);
    const int64_t id = id_next(c);
    for (size_t at = 0, no = 0; at < all.n; at += STORED_MAX, no++) {
        const struct q_blob_part_add_in row = {
            .home = home, .blob_id = id, .part_no = (int64_t)no, .part_enc = str_sub(all, at, STORED_MAX)};
        TRY(q_blob_part_add(c->db, &row, NULL));
    }
    *out_id = id;
    return OK;
}

err blob_remove(struct ctx *c, int64_t home, int64_t id)
{
    return q_blob_remove(c->db, home, id, NULL);
}

/* What walks over the parts as they are stored. */
struct walk {
    err (*take)(struct walk *w, str stored, size_t no, bool last);
    const uint8_t *key;
    struct buf *out;
    uint8_t *plain;
    crypto_generichash_state hash;
    struct fail *fail;
};

/* A part that is not full is the last; behind a full one nothing may come either. */
static err parts_walk(struct ctx *c, int64_t home, int64_t id, struct walk *w)
{
    int64_t after = -1;
    bool ended = false;
    for (;;) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct q_blob_parts *rows;
        size_t n;
        /* One more than is taken: so that the last is known as such. */
        const struct q_blob_parts_in in = {
            .home = home, .blob_id = id, .part_after = after, .limit = PARTS_AT_ONCE + 1};
        TRY(q_blob_parts(c->db, c->arena, &in, &rows, &n));
        const bool more = n > PARTS_AT_ONCE;
        for (size_t i = 0; i < (more ? PARTS_AT_ONCE : n); i++) {
            ended = !more && i + 1 == n;
            if (rows[i].part_no != ++after) {
                return fail_log(w->fail, ERR_IO, "a part of blob %lld is missing", (long long)id);
            }
            TRY(w->take(w, rows[i].part_enc, (size_t)after, ended));
        }
        arena_reset(c->arena, mark);
        if (!more) {
            return ended ? OK : FAIL(NOT_FOUND);
        }
    }
}

static err part_open(struct walk *w, str stored, size_t no, bool last)
{
    uint8_t nonce[NONCE_LEN];
    nonce_of(no, last, nonce);
    const bool whole =
        stored.n > TAG_LEN && stored.n <= STORED_MAX &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(w->plain, NULL, NULL, (const uint8_t *)stored.p, stored.n,
                                                   NULL, 0, nonce, w->key) == 0;
    if (!whole) {
        return fail_log(w->fail, ERR_IO, "part %zu of a blob was tampered with", no);
    }
    buf_put(w->out, (str){(const char *)w->plain, stored.n - TAG_LEN});
    return w->out->full ? FAIL(LIMIT) : OK;
}

err blob_read(struct ctx *c, int64_t home, int64_t id, const uint8_t key[BLOB_KEY_LEN], struct buf *out)
{
    struct walk w = {
        .take = part_open, .key = key, .out = out, .plain = mem_new(STORED_MAX), .fail = c->fail};
    const err e = parts_walk(c, home, id, &w);
    mem_free(w.plain);
    return e;
}

static err part_hash(struct walk *w, str stored, size_t no, bool last)
{
    (void)no;
    (void)last;
    crypto_generichash_update(&w->hash, (const uint8_t *)stored.p, stored.n);
    return OK;
}

err blob_hash(struct ctx *c, int64_t home, int64_t id, uint8_t out[BLOB_HASH_LEN])
{
    struct walk w = {.take = part_hash, .fail = c->fail};
    crypto_generichash_init(&w.hash, NULL, 0, BLOB_HASH_LEN);
    TRY(parts_walk(c, home, id, &w));
    crypto_generichash_final(&w.hash, out, BLOB_HASH_LEN);
    return OK;
}
