#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "msg_table.h"
#include "put.h"

/* The tables here take the place of the generated ones: the linker then leaves those out. */
#define T_DUE ((enum msg)1)
#define T_TWO ((enum msg)2)

const struct msg_row msg_rows[MSG_N] = {[T_DUE] = {"due", false}, [T_TWO] = {"two", true}};
const str *const msg_texts[LANG_N][MSG_N] = {
    [LANG_EN] = {[T_DUE] = (const str[]){S_INIT("\"{ref}\" & {day}")},
                 [T_TWO] = (const str[]){S_INIT("one"), S_INIT("{n} more")}},
    [LANG_UR] = {[T_TWO] = (const str[]){S_INIT("ایک"), S_INIT("مزید {n}")}},
};

static size_t other_than_one(uint64_t n)
{
    return n != 1;
}

size_t (*const msg_plurals[LANG_N])(uint64_t n) = {other_than_one, other_than_one, other_than_one};

static struct buf out;
static struct page page;

static int page_new(void **state)
{
    (void)state;
    out = buf_new(4000);
    page = (struct page){.out = &out, .arena = arena_open(1 << 16), .lang = LANG_EN};
    return 0;
}

static int page_free(void **state)
{
    (void)state;
    buf_free(&out);
    arena_free(page.arena);
    return 0;
}

#define WROTE(expected)                                   \
    do {                                                  \
        buf_putc(&out, '\0');                             \
        assert_string_equal(buf_str(&out).p, (expected)); \
        buf_clear(&out);                                  \
    } while (0)

