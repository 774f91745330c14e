/* chart_lines.c: a line for each series over points that follow each other. */
#include "chart_inside.h"

/* Of the width. */
static const double scale_to = 0.11;
static const double field_to = 0.985;
static const double shape = 0.32;      /* how high the field is; but not higher */
static const double most_lines = 15.0; /* than so many lines of plain text */

struct field {
    double from, to; /* along the points, from where the paper begins */
    double top, bottom;
};

static size_t series_n(const struct place *p)
{
    return p->c->head->words_n - PAPER_SERIES_AT;
}

static double along(const struct place *p, const struct field *f, size_t point)
{
    const size_t n = p->c->points_n;
    const double part = n < 2 ? 0.5 : (double)point / (double)(n - 1);
    const double at = f->from + part * (f->to - f->from);
    return chart_left(p, at, at);
}

static bool height_of(const struct place *p, const struct field *f, size_t point, size_t series, double *out)
{
    int64_t n = 0;
    if (!paper_amount(&p->c->head[1 + point], series, &n)) {
        return false;
    }
    *out = f->bottom - (f->bottom - f->top) * (double)n / (double)paper_top(p->c->head);
    return true;
}

static void sign(cairo_t *cr, size_t series, double x, double y, double r)
{
    cairo_new_path(cr);
    switch (series) {
    case 0:
        cairo_arc(cr, x, y, r, 0, 2 * G_PI);
        break;
    case 1:
        cairo_rectangle(cr, x - r, y - r, 2 * r, 2 * r);
        break;
    case 2:
        cairo_move_to(cr, x, y - 1.2 * r);
        cairo_line_to(cr, x + 1.2 * r, y + r);
        cairo_line_to(cr, x - 1.2 * r, y + r);
        break;
    default:
        cairo_move_to(cr, x, y - 1.3 * r);
        cairo_line_to(cr, x + 1.3 * r, y);
        cairo_line_to(cr, x, y + 1.3 * r);
        cairo_line_to(cr, x - 1.3 * r, y);
        break;
    }
    cairo_close_path(cr);
    cairo_set_source_rgb(cr, 0.02, 0.27, 0.2);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_set_line_width(cr, 0.4);
    cairo_stroke(cr);
}

static void line_begin(cairo_t *cr, size_t series)
{
    static const double dashes[PAPER_SERIES_MAX][4] = {{0}, {6, 3, 6, 3}, {1.5, 3, 1.5, 3}, {8, 2, 1.5, 2}};
    cairo_set_dash(cr, dashes[series], series == 0 ? 0 : 4, 0);
    cairo_set_source_rgb(cr, 0.1, 0.15, 0.13);
    cairo_set_line_width(cr, 1.3);
}

static void line_key(const struct place *p, size_t i, double x, double y, double wide, double high)
{
    line_begin(p->cr, i);
    cairo_move_to(p->cr, x, y + high / 2);
    cairo_line_to(p->cr, x + wide, y + high / 2);
    cairo_stroke(p->cr);
    cairo_set_dash(p->cr, NULL, 0, 0);
    sign(p->cr, i, x + wide / 2, y + high / 2, 0.24 * p->letters);
}

/* A gap where nothing is known. */
static void line(const struct place *p, const struct field *f, size_t series)
{
    bool pen_down = false;
    line_begin(p->cr, series);
    for (size_t i = 0; i < p->c->points_n; i++) {
        double y = 0;
        const bool known = height_of(p, f, i, series, &y);
        if (known && pen_down) {
            cairo_line_to(p->cr, along(p, f, i), y);
        } else if (known) {
            cairo_move_to(p->cr, along(p, f, i), y);
        }
        pen_down = known;
    }
    cairo_stroke(p->cr);
    cairo_set_dash(p->cr, NULL, 0, 0);
    for (size_t i = 0; i < p->c->points_n; i++) {
        double y = 0;
        if (height_of(p, f, i, series, &y)) {
            sign(p->cr, series, along(p, f, i), y, 0.24 * p->letters);
        }
    }
}

