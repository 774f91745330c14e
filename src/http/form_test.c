#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "form.h"

static void check(const struct form *f, size_t i, str name, str value)
{
    assert_true(i < f->n);
    assert_true(str_eq(f->pairs[i].name, name));
    assert_true(str_eq(f->pairs[i].value, value));
}

static void test_urlencoded(void **state)
{
    (void)state;
    struct arena *a = arena_open(65536);
    struct form f = {0};
    assert_int_equal(form_urlencoded(a, S("a=1&b=x+y%26%3d&&c&=v&a=2&d=e=f&"), &f).code, ERR_OK);
    assert_int_equal(f.n, 6);
    check(&f, 0, S("a"), S("1"));
    check(&f, 1, S("b"), S("x y&="));
    check(&f, 2, S("c"), S(""));
    check(&f, 3, S(""), S("v"));
    check(&f, 4, S("a"), S("2"));
    check(&f, 5, S("d"), S("e=f"));
    assert_non_null(f.pairs[2].value.p); /* given, though empty */
    assert_true(str_eq(form_get(&f, S("a")), S("1")));
    assert_null(form_get(&f, S("z")).p);
    assert_int_equal(form_urlencoded(a, S("%D8%B3=%00"), &f).code, ERR_OK); /* appends */
    assert_int_equal(f.n, 7);
    check(&f, 0, S("a"), S("1"));
    check(&f, 6, S("\xD8\xB3"), (str){"\0", 1});
    const struct form before = f;
    static const char *const bad[] = {"a=%", "a=%4", "a=%4g", "%zz=1", "ok=1&a=%%41", "a=% 1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(form_urlencoded(a, str_of(bad[i]), &f).code, ERR_INVALID);
        assert_memory_equal(&f, &before, sizeof f);
    }
    assert_int_equal(form_urlencoded(a, S(""), &f).code, ERR_OK);
    assert_int_equal(form_urlencoded(a, STR_NONE, &f).code, ERR_OK);
    assert_int_equal(f.n, 7);
    arena_free(a);
}

static void test_bounds(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    struct form f = {0};
    char text[2 * (FORM_PAIRS_MAX + 1)];
    for (size_t i = 0; i <= FORM_PAIRS_MAX; i++) {
        text[2 * i] = 'a';
        text[2 * i + 1] = '&';
    }
    assert_int_equal(form_urlencoded(a, (str){text, sizeof text}, &f).code, ERR_LIMIT);
    assert_int_equal(f.n, 0);
    assert_int_equal(form_urlencoded(a, (str){text, sizeof text - 2}, &f).code, ERR_OK);
    assert_int_equal(f.n, FORM_PAIRS_MAX);
    assert_int_equal(form_urlencoded(a, S("b"), &f).code, ERR_LIMIT);
    struct arena *small = arena_open(128);
    struct form g = {0};
    assert_int_equal(form_urlencoded(small, (str){text, 100}, &g).code, ERR_LIMIT);
    assert_int_equal(form_multipart(small,
                                    S("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--"),
                                    S("b"), &g)
                         .code,
                     ERR_LIMIT);
    arena_free(small);
    struct buf many = buf_new(1 << 20);
    for (size_t i = 0; i <= FORM_PAIRS_MAX; i++) {
        buf_put(&many, S("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"));
    }
    buf_put(&many, S("--b--"));
    assert_int_equal(form_multipart(a, buf_str(&many), S("b"), &g).code, ERR_LIMIT);
    buf_free(&many);
    arena_free(a);
}

static void test_multipart(void **state)
{
    (void)state;
    struct arena *a = arena_open(65536);
    struct form f = {0};
    const str body =
        S("--b0\r\n"
          "Content-Disposition: form-data; name=\"text\"\r\n"
          "\r\n"
          "line 1\r\n--b\r\nline 3\r\n"
          "--b0\r\n"
          "content-type: image/png\r\n"
          "CONTENT-DISPOSITION: Form-Data; filename=\"a;b.png\"; name=\"a%22b\"; filename*=UTF-8''x\r\n"
          "Content-Transfer-Encoding: binary\r\n"
          "\r\n"
          "\x89PNG\r\n"
          "--b0\r\n"
          "Content-Disposition: form-data; name=empty ; filename=\"\"\r\n"
          "\r\n"
          "\r\n"
          "--b0--\r\n");
    assert_int_equal(form_urlencoded(a, S("q=1"), &f).code, ERR_OK);
    assert_int_equal(form_multipart(a, body, S("b0"), &f).code, ERR_OK);
    assert_int_equal(f.n, 2);
    check(&f, 0, S("q"), S("1"));
    check(&f, 1, S("text"), S("line 1\r\n--b\r\nline 3"));
    assert_int_equal(f.files_n, 2);
    assert_true(str_eq(f.files[0].name, S("a\"b")));
    assert_true(str_eq(f.files[0].file_name, S("a;b.png")));
    assert_true(str_eq(f.files[0].type, S("image/png")));
    assert_true(str_eq(f.files[0].content, S("\x89PNG")));
    assert_true(str_eq(f.files[1].name, S("empty")));
    assert_int_equal(f.files[1].content.n, 0);
    assert_int_equal(f.files[1].file_name.n, 0);
    assert_int_equal(form_urlencoded(a, S("r=2"), &f).code, ERR_OK); /* files are kept when pairs are added */
    assert_int_equal(f.n, 3);
    assert_int_equal(f.files_n, 2);
    struct form none = {0};
    assert_int_equal(form_multipart(a, S("--b0--\r\n"), S("b0"), &none).code, ERR_OK);
    assert_int_equal(none.n, 0);
    arena_free(a);
}

