/* tally.c: how many cases stand where, kept with every step instead of counted on a page. */
#include "tally.h"

#include <stdlib.h>

#include "audit.h"
#include "case.h"
#include "log.h"
#include "meta.sql.h"

/* One summary row, of any of the three levels. */
struct cell {
    enum level { LEVEL_FINE, LEVEL_COARSE, LEVEL_MARK } level;
    str kind;
    int64_t service_id, tehsil_id;
    str sex;
    int64_t state;
    str reason, mark;
    int64_t spent;
    int64_t n;
};

static const struct {
    int64_t bit;
    str code;
} marks[] = {
    {MARK_ASKED, S_INIT("asked")},
    {MARK_ANSWERED, S_INIT("answered")},
    {MARK_REOPENED, S_INIT("reopened")},
    {MARK_HANDED_OVER, S_INIT("handed_over")},
    {MARK_REPORTED, S_INIT("reported_by_programme")},
};
#define MARKS (sizeof marks / sizeof marks[0])
#define MARK_DAYS S("days")

static err cell_put(struct ctx *c, int64_t home, int64_t month, const struct cell *k)
{
    if (k->level == LEVEL_MARK) {
        const struct q_tally_mark_add_in row = {home,         month,   k->kind,  k->service_id,
                                                k->tehsil_id, k->mark, k->spent, k->n};
        return q_tally_mark_add(c->db, &row, NULL);
    }
    if (k->level == LEVEL_COARSE) {
        const struct q_tally_coarse_add_in row = {home, month, k->kind, k->sex, k->state, k->reason, k->n};
        return q_tally_coarse_add(c->db, &row, NULL);
    }
    const struct q_tally_add_in row = {home,   month,    k->kind,   k->service_id, k->tehsil_id,
                                       k->sex, k->state, k->reason, k->n};
    return q_tally_add(c->db, &row, NULL);
}

/* A change of the finer level, and of the coarser one that follows from it. */
static err cell_change(struct ctx *c, int64_t home, int64_t month, struct cell k)
{
    TRY(cell_put(c, home, month, &k));
    if (k.level != LEVEL_FINE) {
        return OK;
    }
    k.level = LEVEL_COARSE;
    return cell_put(c, home, month, &k);
}

static err change(struct ctx *c, const struct tally_key *k, struct cell cell)
{
    cell.kind = k->kind;
    cell.service_id = k->service_id;
    cell.tehsil_id = k->tehsil_id;
    /* Several writers would wait for each other (or fail to serialise) on the same summary row. */
    if (!store_many_writers(c->store)) {
        return cell_change(c, k->home, k->filed_month, cell);
    }
    const struct q_tally_delta_add_in delta = {
        .id = id_next(c),
        .home = k->home,
        .filed_month = k->filed_month,
        .case_kind_code = k->kind,
        .service_id = k->service_id,
        .tehsil_id = k->tehsil_id,
        .sex_code = cell.sex.p == NULL ? S("") : cell.sex,
        .flow_state = cell.state,
        .reason_code = cell.reason.p == NULL ? S("") : cell.reason,
        .mark_code = cell.mark.p == NULL ? S("") : cell.mark,
        .spent_days = cell.spent,
        .cases_n = cell.n,
    };
    return q_tally_delta_add(c->db, &delta, NULL);
}

static err change_state(struct ctx *c, const struct tally_key *k, int64_t n)
{
    return change(c, k, (struct cell){.sex = k->sex, .state = k->state, .reason = k->reason, .n = n});
}

/* What of `k` is not in `other` (NULL: nothing is). */
static err change_marks(struct ctx *c, const struct tally_key *k, const struct tally_key *other, int64_t n)
{
    for (size_t i = 0; i < MARKS; i++) {
        if ((k->marks & marks[i].bit) != 0 && (other == NULL || (other->marks & marks[i].bit) == 0)) {
            TRY(change(c, k, (struct cell){.level = LEVEL_MARK, .mark = marks[i].code, .n = n}));
        }
    }
    const bool kept = other != NULL && other->spent.given && other->spent.v == k->spent.v;
    if (!k->spent.given || kept) {
        return OK;
    }
    return change(c, k, (struct cell){.level = LEVEL_MARK, .mark = MARK_DAYS, .spent = k->spent.v, .n = n});
}

