#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "clock.h"
#include "format.h"
#include "random.h"

static void numbers_agree_with_cldr(void **state)
{
    (void)state;
    static const int64_t fixed[] = {0,      1,       -1,      12,       999,       1000,     -1000,
                                    100000, 1000000, 1002003, -9999999, INT64_MAX, INT64_MIN};
    enum { FIXED = sizeof fixed / sizeof fixed[0] };
    for (int l = 0; l < LANG_N; l++) {
        UErrorCode status = U_ZERO_ERROR;
        char code[3] = {lang_table[l].code.p[0], lang_table[l].code.p[1], '\0'};
        UNumberFormat *icu = unum_open(UNUM_DECIMAL, NULL, 0, code, NULL, &status);
        struct arena *a = arena_open(1 << 20);
        for (int i = 0; i < FIXED + 500; i++) {
            UChar wide[80];
            char want[240];
            int64_t v;
            random_bytes(&v, sizeof v);
            v = i < FIXED ? fixed[i] : v >> random_below(64);
            unum_formatInt64(icu, v, wide, 80, NULL, &status);
            u_strToUTF8(want, sizeof want, NULL, wide, -1, &status);
            assert_true(U_SUCCESS(status));
            const str got = format_number(a, (enum lang)l, v);
            if (!str_eq(got, str_of(want))) {
                fail_msg("%s: %.*s, not %s", code, STR_F(got), want);
            }
            arena_clear(a);
        }
        arena_free(a);
        unum_close(icu);
    }
}

static void days_in_three_languages(void **state)
{
    (void)state;
    struct arena *a = arena_open(100000);
    assert_true(str_eq(format_day(a, LANG_EN, 20260314), S("14 March 2026")));
    assert_true(str_eq(format_day(a, LANG_UR, 20260314), S("14 مارچ 2026")));
    assert_true(str_eq(format_day(a, LANG_PS, 20260314), S("۱۴ مارچ ۲۰۲۶")));
    assert_true(str_eq(format_day(a, LANG_EN, 20260101), S("1 January 2026")));
    assert_true(str_eq(format_month(a, LANG_EN, 202603), S("March 2026")));
    assert_true(str_eq(format_month(a, LANG_PS, 202603), S("مارچ ۲۰۲۶")));
    assert_int_equal(format_month(a, LANG_UR, 202613).n, 0);
    assert_true(str_eq(format_month_name(LANG_UR, 11), S("نومبر")));
    assert_int_equal(format_month_name(LANG_UR, 13).n, 0);
    assert_true(str_eq(format_day(a, LANG_UR, 20261231), S("31 دسمبر 2026")));
    assert_true(str_eq(format_day(a, LANG_PS, 20260507), S("۷ مۍ ۲۰۲۶")));
    for (int l = 0; l < LANG_N; l++) {
        str before = STR_NONE;
        for (int64_t m = 1; m <= 12; m++) { /* twelve names, all different from their neighbour */
            const str day = format_day(a, (enum lang)l, 20260001 + m * 100);
            assert_true(str_utf8(day) && !str_eq(day, before));
            before = day;
        }
        assert_true(str_eq(format_day(a, (enum lang)l, 20260230), S("")));
        assert_non_null(format_day(a, (enum lang)l, 0).p);
    }
    arena_free(a);
}

static void instants(void **state)
{
    (void)state;
    struct arena *a = arena_open(100000);
    const int64_t ms = 1773486000999; /* 2026-03-14T11:00:00.999Z */
    assert_true(str_eq(format_time(a, LANG_EN, ms), S("14 March 2026, 16:00")));
    assert_true(str_eq(format_time(a, LANG_UR, ms), S("14 مارچ 2026، 16:00")));
    assert_true(str_eq(format_time(a, LANG_PS, ms), S("۱۴ مارچ ۲۰۲۶، ۱۶:۰۰")));
    assert_true(str_eq(format_time(a, LANG_EN, day_at_ms(20260101, 0, 5)), S("1 January 2026, 00:05")));
    assert_true(str_eq(format_iso(a, ms), S("2026-03-14T16:00:00+05:00")));
    assert_true(str_eq(format_iso(a, day_at_ms(20260101, 0, 0) - 1000), S("2025-12-31T23:59:59+05:00")));
    assert_true(str_eq(format_day_iso(a, 20260314), S("2026-03-14")));
    assert_true(str_eq(format_day_iso(a, 20261301), S("")));
    arena_free(a);
}

static void a_full_arena_gives_nothing(void **state)
{
    (void)state;
    for (size_t cap = 0; cap < 200; cap += 16) {
        struct arena *a = arena_open(cap);
        const str texts[] = {format_number(a, LANG_PS, INT64_MIN), format_time(a, LANG_PS, 1773486000999),
                             format_day(a, LANG_UR, 20260314)};
        assert_null(texts[0].p); /* 20 groups of it do not fit in any of these */
        assert_null(texts[1].p);
        assert_null(texts[2].p);
        assert_true(arena_full(a));
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_agree_with_cldr),
        cmocka_unit_test(days_in_three_languages),
        cmocka_unit_test(instants),
        cmocka_unit_test(a_full_arena_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
