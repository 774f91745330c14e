/* pdf.c: pieces one below another, from sheet to sheet. A paper is walked through twice: first to count its
 * sheets, then with ink. */
#include "pdf.h"

#include <cairo-pdf.h>
#include <qrencode.h>

#include "chart.h"
#include "fonts.h"
#include "ink.h"
#include "photo.h"

#define MM 2.834645669 /* points */

static const struct {
    double width, height;
} sizes[PAPER_SIZES] = {
    [PAPER_A4] = {210 * MM, 297 * MM},
    [PAPER_A4_WIDE] = {297 * MM, 210 * MM},
    [PAPER_A3] = {297 * MM, 420 * MM},
    [PAPER_A3_WIDE] = {420 * MM, 297 * MM},
};
static const double margin = 14 * MM;
static const double foot_room = 9 * MM;
static const double cell_pad = 1.8 * MM;
static const double sign_room = 15 * MM;
static const double code_side = 28 * MM;

struct sheet {
    cairo_t *cr; /* NULL: only measured */
    cairo_surface_t *surface;
    struct ink_contexts contexts;
    const struct paper *paper;
    bool rtl;
    double width;  /* between the margins */
    double y, end; /* where the next piece begins; where the foot does */
    double points;
    int number, of;
    bool too_long;
    bool trying;                                 /* only to see how much room something takes */
    const struct paper_piece *heads;             /* of the table that is open */
    struct chart chart;                          /* that is open */
    cairo_surface_t *photos[PAPER_PICTURES_MAX]; /* NULL: it cannot be read */
    double columns[PAPER_WORDS_MAX + 1];         /* their edges, from the paper's beginning */
};

/* ---- sheets ---- */

static void color(const struct sheet *s, double r, double g, double b)
{
    if (s->cr != NULL) {
        cairo_set_source_rgb(s->cr, r, g, b);
    }
}

static void black(const struct sheet *s)
{
    color(s, 0, 0, 0);
}

static void fill(const struct sheet *s, double x, double y, double width, double height)
{
    if (s->cr != NULL) {
        cairo_rectangle(s->cr, x, y, width, height);
        cairo_fill(s->cr);
    }
}

/* A box from `from` to `to`, counted from the side where the paper begins. */
static double left_of(const struct sheet *s, double from, double to)
{
    return margin + (s->rtl ? s->width - to : from);
}

static struct ink_text text_of(const struct sheet *s, const struct paper_words *w, double scale, double width,
                               bool bold)
{
    const struct ink how = {.points = s->points * scale,
                            .width = width,
                            .bold = bold,
                            .own_side = (w->flags & PAPER_FIRST) != 0,
                            .rtl = s->rtl};
    return ink_text(&s->contexts, w, &how);
}