err tally_begin(struct ctx *c, const struct tally_key *is)
{
    TRY(change_state(c, is, 1));
    return change_marks(c, is, NULL, 1);
}

err tally_move(struct ctx *c, const struct tally_key *was, const struct tally_key *is)
{
    const bool same_matter = was->service_id == is->service_id && was->tehsil_id == is->tehsil_id;
    if (!same_matter || was->state != is->state || !str_eq(was->reason, is->reason)) {
        TRY(change_state(c, was, -1));
        TRY(change_state(c, is, 1));
    }
    TRY(change_marks(c, was, same_matter ? is : NULL, -1));
    return change_marks(c, is, same_matter ? was : NULL, 1);
}

err tally_fold(struct ctx *c, int64_t *out_done)
{
    enum { AT_ONCE = 500 };
    struct q_tally_delta_take *rows;
    size_t n;
    TRY(q_tally_delta_take(c->db, c->arena, AT_ONCE, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_tally_delta_take *r = &rows[i];
        const struct cell cell = {
            .level = r->mark_code.n > 0 ? LEVEL_MARK : LEVEL_FINE,
            .kind = r->case_kind_code,
            .service_id = r->service_id,
            .tehsil_id = r->tehsil_id,
            .sex = r->sex_code,
            .state = r->flow_state,
            .reason = r->reason_code,
            .mark = r->mark_code,
            .spent = r->spent_days,
            .n = r->cases_n,
        };
        TRY(cell_change(c, r->home, r->filed_month, cell));
        TRY(q_tally_delta_remove(c->db, r->id, NULL));
    }
    *out_done = (int64_t)n;
    return OK;
}

/* ---- every night: a month of a district at a time, so that nobody waits for long ---- */

/* Counted cells with their number, kept ones with its negative. */
struct cells {
    struct cell *v;
    size_t n, max;
};

static err cells_grow(struct ctx *c, struct cells *all, size_t more)
{
    struct cell *v = arena_array_of(c->arena, struct cell, all->n + more + 1);
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < all->n; i++) {
        v[i] = all->v[i];
    }
    all->v = v;
    all->max = all->n + more + 1;
    return OK;
}

static err counted_add(struct ctx *c, int64_t home, int64_t month, struct cells *all)
{
    struct q_tally_recount *fine;
    struct q_tally_recount_coarse *coarse;
    struct q_tally_recount_marks *gone;
    size_t fine_n;
    size_t coarse_n;
    size_t gone_n;
    TRY(q_tally_recount(c->db, c->arena, home, month, &fine, &fine_n));
    TRY(q_tally_recount_coarse(c->db, c->arena, home, month, &coarse, &coarse_n));
    TRY(q_tally_recount_marks(c->db, c->arena, home, month, &gone, &gone_n));
    TRY(cells_grow(c, all, fine_n + coarse_n + gone_n * (MARKS + 1)));
    for (size_t i = 0; i < fine_n; i++) {
        all->v[all->n++] = (struct cell){LEVEL_FINE,
                                         fine[i].case_kind_code,
                                         fine[i].service_id,
                                         fine[i].tehsil_id,
                                         fine[i].sex_code,
                                         fine[i].flow_state,
                                         fine[i].reason_code,
                                         S(""),
                                         0,
                                         fine[i].cases_n};
    }
    for (size_t i = 0; i < coarse_n; i++) {
        all->v[all->n++] =
            (struct cell){LEVEL_COARSE,         coarse[i].case_kind_code, 0,     0, coarse[i].sex_code,
                          coarse[i].flow_state, coarse[i].reason_code,    S(""), 0, coarse[i].cases_n};
    }
    for (size_t i = 0; i < gone_n; i++) {
        struct cell k = {.level = LEVEL_MARK,
                         .kind = gone[i].case_kind_code,
                         .service_id = gone[i].service_id,
                         .tehsil_id = gone[i].tehsil_id,
                         .n = gone[i].cases_n};
        for (size_t m = 0; m < MARKS; m++) {
            k.mark = marks[m].code;
            if ((gone[i].mark_no & marks[m].bit) != 0) {
                all->v[all->n++] = k;
            }
        }
        k.mark = MARK_DAYS;
        k.spent = gone[i].spent_days;
        if (k.spent >= 0) {
            all->v[all->n++] = k;
        }
    }
    return OK;
}

