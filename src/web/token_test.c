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
    *state = arena_open(4 << 20);
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

static void sealed_text_comes_back_and_is_hidden(void **state)
{
    struct arena *a = *state;
    static const char *const texts[] = {"", "a", "1780642800000,415", "\xDA\xA9\xDB\x81"};
    for (size_t i = 0; i < 4; i++) {
        str text = STR_NONE;
        const str one = token_seal(a, key, S("list"), str_of(texts[i]), 2000);
        const str two = token_seal(a, key, S("list"), str_of(texts[i]), 2000);
        assert_false(str_eq(one, two));
        assert_int_equal(token_unseal(a, key, S("list"), one, 1999, &text).code, ERR_OK);
        assert_true(str_eq(text, str_of(texts[i])));
        uint8_t bytes[200];
        size_t n;
        assert_true(base64url_to(one, bytes, sizeof bytes, &n));
        assert_true(strlen(texts[i]) < 4 || memmem(bytes, n, texts[i], strlen(texts[i])) == NULL);
    }
}

static void sealed_tokens_are_good_for_one_purpose_in_time(void **state)
{
    struct arena *a = *state;
    str text = S("untouched");
    const str token = token_seal(a, key, S("list"), S("words"), 2000);
    assert_int_equal(token_unseal(a, key, S("list"), token, 2000, &text).code, ERR_INVALID);
    assert_int_equal(token_unseal(a, other_key, S("list"), token, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_unseal(a, key, S("lists"), token, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_unseal(a, key, S("list"), STR_NONE, 1, &text).code, ERR_INVALID);
    assert_int_equal(token_unseal(a, key, S("list"), S("AAAA"), 1, &text).code, ERR_INVALID);
    /* What is only signed does not pass for sealed, nor the other way round. */
    assert_int_equal(
        token_unseal(a, key, S("list"), token_make(a, key, S("list"), S("words"), 2000), 1, &text).code,
        ERR_INVALID);
    assert_int_equal(token_read(a, key, S("list"), token, 1, &text).code, ERR_INVALID);
    assert_true(str_eq(text, S("untouched")));
    const str lasting = token_seal(a, key, S("list"), S("words"), TOKEN_FOREVER);
    assert_int_equal(token_unseal(a, key, S("list"), lasting, 1LL << 40, &text).code, ERR_OK);
}

static void every_change_of_a_sealed_token_is_found(void **state)
{
    struct arena *a = *state;
    const str token = token_seal(a, key, S("list"), S("words"), 2000);
    char copy[200];
    str text;
    for (size_t i = 0; i < token.n; i++) {
        memcpy(copy, token.p, token.n);
        copy[i] = copy[i] == 'A' ? 'B' : 'A';
        assert_int_equal(token_unseal(a, key, S("list"), (str){copy, token.n}, 1, &text).code, ERR_INVALID);
        assert_int_equal(token_unseal(a, key, S("list"), (str){token.p, i}, 1, &text).code, ERR_INVALID);
    }
}

static void sealed_length_is_bounded(void **state)
{
    struct arena *a = *state;
    static char big[TOKEN_SEALED_MAX + 1];
    memset(big, 'x', sizeof big);
    str text;
    const str most = token_seal(a, key, S("p"), (str){big, TOKEN_SEALED_MAX}, 2000);
    assert_int_equal(token_unseal(a, key, S("p"), most, 1, &text).code, ERR_OK);
    assert_int_equal(text.n, TOKEN_SEALED_MAX);
    assert_null(token_seal(a, key, S("p"), (str){big, sizeof big}, 2000).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back_unchanged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_foreign_and_misused_tokens_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_character_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(length_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sealed_text_comes_back_and_is_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sealed_tokens_are_good_for_one_purpose_in_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_change_of_a_sealed_token_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sealed_length_is_bounded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
