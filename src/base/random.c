#include "random.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <threads.h>

#include "check.h"
#include "clock.h"

static void forget_ahead(void);

static void start(void)
{
    CHECK(sodium_init() >= 0);
    CHECK(pthread_atfork(NULL, NULL, forget_ahead) == 0);
}

static void ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    CHECK(pthread_once(&once, start) == 0);
}

/* A call of the kernel for each number is a fiftieth of a page. So a thread draws some ahead, wipes what it
 * hands out, and a process that was forked draws its own. Keys are longer than what is drawn ahead for. */
enum { AHEAD = 512, AHEAD_FOR = 24 };

static thread_local uint8_t ahead[AHEAD];
static thread_local size_t ahead_n;

static void forget_ahead(void)
{
    explicit_bzero(ahead, sizeof ahead);
    ahead_n = 0;
}

void random_bytes(void *out, size_t n)
{
    ready();
    if (n > AHEAD_FOR) {
        randombytes_buf(out, n);
        return;
    }
    if (ahead_n < n) {
        randombytes_buf(ahead, sizeof ahead);
        ahead_n = sizeof ahead;
    }
    uint8_t *from = ahead + ahead_n - n;
    memcpy(out, from, n);
    explicit_bzero(from, n);
    ahead_n -= n;
}

uint32_t random_below(uint32_t bound)
{
    CHECK(bound > 0);
    ready();
    return randombytes_uniform(bound);
}

bool secret_eq(const void *a, const void *b, size_t n)
{
    return n == 0 || sodium_memcmp(a, b, n) == 0;
}

void keyed_hash(const uint8_t *key, size_t key_n, str text, uint8_t *out, size_t out_n)
{
    CHECK(key_n >= crypto_generichash_KEYBYTES_MIN && key_n <= crypto_generichash_KEYBYTES_MAX);
    CHECK(out_n >= crypto_generichash_BYTES_MIN && out_n <= crypto_generichash_BYTES_MAX);
    ready();
    CHECK(crypto_generichash(out, out_n, (const unsigned char *)text.p, text.n, key, key_n) == 0);
}

void content_hash(str bytes, uint8_t out[32])
{
    ready();
    CHECK(crypto_generichash(out, 32, (const unsigned char *)bytes.p, bytes.n, NULL, 0) == 0);
}

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void ulid_new(char out[ULID_LEN])
{
    uint8_t noise[10];
    random_bytes(noise, sizeof noise);
    uint64_t time = (uint64_t)clock_now_ms() & 0xFFFFFFFFFFFFU;
    for (int i = 9; i >= 0; i--) {
        out[i] = crockford[time & 31];
        time >>= 5;
    }
    for (size_t half = 0; half < 2; half++) { /* five bytes are eight characters */
        uint64_t bits = 0;
        for (size_t i = 0; i < 5; i++) {
            bits = bits << 8 | noise[half * 5 + i];
        }
        for (size_t i = 0; i < 8; i++) {
            out[10 + half * 8 + i] = crockford[bits >> (35 - 5 * i) & 31];
        }
    }
}

bool ulid_valid(str s)
{
    if (s.n != ULID_LEN || s.p[0] < '0' || s.p[0] > '7') {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        if (memchr(crockford, s.p[i], sizeof crockford - 1) == NULL) {
            return false;
        }
    }
    return true;
}

void hex_of(const uint8_t *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_to(str hex, uint8_t *out, size_t n)
{
    if (hex.n % 2 != 0 || hex.n / 2 != n) {
        return false;
    }
    for (size_t i = 0; i < hex.n; i++) {
        if (hex_value(hex.p[i]) < 0) {
            return false;
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = (uint8_t)(hex_value(hex.p[2 * i]) * 16 + hex_value(hex.p[2 * i + 1]));
    }
    return true;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t base64url_of(const uint8_t *bytes, size_t n, char *out)
{
    size_t at = 0;
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < n; i++) {
        bits = (bits << 8 | bytes[i]) & 0xFFFF;
        for (held += 8; held >= 6;) {
            held -= 6;
            out[at++] = base64[bits >> held & 63];
        }
    }
    if (held > 0) {
        out[at++] = base64[bits << (6 - held) & 63];
    }
    return at;
}

static int base64_value(char c)
{
    const char *hit = memchr(base64, c, sizeof base64 - 1);
    return hit == NULL ? -1 : (int)(hit - base64);
}

/* One text for each value only: bits left over must be zero, or a signed token would have twins. */
bool base64url_to(str text, uint8_t *out, size_t max, size_t *out_n)
{
    const size_t n = text.n / 4 * 3 + text.n % 4 * 3 / 4;
    if (text.n % 4 == 1 || n > max) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (base64_value(text.p[i]) < 0) {
            return false;
        }
    }
    const unsigned spare = text.n % 4 == 2 ? 4 : text.n % 4 == 3 ? 2 : 0;
    if (spare > 0 && ((unsigned)base64_value(text.p[text.n - 1]) & ((1U << spare) - 1)) != 0) {
        return false;
    }
    size_t at = 0;
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < text.n; i++) {
        bits = (bits << 6 | (uint32_t)base64_value(text.p[i])) & 0xFFFF;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[at++] = (uint8_t)(bits >> held);
        }
    }
    *out_n = at;
    return true;
}
