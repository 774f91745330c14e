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

/* Whether some district is of both. */
static bool shares(const struct plan_aim *x, const struct plan_aim *y)
{
    for (size_t i = 0; i < x->homes_n; i++) {
        if (within(&x->homes[i], 1, y->homes, y->homes_n)) {
            return true;
        }
    }
    return false;
}

/* Whether one that is counted already says it too: it goes around this one, or they overlap. */
static bool is_said(const struct plan_aims *a, const struct plan_aim *one)
{
    const struct period mine = span_of(one);
    for (size_t i = 0; i < a->n; i++) {
        const struct plan_aim *o = &a->v[i];
        const struct period its = span_of(o);
        if (!o->counted || !str_eq(o->row->indicator_code, one->row->indicator_code)) {
            continue;
        }
        const bool inside = period_within(mine, its);
        const bool across = !inside && !period_within(its, mine) && mine.from_day <= its.to_day &&
                            its.from_day <= mine.to_day;
        if ((inside && within(one->homes, one->homes_n, o->homes, o->homes_n)) ||
            (across && shares(one, o))) {
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
        a.n += within(one.homes, one.homes_n, homes, homes_n) ? 1 : 0;
    }
    *out = a;
    return OK;
}

/* Rows come with the widest unit and the longest span first; what is of the very period goes before. */
struct opt_i64 plan_aimed(const struct plan_aims *a, str indicator, const int64_t *homes, size_t homes_n,
                          struct period p)
{
    struct opt_i64 sum = NONE_I64;
    for (size_t i = 0; i < a->n; i++) {
        a->v[i].counted = false;
    }
    for (int exact = 1; exact >= 0; exact--) {
        for (size_t i = 0; i < a->n; i++) {
            struct plan_aim *one = &a->v[i];
            const bool asked = exact == 1 ? period_same(span_of(one), p) : period_within(span_of(one), p);
            if (asked && !one->counted && str_eq(one->row->indicator_code, indicator) &&
                within(one->homes, one->homes_n, homes, homes_n) && !is_said(a, one)) {
                one->counted = true;
                sum = SOME((sum.given ? sum.v : 0) + one->row->num_n);
            }
        }
    }
    return sum;
}
