/* xlsx_read.c: a zip of XML parts, read one after the other as a stream. */
#include "xlsx_read.h"

#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "clock.h"

enum {
    MEMORY = 160 << 20,
    PIECE = 32 * 1024,
    STRINGS_MAX = 200000,
    STYLES_MAX = 4096,
    FORMATS_MAX = 512,
    WORDS_MAX = 24 << 20, /* all texts of a workbook together */
    LETTERS = 26,
    SHEETS_LOOKED_AT = 64,
    PERCENT = 100,
    MINUTES_OF_DAY = 1440,
    SERIAL_1970 = 25569,
    SERIAL_1904 = 1462, /* days that a workbook of the other calendar counts less */
    SERIAL_MOST = 2958465
};

enum look { LOOK_PLAIN, LOOK_DAY, LOOK_PERCENT };

struct sheet_at {
    str name, id, part; /* part: "xl/worksheets/sheet1.xml" */
};
struct raw_cell {
    uint32_t row, column;
    unsigned flags;
    str text;
};
struct span {
    uint32_t row, column, last_row, last_column;
};

struct reader {
    struct arena *arena;
    zip_t *zip;
    enum wire_why why;
    int64_t left; /* bytes that may still be unpacked */
    bool since_1904;
    struct sheet_at sheets[SHEETS_LOOKED_AT];
    size_t sheets_n;
    str *strings;
    size_t strings_n;
    struct {
        int64_t id;
        enum look look;
    } formats[FORMATS_MAX];
    size_t formats_n;
    uint8_t styles[STYLES_MAX]; /* enum look */
    size_t styles_n;
    /* of the part that is being read */
    XML_Parser parser;
    struct buf text;
    bool collects;
    unsigned phonetic; /* depth inside of readings of a text, which are no part of it */
    bool in_styles;    /* inside of cellXfs */
    /* of the sheet that is being read */
    struct raw_cell *cells;
    size_t cells_n, cells_room;
    struct span *spans;
    size_t spans_n;
    uint32_t row, column;
    struct raw_cell cell;
    char type;
    size_t style;
    str value, formula, inner;
    bool has_formula;
};

static void give_up(struct reader *r, enum wire_why why)
{
    r->why = r->why == WHY_FINE ? why : r->why;
    if (r->parser != NULL) {
        (void)XML_StopParser(r->parser, XML_FALSE);
    }
}

/* ---- XML ---- */

/* The name without its prefix: files differ in those. */
static str local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return str_of(colon == NULL ? name : colon + 1);
}

static bool named(const char *name, const char *wanted)
{
    return str_eq(local(name), str_of(wanted));
}

static str attribute(const char **attributes, const char *wanted)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (named(attributes[i], wanted)) {
            return str_of(attributes[i + 1]);
        }
    }
    return S("");
}

static str keep(struct reader *r, str s)
{
    const str kept = s.n == 0 ? S("") : arena_str(r->arena, s);
    if (kept.p == NULL) {
        give_up(r, WHY_TOO_BIG);
        return S("");
    }
    return kept;
}

static void collect(struct reader *r)
{
    buf_clear(&r->text);
    r->collects = true;
}

static str collected(struct reader *r)
{
    r->collects = false;
    if (r->text.full) {
        give_up(r, WHY_TOO_BIG);
    }
    return buf_str(&r->text);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
    struct reader *r = data;
    if (r->collects && r->phonetic == 0) {
        buf_put(&r->text, (str){text, (size_t)n});
    }
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *where,
                               const XML_Char *public, int inner)
{
    (void)name;
    (void)where;
    (void)public;
    (void)inner;
    give_up(data, WHY_BROKEN);
}

/* A part through the parser, piece by piece. False: there is none of that name. */
static bool part_read(struct reader *r, str name, XML_StartElementHandler start, XML_EndElementHandler end)
{
    const char *path = arena_cstr(r->arena, name);
    zip_file_t *file = path == NULL ? NULL : zip_fopen(r->zip, path, 0);
    if (file == NULL) {
        const int code = zip_error_code_zip(zip_get_error(r->zip));
        if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_ENCRNOTSUPP) {
            give_up(r, WHY_ACTIVE);
        }
        return false;
    }
    r->parser = XML_ParserCreate(NULL);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, start, end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    r->collects = false;
    r->phonetic = 0;
    char piece[PIECE];
    zip_int64_t n = 1;
    while (r->why == WHY_FINE && n > 0) {
        n = zip_fread(file, piece, sizeof piece);
        r->left -= n > 0 ? n : 0;
        if (n < 0 || r->left < 0) {
            give_up(r, n < 0 ? WHY_BROKEN : WHY_TOO_BIG);
        } else if (XML_Parse(r->parser, piece, (int)n, n == 0) == XML_STATUS_ERROR) {
            give_up(r, WHY_BROKEN);
        }
    }
    XML_ParserFree(r->parser);
    r->parser = NULL;
    (void)zip_fclose(file);
    return true;
}

