#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "wording.h"

/* What differs, as "[taken out]{put in}". */
static str differs(struct arena *a, const char *old, const char *now)
{
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    struct wording_part *parts;
    size_t n;
    assert_int_equal(wording_differ(a, str_of(old), str_of(now), &parts, &n).code, ERR_OK);
    for (size_t i = 0; i < n; i++) {
        static const char *const before[] = {"", "[", "{"};
        static const char *const behind[] = {"", "]", "}"};
        buf_printf(&b, "%s%.*s%s", before[parts[i].as], STR_F(parts[i].text), behind[parts[i].as]);
    }
    return arena_str(a, buf_str(&b));
}

static void test_words_that_differ_are_marked(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"", "", ""},
        {"one two", "one two", "one two"},
        {"", "one", "{one}"},
        {"one", "", "[one]"},
        {"one two three", "one 2 three", "one [two ]{2 }three"},
        {"one two", "one two three", "one two {three}"},
        {"one  two", "one two", "one two"}, /* blanks make no difference */
        {"a b c d", "a c d", "a [b ]c d"},
        {"a\n\nb", "a\nb", "a[\n\n]{\n}b"},
        {"پانی نہیں آتا", "پانی آتا ہے", "پانی [نہیں ]آتا {ہے}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *a = arena_open(1 << 20);
        const str got = differs(a, cases[i][0], cases[i][1]);
        assert_true(str_eq(got, str_of(cases[i][2])));
        arena_free(a);
    }
}

/* Blanks behind a word are those of the new text. */
static str without_blanks(struct arena *a, str s)
{
    char *p = arena_array_of(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != ' ') {
            p[n++] = s.p[i];
        }
    }
    return (str){p, n};
}

/* Without what was put in it is the old text, without what was taken out the new one. */
static void test_both_texts_can_be_read_from_it(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        struct arena *a = arena_open(1 << 20);
        char text[2][200];
        for (int t = 0; t < 2; t++) {
            size_t n = 0;
            for (int w = 0; w < 30; w++) {
                seed = seed * 1664525 + 1013904223;
                text[t][n++] = (char)('a' + (seed >> 24) % 3);
                text[t][n++] = (seed >> 16) % 5 == 0 ? '\n' : ' ';
            }
            text[t][n] = '\0';
        }
        SCOPED(buf_free) struct buf old = buf_new(400);
        SCOPED(buf_free) struct buf now = buf_new(400);
        struct wording_part *parts;
        size_t n;
        assert_int_equal(wording_differ(a, str_of(text[0]), str_of(text[1]), &parts, &n).code, ERR_OK);
        for (size_t i = 0; i < n; i++) {
            assert_true(i == 0 || parts[i].as != parts[i - 1].as);
            if (parts[i].as != WORDING_NEW) {
                buf_put(&old, parts[i].text);
            }
            if (parts[i].as != WORDING_OLD) {
                buf_put(&now, parts[i].text);
            }
        }
        assert_true(str_eq(without_blanks(a, buf_str(&old)), without_blanks(a, str_of(text[0]))));
        assert_true(str_eq(buf_str(&now), str_of(text[1])));
        arena_free(a);
    }
}

/* Too long to be compared word by word: one whole out, one in; nothing is lost, and no memory either. */
static void test_what_is_too_long_is_shown_whole(void **state)
{
    (void)state;
    enum { WORDS = WORDING_WORDS + 10 };
    static char old[2 * WORDS + 1];
    static char now[2 * WORDS + 1];
    struct arena *a = arena_open(2 << 20);
    struct wording_part *parts;
    size_t n;
    for (size_t i = 0; i < WORDS; i++) {
        memcpy(old + 2 * i, "a ", 2);
        memcpy(now + 2 * i, "b ", 2);
    }
    assert_int_equal(wording_differ(a, str_of(old), str_of(now), &parts, &n).code, ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(parts[0].as, WORDING_OLD);
    assert_int_equal(parts[0].text.n, strlen(old));
    assert_int_equal(parts[1].text.n, strlen(now));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_differ_are_marked),
        cmocka_unit_test(test_both_texts_can_be_read_from_it),
        cmocka_unit_test(test_what_is_too_long_is_shown_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
