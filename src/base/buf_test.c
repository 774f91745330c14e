#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"

static void grows_to_its_maximum_and_no_further(void **state)
{
    (void)state;
    struct buf b = buf_new(1000);
    for (int i = 0; i < 1000; i++) {
        buf_putc(&b, 'x');
        assert_false(b.full);
    }
    buf_putc(&b, 'y');
    assert_true(b.full);
    assert_int_equal(buf_str(&b).n, 1000);
    assert_true(str_ends(buf_str(&b), S("xx")));
    buf_free(&b);
    assert_false(b.full);
    buf_putc(&b, 'z'); /* usable again */
    assert_true(str_eq(buf_str(&b), S("z")));
    buf_free(&b);
    buf_free(NULL);
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
    (void)state;
    struct buf b = buf_new(4);
    buf_put(&b, S("abc"));
    buf_put(&b, S("de"));
    assert_true(b.full);
    buf_putc(&b, 'f'); /* full for good, though it would fit */
    buf_printf(&b, "%d", 1);
    buf_utf8(&b, 'g');
    assert_true(str_eq(buf_str(&b), S("abc")));
    buf_clear(&b);
    buf_printf(&b, "%s", "abcd");
    assert_false(b.full);
    assert_true(str_eq(buf_str(&b), S("abcd")));
    buf_clear(&b);
    buf_printf(&b, "%s", "abcde");
    assert_true(b.full);
    assert_int_equal(buf_str(&b).n, 0);
    buf_free(&b);
}

static void an_empty_buf_is_an_empty_text(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(10);
    assert_non_null(buf_str(&b).p);
    assert_int_equal(buf_str(&b).n, 0);
    buf_put(&b, STR_NONE);
    buf_put(&b, S(""));
    buf_printf(&b, "%s", "");
    assert_false(b.full);
    assert_int_equal(buf_str(&b).n, 0);
}

static void numbers_and_characters(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(200);
    buf_i64(&b, INT64_MIN);
    buf_putc(&b, ' ');
    buf_i64(&b, INT64_MAX);
    buf_putc(&b, ' ');
    buf_i64(&b, 0);
    assert_true(str_eq(buf_str(&b), S("-9223372036854775808 9223372036854775807 0")));
    buf_clear(&b);
    buf_utf8(&b, 'a');
    buf_utf8(&b, 0x7FF);
    buf_utf8(&b, 0x6CC);
    buf_utf8(&b, 0xFFFD);
    buf_utf8(&b, 0x10FFFF);
    assert_true(str_eq(buf_str(&b), S("a\xDF\xBF"
                                      "ی"
                                      "\xEF\xBF\xBD\xF4\x8F\xBF\xBF")));
    buf_clear(&b);
    buf_utf8(&b, 0xD800); /* no characters */
    buf_utf8(&b, 0x110000);
    assert_true(str_eq(buf_str(&b), S("\xEF\xBF\xBD\xEF\xBF\xBD")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_to_its_maximum_and_no_further),
        cmocka_unit_test(what_does_not_fit_is_left_out_whole),
        cmocka_unit_test(an_empty_buf_is_an_empty_text),
        cmocka_unit_test(numbers_and_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
