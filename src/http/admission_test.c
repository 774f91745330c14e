#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "admission.h"

/* A head as text: lines end with '\n', fields as "Name: value". */
static int admit_text(const char *text, size_t body_max, struct arena *a, struct admitted *out)
{
    static struct head_field fields[HEAD_FIELDS_MAX + 2];
    struct head h = {.fields = fields, .bytes = strlen(text)};
    str rest = str_of(text);
    str line = str_cut(&rest, '\n');
    h.method = str_cut(&line, ' ');
    h.target = str_cut(&line, ' ');
    h.version = line;
    while (rest.n > 0 && h.fields_n < HEAD_FIELDS_MAX + 2) {
        str value = str_cut(&rest, '\n');
        const str name = str_cut(&value, ':');
        while (str_starts(value, S(" "))) {
            value = str_sub(value, 1, value.n);
        }
        fields[h.fields_n++] = (struct head_field){name, value};
    }
    return admit_head(&h, body_max, a, out);
}

static void check_status(const char *text, int expected)
{
    struct arena *a = arena_open(65536);
    struct admitted in = {0};
    const int got = admit_text(text, 1000, a, &in);
    if (got != expected) {
        print_error("%s -> %d, not %d\n", text, got, expected);
    }
    assert_int_equal(got, expected);
    arena_free(a);
}

