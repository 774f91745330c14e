#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"
#include "period.h"

static void a_code_is_read_and_written_alike(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    static const struct {
        const char *code;
        struct period is;
    } rows[] = {
        {"FY2025-26", {20250701, 20260630}},   {"FY2025-26Q1", {20250701, 20250930}},
        {"FY2025-26Q2", {20251001, 20251231}}, {"FY2025-26Q3", {20260101, 20260331}},
        {"FY2025-26Q4", {20260401, 20260630}}, {"FY1999-00", {19990701, 20000630}},
        {"2026", {20260101, 20261231}},        {"2024-02", {20240201, 20240229}},
        {"2011-12", {20111201, 20111231}},     {"2025-08-01/2026-07-31", {20250801, 20260731}},
        {"all", {19000101, DAY_OPEN}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct period p = {0};
        assert_int_equal(period_of(str_of(rows[i].code), &p).code, ERR_OK);
        assert_int_equal(p.from_day, rows[i].is.from_day);
        assert_int_equal(p.to_day, rows[i].is.to_day);
        assert_true(str_eq(period_code(a, p), str_of(rows[i].code)));
    }
    arena_free(a);
}

static void a_project_year_begins_with_its_month(void **state)
{
    (void)state;
    struct period p = {0};
    assert_int_equal(period_of(S("PY2019-10"), &p).code, ERR_OK);
    assert_int_equal(p.from_day, 20191001);
    assert_int_equal(p.to_day, 20200930);
    assert_true(period_whole_months(p));
    assert_true(period_same(period_project(20200930, 10), p));
    assert_true(period_same(period_project(20191001, 10), p));
    assert_int_equal(period_project(20201001, 10).from_day, 20201001);
    assert_true(period_same(period_project(20260101, 7), period_fiscal(2025)));
    assert_int_equal(period_project(20260228, 1).to_day, 20261231);
}

static void other_codes_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "FY",
                                      "FY2025",
                                      "FY2025-27",
                                      "FY2025-26Q5",
                                      "FY2025-26Q0",
                                      "FY2025-26q1",
                                      "25",
                                      "2025-13",
                                      "2025-00",
                                      "20255",
                                      "2026-01-01/2025-01-01",
                                      "2026-02-30/2026-03-01",
                                      "ALL",
                                      "2026-1-1/2026-2-2",
                                      "1800",
                                      "FY2025-26Q",
                                      "PY2025",
                                      "PY2025-13",
                                      "PY2025-10-01",
                                      "FY+025-26",
                                      "2026/2027"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct period p = {1, 2};
        assert_int_equal(period_of(str_of(bad[i]), &p).code, ERR_INVALID);
        assert_int_equal(p.from_day, 1);
    }
}

static void days_fall_into_quarters_of_the_planning_year(void **state)
{
    (void)state;
    assert_int_equal(period_year_of(20260630), 2025);
    assert_int_equal(period_year_of(20260701), 2026);
    static const int quarters[] = {3, 3, 3, 4, 4, 4, 1, 1, 1, 2, 2, 2};
    for (int month = 1; month <= 12; month++) {
        const int64_t day = 20260000 + month * 100 + 15;
        assert_int_equal(period_quarter_of(day), quarters[month - 1]);
        assert_true(period_has(period_quarter(period_year_of(day), period_quarter_of(day)), day));
    }
    assert_true(period_within(period_quarter(2025, 3), period_fiscal(2025)));
    assert_false(period_within(period_quarter(2026, 1), period_fiscal(2025)));
    assert_true(period_whole_months(period_all()));
    assert_true(period_whole_months(period_quarter(2025, 2)));
    assert_false(period_whole_months((struct period){20250702, 20250731}));
    assert_false(period_whole_months((struct period){20250701, 20250730}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_read_and_written_alike),
        cmocka_unit_test(a_project_year_begins_with_its_month),
        cmocka_unit_test(other_codes_are_refused),
        cmocka_unit_test(days_fall_into_quarters_of_the_planning_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
