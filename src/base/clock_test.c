#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"

static void fixed_and_running(void **state)
{
    (void)state;
    clock_fix(1773486000000);
    assert_true(clock_now_ms() == 1773486000000);
    assert_true(clock_now_ms() == 1773486000000);
    clock_fix(0);
    assert_true(clock_now_ms() > 1700000000000);
    const int64_t first = clock_mono_ms();
    assert_true(clock_mono_ms() >= first);
}

static void local_time_is_five_hours_ahead(void **state)
{
    (void)state;
    const struct local_time t = local_of(1773486000123); /* 2026-03-14T11:00:00.123Z */
    assert_int_equal(t.year, 2026);
    assert_int_equal(t.month, 3);
    assert_int_equal(t.day, 14);
    assert_int_equal(t.hour, 16);
    assert_int_equal(t.minute, 0);
    assert_int_equal(t.second, 0);
    assert_int_equal(t.weekday, 6); /* Saturday */
    assert_true(local_day(1773486000123) == 20260314);
    assert_true(local_month(1773486000123) == 202603);
    /* The day changes at 19:00 UTC. */
    assert_true(local_day(1767207599999) == 20251231); /* 2025-12-31T18:59:59.999Z */
    assert_true(local_day(1767207600000) == 20260101);
    assert_true(local_month(1767207599999) == 202512);
    /* Before 1970 too: 1947-08-14 was a Thursday. */
    assert_true(local_day(day_at_ms(19470814, 0, 0)) == 19470814);
    assert_true(local_day(day_at_ms(19470814, 0, 0) - 1) == 19470813);
    assert_int_equal(day_weekday(19470814), 4);
    assert_int_equal(local_of(-1).second, 59);
}

static void only_real_dates_are_valid(void **state)
{
    (void)state;
    static const int64_t good[] = {19000101, 20240229, 20000229, 20261231, 20260430, DAY_OPEN};
    static const int64_t bad[] = {0,        -20260101, 18991231, 20260229,  19000229,
                                  21000229, 20260431,  20261301, 20260001,  20260100,
                                  20260132, 99991232,  202603,   100000101, 2026031400000000};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(day_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(day_valid(bad[i]));
    }
}

/* Walks every day of 8100 years by the rules of the calendar alone and compares. */
static void the_calendar_agrees_with_counting(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t count = 0;
    int weekday = 1; /* 1 January 1900 was a Monday */
    int64_t before = 0;
    for (int64_t y = 1900; y <= 9999; y++) {
        const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        for (int m = 1; m <= 12; m++) {
            const int length = lengths[m - 1] + (leap && m == 2);
            assert_false(day_valid((y * 100 + m) * 100 + length + 1));
            for (int d = 1; d <= length; d++, count++, weekday = (weekday + 1) % 7) {
                const int64_t day = (y * 100 + m) * 100 + d;
                if (days_between(19000101, day) != count || day_weekday(day) != weekday || !day_valid(day) ||
                    (before != 0 && day_add(before, 1) != day) || local_day(day_at_ms(day, 23, 59)) != day) {
                    fail_msg("wrong at %lld", (long long)day);
                }
                before = day;
            }
        }
    }
    assert_true(count == 2958464);
}

static void adding_days(void **state)
{
    (void)state;
    assert_true(day_add(20240228, 2) == 20240301);
    assert_true(day_add(20260301, -1) == 20260228);
    assert_true(day_add(20260101, 365) == 20270101);
    assert_true(day_add(20260314, 0) == 20260314);
    assert_true(days_between(20260314, 20260313) == -1);
    assert_true(day_add(DAY_OPEN, 30) == DAY_OPEN); /* open stays open */
    assert_true(day_add(20260314, INT64_MAX) == DAY_OPEN);
    assert_true(day_add(20260314, INT64_MIN) == 19000101);
    assert_true(day_at_ms(20260314, 16, 0) == 1773486000000);
    assert_true(day_at_ms(20260314, 24, 0) == day_at_ms(20260315, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_and_running),
        cmocka_unit_test(local_time_is_five_hours_ahead),
        cmocka_unit_test(only_real_dates_are_valid),
        cmocka_unit_test(the_calendar_agrees_with_counting),
        cmocka_unit_test(adding_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