static void draw(const struct sheet *s, const struct ink_text *t, double x, double y)
{
    if (s->cr == NULL) {
        return;
    }
    PangoLayoutIter *it = pango_layout_get_iter(t->layout);
    do {
        ink_line(s->cr, t, it, x, y + t->scale * (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE);
    } while (pango_layout_iter_next_line(it));
    pango_layout_iter_free(it);
}

/* A number in the digits of the paper's language; Pashto has its own. */
static void digits_put(struct buf *out, const struct sheet *s, int n)
{
    char ascii[16];
    (void)snprintf(ascii, sizeof ascii, "%d", n);
    const bool pashto = str_eq(s->paper->title.lang, S("ps"));
    for (const char *c = ascii; *c != '\0'; c++) {
        buf_utf8(out, pashto ? 0x6f0 + (uint32_t)(*c - '0') : (uint32_t)*c);
    }
}

static void foot(const struct sheet *s)
{
    SCOPED(buf_free) struct buf number = buf_new(64);
    digits_put(&number, s, s->number);
    buf_put(&number, S(" / "));
    digits_put(&number, s, s->of);
    struct paper_words w = {.text = buf_str(&number), .lang = s->paper->title.lang, .flags = PAPER_NUMBER};
    const double y = s->end + 3 * MM;
    color(s, 0.3, 0.3, 0.3);
    fill(s, margin, y - 1 * MM, s->width, 0.5);
    const struct ink_text numbers = text_of(s, &w, 0.8, s->width * 0.2, false);
    draw(s, &numbers, left_of(s, s->width * 0.8, s->width), y);
    g_object_unref(numbers.layout);
    const struct ink_text words = text_of(s, &s->paper->foot, 0.75, s->width * 0.8, false);
    pango_layout_set_height(words.layout, -1); /* one line, cut by dots */
    pango_layout_set_ellipsize(words.layout, PANGO_ELLIPSIZE_END);
    draw(s, &words, left_of(s, 0, s->width * 0.8), y);
    g_object_unref(words.layout);
    black(s);
}

static void next_sheet(struct sheet *s)
{
    foot(s);
    if (s->cr != NULL) {
        cairo_show_page(s->cr);
    }
    s->number++;
    s->too_long = s->too_long || s->number > PDF_SHEETS_MAX;
    s->y = margin;
}

static double left_on_sheet(const struct sheet *s)
{
    return s->end - s->y;
}

/* A new sheet when this much does not fit any more, but would on an empty one; whether it was begun. */
static bool keep_room(struct sheet *s, double height)
{
    const bool moves = height > left_on_sheet(s) && s->y > margin;
    if (moves) {
        next_sheet(s);
    }
    return moves;
}

static void gap(struct sheet *s, double lines)
{
    if (s->y > margin) {
        s->y += lines * s->points;
    }
}

/* ---- rows: cells side by side, each broken over sheets by its own lines ---- */

struct cell {
    struct ink_text text;
    PangoLayoutIter *it;
    double from; /* of its column */
    double to;
    double drop; /* so that the first lines of a row stand on one line */
    bool done;
};

static double row_height(const struct cell *cells, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        const double h = cells[i].drop + ink_height(&cells[i].text);
        most = h > most ? h : most;
    }
    return most;
}

static void drop_to_one_line(struct cell *cells, size_t n)
{
    double lowest = 0;
    for (size_t i = 0; i < n; i++) {
        lowest = ink_base(&cells[i].text) > lowest ? ink_base(&cells[i].text) : lowest;
    }
    for (size_t i = 0; i < n; i++) {
        cells[i].drop = lowest - ink_base(&cells[i].text);
    }
}

/* As many lines of a cell as fit; what they took. At least one on an empty sheet, or it would never end. */
static double cell_lines(const struct sheet *s, struct cell *c, double room, bool must)
{
    double used = c->drop;
    while (!c->done) {
        int top = 0;
        int bottom = 0;
        pango_layout_iter_get_line_yrange(c->it, &top, &bottom);
        const double height = c->text.scale * (double)(bottom - top) / PANGO_SCALE;
        if (used + height > room && !(must && used <= c->drop)) {
            break;
        }
        if (s->cr != NULL) {
            const int base_line = pango_layout_iter_get_baseline(c->it) - top;
            const double base = c->text.scale * (double)base_line / PANGO_SCALE;
            ink_line(s->cr, &c->text, c->it, left_of(s, c->from, c->to), s->y + used + base);
        }
        used += height;
        c->done = !pango_layout_iter_next_line(c->it);
    }
    c->drop = 0;
    return used;
}

static bool all_done(const struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!cells[i].done) {
            return false;
        }
    }
    return true;
}

struct row_look {
    double pad;
    double scale;
    bool bold;
    bool ruled, shaded;
    void (*again)(struct sheet *s); /* what stands on top of a new sheet; may be NULL */
};

static void shade(struct sheet *s, double height)
{
    color(s, 0.88, 0.95, 0.92);
    fill(s, margin, s->y, s->width, height);
    black(s);
}

static void rule(struct sheet *s)
{
    color(s, 0.55, 0.6, 0.58);
    fill(s, margin, s->y - 0.25, s->width, 0.5);
    black(s);
}

/* What fits of a row on this sheet. */
static void row_part(struct sheet *s, struct cell *cells, size_t n, const struct row_look *look, bool must)
{
    s->y += look->pad;
    double used = 0;
    for (size_t i = 0; i < n; i++) {
        const double h = cell_lines(s, &cells[i], left_on_sheet(s) - look->pad, must);
        used = h > used ? h : used;
    }
    s->y += used + look->pad;
    if (look->ruled) {
        rule(s);
    }
}

