/* figure.c: the figures of a desk, by month. */
#include "visit_inside.h"

#include "case_scope.h"
#include "clock.h"

enum { DESKS_MOST = 400 };

static bool desk_eq(const struct visit_desk *a, str code)
{
    return str_eq(a->code, code);
}

static err desks_of_home(struct ctx *c, int64_t home, struct visit_desk *out, size_t most, size_t *io_n)
{
    struct q_visit_desks *rows;
    size_t n;
    TRY(q_visit_desks(c->db, c->arena, home, local_day(c->now_ms), &rows, &n));
    for (size_t i = 0; i < n && *io_n < most; i++) {
        out[(*io_n)++] = (struct visit_desk){.home = home, .id = rows[i].id, .code = rows[i].body_code};
    }
    return OK;
}

err visit_desks_of(struct ctx *c, int64_t home, struct visit_desk **out, size_t *out_n)
{
    struct visit_desk *all = arena_array_of(c->arena, struct visit_desk, DESKS_MOST);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(desks_of_home(c, home, all, DESKS_MOST, &n));
    *out = all;
    *out_n = n;
    return OK;
}

err figures_desks(struct ctx *c, struct visit_desk **out, size_t *out_n)
{
    struct scope s;
    struct visit_desk *all = arena_array_of(c->arena, struct visit_desk, DESKS_MOST);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    if (c->actor.role == ROLE_DESK) { /* her own alone */
        TRY(visit_desk_own(c, all));
        *out = all;
        *out_n = 1;
        return OK;
    }
    TRY(scope_of(c, &s));
    for (size_t i = 0; i < s.homes_n; i++) {
        TRY(desks_of_home(c, s.homes[i], all, DESKS_MOST, &n));
    }
    *out = all;
    *out_n = n;
    return OK;
}

err figures_reach(struct ctx *c, str code, struct visit_desk *out)
{
    struct visit_desk *all;
    size_t n;
    TRY(figures_desks(c, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (code.n == 0 || desk_eq(&all[i], code)) {
            *out = all[i];
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

int64_t desk_sum(const struct desk_figures *f, str figure, str kind, str sex)
{
    int64_t sum = 0;
    for (size_t i = 0; i < f->rows_n; i++) {
        const struct q_figure_all *r = &f->rows[i];
        if (str_eq(r->figure_code, figure) && (kind.p == NULL || str_eq(r->figure_kind, kind)) &&
            (sex.p == NULL || str_eq(r->sex_code, sex))) {
            sum += r->figure_n;
        }
    }
    return sum;
}

/* The rows come by minute: whoever stands in the middle, or the two who do. */
static struct opt_i64 wait_median_twice(const struct desk_figures *f)
{
    const int64_t all = desk_sum(f, S("wait"), STR_NONE, STR_NONE);
    int64_t seen = 0;
    int64_t low = -1;
    int64_t high = -1;
    for (size_t i = 0; i < f->rows_n && high < 0; i++) {
        int64_t minutes;
        if (!str_eq(f->rows[i].figure_code, S("wait")) || !str_i64(f->rows[i].figure_kind, &minutes)) {
            continue;
        }
        seen += f->rows[i].figure_n;
        low = low < 0 && seen >= (all + 1) / 2 ? minutes : low;
        high = seen >= all / 2 + 1 ? minutes : high;
    }
    return all > 0 ? SOME(low + high) : (struct opt_i64){.given = false};
}

static void exit_day_put(const int64_t n[VISIT_face_n], struct desk_figures *out)
{
    int64_t all = 0;
    for (size_t i = 0; i < VISIT_face_n; i++) {
        all += n[i];
    }
    if (all == 0) {
        return;
    }
    if (all < EXIT_FEW) {
        out->exit_hidden_days++;
        return;
    }
    out->exit_days++;
    for (size_t i = 0; i < VISIT_face_n; i++) {
        out->exit[i] += n[i];
    }
}

/* Sums of whole days that are over and have enough answers: so nothing is learnt by looking twice, and a
 * month less its days says nothing of a day that is held back. */
static err exit_sums(struct ctx *c, const struct visit_desk *d, int64_t month, struct desk_figures *out)
{
    enum { DAY_PER_MONTH = 100, LAST_DAY = 31 };
    struct q_exit_days *rows;
    size_t n;
    const int64_t yesterday = day_add(local_day(c->now_ms), -1);
    const int64_t last = month * DAY_PER_MONTH + LAST_DAY;
    const struct q_exit_days_in in = {.home = d->home,
                                      .desk_id = d->id,
                                      .from_day = month * DAY_PER_MONTH + 1,
                                      .to_day = last < yesterday ? last : yesterday};
    int64_t day[VISIT_face_n] = {0};
    TRY(q_exit_days(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && rows[i].exit_day != rows[i - 1].exit_day) {
            exit_day_put(day, out);
            for (size_t k = 0; k < VISIT_face_n; k++) {
                day[k] = 0;
            }
        }
        for (size_t k = 0; k < VISIT_face_n; k++) {
            day[k] += str_eq(rows[i].face_code, visit_face_words[k].code) ? rows[i].answers_n : 0;
        }
    }
    exit_day_put(day, out);
    return OK;
}

err figures_of(struct ctx *c, const struct visit_desk *d, int64_t month, struct desk_figures *out)
{
    enum { DAY_PER_MONTH = 100, LAST_DAY = 31 };
    struct desk_figures f = {.rows = NULL};
    const struct q_figure_all_in in = {d->home, d->id, month};
    const struct q_figure_materials_in of = {.from_day = month * DAY_PER_MONTH + 1,
                                             .to_day = month * DAY_PER_MONTH + LAST_DAY,
                                             .home = d->home,
                                             .desk_id = d->id};
    TRY(q_figure_all(c->db, c->arena, &in, &f.rows, &f.rows_n));
    TRY(q_figure_materials(c->db, c->arena, &of, &f.materials, &f.materials_n));
    TRY(exit_sums(c, d, month, &f));
    f.wait_twice = wait_median_twice(&f);
    *out = f;
    return OK;
}
