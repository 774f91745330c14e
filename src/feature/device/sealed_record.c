/* sealed_record.c: see sealed_record.h. */
#include "sealed_record.h"

#include <gmp.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <nettle/gcm.h>
#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <string.h>

enum { COORDINATE = 32, MAGIC_LEN = 4, SECRET_LEN = 32, UNCOMPRESSED = 4 };
static const char magic[MAGIC_LEN] = {'S', 'W', 'S', '1'};
static const char purpose[] = "sunwai sealed record 1";

static const uint8_t *bytes_of(str s)
{
    return (const uint8_t *)s.p;
}

/* ---- points ---- */

static void number_in(mpz_t out, const uint8_t bytes[COORDINATE])
{
    mpz_init(out);
    mpz_import(out, COORDINATE, 1, 1, 1, 0, bytes);
}

static void number_out(const mpz_t n, uint8_t bytes[COORDINATE])
{
    uint8_t all[COORDINATE];
    size_t count = 0;
    memset(bytes, 0, COORDINATE);
    if (mpz_sizeinbase(n, 2) <= 8 * COORDINATE) {
        mpz_export(all, &count, 1, 1, 1, 0, n);
        memcpy(bytes + COORDINATE - count, all, count);
    }
}

/* False unless it lies on the curve. */
static bool point_in(struct ecc_point *out, const uint8_t point[RECORD_POINT_LEN])
{
    mpz_t x;
    mpz_t y;
    if (point[0] != UNCOMPRESSED) {
        return false;
    }
    number_in(x, point + 1);
    number_in(y, point + 1 + COORDINATE);
    const bool on_curve = ecc_point_set(out, x, y) == 1;
    mpz_clear(x);
    mpz_clear(y);
    return on_curve;
}

static void point_out(const struct ecc_point *p, uint8_t point[RECORD_POINT_LEN])
{
    mpz_t x;
    mpz_t y;
    mpz_init(x);
    mpz_init(y);
    ecc_point_get(p, x, y);
    point[0] = UNCOMPRESSED;
    number_out(x, point + 1);
    number_out(y, point + 1 + COORDINATE);
    mpz_clear(x);
    mpz_clear(y);
}

static void random_for_nettle(void *ctx, size_t n, uint8_t *out)
{
    (void)ctx;
    random_bytes(out, n);
}

void record_pair_new(struct record_pair *out)
{
    struct ecc_scalar scalar;
    struct ecc_point point;
    mpz_t z;
    ecc_scalar_init(&scalar, nettle_get_secp_256r1());
    ecc_point_init(&point, nettle_get_secp_256r1());
    mpz_init(z);
    ecc_scalar_random(&scalar, NULL, random_for_nettle);
    ecc_point_mul_g(&point, &scalar);
    ecc_scalar_get(&scalar, z);
    number_out(z, out->scalar);
    point_out(&point, out->point);
    mpz_clear(z);
    ecc_point_clear(&point);
    ecc_scalar_clear(&scalar);
}

/* ---- hashes ---- */