/* A sheet that holds nothing but the head of a table is as empty as it gets. */
static double fresh_room(struct sheet *s, const struct row_look *look)
{
    next_sheet(s);
    if (look->again != NULL) {
        look->again(s);
    }
    return left_on_sheet(s);
}

static void row(struct sheet *s, const struct paper_words *words, size_t n, const double *edges,
                const struct row_look *look)
{
    struct cell cells[PAPER_WORDS_MAX];
    for (size_t i = 0; i < n; i++) {
        cells[i] = (struct cell){.from = edges[i] + (i > 0 ? cell_pad : 0),
                                 .to = edges[i + 1] - (i + 1 < n ? cell_pad : 0)};
        cells[i].text = text_of(s, &words[i], look->scale, cells[i].to - cells[i].from, look->bold && i == 0);
        cells[i].it = pango_layout_get_iter(cells[i].text.layout);
    }
    drop_to_one_line(cells, n);
    const double height = row_height(cells, n) + 2 * look->pad;
    bool must = false;
    if (height > left_on_sheet(s) && height <= s->end - margin && s->y > margin) {
        must = fresh_room(s, look) < height;
    }
    if (look->shaded) {
        shade(s, height);
    }
    row_part(s, cells, n, look, must);
    while (!all_done(cells, n) && !s->too_long) {
        (void)fresh_room(s, look);
        row_part(s, cells, n, look, true);
    }
    for (size_t i = 0; i < n; i++) {
        pango_layout_iter_free(cells[i].it);
        g_object_unref(cells[i].text.layout);
    }
}

/* ---- pieces ---- */

static void (*const draws[PAPER_KINDS])(struct sheet *s, const struct paper_piece *piece);

/* Lines to sign on never stand on a sheet of their own: nobody signs an empty one. */
static bool signed_next(const struct sheet *s, const struct paper_piece *piece)
{
    return piece + 1 < s->paper->pieces + s->paper->pieces_n && piece[1].kind == PAPER_SIGN;
}

/* A heading and the head of a table stand on one sheet with the beginning of what follows, and with the lines
 * to sign on when those are next; whether a new sheet was begun for that. */
static bool keep_with_next(struct sheet *s, const struct paper_piece *piece, size_t more)
{
    if (s->trying) {
        return false;
    }
    const struct paper_piece *end = s->paper->pieces + s->paper->pieces_n;
    if (piece + more < end && signed_next(s, piece + more)) {
        more++;
    }
    struct sheet try_it = *s;
    try_it.cr = NULL;
    try_it.trying = true;
    try_it.y = margin + 1;
    for (size_t i = 0; i <= more && piece + i < end; i++) {
        draws[piece[i].kind](&try_it, &piece[i]);
        if (piece[i].kind == PAPER_BREAK || try_it.number > s->number) {
            return false; /* it takes more than a sheet in any case */
        }
    }
    return keep_room(s, try_it.y - margin);
}

static void paragraph(struct sheet *s, const struct paper_words *w, double scale, bool bold)
{
    const double edges[] = {0, s->width};
    const struct row_look look = {.scale = scale, .bold = bold};
    row(s, w, 1, edges, &look);
}

static void top_of_paper(struct sheet *s)
{
    if (s->paper->above.text.n > 0) {
        color(s, 0.25, 0.25, 0.25);
        paragraph(s, &s->paper->above, 1.0, false);
        black(s);
    }
    paragraph(s, &s->paper->title, 1.6, true);
    s->y += 1 * MM;
    color(s, 0.02, 0.27, 0.2);
    fill(s, margin, s->y, s->width, 1.2);
    black(s);
    s->y += 3 * MM;
}

/* How many points of a chart stand on one sheet with its top: all of them where a sheet holds them, with a
 * heading above. */
static size_t drawn_together(const struct sheet *s, const struct chart *c)
{
    enum { FIRST = 3, HEADING_LINES = 6 };
    const double room = s->end - margin - HEADING_LINES * s->points;
    return chart_whole(c, NULL, 0, 0) <= room || c->points_n < FIRST ? c->points_n : FIRST;
}

