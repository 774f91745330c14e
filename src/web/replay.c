#include "replay.h"

#include <stdlib.h>

#include "random.h"

enum { HASHED_MAX = 16 * 1024 * 1024 };

static int by_name(const void *a, const void *b)
{
    const struct raw *x = a;
    const struct raw *y = b;
    const int c = str_cmp(x->name, y->name);
    return c != 0 ? c : str_cmp(x->value, y->value);
}

/* A device that asks again says another time, and may have another ticket by then. */
static bool hashed(const struct route *route, str name)
{
    if ((route->flags & ROUTE_DEVICE) != 0 && (str_eq(name, S("clock")) || str_eq(name, S("ticket")))) {
        return false;
    }
    return !str_eq(name, S("_key")) && !str_eq(name, S("_token")) && !str_eq(name, S("_lang"));
}

/* With its length before it, so that no two lists of texts read alike. */
static void put_measured(struct buf *b, str s)
{
    buf_i64(b, (int64_t)s.n);
    buf_putc(b, ':');
    buf_put(b, s);
}

err replay_hash(struct arena *a, const uint8_t key[REPLAY_KEY_LEN], const struct route *route,
                const struct raws *raws, uint8_t out[REPLAY_HASH_LEN])
{
    struct raw *sorted = arena_array_of(a, struct raw, raws->n + 1);
    if (sorted == NULL) {
        return FAIL(LIMIT);
    }
    size_t n = 0;
    for (size_t i = 0; i < raws->n; i++) {
        if (hashed(route, raws->v[i].name)) {
            sorted[n++] = raws->v[i];
        }
    }
    qsort(sorted, n, sizeof *sorted, by_name);
    SCOPED(buf_free) struct buf b = buf_new(HASHED_MAX);
    buf_put(&b, route->method == HTTP_POST ? S("POST ") : S("GET "));
    put_measured(&b, str_of(route->pattern));
    for (size_t i = 0; i < n; i++) {
        put_measured(&b, sorted[i].name);
        buf_putc(&b, (char)('0' + sorted[i].kind));
        put_measured(&b, sorted[i].value);
    }
    if (b.full) {
        return FAIL(LIMIT);
    }
    keyed_hash(key, REPLAY_KEY_LEN, buf_str(&b), out, REPLAY_HASH_LEN);
    return OK;
}

bool replay_key_valid(str key)
{
    if (key.n == 0 || key.n > REPLAY_KEY_MAX) {
        return false;
    }
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] < '!' || key.p[i] > '~') {
            return false;
        }
    }
    return true;
}

static bool one_line(str s)
{
    size_t at;
    return s.n <= RECEIPT_TEXT_MAX && !str_find(s, '\n', &at);
}

err receipt_write(struct arena *a, const struct receipt *r, str *out)
{
    if (!one_line(r->ref) || !one_line(r->status) || r->note.n > RECEIPT_TEXT_MAX) {
        return FAIL(BUG);
    }
    const str text = arena_printf(a, "%.*s\n%.*s\n%lld\n%.*s", STR_F(r->ref), STR_F(r->status),
                                  (long long)r->due_ms, STR_F(r->note));
    if (text.p == NULL) {
        return FAIL(LIMIT);
    }
    *out = text;
    return OK;
}

err receipt_read(str text, struct receipt *out)
{
    str rest = text;
    struct receipt r = {0};
    r.ref = str_cut(&rest, '\n');
    r.status = str_cut(&rest, '\n');
    const str due = str_cut(&rest, '\n');
    if (rest.p == NULL || !str_i64(due, &r.due_ms)) {
        return FAIL(IO);
    }
    r.note = rest;
    *out = r;
    return OK;
}
