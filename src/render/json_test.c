#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "json.h"

static void commas_and_nesting_are_right(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct json j = json_to(&b);
    json_object_begin(&j);
    json_member(&j, S("a"), S("x"));
    json_key(&j, S("b"));
    json_array_begin(&j);
    json_i64(&j, INT64_MIN);
    json_flag(&j, false);
    json_nothing(&j);
    json_object_begin(&j);
    json_end(&j);
    json_array_begin(&j);
    json_end(&j);
    json_end(&j);
    json_member_i64(&j, S("c"), 0);
    json_member_flag(&j, S("d"), true);
    json_member(&j, S("e"), STR_NONE);
    json_member(&j, S("f"), S(""));
    json_end(&j);
    assert_true(
        str_eq(buf_str(&b), S("{\"a\":\"x\",\"b\":[-9223372036854775808,false,null,{},[]],\"c\":0,\"d\":true,"
                              "\"e\":null,\"f\":\"\"}")));
}

/* Every byte, alone and behind others, comes out as JSON that reads back as what was well-formed in it. */
static void every_byte_is_safe(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char bytes[] = {'a', (char)c, 'z'};
        SCOPED(buf_free) struct buf b = buf_new(1000);
        struct json j = json_to(&b);
        json_array_begin(&j);
        json_text(&j, (str){bytes, sizeof bytes});
        json_end(&j);
        json_error_t e;
        json_t *root = json_loadb(b.p, b.n, JSON_ALLOW_NUL, &e);
        if (root == NULL) {
            fail_msg("byte %d: %.*s", c, STR_F(buf_str(&b)));
        }
        const json_t *text = json_array_get(root, 0);
        if (c < 0x80) {
            assert_int_equal(json_string_length(text), 3);
            assert_memory_equal(json_string_value(text), bytes, 3);
        } else {
            assert_string_equal(json_string_value(text), "a\xEF\xBF\xBDz");
        }
        json_decref(root);
    }
}

static void text_is_escaped_for_pages_too(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct json j = json_to(&b);
    json_text(&j, S("</script>&\"\\\n\x01\x7F\xE2\x80\xA8\xDA\xA9\xF0\x9F\x98\x80\xE2\x80"));
    assert_true(str_eq(buf_str(&b), S("\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\u0001\\u007f\\u2028"
                                      "\xDA\xA9\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD\"")));
}

static void full_buf_is_told(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(10);
    struct json j = json_to(&b);
    json_object_begin(&j);
    json_member(&j, S("long"), S("longer than ten"));
    json_end(&j);
    assert_true(b.full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_nesting_are_right),
        cmocka_unit_test(every_byte_is_safe),
        cmocka_unit_test(text_is_escaped_for_pages_too),
        cmocka_unit_test(full_buf_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