/* The first rows of a table, of which no single one stays behind with the head. */
static size_t first_rows(const struct sheet *s, const struct paper_piece *table)
{
    enum { TOGETHER = 2 };
    const struct paper_piece *end = s->paper->pieces + s->paper->pieces_n;
    size_t n = 0;
    while (n < TOGETHER && table + 1 + n < end && table[1 + n].kind == PAPER_ROW) {
        n++;
    }
    return n;
}

/* How many pieces behind a heading stand on one sheet with it. */
static size_t beginning_of_next(const struct sheet *s, const struct paper_piece *heading)
{
    const struct paper_piece *next = heading + 1;
    if (next == s->paper->pieces + s->paper->pieces_n) {
        return 1;
    }
    if (paper_is_chart(next->kind) || next->kind == PAPER_MAP) {
        const struct chart c = chart_of(&s->contexts, s->paper, next, s->width);
        return 1 + drawn_together(s, &c);
    }
    return next->kind == PAPER_TABLE ? 1 + first_rows(s, next) : 1;
}

static void heading(struct sheet *s, const struct paper_piece *piece)
{
    (void)keep_with_next(s, piece, beginning_of_next(s, piece));
    gap(s, 0.9);
    color(s, 0.02, 0.27, 0.2);
    paragraph(s, &piece->words[0], 1.25, true);
    black(s);
    s->y += 0.2 * s->points;
}

static void keep_signed(struct sheet *s, const struct paper_piece *piece)
{
    if (signed_next(s, piece)) {
        (void)keep_with_next(s, piece, 1);
    }
}

static void text(struct sheet *s, const struct paper_piece *piece)
{
    keep_signed(s, piece);
    if (piece > s->paper->pieces &&
        piece[-1].kind == PAPER_FACT) { /* the rule below the list is not its own */
        gap(s, 0.6);
    }
    paragraph(s, &piece->words[0], 1.0, false);
    s->y += 0.5 * s->points;
}

static void note(struct sheet *s, const struct paper_piece *piece)
{
    keep_signed(s, piece);
    color(s, 0.25, 0.25, 0.25);
    paragraph(s, &piece->words[0], 0.82, false);
    black(s);
    s->y += 0.4 * s->points;
}

static void fact(struct sheet *s, const struct paper_piece *piece)
{
    const double edges[] = {0, 0.3 * s->width, s->width};
    const struct row_look look = {.pad = 0.5 * MM, .scale = 1.0, .bold = true, .ruled = true};
    keep_signed(s, piece);
    row(s, piece->words, 2, edges, &look);
}

static void heads_again(struct sheet *s)
{
    struct paper_words strong[PAPER_WORDS_MAX];
    for (size_t i = 0; i < s->heads->words_n; i++) {
        strong[i] = s->heads->words[i];
        strong[i].flags |= PAPER_STRONG;
    }
    const struct row_look look = {.pad = cell_pad, .scale = 0.95, .ruled = true, .shaded = true};
    row(s, strong, s->heads->words_n, s->columns, &look);
}

static void table(struct sheet *s, const struct paper_piece *piece)
{
    double shares = 0;
    for (size_t i = 0; i < piece->words_n; i++) {
        shares += piece->words[i].share == 0 ? 1 : piece->words[i].share;
    }
    double edge = 0;
    for (size_t i = 0; i < piece->words_n; i++) {
        s->columns[i] = edge / shares * s->width;
        edge += piece->words[i].share == 0 ? 1 : piece->words[i].share;
    }
    s->columns[piece->words_n] = s->width;
    s->heads = piece;
    (void)keep_with_next(s, piece, first_rows(s, piece));
    gap(s, 0.4);
    heads_again(s);
}

/* The last two rows of a long table stand on one sheet, with the note below them: a last row, which is often
 * the sum, says nothing by itself. */
static size_t last_with(const struct sheet *s, const struct paper_piece *piece)
{
    const struct paper_piece *end = s->paper->pieces + s->paper->pieces_n;
    const size_t rows = piece + 1 < end && piece[1].kind == PAPER_ROW ? 1 : 0;
    if (rows == 1 && piece + 2 < end && piece[2].kind == PAPER_ROW) {
        return 0;
    }
    const struct paper_piece *behind = piece + 1 + rows;
    return rows + (behind < end && behind->kind == PAPER_NOTE ? 1 : 0);
}

