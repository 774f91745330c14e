/* report_trend_pages.c: one indicator over quarters, as approved: a line, and its table. A quarter that
 * nobody approved is a gap, and how many districts stand behind each point is said beside it. */
#include "format.h"
#include "report_pages.h"
#include "snapshot.h"

enum { QUARTERS_DRAWN = 20, QUARTERS_LEAST = 2, PERCENT = 100, COUNTER = 4 };

/* One quarter; found: districts of it that are approved. */
struct point {
    struct period quarter;
    int64_t found, num, den;
};

/* Quarters in one count, for sums. */
static int64_t ordinal(int64_t day)
{
    return period_year_of(day) * COUNTER + period_quarter_of(day) - 1;
}

static struct period quarter_at(int64_t n)
{
    return period_quarter(n / COUNTER, (int)(n % COUNTER) + 1);
}

static err point_read(struct web *w, const struct indicator *of, const struct id_set *homes,
                      struct period quarter, struct point *out)
{
    const struct figure_pick any = {.from_month = 0};
    const struct arena_mark mark = arena_mark(w->arena);
    struct snapshot_sum sum;
    *out = (struct point){.quarter = quarter};
    TRY(snapshot_read(&w->ctx, of, homes->ids, homes->n, quarter, &sum));
    figure_sum(of, &sum.figure, &any, &out->num, &out->den);
    out->found = sum.found;
    arena_reset(w->arena, mark); /* its cells are many, and not needed any more */
    return OK;
}

/* As a number to be drawn; nothing where a share would be of too few. */
static struct paper_value value_of(const struct indicator *of, const struct point *p)
{
    const bool ratio = of->measure == MEASURE_RATIO;
    const bool nothing =
        p->found == 0 || (ratio && p->den < FIGURE_FEW) || (of->measure == MEASURE_MEDIAN && p->den == 0);
    if (nothing) {
        return (struct paper_value){.nothing = true, .text = S("")};
    }
    return (struct paper_value){.n = ratio ? (p->num * PERCENT + p->den / 2) / p->den : p->num,
                                .text = S("")};
}

static err chart_of(struct web *w, const struct indicator *of, const struct point *points, size_t n,
                    struct paper_shown *out)
{
    struct paper_draft *d = arena_array_of(w->arena, struct paper_draft, 1);
    const str series = page_msg(&w->page, of->title);
    const struct paper *paper;
    str labels[QUARTERS_DRAWN];
    struct paper_value values[QUARTERS_DRAWN];
    if (d == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        labels[i] = period_code(w->arena, points[i].quarter);
        values[i] = value_of(of, &points[i]);
    }
    const struct paper_chart chart = {.form = PAPER_OVER_TIME,
                                      .percent = of->measure == MEASURE_RATIO,
                                      .title = page_msg(&w->page, MSG_REPORT_CHART),
                                      .series = &series,
                                      .series_n = 1,
                                      .points = labels,
                                      .points_n = n,
                                      .values = values};
    paper_begin(d, w->arena, w->lang, PAPER_A4, 0, S(""));
    paper_chart(d, &chart);
    TRY(paper_done(d, &paper));
    return paper_shown_of(w->arena, paper, out);
}

enum { T_QUARTER, T_VALUE, T_DISTRICTS, T_COLS };

static err table_of(struct web *w, const struct indicator *of, const struct report_query *q,
                    const struct point *points, size_t n, struct table_view *out)
{
    static const enum msg heads[T_COLS] = {MSG_REPORT_PERIOD, MSG_REPORT_CELL_VALUE,
                                           MSG_REPORT_TREND_DISTRICTS};
    const str path = arena_printf(w->arena, "/reports/indicators/%.*s", STR_F(of->code));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * T_COLS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *row = &cells[i * T_COLS];
        const struct report_query one = {points[i].quarter, q->unit};
        const bool some = points[i].found > 0;
        row[T_QUARTER] = (struct cell_view){.text = period_code(w->arena, points[i].quarter),
                                            .dir = S("ltr"),
                                            .to = report_url(w, path, &one)};
        row[T_VALUE].text = some ? figure_words(&w->ctx, of, points[i].num, points[i].den)
                                 : page_msg(&w->page, MSG_REPORT_NOT_APPROVED);
        row[T_DISTRICTS] =
            (struct cell_view){.text = format_number(w->arena, w->lang, points[i].found), .dir = S("ltr")};
    }
    return web_table(w, heads, T_COLS, cells, n, MSG_REPORT_TREND, MSG_REPORT_NOT_APPROVED, out);
}

err report_trend(struct web *w, const struct indicator *of, const struct report_query *q,
                 const struct id_set *homes, struct period span, struct figure_view *io)
{
    struct point points[QUARTERS_DRAWN];
    const int64_t last = ordinal(span.to_day);
    const int64_t first = ordinal(span.from_day);
    const int64_t from = last - first < QUARTERS_DRAWN ? first : last - QUARTERS_DRAWN + 1;
    size_t n = 0;
    if (last - from + 1 < QUARTERS_LEAST) {
        return OK;
    }
    for (int64_t at = from; at <= last; at++) {
        TRY(point_read(w, of, homes, quarter_at(at), &points[n++]));
    }
    TRY(chart_of(w, of, points, n, &io->chart));
    TRY(table_of(w, of, q, points, n, &io->trend));
    io->trend_shown = true;
    return OK;
}
