/* paper_chart.c: figures as a chart of a paper, and a chart as a page shows it. */
#include "format.h"
#include "paper_inside.h"

enum { WHOLE = 1000, PERCENT = 100, TEN = 10, SAID_MAX = 4000, POINTS_MAX_BYTES = 2000, HEAD_WORDS = 3 };

/* ---- into the paper ---- */

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

static int64_t amount(const struct paper_value *v)
{
    const int64_t n = v->n < PAPER_AMOUNT_MAX ? v->n : PAPER_AMOUNT_MAX;
    return v->nothing || n < 0 ? 0 : n;
}

/* The next of 1, 2, 5, 10, 20 … that is not below it. */
static int64_t round_top(int64_t n)
{
    int64_t top = 1;
    for (int i = 0; top < n; i++) {
        top = i % 3 == 1 ? top / 2 * 5 : top * 2;
    }
    return top < PAPER_AMOUNT_MAX ? top : PAPER_AMOUNT_MAX;
}

/* The most of any bar: where they stand one behind another, of all of a point. */
static int64_t top_of(const struct paper_chart *c, size_t points, size_t series)
{
    int64_t top = c->percent ? PERCENT : 1;
    for (size_t i = 0; i < points; i++) {
        int64_t all = 0;
        for (size_t k = 0; k < series; k++) {
            const int64_t n = amount(&c->values[i * c->series_n + k]);
            all = c->form == PAPER_STACKED ? all + n : n;
            top = all > top ? all : top;
        }
    }
    return c->form == PAPER_OVER_TIME ? round_top(top) : top;
}

static str said_of(struct paper_draft *d, const struct paper_chart *c, int64_t n)
{
    const str number = format_number(d->arena, d->lang, n);
    return c->percent ? arena_printf(d->arena, "%.*s%%", STR_F(number)) : number;
}

/* What a value says: from the left, as figures do. */
static struct paper_words figure(struct paper_draft *d, str text)
{
    struct paper_words w = paper_figure(d->lang, text);
    w.flags = 0;
    return w;
}

static struct paper_words digits(struct paper_draft *d, int64_t n)
{
    return paper_in(LANG_EN, arena_printf(d->arena, "%lld", (long long)n));
}

static void point_add(struct paper_draft *d, const struct paper_chart *c, size_t point, size_t series)
{
    struct paper_words w[PAPER_PAIRS_AT + 2 * PAPER_SERIES_MAX];
    w[0] = paper_said(d->lang, c->points[point]);
    for (size_t k = 0; k < series; k++) {
        const struct paper_value *v = &c->values[point * c->series_n + k];
        const bool own = v->text.n > 0 || v->nothing;
        w[PAPER_PAIRS_AT + 2 * k] = figure(d, own ? v->text : said_of(d, c, amount(v)));
        w[PAPER_PAIRS_AT + 2 * k + 1] = v->nothing ? paper_in(LANG_EN, S("")) : digits(d, amount(v));
    }
    paper_add(d, PAPER_POINT, w, PAPER_PAIRS_AT + 2 * series);
}

void paper_chart(struct paper_draft *d, const struct paper_chart *c)
{
    static const enum paper_kind kinds[] = {[PAPER_SIDE_BY_SIDE] = PAPER_BARS,
                                            [PAPER_STACKED] = PAPER_STACKS,
                                            [PAPER_OVER_TIME] = PAPER_LINES,
                                            [PAPER_LESS_AND_LESS] = PAPER_FUNNEL};
    struct paper_words w[PAPER_SERIES_AT + PAPER_SERIES_MAX];
    const size_t points = at_most(c->points_n, PAPER_POINTS_MAX);
    const size_t series = at_most(c->series_n, c->form == PAPER_LESS_AND_LESS ? 1 : PAPER_SERIES_MAX);
    if (points == 0 || series == 0) {
        return;
    }
    const int64_t top = top_of(c, points, series);
    w[0] = paper_in(d->lang, c->title);
    w[1] = figure(d, said_of(d, c, top));
    w[2] = digits(d, top);
    for (size_t k = 0; k < series; k++) {
        w[PAPER_SERIES_AT + k] = paper_in(d->lang, c->series[k]);
    }
    paper_add(d, kinds[c->form], w, PAPER_SERIES_AT + series);
    for (size_t i = 0; i < points; i++) {
        point_add(d, c, i, series);
    }
}