#define PART "Content-Disposition: form-data; name=\"a\"\r\n"
static void test_multipart_malformed(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "--",
        "--b",
        "--b\r\n",
        "--c\r\n" PART "\r\nx\r\n--c--",
        "preamble\r\n--b\r\n" PART "\r\nx\r\n--b--",
        "--b\r\n" PART "\r\nx",
        "--b\r\n" PART "\r\nx\r\n--b",
        "--b\r\n" PART "\r\nx\r\n--b-",
        "--b\r\n" PART "\r\nx\r\n--b--trailer",
        "--b\r\n" PART "\r\nx\r\n--bb\r\n" PART "\r\ny\r\n--b--",
        "--b\n" PART "\r\nx\r\n--b--",
        "--b\r\n" PART "x\r\n--b--",
        "--b\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
        "--b\r\n" PART PART "\r\nx\r\n--b--",
        "--b\r\n" PART "Content-Disposition: form-data; filename=f\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\" x\r\n\r\nx\r\n--b--",
        "--b\r\nContent Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\n" PART "X\r\n\r\nx\r\n--b--",
        "--b\r\n" PART "X: a\001\r\n\r\nx\r\n--b--",
        "--b\r\n" PART "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
        "--b\r\n" PART "\r\nx\r\n--b\r\n--b--",
    };
    struct arena *a = arena_open(65536);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct form f = {0};
        const err e = form_multipart(a, str_of(bad[i]), S("b"), &f);
        if (e.code != ERR_INVALID) {
            print_error("%s\n", bad[i]);
        }
        assert_int_equal(e.code, ERR_INVALID);
        assert_int_equal(f.n, 0);
    }
    struct form f = {0};
    assert_int_equal(form_multipart(a, S("--b\r\n" PART "\r\nx\r\n--b--"), S("b"), &f).code, ERR_OK);
    assert_int_equal(form_multipart(a, S("--b\r\n" PART "\r\nx\r\n--b--"), S(""), &f).code, ERR_INVALID);
    arena_free(a);
}

static void test_boundary(void **state)
{
    (void)state;
    static const struct {
        const char *type, *boundary;
    } cases[] = {
        {"multipart/form-data; boundary=abc", "abc"},
        {"Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b\"", "a b"},
        {"multipart/form-data; boundary=----WebKitFormBoundary0", "----WebKitFormBoundary0"},
        {"multipart/form-data", NULL},
        {"multipart/form-data; boundary=", NULL},
        {"multipart/form-data; boundary=\"\"", NULL},
        {"multipart/form-data; boundary=a; boundary=b", NULL},
        {"multipart/form-data; boundary=\"a", NULL},
        {"multipart/form-data; boundary=\"a \"", NULL},
        {"multipart/form-data; boundary=\"a\tb\"", NULL},
        {"multipart/mixed; boundary=abc", NULL},
        {"application/x-www-form-urlencoded", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const str got = form_boundary(str_of(cases[i].type));
        assert_int_equal(got.p == NULL, cases[i].boundary == NULL);
        assert_true(str_eq(got, str_of(cases[i].boundary)));
    }
    char longest[128] = "multipart/form-data; boundary=";
    const size_t at = strlen(longest);
    memset(longest + at, 'a', 70);
    assert_int_equal(form_boundary((str){longest, at + 70}).n, 70);
    longest[at + 70] = 'a';
    assert_null(form_boundary((str){longest, at + 71}).p);
}

static void test_url_encode(void **state)
{
    (void)state;
    struct buf b = buf_new(1000);
    url_encode(&b, S("aZ09-._~ /?&=%+\"\xD8\xB3"));
    url_encode(&b, (str){"\0", 1});
    assert_true(str_eq(buf_str(&b), S("aZ09-._~%20%2F%3F%26%3D%25%2B%22%D8%B3%00")));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urlencoded), cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_multipart),  cmocka_unit_test(test_multipart_malformed),
        cmocka_unit_test(test_boundary),   cmocka_unit_test(test_url_encode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
