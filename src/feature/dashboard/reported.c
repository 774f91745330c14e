/* reported.c: what activity sheets say that nothing computes. */
#include "dashboard.h"

/* In whichever version of the plan it was said. */
static bool same_one(const struct q_dash_reported *x, const struct q_dash_reported *y)
{
    return x->of_home_id == y->of_home_id && x->programme_id == y->programme_id &&
           str_eq(x->plan_kind_code, y->plan_kind_code) && x->fiscal_no == y->fiscal_no &&
           x->indicator_no == y->indicator_no;
}

static struct dash_reported *one_of(struct dash_reported *all, size_t *n, const struct q_dash_reported *r)
{
    for (size_t i = 0; i < *n; i++) {
        if (same_one(all[i].of, r)) {
            all[i].of = r;
            return &all[i];
        }
    }
    if (*n == DASH_REPORTED_MAX) {
        return NULL;
    }
    all[*n] = (struct dash_reported){.of = r, .share = str_eq(r->measure_code, S("percentage"))};
    return &all[(*n)++];
}

/* Rows of one district stand together, the last quarter last. */
static void rows_add(const struct q_dash_reported *rows, size_t n, struct dash_reported *all, size_t *io_n)
{
    for (size_t i = 0; i < n; i++) {
        struct dash_reported *to = one_of(all, io_n, &rows[i]);
        const bool again = i + 1 < n && same_one(&rows[i], &rows[i + 1]) && rows[i].home == rows[i + 1].home;
        if (to == NULL) {
            continue;
        }
        to->found++;
        if (!again || !str_eq(rows[i].aggregate_code, S("latest"))) {
            to->num += rows[i].num_n;
            to->den += rows[i].den_n;
        }
        to->some = to->found == 1 || !str_eq(rows[i].aggregate_code, S("none"));
    }
}

err dash_reported(struct ctx *c, const struct dash_area *area, struct period p, struct dash_reported **out,
                  size_t *out_n)
{
    struct dash_reported *all = arena_array_of(c->arena, struct dash_reported, DASH_REPORTED_MAX);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        const struct q_dash_reported_in in = {.homes = area->homes + at,
                                              .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                              .from_day = p.from_day,
                                              .to_day = p.to_day};
        struct q_dash_reported *rows;
        size_t rows_n;
        TRY(q_dash_reported(c->db, c->arena, &in, &rows, &rows_n));
        rows_add(rows, rows_n, all, &n);
    }
    *out = all;
    *out_n = n;
    return OK;
}