err paper_chart_of_table(struct paper_draft *d, const struct table *t, const struct paper_chart_of *of)
{
    struct table_view v;
    const size_t rows = at_most(of->rows, at_most(t->rows_n, PAPER_POINTS_MAX));
    const size_t series = at_most(of->values_n, PAPER_SERIES_MAX);
    str *points = arena_array_of(d->arena, str, rows + 1);
    struct paper_value *values = arena_array_of(d->arena, struct paper_value, rows * series + 1);
    str names[PAPER_SERIES_MAX];
    TRY(table_view_of(t, d->lang, d->arena, &v));
    if (points == NULL || values == NULL) {
        return FAIL(LIMIT);
    }
    struct paper_chart c = {.form = of->form, .title = of->title, .series = names, .series_n = series};
    for (size_t k = 0; k < series; k++) {
        const struct column *column = &t->columns[of->values[k]];
        names[k] = msg_text(d->lang, column->label);
        c.percent = c.percent || column->type == COLUMN_PERCENT;
    }
    for (size_t i = 0; i < rows; i++) {
        points[i] = v.rows[i].cells[of->label].text;
        for (size_t k = 0; k < series; k++) {
            const struct cell *cell = &t->cells[i * t->columns_n + of->values[k]];
            values[i * series + k] = (struct paper_value){
                .n = cell->n, .nothing = cell->empty, .text = v.rows[i].cells[of->values[k]].text};
        }
    }
    c.points = points;
    c.points_n = rows;
    c.values = values;
    paper_chart(d, &c);
    return OK;
}

/* ---- as a page shows it ---- */

struct showing {
    struct arena *a;
    const struct paper_block *b;
    int64_t top;
    size_t series;
};

static str share(struct arena *a, int64_t thousandths)
{
    return arena_printf(a, "%lld.%lld%%", (long long)(thousandths / TEN), (long long)(thousandths % TEN));
}

static int64_t thousandths_of(const struct showing *s, const struct paper_piece *point, size_t series)
{
    int64_t n = 0;
    return paper_amount(point, series, &n) ? n * WHOLE / s->top : 0;
}

static struct paper_bar_shown bar_of(const struct showing *s, int64_t from, int64_t wide, size_t series)
{
    return (struct paper_bar_shown){share(s->a, from), share(s->a, wide), (int64_t)series};
}

static struct paper_said_shown pair_of(const struct showing *s, const struct paper_piece *point, size_t k)
{
    return (struct paper_said_shown){&s->b->words[PAPER_SERIES_AT + k],
                                     &point->words[PAPER_PAIRS_AT + 2 * k]};
}

/* Each series on a line of its own, or all on one. */
static bool point_fill(const struct showing *s, const struct paper_piece *point,
                       struct paper_point_shown *out)
{
    struct paper_lane_shown *lanes = arena_array_of(s->a, struct paper_lane_shown, s->series);
    struct paper_bar_shown *bars = arena_array_of(s->a, struct paper_bar_shown, s->series);
    struct paper_said_shown *said = arena_array_of(s->a, struct paper_said_shown, s->series);
    int64_t from = 0;
    if (lanes == NULL || bars == NULL || said == NULL) {
        return false;
    }
    for (size_t k = 0; k < s->series; k++) {
        const int64_t wide = thousandths_of(s, point, k);
        const bool middle = s->b->kind == PAPER_FUNNEL;
        bars[k] = bar_of(s, middle ? (WHOLE - wide) / 2 : from, wide, k);
        said[k] = pair_of(s, point, k);
        lanes[k] = (struct paper_lane_shown){&bars[k], 1, &said[k], 1};
        from += s->b->kind == PAPER_STACKS ? wide : 0;
    }
    const bool one = s->b->kind == PAPER_STACKS;
    if (one) {
        lanes[0] = (struct paper_lane_shown){bars, s->series, said, s->series};
    }
    *out =
        (struct paper_point_shown){.label = &point->words[0], .lanes = lanes, .lanes_n = one ? 1 : s->series};
    return true;
}

