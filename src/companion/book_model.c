/* book_model.c: bounds of a book, and its bytes. */
#include "book_model.h"

#include "clock.h"
#include "packing.h"

enum { MARK_SIZE = 4, BOOK_VERSION = 1, FIRST_DAY = 19000301 };
static const char mark[MARK_SIZE] = {'b', 'o', 'k', BOOK_VERSION};
#define MINUTES_MAX 4000000000 /* within four digits of a year */

/* ---- bounds ---- */

/* What every spreadsheet takes for the name of a sheet. */
static bool name_fine(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        if (c == '[' || c == ']' || c == ':' || c == '*' || c == '?' || c == '/' || c == '\\' || c == '\n') {
            return false;
        }
    }
    return pack_text_fine(name, BOOK_TEXT_MAX) && name.n > 0 && str_chars(name) <= BOOK_NAME_MAX &&
           name.p[0] != '\'' && name.p[name.n - 1] != '\'';
}

/* To a spreadsheet "A" and "a" are one name. */
static bool same_name(str a, str b)
{
    for (size_t i = 0; i < a.n && a.n == b.n; i++) {
        const char x = a.p[i] >= 'A' && a.p[i] <= 'Z' ? (char)(a.p[i] + ' ') : a.p[i];
        const char y = b.p[i] >= 'A' && b.p[i] <= 'Z' ? (char)(b.p[i] + ' ') : b.p[i];
        if (x != y) {
            return false;
        }
    }
    return a.n == b.n;
}

static bool number_fine(enum book_type type, int64_t n)
{
    switch (type) {
    case BOOK_NUMBER:
    case BOOK_PLAIN:
    case BOOK_SHARE:
        return n >= -BOOK_NUMBER_MAX && n <= BOOK_NUMBER_MAX;
    case BOOK_DAY:
        return n >= FIRST_DAY && n <= DAY_OPEN && day_valid(n);
    case BOOK_TIME:
        return n >= 0 && n <= MINUTES_MAX;
    case BOOK_TEXT:
    case BOOK_TYPES:
        return false;
    }
    return false;
}

static bool cell_fine(const struct book_cell *c, enum book_type type)
{
    switch (c->kind) {
    case BOOK_NOTHING:
        return true;
    case BOOK_N:
        return number_fine(type, c->n);
    case BOOK_T:
        return pack_text_fine(c->text, BOOK_TEXT_MAX);
    case BOOK_KINDS:
        return false;
    }
    return false;
}

static bool columns_fine(const struct book_sheet *s)
{
    for (size_t i = 0; i < s->columns_n; i++) {
        const struct book_column *c = &s->columns[i];
        if (!pack_text_fine(c->head, BOOK_TEXT_MAX) || c->type < BOOK_TEXT || c->type >= BOOK_TYPES ||
            c->width > BOOK_WIDTH_MAX) {
            return false;
        }
    }
    return s->columns_n > 0 && s->columns_n <= BOOK_COLUMNS_MAX && s->side_n < s->columns_n;
}

static bool sheet_fine(const struct book_sheet *s)
{
    if (!name_fine(s->name) || s->above_n > BOOK_ABOVE_MAX || !columns_fine(s) || s->rows_n > BOOK_ROWS_MAX ||
        s->sums_n > s->rows_n) {
        return false;
    }
    for (size_t i = 0; i < s->above_n; i++) {
        if (!pack_text_fine(s->above[i], BOOK_TEXT_MAX)) {
            return false;
        }
    }
    for (size_t i = 0; i < s->rows_n * s->columns_n; i++) {
        if (!cell_fine(&s->cells[i], s->columns[i % s->columns_n].type)) {
            return false;
        }
    }
    return true;
}

bool book_fine(const struct book *b)
{
    size_t cells = 0;
    if (!pack_text_fine(b->title, BOOK_TEXT_MAX) || !pack_lang_fine(b->lang, BOOK_LANG_MAX) ||
        !pack_text_fine(b->foot, BOOK_TEXT_MAX) || b->sheets_n == 0 || b->sheets_n > BOOK_SHEETS_MAX) {
        return false;
    }
    for (size_t i = 0; i < b->sheets_n; i++) {
        const struct book_sheet *s = &b->sheets[i];
        if (!sheet_fine(s)) {
            return false;
        }
        for (size_t k = 0; k < i; k++) {
            if (same_name(s->name, b->sheets[k].name)) {
                return false;
            }
        }
        cells += s->rows_n * s->columns_n;
    }
    return cells <= BOOK_CELLS_MAX;
}

/* ---- putting together ---- */

static void put_text(struct buf *out, str text)
{
    pack_number(out, text.n, 2);
    buf_put(out, text);
}

static void put_cell(struct buf *out, const struct book_cell *c)
{
    pack_number(out, (uint64_t)c->kind, 1);
    if (c->kind == BOOK_N) {
        pack_number(out, (uint64_t)c->n, 8);
    } else if (c->kind == BOOK_T) {
        put_text(out, c->text);
    }
}

