#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv.h"

static void assert_row(struct csv *c, struct arena *a, const str *want, size_t want_n)
{
    const str *f;
    size_t n;
    assert_int_equal(csv_row(c, a, &f, &n).code, ERR_OK);
    assert_int_equal(n, want_n);
    for (size_t i = 0; i < n; i++) {
        assert_true(str_eq(f[i], want[i]));
    }
}
#define ROW(...) (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str)

static void rows_of_every_shape(void **state)
{
    (void)state;
    struct arena *a = arena_open(100000);
    const str *f;
    size_t n;
    struct csv c = csv_read(S("\xEF\xBB\xBF"
                              "code,name\r\n"
                              "1,\"پانی, \"\"صاف\"\"\"\n"
                              "\"2\",\"line\r\nbreak\"\r\n"
                              ",\n"
                              "\"\",x y"));
    assert_row(&c, a, ROW(S("code"), S("name")));
    assert_int_equal(c.line, 1);
    assert_row(&c, a, ROW(S("1"), S("پانی, \"صاف\"")));
    assert_row(&c, a, ROW(S("2"), S("line\r\nbreak")));
    assert_int_equal(c.line, 3);
    assert_row(&c, a, ROW(S(""), S("")));
    assert_int_equal(c.line, 5); /* the line break inside the field counts */
    assert_row(&c, a, ROW(S(""), S("x y")));
    assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_NOT_FOUND);
    arena_free(a);
}

static void malformed_rows_name_their_line(void **state)
{
    (void)state;
    static const str bad[] = {
        S_INIT("a,b\n1\n"),        S_INIT("a,b\n1,2,3\n"),    S_INIT("a,b\n1,\"2\n"),
        S_INIT("a,b\n1,\"2\"x\n"), S_INIT("a,b\n1,x\"2\"\n"), S_INIT("a,b\n1,2\rx,y\n"),
        S_INIT("a,b\n1,2\r"),      S_INIT("a,b\n\n1,2\n"),    S_INIT("a,b\n1,\"2\"\"\n"),
        S_INIT("a,b\n1,\xC3\n"),   S_INIT("a,b\n1,\"\"\"\n"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena *a = arena_open(100000);
        struct csv c = csv_read(bad[i]);
        assert_row(&c, a, ROW(S("a"), S("b")));
        const str *f = NULL;
        size_t n = 99;
        assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_INVALID);
        assert_int_equal(c.line, 2);
        assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_INVALID); /* not passed over */
        assert_null(f);
        assert_int_equal(n, 99);
        arena_free(a);
    }
}

static void nothing_and_too_much(void **state)
{
    (void)state;
    struct arena *a = arena_open(64);
    const str *f;
    size_t n;
    struct csv c = csv_read(S("\xEF\xBB\xBF"));
    assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_NOT_FOUND);
    c = csv_read(STR_NONE);
    assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_NOT_FOUND);
    c = csv_read(S("a,b,c,d,e,f,g,h,i\n"));
    assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_LIMIT);
    arena_clear(a);
    c = csv_read(S("a,012345678901234567890123456789\n"));
    assert_int_equal(csv_row(&c, a, &f, &n).code, ERR_LIMIT);
    arena_free(a);
}

static void columns_by_name(void **state)
{
    (void)state;
    const str header[] = {S("code"), S("name"), S("code2"), S("twice"), S("twice")};
    size_t at = 99;
    assert_int_equal(csv_column(header, 5, S("name"), &at).code, ERR_OK);
    assert_int_equal(at, 1);
    assert_int_equal(csv_column(header, 5, S("cod"), &at).code, ERR_INVALID);
    assert_int_equal(csv_column(header, 5, S("twice"), &at).code, ERR_INVALID);
    assert_int_equal(at, 1);
}

static void writing_quotes_when_needed(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1000);
    csv_put_text(&b, S("plain"), true);
    csv_put_text(&b, S("a,b"), false);
    csv_put_text(&b, S("say \"x\""), false);
    csv_put_text(&b, S("two\nlines"), false);
    csv_put_text(&b, S(""), false);
    csv_put_text(&b, STR_NONE, false);
    csv_put_i64(&b, -5, false);
    csv_end_row(&b);
    csv_put_i64(&b, 7, true);
    csv_end_row(&b);
    assert_true(str_eq(buf_str(&b), S("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,,-5\r\n7\r\n")));
}

static void formulas_are_made_harmless(void **state)
{
    (void)state;
    static const struct {
        str field, written;
    } rows[] = {
        {S_INIT("=1+1"), S_INIT("'=1+1")},     {S_INIT("+92 300"), S_INIT("'+92 300")},
        {S_INIT("-5"), S_INIT("'-5")},         {S_INIT("@SUM(A1)"), S_INIT("'@SUM(A1)")},
        {S_INIT("\t=1"), S_INIT("'\t=1")},     {S_INIT("\r=1"), S_INIT("\"'\r=1\"")},
        {S_INIT("\n=1"), S_INIT("\"'\n=1\"")}, {S_INIT("=A1,\"x\""), S_INIT("\"'=A1,\"\"x\"\"\"")},
        {S_INIT("a=1"), S_INIT("a=1")},        {S_INIT("'x"), S_INIT("'x")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        SCOPED(buf_free) struct buf b = buf_new(100);
        csv_put_text(&b, rows[i].field, true);
        assert_true(str_eq(buf_str(&b), rows[i].written));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_every_shape),        cmocka_unit_test(malformed_rows_name_their_line),
        cmocka_unit_test(nothing_and_too_much),       cmocka_unit_test(columns_by_name),
        cmocka_unit_test(writing_quotes_when_needed), cmocka_unit_test(formulas_are_made_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
