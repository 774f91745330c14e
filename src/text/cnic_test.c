#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cnic.h"

static void any_spelling_of_thirteen_digits(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    static const char *const good[] = {
        "17201-1234567-8", "1720112345678",   " 17201 1234567 8 ",          "۱۷۲۰۱-۱۲۳۴۵۶۷-۸",
        "١٧٢٠١-١٢٣٤٥٦٧-٨", "17201–1234567–8", "\u202A17201-1234567-8\u202C"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        cnic c = {0};
        assert_int_equal(cnic_of(a, str_of(good[i]), &c).code, ERR_OK);
        assert_memory_equal(c.digits, "1720112345678", 13);
        assert_true(str_eq(cnic_text(a, c), S("17201-1234567-8")));
    }
    arena_free(a);
}

static void other_shapes_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    static const char *const bad[] = {
        "", "17201-1234567", "17201-1234567-89", "17201-1234567-x", "+1720112345678", "(17201) 12345678"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cnic c = {.digits = "x"};
        assert_int_equal(cnic_of(a, str_of(bad[i]), &c).code, ERR_INVALID);
        assert_int_equal(c.digits[0], 'x');
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_spelling_of_thirteen_digits),
        cmocka_unit_test(other_shapes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