static err kept_add(struct ctx *c, int64_t home, int64_t month, struct cells *all)
{
    struct q_tally_list *fine;
    struct q_tally_coarse_list *coarse;
    struct q_tally_mark_list *gone;
    size_t fine_n;
    size_t coarse_n;
    size_t gone_n;
    TRY(q_tally_list(c->db, c->arena, home, month, &fine, &fine_n));
    TRY(q_tally_coarse_list(c->db, c->arena, home, month, &coarse, &coarse_n));
    TRY(q_tally_mark_list(c->db, c->arena, home, month, &gone, &gone_n));
    TRY(cells_grow(c, all, fine_n + coarse_n + gone_n));
    for (size_t i = 0; i < fine_n; i++) {
        all->v[all->n++] = (struct cell){LEVEL_FINE,
                                         fine[i].case_kind_code,
                                         fine[i].service_id,
                                         fine[i].tehsil_id,
                                         fine[i].sex_code,
                                         fine[i].flow_state,
                                         fine[i].reason_code,
                                         S(""),
                                         0,
                                         -fine[i].cases_n};
    }
    for (size_t i = 0; i < coarse_n; i++) {
        all->v[all->n++] =
            (struct cell){LEVEL_COARSE,         coarse[i].case_kind_code, 0,     0, coarse[i].sex_code,
                          coarse[i].flow_state, coarse[i].reason_code,    S(""), 0, -coarse[i].cases_n};
    }
    for (size_t i = 0; i < gone_n; i++) {
        all->v[all->n++] = (struct cell){.level = LEVEL_MARK,
                                         .kind = gone[i].case_kind_code,
                                         .service_id = gone[i].service_id,
                                         .tehsil_id = gone[i].tehsil_id,
                                         .mark = gone[i].mark_code,
                                         .spent = gone[i].spent_days,
                                         .n = -gone[i].cases_n};
    }
    return OK;
}

static int numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int texts(str a, str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int d = n == 0 ? 0 : memcmp(a.p, b.p, n);
    return d != 0 ? d : numbers((int64_t)a.n, (int64_t)b.n);
}

static int cells_order(const void *left, const void *right)
{
    const struct cell *a = left;
    const struct cell *b = right;
    const int by[] = {
        numbers(a->level, b->level),         texts(a->kind, b->kind), numbers(a->service_id, b->service_id),
        numbers(a->tehsil_id, b->tehsil_id), texts(a->sex, b->sex),   numbers(a->state, b->state),
        texts(a->reason, b->reason),         texts(a->mark, b->mark), numbers(a->spent, b->spent)};
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
        if (by[i] != 0) {
            return by[i];
        }
    }
    return 0;
}

/* Whatever does not cancel out is wrong in the summary, on each level by itself, and is mended. */
static err month_check(struct ctx *c, int64_t home, int64_t month, bool *out_same)
{
    struct cells all = {.n = 0};
    *out_same = true;
    TRY(counted_add(c, home, month, &all));
    TRY(kept_add(c, home, month, &all));
    qsort(all.v, all.n, sizeof all.v[0], cells_order);
    for (size_t i = 0; i < all.n;) {
        struct cell k = all.v[i++];
        while (i < all.n && cells_order(&k, &all.v[i]) == 0) {
            k.n += all.v[i++].n;
        }
        if (k.n != 0) {
            *out_same = false;
            TRY(cell_put(c, home, month, &k));
        }
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
    TRY(month_check(c, next.home, next.filed_month, &same));
    if (!same) {
        ERROR("tally.mismatch", log_i64("home", next.home), log_i64("month", next.filed_month));
        TRY(audit_add(c, &(struct audit_entry){.event = S("tally.mended"), .home = next.home}));
    }
    *out_done = 1;
    return q_meta_put(c->db, CHECKED,
                      arena_printf(c->arena, "%lld %lld", (long long)next.home, (long long)next.filed_month),
                      NULL);
}
