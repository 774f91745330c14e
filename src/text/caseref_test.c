#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "caseref.h"

static void damm_vectors(void **state)
{
    (void)state;
    assert_int_equal(damm_digit(S("572")), '4'); /* the usual example */
    assert_int_equal(damm_digit(S("")), '0');
    assert_int_equal(damm_digit(S("5724")), '0');
    assert_int_equal(damm_digit(S("43881234567")), '9');
}

static void typed_in_any_way(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    static const char *const good[] = {"412-806-3359", "4128063359", " 412 806 3359\n",
                                       "۴۱۲-۸۰۶-۳۳۵۹", "٤١٢٨٠٦٣٣٥٩", "412–806–3359"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        case_ref r = {0};
        assert_int_equal(case_ref_of(a, str_of(good[i]), &r).code, ERR_OK);
        assert_true(str_eq(case_ref_digits(&r), S("4128063359")));
        assert_true(str_eq(case_ref_text(a, r), S("412-806-3359")));
    }
    static const char *const bad[] = {
        "", "412-806-335", "412-806-33594", "412-806-3355", "412-806-335O", "+4128063359"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        case_ref r = {.digits = "x"};
        assert_int_equal(case_ref_of(a, str_of(bad[i]), &r).code, ERR_INVALID);
        assert_int_equal(r.digits[0], 'x');
    }
    arena_free(a);
}

/* What the check digit is for: every wrong digit and every swap of neighbours, for a thousand numbers. */
static void every_slip_is_found(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    for (int i = 0; i < 1000; i++) {
        const case_ref r = case_ref_random();
        case_ref got;
        assert_int_equal(case_ref_of(a, case_ref_digits(&r), &got).code, ERR_OK);
        for (size_t at = 0; at < 10; at++) {
            case_ref slip = r;
            for (slip.digits[at] = '0'; slip.digits[at] <= '9'; slip.digits[at]++) {
                const bool same = slip.digits[at] == r.digits[at];
                assert_int_equal(case_ref_of(a, case_ref_digits(&slip), &got).code,
                                 same ? ERR_OK : ERR_INVALID);
            }
            slip = r;
            if (at < 9 && r.digits[at] != r.digits[at + 1]) {
                slip.digits[at] = r.digits[at + 1];
                slip.digits[at + 1] = r.digits[at];
                assert_int_equal(case_ref_of(a, case_ref_digits(&slip), &got).code, ERR_INVALID);
            }
        }
    }
    arena_free(a);
}

static void random_ones_use_every_digit_everywhere(void **state)
{
    (void)state;
    bool seen[10][10] = {{false}};
    for (int i = 0; i < 2000; i++) {
        const case_ref r = case_ref_random();
        for (size_t at = 0; at < 10; at++) {
            assert_in_range(r.digits[at], '0', '9');
            seen[at][r.digits[at] - '0'] = true;
        }
    }
    for (size_t at = 0; at < 10; at++) {
        for (size_t d = 0; d < 10; d++) {
            assert_true(seen[at][d]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damm_vectors),
        cmocka_unit_test(typed_in_any_way),
        cmocka_unit_test(every_slip_is_found),
        cmocka_unit_test(random_ones_use_every_digit_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
