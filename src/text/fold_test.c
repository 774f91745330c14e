#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "fold.h"
#include "random.h"

static void assert_folds(struct arena *a, str s, str want)
{
    str once = STR_NONE;
    str twice = STR_NONE;
    assert_int_equal(fold(a, s, &once).code, ERR_OK);
    if (!str_eq(once, want)) {
        fail_msg("\"%.*s\" became \"%.*s\", not \"%.*s\"", STR_F(s), STR_F(once), STR_F(want));
    }
    assert_int_equal(fold(a, once, &twice).code, ERR_OK);
    assert_true(str_eq(once, twice));
}

static void letters_of_three_languages(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *folded;
    } rows[] = {
        {"", ""},
        {"   ", ""},
        {"Water  SUPPLY", "water supply"},
        {"STRASSE straße", "strasse strasse"},
        {"Résumé", "résumé"},
        {"Re\u0301sume\u0301", "résumé"}, /* e with a loose acute */
        {"محلة", "محلہ"},
        {"مُحَلَّہ", "محلہ"},    /* harakat */
        {"پانـــی", "پانی"}, /* tatweel */
        {"پاني", "پانی"},
        {"پانى", "پانی"},
        {"كتاب", "کتاب"},
        {"راه", "راہ"},
        {"درۂ", "درہ"},
        {"أحمد إسلام ٱلله", "احمد اسلام اللہ"},
        {"آب آٹا", "آب آٹا"},
        {"ا\u0653ب", "آب"}, /* alef with a loose madda */
        {"مسئلہ", "مسئلہ"},
        {"مسي\u0654لہ", "مسئلہ"}, /* Arabic yeh with a loose hamza */
        {"مسی\u0654لہ", "مسئلہ"}, /* Farsi yeh, which Unicode does not compose */
        {"مسیـ\u0654لہ", "مسئلہ"},
        {"ی \u0654ب", "ی ب"}, /* but not over a space */
        {"مؤثر مو\u0654ثر", "مؤثر مؤثر"},
        {"بھائی ہے ے ۓ", "بھائی ہے ے ے"},
        {"ښځه ږغ ګل مڼه", "ښځہ ږغ گل مڼہ"},
        {"ې ۍ ئ ی", "ې ۍ ئ ی"},
        {"۱۲۳ ٤٥٦ 789", "123 456 789"},
        {"می\u200Cخواہم", "میخواہم"},       /* ZWNJ */
        {"a\u200Db\u202Ec\u2066d", "abcd"}, /* ZWJ, RLO, LRI */
        {"\uFEFB", "لا"},                   /* lam-alef ligature */
        {"\uFDF2", "اللہ"},                 /* U+FDF2 */
        {"ﭘﺎﻧﯽ", "پانی"},                   /* presentation forms */
        {"ＦＵＬＬ１２", "full12"},
        {"a-b_c, d؛ e۔ f?", "a b c d e f"},
        {"گلی نمبر: 5/7", "گلی نمبر 5 7"},
        {"'; drop table--", "drop table"},
        {"\U0001F600 x \U0001F600", "x"},
        {"\U00010400", "\U00010428"},     /* a letter past U+FFFF: Deseret capital to small */
        {"\u1100\u064E\u1161", "\uAC00"}, /* letters that compose once the mark between them goes */
    };
    struct arena *a = arena_open(100000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_folds(a, str_of(rows[i].typed), str_of(rows[i].folded));
    }
    assert_folds(a, STR_NONE, S(""));
    arena_free(a);
}

/* Five ways to write the same find each other. */
static void spellings_meet(void **state)
{
    (void)state;
    static const char *const ways[] = {"شکایت نہیں ہوئی", "شكايت نہیں ہوئی", "شِکایَت  نہیں\u200F ہوئی",
                                       "شکایت، نہیں؛ ہوي\u0654ی", "ﺷﮑﺎﯾﺖ نہیں ہوی\u0654ی"};
    struct arena *a = arena_open(100000);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        assert_folds(a, str_of(ways[i]), S("شکایت نہیں ہوئی"));
    }
    arena_free(a);
}