static void XMLCALL on_end_nothing(void *data, const XML_Char *name)
{
    (void)data;
    (void)name;
}

/* ---- the book: its sheets and where they are ---- */

static bool is_true(str s)
{
    return str_eq(s, S("1")) || str_eq(s, S("true"));
}

static void XMLCALL on_book(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = data;
    if (named(name, "workbookPr")) {
        r->since_1904 = is_true(attribute(attributes, "date1904"));
    }
    if (!named(name, "sheet")) {
        return;
    }
    const str state = attribute(attributes, "state");
    if (state.n > 0 && !str_eq(state, S("visible"))) {
        return;
    }
    if (r->sheets_n == SHEETS_LOOKED_AT) {
        give_up(r, WHY_TOO_BIG);
        return;
    }
    str id = S("");
    for (size_t i = 0; attributes[i] != NULL; i += 2) { /* r:id, not sheetId */
        id =
            strchr(attributes[i], ':') != NULL && named(attributes[i], "id") ? str_of(attributes[i + 1]) : id;
    }
    r->sheets[r->sheets_n++] =
        (struct sheet_at){.name = keep(r, attribute(attributes, "name")), .id = keep(r, id), .part = S("")};
}

static void XMLCALL on_relation(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = data;
    const str id = attribute(attributes, "Id");
    const str target = attribute(attributes, "Target");
    for (size_t i = 0; named(name, "Relationship") && i < r->sheets_n; i++) {
        if (str_eq(r->sheets[i].id, id)) {
            r->sheets[i].part = str_starts(target, S("/")) ? keep(r, str_sub(target, 1, target.n))
                                                           : arena_printf(r->arena, "xl/%.*s", STR_F(target));
        }
    }
}

/* ---- what numbers look like ---- */

/* What is said between quotes, after a backslash or in brackets says nothing of the kind. */
static enum look look_of_code(str code)
{
    bool day = false;
    for (size_t i = 0; i < code.n; i++) {
        const char c = code.p[i];
        if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == '"' || c == '[') {
            const char close = c == '"' ? '"' : ']';
            for (i++; i < code.n && code.p[i] != close; i++) {
            }
        } else if (c == '%') {
            return LOOK_PERCENT;
        } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
            day = true;
        } else if (c == ';') {
            break;
        }
    }
    return day ? LOOK_DAY : LOOK_PLAIN;
}

static enum look look_of_id(const struct reader *r, int64_t id)
{
    for (size_t i = 0; i < r->formats_n; i++) {
        if (r->formats[i].id == id) {
            return r->formats[i].look;
        }
    }
    if (id == 9 || id == 10) {
        return LOOK_PERCENT;
    }
    const bool day = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return day ? LOOK_DAY : LOOK_PLAIN;
}

static void XMLCALL on_style(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = data;
    int64_t id = 0;
    (void)str_i64(attribute(attributes, "numFmtId"), &id);
    if (named(name, "numFmt") && r->formats_n < FORMATS_MAX) {
        r->formats[r->formats_n].id = id;
        r->formats[r->formats_n++].look = look_of_code(attribute(attributes, "formatCode"));
    } else if (named(name, "cellXfs")) {
        r->in_styles = true;
    } else if (r->in_styles && named(name, "xf") && r->styles_n < STYLES_MAX) {
        r->styles[r->styles_n++] = (uint8_t)look_of_id(r, id);
    }
}

static void XMLCALL on_style_end(void *data, const XML_Char *name)
{
    struct reader *r = data;
    if (named(name, "cellXfs")) {
        r->in_styles = false;
    }
}

/* ---- texts that cells share ---- */

static void XMLCALL on_string(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = data;
    (void)attributes;
    if (named(name, "si")) {
        buf_clear(&r->text);
    } else if (named(name, "rPh")) {
        r->phonetic++;
    } else if (named(name, "t")) {
        r->collects = true;
    }
}

