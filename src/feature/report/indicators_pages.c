/* indicators_pages.c: all indicators as a report: as approved, and as of now. */
#include "report_feature.h"
#include "snapshot.h"

enum { PERCENT = 100 };

/* Columns of a page: the figure in words. Of a file: its numbers. */
enum { P_TITLE, P_APPROVED, P_NOW, P_COLS };
static const struct column page_columns[P_COLS] = {
    [P_TITLE] = {S_INIT("indicator"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT},
    [P_APPROVED] = {S_INIT("approved"), MSG_REPORT_COL_APPROVED, COLUMN_TEXT},
    [P_NOW] = {S_INIT("now"), MSG_REPORT_COL_NOW, COLUMN_TEXT},
};
enum {
    F_CODE,
    F_TITLE,
    F_QUARTERS,
    F_APPROVED,
    F_APPROVED_OF,
    F_APPROVED_SHARE,
    F_NOW,
    F_NOW_OF,
    F_NOW_SHARE,
    F_COLS
};
static const struct column file_columns[F_COLS] = {
    [F_CODE] = {S_INIT("code"), MSG_REPORT_COL_CODE, COLUMN_TEXT},
    [F_TITLE] = {S_INIT("indicator"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT},
    [F_QUARTERS] = {S_INIT("approved_quarters"), MSG_REPORT_COL_QUARTERS, COLUMN_NUMBER},
    [F_APPROVED] = {S_INIT("approved"), MSG_REPORT_COL_APPROVED, COLUMN_NUMBER},
    [F_APPROVED_OF] = {S_INIT("approved_of"), MSG_REPORT_COL_APPROVED_OF, COLUMN_NUMBER},
    [F_APPROVED_SHARE] = {S_INIT("approved_percent"), MSG_REPORT_COL_APPROVED_SHARE, COLUMN_PERCENT},
    [F_NOW] = {S_INIT("provisional"), MSG_REPORT_COL_NOW, COLUMN_NUMBER},
    [F_NOW_OF] = {S_INIT("provisional_of"), MSG_REPORT_COL_NOW_OF, COLUMN_NUMBER},
    [F_NOW_SHARE] = {S_INIT("provisional_percent"), MSG_REPORT_COL_NOW_SHARE, COLUMN_PERCENT},
};

static int64_t share_of(int64_t num, int64_t den)
{
    return (num * PERCENT + den / 2) / den;
}

/* ---- cells ---- */

static bool same_cell(const struct figure_cell *a, const struct figure_cell *b)
{
    return str_eq(a->role, b->role) && str_eq(a->sex, b->sex) && str_eq(a->part, b->part);
}

err figure_together(struct ctx *c, const struct figure *f, struct figure *out)
{
    *out = (struct figure){
        .cells = arena_array_of(c->arena, struct figure_cell, f->cells_n + 1), .num = f->num, .den = f->den};
    if (out->cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < f->cells_n; i++) {
        size_t k = 0;
        while (k < out->cells_n && !same_cell(&out->cells[k], &f->cells[i])) {
            k++;
        }
        if (k == out->cells_n) {
            out->cells[out->cells_n++] = f->cells[i];
            continue;
        }
        out->cells[k].num += f->cells[i].num;
        out->cells[k].den += f->cells[i].den;
    }
    return OK;
}

/* ---- the report ---- */

struct line {
    const struct indicator *of;
    bool some;    /* approved */
    bool counted; /* as of now */
    int64_t found;
    int64_t num, den, now_num, now_den;
};

static err line_read(struct ctx *c, const struct id_set *homes, struct period p, struct line *io)
{
    const struct figure_pick any = {.from_month = 0};
    struct snapshot_sum sum;
    struct figure now;
    if (period_whole_months(p)) {
        TRY(snapshot_read(c, io->of, homes->ids, homes->n, p, &sum));
        io->found = sum.found;
        io->some = sum.found > 0;
        figure_sum(io->of, &sum.figure, &any, &io->num, &io->den);
    }
    TRY(figure_now(c, io->of, homes, p, &now, &io->counted));
    if (io->counted) {
        figure_sum(io->of, &now, &any, &io->now_num, &io->now_den);
    }
    return OK;
}

static struct url indicator_url(struct ctx *c, const struct indicator *i, const struct report_query *q)
{
    struct url u = url_local(c->arena, arena_printf(c->arena, "/reports/indicators/%.*s", STR_F(i->code)));
    u = url_with(c->arena, u, S("period"), period_code(c->arena, q->period));
    return q->unit.n > 0 ? url_with(c->arena, u, S("unit"), q->unit) : u;
}

static void page_row(struct ctx *c, const struct report_query *q, const struct line *l, struct cell *out)
{
    const enum lang lang = (enum lang)c->lang;
    out[P_TITLE] = (struct cell){.text = msg_text(lang, l->of->title), .to = indicator_url(c, l->of, q)};
    out[P_APPROVED] = (struct cell){.text = l->some ? figure_words(c, l->of, l->num, l->den)
                                                    : msg_text(lang, MSG_REPORT_NOT_APPROVED)};
    out[P_NOW] = (struct cell){.text = l->counted ? figure_words(c, l->of, l->now_num, l->now_den)
                                                  : msg_text(lang, MSG_REPORT_NOT_COUNTED)};
}

static void numbers_put(const struct indicator *i, bool some, int64_t num, int64_t den, struct cell *out)
{
    const bool ratio = i->measure == MEASURE_RATIO;
    out[0] = (struct cell){.n = num, .empty = !some || (i->measure == MEASURE_MEDIAN && den == 0)};
    out[1] = (struct cell){.n = den, .empty = !some || i->measure == MEASURE_COUNT};
    out[2] = (struct cell){.empty = true};
    if (some && ratio && den >= FIGURE_FEW) {
        out[2] = (struct cell){.n = share_of(num, den)};
    }
}

static void file_row(struct ctx *c, const struct line *l, struct cell *out)
{
    out[F_CODE] = (struct cell){.text = l->of->code};
    out[F_TITLE] = (struct cell){.text = msg_text((enum lang)c->lang, l->of->title)};
    out[F_QUARTERS] = (struct cell){.n = l->found};
    numbers_put(l->of, l->some, l->num, l->den, &out[F_APPROVED]);
    numbers_put(l->of, l->counted, l->now_num, l->now_den, &out[F_NOW]);
}

err indicators_make(struct ctx *c, const struct report_query *q, bool page, struct report_made *out)
{
    struct id_set homes;
    size_t n;
    const struct indicator *all = indicator_all(&n);
    const size_t width = page ? P_COLS : F_COLS;
    struct cell *cells = arena_array_of(c->arena, struct cell, n * width);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(report_homes_in(c, q->unit, q->period, &homes));
    for (size_t i = 0; i < n; i++) {
        struct line l = {.of = &all[i]};
        const struct arena_mark mark = arena_mark(c->arena);
        TRY(line_read(c, &homes, q->period, &l));
        arena_reset(c->arena, mark); /* rows and cells of it are many, and not needed any more */
        out->approved = out->approved || l.some;
        if (page) {
            page_row(c, q, &l, &cells[i * width]);
        } else {
            file_row(c, &l, &cells[i * width]);
        }
    }
    out->table = (struct table){
        .columns = page ? page_columns : file_columns, .columns_n = width, .cells = cells, .rows_n = n};
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}