static void table_row(struct sheet *s, const struct paper_piece *piece)
{
    const struct row_look look = {.pad = cell_pad, .scale = 1.0, .ruled = true, .again = heads_again};
    const bool first = piece == s->heads + 1; /* its head would stay behind */
    const size_t with = signed_next(s, piece) ? 1 : last_with(s, piece);
    if (!first && with > 0 && keep_with_next(s, piece, with)) {
        heads_again(s);
    }
    row(s, piece->words, piece->words_n, s->columns, &look);
}

static void sign(struct sheet *s, const struct paper_piece *piece)
{
    const double space = 8 * MM;
    const double wide = (s->width - space * (double)(piece->words_n - 1)) / (double)piece->words_n;
    const double least =
        sign_room + 5 * s->points; /* what is kept is what is taken: keep_with_next() measures */
    (void)keep_room(s, least);
    const double top = s->y;
    s->y += sign_room;
    double most = 0;
    for (size_t i = 0; i < piece->words_n; i++) {
        const double from = (double)i * (wide + space);
        const double x = left_of(s, from, from + wide);
        const struct ink_text t = text_of(s, &piece->words[i], 0.9, wide, false);
        fill(s, x, s->y, wide, 0.7);
        draw(s, &t, x, s->y + 1 * MM);
        const double h = ink_height(&t);
        most = h > most ? h : most;
        g_object_unref(t.layout);
    }
    const double taken = sign_room + most + 3 * MM;
    s->y = top + (taken > least ? taken : least);
}

static void modules(const struct sheet *s, const QRcode *code, double x, double y)
{
    const double step = code_side / (code->width + 8); /* with the quiet zone */
    for (int i = 0; i < code->width * code->width; i++) {
        if ((code->data[i] & 1) != 0) {
            const int row = i / code->width;
            cairo_rectangle(s->cr, x + step * (4 + i % code->width), y + step * (4 + row), step, step);
        }
    }
    cairo_fill(s->cr);
}

static void qr(struct sheet *s, const struct paper_piece *piece)
{
    char words[PAPER_QR_MAX + 1] = {0};
    memcpy(words, piece->words[0].text.p, piece->words[0].text.n);
    QRcode *code = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_M);
    (void)keep_room(s, code_side);
    if (code != NULL && s->cr != NULL) {
        modules(s, code, left_of(s, 0, code_side), s->y);
    }
    QRcode_free(code);
    const double from = code_side + 4 * MM;
    const struct ink_text t = text_of(s, &piece->words[1], 1.0, s->width - from, false);
    draw(s, &t, left_of(s, from, s->width), s->y + 4 * MM);
    const double h = ink_height(&t) + 4 * MM;
    g_object_unref(t.layout);
    s->y += h > code_side ? h : code_side;
}

/* ---- charts: on one sheet, or from sheet to sheet between their points ---- */

static void drawing(struct sheet *s, const struct paper_piece *piece)
{
    s->chart = chart_of(&s->contexts, s->paper, piece, s->width);
    gap(s, 0.6);
    const size_t first = drawn_together(s, &s->chart);
    double least = chart_top(&s->chart, NULL, 0, 0);
    for (size_t i = 0; i < first; i++) {
        least += chart_point(&s->chart, &piece[1 + i], NULL, 0, 0);
    }
    (void)keep_room(s, least);
    s->y += chart_top(&s->chart, s->cr, margin, s->y);
}

static void point(struct sheet *s, const struct paper_piece *piece)
{
    const double high = chart_point(&s->chart, piece, NULL, 0, 0);
    (void)keep_room(s, high);
    s->y += chart_point(&s->chart, piece, s->cr, margin, s->y);
    if (piece == s->chart.head + s->chart.points_n) {
        s->y += s->points;
    }
}

/* ---- photos: on one sheet with the first words that stand below them ---- */

static cairo_surface_t *photo_of(const struct sheet *s, const struct paper_piece *piece)
{
    const char *bytes = paper_picture_of(s->paper, piece).p;
    for (size_t i = 0; i < s->paper->pictures_n; i++) {
        if (s->paper->pictures[i].p == bytes) {
            return s->photos[i];
        }
    }
    return NULL;
}

