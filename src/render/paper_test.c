/* paper_test.c: whatever people typed can be printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paper.h"

enum { SOME = 1 << 20, URDU_LETTERS = 3000 };

static str printed(struct arena *a, str typed)
{
    struct paper_draft d;
    const struct paper *p = NULL;
    paper_begin(&d, a, LANG_UR, PAPER_A4, 0, S("Minutes"));
    paper_text(&d, paper_said(LANG_UR, typed));
    assert_int_equal(paper_done(&d, &p).code, ERR_OK);
    return p->pieces[0].words[0].text;
}

static void what_was_typed_is_printed(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    assert_true(str_eq(printed(a, S("گلی\nپانی")), S("گلی\nپانی")));
    assert_true(str_eq(printed(a, STR_NONE), S("")));
    assert_true(str_eq(printed(a, S("one\ttwo\x7f")), S("one two "))); /* out of a spreadsheet */
    arena_free(a);
}

static void what_is_too_long_is_cut_at_a_letter(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    SCOPED(buf_free) struct buf b = buf_new(SOME);
    for (int i = 0; i < URDU_LETTERS; i++) {
        buf_put(&b, i == 0 ? S("x") : S("پ"));
    }
    const str text = printed(a, buf_str(&b));
    assert_in_range(text.n, PAPER_TEXT_MAX - 2, PAPER_TEXT_MAX);
    assert_true(str_eq(str_sub(text, text.n - 3, 3), S("…")));
    const str all = str_sub(buf_str(&b), 0, PAPER_TEXT_MAX - 1);
    assert_true(str_eq(printed(a, all), all));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_typed_is_printed),
        cmocka_unit_test(what_is_too_long_is_cut_at_a_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