/* Quarters of the scale, its ground, and how much its top is. */
static void scale(const struct place *p, const struct field *f)
{
    enum { PARTS = 4 };
    const double left = chart_left(p, f->from, f->to);
    for (int i = 0; i <= PARTS; i++) {
        const double y = f->bottom - (f->bottom - f->top) * i / PARTS;
        const double grey = i == 0 ? 0.1 : 0.8;
        cairo_set_source_rgb(p->cr, grey, grey, grey);
        cairo_set_line_width(p->cr, i == 0 ? 0.8 : 0.4);
        cairo_move_to(p->cr, left, y);
        cairo_line_to(p->cr, left + f->to - f->from, y);
        cairo_stroke(p->cr);
    }
}

/* What a value says, over its mark; where one stands already there is none. */
static void values(const struct place *p, const struct field *f)
{
    struct paper_words w;
    for (size_t k = 0; k < series_n(p) && series_n(p) <= 2; k++) {
        double free_from = -1;
        for (size_t i = 0; i < p->c->points_n; i++) {
            double y = 0;
            w = p->c->head[1 + i].words[PAPER_PAIRS_AT + 2 * k];
            const double wide = chart_words_width(p, &w, 0.75);
            const double part = p->c->points_n < 2 ? 0.5 : (double)i / (double)(p->c->points_n - 1);
            double from = f->from + part * (f->to - f->from) - wide / 2;
            from = from + wide > p->c->width ? p->c->width - wide : from;
            if (!height_of(p, f, i, k, &y) || from < free_from) {
                continue;
            }
            const double high = chart_words(&(struct place){p->c, NULL, p->x, p->letters, p->rtl}, &w, 0.75,
                                            false, from, from + wide, 0);
            const double above = y - high - 0.25 * p->letters;
            (void)chart_words(p, &w, 0.75, false, from, from + wide, k == 0 ? above : y + 0.25 * p->letters);
            free_from = from + wide + 0.4 * p->letters;
        }
    }
}

/* Labels of the points, those that have room; the height of the tallest. */
static double labels(const struct place *p, const struct field *f, double y)
{
    double free_from = 0;
    double most = 0;
    for (size_t i = 0; i < p->c->points_n; i++) {
        const struct paper_words *w = &p->c->head[1 + i].words[0];
        const double wide = chart_words_width(p, w, 0.8);
        const double part = p->c->points_n < 2 ? 0.5 : (double)i / (double)(p->c->points_n - 1);
        double from = f->from + part * (f->to - f->from) - wide / 2;
        from = from + wide > p->c->width ? p->c->width - wide : from;
        from = i == 0 && from < 0 ? 0 : from;
        if (from < free_from) {
            continue;
        }
        const double high = chart_words(p, w, 0.8, false, from, from + wide, y);
        most = high > most ? high : most;
        free_from = from + wide + 0.6 * p->letters;
    }
    return most;
}

double chart_lines(const struct place *p, double y)
{
    const double width = p->c->width;
    const struct chart_keys keys = {
        .n = series_n(p), .words = &p->c->head->words[PAPER_SERIES_AT], .draw = line_key};
    double at = y + chart_keys(p, &keys, y) + 1.2 * p->letters;
    const double full = shape * width;
    const double high = full < most_lines * p->letters ? full : most_lines * p->letters;
    const struct field f = {.from = scale_to * width, .to = field_to * width, .top = at, .bottom = at + high};
    (void)chart_words(p, &p->c->head->words[1], 0.8, false, 0, (scale_to - 0.01) * width,
                      at - 0.6 * p->letters);
    if (p->cr != NULL) {
        scale(p, &f);
        for (size_t k = series_n(p); k > 0; k--) {
            line(p, &f, k - 1);
        }
        values(p, &f);
    }
    at = f.bottom + 0.35 * p->letters;
    return at + labels(p, &f, at) - y;
}
