/* random.h: what must not be guessed. A thin face over libsodium, which is initialised here once. */
#ifndef SUNWAI_RANDOM_H
#define SUNWAI_RANDOM_H

#include "err.h"

void random_bytes(void *out, size_t n);
uint32_t random_below(uint32_t bound);                  /* uniform in [0, bound); bound > 0 */
bool secret_eq(const void *a, const void *b, size_t n); /* constant time */
/* Keyed BLAKE2b: out_n 16 to 64 bytes, key_n 16 to 64. */
void keyed_hash(const uint8_t *key, size_t key_n, str text, uint8_t *out, size_t out_n);
/* Unkeyed BLAKE2b-256, for content hashes and chains. */
void content_hash(str bytes, uint8_t out[32]);

enum { ULID_LEN = 26, HEX_OF_32 = 64 };
/* A ULID (Crockford base32, 48 bits of ms, 80 random): sortable, 26 characters, not terminated. */
void ulid_new(char out[ULID_LEN]);
bool ulid_valid(str s);                                 /* upper case only: one text for each */
void hex_of(const uint8_t *bytes, size_t n, char *out); /* 2n characters, lower case, not terminated */
bool hex_to(str hex, uint8_t *out, size_t n);           /* exactly 2n characters, any case */
/* URL-safe base64 without padding; out has room for (n + 2) / 3 * 4 characters; returns how many. */
size_t base64url_of(const uint8_t *bytes, size_t n, char *out);
/* Only what base64url_of() writes is taken: no padding, no bits left over. */
bool base64url_to(str text, uint8_t *out, size_t max, size_t *out_n);

#endif