static void sha256(const uint8_t *bytes, size_t n, uint8_t out[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx c;
    sha256_init(&c);
    sha256_update(&c, n, bytes);
    sha256_digest(&c, SHA256_DIGEST_SIZE, out);
}

void sha256_hex(str bytes, char out[HEX_OF_32])
{
    uint8_t hash[SHA256_DIGEST_SIZE];
    sha256(bytes_of(bytes), bytes.n, hash);
    hex_of(hash, sizeof hash, out);
}

void record_key_id(const uint8_t point[RECORD_POINT_LEN], uint8_t out[RECORD_KEY_LEN])
{
    uint8_t hash[SHA256_DIGEST_SIZE];
    sha256(point, RECORD_POINT_LEN, hash);
    memcpy(out, hash, RECORD_KEY_LEN);
}

/* ---- the key of one record ---- */

/* False: one of the two is no number or point that they may be. */
static bool shared_x(const uint8_t private[RECORD_SCALAR_LEN], const uint8_t peer[RECORD_POINT_LEN],
                     uint8_t out[COORDINATE])
{
    struct ecc_scalar scalar;
    struct ecc_point p;
    struct ecc_point shared;
    uint8_t both[RECORD_POINT_LEN];
    mpz_t z;
    ecc_scalar_init(&scalar, nettle_get_secp_256r1());
    ecc_point_init(&p, nettle_get_secp_256r1());
    ecc_point_init(&shared, nettle_get_secp_256r1());
    number_in(z, private);
    const bool fine = ecc_scalar_set(&scalar, z) == 1 && point_in(&p, peer);
    if (fine) {
        ecc_point_mul(&shared, &scalar, &p);
        point_out(&shared, both);
        memcpy(out, both + 1, COORDINATE);
        sodium_memzero(both, sizeof both);
    }
    mpz_clear(z);
    ecc_point_clear(&shared);
    ecc_point_clear(&p);
    ecc_scalar_clear(&scalar);
    return fine;
}

static bool secret_of(const uint8_t private[RECORD_SCALAR_LEN], const uint8_t peer[RECORD_POINT_LEN],
                      const uint8_t ephemeral[RECORD_POINT_LEN], const uint8_t key[RECORD_KEY_LEN],
                      uint8_t out[SECRET_LEN])
{
    uint8_t x[COORDINATE];
    uint8_t drawn[SHA256_DIGEST_SIZE];
    uint8_t info[sizeof purpose - 1 + RECORD_KEY_LEN];
    struct hmac_sha256_ctx h;
    if (!shared_x(private, peer, x)) {
        return false;
    }
    memcpy(info, purpose, sizeof purpose - 1);
    memcpy(info + sizeof purpose - 1, key, RECORD_KEY_LEN);
    hmac_sha256_set_key(&h, RECORD_POINT_LEN, ephemeral);
    hkdf_extract(&h, (nettle_hash_update_func *)hmac_sha256_update,
                 (nettle_hash_digest_func *)hmac_sha256_digest, SHA256_DIGEST_SIZE, sizeof x, x, drawn);
    hmac_sha256_set_key(&h, sizeof drawn, drawn);
    hkdf_expand(&h, (nettle_hash_update_func *)hmac_sha256_update,
                (nettle_hash_digest_func *)hmac_sha256_digest, SHA256_DIGEST_SIZE, sizeof info, info,
                SECRET_LEN, out);
    sodium_memzero(x, sizeof x);
    sodium_memzero(drawn, sizeof drawn);
    sodium_memzero(&h, sizeof h);
    return true;
}

/* ---- opening and sealing ---- */

err record_key_of(str sealed, uint8_t out[RECORD_KEY_LEN])
{
    if (sealed.n < RECORD_HEAD_LEN + RECORD_LENGTH_LEN + RECORD_TAG_LEN || sealed.n > RECORD_MAX ||
        memcmp(sealed.p, magic, MAGIC_LEN) != 0) {
        return FAIL(INVALID);
    }
    memcpy(out, sealed.p + MAGIC_LEN, RECORD_KEY_LEN);
    return OK;
}

err record_open(struct arena *a, const struct record_pair *pair, str ulid, str sealed, str *out_plain)
{
    uint8_t key[RECORD_KEY_LEN];
    uint8_t secret[SECRET_LEN];
    uint8_t tag[RECORD_TAG_LEN];
    struct gcm_aes256_ctx gcm;
    TRY(record_key_of(sealed, key));
    const uint8_t *ephemeral = bytes_of(sealed) + MAGIC_LEN + RECORD_KEY_LEN;
    if (!secret_of(pair->scalar, ephemeral, ephemeral, key, secret)) {
        return FAIL(INVALID);
    }
    const size_t n = sealed.n - RECORD_HEAD_LEN - RECORD_TAG_LEN;
    char *plain = arena_try(a, n);
    gcm_aes256_set_key(&gcm, secret);
    sodium_memzero(secret, sizeof secret);
    if (plain == NULL) {
        return FAIL(LIMIT);
    }
    gcm_aes256_set_iv(&gcm, RECORD_NONCE_LEN, ephemeral + RECORD_POINT_LEN);
    gcm_aes256_update(&gcm, ulid.n, bytes_of(ulid));
    gcm_aes256_decrypt(&gcm, n, (uint8_t *)plain, bytes_of(sealed) + RECORD_HEAD_LEN);
    gcm_aes256_digest(&gcm, sizeof tag, tag);
    sodium_memzero(&gcm, sizeof gcm);
    if (!secret_eq(tag, sealed.p + sealed.n - RECORD_TAG_LEN, sizeof tag)) {
        sodium_memzero(plain, n);
        return FAIL(INVALID);
    }
    *out_plain = (str){plain, n};
    return OK;
}

err record_split(str plain, str *out_json, str *out_content)
{
    if (plain.n < RECORD_LENGTH_LEN) {
        return FAIL(INVALID);
    }
    const uint8_t *p = bytes_of(plain);
    const size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
    if (n == 0 || n > RECORD_JSON_MAX || n > plain.n - RECORD_LENGTH_LEN) {
        return FAIL(INVALID);
    }
    *out_json = (str){plain.p + RECORD_LENGTH_LEN, n};
    *out_content = (str){plain.p + RECORD_LENGTH_LEN + n, plain.n - RECORD_LENGTH_LEN - n};
    return OK;
}

err record_seal(struct arena *a, const uint8_t point[RECORD_POINT_LEN], str ulid, str json, str content,
                str *out_sealed)
{
    struct record_pair mine;
    struct gcm_aes256_ctx gcm;
    uint8_t secret[SECRET_LEN];
    const size_t n = RECORD_LENGTH_LEN + json.n + content.n;
    uint8_t *all = arena_try(a, RECORD_HEAD_LEN + n + RECORD_TAG_LEN);
    if (all == NULL || json.n > RECORD_JSON_MAX) {
        return FAIL(LIMIT);
    }
    uint8_t *key = all + MAGIC_LEN;
    uint8_t *ephemeral = key + RECORD_KEY_LEN;
    uint8_t *nonce = ephemeral + RECORD_POINT_LEN;
    uint8_t *plain = all + RECORD_HEAD_LEN;
    record_pair_new(&mine);
    memcpy(all, magic, MAGIC_LEN);
    record_key_id(point, key);
    memcpy(ephemeral, mine.point, RECORD_POINT_LEN);
    random_bytes(nonce, RECORD_NONCE_LEN);
    for (int i = 0; i < RECORD_LENGTH_LEN; i++) {
        plain[i] = (uint8_t)(json.n >> (24 - 8 * i));
    }
    memcpy(plain + RECORD_LENGTH_LEN, json.p, json.n);
    if (content.n > 0) {
        memcpy(plain + RECORD_LENGTH_LEN + json.n, content.p, content.n);
    }
    const bool fine = secret_of(mine.scalar, point, ephemeral, key, secret);
    sodium_memzero(&mine, sizeof mine);
    if (!fine) {
        return FAIL(INVALID);
    }
    gcm_aes256_set_key(&gcm, secret);
    gcm_aes256_set_iv(&gcm, RECORD_NONCE_LEN, nonce);
    gcm_aes256_update(&gcm, ulid.n, bytes_of(ulid));
    gcm_aes256_encrypt(&gcm, n, plain, plain);
    gcm_aes256_digest(&gcm, RECORD_TAG_LEN, plain + n);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(&gcm, sizeof gcm);
    *out_sealed = (str){(const char *)all, RECORD_HEAD_LEN + n + RECORD_TAG_LEN};
    return OK;
}
