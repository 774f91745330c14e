#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "input.h"

static const uint8_t key[TOKEN_KEY_LEN] = {7};
static struct input_desk desk;

static int set_up(void **state)
{
    desk = (struct input_desk){.arena = arena_open(8 << 20),
                               .lang = LANG_EN,
                               .token_key = key,
                               .cursor_purpose = S("cursor/x"),
                               .now_ms = 1000};
    *state = desk.arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static struct given check_kind(struct input input, str value, enum raw_kind kind)
{
    const struct raw raw = {S("x"), value, kind};
    struct given g = {0};
    input.name = "x";
    assert_int_equal(input_check(&desk, &input, &raw, &g).code, ERR_OK);
    assert_int_equal(g.given && g.fault.n > 0, 0);
    return g;
}

static struct given check(enum input_type type, const char *value)
{
    static const char *const choices[] = {"f", "m", NULL};
    return check_kind((struct input){.type = type, .choices = type == IN_CHOICE ? choices : NULL},
                      str_of(value), RAW_FORM);
}

static void each_type_takes_and_refuses(void **state)
{
    (void)state;
    static const struct {
        enum input_type type;
        const char *value;
        bool good;
        const char *text; /* NULL: not looked at */
        int64_t n;
    } rows[] = {
        {IN_LINE, "  Gul  ", true, "Gul", 0},
        {IN_LINE, "two\nlines", false, NULL, 0},
        {IN_WORDS, "one\r\ntwo\rthree\n", true, "one\ntwo\nthree", 0},
        {IN_LINE, "e\xCC\x81", true, "\xC3\xA9", 0},
        {IN_PHONE, "0300 1234567", true, NULL, 0},
        {IN_PHONE, "12", false, NULL, 0},
        {IN_CNIC, "17301-1234567-1", true, NULL, 0},
        {IN_CNIC, "17301-1234567", false, NULL, 0},
        {IN_REF, "1234567890", false, NULL, 0},
        {IN_PIN, "12 34-56", true, "123456", 0},
        {IN_PIN, "\xDB\xB1\xDB\xB2\xDB\xB3\xDB\xB4\xDB\xB5\xDB\xB6", true, "123456", 0},
        {IN_PIN, "12345", false, NULL, 0},
        {IN_PIN, "1234567", false, NULL, 0},
        {IN_PIN, "12a456", false, NULL, 0},
        {IN_CODE, "a.B_9-z", true, "a.B_9-z", 0},
        {IN_CODE, "a b", false, NULL, 0},
        {IN_CODE, "../x", false, NULL, 0},
        {IN_CHOICE, "m", true, "m", 1},
        {IN_CHOICE, "x", false, NULL, 0},
        {IN_NUMBER, "0", true, NULL, 0},
        {IN_NUMBER, "\xDB\xB4\xDB\xB2", true, "42", 42},
        {IN_NUMBER, "-1", false, NULL, 0},
        {IN_NUMBER, "1e3", false, NULL, 0},
        {IN_NUMBER, "999999999", true, NULL, 999999999},
        {IN_NUMBER, "1000000000", false, NULL, 0},
        {IN_NUMBER, "99999999999999999999999", false, NULL, 0},
        {IN_DAY, "2024-02-29", true, NULL, 20240229},
        {IN_DAY, "2023-02-29", false, NULL, 0},
        {IN_DAY, "2023-2-2", false, NULL, 0},
        {IN_DAY, "20230202", false, NULL, 0},
        {IN_DAY, "2023--1-2", false, NULL, 0},
        {IN_FLAG, "on", true, NULL, 1},
        {IN_FLAG, "false", true, NULL, 0},
        {IN_FLAG, "maybe", false, NULL, 0},
        {IN_CURSOR, "AAAA", false, NULL, 0},
        {IN_SIGNED, "AAAA", false, NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct given g = check(rows[i].type, rows[i].value);
        if (g.given != rows[i].good || (g.fault.n > 0) == rows[i].good || g.n != rows[i].n) {
            fail_msg("row %zu (%s): given %d, n %lld, %.*s", i, rows[i].value, g.given, (long long)g.n,
                     STR_F(g.fault));
        }
        if (rows[i].text != NULL && !str_eq(g.text, str_of(rows[i].text))) {
            fail_msg("row %zu: %.*s", i, STR_F(g.text));
        }
    }
}

static void reference_is_checked_by_its_digit(void **state)
{
    const case_ref ref = case_ref_random();
    const str shown = case_ref_text(*state, ref);
    const struct given g = check_kind((struct input){.type = IN_REF}, shown, RAW_FORM);
    assert_true(g.given);
    assert_memory_equal(g.as.ref.digits, ref.digits, 10);
    assert_true(str_eq(g.raw, shown));
}

static void missing_is_said_with_the_label_or_its_own_words(void **state)
{
    (void)state;
    struct input in = {.name = "x", .type = IN_LINE, .required = true, .label = MSG_WEB_SIGNIN_PASSWORD};
    struct given g;
    assert_int_equal(input_check(&desk, &in, NULL, &g).code, ERR_OK);
    assert_true(str_eq(g.fault, S("Password: please give an answer.")));
    const struct raw blank = {S("x"), S("   "), RAW_FORM};
    assert_int_equal(input_check(&desk, &in, &blank, &g).code, ERR_OK);
    assert_true(g.fault.n > 0);
    in.missing = MSG_WEB_FAULT_PIN;
    assert_int_equal(input_check(&desk, &in, NULL, &g).code, ERR_OK);
    assert_true(str_eq(g.fault, msg_text(LANG_EN, MSG_WEB_FAULT_PIN)));
    desk.missing_is_fine = true;
    assert_int_equal(input_check(&desk, &in, NULL, &g).code, ERR_OK);
    assert_int_equal(g.fault.n, 0);
    assert_false(g.given);
}

static void json_kinds_are_strict(void **state)
{
    (void)state;
    assert_true(check_kind((struct input){.type = IN_NUMBER}, S("5"), RAW_NUMBER).given);
    assert_false(check_kind((struct input){.type = IN_NUMBER}, S("5"), RAW_TEXT).given);
    assert_false(check_kind((struct input){.type = IN_LINE}, S("5"), RAW_NUMBER).given);
    assert_true(check_kind((struct input){.type = IN_FLAG}, S("true"), RAW_FLAG).given);
    assert_false(check_kind((struct input){.type = IN_FLAG}, S("true"), RAW_TEXT).given);
    assert_false(check_kind((struct input){.type = IN_LINE}, S("[]"), RAW_OTHER).given);
    const struct given none = check_kind((struct input){.type = IN_LINE}, S(""), RAW_NULL);
    assert_false(none.given);
    assert_int_equal(none.fault.n, 0);
}

static void hidden_characters_are_removed_and_said(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *clean;
        enum msg words;
    } rows[] = {
        {"a\xE2\x80\xAEz", 5, "az", MSG_WEB_FAULT_BIDI},
        {"a\xE2\x81\xA6z", 5, "az", MSG_WEB_FAULT_BIDI},
        {"a\0z", 3, "az", MSG_WEB_FAULT_CONTROL},
        {"a\x01z", 3, "az", MSG_WEB_FAULT_CONTROL},
        {"a\xFFz", 3, "a\xEF\xBF\xBDz", MSG_WEB_FAULT_NOT_UTF8},
        {"a\xED\xA0\x80", 4, NULL, MSG_WEB_FAULT_NOT_UTF8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct given g =
            check_kind((struct input){.type = IN_WORDS}, (str){rows[i].bytes, rows[i].n}, RAW_FORM);
        assert_true(str_eq(g.fault, msg_text(LANG_EN, rows[i].words)));
        assert_true(rows[i].clean == NULL || str_eq(g.raw, str_of(rows[i].clean)));
        assert_true(str_utf8(g.raw));
        assert_int_equal(g.text.n, 0);
    }
}

static void lengths_are_counted_in_characters(void **state)
{
    char text[401];
    memset(text, 0, sizeof text);
    for (size_t i = 0; i < 400; i += 2) {
        memcpy(text + i, "\xDA\xA9", 2);
    }
    assert_true(check(IN_LINE, text).given);
    const struct given g =
        check_kind((struct input){.type = IN_LINE, .max = 199}, (str){text, 400}, RAW_FORM);
    assert_true(
        str_eq(g.fault, S("This has 200 characters. At most 199 are allowed. Please make it shorter.")));
    assert_int_equal(g.raw.n, 400);
    desk.lang = LANG_UR;
    const struct given ur =
        check_kind((struct input){.type = IN_LINE, .max = 199}, (str){text, 400}, RAW_FORM);
    assert_true(str_starts(ur.fault, S("اس میں 200 حروف")));
    (void)state;
}

static void secrets_are_not_trimmed_nor_given_back(void **state)
{
    (void)state;
    const struct given g = check(IN_SECRET, " hush ");
    assert_true(g.given);
    assert_true(str_eq(g.text, S(" hush ")));
    assert_null(g.raw.p);
    assert_null(check(IN_SECRET, "hu\x01sh").raw.p);
}

static void tokens_come_as_what_was_signed(void **state)
{
    const str cursor = token_seal(*state, key, S("cursor/x"), S("5,6"), 100);
    struct given g = check_kind((struct input){.type = IN_CURSOR}, cursor, RAW_FORM);
    assert_true(g.given && str_eq(g.text, S("5,6")));
    const str signed_text = token_seal(*state, key, S("sign/x"), S("step 2"), 100);
    g = check_kind((struct input){.type = IN_SIGNED}, signed_text, RAW_FORM);
    assert_true(g.given && str_eq(g.text, S("step 2")));
    assert_true(str_eq(g.raw, signed_text));
    assert_false(check_kind((struct input){.type = IN_SIGNED}, cursor, RAW_FORM).given);
    const str others = token_seal(*state, key, S("cursor/y"), S("5,6"), 100);
    assert_false(check_kind((struct input){.type = IN_CURSOR}, others, RAW_FORM).given);
    desk.now_ms = 100000;
    assert_false(check_kind((struct input){.type = IN_CURSOR}, cursor, RAW_FORM).given);
}

static void full_arena_is_limit(void **state)
{
    (void)state;
    struct arena *small = arena_open(64);
    struct input_desk narrow = desk;
    narrow.arena = small;
    static char big[3000];
    memset(big, 'x', sizeof big);
    const struct raw raw = {S("x"), {big, sizeof big}, RAW_FORM};
    struct given g = {.n = 77};
    const struct input in = {.name = "x", .type = IN_LINE, .max = 2};
    assert_int_equal(input_check(&narrow, &in, &raw, &g).code, ERR_LIMIT);
    assert_int_equal(g.n, 77);
    arena_free(small);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_type_takes_and_refuses),
        T(reference_is_checked_by_its_digit),
        T(missing_is_said_with_the_label_or_its_own_words),
        T(json_kinds_are_strict),
        T(hidden_characters_are_removed_and_said),
        T(lengths_are_counted_in_characters),
        T(secrets_are_not_trimmed_nor_given_back),
        T(tokens_come_as_what_was_signed),
        T(full_arena_is_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
