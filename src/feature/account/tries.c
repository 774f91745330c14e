/* tries.c: counting by the clock hour, asking for the last sixty minutes or twenty-four hours. */
#include "tries.h"

#include <arpa/inet.h>
#include <string.h>

#include "log.h"
#include "random.h"
#include "tries.sql.h"
#include "vault.h"

enum { MS_PER_HOUR = 3600000, DAY_HOURS = 24, KEY_BYTES = 16, NETWORK_BYTES = 8, MANY_IN_AN_HOUR = 5000 };
enum { HARDLY_TRIED = 3 };

enum bound { BOUND_FROM_HERE, BOUND_EACH, BOUND_ADDRESS, BOUNDS };
static const struct {
    int64_t max, hours;
} bounds[][BOUNDS] = {
    [TRIES_LOGIN] = {{10, 1}, {100, DAY_HOURS}, {200, 1}},
    [TRIES_PIN] = {{10, 1}, {40, DAY_HOURS}, {200, 1}},
};
static const str kind_names[] = {[TRIES_LOGIN] = S_INIT("login"), [TRIES_PIN] = S_INIT("pin")};
static const str any_kind = S_INIT("any");

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

/* A person there has the whole network. */
static str network_of(struct ctx *c)
{
    uint8_t bytes[16];
    const char *text = arena_cstr(c->arena, c->client.p == NULL ? S("") : c->client);
    if (text == NULL || inet_pton(AF_INET6, text, bytes) != 1) {
        return c->client;
    }
    char hex[2 * NETWORK_BYTES];
    hex_of(bytes, NETWORK_BYTES, hex);
    return arena_str(c->arena, (str){hex, sizeof hex});
}

struct counted {
    str kind, key;
};

/* Under what a try counts for each bound. */
static struct counted counted_as(struct ctx *c, enum tries_kind kind, enum bound b, str key)
{
    const str from = key_hash(c, network_of(c));
    switch (b) {
    case BOUND_FROM_HERE: /* behind the hash of the name, so that both can be forgotten together */
        return (struct counted){kind_names[kind],
                                arena_printf(c->arena, "%.*s.%.*s", STR_F(key_hash(c, key)), STR_F(from))};
    case BOUND_EACH:
        return (struct counted){kind_names[kind], key_hash(c, key)};
    case BOUND_ADDRESS:
    case BOUNDS:
        break;
    }
    return (struct counted){kind_names[kind], arena_printf(c->arena, "from.%.*s", STR_F(from))};
}

/* Tries in the last `hours`: of the clock hour in which they began, the share that still lies within them. So
 * a bound does not start anew at the full hour, and is over in time. */
static err count(struct ctx *c, const struct counted *as, int64_t hours, int64_t *out)
{
    const int64_t first = hour_of(c->now_ms) - hours;
    const int64_t share = MS_PER_HOUR - c->now_ms % MS_PER_HOUR;
    const struct q_tries_since_in in = {
        .try_kind_code = as->kind, .try_key_text = as->key, .first_hour_no = first};
    struct q_tries_since *rows;
    size_t n;
    TRY(q_tries_since(c->db, c->arena, &in, &rows, &n));
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += rows[i].hour_no == first ? rows[i].tries_n * share / MS_PER_HOUR : rows[i].tries_n;
    }
    *out = sum;
    return OK;
}

err tries_allowed(struct ctx *c, enum tries_kind kind, str key)
{
    int64_t n[BOUNDS];
    for (enum bound b = 0; b < BOUNDS; b++) {
        const struct counted as = counted_as(c, kind, b, key);
        TRY(count(c, &as, bounds[kind][b].hours, &n[b]));
    }
    /* A telephone company puts a town behind one address: a number that was hardly tried is answered there.
     */
    const bool hers = kind == TRIES_PIN && n[BOUND_EACH] < HARDLY_TRIED;
    const bool allowed = n[BOUND_FROM_HERE] < bounds[kind][BOUND_FROM_HERE].max &&
                         n[BOUND_EACH] < bounds[kind][BOUND_EACH].max &&
                         (hers || n[BOUND_ADDRESS] < bounds[kind][BOUND_ADDRESS].max);
    return allowed ? OK : FAIL(LIMIT);
}

static err add_one(struct ctx *c, const struct counted *as)
{
    const struct q_tries_add_in in = {
        .try_kind_code = as->kind, .try_key_text = as->key, .hour_no = hour_of(c->now_ms)};
    return q_tries_add(c->db, &in, NULL);
}

/* Nobody is refused for what others do; but somebody should look at it. */
static err note_in_all(struct ctx *c)
{
    const struct counted all = {any_kind, S("*")};
    const struct q_tries_get_in in = {
        .try_kind_code = all.kind, .try_key_text = all.key, .hour_no = hour_of(c->now_ms)};
    struct q_tries_get row;
    TRY(add_one(c, &all));
    TRY(q_tries_get(c->db, c->arena, &in, &row));
    if (row.tries_n == MANY_IN_AN_HOUR + 1) {
        WARN("tries.many", log_i64("in_an_hour", row.tries_n));
    }
    return OK;
}

err tries_note(struct ctx *c, enum tries_kind kind, str key)
{
    for (enum bound b = 0; b < BOUNDS; b++) {
        const struct counted as = counted_as(c, kind, b, key);
        TRY(add_one(c, &as));
    }
    return note_in_all(c);
}

err tries_forget(struct ctx *c, enum tries_kind kind, str key)
{
    const str each = key_hash(c, key);
    const struct q_tries_drop_in in = {.try_kind_code = kind_names[kind],
                                       .first_key = each,
                                       .end_key = arena_printf(c->arena, "%.*s/", STR_F(each))};
    return q_tries_drop(c->db, &in, NULL);
}

err tries_forget_old(struct ctx *c, int64_t *out_done)
{
    return q_tries_expire(c->db, hour_of(c->now_ms) - DAY_HOURS, out_done);
}
