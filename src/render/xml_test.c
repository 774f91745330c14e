#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "xml.h"

static void elements_attributes_and_texts_stand_in_order(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct xml x = xml_to(&b);
    xml_begin(&x, S("a"));
    xml_attr_i64(&x, S("n"), INT64_MIN);
    xml_attr_day(&x, S("day"), 20260314);
    xml_attr_time(&x, S("at"), 1773446400123);
    xml_leaf(&x, S("b"), S("x < y & z"));
    xml_mark(&x, S("c"), S("q"), S("\"\n'>"));
    xml_end(&x);
    assert_true(str_eq(buf_str(&b), S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                      "<a n=\"-9223372036854775808\" day=\"2026-03-14\" "
                                      "at=\"2026-03-14T00:00:00Z\">\n"
                                      " <b>x &lt; y &amp; z</b>\n"
                                      " <c q=\"&quot;&#10;'&gt;\"/>\n"
                                      "</a>\n")));
}

/* What XML cannot hold is replaced, and nothing but it. */
static void every_byte_is_safe(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char bytes[] = {'a', (char)c, 'z'};
        const bool whole = (c >= 0x20 && c < 0x80) || c == '\t' || c == '\n';
        SCOPED(buf_free) struct buf b = buf_new(1000);
        struct xml x = xml_to(&b);
        xml_leaf(&x, S("a"), (str){bytes, sizeof bytes});
        const bool replaced = memmem(b.p, b.n, "a\xEF\xBF\xBDz", 5) != NULL;
        assert_int_equal(replaced, !whole);
    }
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct xml x = xml_to(&b);
    xml_leaf(&x, S("a"), S("\xEF\xBF\xBE|\xD8\xB3|\xF0\x9F\x98\x80|\xED\xA0\x80"));
    assert_non_null(
        memmem(b.p, b.n,
               "<a>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xD8\xB3|\xF0\x9F\x98\x80|\xEF\xBF\xBD\xEF\xBF"
               "\xBD\xEF\xBF\xBD</a>",
               34));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_texts_stand_in_order),
        cmocka_unit_test(every_byte_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
