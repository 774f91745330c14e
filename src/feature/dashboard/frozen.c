/* frozen.c: approved figures over districts and quarters. */
#include "clock.h"
#include "dashboard.h"

enum { MONTH_OF_DAY = 100 };

static struct period quarter_of(int64_t day)
{
    return period_quarter(period_year_of(day), period_quarter_of(day));
}

bool dash_period_right(struct period p)
{
    return period_same(p, period_all()) ||
           (quarter_of(p.from_day).from_day == p.from_day && quarter_of(p.to_day).to_day == p.to_day);
}

/* The quarters of the trend, up to that in which the period ends or that of today. */
static void trend_begin(struct ctx *c, struct dash_figure *io)
{
    const int64_t today = local_day(c->now_ms);
    struct period q = quarter_of(io->period.to_day < today ? io->period.to_day : today);
    for (size_t i = DASH_TREND; i-- > 0;) {
        io->trend[i] = (struct dash_point){.from_day = q.from_day};
        q = quarter_of(day_add(q.from_day, -1));
    }
}

/* ---- all indicators, added up over districts ---- */

static void sum_add(const struct q_dash_sums *r, struct dash_figure *io)
{
    for (size_t i = 0; i < DASH_TREND; i++) {
        struct dash_point *p = &io->trend[i];
        if (p->from_day == r->from_day) {
            p->num += r->num_n;
            p->den += r->den_n;
            p->found += r->found_n;
        }
    }
    if (!period_within((struct period){r->from_day, r->to_day}, io->period)) {
        return;
    }
    io->num += r->num_n;
    io->den += r->den_n;
    io->found += r->found_n;
}

/* NULL: an indicator that there is no more. */
static struct dash_figure *figure_of(struct dash_figure *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].of->code, code)) {
            return &all[i];
        }
    }
    return NULL;
}

static err sums_add(struct ctx *c, const struct dash_area *area, int64_t from_day, struct dash_figure *all,
                    size_t n)
{
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        const struct q_dash_sums_in in = {.homes = area->homes + at,
                                          .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                          .from_day = from_day,
                                          .to_day = all[0].period.to_day};
        struct dash_figure *f = NULL;
        struct q_dash_sums *rows;
        size_t rows_n;
        TRY(q_dash_sums(c->db, c->arena, &in, &rows, &rows_n));
        for (size_t i = 0; i < rows_n; i++) {
            const bool same = f != NULL && str_eq(f->of->code, rows[i].indicator_code);
            f = same ? f : figure_of(all, n, rows[i].indicator_code);
            if (f != NULL) {
                sum_add(&rows[i], f);
            }
        }
    }
    return OK;
}

/* Quarters that a district has a figure of itself. */
static err own_points(struct ctx *c, const struct dash_figure *all, size_t n, bool **out)
{
    bool *own = arena_array_of(c->arena, bool, n *DASH_TREND + 1);
    if (own == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n * DASH_TREND; i++) {
        own[i] = all[i / DASH_TREND].trend[i % DASH_TREND].found > 0;
    }
    *out = own;
    return OK;
}

/* Before a single district stood, its trend is told on by what stood there (place_lineage): of quarters that
 * it has no figure of itself, and never in the sums of the period. */
static void point_before(const struct q_dash_sums *r, const struct place_stood *s, const bool *own,
                         struct dash_figure *io)
{
    for (size_t i = 0; i < DASH_TREND; i++) {
        struct dash_point *p = &io->trend[i];
        if (p->from_day == r->from_day && !own[i] && s->from_day <= r->to_day && s->to_day >= r->from_day) {
            p->num += r->num_n;
            p->den += r->den_n;
            p->found += r->found_n;
        }
    }
}

