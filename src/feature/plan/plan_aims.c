/* plan_aims.c: targets of approved plans, by district. */
#include "plan_aims.h"

#include "place.h"
#include "plan_kind.h"

/* Whether all of some districts are among others. */
static bool within(const int64_t *few, size_t few_n, const int64_t *many, size_t many_n)
{
    for (size_t i = 0; i < few_n; i++) {
        bool some = false;
        for (size_t k = 0; k < many_n && !some; k++) {
            some = many[k] == few[i];
        }
        if (!some) {
            return false;
        }
    }
    return few_n > 0;
}

static struct period span_of(const struct plan_aim *a)
{
    return (struct period){a->row->from_day, a->row->to_day};
}

/* Rows come with the widest unit and the longest span first. */
static bool is_inside_another(const struct plan_aims *a, const struct plan_aim *one)
{
    for (size_t i = 0; i < a->n; i++) {
        const struct plan_aim *wider = &a->v[i];
        if (str_eq(wider->row->indicator_code, one->row->indicator_code) &&
            period_within(span_of(one), span_of(wider)) &&
            within(one->homes, one->homes_n, wider->homes, wider->homes_n)) {
            return true;
        }
    }
    return false;
}

err plan_aims(struct ctx *c, const int64_t *homes, size_t homes_n, struct plan_aims *out)
{
    struct q_plan_aims *rows;
    size_t n;
    TRY(q_plan_aims(c->db, c->arena, plan_kind.kind_no, PLAN_APPROVED, &rows, &n));
    struct plan_aims a = {.v = arena_array_of(c->arena, struct plan_aim, n + 1)};
    if (a.v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        int64_t *ids;
        struct plan_aim one = {.row = &rows[i]};
        const bool again = i > 0 && rows[i].unit_id == rows[i - 1].unit_id && a.n > 0 &&
                           a.v[a.n - 1].row->unit_id == rows[i].unit_id;
        if (again) {
            one.homes = a.v[a.n - 1].homes;
            one.homes_n = a.v[a.n - 1].homes_n;
        } else {
            TRY(place_districts(c, rows[i].unit_id, &ids, &one.homes_n));
            one.homes = ids;
        }
        a.v[a.n] = one;
        a.n += within(one.homes, one.homes_n, homes, homes_n) && !is_inside_another(&a, &one) ? 1 : 0;
    }
    *out = a;
    return OK;
}

struct opt_i64 plan_aimed(const struct plan_aims *a, str indicator, const int64_t *homes, size_t homes_n,
                          struct period p)
{
    struct opt_i64 sum = NONE_I64;
    for (size_t i = 0; i < a->n; i++) {
        const struct plan_aim *one = &a->v[i];
        if (str_eq(one->row->indicator_code, indicator) && period_within(span_of(one), p) &&
            within(one->homes, one->homes_n, homes, homes_n)) {
            sum = SOME((sum.given ? sum.v : 0) + one->row->num_n);
        }
    }
    return sum;
}
