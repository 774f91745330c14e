/* range_test.c: what is asked for, and what cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "range.h"

static void stretches(void **state)
{
    (void)state;
    static const struct {
        str header;
        size_t whole;
        enum range is;
        size_t from, n;
    } cases[] = {
        {{NULL, 0}, 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=0-1"), 10, RANGE_PART, 0, 2},
        {S_INIT("Bytes=0-"), 10, RANGE_PART, 0, 10},
        {S_INIT("bytes= 4-8 "), 10, RANGE_PART, 4, 5},
        {S_INIT("bytes=9-9"), 10, RANGE_PART, 9, 1},
        {S_INIT("bytes=4-99999"), 10, RANGE_PART, 4, 6},
        {S_INIT("bytes=-3"), 10, RANGE_PART, 7, 3},
        {S_INIT("bytes=-30"), 10, RANGE_PART, 0, 10},
        {S_INIT("bytes=10-"), 10, RANGE_BEYOND, 0, 0},
        {S_INIT("bytes=10-12"), 10, RANGE_BEYOND, 0, 0},
        {S_INIT("bytes=-0"), 10, RANGE_BEYOND, 0, 0},
        {S_INIT("bytes=0-"), 0, RANGE_BEYOND, 0, 0},
        {S_INIT("bytes=-5"), 0, RANGE_BEYOND, 0, 0},
        {S_INIT("bytes=5-4"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=0-1,4-5"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes="), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=-"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=--3"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=+1-2"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=1-2x"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("bytes=99999999999999999999-"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("seconds=0-1"), 10, RANGE_WHOLE, 0, 0},
        {S_INIT("0-1"), 10, RANGE_WHOLE, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t from = 0, n = 0;
        assert_int_equal(range_of(cases[i].header, cases[i].whole, &from, &n), cases[i].is);
        assert_int_equal(from, cases[i].from);
        assert_int_equal(n, cases[i].n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stretches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
