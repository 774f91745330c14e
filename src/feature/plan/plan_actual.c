/* plan_actual.c: targets beside figures. */
#include "case_scope.h"
#include "figure_now.h"
#include "place.h"
#include "plan_inside.h"
#include "snapshot.h"

enum { PERCENT = 100 };

static bool among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* The districts of a target's unit; *out_hers false: not all of them are in reach, or it is none of
 * districts. Whoever reads a province's plan in a district reads no totals of it: she could subtract. */
static err homes_of(struct ctx *c, int64_t unit, struct id_set *out, bool *out_hers)
{
    struct q_place_by_id row;
    struct scope scope;
    int64_t *ids;
    size_t n;
    *out_hers = false;
    TRY(q_place_by_id(c->db, c->arena, unit, &row));
    if (row.level_no > LEVEL_DISTRICT) {
        return OK;
    }
    TRY(place_districts(c, unit, &ids, &n));
    TRY(scope_of(c, &scope));
    *out_hers = n > 0;
    for (size_t i = 0; i < n && c->actor.role != ROLE_SYSTEM; i++) {
        *out_hers = *out_hers && among(scope.homes, scope.homes_n, ids[i]);
    }
    *out = (struct id_set){ids, n};
    return OK;
}

static struct figure_pick pick_of(const struct q_plan_targets *t)
{
    return (struct figure_pick){.role = t->role_code, .sex = t->sex_code};
}

/* Rows of one district stand together, the last quarter last. */
static void reported_add(const struct q_plan_indicators *i, const struct q_plan_reported *rows, size_t n,
                         struct plan_reported *io)
{
    const bool latest = str_eq(i->aggregate_code, S("latest"));
    for (size_t k = 0; k < n; k++) {
        io->found++;
        if (latest && k + 1 < n && rows[k + 1].home == rows[k].home) {
            continue;
        }
        io->num += rows[k].num_n;
        io->den += rows[k].den_n;
    }
}

err plan_reported(struct ctx *c, const struct q_plan_indicators *i, const struct q_plan_targets *t,
                  const int64_t *homes, size_t homes_n, struct plan_reported *out)
{
    struct plan_reported all = {.found = 0};
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_plan_reported *rows;
        size_t n;
        const struct q_plan_reported_in in = {.homes = homes + at,
                                              .homes_n =
                                                  homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX,
                                              .of_home_id = i->home,
                                              .id = i->id,
                                              .from_day = t->from_day,
                                              .to_day = t->to_day,
                                              .role_code = t->role_code,
                                              .sex_code = t->sex_code};
        TRY(q_plan_reported(c->db, c->arena, &in, &rows, &n));
        reported_add(i, rows, n, &all);
    }
    all.some = all.found == 1 || (all.found > 1 && !str_eq(i->aggregate_code, S("none")));
    *out = all;
    return OK;
}

err plan_actual(struct ctx *c, const struct q_plan_indicators *i, const struct q_plan_targets *t, bool now,
                struct plan_actual *out)
{
    struct plan_actual a = {.of = indicator_find(i->indicator_code)};
    const struct figure_pick pick = pick_of(t);
    const struct period p = {t->from_day, t->to_day};
    struct snapshot_sum sum;
    struct figure counted;
    struct id_set homes;
    TRY(homes_of(c, t->unit_id, &homes, &a.hers));
    if (a.of == NULL && a.hers) {
        struct plan_reported said;
        TRY(plan_reported(c, i, t, homes.ids, homes.n, &said));
        a.found = said.some ? said.found : 0;
        a.num = said.num;
        a.den = said.den;
    }
    if (a.of != NULL && a.hers && period_whole_months(p)) {
        TRY(snapshot_read(c, a.of, homes.ids, homes.n, p, &sum));
        a.found = sum.found;
        a.expected = sum.expected;
        figure_sum(a.of, &sum.figure, &pick, &a.num, &a.den);
    }
    if (a.of != NULL && a.hers && now) {
        TRY(figure_now(c, a.of, &homes, p, &counted, &a.now));
    }
    if (a.now) {
        figure_sum(a.of, &counted, &pick, &a.now_num, &a.now_den);
    }
    *out = a;
    return OK;
}

struct opt_i64 plan_reached(const struct q_plan_targets *t, const struct indicator *of, int64_t num,
                            int64_t den)
{
    const bool ratio = of->measure == MEASURE_RATIO;
    if (of->measure == MEASURE_MEDIAN || of->less_is_better || t->num_n <= 0 || (ratio && den <= 0)) {
        return NONE_I64;
    }
    /* Of a share: its percent over the percent aimed at, that is num/den over num_n/den_n. */
    const int64_t above = ratio ? num * t->den_n : num;
    const int64_t below = ratio ? den * t->num_n : t->num_n;
    return SOME((above * PERCENT + below / 2) / below);
}