static const struct {
    int status;
    const char *text;
} heads[] = {
    {0, "GET / HTTP/1.1\nHost: a\n"},
    {0, "GET / HTTP/1.0\n"},
    {0, "GET / HTTP/1.2\nHost: a\n"},
    {0, "PUT / HTTP/1.1\nHost: a\n"},
    {0, "M-SEARCH / HTTP/1.1\nHost: a\n"},
    {0, "POST / HTTP/1.1\nHost: a\nContent-Length: 1000\n"},
    {0, "POST / HTTP/1.1\nHost: a\nContent-Length: 0001\n"},
    {0, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: Chunked\n"},
    {0, "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nExpect: 100-Continue\n"},
    {0, "GET http://a/x HTTP/1.1\nHost: A\n"},
    {0, "GET http://a HTTP/1.0\n"},
    {400, "GET / HTTP/1.1\n"},
    {400, "GET / HTTP/1.1\nHost: a\nhost: a\n"},
    {400, "GET / HTTP/1.0\nHost: a\nHost: b\n"},
    {400, "GET / HTTP/1.1\nHost:\n"},
    {400, "GET / HTTP/1.1\nHost: a b\n"},
    {400, "GET / HTTP/1.1\nHost: a/b\n"},
    {400, "GET / HTTP/1.1\nHost: user@a\n"},
    {400, "GET / HTTP/1.1\nHost: a,b\n"},
    {400, "get / HTTP/1.1\nHost: a\n"},
    {400, "GE/T / HTTP/1.1\nHost: a\n"},
    {400, " / HTTP/1.1\nHost: a\n"},
    {405, "CONNECT / HTTP/1.1\nHost: a\n"},
    {405, "TRACE / HTTP/1.1\nHost: a\n"},
    {400, "GET /  HTTP/1.1\nHost: a\n"},
    {400, "GET / HTTP/1.x\nHost: a\n"},
    {400, "GET / http/1.1\nHost: a\n"},
    {505, "GET / HTTP/2.0\nHost: a\n"},
    {505, "GET / HTTP/0.9\nHost: a\n"},
    {400, "GET / HTTP/1.1\nHost: a\nX y: 1\n"},
    {400, "GET / HTTP/1.1\nHost : a\n"},
    {400, "GET / HTTP/1.1\nHost: a\nX(y): 1\n"},
    {400, "GET / HTTP/1.1\nHost: a\n: 1\n"},
    {400, "GET / HTTP/1.1\nHost: a\nX: a\001b\n"},
    {400, "GET / HTTP/1.1\nHost: a\nX: a\rb\n"},
    {400, "GET / HTTP/1.1\nHost: a\nX: a\177b\n"},
    {0, "GET / HTTP/1.1\nHost: a\nX: a\tb \xD8\xB3\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: 1, 1\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: +1\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: -1\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: 0x10\n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length: 1 \n"},
    {400, "POST / HTTP/1.1\nHost: a\nContent-Length:\n"},
    {413, "POST / HTTP/1.1\nHost: a\nContent-Length: 1001\n"},
    {413, "POST / HTTP/1.1\nHost: a\nContent-Length: 99999999999999999999999\n"},
    {501, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: gzip, chunked\n"},
    {501, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: identity\n"},
    {501, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked \n"},
    {501, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: xchunked\n"},
    {400, "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n"},
    {400, "POST / HTTP/1.0\nHost: a\nTransfer-Encoding: chunked\n"},
    {0, "GET / HTTP/1.1\nHost: a\nExpect: 200-ok\n"},
    {0, "GET / HTTP/1.1\nHost: a\nExpect: 100-continue\nExpect: 100-continue\n"},
    {400, "GET / HTTP/1.1\nHost: a\nContent-Type: text/a\nContent-Type: text/b\n"},
    {400, "GET http://b/x HTTP/1.1\nHost: a\n"},
    {400, "GET http:///x HTTP/1.1\nHost: a\n"},
    {400, "GET ftp://a/x HTTP/1.1\nHost: a\n"},
    {400, "GET x HTTP/1.1\nHost: a\n"},
    {400, "GET * HTTP/1.1\nHost: a\n"},
    {400, "GET /a#b HTTP/1.1\nHost: a\n"},
    {400, "GET /a\tb HTTP/1.1\nHost: a\n"},
};

static void test_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        check_status(heads[i].text, heads[i].status);
    }
}

static void test_paths(void **state)
{
    (void)state;
    static const struct {
        const char *target, *path, *query; /* path NULL: 400 */
    } targets[] = {
        {"/", "/", ""},
        {"/?", "/", ""},
        {"/a?b=%zz&c", "/a", "b=%zz&c"},
        {"/a?b?c", "/a", "b?c"},
        {"/%61%20b+c", "/a b+c", ""},
        {"/%D8%B3", "/\xD8\xB3", ""},
        {"/\xD8\xB3", "/\xD8\xB3", ""},
        {"//a///b//", "/a/b/", ""},
        {"http://h?q", "/", "q"},
        {"https://h/p//q?r", "/p/q", "r"},
        {"/a%", NULL, NULL},
        {"/a%4", NULL, NULL},
        {"/a%g1", NULL, NULL},
        {"/a%00b", NULL, NULL},
        {"/a%2Fb", NULL, NULL},
        {"/a%2fb", NULL, NULL},
        {"/a%0ab", NULL, NULL},
        {"/a%7f", NULL, NULL},
        {"/.", NULL, NULL},
        {"/..", NULL, NULL},
        {"/a/../b", NULL, NULL},
        {"/a/%2e%2E/b", NULL, NULL},
        {"/a/./b", NULL, NULL},
        {"/a/.b", "/a/.b", ""},
        {"/a/...", "/a/...", ""},
        {"/%ff", NULL, NULL},
        {"/%ed%a0%80", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct arena *a = arena_open(65536);
        struct admitted in = {0};
        char text[256];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\nHost: h\n", targets[i].target);
        const int status = admit_text(text, 0, a, &in);
        if ((status == 0) != (targets[i].path != NULL)) {
            print_error("%s -> %d\n", targets[i].target, status);
        }
        assert_int_equal(status, targets[i].path == NULL ? 400 : 0);
        if (status == 0) {
            assert_true(str_eq(in.path, str_of(targets[i].path)));
            assert_true(str_eq(in.query, str_of(targets[i].query)));
        }
        arena_free(a);
    }
}

static void test_what_is_told(void **state)
{
    (void)state;
    struct arena *a = arena_open(65536);
    struct admitted in = {0};
    assert_int_equal(admit_text("POST /p HTTP/1.1\nHost: a\nContent-Type: Text/HTML ; charset=utf-8\n"
                                "Content-Length: 7\nExpect: 100-continue\n",
                                10, a, &in),
                     0);
    assert_int_equal(in.method, HTTP_POST);
    assert_true(str_eq(in.content_type, S("text/html")));
    assert_int_equal(in.length, 7);
    assert_true(in.expects);
    assert_int_equal(admit_text("HEAD / HTTP/1.1\nHost: a\n", 10, a, &in), 0);
    assert_int_equal(in.method, HTTP_HEAD);
    assert_int_equal(in.length, 0);
    assert_int_equal(in.content_type.n, 0);
    assert_int_equal(admit_text("DELETE / HTTP/1.0\nTransfer-encoding: chunked\n", 10, a, &in), 400);
    assert_int_equal(admit_text("PUT / HTTP/1.1\nHost: a\nTransfer-encoding: chunked\n", 10, a, &in), 0);
    assert_int_equal(in.method, HTTP_OTHER);
    assert_int_equal(in.length, BODY_CHUNKED);
    assert_int_equal(
        admit_text("PUT / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 11\n", 10, a, &in), 413);
    assert_int_equal(in.length, 11);
    assert_true(in.expects);
    arena_free(a);
}

static void test_bounds(void **state)
{
    (void)state;
    struct arena *a = arena_open(65536);
    struct admitted in = {0};
    static struct head_field fields[HEAD_FIELDS_MAX];
    for (size_t i = 0; i < HEAD_FIELDS_MAX; i++) {
        fields[i] = (struct head_field){i == 0 ? S("Host") : S("X"), S("a")};
    }
    static char target[HEAD_TARGET_MAX + 1];
    memset(target, '/', sizeof target);
    struct head h = {.method = S("GET"),
                     .target = {target, HEAD_TARGET_MAX},
                     .version = S("HTTP/1.1"),
                     .fields = fields,
                     .fields_n = HEAD_FIELDS_MAX,
                     .bytes = HEAD_BYTES_MAX};
    assert_int_equal(admit_head(&h, 0, a, &in), 0);
    assert_true(str_eq(in.path, S("/")));
    h.target.n++;
    assert_int_equal(admit_head(&h, 0, a, &in), 414);
    h.target.n--;
    h.fields_n++; /* one more than there is memory for: it may not be looked at */
    assert_int_equal(admit_head(&h, 0, a, &in), 431);
    h.fields_n--;
    h.bytes++;
    assert_int_equal(admit_head(&h, 0, a, &in), 431);
    h.bytes--;
    h.altered = true;
    assert_int_equal(admit_head(&h, 0, a, &in), 400);
    h.altered = false;
    struct arena *small = arena_open(64);
    assert_int_equal(admit_head(&h, 0, small, &in), 503);
    arena_free(small);
    arena_free(a);
}

static void test_words(void **state)
{
    (void)state;
    assert_true(head_token(S("X-Y_z.1!")));
    assert_false(head_token(S("")));
    assert_false(head_token((str){"a\0b", 3}));
    assert_false(head_token(S("a:")));
    assert_true(head_value(S("")));
    assert_false(head_value(S("a\nb")));
    assert_false(head_value((str){"a\0b", 3}));
    assert_true(str_eq_caseless(S("aBc"), S("AbC")));
    assert_false(str_eq_caseless(S("ab"), S("abc")));
    assert_false(str_eq_caseless(S("@"), S("`")));
    assert_false(str_eq_caseless(S("["), S("{")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),  cmocka_unit_test(test_paths), cmocka_unit_test(test_what_is_told),
        cmocka_unit_test(test_bounds), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
