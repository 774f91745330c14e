/* digest.h: SHA-256 (FIPS 180-4) over a text that is written piece by piece: what stands for an approved
 * figure outside this program, so that anybody can compute it again. Inside, rows are bound by seals
 * (audit.h). */
#ifndef SUNWAI_DIGEST_H
#define SUNWAI_DIGEST_H

#include <sodium/crypto_hash_sha256.h>

#include "str.h"

enum { DIGEST_LEN = 32, DIGEST_HEX = 64 };

struct digest {
    crypto_hash_sha256_state state;
};
void digest_begin(struct digest *d);
void digest_put(struct digest *d, str s);
void digest_printf(struct digest *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void digest_end(struct digest *d, uint8_t out[DIGEST_LEN]);
/* 64 hexadecimal digits and a NUL. */
void digest_hex(const uint8_t hash[DIGEST_LEN], char out[DIGEST_HEX + 1]);

#endif
