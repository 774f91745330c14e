/* book_model_test.c: what is packed comes back; what is not fine is neither packed nor unpacked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "book_model.h"

enum { SOME = 1 << 20 };

static const struct book_column columns[] = {{S_INIT("ضلع"), BOOK_TEXT, 30}, {S_INIT("n"), BOOK_NUMBER, 0}};
static const struct book_cell cells[] = {{.kind = BOOK_T, .text = S_INIT("=1+1")},
                                         {.kind = BOOK_N, .n = -7},
                                         {.kind = BOOK_NOTHING},
                                         {.kind = BOOK_T, .text = S_INIT("<5")}};
static const str above[] = {S_INIT("provisional")};

static struct book_sheet sheet_of(str name)
{
    return (struct book_sheet){.name = name,
                               .rtl = true,
                               .above = above,
                               .above_n = 1,
                               .columns = columns,
                               .columns_n = 2,
                               .side_n = 1,
                               .cells = cells,
                               .rows_n = 2,
                               .sums_n = 1};
}

static struct book book_of(const struct book_sheet *sheets, size_t n)
{
    return (struct book){.title = S("t"), .lang = S("ur"), .foot = S("f"), .sheets = sheets, .sheets_n = n};
}

static void what_is_packed_comes_back(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    SCOPED(buf_free) struct buf packed = buf_new(SOME);
    SCOPED(buf_free) struct buf again = buf_new(SOME);
    const struct book_sheet sheets[] = {sheet_of(S("One")), sheet_of(S("دو"))};
    const struct book b = book_of(sheets, 2);
    struct book back;
    assert_int_equal(book_pack(&b, &packed).code, ERR_OK);
    assert_int_equal(book_unpack(a, buf_str(&packed), &back).code, ERR_OK);
    assert_int_equal(back.sheets_n, 2);
    assert_true(back.sheets[1].rtl && str_eq(back.sheets[1].name, S("دو")));
    assert_int_equal(back.sheets[0].cells[1].n, -7);
    assert_true(str_eq(back.sheets[0].cells[3].text, S("<5")) && back.sheets[0].sums_n == 1);
    assert_true(str_eq(back.sheets[0].above[0], S("provisional")));
    assert_int_equal(book_pack(&back, &again).code, ERR_OK);
    assert_true(str_eq(buf_str(&packed), buf_str(&again)));
    for (size_t n = 0; n < packed.n; n++) {
        assert_int_equal(book_unpack(a, str_sub(buf_str(&packed), 0, n), &back).code, ERR_INVALID);
        arena_clear(a);
    }
    arena_free(a);
}

static bool fine(struct book_sheet s)
{
    const struct book b = book_of(&s, 1);
    return book_fine(&b);
}

static void a_sheet_keeps_its_bounds(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "a/b", "a\\b", "[a]", "a:b", "a*", "a?", "'a", "a'", "a\nb", "12345678901234567890123456789012"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(fine(sheet_of(str_of(bad[i]))));
    }
    assert_true(fine(sheet_of(S("پشاور پشاور پشاور پشاور پشاور 1")))); /* 31 letters, more bytes */
    const struct book_sheet alike[] = {sheet_of(S("Tidy")), sheet_of(S("tidy"))};
    const struct book b = book_of(alike, 2);
    const struct book none = book_of(alike, 0);
    assert_false(book_fine(&b) || book_fine(&none));
    struct book_sheet s = sheet_of(S("a"));
    s.side_n = 2;
    assert_false(fine(s));
    s = sheet_of(S("a"));
    s.sums_n = 3;
    assert_false(fine(s));
}

static bool cell_fine(enum book_type type, struct book_cell c)
{
    const struct book_column column = {S("c"), type, 0};
    return fine(
        (struct book_sheet){.name = S("a"), .columns = &column, .columns_n = 1, .cells = &c, .rows_n = 1});
}

static void a_cell_is_what_its_column_says(void **state)
{
    (void)state;
    const struct book_cell n = {.kind = BOOK_N, .n = 20260230};
    assert_false(cell_fine(BOOK_TEXT, n)); /* no number among words */
    assert_false(cell_fine(BOOK_DAY, n));  /* no such day */
    assert_true(cell_fine(BOOK_NUMBER, n) && cell_fine(BOOK_PLAIN, n) && cell_fine(BOOK_SHARE, n));
    assert_true(cell_fine(BOOK_DAY, (struct book_cell){.kind = BOOK_N, .n = 20260228}));
    assert_false(cell_fine(BOOK_NUMBER, (struct book_cell){.kind = BOOK_N, .n = BOOK_NUMBER_MAX + 1}));
    assert_false(cell_fine(BOOK_TIME, (struct book_cell){.kind = BOOK_N, .n = -1}));
    assert_true(cell_fine(BOOK_DAY, (struct book_cell){.kind = BOOK_T, .text = S("not said")}));
    assert_false(cell_fine(BOOK_TEXT, (struct book_cell){.kind = BOOK_T, .text = S("a\tb")}));
    assert_false(cell_fine(BOOK_TEXT, (struct book_cell){.kind = BOOK_KINDS}));
    assert_false(cell_fine(BOOK_TYPES, (struct book_cell){.kind = BOOK_NOTHING}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(a_sheet_keeps_its_bounds),
        cmocka_unit_test(a_cell_is_what_its_column_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
