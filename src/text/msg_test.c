#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "msg_table.h"

/* The tables here take the place of the generated ones: the linker then leaves those out. The rows that are
 * not used stand first, with an empty key, so that keys are sorted as msggen sorts them. */
#define T_COUNT ((enum msg)(MSG_N - 4))
#define T_DUE ((enum msg)(MSG_N - 3))
#define T_ONLY_EN ((enum msg)(MSG_N - 2))
#define T_UNFILLED ((enum msg)(MSG_N - 1))

const struct msg_row msg_rows[MSG_N] = {
    [MSG_NONE] = {"", false},           [T_COUNT] = {"a.count", true},        [T_DUE] = {"b.due", false},
    [T_ONLY_EN] = {"c.only-en", false}, [T_UNFILLED] = {"d.unfilled", false},
};
const str *const msg_texts[LANG_N][MSG_N] = {
    [LANG_EN] =
        {
            [T_COUNT] = (const str[]){S_INIT("One case"), S_INIT("{n} cases in {place}")},
            [T_DUE] = (const str[]){S_INIT("{ref}{ref} is due on {day}.")},
            [T_ONLY_EN] = (const str[]){S_INIT("Only here: {n}")},
            [T_UNFILLED] = (const str[]){S_INIT("{who}")},
        },
    [LANG_UR] =
        {
            [T_COUNT] = (const str[]){S_INIT("ایک"), S_INIT("{place}: {n}")},
            [T_DUE] = (const str[]){S_INIT("{day} {ref}")},
        },
    [LANG_PS] = {[T_COUNT] = (const str[]){S_INIT("یو"), S_INIT("{n} {place}")}},
};

static size_t other_than_one(uint64_t n)
{
    return n != 1;
}

size_t (*const msg_plurals[LANG_N])(uint64_t n) = {
    [LANG_EN] = other_than_one,
    [LANG_UR] = other_than_one,
    [LANG_PS] = other_than_one,
};

#define PUTS(expected, lang, id, n, ...)                                      \
    do {                                                                      \
        const struct msg_arg args_[] = {__VA_ARGS__};                         \
        SCOPED(buf_free) struct buf b_ = buf_new(1000);                       \
        msg_put(&b_, (lang), (id), (n), args_, sizeof args_ / sizeof *args_); \
        buf_putc(&b_, '\0');                                                  \
        assert_string_equal(buf_str(&b_).p, (expected));                      \
    } while (0)

static void texts_fall_back_along_the_languages(void **state)
{
    (void)state;
    assert_int_equal(msg_lang(LANG_PS, T_COUNT), LANG_PS);
    assert_int_equal(msg_lang(LANG_PS, T_DUE), LANG_UR);
    assert_int_equal(msg_lang(LANG_PS, T_ONLY_EN), LANG_EN);
    assert_int_equal(msg_lang(LANG_UR, T_ONLY_EN), LANG_EN);
    assert_true(str_eq(msg_text(LANG_PS, T_DUE), S("{day} {ref}")));
    assert_true(str_eq(msg_text(LANG_EN, T_COUNT), S("One case")));
}

static void nothing_and_nonsense_are_empty(void **state)
{
    (void)state;
    assert_int_equal(msg_text(LANG_UR, MSG_NONE).n, 0);
    assert_int_equal(msg_text(LANG_UR, MSG_N).n, 0);
    assert_string_equal(msg_key(MSG_NONE), "");
    assert_string_equal(msg_key(MSG_N), "");
    PUTS("", LANG_EN, MSG_NONE, 1, {"a", S("x")});
    PUTS("", LANG_EN, MSG_N, 1, {"a", S("x")});
}

static void placeholders_are_filled_by_name(void **state)
{
    (void)state;
    PUTS("11 is due on 9.", LANG_EN, T_DUE, 0, {"day", S("9")}, {"ref", S("1")});
    PUTS("9 1", LANG_UR, T_DUE, 0, {"ref", S("1")}, {"day", S("9")});
}

static void what_is_not_given_stays_visible(void **state)
{
    (void)state;
    PUTS("{ref}{ref} is due on 9.", LANG_EN, T_DUE, 0, {"day", S("9")}, {"re", S("1")}, {"reff", S("2")});
}

static void values_are_not_filled_in_again(void **state)
{
    (void)state;
    PUTS("{day}{day} is due on {ref}.", LANG_EN, T_DUE, 0, {"day", S("{ref}")}, {"ref", S("{day}")});
    PUTS("", LANG_EN, T_UNFILLED, 0, {"who", S("")});
}

static void the_number_chooses_the_form(void **state)
{
    (void)state;
    PUTS("0 cases in Swat", LANG_EN, T_COUNT, 0, {"place", S("Swat")});
    PUTS("One case", LANG_EN, T_COUNT, 1, {"place", S("Swat")});
    PUTS("One case", LANG_EN, T_COUNT, -1, {"place", S("Swat")});
    PUTS("1,234 cases in Swat", LANG_EN, T_COUNT, 1234, {"place", S("Swat")});
    PUTS("many cases in Swat", LANG_EN, T_COUNT, 2, {"n", S("many")}, {"place", S("Swat")});
}

static void numbers_have_the_digits_of_the_sentence(void **state)
{
    (void)state;
    PUTS("۲ x", LANG_PS, T_COUNT, 2, {"place", S("x")});
    PUTS("Only here: 2", LANG_PS, T_ONLY_EN, 2, {"place", S("x")});
}

static void the_smallest_number_is_a_number(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1000);
    msg_put(&b, LANG_EN, T_ONLY_EN, INT64_MIN, NULL, 0);
    assert_true(str_starts(buf_str(&b), S("Only here: ")));
    assert_true(str_ends(buf_str(&b), S("808")));
}

static void pieces_say_what_was_filled(void **state)
{
    (void)state;
    const struct msg_arg args[] = {{"ref", S("1")}};
    struct msg_walk w = msg_walk(LANG_EN, T_DUE, 0, args, 1);
    static const struct {
        str piece;
        bool filled;
    } want[] = {{S_INIT("1"), true},
                {S_INIT("1"), true},
                {S_INIT(" is due on "), false},
                {S_INIT("{day}"), false},
                {S_INIT("."), false}};
    str piece;
    bool filled;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_true(msg_walk_next(&w, &piece, &filled));
        assert_true(str_eq(piece, want[i].piece));
        assert_int_equal(filled, want[i].filled);
    }
    assert_false(msg_walk_next(&w, &piece, &filled));
}

static void keys_are_found(void **state)
{
    (void)state;
    for (unsigned id = T_COUNT; id < MSG_N; id++) {
        enum msg found = MSG_NONE;
        assert_true(msg_of_key(str_of(msg_key((enum msg)id)), &found));
        assert_int_equal(found, id);
    }
    enum msg found = MSG_NONE;
    assert_false(msg_of_key(S("b.du"), &found));
    assert_false(msg_of_key(S("b.due."), &found));
    assert_false(msg_of_key(S("zzz"), &found));
    assert_int_equal(found, MSG_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_fall_back_along_the_languages),
        cmocka_unit_test(nothing_and_nonsense_are_empty),
        cmocka_unit_test(placeholders_are_filled_by_name),
        cmocka_unit_test(what_is_not_given_stays_visible),
        cmocka_unit_test(values_are_not_filled_in_again),
        cmocka_unit_test(the_number_chooses_the_form),
        cmocka_unit_test(numbers_have_the_digits_of_the_sentence),
        cmocka_unit_test(the_smallest_number_is_a_number),
        cmocka_unit_test(pieces_say_what_was_filled),
        cmocka_unit_test(keys_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
