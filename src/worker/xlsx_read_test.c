/* xlsx_read_test.c: workbooks as they come: our own, those of other programs, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "package.h"
#include "xlsx.h"
#include "xlsx_read.h"

static struct arena *arena;
static struct companion_made made;
static struct grid *grids;
static size_t grids_n;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(64 << 20);
    made = (struct companion_made){.made = {buf_new(WIRE_MADE_MAX), buf_new(1)}};
    grids_n = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    buf_free(&made.made[0]);
    buf_free(&made.made[1]);
    return 0;
}

#define BOOK(inner)                                                                                      \
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"r\">" inner \
    "</workbook>"
static const char relations[] = PACKAGE_RELATIONS
    "<Relationship Id=\"a\" Target=\"worksheets/one.xml\"/><Relationship Id=\"b\" Target=\"/xl/two.xml\"/>"
    "</Relationships>";
static const char two_sheets[] =
    BOOK("<sheets><sheet name=\"Hidden\" sheetId=\"1\" state=\"hidden\" r:id=\"b\"/>"
         "<sheet name=\"Targets\" sheetId=\"2\" r:id=\"a\"/></sheets>");
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-420]d\\-mmm&quot;%&quot;\"/>"
    "<numFmt numFmtId=\"171\" formatCode=\"0.0%\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>"
    "</styleSheet>";
static const char strings[] =
    "<sst><si><t>unit</t></si><si><r><t>نو</t></r><rPh><t>no</t></rPh><r><t>شہرہ</t></r></si></sst>";

static void part(struct package_part *parts, size_t *n, struct buf *bytes, const char *name, const char *xml)
{
    bytes[*n] = buf_new(1 << 20);
    buf_put(&bytes[*n], str_of(xml));
    parts[*n] = (struct package_part){name, &bytes[*n]};
    (*n)++;
}

/* A book of these parts, NULL: without it; read. */
static enum wire_why read_parts(const char *book, const char *sheet)
{
    struct package_part parts[6];
    struct buf bytes[6];
    size_t n = 0;
    SCOPED(buf_free) struct buf zip = buf_new(XLSX_MAX);
    if (book != NULL) {
        part(parts, &n, bytes, "xl/workbook.xml", book);
    }
    part(parts, &n, bytes, "xl/_rels/workbook.xml.rels", relations);
    part(parts, &n, bytes, "xl/styles.xml", styles);
    part(parts, &n, bytes, "xl/sharedStrings.xml", strings);
    part(parts, &n, bytes, "xl/worksheets/one.xml", sheet);
    assert_int_equal(package_of(parts, n, &zip).code, ERR_OK);
    for (size_t i = 0; i < n; i++) {
        buf_free(&bytes[i]);
    }
    const enum wire_why why = xlsx_read_work(buf_str(&zip), &made);
    if (why == WHY_FINE) {
        assert_int_equal(grids_unpack(arena, buf_str(&made.made[0]), &grids, &grids_n).code, ERR_OK);
    } else {
        assert_int_equal(made.made[0].n, 0);
    }
    return why;
}

static void is(size_t row, size_t column, const char *text, unsigned flags)
{
    const struct grid_cell c = grid_at(&grids[0], row, column);
    if (!str_eq(c.text, str_of(text)) || c.flags != flags) {
        fail_msg("%zu %zu: %.*s (%u)", row, column, STR_F(c.text), c.flags);
    }
}

static void cells_of_every_kind(void **state)
{
    (void)state;
    const char sheet[] =
        "<worksheet><sheetData>"
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c><v>40</v></c></row>"
        "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>44409</v></c><c r=\"B3\" s=\"2\"><v>44409.5</v></c>"
        "<c r=\"C3\" s=\"3\"><v>0.60000000000000009</v></c><c r=\"D3\"><v>1.2E+3</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><f>SUM(C2,1)</f><v>41</v></c><c r=\"B4\" t=\"e\"><v>#N/A</v></c>"
        "<c r=\"C4\" t=\"inlineStr\"><is><t> in </t><t>place&#x2067;</t></is></c>"
        "<c r=\"D4\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>x</v></c>"
        "<c r=\"E4\" t=\"d\"><v>2021-08-01T00:00:00</v></c><c r=\"F4\" t=\"b\"><v>1</v></c>"
        "<c r=\"ZZ4\" s=\"3\"/></row>"
        "</sheetData><mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells></worksheet>";
    assert_int_equal(read_parts(two_sheets, sheet), WHY_FINE);
    assert_int_equal(grids_n, 1); /* the hidden one is not looked at */
    assert_true(str_eq(grids[0].name, S("Targets")));
    assert_int_equal(grids[0].rows_n, 4);
    assert_int_equal(grids[0].columns_n, 6);
    is(1, 0, "unit", GRID_MERGED);
    is(1, 1, "نوشہرہ", GRID_MERGED);
    is(1, 2, "40", 0);
    is(2, 0, "2021-08-01", 0);
    is(2, 1, "2021-08-01 12:00", 0);
    is(2, 2, "60%", 0);
    is(2, 3, "1200", 0);
    is(3, 0, "=SUM(C2,1)", GRID_FORMULA);
    is(3, 1, "#N/A", GRID_ERROR);
    is(3, 2, "in place", 0);
    is(3, 3, "=", GRID_FORMULA);
    is(3, 4, "2021-08-01", 0);
    is(3, 5, "1", 0);
}