static void text_is_escaped(void **state)
{
    (void)state;
    put_text(&page, S("<a b=\"c\" d='e'>&amp;"));
    WROTE("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
    put_text(&page, S("پانی & نہیں"));
    WROTE("پانی &amp; نہیں");
    put_text(&page, S("<"));
    WROTE("&lt;");
    put_text(&page, S(""));
    put_text(&page, STR_NONE);
    WROTE("");
}

static void every_byte_but_five_stands_for_itself(void **state)
{
    (void)state;
    for (int c = 1; c < 256; c++) {
        const char byte = (char)c;
        buf_clear(&out);
        put_text(&page, (str){&byte, 1});
        const bool special = strchr("<>&\"'", c) != NULL;
        assert_int_equal(buf_str(&out).n == 1, !special);
        assert_int_equal(buf_str(&out).p[0], special ? '&' : byte);
    }
}

static void markup_is_not_escaped_and_urls_are(void **state)
{
    (void)state;
    put_html(&page, (struct html){S("<b>&amp;</b>")});
    WROTE("<b>&amp;</b>");
    put_url(&page, (struct url){S("/a?b=c&d=\"")});
    WROTE("/a?b=c&amp;d=&quot;");
}

static void numbers_are_grouped_for_people_only(void **state)
{
    (void)state;
    put_number(&page, 1234567);
    WROTE("1,234,567");
    put_plain_number(&page, -1234567);
    WROTE("-1234567");
    page.lang = LANG_PS;
    put_plain_number(&page, 42);
    WROTE("42");
    put_number(&page, 42);
    WROTE("۴۲");
}

#define PUT(types, v) _Generic((v), types)(&page, (v))

static void a_value_goes_where_its_type_and_place_say(void **state)
{
    (void)state;
    const str words = S("a<b");
    const size_t many = 1000;
    const int64_t number = 1000;
    PUT(PUT_TEXT, words);
    PUT(PUT_TEXT, many);
    PUT(PUT_TEXT, number);
    PUT(PUT_TEXT, ((struct html){S("<i>")}));
    WROTE("a&lt;b1,0001,000<i>");
    PUT(PUT_ATTR, words);
    PUT(PUT_ATTR, many);
    PUT(PUT_ATTR, 1000);
    PUT(PUT_WORDS, number);
    PUT(PUT_URL, url_local(page.arena, S("/x")));
    WROTE("a&lt;b100010001,000/x");
}

static void messages_isolate_what_is_filled_in(void **state)
{
    (void)state;
    const struct msg_arg args[] = {{"ref", S("<1>")}, {"day", S("9")}};
    put_msg(&page, T_DUE, 0, args, 2);
    WROTE("&quot;<bdi>&lt;1&gt;</bdi>&quot; &amp; <bdi>9</bdi>");
    put_msg_attr(&page, T_DUE, 0, args, 2);
    WROTE("&quot;&lt;1&gt;&quot; &amp; 9");
    put_msg(&page, T_DUE, 0, args, 1);
    WROTE("&quot;<bdi>&lt;1&gt;</bdi>&quot; &amp; {day}");
}

static void messages_say_when_they_are_in_another_language(void **state)
{
    (void)state;
    page.lang = LANG_UR;
    put_msg(&page, T_TWO, 1, NULL, 0);
    WROTE("ایک");
    put_msg(&page, T_DUE, 0, NULL, 0);
    WROTE("<span lang=\"en\" dir=\"ltr\">&quot;{ref}&quot; &amp; {day}</span>");
    page.lang = LANG_PS;
    put_msg(&page, T_TWO, 2, NULL, 0);
    WROTE("<span lang=\"ur\" dir=\"rtl\">مزید <bdi>2</bdi></span>");
    put_msg_attr(&page, T_DUE, 0, NULL, 0);
    WROTE("&quot;{ref}&quot; &amp; {day}");
}

static void messages_for_models_are_not_escaped(void **state)
{
    (void)state;
    const struct msg_arg args[] = {{"ref", S("<")}, {"day", S(">")}};
    assert_true(str_eq(page_msg_args(&page, T_DUE, 0, args, 2), S("\"<\" & >")));
    assert_true(str_eq(page_msg(&page, T_TWO), S("one")));
    assert_int_equal(buf_str(&out).n, 0);
}

static void local_addresses_stay_local(void **state)
{
    (void)state;
    assert_true(str_eq(url_local(page.arena, S("/case/412?x=1#y")).s, S("/case/412?x=1#y")));
    static const str bad[] = {S_INIT("//evil.example"),
                              S_INIT("/\\evil.example"),
                              S_INIT("https://evil.example"),
                              S_INIT("javascript:alert(1)"),
                              S_INIT("case"),
                              S_INIT(""),
                              S_INIT("/\t/evil.example"),
                              S_INIT("/a\nb"),
                              S_INIT(" /a"),
                              {NULL, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(str_eq(url_local(page.arena, bad[i]).s, S("/")));
    }
}

static void arguments_are_encoded(void **state)
{
    (void)state;
    struct arena *a = page.arena;
    const struct url u = url_with(a, url_local(a, S("/track")), S("q"), S("a b&c=d/é~"));
    assert_true(str_eq(u.s, S("/track?q=a%20b%26c%3Dd%2F%C3%A9~")));
    assert_true(str_eq(url_with(a, u, S("l"), S("")).s, S("/track?q=a%20b%26c%3Dd%2F%C3%A9~&l=")));
    assert_true(str_eq(url_with(a, url_local(a, S("/t?x=1#f")), S("y"), S("2")).s, S("/t?x=1&y=2#f")));
    assert_true(
        str_eq(url_with(a, url_local(a, S("/t")), S("y"), S("\xF0\x9F\x99\x8F")).s, S("/t?y=%F0%9F%99%8F")));
}

static void a_full_page_stays_full(void **state)
{
    (void)state;
    struct buf small = buf_new(5);
    page.out = &small;
    put_text(&page, S("abc<def"));
    assert_true(small.full);
    buf_free(&small);
}

int main(void)
{
#define ON_PAGE(test) cmocka_unit_test_setup_teardown(test, page_new, page_free)
    const struct CMUnitTest tests[] = {
        ON_PAGE(text_is_escaped),
        ON_PAGE(every_byte_but_five_stands_for_itself),
        ON_PAGE(markup_is_not_escaped_and_urls_are),
        ON_PAGE(numbers_are_grouped_for_people_only),
        ON_PAGE(a_value_goes_where_its_type_and_place_say),
        ON_PAGE(messages_isolate_what_is_filled_in),
        ON_PAGE(messages_say_when_they_are_in_another_language),
        ON_PAGE(messages_for_models_are_not_escaped),
        ON_PAGE(local_addresses_stay_local),
        ON_PAGE(arguments_are_encoded),
        ON_PAGE(a_full_page_stays_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
