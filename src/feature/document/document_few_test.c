/* document_few_test.c: what is left out of documents cannot be worked out from what stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document_few.h"

enum { CAME, SHARE, SOLVED, INDICATORS, HOMES = 4, CELLS = 16 };
static const struct indicator indicators[INDICATORS] = {
    [CAME] = {.code = S_INIT("attendance"), .counts = S_INIT("attendances"), .measure = MEASURE_COUNT},
    [SHARE] = {.code = S_INIT("cases_women_share"), .counts = S_INIT("cases"), .measure = MEASURE_RATIO},
    [SOLVED] = {.code = S_INIT("cases_solved_confirmed"),
                .counts = S_INIT("cases"),
                .measure = MEASURE_RATIO},
};
static struct figure_cell cells[INDICATORS * HOMES][CELLS];
static struct figure figures[INDICATORS * HOMES];
static int64_t homes[HOMES] = {1, 2, 3, 4};
/* Two provinces of two districts. */
static struct document_place two[] = {{.id = 10, .province = true, .from = 0, .n = 2},
                                      {.id = 1, .from = 0, .n = 1},
                                      {.id = 2, .from = 1, .n = 1},
                                      {.id = 20, .province = true, .from = 2, .n = 2},
                                      {.id = 3, .from = 2, .n = 1},
                                      {.id = 4, .from = 3, .n = 1}};
static struct document_figures f;

static void put(size_t indicator, size_t home, int64_t month, const char *sex, int64_t n)
{
    struct figure *one = &figures[indicator * HOMES + home];
    one->cells[one->cells_n++] = (struct figure_cell){
        .month = month, .role = S("citizen"), .sex = str_of(sex), .part = S(""), .num = n, .den = n};
}

static void cases(size_t home, int64_t month, int64_t n)
{
    put(SHARE, home, month, "woman", n);
}

static int begin(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        figures[i] = (struct figure){.cells = cells[i]};
    }
    f = (struct document_figures){.arena = arena_open(1 << 20),
                                  .all = indicators,
                                  .all_n = INDICATORS,
                                  .homes = homes,
                                  .homes_n = HOMES,
                                  .places = two,
                                  .places_n = sizeof two / sizeof two[0],
                                  .provinces_n = 2,
                                  .by_home = figures};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(f.arena);
    return 0;
}

static struct document_few few_of(const struct period *tier, size_t n)
{
    struct document_few few;
    assert_int_equal(document_few(&f, tier, n, &few).code, ERR_OK);
    return few;
}

/* Which places are left out, in their order: x where one is. */
static void expect(const struct document_few *few, const char *want)
{
    for (size_t k = 0; k < f.places_n; k++) {
        assert_int_equal(document_is_few(few, &indicators[SOLVED], &f.places[k]), want[k] == 'x');
        assert_false(document_is_few(few, &indicators[CAME], &f.places[k]));
    }
    assert_false(document_is_few(few, &indicators[SOLVED], NULL));
}

static void test_one_that_is_left_out_takes_the_next_with_it(void **state)
{
    static const struct period all[] = {{19000101, 99991231}};
    (void)state;
    cases(0, 202501, 30);
    cases(1, 202501, 7);
    cases(2, 202501, 40);
    cases(3, 202501, 9);
    struct document_few few = few_of(all, 1);
    expect(&few, "......");
    cases(0, 202502, 1); /* many: 31 */
    figures[SHARE * HOMES + 1].cells_n = 0;
    cases(1, 202501, 4);
    few = few_of(all, 1);
    expect(&few, ".xx...");
    figures[SHARE * HOMES].cells_n =
        0; /* the only one of its province: that goes, and so the other province */
    few = few_of(all, 1);
    expect(&few, "x.xx..");
}

static void test_one_that_is_few_in_a_year_is_left_out_of_all(void **state)
{
    static const struct period years[] = {{20240701, 20250630}, {20250701, 20260630}};
    static const struct period both[] = {{20240701, 20260630}};
    (void)state;
    cases(0, 202501, 3);
    cases(0, 202601, 20);
    cases(1, 202501, 30);
    cases(2, 202501, 40);
    struct document_few few = few_of(years, 2);
    expect(&few, ".xx...");
    few = few_of(both, 1);
    expect(&few, "......");
}

static void test_rare_people_stand_with_not_stated_in_sums_too(void **state)
{
    static const struct period all[] = {{19000101, 99991231}};
    int64_t n;
    (void)state;
    put(CAME, 0, 202501, "transgender", 3);
    put(CAME, 1, 202501, "transgender", 10);
    put(CAME, 2, 202501, "transgender", 8);
    const struct document_few few = few_of(all, 1);
    assert_int_equal(document_rare(&few, &two[1], S("citizen"), all[0], &n).code, ERR_OK);
    assert_int_equal(n, 3);
    assert_int_equal(document_rare(&few, &two[2], S("citizen"), all[0], &n).code, ERR_OK);
    assert_int_equal(n, 0);
    /* 21 in all and 18 told: the province and the whole leave the same three out. */
    assert_int_equal(document_rare(&few, &two[0], S(""), all[0], &n).code, ERR_OK);
    assert_int_equal(n, 3);
    assert_int_equal(document_rare(&few, NULL, S("citizen"), all[0], &n).code, ERR_OK);
    assert_int_equal(n, 3);
    assert_int_equal(document_rare(&few, NULL, S("official"), all[0], &n).code, ERR_OK);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_that_is_left_out_takes_the_next_with_it, begin, end),
        cmocka_unit_test_setup_teardown(test_one_that_is_few_in_a_year_is_left_out_of_all, begin, end),
        cmocka_unit_test_setup_teardown(test_rare_people_stand_with_not_stated_in_sums_too, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