static void put_sheet(struct buf *out, const struct book_sheet *s)
{
    put_text(out, s->name);
    pack_number(out, s->rtl, 1);
    pack_number(out, s->above_n, 1);
    for (size_t i = 0; i < s->above_n; i++) {
        put_text(out, s->above[i]);
    }
    pack_number(out, s->columns_n, 1);
    for (size_t i = 0; i < s->columns_n; i++) {
        put_text(out, s->columns[i].head);
        pack_number(out, (uint64_t)s->columns[i].type, 1);
        pack_number(out, s->columns[i].width, 1);
    }
    pack_number(out, s->side_n, 1);
    pack_number(out, s->sums_n, 2);
    pack_number(out, s->rows_n, 2);
    for (size_t i = 0; i < s->rows_n * s->columns_n; i++) {
        put_cell(out, &s->cells[i]);
    }
}

err book_pack(const struct book *b, struct buf *out)
{
    if (!book_fine(b)) {
        return FAIL(INVALID);
    }
    const size_t from = out->n;
    buf_put(out, (str){mark, MARK_SIZE});
    put_text(out, b->title);
    pack_number(out, b->lang.n, 1);
    buf_put(out, b->lang);
    put_text(out, b->foot);
    pack_number(out, b->sheets_n, 1);
    for (size_t i = 0; i < b->sheets_n; i++) {
        put_sheet(out, &b->sheets[i]);
    }
    return out->full || out->n - from > BOOK_BYTES_MAX ? FAIL(LIMIT) : OK;
}

/* ---- taking apart ---- */

static str take_text(struct unpacking *u)
{
    return unpack_bytes(u, (size_t)unpack_number(u, 2));
}

static struct book_cell take_cell(struct unpacking *u)
{
    const uint64_t kind = unpack_number(u, 1);
    struct book_cell c = {.kind = kind < BOOK_KINDS ? (enum book_kind)kind : BOOK_KINDS};
    if (c.kind == BOOK_N) {
        c.n = (int64_t)unpack_number(u, 8);
    } else if (c.kind == BOOK_T) {
        c.text = take_text(u);
    }
    return c;
}

static err take_above(struct unpacking *u, struct arena *a, struct book_sheet *out)
{
    str *above = arena_array_of(a, str, BOOK_ABOVE_MAX);
    out->above_n = (size_t)unpack_number(u, 1);
    if (above == NULL || out->above_n > BOOK_ABOVE_MAX) {
        return above == NULL ? FAIL(LIMIT) : FAIL(INVALID);
    }
    for (size_t i = 0; i < out->above_n; i++) {
        above[i] = take_text(u);
    }
    out->above = above;
    return OK;
}

static err take_columns(struct unpacking *u, struct arena *a, struct book_sheet *out)
{
    out->columns_n = (size_t)unpack_number(u, 1);
    struct book_column *columns = arena_array_of(a, struct book_column, out->columns_n + 1);
    if (columns == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < out->columns_n; i++) {
        columns[i].head = take_text(u);
        const uint64_t type = unpack_number(u, 1);
        columns[i].type = type < BOOK_TYPES ? (enum book_type)type : BOOK_TYPES;
        columns[i].width = (uint8_t)unpack_number(u, 1);
    }
    out->columns = columns;
    return OK;
}

/* Each cell is at least one byte: what says that it is longer than what came is refused before there is room
 * for it. */
static err take_sheet(struct unpacking *u, struct arena *a, struct book_sheet *out)
{
    out->name = take_text(u);
    const uint64_t rtl = unpack_number(u, 1);
    out->rtl = rtl == 1;
    TRY(take_above(u, a, out));
    TRY(take_columns(u, a, out));
    out->side_n = (size_t)unpack_number(u, 1);
    out->sums_n = (size_t)unpack_number(u, 2);
    out->rows_n = (size_t)unpack_number(u, 2);
    const size_t n = out->rows_n * out->columns_n;
    if (u->bad || rtl > 1 || n > u->left.n) {
        return FAIL(INVALID);
    }
    struct book_cell *cells = arena_array_of(a, struct book_cell, n + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        cells[i] = take_cell(u);
    }
    out->cells = cells;
    return OK;
}

err book_unpack(struct arena *a, str packed, struct book *out)
{
    struct unpacking u = {.left = packed, .bad = packed.n > BOOK_BYTES_MAX};
    u.bad = u.bad || !str_eq(unpack_bytes(&u, MARK_SIZE), (str){mark, MARK_SIZE});
    struct book b = {.title = take_text(&u)};
    b.lang = unpack_bytes(&u, (size_t)unpack_number(&u, 1));
    b.foot = take_text(&u);
    b.sheets_n = (size_t)unpack_number(&u, 1);
    if (u.bad || b.sheets_n > BOOK_SHEETS_MAX) {
        return FAIL(INVALID);
    }
    struct book_sheet *sheets = arena_array_of(a, struct book_sheet, b.sheets_n + 1);
    if (sheets == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < b.sheets_n; i++) {
        TRY(take_sheet(&u, a, &sheets[i]));
    }
    b.sheets = sheets;
    if (u.bad || u.left.n > 0 || !book_fine(&b)) {
        return FAIL(INVALID);
    }
    *out = b;
    return OK;
}