static void photo(struct sheet *s, const struct paper_piece *piece)
{
    cairo_surface_t *photo = photo_of(s, piece);
    if (photo == NULL) {
        return;
    }
    const struct photo_size size = photo_size(photo);
    const double taken = size.high + s->points;
    (void)keep_with_next(s, piece, 1);
    (void)keep_room(s, taken);
    gap(s, 0.4);
    if (s->cr != NULL) {
        cairo_save(s->cr);
        cairo_translate(s->cr, left_of(s, 0, size.wide), s->y);
        cairo_scale(s->cr, size.wide / cairo_image_surface_get_width(photo),
                    size.high / cairo_image_surface_get_height(photo));
        cairo_set_source_surface(s->cr, photo, 0, 0);
        cairo_paint(s->cr);
        cairo_restore(s->cr);
        black(s);
    }
    s->y += size.high + 0.6 * s->points;
}

static void photos_open(struct sheet *s)
{
    for (size_t i = 0; i < s->paper->pictures_n; i++) {
        s->photos[i] = photo_open(s->paper->pictures[i]);
    }
}

static void photos_close(struct sheet *s)
{
    for (size_t i = 0; i < s->paper->pictures_n; i++) {
        cairo_surface_destroy(s->photos[i]);
    }
}

static void new_sheet(struct sheet *s, const struct paper_piece *piece)
{
    if (piece + 1 < s->paper->pieces + s->paper->pieces_n) { /* nothing follows: no empty sheet */
        (void)keep_room(s, s->end);
    }
}

static void (*const draws[PAPER_KINDS])(struct sheet *s, const struct paper_piece *piece) = {
    [PAPER_HEADING] = heading, [PAPER_TEXT] = text,     [PAPER_NOTE] = note,      [PAPER_FACT] = fact,
    [PAPER_TABLE] = table,     [PAPER_ROW] = table_row, [PAPER_SIGN] = sign,      [PAPER_BREAK] = new_sheet,
    [PAPER_QR] = qr,           [PAPER_BARS] = drawing,  [PAPER_STACKS] = drawing, [PAPER_LINES] = drawing,
    [PAPER_FUNNEL] = drawing,  [PAPER_POINT] = point,   [PAPER_MAP] = drawing,    [PAPER_AREA] = point,
    [PAPER_PICTURE] = photo,
};

/* The whole paper; the number of its sheets. */
static int walk(struct sheet *s)
{
    s->number = 1;
    s->y = margin;
    top_of_paper(s);
    for (size_t i = 0; i < s->paper->pieces_n && !s->too_long; i++) {
        draws[s->paper->pieces[i].kind](s, &s->paper->pieces[i]);
    }
    foot(s);
    return s->number;
}

/* ---- the file ---- */

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int n)
{
    struct buf *out = closure;
    buf_put(out, (str){(const char *)data, n});
    return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void properties(const struct sheet *s)
{
    char title[PAPER_TEXT_MAX + 1] = {0};
    memcpy(title, s->paper->title.text.p, s->paper->title.text.n);
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATOR, "Sunwai");
}

err pdf_of(const struct paper *p, struct buf *out, int *out_sheets)
{
    if (!fonts_ready()) {
        return FAIL(NOT_FOUND);
    }
    struct sheet s = {.paper = p,
                      .contexts = ink_open(),
                      .rtl = (p->title.flags & PAPER_RTL) != 0,
                      .width = sizes[p->size].width - 2 * margin,
                      .end = sizes[p->size].height - margin - foot_room,
                      .points = p->letters};
    photos_open(&s);
    s.of = walk(&s);
    bool fine = !s.too_long;
    if (fine) {
        s.surface =
            cairo_pdf_surface_create_for_stream(take, out, sizes[p->size].width, sizes[p->size].height);
        s.cr = cairo_create(s.surface);
        properties(&s);
        (void)walk(&s);
        cairo_surface_finish(s.surface);
        fine = cairo_surface_status(s.surface) == CAIRO_STATUS_SUCCESS &&
               cairo_status(s.cr) == CAIRO_STATUS_SUCCESS && !out->full;
        cairo_destroy(s.cr);
        cairo_surface_destroy(s.surface);
    }
    photos_close(&s);
    ink_close(&s.contexts);
    if (!fine) {
        return FAIL(LIMIT);
    }
    *out_sheets = s.of;
    return OK;
}
