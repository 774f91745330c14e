#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

static bool zeroed(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != 0) {
            return false;
        }
    }
    return true;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    for (size_t n = 0; n < 3000; n += 7) {
        char *p = arena_try(a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        assert_true(zeroed(p, n));
        memset(p, 0xAA, n);
    }
    arena_free(a);
}

static void cap_is_kept_and_full_stays(void **state)
{
    (void)state;
    struct arena *a = arena_open(40000);
    size_t got = 0;
    while (arena_try(a, 1000) != NULL) {
        got += 1000;
        assert_true(got <= 40000);
    }
    assert_true(got >= 30000); /* the blocks do not waste much of it */
    assert_true(arena_full(a));
    assert_null(arena_try(a, 1)); /* for good */
    assert_null(arena_str(a, S("x")).p);
    assert_null(arena_printf(a, "%d", 1).p);
    assert_null(arena_cstr(a, S("x")));
    arena_clear(a);
    assert_false(arena_full(a));
    assert_int_equal(arena_used(a), 0);
    assert_non_null(arena_try(a, 1));
    arena_free(a);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_open(SIZE_MAX);
    assert_null(arena_try(a, SIZE_MAX - 3));
    assert_true(arena_full(a));
    arena_clear(a);
    assert_null(arena_try_array(a, SIZE_MAX / 2, 3));
    assert_true(arena_full(a));
    arena_clear(a);
    assert_non_null(arena_try_array(a, 8, 3));
    arena_free(a);
    arena_free(NULL);
}

static void mark_and_reset_keep_the_cap_true(void **state)
{
    (void)state;
    struct arena *a = arena_open(100000);
    const str kept = arena_str(a, S("kept"));
    const size_t used = arena_used(a);
    for (int i = 0; i < 1000; i++) { /* 50 MB in all: only a reset that gives back makes this possible */
        const struct arena_mark m = arena_mark(a);
        char *p = arena_try(a, 50000);
        assert_non_null(p);
        assert_true(zeroed(p, 50000));
        memset(p, 0x55, 50000);
        arena_reset(a, m);
        assert_int_equal(arena_used(a), used);
    }
    assert_true(str_eq(kept, S("kept")));
    arena_free(a);
}

static void texts(void **state)
{
    (void)state;
    struct arena *a = arena_open(1000);
    assert_null(arena_str(a, STR_NONE).p);
    assert_non_null(arena_str(a, S("")).p);
    assert_true(str_eq(arena_printf(a, "%s-%d", "نالی", 7), S("نالی-7")));
    assert_string_equal(arena_cstr(a, (str){"abcd", 3}), "abc");
    assert_string_equal(arena_cstr(a, STR_NONE), "");
    assert_null(arena_cstr(a, (str){"a\0b", 3}));
    assert_false(arena_full(a));
    arena_free(a);
}

static void memory_outside(void **state)
{
    (void)state;
    char *p = mem_new(0);
    assert_non_null(p);
    p = mem_grow(p, 10);
    p[9] = 1;
    mem_free(p);
    mem_free(NULL);
    const str copy = mem_str((str){"abc", 2});
    assert_true(str_eq(copy, S("ab")));
    assert_int_equal(copy.p[2], 0);
    mem_free((void *)(uintptr_t)copy.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(cap_is_kept_and_full_stays),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(mark_and_reset_keep_the_cap_true),
        cmocka_unit_test(texts),
        cmocka_unit_test(memory_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
