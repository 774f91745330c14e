#include "token.h"

#include <sodium.h>
#include <string.h>
#include <threads.h>

#include "buf.h"
#include "random.h"

enum { EXPIRY_LEN = 8, MAC_LEN = 16, HEAD_LEN = EXPIRY_LEN + MAC_LEN };
enum {
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SEALED_BYTES_MAX = NONCE_LEN + EXPIRY_LEN + TOKEN_SEALED_MAX + TAG_LEN
};

static void expiry_put(int64_t expires_s, uint8_t out[EXPIRY_LEN])
{
    for (int i = 0; i < EXPIRY_LEN; i++) {
        out[i] = (uint8_t)((uint64_t)expires_s >> (8 * (EXPIRY_LEN - 1 - i)));
    }
}

static int64_t expiry_get(const uint8_t *bytes)
{
    uint64_t expires = 0;
    for (int i = 0; i < EXPIRY_LEN; i++) {
        expires = expires << 8 | bytes[i];
    }
    return (int64_t)expires;
}

static void mac_of(const uint8_t *key, str purpose, const uint8_t *expiry, str text, uint8_t out[MAC_LEN])
{
    SCOPED(buf_free) struct buf b = buf_new(purpose.n + 1 + EXPIRY_LEN + text.n);
    buf_put(&b, purpose);
    buf_putc(&b, '\0');
    buf_put(&b, (str){(const char *)expiry, EXPIRY_LEN});
    buf_put(&b, text);
    keyed_hash(key, TOKEN_KEY_LEN, buf_str(&b), out, MAC_LEN);
}

str token_make(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str text, int64_t expires_s)
{
    if (text.n > TOKEN_TEXT_MAX) {
        return STR_NONE;
    }
    uint8_t bytes[HEAD_LEN + TOKEN_TEXT_MAX];
    expiry_put(expires_s, bytes);
    mac_of(key, purpose, bytes, text, bytes + EXPIRY_LEN);
    if (text.n > 0) {
        memcpy(bytes + HEAD_LEN, text.p, text.n);
    }
    char out[(HEAD_LEN + TOKEN_TEXT_MAX + 2) / 3 * 4];
    const size_t n = base64url_of(bytes, HEAD_LEN + text.n, out);
    return arena_str(a, (str){out, n});
}

err token_read(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str token, int64_t now_s,
               str *out_text)
{
    uint8_t bytes[HEAD_LEN + TOKEN_TEXT_MAX];
    size_t n = 0;
    if (token.n == 0 || !base64url_to(token, bytes, sizeof bytes, &n) || n < HEAD_LEN) {
        return FAIL(INVALID);
    }
    const str text = {(const char *)bytes + HEAD_LEN, n - HEAD_LEN};
    uint8_t mac[MAC_LEN];
    mac_of(key, purpose, bytes, text, mac);
    if (!secret_eq(mac, bytes + EXPIRY_LEN, MAC_LEN)) {
        return FAIL(INVALID);
    }
    if (expiry_get(bytes) <= now_s) {
        return FAIL(INVALID);
    }
    const str kept = arena_str(a, text);
    if (kept.p == NULL) {
        return FAIL(LIMIT);
    }
    *out_text = kept;
    return OK;
}

/* A key for each purpose, which so need not stand in the token. */
static void seal_key_make(const uint8_t *key, str purpose,
                          uint8_t out[crypto_aead_xchacha20poly1305_ietf_KEYBYTES])
{
    SCOPED(buf_free) struct buf b = buf_new(purpose.n + 8);
    buf_put(&b, S("sealed "));
    buf_put(&b, purpose);
    keyed_hash(key, TOKEN_KEY_LEN, buf_str(&b), out, crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}

/* Each page asks for the same two or three: the last ones are remembered. */
enum { SEAL_KEYS = 8, SEAL_PURPOSE_MAX = 32 };

struct seal_key {
    size_t purpose_n; /* 0: free */
    char purpose[SEAL_PURPOSE_MAX];
    uint8_t from[TOKEN_KEY_LEN];
    uint8_t key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
};

static bool seal_key_is(const struct seal_key *k, const uint8_t *from, str purpose)
{
    return k->purpose_n == purpose.n && memcmp(k->purpose, purpose.p, purpose.n) == 0 &&
           secret_eq(k->from, from, sizeof k->from);
}

static const uint8_t *seal_key(const uint8_t *key, str purpose)
{
    static thread_local struct seal_key known[SEAL_KEYS];
    static thread_local struct seal_key other;
    static thread_local size_t next;
    for (size_t i = 0; purpose.n > 0 && i < SEAL_KEYS; i++) {
        if (seal_key_is(&known[i], key, purpose)) {
            return known[i].key;
        }
    }
    struct seal_key *k = &other;
    if (purpose.n > 0 && purpose.n <= SEAL_PURPOSE_MAX) {
        k = &known[next++ % SEAL_KEYS];
        memcpy(k->purpose, purpose.p, purpose.n);
        memcpy(k->from, key, sizeof k->from);
        k->purpose_n = purpose.n;
    }
    seal_key_make(key, purpose, k->key);
    return k->key;
}

str token_seal(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str text, int64_t expires_s)
{
    if (text.n > TOKEN_SEALED_MAX) {
        return STR_NONE;
    }
    const size_t plain_n = EXPIRY_LEN + text.n;
    const size_t sealed_n = NONCE_LEN + plain_n + TAG_LEN;
    uint8_t *plain = arena_try(a, plain_n);
    uint8_t *sealed = arena_try(a, sealed_n);
    char *out = arena_try(a, (sealed_n + 2) / 3 * 4);
    if (plain == NULL || sealed == NULL || out == NULL) {
        return STR_NONE;
    }
    expiry_put(expires_s, plain);
    if (text.n > 0) {
        memcpy(plain + EXPIRY_LEN, text.p, text.n);
    }
    const uint8_t *own_key = seal_key(key, purpose);
    random_bytes(sealed, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_LEN, NULL, plain, plain_n, NULL, 0, NULL,
                                               sealed, own_key);
    return (str){out, base64url_of(sealed, sealed_n, out)};
}

err token_unseal(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str token, int64_t now_s,
                 str *out_text)
{
    if (token.n == 0 || token.n > ((size_t)SEALED_BYTES_MAX + 2) / 3 * 4) {
        return FAIL(INVALID);
    }
    uint8_t *sealed = arena_try(a, token.n);
    uint8_t *plain = arena_try(a, token.n);
    if (sealed == NULL || plain == NULL) {
        return FAIL(LIMIT);
    }
    size_t n = 0;
    if (!base64url_to(token, sealed, token.n, &n) || n < NONCE_LEN + TAG_LEN + EXPIRY_LEN) {
        return FAIL(INVALID);
    }
    const uint8_t *own_key = seal_key(key, purpose);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed + NONCE_LEN,
                                                                  n - NONCE_LEN, NULL, 0, sealed, own_key);
    if (opened != 0 || expiry_get(plain) <= now_s) {
        return FAIL(INVALID);
    }
    *out_text = (str){(const char *)plain + EXPIRY_LEN, n - NONCE_LEN - TAG_LEN - EXPIRY_LEN};
    return OK;
}
