/* tally.c: how many cases stand where, kept with every step instead of counted on a page. */
#include "tally.h"

#include <string.h>

#include "case.h"

static err tally_put(struct ctx *c, const struct tally_key *k, int64_t n)
{
    const struct q_tally_add_in fine = {
        .home = k->home,
        .filed_month = k->filed_month,
        .service_id = k->service_id,
        .sex_code = k->sex,
        .flow_state = k->state,
        .cases_n = n,
    };
    const struct q_tally_coarse_add_in coarse = {
        .home = k->home, .filed_month = k->filed_month, .sex_code = k->sex, .flow_state = k->state, .cases_n = n};
    TRY(q_tally_add(c->db, &fine, NULL));
    return q_tally_coarse_add(c->db, &coarse, NULL);
}

err tally_change(struct ctx *c, const struct tally_key *k, int64_t n)
{
    /* Several writers would wait for each other (or fail to serialise) on the same summary row. */
    if (strcmp(store_engine(c->store), "sqlite") == 0) {
        return tally_put(c, k, n);
    }
    const struct q_tally_delta_add_in delta = {
        .id = id_next(c),
        .home = k->home,
        .filed_month = k->filed_month,
        .service_id = k->service_id,
        .sex_code = k->sex,
        .flow_state = k->state,
        .cases_n = n,
    };
    return q_tally_delta_add(c->db, &delta, NULL);
}

err tally_fold(struct ctx *c, int64_t *out_done)
{
    enum { AT_ONCE = 500 };
    struct q_tally_delta_take *rows;
    size_t n;
    TRY(q_tally_delta_take(c->db, c->arena, AT_ONCE, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct tally_key key = {
            .home = rows[i].home,
            .filed_month = rows[i].filed_month,
            .service_id = rows[i].service_id,
            .sex = rows[i].sex_code,
            .state = rows[i].flow_state,
        };
        TRY(tally_put(c, &key, rows[i].cases_n));
        TRY(q_tally_delta_remove(c->db, rows[i].id, NULL));
    }
    *out_done = (int64_t)n;
    return OK;
}

err case_count(struct ctx *c, struct case_counts *out)
{
    struct q_tally_by_state *rows;
    size_t n;
    struct case_counts sum = {.all = 0};
    TRY(q_tally_by_state(c->db, c->arena, c->actor.home, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].flow_state >= 0 && rows[i].flow_state < CASE_STATES) {
            sum.by_state[rows[i].flow_state] += rows[i].cases_n;
        }
        sum.all += rows[i].cases_n;
        sum.women += str_eq(rows[i].sex_code, S("woman")) ? rows[i].cases_n : 0;
    }
    *out = sum;
    return OK;
}
