#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "str.h"

static void utf8_is_strict(void **state)
{
    (void)state;
    assert_true(str_utf8(S("پانی نہیں")));
    assert_true(str_utf8(S("\xF4\x8F\xBF\xBF")));
    assert_false(str_utf8(S("\xC0\xAF")));         /* overlong */
    assert_false(str_utf8(S("\xED\xA0\x80")));     /* surrogate */
    assert_false(str_utf8(S("\xF4\x90\x80\x80"))); /* past U+10FFFF */
    assert_false(str_utf8(S("ab\xE2\x82")));       /* cut short */
    assert_false(str_utf8((str){"a\0b", 3}));
    assert_int_equal(str_chars(S("نالی")), 4);
}

static void numbers_in_range(void **state)
{
    (void)state;
    int64_t v = 7;
    assert_true(str_i64(S("-9223372036854775808"), &v));
    assert_true(v == INT64_MIN);
    assert_true(str_i64(S("9223372036854775807"), &v));
    assert_true(v == INT64_MAX);
    assert_false(str_i64(S("9223372036854775808"), &v));
    assert_false(str_i64(S(""), &v));
    assert_false(str_i64(S("-"), &v));
    assert_false(str_i64(S("1 "), &v));
    assert_true(v == INT64_MAX); /* untouched on failure */
}

static void cut_and_trim(void **state)
{
    (void)state;
    str rest = S("a,,b");
    assert_true(str_eq(str_cut(&rest, ','), S("a")));
    assert_true(str_eq(str_cut(&rest, ','), S("")));
    assert_true(str_eq(str_cut(&rest, ','), S("b")));
    assert_null(rest.p);
    assert_true(str_eq(str_trim(S(" \t x y\r\n")), S("x y")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(numbers_in_range),
        cmocka_unit_test(cut_and_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
