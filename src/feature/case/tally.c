/* tally.c: how many cases stand where, kept with every step instead of counted on a page. */
#include "tally.h"

#include "audit.h"
#include "case.h"
#include "log.h"
#include "meta.sql.h"

static err tally_put_coarse(struct ctx *c, const struct tally_key *k, int64_t n)
{
    const struct q_tally_coarse_add_in coarse = {
        .home = k->home,
        .filed_month = k->filed_month,
        .kind_no = k->kind_no,
        .sex_code = k->sex,
        .flow_state = k->state,
        .cases_n = n,
    };
    return q_tally_coarse_add(c->db, &coarse, NULL);
}

static err tally_put(struct ctx *c, const struct tally_key *k, int64_t n)
{
    const struct q_tally_add_in fine = {
        .home = k->home,
        .filed_month = k->filed_month,
        .kind_no = k->kind_no,
        .service_id = k->service_id,
        .sex_code = k->sex,
        .flow_state = k->state,
        .cases_n = n,
    };
    TRY(q_tally_add(c->db, &fine, NULL));
    return tally_put_coarse(c, k, n);
}

err tally_change(struct ctx *c, const struct tally_key *k, int64_t n)
{
    /* Several writers would wait for each other (or fail to serialise) on the same summary row. */
    if (!store_many_writers(c->store)) {
        return tally_put(c, k, n);
    }
    const struct q_tally_delta_add_in delta = {
        .id = id_next(c),
        .home = k->home,
        .filed_month = k->filed_month,
        .kind_no = k->kind_no,
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
            .kind_no = rows[i].kind_no,
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

/* ---- every night: a month of a district at a time, so that nobody waits for long ---- */

/* A month as it is counted and as it is kept, on the finer level. */
static err month_check_fine(struct ctx *c, int64_t home, int64_t month, bool *io_same)
{
    const struct q_tally_recount_in ask = {
        .home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    const struct q_tally_list_in have = {
        .home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    struct q_tally_recount *counted;
    struct q_tally_list *kept;
    size_t counted_n;
    size_t kept_n;
    TRY(q_tally_recount(c->db, c->arena, &ask, &counted, &counted_n));
    TRY(q_tally_list(c->db, c->arena, &have, &kept, &kept_n));
    bool same = counted_n == kept_n; /* both come in the same order */
    for (size_t i = 0; same && i < kept_n; i++) {
        same = counted[i].service_id == kept[i].service_id && str_eq(counted[i].sex_code, kept[i].sex_code) &&
               counted[i].flow_state == kept[i].flow_state && counted[i].cases_n == kept[i].cases_n;
    }
    *io_same = *io_same && same;
    struct tally_key key = {.home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    for (size_t i = 0; !same && i < kept_n; i++) {
        const struct q_tally_add_in row = {home,
                                           month,
                                           key.kind_no,
                                           kept[i].service_id,
                                           kept[i].sex_code,
                                           kept[i].flow_state,
                                           -kept[i].cases_n};
        TRY(q_tally_add(c->db, &row, NULL));
    }
    for (size_t i = 0; !same && i < counted_n; i++) {
        const struct q_tally_add_in row = {home,
                                           month,
                                           key.kind_no,
                                           counted[i].service_id,
                                           counted[i].sex_code,
                                           counted[i].flow_state,
                                           counted[i].cases_n};
        TRY(q_tally_add(c->db, &row, NULL));
    }
    return OK;
}

/* The same on the coarser level, which pages read: it is compared by itself, for it may be wrong by itself.
 */
static err month_check_coarse(struct ctx *c, int64_t home, int64_t month, bool *io_same)
{
    const struct q_tally_recount_coarse_in ask = {
        .home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    const struct q_tally_coarse_list_in have = {
        .home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    struct q_tally_recount_coarse *counted;
    struct q_tally_coarse_list *kept;
    size_t counted_n;
    size_t kept_n;
    TRY(q_tally_recount_coarse(c->db, c->arena, &ask, &counted, &counted_n));
    TRY(q_tally_coarse_list(c->db, c->arena, &have, &kept, &kept_n));
    bool same = counted_n == kept_n;
    for (size_t i = 0; same && i < kept_n; i++) {
        same = str_eq(counted[i].sex_code, kept[i].sex_code) && counted[i].flow_state == kept[i].flow_state &&
               counted[i].cases_n == kept[i].cases_n;
    }
    *io_same = *io_same && same;
    struct tally_key key = {.home = home, .filed_month = month, .kind_no = complaint_kind.kind_no};
    for (size_t i = 0; !same && i < kept_n; i++) {
        key.sex = kept[i].sex_code;
        key.state = kept[i].flow_state;
        TRY(tally_put_coarse(c, &key, -kept[i].cases_n));
    }
    for (size_t i = 0; !same && i < counted_n; i++) {
        key.sex = counted[i].sex_code;
        key.state = counted[i].flow_state;
        TRY(tally_put_coarse(c, &key, counted[i].cases_n));
    }
    return OK;
}

#define CHECKED \
    S("tally.checked") /* in meta: the district and month that was looked at last, "" when all were */

static err checked_last(struct ctx *c, int64_t *out_home, int64_t *out_month)
{
    struct q_meta_get row = {.meta_text = S("")};
    const err e = q_meta_get(c->db, c->arena, CHECKED, &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    str rest = row.meta_text;
    if (!str_i64(str_cut(&rest, ' '), out_home) || !str_i64(rest, out_month)) {
        *out_home = 0;
        *out_month = 0;
    }
    return OK;
}

err tally_check(struct ctx *c, int64_t *out_done)
{
    int64_t home;
    int64_t month;
    int64_t folded;
    struct q_tally_next next;
    TRY(tally_fold(c, &folded));
    if (folded > 0) {
        *out_done = folded;
        return OK;
    }
    TRY(checked_last(c, &home, &month));
    const err e = q_tally_next(c->db, c->arena, home, month, &next);
    if (e.code == ERR_NOT_FOUND) {
        *out_done = 0;
        return q_meta_put(c->db, CHECKED, S(""), NULL);
    }
    TRY(e);
    bool same = true;
    TRY(month_check_fine(c, next.home, next.filed_month, &same));
    TRY(month_check_coarse(c, next.home, next.filed_month, &same));
    if (!same) {
        ERROR("tally.mismatch", log_i64("home", next.home), log_i64("month", next.filed_month));
        TRY(audit_add(c, &(struct audit_entry){.event = S("tally.mended"), .home = next.home}));
    }
    *out_done = 1;
    return q_meta_put(c->db, CHECKED,
                      arena_printf(c->arena, "%lld %lld", (long long)next.home, (long long)next.filed_month),
                      NULL);
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
