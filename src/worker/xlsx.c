/* xlsx.c: a few small parts that hardly change, and one for each sheet. */
#include "xlsx.h"

#include "clock.h"
#include "package.h"

enum {
    XML_MAX = 64 << 20,
    MEMORY = 96 << 20,
    LETTERS = 26,
    EPOCH = 25569, /* 1970-01-01 as a spreadsheet counts days */
    MINUTES_OF_DAY = 1440,
    MILLION = 1000000,
    THOUSAND = 1000,
    PRINTED = 100 /* letters of what stands on each printed sheet: 255 is all that is allowed */
};

/* Formats of cells, by their place in styles(). */
enum look {
    LOOK_PLAIN,
    LOOK_LEAD, /* the first line above a table */
    LOOK_HEAD,
    LOOK_QUOTED, /* a text that a spreadsheet would take for a formula when somebody edits it */
    LOOK_TYPES,  /* from here on by the type of the column; and the same again for sums */
    LOOK_SUMS = LOOK_TYPES + BOOK_TYPES,
    LOOKS = LOOK_SUMS + BOOK_TYPES
};

static const struct {
    int format; /* of numbers; 164 and on are our own */
    int width;
} types[BOOK_TYPES] = {
    [BOOK_TEXT] = {0, 28},    [BOOK_NUMBER] = {3, 12}, [BOOK_PLAIN] = {1, 11},
    [BOOK_SHARE] = {164, 11}, [BOOK_DAY] = {165, 12},  [BOOK_TIME] = {166, 17},
};

static void put(struct buf *out, const char *xml)
{
    buf_put(out, str_of(xml));
}

static void put_number(struct buf *out, const char *before, int64_t n, const char *behind)
{
    put(out, before);
    buf_i64(out, n);
    put(out, behind);
}

/* Spreadsheets show isolating marks as boxes; those of the left, around numbers, become marks they know. */
static void put_text(struct buf *out, str text)
{
    size_t at = 0;
    bool left = false;
    for (uint32_t c = str_next(text, &at); c != 0; c = str_next(text, &at)) {
        if (c == 0x2066 || (c == 0x2069 && left)) {
            buf_utf8(out, 0x200e);
        } else if (c < 0x2066 || c > 0x2069) {
            package_escape(out, c);
        }
        left = c == 0x2066 || (left && c != 0x2069);
    }
}

/* ---- one sheet ---- */

static void put_column(struct buf *out, size_t column)
{
    if (column >= LETTERS) {
        buf_putc(out, (char)('A' + column / LETTERS - 1));
    }
    buf_putc(out, (char)('A' + column % LETTERS));
}

static void put_place(struct buf *out, size_t column, size_t row)
{
    put_column(out, column);
    buf_i64(out, (int64_t)row);
}