static void the_other_calendar(void **state)
{
    (void)state;
    assert_int_equal(
        read_parts(BOOK("<workbookPr date1904=\"1\"/><sheets><sheet name=\"x\" r:id=\"a\"/></sheets>"),
                   "<worksheet><row><c s=\"1\"><v>42947</v></c></row></worksheet>"),
        WHY_FINE);
    is(0, 0, "2021-08-01", 0);
}

static void our_own_come_back(void **state)
{
    (void)state;
    static const struct book_column columns[] = {{S_INIT("ضلع"), BOOK_TEXT, 0},
                                                 {S_INIT("Women"), BOOK_NUMBER, 0},
                                                 {S_INIT("Day"), BOOK_DAY, 0},
                                                 {S_INIT("Share"), BOOK_SHARE, 0}};
    static const struct book_cell cells[] = {{BOOK_T, 0, S_INIT("=نوشہرہ")},
                                             {BOOK_N, 1436, S_INIT("")},
                                             {BOOK_N, 20260314, S_INIT("")},
                                             {BOOK_N, 705, S_INIT("")}};
    static const struct book_sheet sheet = {.name = S_INIT("کون آیا"),
                                            .rtl = true,
                                            .columns = columns,
                                            .columns_n = 4,
                                            .cells = cells,
                                            .rows_n = 1};
    const struct book book = {
        .title = S("Who"), .lang = S("ur"), .foot = S(""), .sheets = &sheet, .sheets_n = 1};
    SCOPED(buf_free) struct buf xlsx = buf_new(XLSX_MAX);
    assert_int_equal(xlsx_of(&book, &xlsx).code, ERR_OK);
    assert_int_equal(xlsx_read_work(buf_str(&xlsx), &made), WHY_FINE);
    assert_int_equal(grids_unpack(arena, buf_str(&made.made[0]), &grids, &grids_n).code, ERR_OK);
    const size_t last = grids[0].rows_n - 1;
    is(last - 1, 0, "ضلع", 0);
    is(last, 0, "=نوشہرہ", 0); /* a text that looks like a formula is none in a workbook */
    is(last, 1, "1436", 0);
    is(last, 2, "2026-03-14", 0);
    is(last, 3, "70.5%", 0);
}

static void what_is_no_workbook(void **state)
{
    (void)state;
    const char sheet[] = "<worksheet><row><c><v>1</v></c></row></worksheet>";
    assert_int_equal(read_parts(NULL, sheet), WHY_BROKEN);
    assert_int_equal(read_parts("<workbook>", sheet), WHY_BROKEN);
    assert_int_equal(read_parts(two_sheets, "<worksheet><row><c r=\"1A\"/></row></worksheet>"), WHY_BROKEN);
    assert_int_equal(read_parts(two_sheets, "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><worksheet>&a;</worksheet>"),
                     WHY_BROKEN);
    assert_int_equal(xlsx_read_work(S("PK\x03\x04 and no more"), &made), WHY_BROKEN);
    assert_int_equal(xlsx_read_work(S("x"), &made), WHY_BROKEN);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    assert_int_equal(
        read_parts(two_sheets, "<worksheet><row r=\"9999999\"><c><v>1</v></c></row></worksheet>"),
        WHY_TOO_BIG);
    assert_int_equal(read_parts(two_sheets, "<worksheet><row><c r=\"ZZZ1\"><v>1</v></c></row></worksheet>"),
                     WHY_TOO_BIG);
    /* Two cells far apart make a grid of more cells than one may have. */
    assert_int_equal(
        read_parts(two_sheets,
                   "<worksheet><row><c r=\"A1\"><v>1</v></c><c r=\"CU5000\"><v>1</v></c></row></worksheet>"),
        WHY_TOO_BIG);
}

/* A hundred kilobytes that become a hundred megabytes. */
static void a_bomb_is_refused(void **state)
{
    (void)state;
    struct buf bomb = buf_new(128 << 20);
    buf_put(&bomb, S("<worksheet><sheetData>"));
    while (bomb.n < (size_t)XLSX_READ_BYTES + 1000) {
        buf_put(
            &bomb,
            S("<row></row><row></row><row></row><row></row><row></row><row></row><row></row><row></row>"));
    }
    struct buf bytes[2] = {buf_new(1 << 20), buf_new(1 << 20)};
    buf_put(&bytes[0], str_of(two_sheets));
    buf_put(&bytes[1], str_of(relations));
    const struct package_part parts[] = {{"xl/workbook.xml", &bytes[0]},
                                         {"xl/_rels/workbook.xml.rels", &bytes[1]},
                                         {"xl/worksheets/one.xml", &bomb}};
    SCOPED(buf_free) struct buf zip = buf_new(XLSX_MAX);
    assert_int_equal(package_of(parts, 3, &zip).code, ERR_OK);
    buf_free(&bomb);
    assert_true(zip.n < 1 << 20);
    assert_int_equal(xlsx_read_work(buf_str(&zip), &made), WHY_TOO_BIG);
    buf_free(&bytes[0]);
    buf_free(&bytes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_of_every_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_other_calendar, set_up, tear_down),
        cmocka_unit_test_setup_teardown(our_own_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_workbook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_much_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bomb_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
