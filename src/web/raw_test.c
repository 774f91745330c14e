#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "raw.h"

static int set_up(void **state)
{
    *state = arena_open(8 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void nested_members_get_dotted_names(void **state)
{
    struct raws r = {0};
    struct json_place at;
    const str body =
        S("{\"a\":\"x\",\"b\":{\"c\":5,\"d\":{\"e\":true,\"f\":null}},\"g\":[1,2],\"h\":1.5,\"i\":{}}");
    assert_int_equal(raw_json(&r, *state, body, &at).code, ERR_OK);
    static const struct {
        const char *name, *value;
        enum raw_kind kind;
    } rows[] = {
        {"a", "x", RAW_TEXT},    {"b.c", "5", RAW_NUMBER},  {"b.d.e", "true", RAW_FLAG},
        {"b.d.f", "", RAW_NULL}, {"g", "[1,2]", RAW_OTHER}, {"h", "1.5", RAW_OTHER},
    };
    assert_int_equal(r.n, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct raw *raw = raw_find(&r, str_of(rows[i].name));
        assert_non_null(raw);
        assert_true(str_eq(raw->value, str_of(rows[i].value)));
        assert_int_equal(raw->kind, rows[i].kind);
    }
    assert_null(raw_find(&r, S("b")));
}

static void whole_numbers_are_exact(void **state)
{
    struct raws r = {0};
    struct json_place at;
    assert_int_equal(raw_json(&r, *state, S("{\"n\":9007199254740993,\"m\":-9223372036854775808}"), &at).code,
                     ERR_OK);
    assert_true(str_eq(raw_find(&r, S("n"))->value, S("9007199254740993")));
    assert_true(str_eq(raw_find(&r, S("m"))->value, S("-9223372036854775808")));
}

static void what_is_no_object_is_refused(void **state)
{
    static const struct {
        const char *body;
        int64_t line; /* 0: not a matter of place */
    } rows[] = {
        {"", 1},
        {"{", 1},
        {"[]", 0},
        {"5", 0},
        {"\"x\"", 0},
        {"null", 0},
        {"{\"a\":1}x", 1},
        {"{\n\n\"a\" 1}", 3},
        {"{\"a\":1,\"a\":2}", 1},
        {"{\"a\":\"\xFF\"}", 1},
        {"{\"a\":99999999999999999999}", 1},
        {"{\"a.b\":1,\"a\":{\"b\":2}}", 0},
        {"{\"a\":{\"b\":2},\"a.b\":1}", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct raws r = {0};
        struct json_place at;
        if (raw_json(&r, *state, str_of(rows[i].body), &at).code != ERR_INVALID || at.line != rows[i].line) {
            fail_msg("%s: line %lld", rows[i].body, (long long)at.line);
        }
    }
}

static str nested(struct arena *a, int depth)
{
    SCOPED(buf_free) struct buf b = buf_new(100000);
    for (int i = 0; i < depth; i++) {
        buf_put(&b, S("{\"a\":"));
    }
    buf_putc(&b, '1');
    for (int i = 0; i < depth; i++) {
        buf_putc(&b, '}');
    }
    return arena_str(a, buf_str(&b));
}

static str wide(struct arena *a, int members)
{
    SCOPED(buf_free) struct buf b = buf_new(100000);
    for (int i = 0; i < members; i++) {
        buf_printf(&b, "%s\"k%d\":1", i == 0 ? "{" : ",", i);
    }
    buf_putc(&b, '}');
    return arena_str(a, buf_str(&b));
}

static err read(struct arena *a, str body)
{
    struct raws r = {0};
    struct json_place at;
    return raw_json(&r, a, body, &at);
}

static void depth_width_and_length_are_bounded(void **state)
{
    struct arena *a = *state;
    assert_int_equal(read(a, nested(a, RAW_JSON_DEPTH)).code, ERR_OK);
    assert_int_equal(read(a, nested(a, RAW_JSON_DEPTH + 1)).code, ERR_LIMIT);
    assert_int_not_equal(read(a, nested(a, 10000)).code, ERR_OK);
    assert_int_equal(read(a, wide(a, RAW_MAX)).code, ERR_OK);
    assert_int_equal(read(a, wide(a, RAW_MAX + 1)).code, ERR_LIMIT);
    char *big = arena_try(a, RAW_JSON_BYTES + 1);
    memset(big, ' ', RAW_JSON_BYTES + 1);
    memcpy(big, "{}", 2);
    assert_int_equal(read(a, (str){big, RAW_JSON_BYTES}).code, ERR_OK);
    assert_int_equal(read(a, (str){big, RAW_JSON_BYTES + 1}).code, ERR_LIMIT);
}

static void path_part_of_the_same_name_counts_first(void **state)
{
    struct raws r = {0};
    struct json_place at;
    assert_int_equal(raw_add(&r, *state, S("ref"), S("path"), RAW_FORM).code, ERR_OK);
    assert_int_equal(raw_json(&r, *state, S("{\"ref\":\"body\"}"), &at).code, ERR_OK);
    assert_true(str_eq(raw_find(&r, S("ref"))->value, S("path")));
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nested_members_get_dotted_names),
        T(whole_numbers_are_exact),
        T(what_is_no_object_is_refused),
        T(depth_width_and_length_are_bounded),
        T(path_part_of_the_same_name_counts_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
