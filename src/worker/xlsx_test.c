/* xlsx_test.c: books as workbooks, taken apart again: their parts, cells and words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "clock.h"
#include "papers_testing.h"
#include "xlsx.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static str part_of(const struct buf *xlsx, const char *name)
{
    zip_error_t why;
    zip_source_t *whole = zip_source_buffer_create(xlsx->p, xlsx->n, 0, &why);
    zip_t *zip = zip_open_from_source(whole, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(zip);
    zip_stat_t about;
    assert_int_equal(zip_stat(zip, name, 0, &about), 0);
    char *text = arena_array_of(arena, char, about.size);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_non_null(text);
    assert_int_equal(zip_fread(file, text, about.size), about.size);
    (void)zip_fclose(file);
    zip_discard(zip);
    return (str){text, about.size};
}

static bool well_formed(str xml)
{
    char path[] = "/tmp/sunwai-xlsx-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, xml.p, xml.n) == (ssize_t)xml.n);
    (void)close(fd);
    const str said = testing_output(arena, "xmllint", path);
    (void)unlink(path);
    return said.p != NULL;
}

static bool holds(str text, str words)
{
    return memmem(text.p, text.n, words.p, words.n) != NULL;
}

#define T(words)                              \
    {                                         \
        .kind = BOOK_T, .text = S_INIT(words) \
    }
#define N(number)                     \
    {                                 \
        .kind = BOOK_N, .n = (number) \
    }
static const struct book_column columns[] = {
    {S_INIT("ضلع"), BOOK_TEXT, 30},   {S_INIT("Women"), BOOK_NUMBER, 0}, {S_INIT("Year"), BOOK_PLAIN, 0},
    {S_INIT("Share"), BOOK_SHARE, 0}, {S_INIT("Day"), BOOK_DAY, 0},      {S_INIT("At"), BOOK_TIME, 0},
};
enum { COLUMNS_N = sizeof columns / sizeof columns[0] };
static const struct book_cell cells[] = {
    T("نوشہرہ"), N(1436), N(2026), N(700), N(20260314), N(29400720),     T("=HYPERLINK(\"x\")"),
    T("<5"),     {0},     N(-5),   {0},    {0},         T("Both & all"), N(2134),
    {0},         {0},     {0},     {0},
};
static const str above[] = {S_INIT("Who came"), S_INIT("provisional")};
static const struct book_sheet sheets[] = {
    {.name = S_INIT("کون آیا"),
     .rtl = true,
     .above = above,
     .above_n = 2,
     .columns = columns,
     .columns_n = COLUMNS_N,
     .side_n = 1,
     .cells = cells,
     .rows_n = 3,
     .sums_n = 1},
    {.name = S_INIT("It's all"), .columns = columns, .columns_n = COLUMNS_N, .cells = cells, .rows_n = 0},
};
static const struct book sample = {.title = S_INIT("Figures & more"),
                                   .lang = S_INIT("ur"),
                                   .foot = S_INIT("حوالہ"),
                                   .sheets = sheets,
                                   .sheets_n = 2};

static void all_parts_are_well_formed(void **state)
{
    (void)state;
    static const char *const names[] = {"[Content_Types].xml",        "_rels/.rels",
                                        "docProps/core.xml",          "xl/workbook.xml",
                                        "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                        "xl/worksheets/sheet1.xml",   "xl/worksheets/sheet2.xml"};
    SCOPED(buf_free) struct buf xlsx = buf_new(XLSX_MAX);
    assert_int_equal(xlsx_of(&sample, &xlsx).code, ERR_OK);
    testing_keep("sample.xlsx", buf_str(&xlsx));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(well_formed(part_of(&xlsx, names[i])));
    }
    const str book = part_of(&xlsx, "xl/workbook.xml");
    assert_true(holds(book, S("<sheet name=\"It's all\" sheetId=\"2\" r:id=\"rId2\"/>")));
    assert_true(holds(book, S("localSheetId=\"1\">'It''s all'!$1:$1<")));
}

static void numbers_are_numbers_and_texts_are_texts(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf xlsx = buf_new(XLSX_MAX);
    assert_int_equal(xlsx_of(&sample, &xlsx).code, ERR_OK);
    const str xml = part_of(&xlsx, "xl/worksheets/sheet1.xml");
    assert_true(holds(xml, S("<c r=\"B5\" s=\"6\"><v>1436</v></c>")));
    assert_true(holds(xml, S("<c r=\"C5\" s=\"7\"><v>2026</v></c>")));
    assert_true(holds(xml, S("<c r=\"D5\" s=\"8\"><v>0.700</v></c>")));
    assert_true(holds(xml, S("<c r=\"D6\" s=\"8\"><v>-0.005</v></c>")));
    assert_true(holds(xml, S("<v>46095</v>")));        /* 14 March 2026 */
    assert_true(holds(xml, S("<v>45986.166666</v>"))); /* 25 November 2025, at four */
    assert_true(holds(xml, S("<c r=\"A6\" s=\"3\" t=\"inlineStr\"><is><t "
                             "xml:space=\"preserve\">=HYPERLINK(&quot;x&quot;)</t>")));
    assert_true(holds(xml, S("t=\"inlineStr\"><is><t xml:space=\"preserve\">&lt;5</t>")));
    assert_false(holds(xml, S("<f>")));
    assert_true(holds(xml, S("<c r=\"B7\" s=\"13\"><v>2134</v></c>"))); /* a sum is set apart */
    assert_true(holds(part_of(&xlsx, "xl/styles.xml"), S("quotePrefix=\"1\"")));
}

