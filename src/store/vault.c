/* vault.c: see vault.h.
 *
 * A sealed field is: one byte of format, 24 bytes of nonce, the ciphertext with its tag. The associated data
 * is the key number and the name of the field. A case key is unwrapped for one field and wiped: nothing of it
 * stays in memory.
 */
#include "vault.h"

#include <endian.h>
#include <sodium.h>

#include "check.h"
#include "meta.sql.h"
#include "random.h"
#include "store_inside.h"
#include "vault_open.h"

enum {
    FORMAT = 1,
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    FRONT_LEN = 1 + NONCE_LEN,
    FIELD_MAX = 64
};

struct vault {
    uint8_t master[VAULT_KEY_LEN];
    uint8_t blind[VAULT_KEY_LEN];
    uint8_t pin[VAULT_KEY_LEN];
    uint8_t wrap[VAULT_KEY_LEN];
};

/* Purposes of the vault's own and those of callers can never be the same text. */
static void derive(const uint8_t master[VAULT_KEY_LEN], str realm, str purpose, uint8_t out[VAULT_KEY_LEN])
{
    uint8_t of_realm[VAULT_KEY_LEN];
    keyed_hash(master, VAULT_KEY_LEN, realm, of_realm, sizeof of_realm);
    keyed_hash(of_realm, sizeof of_realm, purpose, out, VAULT_KEY_LEN);
    sodium_memzero(of_realm, sizeof of_realm);
}

struct vault *vault_open(const uint8_t master[VAULT_KEY_LEN])
{
    CHECK(sodium_init() >= 0);
    struct vault *v = sodium_malloc(sizeof *v); /* between guard pages, not swapped, wiped when freed */
    CHECK(v != NULL);
    memcpy(v->master, master, VAULT_KEY_LEN);
    derive(master, S("vault"), S("blind index"), v->blind);
    derive(master, S("vault"), S("pin"), v->pin);
    derive(master, S("vault"), S("wrap case keys"), v->wrap);
    return v;
}

void vault_close(struct vault *v)
{
    sodium_free(v); /* takes NULL */
}

const uint8_t *vault_wrap_key(const struct vault *v)
{
    return v->wrap;
}

void vault_check_value(const uint8_t master[VAULT_KEY_LEN], char out[HEX_OF_32])
{
    uint8_t value[32];
    derive(master, S("vault"), S("check value"), value);
    hex_of(value, sizeof value, out);
}

void vault_derive(const struct vault *v, str purpose, uint8_t out[VAULT_KEY_LEN])
{
    derive(v->master, S("purpose"), purpose, out);
}

void vault_blind(const struct vault *v, str kind, str normal, uint8_t out[BLIND_LEN])
{
    uint8_t of_kind[VAULT_KEY_LEN];
    keyed_hash(v->blind, sizeof v->blind, kind, of_kind, sizeof of_kind);
    keyed_hash(of_kind, sizeof of_kind, normal, out, BLIND_LEN);
    sodium_memzero(of_kind, sizeof of_kind);
}

static _Thread_local int64_t read_here;

int64_t vault_opened(void)
{
    return read_here;
}