static void XMLCALL on_string_end(void *data, const XML_Char *name)
{
    struct reader *r = data;
    if (named(name, "t")) {
        r->collects = false;
    } else if (named(name, "rPh") && r->phonetic > 0) {
        r->phonetic--;
    } else if (named(name, "si")) {
        if (r->strings_n == STRINGS_MAX) {
            give_up(r, WHY_TOO_BIG);
            return;
        }
        r->strings[r->strings_n++] = keep(r, collected(r));
    }
}

/* ---- numbers into words ---- */

/* Without controls and marks that turn a line about, which nothing here would give back. */
static str clean(struct reader *r, str text)
{
    struct buf *b = &r->text;
    if (!str_utf8(text)) {
        return S("");
    }
    buf_clear(b);
    size_t at = 0;
    for (uint32_t c = str_next(text, &at); c != 0; c = str_next(text, &at)) {
        const bool control = (c < ' ' && c != '\n') || c == 0x7f || (c >= 0x80 && c < 0xa0);
        const bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        if (!turns) {
            buf_utf8(b, control ? ' ' : c);
        }
    }
    return keep(r, str_trim(buf_str(b)));
}

static str day_words(struct reader *r, double n)
{
    const double whole = floor(n);
    const int serial = (int)whole + (r->since_1904 ? SERIAL_1904 : 0);
    const int64_t day = day_add(19700101, serial - SERIAL_1970);
    const int minutes = (int)((n - whole) * MINUTES_OF_DAY + 0.5);
    const str days = arena_printf(r->arena, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100),
                                  (int)(day % 100));
    return minutes == 0 || minutes >= MINUTES_OF_DAY
               ? days
               : arena_printf(r->arena, "%.*s %02d:%02d", STR_F(days), minutes / 60, minutes % 60);
}

static str number_words(struct reader *r, str value, enum look look)
{
    char text[64];
    if (value.n == 0 || value.n >= sizeof text) {
        return clean(r, value);
    }
    memcpy(text, value.p, value.n);
    text[value.n] = '\0';
    char *end = text;
    const double n = strtod(text, &end);
    if (*end != '\0' || !isfinite(n)) {
        return clean(r, value);
    }
    if (look == LOOK_DAY && n >= 61 &&
        n <= SERIAL_MOST) { /* before, calendars differ by a day that never was */
        return day_words(r, n);
    }
    if (look == LOOK_PERCENT) {
        return arena_printf(r->arena, "%.12g%%", n * PERCENT);
    }
    return fabs(n) < 1e15 && n == floor(n) ? arena_printf(r->arena, "%.0f", n)
                                           : arena_printf(r->arena, "%.15g", n);
}

/* ---- one sheet ---- */

/* "AB12": false when it is no place. */
static bool place_of(str s, uint32_t *out_row, uint32_t *out_column)
{
    uint32_t column = 0;
    uint32_t row = 0;
    size_t i = 0;
    for (; i < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z' && column < 100000; i++) {
        column = column * LETTERS + (uint32_t)(s.p[i] - 'A') + 1;
    }
    const size_t letters = i;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && row < 100000000; i++) {
        row = row * 10 + (uint32_t)(s.p[i] - '0');
    }
    if (i != s.n || letters == 0 || row == 0 || column == 0) {
        return false;
    }
    *out_row = row - 1;
    *out_column = column - 1;
    return true;
}

static void span_add(struct reader *r, str ref)
{
    struct span s;
    const str first = str_cut(&ref, ':');
    if (!place_of(first, &s.row, &s.column) || ref.p == NULL || !place_of(ref, &s.last_row, &s.last_column)) {
        return;
    }
    if (r->spans_n < GRID_CELLS_MAX) {
        r->spans[r->spans_n++] = s;
    }
}

static void cell_begin(struct reader *r, const char **attributes)
{
    const str at = attribute(attributes, "r");
    const str type = attribute(attributes, "t");
    int64_t style = 0;
    (void)str_i64(attribute(attributes, "s"), &style);
    r->cell = (struct raw_cell){.row = r->row, .column = r->column};
    if (at.n > 0 && !place_of(at, &r->cell.row, &r->cell.column)) {
        give_up(r, WHY_BROKEN);
    }
    r->row = r->cell.row;
    r->column = r->cell.column + 1;
    r->style = style >= 0 && style < STYLES_MAX ? (size_t)style : 0;
    r->value = r->formula = r->inner = S("");
    r->has_formula = false;
    /* s: shared; i: in its place; t: a text; b: yes or no; e: an error; d: a day; n: a number */
    r->type = str_eq(type, S("str")) ? 't' : type.n == 0 ? 'n' : type.p[0];
}

