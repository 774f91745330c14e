#include "token.h"

#include <string.h>

#include "buf.h"
#include "random.h"

enum { EXPIRY_LEN = 8, MAC_LEN = 16, HEAD_LEN = EXPIRY_LEN + MAC_LEN, SESSION_LEN = 32, SESSION_CHARS = 43 };

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
    for (int i = 0; i < EXPIRY_LEN; i++) {
        bytes[i] = (uint8_t)((uint64_t)expires_s >> (8 * (EXPIRY_LEN - 1 - i)));
    }
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
    uint64_t expires = 0;
    for (int i = 0; i < EXPIRY_LEN; i++) {
        expires = expires << 8 | bytes[i];
    }
    if ((int64_t)expires <= now_s) {
        return FAIL(INVALID);
    }
    const str kept = arena_str(a, text);
    if (kept.p == NULL) {
        return FAIL(LIMIT);
    }
    *out_text = kept;
    return OK;
}

static void session_chars(const uint8_t secret[32], char out[SESSION_CHARS + 1])
{
    uint8_t hash[SESSION_LEN];
    keyed_hash(secret, 32, S("form-token"), hash, sizeof hash);
    base64url_of(hash, sizeof hash, out);
}

str token_of_session(struct arena *a, const uint8_t secret[32])
{
    char chars[SESSION_CHARS + 1];
    session_chars(secret, chars);
    return arena_str(a, (str){chars, SESSION_CHARS});
}

bool token_is_session(const uint8_t secret[32], str token)
{
    char chars[SESSION_CHARS + 1];
    session_chars(secret, chars);
    return token.n == SESSION_CHARS && secret_eq(token.p, chars, SESSION_CHARS);
}
