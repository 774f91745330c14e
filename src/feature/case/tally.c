/* tally.c: how many cases stand where, kept with every step instead of counted on a page. */
#include "tally.h"

#include <string.h>

#include "audit.h"
#include "case.h"
#include "log.h"

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

/* Both lists come in the same order, so they are the same only if they are so row by row. */
static bool same(const struct q_tally_recount *counted, size_t counted_n, const struct q_tally_list *kept, size_t kept_n)
{
    if (counted_n != kept_n) {
        return false;
    }
    for (size_t i = 0; i < kept_n; i++) {
        if (counted[i].filed_month != kept[i].filed_month || counted[i].service_id != kept[i].service_id ||
            !str_eq(counted[i].sex_code, kept[i].sex_code) || counted[i].flow_state != kept[i].flow_state ||
            counted[i].cases_n != kept[i].cases_n) {
            return false;
        }
    }
    return true;
}

static err home_check(struct ctx *c, int64_t home)
{
    struct q_tally_recount *counted;
    struct q_tally_list *kept;
    size_t counted_n;
    size_t kept_n;
    TRY(q_tally_recount(c->db, c->arena, home, &counted, &counted_n));
    TRY(q_tally_list(c->db, c->arena, home, &kept, &kept_n));
    if (same(counted, counted_n, kept, kept_n)) {
        return OK;
    }
    ERROR("tally.mismatch", log_i64("home", home));
    for (size_t i = 0; i < kept_n; i++) {
        const struct tally_key key = {home, kept[i].filed_month, kept[i].service_id, kept[i].sex_code,
                                      kept[i].flow_state};
        TRY(tally_put(c, &key, -kept[i].cases_n));
    }
    for (size_t i = 0; i < counted_n; i++) {
        const struct tally_key key = {home, counted[i].filed_month, counted[i].service_id, counted[i].sex_code,
                                      counted[i].flow_state};
        TRY(tally_put(c, &key, counted[i].cases_n));
    }
    return audit_add(c, &(struct audit_entry){.event = S("tally.mended"), .home = home});
}

err tally_check(struct ctx *c, int64_t *out_done)
{
    struct q_tally_homes *homes;
    size_t n;
    int64_t folded;
    do {
        TRY(tally_fold(c, &folded));
    } while (folded > 0);
    TRY(q_tally_homes(c->db, c->arena, &homes, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(home_check(c, homes[i].home));
    }
    *out_done = 0; /* once is enough until tomorrow */
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