static str cell_words(struct reader *r)
{
    int64_t n = 0;
    switch (r->type) {
    case 's':
        return str_i64(r->value, &n) && n >= 0 && (size_t)n < r->strings_n ? clean(r, r->strings[n]) : S("");
    case 'i':
        return clean(r, r->inner);
    case 'b':
        return is_true(r->value) ? S("1") : S("0");
    case 'd':
        return clean(r, str_sub(r->value, 0, 10));
    case 'n':
        return number_words(r, r->value,
                            r->style < r->styles_n ? (enum look)r->styles[r->style] : LOOK_PLAIN);
    default:
        return clean(r, r->value);
    }
}

static void cell_end(struct reader *r)
{
    struct raw_cell c = r->cell;
    c.text = cell_words(r);
    if (r->has_formula) {
        c.text = arena_printf(r->arena, "=%.*s", STR_F(clean(r, r->formula)));
        c.flags |= GRID_FORMULA;
    }
    c.flags |= r->type == 'e' ? (unsigned)GRID_ERROR : 0u;
    if (c.text.p == NULL || c.text.n > GRID_TEXT_MAX) {
        give_up(r, WHY_TOO_BIG);
        return;
    }
    if (c.text.n == 0) {
        return;
    }
    if (c.row >= GRID_ROWS_MAX || c.column >= GRID_COLUMNS_MAX || r->cells_n == GRID_CELLS_MAX) {
        give_up(r, WHY_TOO_BIG);
        return;
    }
    r->cells[r->cells_n++] = c;
}

static void XMLCALL on_sheet(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *r = data;
    const str is = local(name);
    if (str_eq(is, S("row"))) {
        int64_t row = 0;
        r->row = str_i64(attribute(attributes, "r"), &row) && row > 0 && row < 100000000 ? (uint32_t)(row - 1)
                                                                                         : r->row;
        r->column = 0;
    } else if (str_eq(is, S("c"))) {
        cell_begin(r, attributes);
    } else if (str_eq(is, S("v"))) {
        collect(r);
    } else if (str_eq(is, S("f"))) {
        collect(r);
        r->has_formula = true;
    } else if (str_eq(is, S("is"))) {
        buf_clear(&r->text);
    } else if (str_eq(is, S("t"))) {
        r->collects = true;
    } else if (str_eq(is, S("rPh"))) {
        r->phonetic++;
    } else if (str_eq(is, S("mergeCell"))) {
        span_add(r, attribute(attributes, "ref"));
    }
}

static void XMLCALL on_sheet_end(void *data, const XML_Char *name)
{
    struct reader *r = data;
    const str is = local(name);
    if (str_eq(is, S("v"))) {
        r->value = keep(r, collected(r));
    } else if (str_eq(is, S("f"))) {
        r->formula = keep(r, collected(r));
    } else if (str_eq(is, S("t"))) {
        r->collects = false;
    } else if (str_eq(is, S("rPh")) && r->phonetic > 0) {
        r->phonetic--;
    } else if (str_eq(is, S("is"))) {
        r->inner = keep(r, collected(r));
    } else if (str_eq(is, S("c"))) {
        cell_end(r);
    } else if (str_eq(is, S("row"))) {
        r->row++;
    }
}

/* ---- cells into a grid ---- */

/* Merged cells never overlap: of more of them than there are cells the file lies, and nobody waits for it. */
static void merged_mark(struct reader *r, struct grid *g)
{
    size_t left = g->rows_n * g->columns_n;
    for (size_t i = 0; i < r->spans_n; i++) {
        const struct span *s = &r->spans[i];
        for (size_t row = s->row; row <= s->last_row && row < g->rows_n; row++) {
            for (size_t column = s->column; column <= s->last_column && column < g->columns_n; column++) {
                if (left-- == 0) {
                    give_up(r, WHY_BROKEN);
                    return;
                }
                g->cells[row * g->columns_n + column].flags |= GRID_MERGED;
            }
        }
    }
}

