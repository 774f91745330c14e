#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "web.h"
#include "web_lang.h"

static void first_wish_that_means_something_wins(void **state)
{
    (void)state;
    assert_int_equal(web_lang(S("ps"), S("ur"), S("en"), S("en")), LANG_PS);
    assert_int_equal(web_lang(S("xx"), S("ur"), S("ps"), S("en")), LANG_UR);
    assert_int_equal(web_lang(STR_NONE, STR_NONE, S("ps"), S("en")), LANG_PS);
    assert_int_equal(web_lang(STR_NONE, S(""), S("no"), S("ur-PK,ur;q=0.9")), LANG_UR);
    assert_int_equal(web_lang(STR_NONE, STR_NONE, STR_NONE, STR_NONE), LANG_EN);
    assert_true(web_lang_chosen(STR_NONE, S("ur")));
    assert_false(web_lang_chosen(S(""), S("xx")));
}

static void path_is_encoded_again_without_its_language(void **state)
{
    (void)state;
    static const struct {
        const char *path, *query, *want;
    } rows[] = {
        {"/", "", "/"},
        {"/", "lang=ur", "/"},
        {"/track", "lang=ur&ref=1%202", "/track?ref=1%202"},
        {"/track", "ref=1&lang=ur&x", "/track?ref=1&x"},
        {"/a b/\xDA\xA9", "", "/a%20b/%DA%A9"},
        {"/x", "q=\"><script>", "/x?q=script"},
        {"/x", "language=1", "/x?language=1"},
    };
    struct arena *a = arena_open(1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const str got = web_lang_path(a, str_of(rows[i].path), str_of(rows[i].query));
        if (!str_eq(got, str_of(rows[i].want))) {
            fail_msg("%s?%s: %.*s", rows[i].path, rows[i].query, STR_F(got));
        }
    }
    arena_free(a);
}

static void only_paths_of_this_site_are_local(void **state)
{
    (void)state;
    static const char *const good[] = {"/", "/case/1?x=%20", "/a//b"};
    static const char *const bad[] = {"",       "//evil", "https://evil", "/\\evil", "\\/evil", "/a\r\nb",
                                      "case/1", "/a b",   "/a\"b",        "/\t/x",   "/<x>"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(web_local(str_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (web_local(str_of(bad[i]))) {
            fail_msg("%s", bad[i]);
        }
    }
    assert_false(web_local(STR_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_wish_that_means_something_wins),
        cmocka_unit_test(path_is_encoded_again_without_its_language),
        cmocka_unit_test(only_paths_of_this_site_are_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