static void an_urdu_sheet_runs_from_the_right(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf xlsx = buf_new(XLSX_MAX);
    assert_int_equal(xlsx_of(&sample, &xlsx).code, ERR_OK);
    const str one = part_of(&xlsx, "xl/worksheets/sheet1.xml");
    const str two = part_of(&xlsx, "xl/worksheets/sheet2.xml");
    assert_true(holds(one, S("rightToLeft=\"1\"")) && !holds(two, S("rightToLeft")));
    assert_true(holds(one, S("<pane xSplit=\"1\" ySplit=\"4\" topLeftCell=\"B5\" "
                             "activePane=\"bottomRight\" state=\"frozen\"/>")));
    assert_true(holds(two, S("<pane ySplit=\"1\" topLeftCell=\"A2\" ")));
    assert_true(holds(one, S("<autoFilter ref=\"A4:F6\"/>")) && !holds(two, S("<autoFilter")));
    assert_true(holds(one, S(">provisional</t>")) && holds(one, S("&amp;LFigures &amp;&amp; more&amp;R")));
}

static void the_same_book_is_the_same_file(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf one = buf_new(XLSX_MAX);
    SCOPED(buf_free) struct buf two = buf_new(XLSX_MAX);
    SCOPED(buf_free) struct buf small = buf_new(1000);
    assert_int_equal(xlsx_of(&sample, &one).code, ERR_OK);
    clock_fix(1);
    assert_int_equal(xlsx_of(&sample, &two).code, ERR_OK);
    clock_fix(0);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_int_equal(xlsx_of(&sample, &small).code, ERR_LIMIT);
}

/* Eight districts, four quarters, forty indicators, and ten times that; the bound is for a busy machine. */
static void a_year_of_a_province_takes_little_time(void **state)
{
    (void)state;
    enum { ROWS = 8 * 4 * 40 * 10, MS_MOST = 2000 };
    struct book_cell *many = arena_array_of(arena, struct book_cell, (size_t)ROWS * COLUMNS_N);
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS_N; i++) {
        many[i] = cells[i % COLUMNS_N];
    }
    struct book_sheet sheet = sheets[0];
    sheet.cells = many;
    sheet.rows_n = ROWS;
    const struct book b = {.title = S("t"), .lang = S("en"), .foot = S(""), .sheets = &sheet, .sheets_n = 1};
    SCOPED(buf_free) struct buf packed = buf_new(BOOK_BYTES_MAX);
    SCOPED(buf_free) struct buf xlsx = buf_new(XLSX_MAX);
    const int64_t from = clock_mono_ms();
    assert_int_equal(book_pack(&b, &packed).code, ERR_OK);
    assert_int_equal(xlsx_work(buf_str(&packed), &xlsx).code, ERR_OK);
    const int64_t took = clock_mono_ms() - from;
    print_message("%d rows: %lld ms, %zu bytes\n", (int)ROWS, (long long)took, xlsx.n);
    assert_true(took < MS_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_are_well_formed),
        cmocka_unit_test(numbers_are_numbers_and_texts_are_texts),
        cmocka_unit_test(an_urdu_sheet_runs_from_the_right),
        cmocka_unit_test(the_same_book_is_the_same_file),
        cmocka_unit_test(a_year_of_a_province_takes_little_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
