/* tries.c: counting by the clock hour, asking for the last sixty minutes. */
#include "tries.h"

#include "random.h"
#include "tries.sql.h"
#include "vault.h"

enum { MS_PER_HOUR = 3600000, KEEP_HOURS = 2, KEY_BYTES = 16 };

/* A PIN has a million values: ten tries an hour leave a guesser a chance of one in a hundred thousand an
 * hour. */
static const struct {
    str name;
    int64_t each_max;
    int64_t all_max;
} bounds[] = {
    [TRIES_LOGIN] = {S_INIT("login"), 10, 1000},
    [TRIES_PIN] = {S_INIT("pin"), 10, 1000},
};

static int64_t hour_of(int64_t ms)
{
    return ms / MS_PER_HOUR;
}

static str key_hash(struct ctx *c, str key)
{
    uint8_t secret[VAULT_KEY_LEN];
    uint8_t hash[KEY_BYTES];
    char hex[2 * KEY_BYTES];
    vault_derive(store_vault(c->store), S("wrong-try"), secret);
    keyed_hash(secret, sizeof secret, key, hash, sizeof hash);
    hex_of(hash, sizeof hash, hex);
    return arena_str(c->arena, (str){hex, sizeof hex});
}

static err count_in_hour(struct ctx *c, enum tries_kind kind, str hashed, int64_t hour, int64_t *out)
{
    const struct q_tries_get_in in = {
        .try_kind_code = bounds[kind].name, .try_key_text = hashed, .hour_no = hour};
    struct q_tries_get row = {0};
    const err e = q_tries_get(c->db, c->arena, &in, &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out = row.tries_n;
    return OK;
}

/* Tries in the last sixty minutes: of the clock hour before, the share that still lies within them. So the
 * bound does not start anew at the full hour, and is over after one hour at the latest. */
static err count(struct ctx *c, enum tries_kind kind, str hashed, int64_t *out)
{
    const int64_t share = MS_PER_HOUR - c->now_ms % MS_PER_HOUR;
    int64_t before;
    int64_t now;
    TRY(count_in_hour(c, kind, hashed, hour_of(c->now_ms) - 1, &before));
    TRY(count_in_hour(c, kind, hashed, hour_of(c->now_ms), &now));
    *out = now + before * share / MS_PER_HOUR;
    return OK;
}

err tries_allowed(struct ctx *c, enum tries_kind kind, str key)
{
    int64_t each;
    int64_t all;
    TRY(count(c, kind, key_hash(c, key), &each));
    TRY(count(c, kind, S("*"), &all));
    return each >= bounds[kind].each_max || all >= bounds[kind].all_max ? FAIL(LIMIT) : OK;
}

static err add(struct ctx *c, enum tries_kind kind, str hashed)
{
    const struct q_tries_add_in in = {
        .try_kind_code = bounds[kind].name, .try_key_text = hashed, .hour_no = hour_of(c->now_ms)};
    return q_tries_add(c->db, &in, NULL);
}

err tries_note(struct ctx *c, enum tries_kind kind, str key)
{
    TRY(add(c, kind, key_hash(c, key)));
    return add(c, kind, S("*"));
}

err tries_forget(struct ctx *c, enum tries_kind kind, str key)
{
    return q_tries_drop(c->db, bounds[kind].name, key_hash(c, key), NULL);
}

err tries_forget_old(struct ctx *c, int64_t *out_done)
{
    return q_tries_expire(c->db, hour_of(c->now_ms) - KEEP_HOURS, out_done);
}