static bool grid_make(struct reader *r, str name, struct grid *out, size_t *io_cells)
{
    struct grid g = {.name = clean(r, str_sub(name, 0, GRID_NAME_MAX))};
    for (size_t i = 0; i < r->cells_n; i++) {
        g.rows_n = r->cells[i].row >= g.rows_n ? r->cells[i].row + 1 : g.rows_n;
        g.columns_n = r->cells[i].column >= g.columns_n ? r->cells[i].column + 1 : g.columns_n;
    }
    const size_t n = g.rows_n * g.columns_n;
    *io_cells += n;
    if (*io_cells > GRID_CELLS_MAX) {
        give_up(r, WHY_TOO_BIG);
        return false;
    }
    g.cells = arena_array_of(r->arena, struct grid_cell, n + 1);
    if (g.cells == NULL) {
        give_up(r, WHY_TOO_BIG);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        g.cells[i].text = S("");
    }
    for (size_t i = 0; i < r->cells_n; i++) {
        g.cells[r->cells[i].row * g.columns_n + r->cells[i].column] =
            (struct grid_cell){r->cells[i].text, r->cells[i].flags};
    }
    merged_mark(r, &g);
    *out = g;
    return n > 0;
}

static size_t sheets_read(struct reader *r, struct grid *grids)
{
    size_t n = 0;
    size_t cells = 0;
    for (size_t i = 0; i < r->sheets_n && n < GRID_SHEETS_MAX && r->why == WHY_FINE; i++) {
        r->cells_n = r->spans_n = 0;
        r->row = r->column = 0;
        if (r->sheets[i].part.n > 0 && part_read(r, r->sheets[i].part, on_sheet, on_sheet_end) &&
            r->why == WHY_FINE && grid_make(r, r->sheets[i].name, &grids[n], &cells)) {
            n++;
        }
    }
    return n;
}

static bool rooms(struct reader *r)
{
    r->strings = arena_array_of(r->arena, str, STRINGS_MAX);
    r->cells = arena_array_of(r->arena, struct raw_cell, GRID_CELLS_MAX);
    r->spans = arena_array_of(r->arena, struct span, GRID_CELLS_MAX);
    return r->strings != NULL && r->cells != NULL && r->spans != NULL;
}

static void book_read(struct reader *r, struct companion_made *out)
{
    struct grid grids[GRID_SHEETS_MAX];
    if (!rooms(r)) {
        give_up(r, WHY_TOO_BIG);
        return;
    }
    if (!part_read(r, S("xl/workbook.xml"), on_book, on_end_nothing)) {
        give_up(r, WHY_BROKEN);
        return;
    }
    (void)part_read(r, S("xl/_rels/workbook.xml.rels"), on_relation, on_end_nothing);
    (void)part_read(r, S("xl/styles.xml"), on_style, on_style_end);
    (void)part_read(r, S("xl/sharedStrings.xml"), on_string, on_string_end);
    const size_t n = r->why == WHY_FINE ? sheets_read(r, grids) : 0;
    if (r->why == WHY_FINE && grids_pack(grids, n, &out->made[0]).code != ERR_OK) {
        give_up(r, WHY_TOO_BIG);
    }
    out->a = (uint32_t)n;
}

static zip_t *zip_of(str input)
{
    zip_source_t *source = zip_source_buffer_create(input.p, input.n, 0, NULL);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (zip == NULL) {
        zip_source_free(source);
    }
    return zip;
}

enum wire_why xlsx_read_work(str input, struct companion_made *out)
{
    struct reader *r = mem_new(sizeof *r);
    *r = (struct reader){.arena = arena_open(MEMORY), .left = XLSX_READ_BYTES, .text = buf_new(WORDS_MAX)};
    r->zip = zip_of(input);
    if (r->zip == NULL) {
        r->why = WHY_BROKEN;
    } else if (zip_get_num_entries(r->zip, 0) > XLSX_READ_PARTS) {
        r->why = WHY_TOO_BIG;
    } else {
        book_read(r, out);
    }
    const enum wire_why why = r->why;
    if (why != WHY_FINE) {
        buf_clear(&out->made[0]);
        out->a = 0;
    }
    if (r->zip != NULL) {
        zip_discard(r->zip);
    }
    buf_free(&r->text);
    arena_free(r->arena);
    mem_free(r);
    return why;
}
