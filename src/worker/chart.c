/* chart.c: titles, legends and bars; patterns that can be told apart without colours. */
#include "chart.h"

#include "chart_inside.h"

enum { DOTS = 3 /* of a picture, to a point */ };

/* Of the width: where the labels end, and the bars. What a bar says stands behind it. */
static const double label_to = 0.33;
static const double bar_from = 0.35;
static const double bar_to = 0.84;
static const double stack_to = 0.76; /* several numbers stand behind it */
static const double edge = 0.5;

/* ---- words ---- */

double chart_left(const struct place *p, double from, double to)
{
    return p->x + (p->rtl ? p->c->width - to : from);
}

static struct ink_text words_laid(const struct place *p, const struct paper_words *w, double scale, bool bold,
                                  double width)
{
    const struct ink how = {.points = p->letters * scale, .width = width, .bold = bold, .rtl = p->rtl};
    return ink_text(p->c->contexts, w, &how);
}

double chart_words(const struct place *p, const struct paper_words *w, double scale, bool bold, double from,
                   double to, double y)
{
    if (w->text.n == 0) {
        return 0;
    }
    const struct ink_text t = words_laid(p, w, scale, bold, to - from);
    const double height = ink_height(&t);
    if (p->cr != NULL) {
        cairo_set_source_rgb(p->cr, 0, 0, 0);
        PangoLayoutIter *it = pango_layout_get_iter(t.layout);
        do {
            const double base = t.scale * (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE;
            ink_line(p->cr, &t, it, chart_left(p, from, to), y + base);
        } while (pango_layout_iter_next_line(it));
        pango_layout_iter_free(it);
    }
    g_object_unref(t.layout);
    return height;
}

double chart_words_width(const struct place *p, const struct paper_words *w, double scale)
{
    const struct ink_text t = words_laid(p, w, scale, false, p->c->width);
    int width = 0;
    pango_layout_get_size(t.layout, &width, NULL);
    g_object_unref(t.layout);
    return t.scale * (double)width / PANGO_SCALE + 1;
}

/* ---- grounds ---- */

/* Lines over what is clipped, from its upper left: across (dy 0), or slanting. */
static void hatch(cairo_t *cr, double gap, double slant)
{
    double x0 = 0;
    double y0 = 0;
    double x1 = 0;
    double y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    const double rise = slant * (x1 - x0);
    const double more = rise < 0 ? -rise : rise;
    for (int i = 0; y0 - more + i * gap < y1 + more; i++) {
        const double y = y0 - more + i * gap;
        cairo_move_to(cr, x0, y + rise);
        cairo_line_to(cr, x1, y);
    }
    cairo_stroke(cr);
}

static void dots(cairo_t *cr, double gap, double radius)
{
    double x0 = 0;
    double y0 = 0;
    double x1 = 0;
    double y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    const int rows = (int)((y1 - y0) / gap + 1);
    const int columns = (int)((x1 - x0) / gap + 1);
    for (int i = 0; i < rows * columns; i++) {
        const int row = i / columns;
        cairo_new_sub_path(cr);
        cairo_arc(cr, x0 + (i % columns + 0.5) * gap, y0 + (row + 0.5) * gap, radius, 0, 2 * G_PI);
    }
    cairo_fill(cr);
}

struct ground {
    double r, g, b;
    enum { PLAIN, DOTS_SPARSE, DOTS_DENSE, SLANTING, LEVEL, CROSSED } pattern;
};

static void pattern_draw(cairo_t *cr, const struct ground *g, double line)
{
    cairo_set_source_rgb(cr, 0.02, 0.27, 0.2);
    cairo_set_line_width(cr, line);
    switch (g->pattern) {
    case PLAIN:
        return;
    case DOTS_SPARSE:
        dots(cr, 5, 0.5);
        return;
    case DOTS_DENSE:
        dots(cr, 3.4, 0.65);
        return;
    case SLANTING:
        hatch(cr, 4, 1);
        return;
    case LEVEL:
        hatch(cr, 3, 0);
        return;
    case CROSSED:
        hatch(cr, 5, 1);
        hatch(cr, 5, -1);
        return;
    }
}

static void ground_fill(cairo_t *cr, const struct ground *g, double line)
{
    cairo_path_t *outline = cairo_copy_path(cr);
    cairo_save(cr);
    cairo_clip(cr);
    cairo_set_source_rgb(cr, g->r, g->g, g->b);
    cairo_paint(cr);
    pattern_draw(cr, g, line * 1.2);
    cairo_restore(cr);
    cairo_new_path(cr);
    cairo_append_path(cr, outline);
    cairo_path_destroy(outline);
    cairo_set_source_rgb(cr, 0.1, 0.15, 0.13);
    cairo_set_line_width(cr, line);
    cairo_stroke(cr);
}

void chart_fill_series(const struct place *p, size_t series)
{
    static const struct ground grounds[PAPER_SERIES_MAX] = {
        {0.024, 0.275, 0.204, PLAIN},
        {0.81, 0.89, 0.85, SLANTING},
        {1, 1, 1, DOTS_DENSE},
        {0.56, 0.75, 0.66, LEVEL},
    };
    ground_fill(p->cr, &grounds[series], edge);
}

void chart_fill_step(const struct place *p, int step)
{
    static const struct ground grounds[PAPER_STEPS] = {
        {1, 1, 1, PLAIN},          {0.91, 0.95, 0.93, DOTS_SPARSE}, {0.81, 0.89, 0.85, SLANTING},
        {0.68, 0.82, 0.75, LEVEL}, {0.56, 0.75, 0.66, CROSSED},     {0.3, 0.55, 0.45, PLAIN},
    };
    ground_fill(p->cr, &grounds[step], 0.3);
}

/* ---- the legend ---- */

double chart_keys(const struct place *p, const struct chart_keys *keys, double y)
{
    const double wide = 1.9 * p->letters;
    const double high = 0.85 * p->letters;
    const double gap = 0.5 * p->letters;
    double from = 0;
    double top = y;
    double line = 0;
    for (size_t i = 0; i < keys->n; i++) {
        double takes = wide + gap + chart_words_width(p, &keys->words[i], 0.9) + 2 * gap;
        takes = takes < p->c->width ? takes : p->c->width;
        if (from > 0 && from + takes > p->c->width) {
            top += line;
            from = 0;
            line = 0;
        }
        const double h = chart_words(p, &keys->words[i], 0.9, false, from + wide + gap, from + takes, top);
        if (p->cr != NULL) {
            keys->draw(p, i, chart_left(p, from, from + wide), top + (h - high) / 2, wide, high);
        }
        line = h > line ? h : line;
        from += takes;
    }
    return top + line - y;
}

/* ---- bars ---- */

static size_t series_n(const struct chart *c)
{
    return c->head->words_n - PAPER_SERIES_AT;
}

static void bar_key(const struct place *p, size_t i, double x, double y, double wide, double high)
{
    cairo_rectangle(p->cr, x, y, wide, high);
    chart_fill_series(p, i);
}

static void bar(const struct place *p, size_t series, double from, double to, double y, double high)
{
    if (p->cr != NULL && to > from) {
        cairo_rectangle(p->cr, chart_left(p, from, to), y, to - from, high);
        chart_fill_series(p, series);
    }
}

/* How long a bar is, of `room`. */
static double long_of(const struct chart *c, const struct paper_piece *point, size_t series, double room)
{
    int64_t n = 0;
    return paper_amount(point, series, &n) ? room * (double)n / (double)paper_top(c->head) : 0;
}

/* A bar for each series, below each other, or about a middle; behind it what it says. */
static double bars_apart(const struct place *p, const struct paper_piece *point, double y)
{
    const double width = p->c->width;
    const double room = (bar_to - bar_from) * width;
    const double thick = 0.95 * p->letters;
    double taken = 0;
    for (size_t k = 0; k < series_n(p->c); k++) {
        const double size = long_of(p->c, point, k, room);
        const bool middle = p->c->head->kind == PAPER_FUNNEL;
        const double from = bar_from * width + (middle ? (room - size) / 2 : 0);
        const double behind = (middle ? bar_to * width : from + size) + 0.4 * p->letters;
        const double h = chart_words(p, &point->words[PAPER_PAIRS_AT + 2 * k], 0.9, false, behind,
                                     behind + (1 - bar_to) * width - 0.4 * p->letters, y + taken);
        const double line = h > thick ? h : thick;
        bar(p, k, from, from + size, y + taken + (line - thick) / 2, thick);
        taken += line;
    }
    return taken;
}

/* All on one; behind it what each says, in their order. */
static double bars_behind(const struct place *p, const struct paper_piece *point, double y)
{
    const double width = p->c->width;
    const double thick = 0.95 * p->letters;
    double from = bar_from * width;
    SCOPED(buf_free) struct buf all = buf_new(PAPER_TEXT_MAX);
    for (size_t k = 0; k < series_n(p->c); k++) {
        const str words = point->words[PAPER_PAIRS_AT + 2 * k].text;
        buf_printf(&all, "%s\u2068%.*s\u2069", k == 0 ? "" : " · ", STR_F(words));
        from += long_of(p->c, point, k, (stack_to - bar_from) * width);
    }
    struct paper_words w = point->words[PAPER_PAIRS_AT];
    w.text = all.full ? w.text : buf_str(&all);
    w.flags = p->rtl ? PAPER_RTL : 0;
    const double behind = from + 0.4 * p->letters;
    const double h =
        chart_words(p, &w, 0.9, false, behind, behind + (1 - stack_to) * width - 0.4 * p->letters, y);
    const double line = h > thick ? h : thick;
    from = bar_from * width;
    for (size_t k = 0; k < series_n(p->c); k++) {
        const double size = long_of(p->c, point, k, (stack_to - bar_from) * width);
        bar(p, k, from, from + size, y + (line - thick) / 2, thick);
        from += size;
    }
    return line;
}

static double bars_point(const struct place *p, const struct paper_piece *point, double y)
{
    const double pad = 0.2 * p->letters;
    const struct place measured = {p->c, NULL, p->x, p->letters, p->rtl};
    const double label = chart_words(&measured, &point->words[0], 0.9, false, 0, label_to * p->c->width, 0);
    double (*const lanes)(const struct place *p, const struct paper_piece *point, double y) =
        p->c->head->kind == PAPER_STACKS ? bars_behind : bars_apart;
    const double bars = lanes(&measured, point, 0);
    const double high = (label > bars ? label : bars) + 2 * pad;
    (void)chart_words(p, &point->words[0], 0.9, false, 0, label_to * p->c->width, y + (high - label) / 2);
    (void)lanes(p, point, y + (high - bars) / 2);
    if (p->cr != NULL && p->c->head->kind != PAPER_FUNNEL) {
        const double axis = chart_left(p, bar_from * p->c->width, bar_from * p->c->width);
        cairo_set_source_rgb(p->cr, 0.1, 0.15, 0.13);
        cairo_set_line_width(p->cr, 0.8);
        cairo_move_to(p->cr, axis, y);
        cairo_line_to(p->cr, axis, y + high);
        cairo_stroke(p->cr);
    }
    return high;
}

/* ---- the whole ---- */

struct chart chart_of(const struct ink_contexts *contexts, const struct paper *p,
                      const struct paper_piece *head, double width)
{
    return (struct chart){.contexts = contexts,
                          .paper = p,
                          .head = head,
                          .points_n = paper_together(p, (size_t)(head - p->pieces)) - 1,
                          .width = width};
}

static struct place place_of(const struct chart *c, cairo_t *cr, double x)
{
    return (struct place){.c = c,
                          .cr = cr,
                          .x = x,
                          .letters = c->paper->letters,
                          .rtl = (c->paper->title.flags & PAPER_RTL) != 0};
}

double chart_top(const struct chart *c, cairo_t *cr, double x, double y)
{
    const struct place p = place_of(c, cr, x);
    double high = chart_words(&p, &c->head->words[0], 1.0, true, 0, c->width, y) + 0.3 * p.letters;
    if (c->head->kind == PAPER_LINES) {
        return high + chart_lines(&p, y + high);
    }
    if (c->head->kind == PAPER_MAP) {
        return high + chart_map(&p, y + high);
    }
    if (series_n(c) > 1) {
        const struct chart_keys keys = {
            .n = series_n(c), .words = &c->head->words[PAPER_SERIES_AT], .draw = bar_key};
        high += chart_keys(&p, &keys, y + high) + 0.3 * p.letters;
    }
    return high;
}

double chart_point(const struct chart *c, const struct paper_piece *point, cairo_t *cr, double x, double y)
{
    if (c->head->kind == PAPER_LINES || c->head->kind == PAPER_MAP) {
        return 0;
    }
    const struct place p = place_of(c, cr, x);
    return bars_point(&p, point, y);
}

double chart_whole(const struct chart *c, cairo_t *cr, double x, double y)
{
    double high = chart_top(c, cr, x, y);
    for (size_t i = 0; i < c->points_n; i++) {
        high += chart_point(c, &c->head[1 + i], cr, x, y + high);
    }
    return high;
}

/* ---- a picture ---- */

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int n)
{
    struct buf *out = closure;
    buf_put(out, (str){(const char *)data, n});
    return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

err chart_picture(const struct chart *c, struct buf *out, double *out_height)
{
    const double height = chart_whole(c, NULL, 0, 0);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(c->width * DOTS) + 1, (int)(height * DOTS) + 1);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, DOTS, DOTS);
    (void)chart_whole(c, cr, 0, 0);
    cairo_surface_flush(surface);
    const bool fine = cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
                      cairo_surface_write_to_png_stream(surface, take, out) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    if (!fine || out->full) {
        return FAIL(LIMIT);
    }
    *out_height = height;
    return OK;
}
