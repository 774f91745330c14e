/* chart_map.c: outlines in a box, filled by steps, and what stands on them. */
#include "chart_inside.h"

enum { W_TEXT = 1, W_STEP, W_PLACE, W_PATH };
enum { LEFT, TOP, RIGHT, BOTTOM, SIDES };

/* Of the width: on a wide sheet its title, its steps and the note on boundaries have to stand with it. */
static const double most_high = 0.62;
static const double most_high_wide = 0.45;

struct frame {
    double x, y;  /* of the box's corner on the paper */
    double scale; /* points to a unit */
    double left, top;
};

/* ---- a path as SVG writes it ---- */

struct path {
    str rest;
    char what;
    double x, y, from_x, from_y;
};

static bool number(struct path *p, double *out)
{
    size_t n = 0;
    int64_t v = 0;
    p->rest = str_trim(p->rest);
    while (n < p->rest.n &&
           ((p->rest.p[n] >= '0' && p->rest.p[n] <= '9') || (n == 0 && p->rest.p[n] == '-'))) {
        n++;
    }
    if (n == 0 || !str_i64(str_sub(p->rest, 0, n), &v)) {
        return false;
    }
    p->rest = str_sub(p->rest, n, p->rest.n);
    *out = (double)v;
    return true;
}

static bool command(struct path *p)
{
    p->rest = str_trim(p->rest);
    const char c = p->rest.n > 0 ? p->rest.p[0] : '\0';
    if ((c >= '0' && c <= '9') || c == '-') {
        p->what = p->what == 'M' ? 'L' : p->what == 'm' ? 'l' : p->what; /* further pairs are lines */
        return p->what != '\0' && p->what != 'z';
    }
    if (c == '\0') {
        return false;
    }
    p->what = c == 'Z' ? 'z' : c;
    p->rest = str_sub(p->rest, 1, p->rest.n);
    return true;
}

/* One step of it; false: what is no path ends it. */
static bool step(struct path *p, cairo_t *cr)
{
    double a = 0;
    double b = 0;
    const bool small = p->what >= 'a';
    const char what = small ? p->what : (char)(p->what - 'A' + 'a');
    if (what == 'z') {
        cairo_close_path(cr);
        p->x = p->from_x;
        p->y = p->from_y;
        return true;
    }
    if (!number(p, &a) || ((what == 'm' || what == 'l') && !number(p, &b))) {
        return false;
    }
    if (what == 'v') {
        p->y = small ? p->y + a : a;
    } else {
        p->x = small ? p->x + a : a;
        p->y = what == 'h' ? p->y : small ? p->y + b : b;
    }
    if (what == 'm') {
        cairo_move_to(cr, p->x, p->y);
        p->from_x = p->x;
        p->from_y = p->y;
    } else {
        cairo_line_to(cr, p->x, p->y);
    }
    return true;
}

static void path_put(cairo_t *cr, str text)
{
    struct path p = {.rest = text};
    cairo_new_path(cr);
    cairo_move_to(cr, 0, 0);
    cairo_new_path(cr);
    while (command(&p) && step(&p, cr)) {
    }
}

/* ---- areas ---- */

static void area(const struct place *p, const struct frame *f, const struct paper_piece *piece)
{
    const str step = piece->words[W_STEP].text;
    cairo_t *cr = p->cr;
    cairo_save(cr);
    cairo_translate(cr, f->x, f->y);
    cairo_scale(cr, f->scale, f->scale);
    cairo_translate(cr, -f->left, -f->top);
    path_put(cr, piece->words[W_PATH].text);
    cairo_restore(cr);
    if (step.n > 0) {
        chart_fill_step(p, step.p[0] - '0');
        return;
    }
    cairo_set_source_rgb(cr, 0.93, 0.94, 0.93);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0.75, 0.78, 0.76);
    cairo_set_line_width(cr, 0.4);
    cairo_stroke(cr);
}