/* Rows are counted from 1. */
static void text_cell(struct buf *out, size_t column, size_t row, int look, str text)
{
    put(out, "<c r=\"");
    put_place(out, column, row);
    put_number(out, "\" s=\"", look, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    put_text(out, text);
    put(out, "</t></is></c>");
}

/* A number with so many decimals that `unit` of it are one. */
static void put_decimal(struct buf *out, int64_t n, int64_t unit, int decimals)
{
    const int64_t whole = (n < 0 ? -n : n) / unit;
    const int64_t rest = (n < 0 ? -n : n) % unit;
    buf_printf(out, "%s%lld.%0*lld", n < 0 ? "-" : "", (long long)whole, decimals, (long long)rest);
}

static void put_value(struct buf *out, enum book_type type, int64_t n)
{
    if (type == BOOK_SHARE) {
        put_decimal(out, n, THOUSAND, 3);
    } else if (type == BOOK_DAY) {
        buf_i64(out, EPOCH + days_between(19700101, n));
    } else if (type == BOOK_TIME) {
        const int64_t part = n % MINUTES_OF_DAY * MILLION / MINUTES_OF_DAY;
        put_decimal(out, (EPOCH + n / MINUTES_OF_DAY) * MILLION + part, MILLION, 6);
    } else {
        buf_i64(out, n);
    }
}

static bool like_formula(str text)
{
    return text.n > 0 && (text.p[0] == '=' || text.p[0] == '+' || text.p[0] == '-' || text.p[0] == '@');
}

static void cell(struct buf *out, const struct book_sheet *s, const struct book_cell *c, size_t column,
                 size_t row, bool sum)
{
    const enum book_type type = s->columns[column].type;
    const int look = (sum ? (int)LOOK_SUMS : (int)LOOK_TYPES) + (int)type;
    if (c->kind == BOOK_T) {
        text_cell(out, column, row, !sum && like_formula(c->text) ? (int)LOOK_QUOTED : look, c->text);
        return;
    }
    put(out, "<c r=\"");
    put_place(out, column, row);
    if (c->kind == BOOK_NOTHING) {
        put_number(out, "\" s=\"", look, "\"/>");
        return;
    }
    put_number(out, "\" s=\"", look, "\"><v>");
    put_value(out, type, c->n);
    put(out, "</v></c>");
}

/* The row of the table's head, from 1. */
static size_t head_row(const struct book_sheet *s)
{
    return s->above_n == 0 ? 1 : s->above_n + 2;
}

static void sheet_data(struct buf *out, const struct book_sheet *s)
{
    const size_t head = head_row(s);
    put(out, "<sheetData>");
    for (size_t i = 0; i < s->above_n; i++) {
        put_number(out, "<row r=\"", (int64_t)i + 1, "\">");
        text_cell(out, 0, i + 1, i == 0 ? LOOK_LEAD : LOOK_PLAIN, s->above[i]);
        put(out, "</row>");
    }
    put_number(out, "<row r=\"", (int64_t)head, "\">");
    for (size_t i = 0; i < s->columns_n; i++) {
        text_cell(out, i, head, LOOK_HEAD, s->columns[i].head);
    }
    put(out, "</row>");
    for (size_t r = 0; r < s->rows_n; r++) {
        put_number(out, "<row r=\"", (int64_t)(head + r + 1), "\">");
        for (size_t i = 0; i < s->columns_n; i++) {
            cell(out, s, &s->cells[r * s->columns_n + i], i, head + r + 1, r + s->sums_n >= s->rows_n);
        }
        put(out, "</row>");
    }
    put(out, "</sheetData>");
}

static void view(struct buf *out, const struct book_sheet *s, bool first)
{
    const size_t head = head_row(s);
    put(out, "<sheetViews><sheetView");
    put(out, s->rtl ? " rightToLeft=\"1\"" : "");
    put(out, first ? " tabSelected=\"1\"" : "");
    put(out, " workbookViewId=\"0\"><pane");
    if (s->side_n > 0) {
        put_number(out, " xSplit=\"", (int64_t)s->side_n, "\"");
    }
    put_number(out, " ySplit=\"", (int64_t)head, "\" topLeftCell=\"");
    put_place(out, s->side_n, head + 1);
    put(out, s->side_n > 0 ? "\" activePane=\"bottomRight\" state=\"frozen\"/>"
                           : "\" activePane=\"bottomLeft\" state=\"frozen\"/>");
    put(out, "</sheetView></sheetViews>");
}

static void widths(struct buf *out, const struct book_sheet *s)
{
    put(out, "<cols>");
    for (size_t i = 0; i < s->columns_n; i++) {
        const struct book_column *c = &s->columns[i];
        put_number(out, "<col min=\"", (int64_t)i + 1, "\"");
        put_number(out, " max=\"", (int64_t)i + 1, "\"");
        put_number(out, " width=\"", c->width > 0 ? c->width : types[c->type].width,
                   "\" customWidth=\"1\"/>");
    }
    put(out, "</cols>");
}

/* From the head's first cell to the last row that is no sum, as "A3:D20". */
static void put_range(struct buf *out, const struct book_sheet *s)
{
    const size_t head = head_row(s);
    put_place(out, 0, head);
    put(out, ":");
    put_place(out, s->columns_n - 1, head + s->rows_n - s->sums_n);
}

/* What stands on a printed sheet, in the words of its header: an ampersand is a command there. */
static void put_printed(struct buf *out, str text)
{
    size_t at = 0;
    size_t n = 0;
    for (uint32_t c = str_next(text, &at); c != 0 && n < PRINTED; c = str_next(text, &at)) {
        if (c == '&') {
            put(out, "&amp;&amp;");
        } else if (c == '\n') {
            put(out, " ");
        } else {
            SCOPED(buf_free) struct buf letter = buf_new(8);
            buf_utf8(&letter, c);
            put_text(out, buf_str(&letter));
        }
        n++;
    }
}

static void printing(struct buf *out, const struct book *b)
{
    put(out,
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.7\" bottom=\"0.7\" header=\"0.3\" footer=\"0.3\"/>"
        "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"
        "<headerFooter><oddHeader>&amp;L");
    put_printed(out, b->title);
    put(out, "&amp;R&amp;A</oddHeader><oddFooter>&amp;L");
    put_printed(out, b->foot);
    put(out, "&amp;R&amp;P / &amp;N</oddFooter></headerFooter>");
}

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static void worksheet(struct buf *out, const struct book *b, size_t i)
{
    const struct book_sheet *s = &b->sheets[i];
    put(out, PACKAGE_XML "<worksheet xmlns=\"" MAIN "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    view(out, s, i == 0);
    put(out, "<sheetFormatPr defaultRowHeight=\"15\"/>");
    widths(out, s);
    sheet_data(out, s);
    if (s->rows_n > s->sums_n) {
        put(out, "<autoFilter ref=\"");
        put_range(out, s);
        put(out, "\"/>");
    }
    printing(out, b);
    put(out, "</worksheet>");
}

/* ---- the other parts ---- */

/* A sheet's name where a formula names it. */
static void put_quoted_name(struct buf *out, str name)
{
    for (size_t at = 0; at < name.n;) {
        const uint32_t c = str_next(name, &at);
        put(out, c == '\'' ? "'" : "");
        package_escape(out, c);
    }
}

static void workbook(struct buf *out, const struct book *b)
{
    put(out, PACKAGE_XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\""
                         "http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>");
    for (size_t i = 0; i < b->sheets_n; i++) {
        put(out, "<sheet name=\"");
        for (size_t at = 0; at < b->sheets[i].name.n;) {
            package_escape(out, str_next(b->sheets[i].name, &at));
        }
        put_number(out, "\" sheetId=\"", (int64_t)i + 1, "\"");
        put_number(out, " r:id=\"rId", (int64_t)i + 1, "\"/>");
    }
    put(out, "</sheets><definedNames>");
    for (size_t i = 0; i < b->sheets_n; i++) {
        const int64_t head = (int64_t)head_row(&b->sheets[i]);
        put_number(out, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"", (int64_t)i, "\">'");
        put_quoted_name(out, b->sheets[i].name);
        put_number(out, "'!$", head, ":");
        put_number(out, "$", head, "</definedName>");
    }
    put(out, "</definedNames></workbook>");
}

static void look_put(struct buf *out, int format, int font, int fill, int border, const char *more)
{
    put_number(out, "<xf numFmtId=\"", format, "\"");
    put_number(out, " fontId=\"", font, "\"");
    put_number(out, " fillId=\"", fill, "\"");
    put_number(out, " borderId=\"", border,
               "\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
               "applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"");
    put(out, more);
    put(out, "</xf>");
}

static void looks(struct buf *out)
{
    static const char *const wrapped = "><alignment vertical=\"top\" wrapText=\"1\"/>";
    static const char *const at_end = "><alignment horizontal=\"right\" vertical=\"top\"/>";
    put_number(out, "<cellXfs count=\"", LOOKS, "\">");
    look_put(out, 0, 0, 0, 0, ">");
    look_put(out, 0, 2, 0, 0, ">");
    look_put(out, 0, 1, 2, 1, "><alignment vertical=\"center\" wrapText=\"1\"/>");
    look_put(out, 0, 0, 0, 0, " quotePrefix=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/>");
    for (int sums = 0; sums < 2; sums++) {
        for (int type = 0; type < BOOK_TYPES; type++) {
            look_put(out, types[type].format, sums, 0, sums == 0 ? 0 : 2,
                     type <= BOOK_TEXT ? wrapped : at_end);
        }
    }
    put(out, "</cellXfs>");
}

static void styles(struct buf *out, const struct book *b)
{
    (void)b;
    put(out, PACKAGE_XML "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"3\">"
                         "<numFmt numFmtId=\"164\" formatCode=\"0%\"/>"
                         "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/>"
                         "<numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts>"
                         "<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Arial\"/></font>"
                         "<font><b val=\"1\"/><sz val=\"11\"/><name val=\"Arial\"/></font>"
                         "<font><b val=\"1\"/><sz val=\"14\"/><name val=\"Arial\"/></font></fonts>"
                         "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
                         "<fill><patternFill patternType=\"gray125\"/></fill>"
                         "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE1F2EA\"/>"
                         "</patternFill></fill></fills><borders count=\"3\"><border/>"
                         "<border><left/><right/><top/><bottom style=\"thin\"/></border>"
                         "<border><left/><right/><top style=\"thin\"/><bottom/></border></borders>"
                         "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>");
    looks(out);
    put(out, "</styleSheet>");
}

static void content_types(struct buf *out, const struct book *b)
{
#define TYPE "\" ContentType=\"application/vnd.openxmlformats-"
    put(out, PACKAGE_XML
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels" TYPE "package.relationships+xml\"/>"
        "<Override PartName=\"/docProps/core.xml" TYPE "package.core-properties+xml\"/>"
        "<Override PartName=\"/xl/workbook.xml" TYPE "officedocument.spreadsheetml.sheet.main+xml\"/>"
        "<Override PartName=\"/xl/styles.xml" TYPE "officedocument.spreadsheetml.styles+xml\"/>");
    for (size_t i = 0; i < b->sheets_n; i++) {
        put_number(out, "<Override PartName=\"/xl/worksheets/sheet", (int64_t)i + 1,
                   ".xml" TYPE "officedocument.spreadsheetml.worksheet+xml\"/>");
    }
    put(out, "</Types>");
}

static void relations(struct buf *out, const struct book *b)
{
    (void)b;
    put(out, PACKAGE_XML PACKAGE_RELATIONS
        "<Relationship Id=\"rId1\" Type=\"" PACKAGE_RELATION "officeDocument\" Target=\"xl/workbook.xml\"/>"
        "<Relationship Id=\"rId2\" "
        "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
        "Target=\"docProps/core.xml\"/></Relationships>");
}

static void book_relations(struct buf *out, const struct book *b)
{
    put(out, PACKAGE_XML PACKAGE_RELATIONS);
    for (size_t i = 0; i < b->sheets_n; i++) {
        put_number(out, "<Relationship Id=\"rId", (int64_t)i + 1,
                   "\" Type=\"" PACKAGE_RELATION "worksheet\"");
        put_number(out, " Target=\"worksheets/sheet", (int64_t)i + 1, ".xml\"/>");
    }
    put(out, "<Relationship Id=\"rIdStyles\" Type=\"" PACKAGE_RELATION
             "styles\" Target=\"styles.xml\"/></Relationships>");
}

static void properties(struct buf *out, const struct book *b)
{
    put(out,
        PACKAGE_XML "<cp:coreProperties "
                    "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
    put_text(out, b->title);
    put(out, "</dc:title><dc:creator>Sunwai</dc:creator><dc:language>");
    buf_put(out, b->lang);
    put(out, "</dc:language></cp:coreProperties>");
}

static const struct {
    const char *name;
    void (*write)(struct buf *out, const struct book *b);
} parts[] = {
    {"[Content_Types].xml", content_types},
    {"_rels/.rels", relations},
    {"docProps/core.xml", properties},
    {"xl/workbook.xml", workbook},
    {"xl/_rels/workbook.xml.rels", book_relations},
    {"xl/styles.xml", styles},
};
enum { PARTS_N = sizeof parts / sizeof parts[0], NAME_BYTES = 40 };

err xlsx_of(const struct book *b, struct buf *out)
{
    struct buf texts[PARTS_N + BOOK_SHEETS_MAX];
    struct package_part all[PARTS_N + BOOK_SHEETS_MAX] = {0};
    char names[BOOK_SHEETS_MAX][NAME_BYTES];
    const size_t n = PARTS_N + b->sheets_n;
    for (size_t i = 0; i < n; i++) {
        texts[i] = buf_new(XML_MAX);
        if (i < PARTS_N) {
            parts[i].write(&texts[i], b);
            all[i] = (struct package_part){parts[i].name, &texts[i]};
        } else {
            const size_t sheet = i - PARTS_N;
            (void)snprintf(names[sheet], NAME_BYTES, "xl/worksheets/sheet%zu.xml", sheet + 1);
            worksheet(&texts[i], b, sheet);
            all[i] = (struct package_part){names[sheet], &texts[i]};
        }
    }
    const err e = package_of(all, n, out);
    for (size_t i = 0; i < n; i++) {
        buf_free(&texts[i]);
    }
    return e;
}

err xlsx_work(str packed, struct buf *out)
{
    struct arena *a = arena_open(MEMORY);
    struct book b;
    err e = book_unpack(a, packed, &b);
    if (e.code == ERR_OK) {
        e = xlsx_of(&b, out);
    }
    arena_free(a);
    return e;
}
