/* digest.c: SHA-256 by libsodium. */
#include "digest.h"

#include <stdarg.h>
#include <stdio.h>
#include <sodium.h>

#include "check.h"

enum { LINE_MAX_BYTES = 512 };

void digest_begin(struct digest *d)
{
    crypto_hash_sha256_init(&d->state);
}

void digest_put(struct digest *d, str s)
{
    crypto_hash_sha256_update(&d->state, (const unsigned char *)(s.p != NULL ? s.p : ""), s.n);
}

void digest_printf(struct digest *d, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    CHECK(n >= 0 && (size_t)n < sizeof line);
    digest_put(d, (str){line, (size_t)n});
}

void digest_end(struct digest *d, uint8_t out[DIGEST_LEN])
{
    crypto_hash_sha256_final(&d->state, out);
}

void digest_hex(const uint8_t hash[DIGEST_LEN], char out[DIGEST_HEX + 1])
{
    (void)sodium_bin2hex(out, DIGEST_HEX + 1, hash, DIGEST_LEN);
}
