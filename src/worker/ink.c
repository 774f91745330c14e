/* ink.c: layouts by language, and glyphs from them. */
#include "ink.h"

#include <hb.h>

#include "fonts.h"

enum { GLYPHS_MAX = 64 };

static double points_of(int units)
{
    return (double)units / PANGO_SCALE;
}

struct ink_contexts ink_open(void)
{
    const struct ink_contexts c = {.ltr = fonts_context(), .rtl = fonts_context()};
    pango_context_set_base_dir(c.ltr, PANGO_DIRECTION_LTR);
    pango_context_set_base_dir(c.rtl, PANGO_DIRECTION_RTL);
    return c;
}

void ink_close(struct ink_contexts *c)
{
    g_object_unref(c->ltr);
    g_object_unref(c->rtl);
}

static PangoAttrList *first_line_bold(str text)
{
    size_t n = text.n;
    (void)str_find(text, '\n', &n);
    PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->start_index = 0;
    bold->end_index = (guint)n;
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, bold);
    return list;
}

static PangoAlignment side_of(bool rtl, const struct paper_words *w, const struct ink *how)
{
    const bool right = how->own_side ? rtl : how->rtl;
    const bool end = (w->flags & PAPER_NUMBER) != 0;
    return right != end ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* What the fonts cannot show becomes a mark that they can: each text is drawn, whatever is in it. */
static void set_text(PangoLayout *layout, str text)
{
    SCOPED(buf_free) struct buf shown = buf_new(2 * PAPER_TEXT_MAX);
    size_t at = 0;
    for (uint32_t c = str_next(text, &at); c != 0; c = str_next(text, &at)) {
        buf_utf8(&shown, fonts_have(c) ? c : 0xfffd);
    }
    pango_layout_set_text(layout, shown.n == 0 ? "" : shown.p, (int)shown.n);
}

struct ink_text ink_text(const struct ink_contexts *c, const struct paper_words *w, const struct ink *how)
{
    const bool rtl = paper_from_right(w);
    const double scale = how->points * fonts_scale(w->lang) / FONTS_POINTS;
    PangoLayout *layout = pango_layout_new(rtl ? c->rtl : c->ltr);
    pango_layout_set_auto_dir(layout, FALSE);
    set_text(layout, w->text);
    PangoFontDescription *d = pango_font_description_from_string(fonts_family(w->lang));
    pango_font_description_set_size(d, FONTS_POINTS * PANGO_SCALE);
    pango_font_description_set_weight(d, how->bold || (w->flags & PAPER_STRONG) != 0 ? PANGO_WEIGHT_BOLD
                                                                                     : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, d);
    pango_font_description_free(d);
    if ((w->flags & PAPER_FIRST) != 0) {
        PangoAttrList *list = first_line_bold(str_of(pango_layout_get_text(layout)));
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    pango_layout_set_width(layout, (int)(how->width / scale * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, side_of(rtl, w, how));
    return (struct ink_text){.layout = layout, .scale = scale};
}

double ink_height(const struct ink_text *t)
{
    int height = 0;
    pango_layout_get_size(t->layout, NULL, &height);
    return points_of(height) * t->scale;
}

double ink_base(const struct ink_text *t)
{
    return points_of(pango_layout_get_baseline(t->layout)) * t->scale;
}

/* ---- a run from the right, letter by letter ---- */

struct pen {
    cairo_t *cr;
    unsigned long blank; /* the glyph of a space */
    double blank_width;
    double x, y;
};

static cairo_glyph_t blank_at(const struct pen *pen, double x)
{
    return (cairo_glyph_t){.index = pen->blank, .x = x, .y = pen->y};
}

static void show_as(const struct pen *pen, const char *text, size_t n, const cairo_glyph_t *glyphs,
                    int glyphs_n)
{
    const cairo_text_cluster_t cluster = {.num_bytes = (int)n, .num_glyphs = glyphs_n};
    static const cairo_text_cluster_flags_t forward; /* none of them */
    cairo_show_text_glyphs(pen->cr, text, (int)n, glyphs, glyphs_n, &cluster, 1, forward);
}

/* What one shape says: of a joined pair like lam and alef the later letters are said by blanks before it (to
 * its left), the first by the shape itself. */
static void show_letters(const struct pen *pen, str said, cairo_glyph_t *glyphs, int glyphs_n, double from)
{
    const double wide = pen->x - from;
    const size_t letters = str_chars(said);
    size_t at = 0;
    (void)str_next(said, &at);
    const size_t first = at;
    for (size_t i = 1; i < letters; i++) {
        const size_t begin = at;
        (void)str_next(said, &at);
        const double x = from + wide * (double)(letters - 1 - i) / (double)letters;
        const cairo_glyph_t blank = blank_at(pen, x);
        show_as(pen, said.p + begin, at - begin, &blank, 1);
    }
    glyphs[0] = blank_at(pen, from + wide * (double)(letters - 1) / (double)letters);
    glyphs[glyphs_n++] = blank_at(pen, pen->x - pen->blank_width);
    show_as(pen, said.p, first, glyphs, glyphs_n);
}

static void show_run_from_right(struct pen *pen, const char *text, const PangoGlyphItem *run)
{
    const PangoGlyphString *g = run->glyphs;
    int end = run->item->length; /* the glyphs go from left to right, and so the text backwards */
    for (int i = 0; i < g->num_glyphs;) {
        const int begin = g->log_clusters[i];
        const double from = pen->x;
        cairo_glyph_t glyphs[GLYPHS_MAX];
        int n = 1;
        for (; i < g->num_glyphs && g->log_clusters[i] == begin; i++) {
            const PangoGlyphInfo *info = &g->glyphs[i];
            const bool drawn =
                info->glyph != PANGO_GLYPH_EMPTY && (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
            if (drawn && n < GLYPHS_MAX - 1) {
                glyphs[n++] = (cairo_glyph_t){.index = info->glyph,
                                              .x = pen->x + points_of(info->geometry.x_offset),
                                              .y = pen->y + points_of(info->geometry.y_offset)};
            }
            pen->x += points_of(info->geometry.width);
        }
        const str said = {text + run->item->offset + begin, (size_t)(end - begin)};
        if (end > begin) {
            show_letters(pen, said, glyphs, n, from);
        }
        end = begin;
    }
}

static void show_run(cairo_t *cr, const char *text, PangoGlyphItem *run, double x, double y)
{
    if (run->item->analysis.level % 2 == 0) {
        cairo_move_to(cr, x, y);
        pango_cairo_show_glyph_item(cr, text, run);
        return;
    }
    PangoFont *font = run->item->analysis.font;
    hb_font_t *shapes = pango_font_get_hb_font(font);
    hb_codepoint_t blank = 0;
    (void)hb_font_get_nominal_glyph(shapes, ' ', &blank);
    cairo_set_scaled_font(cr, pango_cairo_font_get_scaled_font((PangoCairoFont *)font));
    struct pen pen = {.cr = cr,
                      .blank = blank,
                      .blank_width = points_of(hb_font_get_glyph_h_advance(shapes, blank)),
                      .x = x,
                      .y = y};
    show_run_from_right(&pen, text, run);
}

void ink_line(cairo_t *cr, const struct ink_text *t, PangoLayoutIter *it, double x, double y)
{
    const char *text = pango_layout_get_text(pango_layout_iter_get_layout(it));
    PangoRectangle line;
    pango_layout_iter_get_line_extents(it, NULL, &line);
    double at = points_of(line.x);
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, t->scale, t->scale);
    const PangoLayoutLine *l = pango_layout_iter_get_line_readonly(it);
    for (const GSList *r = l->runs; r != NULL; r = r->next) {
        PangoGlyphItem *run = r->data;
        show_run(cr, text, run, at, 0);
        at += points_of(pango_glyph_string_get_width(run->glyphs));
    }
    cairo_restore(cr);
}