/* A line as far as it is known; what is known of one point alone has a mark and no line. */
static bool line_fill(const struct showing *s, size_t k, struct paper_line_shown *out)
{
    const size_t n = s->b->pieces_n;
    struct paper_stretch_shown *stretches = arena_array_of(s->a, struct paper_stretch_shown, n + 1);
    struct paper_mark_shown *marks = arena_array_of(s->a, struct paper_mark_shown, n + 1);
    SCOPED(buf_free) struct buf b = buf_new(POINTS_MAX_BYTES);
    if (stretches == NULL || marks == NULL) {
        return false;
    }
    *out = (struct paper_line_shown){.series = (int64_t)k,
                                     .name = &s->b->words[PAPER_SERIES_AT + k],
                                     .stretches = stretches,
                                     .marks = marks};
    for (size_t i = 0; i <= n; i++) {
        int64_t amount_there = 0;
        if (i < n && paper_amount(&s->b->pieces[i], k, &amount_there)) {
            const int64_t x = n == 1 ? WHOLE / 2 : (int64_t)i * WHOLE / (int64_t)(n - 1);
            const int64_t y = WHOLE - amount_there * WHOLE / s->top;
            buf_printf(&b, "%s%lld,%lld", b.n > 0 ? " " : "", (long long)x, (long long)y);
            marks[out->marks_n++] = (struct paper_mark_shown){share(s->a, x), share(s->a, y)};
            out->last = &s->b->pieces[i].words[PAPER_PAIRS_AT + 2 * k];
        } else if (b.n > 0) {
            stretches[out->stretches_n++].points = arena_str(s->a, buf_str(&b));
            buf_clear(&b);
        }
    }
    return true;
}

static bool lines_fill(const struct showing *s, struct paper_chart_shown *out)
{
    struct paper_line_shown *lines = arena_array_of(s->a, struct paper_line_shown, s->series);
    for (size_t k = 0; k < s->series && lines != NULL; k++) {
        if (!line_fill(s, k, &lines[k])) {
            return false;
        }
    }
    out->lines = lines;
    out->lines_n = s->series;
    out->top = &s->b->words[1];
    out->first = &s->b->pieces[0].words[0];
    out->last = s->b->pieces_n > 1 ? &s->b->pieces[s->b->pieces_n - 1].words[0] : NULL;
    return lines != NULL;
}

static bool bars_fill(const struct showing *s, struct paper_chart_shown *out)
{
    struct paper_point_shown *points = arena_array_of(s->a, struct paper_point_shown, s->b->pieces_n + 1);
    for (size_t i = 0; i < s->b->pieces_n && points != NULL; i++) {
        if (!point_fill(s, &s->b->pieces[i], &points[i])) {
            return false;
        }
    }
    out->points = points;
    out->points_n = s->b->pieces_n;
    return points != NULL;
}

static bool keys_fill(const struct showing *s, struct paper_chart_shown *out)
{
    struct paper_key_shown *keys = arena_array_of(s->a, struct paper_key_shown, s->series);
    for (size_t k = 0; k < s->series && keys != NULL; k++) {
        keys[k] = (struct paper_key_shown){(int64_t)k, &s->b->words[PAPER_SERIES_AT + k]};
    }
    out->keys = keys;
    out->keys_n = s->series > 1 ? s->series : 0;
    return keys != NULL;
}

err paper_chart_fill(struct arena *a, const struct paper *m, struct paper_block *b)
{
    const size_t from = (size_t)(b->pieces - m->pieces) - 1;
    struct paper_chart_shown *c = arena_array_of(a, struct paper_chart_shown, 1);
    SCOPED(buf_free) struct buf said = buf_new(SAID_MAX);
    const struct showing s = {
        .a = a, .b = b, .top = paper_top(&m->pieces[from]), .series = b->words_n - PAPER_SERIES_AT};
    if (c == NULL || b->pieces_n == 0) {
        return c == NULL ? FAIL(LIMIT) : FAIL(BUG);
    }
    paper_drawn_words(m, from, &said);
    c->said = arena_str(a, buf_str(&said));
    const bool fine = keys_fill(&s, c) && (b->kind == PAPER_LINES ? lines_fill(&s, c) : bars_fill(&s, c));
    b->chart = c;
    return fine ? OK : FAIL(LIMIT);
}