void vault_pin(const struct vault *v, str ref_digits, int64_t generation, char out[PIN_LEN])
{
    uint8_t of_ref[VAULT_KEY_LEN], bytes[16];
    read_here++;
    const uint64_t counter = htobe64((uint64_t)generation);
    keyed_hash(v->pin, sizeof v->pin, ref_digits, of_ref, sizeof of_ref);
    keyed_hash(of_ref, sizeof of_ref, (str){(const char *)&counter, sizeof counter}, bytes, sizeof bytes);
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    number = be64toh(number) % 1000000; /* of 2^64: no digit is favoured by more than 10^-13 */
    for (int i = PIN_LEN - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
    sodium_memzero(of_ref, sizeof of_ref);
    sodium_memzero(bytes, sizeof bytes);
}

/* ---- keys of cases ---- */

err vault_key_take(struct ctx *c, int64_t *out_key_no)
{
    struct writer *w = writer_of(c);
    int64_t no = 0, reserved = 0;
    TRY(keys_take(c->store->keys, c->db, &no, &reserved));
    if (no > w->marks.key_reserved) {
        /* Should keys.db be restored from an older copy, its numbers go on behind what stands here. */
        TRY(q_mark_put(
            c->db, &(struct q_mark_put_in){.mark_name = S("key"), .chain_no = w->chain, .mark_no = reserved},
            NULL));
        w->marks.key_reserved = reserved;
    }
    *out_key_no = no;
    return OK;
}

static err doom(struct ctx *c, int64_t key_no, bool now)
{
    struct writer *w = writer_of(c);
    TRY(q_destroyed_key_add(c->db, key_no, c->now_ms, NULL));
    /* The key itself goes when this transaction is durable, and at the next start if that is cut short. */
    if (w->marks.doomed_n == w->doomed_room) {
        w->doomed_room = w->doomed_room == 0 ? 16 : w->doomed_room * 2;
        w->doomed = mem_grow(w->doomed, w->doomed_room * sizeof w->doomed[0]);
    }
    w->doomed[w->marks.doomed_n++] = key_no;
    w->marks.doomed_now = w->marks.doomed_now || now;
    return OK;
}

err vault_destroy(struct ctx *c, int64_t key_no)
{
    return doom(c, key_no, true);
}

err vault_retire(struct ctx *c, int64_t key_no)
{
    return doom(c, key_no, false);
}

/* ---- fields ---- */

struct bound {
    uint8_t bytes[8 + FIELD_MAX];
    size_t n;
};

static struct bound bound_to(int64_t key_no, str field)
{
    CHECK(field.n > 0 && field.n <= FIELD_MAX); /* a static name of a column */
    struct bound b = {.n = 8 + field.n};
    const uint64_t no = htobe64((uint64_t)key_no);
    memcpy(b.bytes, &no, 8);
    memcpy(b.bytes + 8, field.p, field.n);
    return b;
}

err vault_seal(struct ctx *c, int64_t key_no, str field, str plain, str *out_sealed)
{
    const struct bound b = bound_to(key_no, field);
    uint8_t *sealed = arena_try(c->arena, FRONT_LEN + plain.n + TAG_LEN);
    if (sealed == NULL) {
        return FAIL(LIMIT);
    }
    uint8_t key[CASE_KEY_LEN];
    TRY(keys_get(c->store->keys, key_no, key, c->fail));
    sealed[0] = FORMAT;
    random_bytes(sealed + 1, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + FRONT_LEN, NULL, (const uint8_t *)plain.p, plain.n,
                                               b.bytes, b.n, NULL, sealed + 1, key);
    sodium_memzero(key, sizeof key);
    *out_sealed = (str){(const char *)sealed, FRONT_LEN + plain.n + TAG_LEN};
    return OK;
}

err vault_unseal(struct ctx *c, int64_t key_no, str field, str sealed, str *out_plain)
{
    const struct bound b = bound_to(key_no, field);
    uint8_t key[CASE_KEY_LEN];
    read_here++;
    TRY(keys_get(c->store->keys, key_no, key, c->fail));
    const uint8_t *in = (const uint8_t *)sealed.p;
    const bool whole = sealed.n >= FRONT_LEN + TAG_LEN && in[0] == FORMAT;
    const size_t n = whole ? sealed.n - FRONT_LEN - TAG_LEN : 0;
    uint8_t *plain = arena_try(c->arena, n + 1);
    const bool opened =
        whole && plain != NULL &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, in + FRONT_LEN, sealed.n - FRONT_LEN,
                                                   b.bytes, b.n, in + 1, key) == 0;
    sodium_memzero(key, sizeof key);
    if (plain == NULL) {
        return FAIL(LIMIT);
    }
    if (!opened) {
        return fail_log(c->fail, ERR_IO, "sealed %.*s under case key %lld was tampered with", STR_F(field),
                        (long long)key_no);
    }
    *out_plain = (str){(const char *)plain, n};
    return OK;
}
