/* tries.c: counting by the clock hour, asking for the last sixty minutes. */
#include "tries.h"

#include "random.h"
#include "tries.sql.h"
#include "vault.h"

enum { MS_PER_HOUR = 3600000, KEEP_HOURS = 2, KEY_BYTES = 16 };

/* Three bounds an hour. For one name from one address: so a stranger shuts nobody out but himself. For one name from
 * everywhere: a PIN has a million values, and thirty tries leave a guesser a chance of one in thirty thousand. In all:
 * high, for whoever reaches it shuts out everybody. */
enum bound { BOUND_FROM_HERE, BOUND_EACH, BOUND_ALL, BOUNDS };
static const struct {
    str name;
    int64_t max[BOUNDS];
} kinds[] = {
    [TRIES_LOGIN] = {S_INIT("login"), {10, 60, 5000}},
    [TRIES_PIN] = {S_INIT("pin"), {10, 30, 5000}},
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
        .try_kind_code = kinds[kind].name, .try_key_text = hashed, .hour_no = hour};
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

/* What is counted under each bound. */
static str counted_as(struct ctx *c, enum bound b, str key)
{
    if (b == BOUND_ALL) {
        return S("*");
    }
    if (b == BOUND_EACH) {
        return key_hash(c, key);
    }
    /* Behind the hash of the name, so that both can be forgotten together. */
    return arena_printf(c->arena, "%.*s.%.*s", STR_F(key_hash(c, key)), STR_F(key_hash(c, c->client)));
}

err tries_allowed(struct ctx *c, enum tries_kind kind, str key)
{
    bool allowed = true;
    for (enum bound b = 0; b < BOUNDS; b++) {
        int64_t n;
        TRY(count(c, kind, counted_as(c, b, key), &n));
        allowed = allowed && n < kinds[kind].max[b];
    }
    return allowed ? OK : FAIL(LIMIT);
}

err tries_note(struct ctx *c, enum tries_kind kind, str key)
{
    for (enum bound b = 0; b < BOUNDS; b++) {
        const struct q_tries_add_in in = {.try_kind_code = kinds[kind].name,
                                          .try_key_text = counted_as(c, b, key),
                                          .hour_no = hour_of(c->now_ms)};
        TRY(q_tries_add(c->db, &in, NULL));
    }
    return OK;
}

err tries_forget(struct ctx *c, enum tries_kind kind, str key)
{
    const str each = key_hash(c, key);
    const struct q_tries_drop_in in = {.try_kind_code = kinds[kind].name,
                                       .first_key = each,
                                       .end_key = arena_printf(c->arena, "%.*s/", STR_F(each))};
    return q_tries_drop(c->db, &in, NULL);
}

err tries_forget_old(struct ctx *c, int64_t *out_done)
{
    return q_tries_expire(c->db, hour_of(c->now_ms) - KEEP_HOURS, out_done);
}
