/* What kept.h promises: an answer is found by whoever asks the very same, until something is written. */
#include "store_testing.h"

#include "kept.h"
#include "meta.sql.h"

enum { NOON_MS = 1795330800, LONG_MS = 5000 };

static int set_up(void **state)
{
    *state = testing_new(NULL);
    testing_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    return 0;
}

/* As a request begins: what was committed is asked for before anything is read. */
static struct ctx asking(struct testing *t)
{
    struct ctx c = testing_ctx(t);
    c.commits = store_commits(t->store);
    c.now_ms = INT64_C(1000) * NOON_MS;
    return c;
}

static bool found(const struct ctx *c, str key, enum kept_for good, int64_t want)
{
    int64_t n = -1;
    if (!kept_get(c, key, good, LONG_MS, &n, sizeof n)) {
        assert_int_equal(n, -1);
        return false;
    }
    assert_int_equal(n, want);
    return true;
}

static err write_one(struct ctx *c, struct write_job *job)
{
    (void)job;
    return q_meta_put(c->db, S("kept_test"), S("1"), NULL);
}

static void another_key_finds_nothing(void **state)
{
    struct ctx c = asking(*state);
    const int64_t seven = 7;
    kept_put(&c, S("wait/a1/2/b"), &seven, sizeof seven);
    assert_true(found(&c, S("wait/a1/2/b"), KEPT_UNTIL_WRITE, 7));
    assert_false(found(&c, S("wait/a1/2/c"), KEPT_ANYWAY, 7));
    assert_false(found(&c, S("wait/a1/2/"), KEPT_ANYWAY, 7));
    assert_false(found(&c, S("wait/a1/2/bb"), KEPT_ANYWAY, 7));
    int32_t other_size;
    assert_false(kept_get(&c, S("wait/a1/2/b"), KEPT_ANYWAY, LONG_MS, &other_size, sizeof other_size));
}

static void a_commit_ends_what_is_good_until_then(void **state)
{
    struct testing *t = *state;
    struct ctx before = asking(t);
    const int64_t three = 3;
    kept_put(&before, S("k"), &three, sizeof three);
    assert_err(testing_write(t, write_one), ok);
    struct ctx after = asking(t);
    assert_false(found(&after, S("k"), KEPT_UNTIL_WRITE, 3));
    assert_true(found(&after, S("k"), KEPT_ANYWAY, 3));
    /* Whoever began to read before the commit puts what was so then: it is not taken for what is so now. */
    kept_put(&before, S("k"), &three, sizeof three);
    assert_false(found(&after, S("k"), KEPT_UNTIL_WRITE, 3));
}

static void it_grows_old(void **state)
{
    struct ctx c = asking(*state);
    const int64_t five = 5;
    kept_put(&c, S("k"), &five, sizeof five);
    c.now_ms += LONG_MS;
    assert_true(found(&c, S("k"), KEPT_ANYWAY, 5));
    c.now_ms += 1;
    assert_false(found(&c, S("k"), KEPT_ANYWAY, 5));
    c.now_ms -= LONG_MS + 2; /* a clock that went back */
    assert_false(found(&c, S("k"), KEPT_ANYWAY, 5));
}

static void who_writes_or_has_not_looked_takes_nothing(void **state)
{
    struct ctx c = asking(*state);
    const int64_t one = 1;
    kept_put(&c, S("k"), &one, sizeof one);
    c.writing = true;
    assert_false(found(&c, S("k"), KEPT_ANYWAY, 1));
    c.writing = false;
    c.commits = 0;
    assert_false(found(&c, S("k"), KEPT_ANYWAY, 1));
}

/* A key or value that is too long, and more of them than there are places: asked for again, never mixed up.
 */
static void it_is_bounded(void **state)
{
    enum { MANY = 5000 };
    struct ctx c = asking(*state);
    char big[KEPT_VALUE_MAX + 1] = {0};
    char name[KEPT_KEY_MAX + 1];
    int64_t kept = 0;
    memset(name, 'x', sizeof name);
    kept_put(&c, S("big"), big, sizeof big);
    assert_false(kept_get(&c, S("big"), KEPT_ANYWAY, LONG_MS, big, sizeof big));
    kept_put(&c, (str){name, sizeof name}, big, 1);
    assert_false(kept_get(&c, (str){name, sizeof name}, KEPT_ANYWAY, LONG_MS, big, 1));
    for (int64_t i = 0; i < MANY; i++) {
        kept_put(&c, arena_printf(c.arena, "key/%lld", (long long)i), &i, sizeof i);
    }
    for (int64_t i = 0; i < MANY; i++) {
        kept += found(&c, arena_printf(c.arena, "key/%lld", (long long)i), KEPT_ANYWAY, i);
    }
    assert_in_range(kept, 100, 512);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_key_finds_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_commit_ends_what_is_good_until_then, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_grows_old, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_writes_or_has_not_looked_takes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_bounded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
