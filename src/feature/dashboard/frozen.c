/* frozen.c: approved figures over districts and quarters. */
#include "clock.h"
#include "dashboard.h"

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

static void point_add(const struct q_dash_frozen *r, struct dash_point *to)
{
    to->num += r->num_n;
    to->den += r->den_n;
    to->found++;
}

static void row_add(const struct dash_area *area, const struct q_dash_frozen *r, struct dash_figure *io)
{
    for (size_t i = 0; i < DASH_TREND; i++) {
        if (io->trend[i].from_day == r->from_day) {
            point_add(r, &io->trend[i]);
        }
    }
    if (!period_within((struct period){r->from_day, r->to_day}, io->period)) {
        return;
    }
    io->num += r->num_n;
    io->den += r->den_n;
    io->found++;
    io->last_ms = r->made_ms > io->last_ms ? r->made_ms : io->last_ms;
    for (size_t k = 0; k < area->homes_n; k++) {
        if (area->homes[k] == r->home) {
            point_add(r, &io->by_home[k]);
        }
    }
}

static err rows_add(struct ctx *c, const struct dash_area *area, int64_t from_day, struct dash_figure *io)
{
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        const struct q_dash_frozen_in in = {.homes = area->homes + at,
                                            .homes_n = left < ID_LIST_MAX ? left : ID_LIST_MAX,
                                            .indicator_code = io->of->code,
                                            .from_day = from_day,
                                            .to_day = local_day(c->now_ms)};
        struct q_dash_frozen *rows;
        size_t n;
        TRY(q_dash_frozen(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            row_add(area, &rows[i], io);
        }
    }
    return OK;
}

/* A median is no sum: it is taken of the values themselves. */
static err median_of(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t n,
                     struct period p, int64_t *out_num, int64_t *out_den)
{
    struct snapshot_sum sum;
    TRY(snapshot_read(c, i, homes, n, p, &sum));
    figure_sum(i, &sum.figure, &(struct figure_pick){.from_month = 0}, out_num, out_den);
    return OK;
}

static err medians_take(struct ctx *c, const struct dash_area *area, struct dash_figure *io)
{
    TRY(median_of(c, io->of, area->homes, area->homes_n, io->period, &io->num, &io->den));
    for (size_t k = 0; k < DASH_TREND; k++) {
        struct dash_point *p = &io->trend[k];
        TRY(p->found == 0 ? OK
                          : median_of(c, io->of, area->homes, area->homes_n, quarter_of(p->from_day), &p->num,
                                      &p->den));
    }
    for (size_t k = 0; k < area->homes_n; k++) {
        struct dash_point *p = &io->by_home[k];
        TRY(p->found == 0 ? OK : median_of(c, io->of, &area->homes[k], 1, io->period, &p->num, &p->den));
    }
    return OK;
}

err dash_figure(struct ctx *c, const struct dash_area *area, const struct indicator *i, struct period p,
                struct dash_figure *out)
{
    struct dash_figure f = {
        .of = i, .period = p, .by_home = arena_array_of(c->arena, struct dash_point, area->homes_n + 1)};
    if (f.by_home == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < area->homes_n; k++) {
        f.by_home[k] = (struct dash_point){.from_day = p.from_day};
    }
    trend_begin(c, &f);
    TRY(rows_add(c, area, p.from_day < f.trend[0].from_day ? p.from_day : f.trend[0].from_day, &f));
    if (i->measure == MEASURE_MEDIAN) {
        TRY(medians_take(c, area, &f));
    }
    *out = f;
    return OK;
}
