#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "phone.h"

static void accepted_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *e164;
    } rows[] = {
        {"0300 1234567", "+923001234567"},
        {"0300-1234567", "+923001234567"},
        {"03001234567", "+923001234567"},
        {"+92-300-1234567", "+923001234567"},
        {"+92 (0) 300 1234567", "+923001234567"},
        {"0092 300 1234567", "+923001234567"},
        {"00923001234567", "+923001234567"},
        {"+00923001234567", "+923001234567"},
        {"923001234567", "+923001234567"},
        {"9203001234567", "+923001234567"},
        {"(0300) 123 4567", "+923001234567"},
        {"0300.123.4567", "+923001234567"},
        {"0300/1234567", "+923001234567"},
        {"0300–1234567", "+923001234567"},
        {"3001234567", "+923001234567"},
        {"۰۳۰۰۱۲۳۴۵۶۷", "+923001234567"},
        {"٠٣٠٠١٢٣٤٥٦٧", "+923001234567"},
        {"۰۳۰۰-1234567", "+923001234567"},
        {"\u202A+92 300 1234567\u202C", "+923001234567"},   /* LRE … PDF */
        {"\u20660300\u00A01234567\u2069", "+923001234567"}, /* LRI, NBSP, PDI */
        {"\u200F\u200E0300\u20111234567\uFEFF", "+923001234567"},
        {" \t0300 1234567\r\n", "+923001234567"},
        {"0923-610123", "+92923610123"},
        {"0923 6101234", "+929236101234"},
        {"+92 923 610123", "+92923610123"},
        {"92 923 610123", "+92923610123"},
        {"042-35761234", "+924235761234"},
        {"091-9212345", "+92919212345"},
        {"+44 20 7946 0958", "+442079460958"},
        {"+93 70 123 4567", "+93701234567"},
        {"+1 (202) 555-0123", "+12025550123"},
    };
    struct arena *a = arena_open(100000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        phone p = {STR_NONE};
        const err e = phone_of(a, str_of(rows[i].typed), &p);
        if (e.code != ERR_OK || !str_eq(p.e164, str_of(rows[i].e164))) {
            fail_msg("%s: %s, %.*s", rows[i].typed, err_name(e), STR_F(p.e164));
        }
    }
    arena_free(a);
}

static void refused_spellings(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        " ",
        "+",
        "0",
        "00",
        "+92",
        "1234567",
        "610123",
        "923610123",
        "9221234567",
        "0300 123456",
        "0300 12345678",
        "300123456",
        "03001234567 ext 5",
        "0300+1234567",
        "++923001234567",
        "+92 300 123456",
        "+92 123 4567890",
        "00300 1234567",
        "0044 20 7946 0958",
        "+0300 1234567",
        "+123",
        "+1234567890123456",
        "0300,1234567",
        "0300 1234567\xFF",
        "0123456789",
        "+920",
        "00920",
        "0300 1234567 0300 1234567",
    };
    struct arena *a = arena_open(100000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        phone p = {S("untouched")};
        const err e = phone_of(a, str_of(rows[i]), &p);
        if (e.code != ERR_INVALID || !str_eq(p.e164, S("untouched"))) {
            fail_msg("%s: %s, %.*s", rows[i], err_name(e), STR_F(p.e164));
        }
    }
    phone p;
    assert_int_equal(phone_of(a, STR_NONE, &p).code, ERR_INVALID);
    assert_int_equal(phone_of(a,
                              (str){"0300123\0"
                                    "4567",
                                    12},
                              &p)
                         .code,
                     ERR_INVALID);
    arena_free(a);
}

static void shown_as_people_write_it(void **state)
{
    (void)state;
    static const struct {
        const char *e164, *local, *masked;
    } rows[] = {
        {"+923001234567", "0300-1234567", "0300-•••••67"},   {"+92923610123", "0923-610123", "0923-••••23"},
        {"+924235761234", "042-35761234", "042-••••••34"},   {"+92919212345", "091-9212345", "091-•••••45"},
        {"+92519201234", "051-9201234", "051-•••••34"},      {"+92582212345", "05822-12345", "05822-•••45"},
        {"+442079460958", "+442079460958", "+44••••••••58"}, {"+12345678", "+12345678", "+12••••78"},
    };
    struct arena *a = arena_open(100000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        phone p;
        assert_int_equal(phone_of(a, str_of(rows[i].e164), &p).code, ERR_OK);
        assert_true(str_eq(p.e164, str_of(rows[i].e164)));
        const str local = phone_local(a, p);
        const str masked = phone_masked(a, p);
        if (!str_eq(local, str_of(rows[i].local)) || !str_eq(masked, str_of(rows[i].masked))) {
            fail_msg("%s: %.*s %.*s", rows[i].e164, STR_F(local), STR_F(masked));
        }
        phone again;
        assert_int_equal(phone_of(a, local, &again).code, ERR_OK);
        assert_true(str_eq(again.e164, p.e164));
    }
    arena_free(a);
}

static void a_full_arena_is_a_limit(void **state)
{
    (void)state;
    struct arena *a = arena_open(8);
    phone p;
    assert_int_equal(phone_of(a, S("0300 1234567"), &p).code, ERR_LIMIT);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted_spellings),
        cmocka_unit_test(refused_spellings),
        cmocka_unit_test(shown_as_people_write_it),
        cmocka_unit_test(a_full_arena_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