static err before_add(struct ctx *c, const struct place_stood *s, const bool *own, struct dash_figure *all,
                      size_t n)
{
    const struct q_dash_sums_in in = {.homes = &s->unit,
                                      .homes_n = 1,
                                      .from_day = all[0].trend[0].from_day,
                                      .to_day = all[0].trend[DASH_TREND - 1].from_day};
    struct q_dash_sums *rows;
    size_t rows_n;
    TRY(q_dash_sums(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        struct dash_figure *f = figure_of(all, n, rows[i].indicator_code);
        if (f != NULL && f->of->measure != MEASURE_MEDIAN) {
            point_before(&rows[i], s, own + (size_t)(f - all) * DASH_TREND, f);
        }
    }
    return OK;
}

/* What stood there before a single district; of several nothing. */
struct lineage {
    struct place_stood *stood;
    size_t n;
};

static err lineage_of(struct ctx *c, const struct dash_area *area, struct lineage *out)
{
    *out = (struct lineage){.n = 0};
    return area->homes_n == 1 ? place_lineage(c, area->homes[0], &out->stood, &out->n) : OK;
}

static err lineage_add(struct ctx *c, const struct dash_area *area, const struct lineage *l,
                       struct dash_figure *all, size_t n)
{
    bool *own;
    TRY(own_points(c, all, n, &own));
    for (size_t k = 0; k < l->n; k++) {
        TRY(l->stood[k].unit == area->homes[0] ? OK : before_add(c, &l->stood[k], own, all, n));
    }
    return OK;
}

/* A median of a quarter without a figure of its own: of the values of all that stood there then, side by
 * side; medians of medians would be nothing. */
static err median_before(struct ctx *c, int64_t own, const struct lineage *l, const struct indicator *of,
                         struct dash_point *io)
{
    const struct period quarter = quarter_of(io->from_day);
    struct snapshot_sum sum;
    size_t n = 0;
    int64_t *then = arena_array_of(c->arena, int64_t, l->n + 1);
    if (then == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < l->n; k++) {
        const struct place_stood *s = &l->stood[k];
        if (s->unit != own && s->from_day <= quarter.to_day && s->to_day >= quarter.from_day) {
            then[n++] = s->unit;
        }
    }
    if (n == 0) {
        return OK;
    }
    TRY(snapshot_read(c, of, then, n, quarter, &sum));
    figure_sum(of, &sum.figure, &(struct figure_pick){.from_month = 0}, &io->num, &io->den);
    io->found = sum.found;
    return OK;
}

/* A median is no sum: it is taken of the values themselves, of all quarters by one reading. */
static err medians_take(struct ctx *c, const struct dash_area *area, const struct lineage *l,
                        int64_t from_day, struct dash_figure *io)
{
    struct snapshot_sum sum;
    struct figure_pick pick = {.from_month = io->period.from_day / MONTH_OF_DAY,
                               .to_month = io->period.to_day / MONTH_OF_DAY};
    TRY(snapshot_read(c, io->of, area->homes, area->homes_n, (struct period){from_day, io->period.to_day},
                      &sum));
    figure_sum(io->of, &sum.figure, &pick, &io->num, &io->den);
    for (size_t k = 0; k < DASH_TREND; k++) {
        struct dash_point *p = &io->trend[k];
        if (p->found > 0) {
            pick.from_month = p->from_day / MONTH_OF_DAY;
            pick.to_month = quarter_of(p->from_day).to_day / MONTH_OF_DAY;
            figure_sum(io->of, &sum.figure, &pick, &p->num, &p->den);
        } else if (l->n > 1) {
            TRY(median_before(c, area->homes[0], l, io->of, p));
        }
    }
    return OK;
}

err dash_figures(struct ctx *c, const struct dash_area *area, struct period p, struct dash_figure **out,
                 size_t *out_n)
{
    size_t n;
    const struct indicator *of = indicator_all(&n);
    struct lineage lineage;
    struct dash_figure *all = arena_array_of(c->arena, struct dash_figure, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct dash_figure){.of = &of[i], .period = p};
        trend_begin(c, &all[i]);
    }
    const int64_t from_day = p.from_day < all[0].trend[0].from_day ? p.from_day : all[0].trend[0].from_day;
    TRY(sums_add(c, area, from_day, all, n));
    TRY(lineage_of(c, area, &lineage));
    TRY(lineage_add(c, area, &lineage, all, n));
    for (size_t i = 0; i < n; i++) {
        const bool median = all[i].of->measure == MEASURE_MEDIAN;
        TRY(median ? medians_take(c, area, &lineage, from_day, &all[i]) : OK);
    }
    *out = all;
    *out_n = n;
    return OK;
}

err dash_quarters(struct ctx *c, const struct dash_area *area, struct period p, int64_t *out)
{
    *out = 0;
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        struct q_dash_quarters some;
        const struct q_dash_quarters_in in = {.homes = area->homes + at,
                                              .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                              .from_day = p.from_day,
                                              .to_day = p.to_day};
        TRY(q_dash_quarters(c->db, c->arena, &in, &some));
        *out += some.quarters_n;
    }
    return OK;
}

/* ---- one indicator, district by district ---- */

static void home_add(const struct dash_area *area, const struct q_dash_frozen *r, struct dash_point *points)
{
    for (size_t k = 0; k < area->homes_n; k++) {
        if (area->homes[k] == r->home) {
            points[k].num += r->num_n;
            points[k].den += r->den_n;
            points[k].found++;
        }
    }
}

static err homes_add(struct ctx *c, const struct dash_area *area, struct dash_figure *io)
{
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        const struct q_dash_frozen_in in = {.homes = area->homes + at,
                                            .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                            .indicator_code = io->of->code,
                                            .from_day = io->period.from_day,
                                            .to_day = io->period.to_day};
        struct q_dash_frozen *rows;
        size_t n;
        TRY(q_dash_frozen(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            if (period_within((struct period){rows[i].from_day, rows[i].to_day}, io->period)) {
                home_add(area, &rows[i], io->by_home);
            }
        }
    }
    return OK;
}

static err median_of(struct ctx *c, const struct dash_figure *f, const int64_t *home, struct dash_point *io)
{
    struct snapshot_sum sum;
    TRY(snapshot_read(c, f->of, home, 1, f->period, &sum));
    figure_sum(f->of, &sum.figure, &(struct figure_pick){.from_month = 0}, &io->num, &io->den);
    return OK;
}

err dash_by_home(struct ctx *c, const struct dash_area *area, struct dash_figure *io)
{
    io->by_home = arena_array_of(c->arena, struct dash_point, area->homes_n + 1);
    if (io->by_home == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < area->homes_n; k++) {
        io->by_home[k] = (struct dash_point){.from_day = io->period.from_day};
    }
    TRY(homes_add(c, area, io));
    for (size_t k = 0; io->of->measure == MEASURE_MEDIAN && k < area->homes_n; k++) {
        TRY(io->by_home[k].found == 0 ? OK : median_of(c, io, &area->homes[k], &io->by_home[k]));
    }
    return OK;
}
