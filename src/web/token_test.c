#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "random.h"
#include "token.h"

static const uint8_t key[TOKEN_KEY_LEN] = {1, 2, 3};
static const uint8_t other_key[TOKEN_KEY_LEN] = {1, 2, 4};

static int set_up(void **state)
{
    *state = arena_open(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void comes_back_unchanged(void **state)
{
    struct arena *a = *state;
    static const char *const texts[] = {"", "a", "case=5;lang=ur", "\xDA\xA9\xDB\x81"};
    for (size_t i = 0; i < 4; i++) {
        str text;
        const str token = token_make(a, key, S("form"), str_of(texts[i]), 2000);
        assert_int_equal(token_read(a, key, S("form"), token, 1999, &text).code, ERR_OK);
        assert_true(str_eq(text, str_of(texts[i])));
        assert_non_null(text.p);
    }
}

static void old_foreign_and_misused_tokens_are_refused(void **state)
{
    struct arena *a = *state;
    str text = S("untouched");
    const str token = token_make(a, key, S("form"), S("words"), 2000);
    assert_int_equal(token_read(a, key, S("form"), token, 2000, &text).code, ERR_INVALID);
    assert_int_equal(token_read(a, other_key, S("form"), token, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_read(a, key, S("for"), token, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_read(a, key, S("forms"), token, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_read(a, key, S("form"), STR_NONE, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_read(a, key, S("form"), S("!!!!"), 1, &text).code, ERR_INVALID);
    assert_true(str_eq(text, S("untouched")));
}

static void every_changed_character_is_found(void **state)
{
    struct arena *a = *state;
    const str token = token_make(a, key, S("form"), S("words"), 2000);
    char copy[200];
    str text;
    for (size_t i = 0; i < token.n; i++) {
        memcpy(copy, token.p, token.n);
        copy[i] = copy[i] == 'A' ? 'B' : 'A';
        assert_int_equal(token_read(a, key, S("form"), (str){copy, token.n}, 1, &text).code, ERR_INVALID);
        assert_int_equal(token_read(a, key, S("form"), (str){token.p, i}, 1, &text).code, ERR_INVALID);
    }
    memcpy(copy, token.p, token.n);
    copy[token.n] = 'A';
    assert_int_equal(token_read(a, key, S("form"), (str){copy, token.n + 1}, 1, &text).code, ERR_INVALID);
}

static void length_is_bounded(void **state)
{
    struct arena *a = *state;
    static char big[TOKEN_TEXT_MAX + 1];
    memset(big, 'x', sizeof big);
    str text;
    const str most = token_make(a, key, S("p"), (str){big, TOKEN_TEXT_MAX}, 2000);
    assert_int_equal(token_read(a, key, S("p"), most, 1, &text).code, ERR_OK);
    assert_int_equal(text.n, TOKEN_TEXT_MAX);
    assert_null(token_make(a, key, S("p"), (str){big, sizeof big}, 2000).p);
}

static void session_token_is_good_for_its_session(void **state)
{
    uint8_t secret[32] = {9};
    const str token = token_of_session(*state, secret);
    assert_true(token_is_session(secret, token));
    assert_false(token_is_session(secret, str_sub(token, 0, token.n - 1)));
    assert_false(token_is_session(secret, STR_NONE));
    secret[31] = 1;
    assert_false(token_is_session(secret, token));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back_unchanged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_foreign_and_misused_tokens_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_character_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(length_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(session_token_is_good_for_its_session, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
