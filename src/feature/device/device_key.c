/* device_key.c: see device_key.h. */
#include "device_key.h"

#include <sodium.h>
#include <string.h>

#include "audit.h"
#include "vault.h"

#define KEY_FIELD S("device-key")

static const int64_t day_ms = 86400000;

err device_keys(struct ctx *c, struct q_device_key_open **out, size_t *out_n)
{
    return q_device_key_open(c->db, c->arena, c->now_ms, out, out_n);
}

static err key_make(struct ctx *c, int64_t from_ms)
{
    struct record_pair pair;
    uint8_t id[RECORD_KEY_LEN];
    char hex[2 * RECORD_KEY_LEN];
    struct q_device_key_add_in row = {
        .id = id_next(c), .from_ms = from_ms, .to_ms = from_ms + DEVICE_KEY_DAYS * day_ms};
    record_pair_new(&pair);
    record_key_id(pair.point, id);
    hex_of(id, sizeof id, hex);
    row.key_code = arena_str(c->arena, (str){hex, sizeof hex});
    row.point_packed = arena_str(c->arena, (str){(const char *)pair.point, sizeof pair.point});
    err e = vault_key_take(c, &row.key_no);
    if (e.code == ERR_OK) {
        const str scalar = {(const char *)pair.scalar, sizeof pair.scalar};
        e = vault_seal(c, row.key_no, KEY_FIELD, scalar, &row.private_enc);
    }
    sodium_memzero(&pair, sizeof pair);
    TRY(e);
    TRY(q_device_key_add(c->db, &row, NULL));
    const struct audit_entry entry = {.event = S("device_key.made"),
                                      .detail = arena_printf(c->arena, "key=%.*s", STR_F(row.key_code))};
    return audit_add(c, &entry);
}

err device_key_ready(struct ctx *c)
{
    struct q_device_key_open *keys;
    size_t n;
    TRY(device_keys(c, &keys, &n));
    return n > 0 && keys[0].to_ms > c->now_ms + DEVICE_KEY_AHEAD_DAYS * day_ms ? OK : key_make(c, c->now_ms);
}

err device_key_pair(struct ctx *c, const uint8_t id[RECORD_KEY_LEN], struct record_pair *out)
{
    struct q_device_key_open row;
    char hex[2 * RECORD_KEY_LEN];
    str scalar;
    hex_of(id, RECORD_KEY_LEN, hex);
    TRY(q_device_key_get(c->db, c->arena, (str){hex, sizeof hex}, &row));
    if (row.dropped_ms.given || row.to_ms + DEVICE_KEY_KEPT_DAYS * day_ms < c->now_ms) {
        return FAIL(DENIED);
    }
    const err e = vault_unseal(c, row.key_no, KEY_FIELD, row.private_enc, &scalar);
    TRY(e.code == ERR_NOT_FOUND ? FAIL(DENIED) : e);
    if (scalar.n != RECORD_SCALAR_LEN || row.point_packed.n != RECORD_POINT_LEN) {
        return FAIL(IO);
    }
    memcpy(out->scalar, scalar.p, RECORD_SCALAR_LEN);
    memcpy(out->point, row.point_packed.p, RECORD_POINT_LEN);
    return OK;
}

err device_key_turn(struct ctx *c, int64_t *out_done)
{
    struct q_device_key_open *keys;
    size_t n;
    *out_done = 0;
    /* Where nobody ever enrolled a device there is nothing to seal to. */
    TRY(device_keys(c, &keys, &n));
    if (n > 0) {
        TRY(device_key_ready(c));
    }
    TRY(q_device_key_old(c->db, c->arena, c->now_ms - DEVICE_KEY_KEPT_DAYS * day_ms, &keys, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(vault_retire(c, keys[i].key_no));
        TRY(q_device_key_drop(c->db, SOME(c->now_ms), keys[i].id, NULL));
        const struct audit_entry entry = {.event = S("device_key.destroyed"),
                                          .detail =
                                              arena_printf(c->arena, "key=%.*s", STR_F(keys[i].key_code))};
        TRY(audit_add(c, &entry));
    }
    *out_done = (int64_t)n;
    return OK;
}
