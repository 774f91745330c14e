#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dice.h"

/* The first numbers of SplitMix64 from state 1234567, as its authors' C code gives them. */
static void the_generator_is_splitmix64(void **state)
{
    (void)state;
    struct dice d = {1234567};
    assert_true(dice_next(&d) == UINT64_C(6457827717110365317));
    assert_true(dice_next(&d) == UINT64_C(3203168211198807973));
    assert_true(dice_next(&d) == UINT64_C(9817491932198370423));
}

static void a_stream_comes_again_and_is_like_no_other(void **state)
{
    (void)state;
    struct dice a = dice_of(7, 3);
    struct dice again = dice_of(7, 3);
    struct dice beside = dice_of(7, 4);
    struct dice other = dice_of(8, 3);
    int like_beside = 0, like_other = 0;
    for (int i = 0; i < 1000; i++) {
        const uint64_t v = dice_next(&a);
        assert_true(v == dice_next(&again));
        like_beside += v == dice_next(&beside);
        like_other += v == dice_next(&other);
    }
    assert_int_equal(like_beside + like_other, 0);
}

static void bounds_hold_and_all_is_reached(void **state)
{
    (void)state;
    struct dice d = dice_of(1, 1);
    unsigned below[7] = {0}, between[3] = {0}, rare = 0;
    for (int i = 0; i < 7000; i++) {
        below[dice_below(&d, 7)]++;
        between[dice_between(&d, 5, 7) - 5]++;
        rare += dice_in_1000(&d, 100);
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(below[i], 700, 1300);
    }
    for (int i = 0; i < 3; i++) {
        assert_in_range(between[i], 2000, 2700);
    }
    assert_in_range(rare, 500, 900);
    assert_int_equal(dice_below(&d, 1), 0);
    assert_int_equal(dice_between(&d, 9, 9), 9);
    assert_false(dice_in_1000(&d, 0));
    assert_true(dice_in_1000(&d, 1000));
}

static void weights_are_kept(void **state)
{
    (void)state;
    static const uint32_t weights[] = {3, 0, 1};
    struct dice d = dice_of(2, 2);
    unsigned seen[3] = {0}, skewed[4] = {0};
    for (int i = 0; i < 4000; i++) {
        seen[dice_weighed(&d, weights, 3)]++;
        skewed[dice_skewed(&d, 4)]++;
    }
    assert_in_range(seen[0], 2800, 3200);
    assert_int_equal(seen[1], 0);
    /* 12/25, 6/25, 4/25 and 3/25 of them. */
    assert_in_range(skewed[0], 1750, 2090);
    assert_in_range(skewed[1], 830, 1090);
    assert_in_range(skewed[2], 530, 750);
    assert_in_range(skewed[3], 380, 580);
    assert_int_equal(dice_skewed(&d, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_splitmix64),
        cmocka_unit_test(a_stream_comes_again_and_is_like_no_other),
        cmocka_unit_test(bounds_hold_and_all_is_reached),
        cmocka_unit_test(weights_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
