/* grid.c: rows of text into cells and back. */
#include "grid.h"

#include <string.h>

#include "csv.h"

enum { LETTERS = 26, LOOKED_AT = 4096 };

struct grid_cell grid_at(const struct grid *g, size_t row, size_t column)
{
    return row < g->rows_n && column < g->columns_n ? g->cells[row * g->columns_n + column]
                                                    : (struct grid_cell){S(""), 0};
}

bool grid_row_empty(const struct grid *g, size_t row)
{
    for (size_t i = 0; i < g->columns_n; i++) {
        if (grid_at(g, row, i).text.n > 0) {
            return false;
        }
    }
    return true;
}

str grid_place(struct arena *a, size_t row, size_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (size_t rest = column + 1; rest > 0 && at > 0; rest = (rest - 1) / LETTERS) {
        letters[--at] = (char)('A' + (rest - 1) % LETTERS);
    }
    return arena_printf(a, "%.*s%zu", (int)(sizeof letters - at), letters + at, row + 1);
}

/* ---- what kind of bytes ---- */

static bool begins(str s, const char *mark, size_t n)
{
    return s.n >= n && memcmp(s.p, mark, n) == 0;
}

static enum grid_why kind_of(str text)
{
    if (begins(text, "\xd0\xcf\x11\xe0", 4)) {
        return GRID_OLD_BOOK;
    }
    if (begins(text, "\xff\xfe", 2) || begins(text, "\xfe\xff", 2) || memchr(text.p, '\0', text.n) != NULL) {
        return GRID_UTF16;
    }
    return str_utf8(text) ? GRID_FINE : GRID_NOT_UTF8;
}

/* What stands between the cells of the first row that has any: tabs when it was copied out of a spreadsheet,
 * semicolons where a comma is in use inside of numbers. */
static char separator_of(str text)
{
    const str head = str_sub(text, 0, LOOKED_AT);
    size_t commas = 0;
    size_t semicolons = 0;
    bool quoted = false;
    for (size_t i = 0; i < head.n; i++) {
        const char c = head.p[i];
        quoted = c == '"' ? !quoted : quoted;
        if (c == '\t' && !quoted) {
            return '\t';
        }
        if (c == '\n' && !quoted && commas + semicolons > 0) {
            break;
        }
        commas += c == ',' && !quoted;
        semicolons += c == ';' && !quoted;
    }
    return semicolons > commas ? ';' : ',';
}

/* A text that a spreadsheet would take for a formula; "-5" and "+5" are numbers. */
static bool like_formula(str s)
{
    if (s.n == 0 || (s.p[0] != '=' && s.p[0] != '@' && s.p[0] != '+' && s.p[0] != '-')) {
        return false;
    }
    const bool sign = s.p[0] == '+' || s.p[0] == '-';
    const bool digit = s.n > 1 && ((s.p[1] >= '0' && s.p[1] <= '9') || (uint8_t)s.p[1] >= 0x80);
    return s.n > 1 && !(sign && digit);
}

/* ---- reading ---- */

struct reading {
    const str **rows;
    size_t *widths;
    size_t rows_n;
    struct grid grid;
};

static size_t width_of(const str *fields, size_t n)
{
    while (n > 0 && str_trim(fields[n - 1]).n == 0) {
        n--;
    }
    return n;
}

static err rows_read(struct arena *a, struct csv *c, struct reading *r, enum grid_why *why)
{
    r->rows = arena_array_of(a, const str *, GRID_ROWS_MAX);
    r->widths = arena_array_of(a, size_t, GRID_ROWS_MAX);
    if (r->rows == NULL || r->widths == NULL) {
        return FAIL(LIMIT);
    }
    for (err e = OK; e.code == ERR_OK; r->rows_n++) {
        size_t n = 0;
        c->columns = 0; /* rows may be of different lengths */
        if (r->rows_n == GRID_ROWS_MAX) {
            *why = c->rest.n > 0 ? GRID_TOO_LARGE : GRID_FINE;
            return OK;
        }
        e = csv_row(c, a, &r->rows[r->rows_n], &n);
        if (e.code == ERR_NOT_FOUND) {
            return OK;
        }
        if (e.code == ERR_INVALID) {
            *why = GRID_QUOTES;
            return OK;
        }
        TRY(e);
        const size_t width = width_of(r->rows[r->rows_n], n);
        r->widths[r->rows_n] = width;
        r->grid.columns_n = width > r->grid.columns_n ? width : r->grid.columns_n;
        r->grid.rows_n = width > 0 ? r->rows_n + 1 : r->grid.rows_n;
    }
    return OK;
}

static err cells_fill(struct arena *a, const struct reading *r, struct grid *g, enum grid_why *why)
{
    if (g->columns_n > GRID_COLUMNS_MAX || g->rows_n * g->columns_n > GRID_CELLS_MAX) {
        *why = GRID_TOO_LARGE;
        return OK;
    }
    g->cells = arena_array_of(a, struct grid_cell, g->rows_n * g->columns_n + 1);
    if (g->cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < g->rows_n * g->columns_n; i++) {
        const size_t row = i / g->columns_n;
        const size_t column = i % g->columns_n;
        const str text = column < r->widths[row] ? str_trim(r->rows[row][column]) : S("");
        if (text.n > GRID_TEXT_MAX) {
            *why = GRID_TOO_LARGE;
        }
        g->cells[i] = (struct grid_cell){text, like_formula(text) ? GRID_FORMULA : 0u};
    }
    return OK;
}

err grid_of_text(struct arena *a, str text, struct grid *out, enum grid_why *out_why, size_t *out_row)
{
    struct reading r = {.grid = {.name = S("")}};
    struct grid g;
    enum grid_why why = text.n > GRID_BYTES_MAX ? GRID_TOO_LARGE : text.n == 0 ? GRID_EMPTY : kind_of(text);
    *out_row = 0;
    if (why == GRID_FINE) {
        struct csv c = csv_read(text);
        c.separator = separator_of(c.rest);
        TRY(rows_read(a, &c, &r, &why));
        *out_row = r.rows_n;
    }
    g = r.grid;
    if (why == GRID_FINE) {
        TRY(cells_fill(a, &r, &g, &why));
        why = why == GRID_FINE && g.rows_n == 0 ? GRID_EMPTY : why;
    }
    *out_why = why;
    if (why == GRID_FINE) {
        *out = g;
    }
    return OK;
}

/* ---- writing ---- */

static void cell_put(struct buf *out, str text)
{
    const bool plain = memchr(text.p, ',', text.n) == NULL && memchr(text.p, '"', text.n) == NULL &&
                       memchr(text.p, '\n', text.n) == NULL && memchr(text.p, '\r', text.n) == NULL;
    if (plain) {
        buf_put(out, text);
        return;
    }
    buf_putc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        buf_put(out, text.p[i] == '"' ? S("\"") : S(""));
        buf_putc(out, text.p[i]);
    }
    buf_putc(out, '"');
}

void grid_to_text(const struct grid *g, struct buf *out)
{
    for (size_t row = 0; row < g->rows_n; row++) {
        for (size_t column = 0; column < g->columns_n; column++) {
            buf_put(out, column == 0 ? S("") : S(","));
            cell_put(out, grid_at(g, row, column).text);
        }
        buf_putc(out, '\n');
    }
}
