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

static void words_of_a_list(void **state)
{
    (void)state;
    str rest = S(", one,two  three,");
    str word;
    assert_true(str_word(&rest, &word) && str_eq(word, S("one")));
    assert_true(str_word(&rest, &word) && str_eq(word, S("two")));
    assert_true(str_word(&rest, &word) && str_eq(word, S("three")));
    assert_false(str_word(&rest, &word));
    rest = STR_NONE;
    assert_false(str_word(&rest, &word));
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

static void nothing_given_is_a_text_too(void **state)
{
    (void)state;
    assert_true(str_eq(STR_NONE, S("")));
    assert_true(str_starts(STR_NONE, S("")) && str_ends(STR_NONE, S("")));
    assert_true(str_utf8(STR_NONE));
    assert_null(str_sub(STR_NONE, 3, 4).p);
    assert_int_equal(str_trim(STR_NONE).n, 0);
    assert_null(str_of(NULL).p);
    assert_int_equal(str_of("ab").n, 2);
    str rest = STR_NONE;
    assert_null(str_cut(&rest, ',').p);
}

static void parts_and_order(void **state)
{
    (void)state;
    assert_true(str_starts(S("abc"), S("ab")) && str_ends(S("abc"), S("bc")));
    assert_false(str_starts(S("ab"), S("abc")) || str_ends(S("bc"), S("abc")));
    assert_false(str_starts(S("xbc"), S("ab")) || str_ends(S("abx"), S("bc")));
    assert_true(str_eq(str_sub(S("abc"), 1, 1), S("b")));
    assert_true(str_eq(str_sub(S("abc"), 1, SIZE_MAX), S("bc")));
    assert_true(str_eq(str_sub(S("abc"), 9, 1), S("")));
    assert_true(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0);
    assert_true(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("ab"), S("a")) > 0 && str_cmp(S("a"), S("a")) == 0);
    assert_true(str_cmp(S("\xFF"), S("a")) > 0); /* bytes are unsigned */
    size_t at = 9;
    assert_false(str_find(S("abc"), 'x', &at));
    assert_int_equal(at, 9);
    assert_true(str_find(S("abc"), 'c', &at));
    assert_int_equal(at, 2);
}

static void walking_over_characters(void **state)
{
    (void)state;
    static const uint32_t want[] = {'a', 0x7FF, 0x6CC, 0xFFFF, 0x10FFFF, 0xFFFD, 0xFFFD, 'z'};
    const str s = S("a\xDF\xBF\xDB\x8C\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xE2\x82z");
    size_t at = 0;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_int_equal(str_next(s, &at), want[i]); /* an ill-formed byte is passed over singly */
    }
    assert_int_equal(at, s.n);
    assert_int_equal(str_next(s, &at), 0);
    assert_int_equal(at, s.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_list),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(numbers_in_range),
        cmocka_unit_test(cut_and_trim),
        cmocka_unit_test(nothing_given_is_a_text_too),
        cmocka_unit_test(parts_and_order),
        cmocka_unit_test(walking_over_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
