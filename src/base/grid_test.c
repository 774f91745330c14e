/* Tables as text: what stands between cells, what is no table, and there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grid.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(16 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct grid read(str text)
{
    struct grid g = {.rows_n = 0};
    enum grid_why why;
    size_t row;
    assert_int_equal(grid_of_text(arena, text, &g, &why, &row).code, ERR_OK);
    assert_int_equal(why, GRID_FINE);
    return g;
}

static enum grid_why why_not(str text)
{
    struct grid g;
    enum grid_why why;
    size_t row;
    assert_int_equal(grid_of_text(arena, text, &g, &why, &row).code, ERR_OK);
    return why;
}

static void is(const struct grid *g, size_t row, size_t column, const char *text)
{
    assert_true(str_eq(grid_at(g, row, column).text, str_of(text)));
}

static void cells_by_any_mark(void **state)
{
    (void)state;
    static const str same[] = {S_INIT("\xEF\xBB\xBFunit,n\r\nPK526,40\r\n"), S_INIT("unit\tn\nPK526\t40"),
                               S_INIT("unit;n;\n PK526 ;40;;\n;;\n"),
                               S_INIT("\"unit\",n\nPK526,\"40\"\n\n\n")};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        const struct grid g = read(same[i]);
        assert_int_equal(g.rows_n, 2);
        assert_int_equal(g.columns_n, 2);
        is(&g, 0, 0, "unit");
        is(&g, 1, 0, "PK526");
        is(&g, 1, 1, "40");
        is(&g, 7, 1, "");
    }
}

static void rows_keep_their_place(void **state)
{
    (void)state;
    const struct grid g = read(S("Targets\n\nunit,n\nPK526,\"1,200\"\n"));
    assert_int_equal(g.rows_n, 4);
    assert_true(grid_row_empty(&g, 1));
    is(&g, 3, 1, "1,200");
    assert_true(str_eq(grid_place(arena, 3, 1), S("B4")));
    assert_true(str_eq(grid_place(arena, 11, 26), S("AA12")));
    assert_true(str_eq(grid_place(arena, 0, 701), S("ZZ1")));
    SCOPED(buf_free) struct buf b = buf_new(1000);
    grid_to_text(&g, &b);
    const struct grid again = read(buf_str(&b));
    is(&again, 3, 1, "1,200");
    is(&again, 0, 0, "Targets");
}

static void formulas_are_told_from_numbers(void **state)
{
    (void)state;
    const struct grid g = read(S("1\t2\t3\t4\t5\n=SUM(A1)\t-5\t+5\t@x\t-A1\n"));
    static const unsigned wanted[] = {GRID_FORMULA, 0, 0, GRID_FORMULA, GRID_FORMULA};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(grid_at(&g, 1, i).flags, wanted[i]);
    }
}

static void what_is_no_table(void **state)
{
    (void)state;
    assert_int_equal(why_not(S("")), GRID_EMPTY);
    assert_int_equal(why_not(S("\n ,, \n")), GRID_EMPTY);
    assert_int_equal(why_not((str){"\xff\xfe"
                                   "a\0,\0b\0",
                                   8}),
                     GRID_UTF16);
    static const char cp1256[] = {'a', ',', '\xe4', '\xe6', '\n'};
    assert_int_equal(why_not((str){cp1256, sizeof cp1256}), GRID_NOT_UTF8);
    assert_int_equal(why_not(S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), GRID_OLD_BOOK);
    assert_int_equal(why_not(S("a,b\n\"c,d\n")), GRID_QUOTES);
    char *wide = arena_try(arena, 300);
    for (size_t i = 0; i < 300; i++) {
        wide[i] = i % 2 == 0 ? 'x' : ',';
    }
    assert_int_equal(why_not((str){wide, 300}), GRID_TOO_LARGE);
    char *tall = arena_try(arena, 2u * GRID_ROWS_MAX + 4);
    for (size_t i = 0; i < 2u * GRID_ROWS_MAX + 4; i++) {
        tall[i] = i % 2 == 0 ? 'x' : '\n';
    }
    assert_int_equal(why_not((str){tall, 2u * GRID_ROWS_MAX + 2}), GRID_TOO_LARGE);
    assert_int_equal(why_not((str){tall, 2u * GRID_ROWS_MAX}), GRID_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_by_any_mark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_keep_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(formulas_are_told_from_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_table, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
