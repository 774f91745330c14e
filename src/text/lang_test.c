#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang.h"

static void codes_in_any_case_and_with_regions(void **state)
{
    (void)state;
    enum lang l = LANG_N;
    assert_true(lang_of(S("ur"), &l) && l == LANG_UR);
    assert_true(lang_of(S("UR-pk"), &l) && l == LANG_UR);
    assert_true(lang_of(S("ps-Arab-AF"), &l) && l == LANG_PS);
    assert_true(lang_of(S("en"), &l) && l == LANG_EN);
    assert_false(lang_of(S("urd"), &l));
    assert_false(lang_of(S("u"), &l));
    assert_false(lang_of(S(""), &l));
    assert_false(lang_of(STR_NONE, &l));
    assert_false(lang_of(S("sd"), &l));
    assert_int_equal(l, LANG_EN); /* untouched on failure */
}

static void every_row_is_filled_and_falls_back_to_english(void **state)
{
    (void)state;
    for (int i = 0; i < LANG_N; i++) {
        enum lang l = LANG_N;
        assert_true(lang_of(lang_table[i].code, &l) && (int)l == i);
        assert_true(lang_table[i].own_name.n > 0);
        assert_true(str_eq(lang_table[i].dir, i == LANG_EN ? S("ltr") : S("rtl")));
        for (int steps = 0; l != LANG_EN; steps++) {
            assert_true(steps < LANG_N);
            l = lang_table[l].fallback;
        }
    }
}

static void accept_language(void **state)
{
    (void)state;
    static const struct {
        str header;
        enum lang want;
    } rows[] = {
        {S_INIT("ur"), LANG_UR},
        {S_INIT("ps-AF,ur;q=0.8,en;q=0.5"), LANG_PS},
        {S_INIT("en;q=0.5 , ur ; q=0.8"), LANG_UR},
        {S_INIT("sd, ur;q=0.4, en;q=0.3"), LANG_UR},
        {S_INIT("ur;q=0.9,ps;q=0.9"), LANG_UR}, /* the first of equals */
        {S_INIT("ur;q=0.001,ps;q=0.002"), LANG_PS},
        {S_INIT("ur;q=0"), LANG_EN},
        {S_INIT("*"), LANG_EN},
        {S_INIT("*;q=0.1,ur;q=0.2"), LANG_UR},
        {S_INIT("fr,de"), LANG_EN},
        {S_INIT(""), LANG_EN},
        {S_INIT(",,;,ur"), LANG_UR},
        {S_INIT("ur;q=2,ps;q=0.1"), LANG_PS}, /* malformed weights are not wanted */
        {S_INIT("ur;q=1.001,ps;q=0.1"), LANG_PS},
        {S_INIT("ur;q=0.1234,ps;q=0.1"), LANG_PS},
        {S_INIT("ur;q=,ps;q=0.1"), LANG_PS},
        {S_INIT("ur;q=0x9,ps;q=0.1"), LANG_PS},
        {S_INIT("ur;Q=1.000"), LANG_UR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (lang_accept(rows[i].header) != rows[i].want) {
            fail_msg("%.*s", STR_F(rows[i].header));
        }
    }
    assert_int_equal(lang_accept(STR_NONE), LANG_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_in_any_case_and_with_regions),
        cmocka_unit_test(every_row_is_filled_and_falls_back_to_english),
        cmocka_unit_test(accept_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
