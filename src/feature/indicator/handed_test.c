/* handed_test.c: which figures are said to be illustrative: by what they count, where and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "handed.h"

static const struct indicator came = {.counts = S_INIT("attendances")};
static const struct indicator cases = {.counts = S_INIT("cases")};
static const struct indicator desks = {.counts = S_INIT("desks")};
static struct q_handed_down rows[] = {{.home = 7, .fact_month = 201911},
                                      {.home = 8, .fact_month = 202108, .cases_n = 3}};
static const struct handed all = {rows, sizeof rows / sizeof rows[0]};

static void test_by_what_it_counts_where_and_when(void **state)
{
    static const int64_t both[] = {7, 8};
    static const int64_t other[] = {9};
    (void)state;
    assert_true(handed_down(&all, &came, both, 2, period_fiscal(2019)));
    assert_false(handed_down(&all, &came, both, 2, period_fiscal(2020)));
    assert_false(handed_down(&all, &cases, both, 2, period_fiscal(2019)));
    assert_true(handed_down(&all, &cases, both, 2, period_fiscal(2021)));
    assert_false(handed_down(&all, &cases, both, 1, period_fiscal(2021)));
    assert_false(handed_down(&all, &desks, both, 2, period_all()));
    assert_true(handed_down(&all, NULL, both, 2, period_all()));
    assert_false(handed_down(&all, NULL, other, 1, period_all()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_what_it_counts_where_and_when)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
