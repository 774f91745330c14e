/* sealed_record.h: one record as a device sealed it: to be opened with the private key it was sealed to.
 *
 * SWS1 | key id (8) | ephemeral point, uncompressed (65) | nonce (12) | ciphertext | tag (16). P-256 ECDH;
 * HKDF-SHA-256 (RFC 5869) with the ephemeral point as salt; AES-256-GCM (NIST SP 800-38D) with the record's
 * ULID as additional data, so that no record can be passed off as another. A point that does not lie on the
 * curve is refused before anything is computed with it: else the private key would leak bit by bit. Curve,
 * hash and cipher are nettle's. Plain bytes are wiped by whoever asked for them.
 */
#ifndef SUNWAI_SEALED_RECORD_H
#define SUNWAI_SEALED_RECORD_H

#include "arena.h"
#include "err.h"
#include "random.h"

enum {
    RECORD_POINT_LEN = 65,
    RECORD_SCALAR_LEN = 32,
    RECORD_KEY_LEN = 8,
    RECORD_NONCE_LEN = 12,
    RECORD_TAG_LEN = 16,
    RECORD_HEAD_LEN = 4 + RECORD_KEY_LEN + RECORD_POINT_LEN + RECORD_NONCE_LEN,
    RECORD_LENGTH_LEN = 4,
    RECORD_MAX = 2 * 1024 * 1024,
    RECORD_JSON_MAX = 64 * 1024
};

struct record_pair {
    uint8_t scalar[RECORD_SCALAR_LEN]; /* private */
    uint8_t point[RECORD_POINT_LEN];
};
void record_pair_new(struct record_pair *out);
/* What a key is known by: the first bytes of the point's SHA-256. */
void record_key_id(const uint8_t point[RECORD_POINT_LEN], uint8_t out[RECORD_KEY_LEN]);

/* The key that it says it was sealed to. INVALID: too short, too long, or none of ours. */
err record_key_of(str sealed, uint8_t out[RECORD_KEY_LEN]);
/* *out_plain lives in the arena. INVALID: it is not what was sealed to this key under this ULID; LIMIT: the
 * arena is full. */
err record_open(struct arena *a, const struct record_pair *pair, str ulid, str sealed, str *out_plain);
/* The JSON in front and the content behind it, borrowed. INVALID: lengths that do not fit. */
err record_split(str plain, str *out_json, str *out_content);

/* The other side, as a device does it: for tests and for whoever brings records by other ways. */
err record_seal(struct arena *a, const uint8_t point[RECORD_POINT_LEN], str ulid, str json, str content,
                str *out_sealed);

/* SHA-256 in hex, lower case; a device knows no other. */
void sha256_hex(str bytes, char out[HEX_OF_32]);

#endif