static void random_characters(struct buf *b)
{
    static const uint32_t blocks[][2] = {
        {0x20, 0x7F},     {0xA0, 0x24F},      {0x300, 0x36F},   {0x600, 0x6FF},   {0x600, 0x6FF},
        {0x640, 0x6D5},   {0x750, 0x77F},     {0x8A0, 0x8FF},   {0x900, 0xDFF},   {0x1100, 0x11FF},
        {0x1E00, 0x20FF}, {0x2000, 0x206F},   {0x3040, 0x33FF}, {0xAC00, 0xD7A3}, {0xFB50, 0xFEFF},
        {0xFF00, 0xFFEF}, {0x10000, 0x1FFFF}, {0x1, 0x10FFFF},
    };
    const uint32_t n = random_below(12);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t *block = blocks[random_below(sizeof blocks / sizeof blocks[0])];
        buf_utf8(b, block[0] + random_below(block[1] - block[0] + 1));
    }
}

static bool is_clean_fold(str s)
{
    const bool tight = s.n == 0 || (s.p[0] != ' ' && s.p[s.n - 1] != ' ');
    return str_utf8(s) && tight && memmem(s.p, s.n, "  ", 2) == NULL;
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    for (int i = 0; i < 30000; i++) {
        SCOPED(buf_free) struct buf b = buf_new(1000);
        random_characters(&b);
        str once;
        str twice;
        assert_int_equal(fold(a, buf_str(&b), &once).code, ERR_OK);
        assert_int_equal(fold(a, once, &twice).code, ERR_OK);
        if (!str_eq(once, twice) || !is_clean_fold(once)) {
            fail_msg("\"%.*s\": \"%.*s\", \"%.*s\"", STR_F(buf_str(&b)), STR_F(once), STR_F(twice));
        }
        /* The stored form and the typed form fold alike. */
        str nfc;
        assert_int_equal(text_nfc(a, buf_str(&b), &nfc).code, ERR_OK);
        assert_int_equal(fold(a, nfc, &twice).code, ERR_OK);
        if (!str_eq(once, twice)) {
            for (size_t k = 0; k < buf_str(&b).n;) {
                print_message("U+%04X ", (unsigned)str_next(buf_str(&b), &k));
            }
            fail_msg("\"%.*s\": \"%.*s\", in NFC \"%.*s\"", STR_F(buf_str(&b)), STR_F(once), STR_F(twice));
        }
        arena_clear(a);
    }
    arena_free(a);
}

static void every_single_character(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        SCOPED(buf_free) struct buf b = buf_new(8);
        str once;
        str twice;
        buf_utf8(&b, c);
        assert_int_equal(fold(a, buf_str(&b), &once).code, ERR_OK);
        assert_int_equal(fold(a, once, &twice).code, ERR_OK);
        if (!str_eq(once, twice) || !is_clean_fold(once)) {
            fail_msg("U+%04X", (unsigned)c);
        }
        arena_clear(a);
    }
    arena_free(a);
}

static void what_is_no_text_and_what_does_not_fit(void **state)
{
    (void)state;
    struct arena *a = arena_open(64);
    str out = S("untouched");
    assert_int_equal(fold(a, S("ab\xC3"), &out).code, ERR_INVALID);
    assert_int_equal(fold(a, (str){"a\0b", 3}, &out).code, ERR_INVALID);
    assert_int_equal(text_nfc(a, S("\xED\xA0\x80"), &out).code, ERR_INVALID);
    assert_int_equal(
        fold(a, S("01234567890123456789012345678901234567890123456789012345678901234567890"), &out).code,
        ERR_LIMIT);
    assert_true(str_eq(out, S("untouched")));
    assert_null(digits_ascii(a, S("1")).p);
    assert_null(text_clean(a, S("1"), false).p);
    arena_free(a);
}

