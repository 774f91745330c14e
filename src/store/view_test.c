/* What a reading connection may keep from one answer to the next, and when it must let go. */
#include "store_testing.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "meta.sql.h"
#include "view.h"

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

static const char *words;
static size_t words_n;

static err put_fact(struct ctx *c, struct write_job *job)
{
    (void)job;
    char *bytes = arena_try(c->arena, words_n + 1);
    if (bytes == NULL) {
        return FAIL(LIMIT);
    }
    memset(bytes, words[0], words_n);
    return q_meta_put(c->db, S("fact"), (str){bytes, words_n}, NULL);
}

static void write_fact(struct testing *t, const char *word, size_t n)
{
    const struct arena_mark mark = arena_mark(t->arena);
    words = word;
    words_n = n;
    assert_err(testing_write(t, put_fact), ok);
    arena_reset(t->arena, mark);
}

/* Its first letter, or '-'. */
static char fact(struct testing *t)
{
    struct ctx c = testing_ctx(t);
    struct q_meta_get row;
    const err e = q_meta_get(c.db, c.arena, S("fact"), &row);
    return e.code == ERR_OK ? row.meta_text.p[0] : '-';
}

/* As one answer reads it. */
static char fact_for_an_answer(struct testing *t)
{
    struct db *db = testing_ctx(t).db;
    db_snapshot(db);
    const char found = fact(t);
    db_snapshot_end(db);
    return found;
}

