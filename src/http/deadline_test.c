#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clock.h"
#include "deadline.h"

struct probe {
    struct deadline d;
    _Atomic int64_t passed_ms;
    _Atomic int times;
};

static void on_probe(struct deadline *d)
{
    struct probe *p = (struct probe *)d;
    p->passed_ms = clock_mono_ms();
    p->times++;
}

static void sleep_ms(int64_t ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static void test_passes_in_time_once(void **state)
{
    (void)state;
    struct deadlines *all = deadlines_open();
    struct probe p[3] = {{.d.passed = on_probe}, {.d.passed = on_probe}, {.d.passed = on_probe}};
    const int64_t now = clock_mono_ms();
    deadlines_add(all, &p[0].d, now + 60);
    deadlines_add(all, &p[1].d, DEADLINE_NEVER);
    deadlines_add(all, &p[2].d, now + 30);
    deadline_move(&p[2].d, now + 100000);
    deadline_move(&p[1].d, now + 90);
    sleep_ms(300);
    assert_int_equal(p[0].times, 1);
    assert_int_equal(p[1].times, 1);
    assert_int_equal(p[2].times, 0);
    assert_true(p[0].passed_ms >= now + 60);
    assert_true(p[1].passed_ms >= now + 90);
    assert_false(deadlines_remove(all, &p[0].d));
    assert_true(deadlines_remove(all, &p[2].d));
    assert_false(deadlines_remove(all, &p[2].d));
    deadlines_add(all, &p[0].d, 0); /* again, and overdue at once */
    sleep_ms(200);
    assert_int_equal(p[0].times, 2);
    deadlines_close(all);
}

static void on_other(struct deadline *d)
{
    (void)d;
}

static void test_pass_all_of_a_kind(void **state)
{
    (void)state;
    struct deadlines *all = deadlines_open();
    struct probe p[2] = {{.d.passed = on_probe}, {.d.passed = on_probe}};
    struct deadline other = {.passed = on_other};
    deadlines_add(all, &p[0].d, DEADLINE_NEVER);
    deadlines_add(all, &other, DEADLINE_NEVER);
    deadlines_add(all, &p[1].d, DEADLINE_NEVER);
    deadlines_pass(all, on_probe);
    assert_int_equal(p[0].times, 1);
    assert_int_equal(p[1].times, 1);
    assert_true(deadlines_remove(all, &other));
    deadlines_halt(all);
    deadlines_add(all, &p[0].d, 0);
    sleep_ms(60);
    assert_int_equal(p[0].times, 1);
    assert_true(deadlines_remove(all, &p[0].d));
    deadlines_close(all);
    deadlines_close(NULL);
}

static void test_transfer(void **state)
{
    (void)state;
    /* 100 bytes a second after 5 s, 60 s in all */
    assert_int_equal(deadline_of_transfer(1000, 0, 100, 5000, 60000), 6000);
    assert_int_equal(deadline_of_transfer(1000, 99, 100, 5000, 60000), 6990);
    assert_int_equal(deadline_of_transfer(1000, 1000, 100, 5000, 60000), 16000);
    assert_int_equal(deadline_of_transfer(1000, 5500, 100, 5000, 60000), 61000);
    assert_int_equal(deadline_of_transfer(1000, INT64_C(1) << 40, 100, 5000, 60000), 61000);
    assert_int_equal(deadline_of_transfer(1000, 0, 100, 5000, 1000), 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passes_in_time_once),
        cmocka_unit_test(test_pass_all_of_a_kind),
        cmocka_unit_test(test_transfer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