static void nfc_keeps_what_was_written(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    str out;
    assert_int_equal(text_nfc(a, S("ا\u0653ب ي ك ۱ ﻻ ﷲ"), &out).code, ERR_OK);
    assert_true(str_eq(out, S("آب ي ك ۱ ﻻ ﷲ")));
    assert_int_equal(text_nfc(a, STR_NONE, &out).code, ERR_OK);
    assert_int_equal(out.n, 0);
    arena_free(a);
}

static void digits_only(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    assert_true(str_eq(digits_ascii(a, S("۰۹ ٠٩ 09 يك \xDB")), S("09 09 09 يك \xDB")));
    assert_null(digits_ascii(a, STR_NONE).p);
    assert_true(str_eq(digits_ascii(a, S("")), S("")));
    arena_free(a);
}

static void faults_of_typed_text(void **state)
{
    (void)state;
    static const struct {
        str s;
        enum text_fault one_line, several_lines;
    } rows[] = {
        {S_INIT("پانی نہیں 😀"), TEXT_OK, TEXT_OK},
        {S_INIT(""), TEXT_OK, TEXT_OK},
        {S_INIT("a\r\n\tb"), TEXT_CONTROL, TEXT_OK},
        {S_INIT("a\u2028b"), TEXT_CONTROL, TEXT_OK},
        {S_INIT("a\x1B[0m"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("a\x7F"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("a\xC2\x85"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("a\x0C"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("a\xEF\xBF\xBF"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("\u202Eabc"), TEXT_BIDI, TEXT_BIDI},
        {S_INIT("\u2069abc"), TEXT_BIDI, TEXT_BIDI},
        {S_INIT("\u200F\u200E\u061C\u200Cabc"), TEXT_OK, TEXT_OK}, /* marks and ZWNJ */
        {S_INIT("\u202E\x01"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("\x01\u202E"), TEXT_CONTROL, TEXT_CONTROL},
        {S_INIT("\x01\0b"), TEXT_NUL, TEXT_NUL},
        {S_INIT("a\0b\xFF"), TEXT_NOT_UTF8, TEXT_NOT_UTF8},
        {S_INIT("\xED\xA0\x80"), TEXT_NOT_UTF8, TEXT_NOT_UTF8},
        {S_INIT("\xEF\xBF\xBD"), TEXT_OK, TEXT_OK}, /* U+FFFD itself */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(text_check(rows[i].s, false), rows[i].one_line);
        assert_int_equal(text_check(rows[i].s, true), rows[i].several_lines);
    }
    assert_int_equal(text_check(STR_NONE, false), TEXT_OK);
}

static void cleaning(void **state)
{
    (void)state;
    struct arena *a = arena_open(10000);
    const str dirty = S("a\0b\x1B"
                        "c\u202Ed\xFF"
                        "e\r\nf\x0Cg");
    assert_true(str_eq(text_clean(a, dirty, true), S("abcd\xEF\xBF\xBD"
                                                     "e\r\nf g")));
    assert_true(str_eq(text_clean(a, dirty, false), S("abcd\xEF\xBF\xBD"
                                                      "e  f g")));
    assert_true(str_eq(text_clean(a, S("پانی\u200C ہے"), false), S("پانی\u200C ہے")));
    assert_true(str_eq(text_clean(a,
                                  S("a\u2028b\xC2\x85"
                                    "c"),
                                  false),
                       S("a b c")));
    assert_non_null(text_clean(a, S(""), false).p);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_three_languages),
        cmocka_unit_test(spellings_meet),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(every_single_character),
        cmocka_unit_test(what_is_no_text_and_what_does_not_fit),
        cmocka_unit_test(nfc_keeps_what_was_written),
        cmocka_unit_test(digits_only),
        cmocka_unit_test(faults_of_typed_text),
        cmocka_unit_test(cleaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