static void until_calm(void)
{
    while (!view_calm()) {
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

static void each_answer_sees_what_was_committed_before_it(void **state)
{
    struct testing *t = *state;
    const char *const all[] = {"a", "b", "c", "d"};
    assert_int_equal(fact_for_an_answer(t), '-');
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        write_fact(t, all[i], 1);
        until_calm();
        assert_int_equal(fact_for_an_answer(t), all[i][0]);
        assert_int_equal(fact_for_an_answer(t), all[i][0]);
        write_fact(t, "z", 1);
        assert_int_equal(fact(t), 'z'); /* outside of an answer too */
    }
}

static void one_answer_sees_one_state(void **state)
{
    struct testing *t = *state;
    write_fact(t, "a", 1);
    struct db *db = testing_ctx(t).db;
    until_calm();
    assert_int_equal(fact_for_an_answer(t), 'a');
    db_snapshot(db);
    assert_int_equal(fact(t), 'a');
    write_fact(t, "b", 1);
    assert_int_equal(fact(t), 'a');
    db_snapshot_end(db);
    assert_int_equal(fact_for_an_answer(t), 'b');
}

static void what_one_answer_asks_twice_is_read_once(void **state)
{
    struct testing *t = *state;
    write_fact(t, "a", 1);
    struct db *db = testing_ctx(t).db;
    db_snapshot(db);
    const int64_t before = db->asked;
    assert_int_equal(fact(t), 'a');
    assert_int_equal(fact(t), 'a');
    assert_int_equal(db->asked, before + 1);
    db_snapshot_end(db);
    assert_int_equal(fact_for_an_answer(t),
                     'a'); /* another one asks itself: words of a person are not kept */
    assert_int_equal(db->asked, before + 2);
}

/* A thread that answered once, and then has nothing to do. */
struct idle {
    struct testing *t;
    sem_t answered, end;
    char again;
};

static void *answer_and_wait(void *arg)
{
    struct idle *i = arg;
    until_calm();
    (void)fact_for_an_answer(i->t);
    sem_post(&i->answered);
    sem_wait(&i->end);
    i->again = fact_for_an_answer(i->t);
    return NULL;
}

static void who_does_nothing_does_not_hold_the_log(void **state)
{
    struct testing *t = *state;
    struct store_stats stats;
    struct idle idle = {.t = t};
    pthread_t thread;
    sem_init(&idle.answered, 0, 0);
    sem_init(&idle.end, 0, 0);
    write_fact(t, "a", 1);
    assert_int_equal(pthread_create(&thread, NULL, answer_and_wait, &idle), 0);
    sem_wait(&idle.answered);
    for (int i = 0; i < 600; i++) { /* 18 MB go through it */
        write_fact(t, i % 2 == 0 ? "b" : "c", 30000);
    }
    store_stats(t->store, &stats);
    assert_true(stats.wal_bytes > 1000000);
    assert_true(stats.wal_bytes < 14000000);
    sem_post(&idle.end);
    pthread_join(thread, NULL);
    assert_int_equal(idle.again, 'c');
    sem_destroy(&idle.answered);
    sem_destroy(&idle.end);
}

/* Readers, a writer and checkpoints at once: each reader sees the facts grow, never shrink. */
enum { READERS = 4, COUNT_TO = 400 };

static atomic_bool over;

static err count_up(struct ctx *c, struct write_job *job)
{
    (void)job;
    struct q_meta_get row = {.meta_text = S("")};
    const err e = q_meta_get(c->db, c->arena, S("count"), &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    char *bytes = arena_try(c->arena, row.meta_text.n + 20);
    if (bytes == NULL) {
        return FAIL(LIMIT);
    }
    memset(bytes, 'x', row.meta_text.n + 20);
    return q_meta_put(c->db, S("count"), (str){bytes, row.meta_text.n + 20}, NULL);
}

static void *watch(void *arg)
{
    const struct testing *t = arg;
    struct arena *arena = arena_open(1 << 20);
    size_t last = 0;
    while (!atomic_load(&over)) {
        struct db *db = store_reader(t->store);
        struct q_meta_get row;
        assert_non_null(db);
        arena_clear(arena);
        const int64_t commits = view_commits();
        db_snapshot(db);
        if (q_meta_get(db, arena, S("count"), &row).code == ERR_OK) {
            assert_true(row.meta_text.n >= last);
            last = row.meta_text.n;
        }
        db_snapshot_end(db);
        assert_true(view_commits() >= commits);
    }
    arena_free(arena);
    return NULL;
}

static void *come_and_go(void *arg)
{
    const struct testing *t = arg;
    struct arena *arena = arena_open(1 << 20);
    while (!atomic_load(&over)) {
        struct db *db = store_reader(t->store);
        struct q_meta_get row;
        db_snapshot(db);
        assert_err(q_meta_get(db, arena, S("key_check"), &row), ok);
        db_snapshot_end(db);
        arena_clear(arena);
        (void)nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
    }
    arena_free(arena);
    return NULL;
}

static void many_readers_beside_a_writer_see_it_in_order(void **state)
{
    struct testing *t = *state;
    pthread_t threads[READERS];
    atomic_store(&over, false);
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, watch, t), 0);
    }
    for (int i = 0; i < COUNT_TO; i++) {
        const struct arena_mark mark = arena_mark(t->arena);
        assert_err(testing_write(t, count_up), ok);
        struct ctx c = testing_ctx(t);
        struct q_meta_get row;
        db_snapshot(c.db);
        assert_err(q_meta_get(c.db, c.arena, S("count"), &row), ok);
        db_snapshot_end(c.db);
        assert_int_equal(row.meta_text.n, 20 * (i + 1)); /* what was acknowledged is there */
        arena_reset(t->arena, mark);
        views_release();
    }
    atomic_store(&over, true);
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* While one commit follows another, readers that come and go must leave gaps in which the log starts anew. */
static void many_readers_do_not_let_the_log_grow(void **state)
{
    struct testing *t = *state;
    struct store_stats stats;
    pthread_t threads[READERS];
    atomic_store(&over, false);
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, come_and_go, t), 0);
    }
    for (int i = 0; i < 1500; i++) { /* 45 MB */
        write_fact(t, i % 2 == 0 ? "b" : "c", 30000);
    }
    atomic_store(&over, true);
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
    }
    store_stats(t->store, &stats);
    /* All 45 MB when views are held; a reader that the machine leaves standing costs some of it. */
    assert_true(stats.wal_bytes < 24000000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_answer_sees_what_was_committed_before_it), TEST(one_answer_sees_one_state),
        TEST(what_one_answer_asks_twice_is_read_once),       TEST(who_does_nothing_does_not_hold_the_log),
        TEST(many_readers_beside_a_writer_see_it_in_order),  TEST(many_readers_do_not_let_the_log_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
