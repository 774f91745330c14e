/* handed.c: what an earlier programme handed down, by district and month. */
#include "handed.h"

#include "place.h"

enum { DAYS = 100 };

err handed_read(struct ctx *c, const int64_t *homes, size_t homes_n, struct handed *out)
{
    struct handed all = {.n = 0};
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_handed_down *rows;
        size_t n;
        const size_t few = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX;
        TRY(q_handed_down(c->db, c->arena, homes + at, few, &rows, &n));
        struct q_handed_down *more = arena_array_of(c->arena, struct q_handed_down, all.n + n + 1);
        if (more == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < all.n + n; i++) {
            more[i] = i < all.n ? all.rows[i] : rows[i - all.n];
        }
        all = (struct handed){more, all.n + n};
    }
    *out = all;
    return OK;
}

static bool of_cases(const struct indicator *i)
{
    return str_eq(i->counts, S("cases"));
}

static bool of_events(const struct indicator *i)
{
    return str_eq(i->counts, S("attendances")) || str_eq(i->counts, S("persons")) ||
           str_eq(i->counts, S("events"));
}

bool handed_down(const struct handed *h, const struct indicator *i, const int64_t *homes, size_t homes_n,
                 struct period p)
{
    for (size_t k = 0; k < h->n; k++) {
        const struct q_handed_down *r = &h->rows[k];
        const bool kind = i == NULL || (r->cases_n > 0 ? of_cases(i) : of_events(i));
        if (!kind || r->fact_month < p.from_day / DAYS || r->fact_month > p.to_day / DAYS) {
            continue;
        }
        for (size_t at = 0; at < homes_n; at++) {
            if (homes[at] == r->home) {
                return true;
            }
        }
    }
    return false;
}
