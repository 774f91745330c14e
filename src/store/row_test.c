#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "row.h"

struct item {
    int64_t n;
    str text;
};

static void test_rows_grow_and_keep_what_they_hold(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    struct rows r = {.arena = a, .size = sizeof(struct item), .max = ROWS_MAX};
    for (int64_t i = 0; i < 1000; i++) {
        struct item *item = rows_next(&r);
        assert_non_null(item);
        assert_int_equal(item->n, 0);
        item->n = i;
    }
    assert_int_equal(r.n, 1000);
    const struct item *items = r.items;
    for (int64_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i].n, i);
    }
    assert_int_equal(rows_taken(&r).code, ERR_OK);
    arena_free(a);
}

static void test_rows_stop_at_their_maximum(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    struct rows r = {.arena = a, .size = sizeof(struct item), .max = 3};
    for (int i = 0; i < 3; i++) {
        assert_non_null(rows_next(&r));
    }
    assert_false(r.past_max);
    assert_null(rows_next(&r));
    assert_true(r.past_max);
    assert_int_equal(r.n, 3);
    struct rows none = {.arena = a, .size = sizeof(struct item), .max = 0};
    assert_null(rows_next(&none));
    arena_free(a);
}

static void test_rows_stop_at_a_full_arena(void **state)
{
    (void)state;
    struct arena *a = arena_open(1000);
    struct rows r = {.arena = a, .size = sizeof(struct item), .max = ROWS_MAX};
    size_t n = 0;
    while (n < ROWS_MAX && rows_next(&r) != NULL) {
        n++;
    }
    assert_true(n >= 8 && n < 1000 / sizeof(struct item));
    assert_false(r.past_max);
    assert_int_equal(rows_taken(&r).code, ERR_LIMIT);
    arena_free(a);
}

static void test_one_row_is_found_missing_or_failed(void **state)
{
    (void)state;
    struct item item = {0};
    struct rows r = {.items = &item, .size = sizeof item, .cap = 1, .max = 1};
    assert_int_equal(rows_one(&r, OK).code, ERR_NOT_FOUND);
    assert_int_equal(rows_one(&r, FAIL(IO)).code, ERR_IO);
    assert_ptr_equal(rows_next(&r), &item);
    assert_int_equal(rows_one(&r, OK).code, ERR_OK);
    assert_int_equal(rows_one(&r, FAIL(LIMIT)).code, ERR_LIMIT); /* its text found no room */
    assert_null(rows_next(&r));
    assert_int_equal(rows_one(&r, FAIL(LIMIT)).code, ERR_OK); /* stopped at the second row */
    assert_int_equal(rows_one(&r, FAIL(IO)).code, ERR_IO);
}

static void test_null_comes_and_goes(void **state)
{
    (void)state;
    struct arena *a = arena_open(1000);
    struct rows r = {.arena = a};
    const struct value none = {.type = VALUE_NULL, .i = 5, .s = S_INIT("x")};
    assert_false(row_opt(&none).given);
    assert_null(row_str(&r, &none).p);
    const struct value empty = value_text(S(""));
    assert_int_equal(empty.type, VALUE_TEXT);
    assert_non_null(row_str(&r, &empty).p);
    assert_int_equal(value_text(STR_NONE).type, VALUE_NULL);
    assert_int_equal(value_blob(STR_NONE).type, VALUE_NULL);
    assert_int_equal(value_blob(S("\0x")).s.n, 2);
    assert_int_equal(value_opt(NONE_I64).type, VALUE_NULL);
    assert_int_equal(value_opt(SOME(0)).type, VALUE_I64);
    const struct value low = value_i64(INT64_MIN);
    assert_true(row_opt(&low).given && row_opt(&low).v == INT64_MIN);
    arena_free(a);
}

static void test_text_is_copied(void **state)
{
    (void)state;
    struct arena *a = arena_open(1000);
    struct rows r = {.arena = a};
    char engine[] = "words";
    const struct value v = value_text(str_of(engine));
    const str copy = row_str(&r, &v);
    engine[0] = 'x';
    assert_true(str_eq(copy, S("words")));
    arena_free(a);
}

static void test_a_list_takes_the_smallest_form(void **state)
{
    (void)state;
    for (size_t n = 1; n <= LIST_MAX; n++) {
        assert_int_equal(list_form(n), n == 1 ? 0 : n <= 4 ? 1 : n <= 16 ? 2 : 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_grow_and_keep_what_they_hold),
        cmocka_unit_test(test_rows_stop_at_their_maximum),
        cmocka_unit_test(test_rows_stop_at_a_full_arena),
        cmocka_unit_test(test_one_row_is_found_missing_or_failed),
        cmocka_unit_test(test_null_comes_and_goes),
        cmocka_unit_test(test_text_is_copied),
        cmocka_unit_test(test_a_list_takes_the_smallest_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
