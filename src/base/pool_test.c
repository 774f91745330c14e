#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#include "pool.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_int begun;
static atomic_int done;

static void wait_for_gate(void *arg)
{
    (void)arg;
    atomic_fetch_add(&begun, 1);
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    atomic_fetch_add(&done, 1);
}

static void count(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static void wait_until(const atomic_int *v, int n)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    for (int i = 0; i < 10000 && atomic_load(v) < n; i++) {
        nanosleep(&nap, NULL);
    }
    assert_int_equal(atomic_load(v), n);
}

static void a_full_queue_is_busy(void **state)
{
    (void)state;
    struct pool *p = pool_open(2, 3);
    atomic_store(&begun, 0);
    atomic_store(&done, 0);
    pthread_mutex_lock(&gate);
    assert_int_equal(pool_submit(p, wait_for_gate, NULL).code, ERR_OK);
    assert_int_equal(pool_submit(p, wait_for_gate, NULL).code, ERR_OK);
    wait_until(&begun, 2); /* both threads hold one, so the queue is empty */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pool_submit(p, wait_for_gate, NULL).code, ERR_OK);
    }
    assert_int_equal(pool_submit(p, wait_for_gate, NULL).code, ERR_BUSY);
    pthread_mutex_unlock(&gate);
    pool_drain(p);
    assert_int_equal(atomic_load(&done), 5);
    assert_int_equal(pool_submit(p, wait_for_gate, NULL).code,
                     ERR_BUSY); /* after draining nothing is taken */
    pool_close(p);
    pool_close(NULL);
}

static void everything_submitted_runs_once(void **state)
{
    (void)state;
    atomic_int n = 0;
    int accepted = 0;
    struct pool *p = pool_open(4, 16);
    for (int i = 0; i < 20000; i++) {
        accepted += pool_submit(p, count, &n).code == ERR_OK;
    }
    pool_close(p); /* drains */
    assert_true(accepted > 0);
    assert_int_equal(atomic_load(&n), accepted);
}

static void an_idle_pool_closes(void **state)
{
    (void)state;
    struct pool *p = pool_open(3, 1);
    pool_drain(p);
    pool_drain(p);
    pool_close(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_queue_is_busy),
        cmocka_unit_test(everything_submitted_runs_once),
        cmocka_unit_test(an_idle_pool_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