/* What stands on an area, on a light patch, so that no pattern runs through it. */
static void figure(const struct place *p, const struct frame *f, const struct paper_piece *piece)
{
    int64_t at[2] = {0, 0};
    const struct paper_words *w = &piece->words[W_TEXT];
    if (w->text.n == 0 || !paper_numbers(piece->words[W_PLACE].text, at, 2)) {
        return;
    }
    const struct place measure = {p->c, NULL, p->x, p->letters, p->rtl};
    const double wide = chart_words_width(p, w, 0.8);
    const double high = chart_words(&measure, w, 0.8, true, 0, wide * 1.3, 0);
    const double x = f->x + ((double)at[0] - f->left) * f->scale - wide / 2;
    const double y = f->y + ((double)at[1] - f->top) * f->scale - high / 2;
    const double from = p->rtl ? p->c->width - (x - p->x + wide) : x - p->x;
    cairo_set_source_rgba(p->cr, 1, 1, 1, 0.85);
    cairo_rectangle(p->cr, x - 1, y + high * 0.15, wide + 2, high * 0.7);
    cairo_fill(p->cr);
    (void)chart_words(p, w, 0.8, false, from, from + wide, y);
}

static void step_key(const struct place *p, size_t i, double x, double y, double wide, double high)
{
    cairo_rectangle(p->cr, x, y, wide, high);
    chart_fill_step(p, (int)i);
}

/* The steps that have a name: the first so many. */
static size_t steps_n(const struct place *p)
{
    size_t n = 0;
    while (n < PAPER_STEPS && p->c->head->words[PAPER_STEPS_AT + n].text.n > 0) {
        n++;
    }
    return n;
}

static void areas(const struct place *p, const struct frame *f, double wide, double high)
{
    cairo_save(p->cr);
    cairo_rectangle(p->cr, f->x, f->y, wide, high);
    cairo_clip(p->cr);
    for (int ground = 1; ground >= 0; ground--) {
        for (size_t i = 0; i < p->c->points_n; i++) {
            const struct paper_piece *piece = &p->c->head[1 + i];
            if ((piece->words[W_STEP].text.n == 0) == (ground != 0)) {
                area(p, f, piece);
            }
        }
    }
    for (size_t i = 0; i < p->c->points_n; i++) {
        figure(p, f, &p->c->head[1 + i]);
    }
    cairo_restore(p->cr);
    cairo_set_source_rgb(p->cr, 0.6, 0.65, 0.62);
    cairo_set_line_width(p->cr, 0.5);
    cairo_rectangle(p->cr, f->x, f->y, wide, high);
    cairo_stroke(p->cr);
}

double chart_map(const struct place *p, double y)
{
    const double width = p->c->width;
    int64_t box[SIDES] = {0, 0, 1, 1};
    (void)paper_numbers(p->c->head->words[1].text, box, SIDES);
    const double units_wide = (double)(box[RIGHT] - box[LEFT]);
    const double units_high = (double)(box[BOTTOM] - box[TOP]);
    const double fits = width / units_wide;
    const bool lying = p->c->paper->size == PAPER_A4_WIDE || p->c->paper->size == PAPER_A3_WIDE;
    const double low = (lying ? most_high_wide : most_high) * width / units_high;
    struct frame f = {
        .y = y, .scale = fits < low ? fits : low, .left = (double)box[LEFT], .top = (double)box[TOP]};
    const double wide = units_wide * f.scale;
    const double high = units_high * f.scale;
    f.x = p->x + (width - wide) / 2;
    if (p->cr != NULL) {
        areas(p, &f, wide, high);
    }
    const struct chart_keys keys = {
        .n = steps_n(p), .words = &p->c->head->words[PAPER_STEPS_AT], .draw = step_key};
    const double gap = 0.4 * p->letters;
    return high + gap + chart_keys(p, &keys, y + high + gap);
}
