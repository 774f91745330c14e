/* What store.h promises, on SQLite; when SUNWAI_TEST_PG holds an address, on PostgreSQL. */
#include "store_testing.h"

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "clock.h"
#include "lock.h"
#include "idem.h"
#include "meta.sql.h"

static const char *address; /* NULL: SQLite */

static int set_up(void **state)
{
    *state = testing_new(address);
    testing_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    clock_fix(0);
    return 0;
}

/* ---- jobs for the tests: a counter in the table of facts ---- */

static err counter_read(struct db *db, struct arena *a, str name, int64_t *out)
{
    struct q_meta_get row;
    const err e = q_meta_get(db, a, name, &row);
    if (e.code == ERR_NOT_FOUND) {
        *out = 0;
        return OK;
    }
    TRY(e);
    return str_i64(row.meta_text, out) ? OK : FAIL(BUG);
}

static err counter_add(struct ctx *c, str name)
{
    int64_t n = 0;
    TRY(counter_read(c->db, c->arena, name, &n));
    return q_meta_put(c->db, name, arena_printf(c->arena, "%lld", (long long)n + 1), NULL);
}

static int64_t counter(struct testing *t, str name)
{
    int64_t n = -1;
    struct ctx c = testing_ctx(t);
    assert_err(counter_read(c.db, c.arena, name, &n), ok);
    return n;
}

static err add_one(struct ctx *c, struct write_job *job)
{
    (void)job;
    return counter_add(c, S("count"));
}

static err add_then_fail(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(counter_add(c, S("count")));
    return fail_log(c->fail, ERR_CONFLICT, "as the test wants it");
}

/* A bundle of jobs in flight. */
struct crowd {
    struct write_job *jobs;
    struct arena **arenas;
    size_t n;
    atomic_size_t done;
    sem_t all;
};

static struct crowd *the_crowd;

static void crowd_done(struct write_job *job, err result)
{
    (void)job;
    (void)result;
    struct crowd *c = the_crowd;
    const size_t n = c->n; /* behind the count, another thread may free it */
    if (atomic_fetch_add(&c->done, 1) + 1 == n) {
        sem_post(&c->all);
    }
}

static struct crowd *crowd_new(size_t n, err (*run)(struct ctx *, struct write_job *))
{
    struct crowd *c = calloc(1, sizeof *c);
    c->jobs = calloc(n, sizeof c->jobs[0]);
    c->arenas = calloc(n, sizeof c->arenas[0]);
    c->n = n;
    sem_init(&c->all, 0, 0);
    for (size_t i = 0; i < n; i++) {
        c->arenas[i] = arena_open(64 * 1024);
        c->jobs[i] = (struct write_job){.run = run, .done = crowd_done, .arena = c->arenas[i]};
    }
    the_crowd = c;
    return c;
}

static void crowd_free(struct crowd *c)
{
    for (size_t i = 0; i < c->n; i++) {
        arena_free(c->arenas[i]);
    }
    sem_destroy(&c->all);
    free(c->jobs);
    free(c->arenas);
    free(c);
}

static void crowd_run(struct testing *t, struct crowd *c)
{
    for (size_t i = 0; i < c->n; i++) {
        assert_err(store_submit(t->store, &c->jobs[i]), ok);
    }
    sem_wait(&c->all);
}

/* A job that holds the writer until the test lets it go. It may run again: once open, the gate stays so. */
static sem_t entered, gate;

static err hold(struct ctx *c, struct write_job *job)
{
    (void)c;
    (void)job;
    sem_post(&entered);
    sem_wait(&gate);
    sem_post(&gate);
    return OK;
}

/* ---- writing and reading ---- */

static void a_write_is_seen_when_it_is_answered(void **state)
{
    struct testing *t = *state;
    assert_int_equal(counter(t, S("count")), 0);
    assert_err(testing_write(t, add_one), ok);
    assert_int_equal(counter(t, S("count")), 1);
    testing_close(t);
    testing_open(t);
    assert_int_equal(counter(t, S("count")), 1);
}

static void a_failing_job_leaves_nothing_and_says_why(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, add_then_fail), conflict);
    assert_string_equal(t->fail.log, "as the test wants it");
    assert_int_equal(counter(t, S("count")), 0);
}

static void a_failing_job_is_rolled_back_alone(void **state)
{
    struct testing *t = *state;
    sem_init(&entered, 0, 0);
    sem_init(&gate, 0, 0);
    struct crowd *c = crowd_new(9, add_one);
    c->jobs[0].run = hold; /* so that the others are in one batch with it */
    for (size_t i = 2; i < c->n; i += 3) {
        c->jobs[i].run = add_then_fail;
    }
    for (size_t i = 0; i < c->n; i++) {
        assert_err(store_submit(t->store, &c->jobs[i]), ok);
    }
    sem_wait(&entered);
    sem_post(&gate);
    sem_wait(&c->all);
    for (size_t i = 0; i < c->n; i++) {
        assert_int_equal(c->jobs[i].result.code, i % 3 == 2 ? ERR_CONFLICT : ERR_OK);
    }
    assert_int_equal(counter(t, S("count")), 5);
    struct store_stats stats;
    store_stats(t->store, &stats);
    assert_int_equal(stats.jobs, 9);
    assert_int_equal(stats.failed, 3);
    if (address == NULL) {
        assert_int_equal(stats.commits, 1);
    }
    crowd_free(c);
}

static void jobs_share_commits(void **state)
{
    struct testing *t = *state;
    struct crowd *c = crowd_new(2000, add_one);
    const int64_t from = clock_mono_ms();
    crowd_run(t, c);
    const int64_t ms = clock_mono_ms() - from;
    struct store_stats stats;
    store_stats(t->store, &stats);
    assert_int_equal(counter(t, S("count")), 2000);
    assert_int_equal(stats.jobs, 2000);
    if (address == NULL) {
        assert_true(stats.commits >= 2000 / 128);
        assert_true(stats.commits <= 2000 / 4);
    }
    print_message("2000 jobs in %lld ms, %lld commits\n", (long long)ms, (long long)stats.commits);
    crowd_free(c);
}

static void a_full_queue_is_busy(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    t->config.queue_max = 2;
    t->config.writers = 1;
    testing_open(t);
    sem_init(&entered, 0, 0);
    sem_init(&gate, 0, 0);
    struct crowd *c = crowd_new(3, add_one);
    c->jobs[0].run = hold;
    assert_err(store_submit(t->store, &c->jobs[0]), ok);
    sem_wait(&entered);
    assert_err(store_submit(t->store, &c->jobs[1]), ok);
    assert_err(store_submit(t->store, &c->jobs[2]), ok);
    struct write_job extra = {.run = add_one, .done = crowd_done};
    assert_err(store_submit(t->store, &extra), busy);
    assert_err(store_write(t->store, &extra), busy);
    sem_post(&gate);
    sem_wait(&c->all);
    assert_int_equal(counter(t, S("count")), 2);
    assert_err(store_write(t->store, &extra), ok);
    crowd_free(c);
}

static void closing_answers_what_is_queued(void **state)
{
    struct testing *t = *state;
    struct crowd *c = crowd_new(200, add_one);
    for (size_t i = 0; i < c->n; i++) {
        assert_err(store_submit(t->store, &c->jobs[i]), ok);
    }
    testing_close(t);
    assert_int_equal(atomic_load(&c->done), 200);
    testing_open(t);
    assert_int_equal(counter(t, S("count")), 200);
    crowd_free(c);
}

/* ---- what a job may not do ---- */

static enum err_code after_failure;

static err break_and_go_on(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(counter_add(c, S("count")));
    const struct q_migration_add_in twice = {
        .migration_no = 1, .migration_name = S("again"), .applied_ms = 1};
    IGNORE(q_migration_add(c->db, &twice, NULL)); /* the point of the test */
    after_failure = q_meta_put(c->db, S("count"), S("99"), NULL).code;
    return OK;
}

static void a_job_cannot_hide_a_failed_statement(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, break_and_go_on), conflict);
    assert_int_equal(after_failure, ERR_BUG);
    assert_non_null(strstr(t->fail.log, "migration_add"));
    assert_int_equal(counter(t, S("count")), 0);
    assert_err(testing_write(t, add_one), ok);
}

static err write_on_reader(struct ctx *c, struct write_job *job)
{
    (void)job;
    return q_meta_put(store_reader(c->store), S("x"), S("y"), NULL);
}

static void a_reader_cannot_write(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, write_on_reader), bug);
    struct db *reader = store_reader(t->store);
    assert_int_not_equal(reader->engine->script(reader, "insert into meta values ('a', 'b')").code, ERR_OK);
    assert_int_not_equal(reader->engine->script(reader, "create table intruder (x integer)").code, ERR_OK);
}

static err fill_arena(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(counter_add(c, S("count")));
    while (arena_try(c->arena, 4096) != NULL) {
    }
    return OK;
}

static void a_job_out_of_memory_is_a_limit(void **state)
{
    struct testing *t = *state;
    struct write_job job = {.run = fill_arena}; /* on the writer's own scratch memory */
    assert_err(store_write(t->store, &job), limit);
    assert_int_equal(counter(t, S("count")), 0);
    job.run = add_one;
    assert_err(store_write(t->store, &job), ok);
}

/* ---- read snapshots, a reader for each thread ---- */

static void a_snapshot_does_not_move(void **state)
{
    struct testing *t = *state;
    struct db *reader = store_reader(t->store);
    assert_err(db_begin(reader), ok);
    assert_int_equal(counter(t, S("count")), 0);
    assert_err(testing_write(t, add_one), ok);
    assert_int_equal(counter(t, S("count")), 0);
    assert_err(db_commit(reader), ok);
    assert_int_equal(counter(t, S("count")), 1);
}

static void *other_thread(void *arg)
{
    struct testing *t = arg;
    struct db *mine = store_reader(t->store);
    return mine == store_reader(t->store) ? mine : NULL;
}

static void each_thread_has_its_reader(void **state)
{
    struct testing *t = *state;
    pthread_t thread;
    void *others = NULL;
    struct db *mine = store_reader(t->store);
    assert_ptr_equal(mine, store_reader(t->store));
    assert_int_equal(pthread_create(&thread, NULL, other_thread, t), 0);
    pthread_join(thread, &others);
    assert_non_null(others);
    assert_ptr_not_equal(others, mine);
}

/* ---- ids ---- */

static int64_t ids[3];

static err take_ids(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (int i = 0; i < 3; i++) {
        ids[i] = id_next(c);
    }
    return OK;
}

static err take_ids_and_fail(struct ctx *c, struct write_job *job)
{
    TRY(take_ids(c, job));
    return FAIL(CONFLICT);
}

static void ids_never_come_twice(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    t->config.writers = 1;
    testing_open(t);
    clock_fix(INT64_C(1767225600000));
    assert_err(testing_write(t, take_ids), ok);
    const int64_t first = ids[0], third = ids[2];
    assert_true(first > 0 && ids[1] > first && third > ids[1]);
    assert_int_equal(first >> 22, INT64_C(1767225600000) - INT64_C(1704067200000));
    clock_fix(INT64_C(1767225600000) - 3600000); /* the clock is set back an hour */
    assert_err(testing_write(t, take_ids), ok);
    assert_true(ids[0] > third);
    const int64_t before = ids[2];
    testing_close(t);
    testing_open(t);
    assert_err(testing_write(t, take_ids), ok);
    assert_true(ids[0] > before);
}

static void ids_of_a_failed_job_are_not_reserved_in_memory_only(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    t->config.writers = 1;
    testing_open(t);
    clock_fix(INT64_C(1767225600000));
    sem_init(&entered, 0, 0);
    sem_init(&gate, 0, 0);
    struct crowd *c = crowd_new(3, take_ids);
    c->jobs[0].run = hold; /* so that the others are in one batch */
    c->jobs[1].run = take_ids_and_fail;
    for (size_t i = 0; i < c->n; i++) {
        assert_err(store_submit(t->store, &c->jobs[i]), ok);
    }
    sem_post(&gate);
    sem_wait(&c->all); /* the last must reserve again: the first reservation was rolled back */
    crowd_free(c);
    const int64_t last = ids[2];
    testing_close(t);
    clock_fix(INT64_C(1767225600000) - 3600000);
    testing_open(t);
    assert_err(testing_write(t, take_ids), ok);
    assert_true(ids[0] > last);
}

/* ---- receipts ---- */

static struct idem_key key_of(const char *content)
{
    struct idem_key k = {.actor = S("user:7"), .route = S("case.file"), .key = S("abc")};
    memset(k.content, 0, sizeof k.content);
    memcpy(k.content, content, strlen(content));
    return k;
}

static err file_once(struct ctx *c, struct write_job *job)
{
    const struct idem_key k = key_of("one");
    str receipt;
    const err e = idem_find(c, &k, &receipt);
    if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    TRY(counter_add(c, job->lang == 0 ? S("count") : S("other")));
    return idem_put(c, &k, S("ref=1"));
}

static err put_only(struct ctx *c, struct write_job *job)
{
    (void)job;
    const struct idem_key k = key_of("one");
    return idem_put(c, &k, S("ref=2"));
}

static int64_t removed;

static err expire(struct ctx *c, struct write_job *job)
{
    (void)job;
    return idem_expire(c, c->now_ms + 1, &removed);
}

static void the_same_write_again_has_the_first_receipt(void **state)
{
    struct testing *t = *state;
    const struct idem_key k = key_of("one"), changed = key_of("two");
    struct idem_key elsewhere = k;
    elsewhere.route = S("case.reply");
    str receipt = STR_NONE;
    struct ctx c = testing_ctx(t);
    assert_err(idem_find(&c, &k, &receipt), not_found);
    assert_err(testing_write(t, file_once), ok);
    assert_err(testing_write(t, file_once), ok);
    assert_int_equal(counter(t, S("count")), 1);
    assert_err(idem_find(&c, &k, &receipt), ok);
    assert_true(str_eq(receipt, S("ref=1")));
    assert_err(idem_find(&c, &changed, &receipt), conflict);
    assert_err(idem_find(&c, &elsewhere, &receipt), not_found);
    assert_err(testing_write(t, put_only), conflict);
    assert_err(testing_write(t, expire), ok);
    assert_int_equal(removed, 1);
    assert_err(idem_find(&c, &k, &receipt), not_found);
}

static void rivals_with_one_key_write_once(void **state)
{
    struct testing *t = *state;
    struct crowd *c = crowd_new(64, file_once);
    crowd_run(t, c);
    for (size_t i = 0; i < c->n; i++) {
        assert_int_equal(c->jobs[i].result.code, ERR_OK);
    }
    assert_int_equal(counter(t, S("count")), 1);
    crowd_free(c);
}

/* ---- opening: what is refused, and in which words ---- */

static void refused(struct testing *t, enum err_code code, const char *words)
{
    struct store *s = NULL;
    struct fail f = {0};
    assert_int_equal(store_open(&t->config, &s, &f).code, code);
    assert_null(s);
    if (strstr(f.log, words) == NULL) {
        fail_msg("'%s' is not in '%s'", words, f.log);
    }
}

static void write_file(const struct testing *t, const char *name, const char *text)
{
    char path[TESTING_PATH];
    testing_path(t, name, path);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static void a_missing_or_wrong_key_is_refused(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    char path[TESTING_PATH], aside[TESTING_PATH];
    testing_path(t, "key", path);
    testing_path(t, "key.aside", aside);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, 65);
    assert_int_equal(rename(path, aside), 0);
    refused(t, ERR_NOT_FOUND, "no key file");
    write_file(t, "key", "00000000000000000000000000000000000000000000000000000000000000aa\n");
    refused(t, ERR_INVALID, "not the key of this database");
    write_file(t, "key", "0000\n");
    refused(t, ERR_INVALID, "is not a key");
    assert_int_equal(rename(aside, path), 0);
    testing_open(t);
}

static void one_process_holds_the_folder(void **state)
{
    struct testing *t = *state;
    char mine[40];
    snprintf(mine, sizeof mine, "held by process %ld", (long)getpid());
    refused(t, ERR_BUSY, mine);
    int applied = 0;
    struct fail f = {0};
    assert_err(store_migrate(&t->config, &applied, &f), busy);
    const pid_t child = fork();
    if (child == 0) {
        struct store *s = NULL;
        _exit(store_open(&t->config, &s, &f).code == ERR_BUSY ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void a_reading_store_opens_beside_a_server(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, add_one), ok);
    struct testing beside = *t;
    beside.config.read_only = true;
    testing_open(&beside);
    assert_int_equal(counter(&beside, S("count")), 1);
    store_close(beside.store);
}

static err pretend_newer(struct ctx *c, struct write_job *job)
{
    (void)job;
    const struct q_migration_add_in in = {
        .migration_no = 9999, .migration_name = S("9999_later"), .applied_ms = 1};
    return q_migration_add(c->db, &in, NULL);
}

static void a_newer_database_is_refused(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, pretend_newer), ok);
    testing_close(t);
    refused(t, ERR_CONFLICT, "version 9999");
    int applied = -1;
    struct fail f = {0};
    assert_err(store_migrate(&t->config, &applied, &f), conflict);
    assert_int_equal(applied, -1);
}

static err pretend_other_schema(struct ctx *c, struct write_job *job)
{
    (void)job;
    return q_meta_put(c->db, S("schema.1"), S("another text"), NULL);
}

/* The same number is not the same schema. */
static void a_database_of_another_history_is_refused(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, pretend_other_schema), ok);
    testing_close(t);
    refused(t, ERR_CONFLICT, "another migration");
    int applied = -1;
    struct fail f = {0};
    assert_err(store_migrate(&t->config, &applied, &f), conflict);
    assert_int_equal(applied, -1);
}

static unsigned mode_of(const char *dir)
{
    struct stat st;
    assert_int_equal(stat(dir, &st), 0);
    return st.st_mode & 07777;
}

/* What is in the folder is nobody else's business, whoever made it. */
static void init_closes_a_folder_to_others(void **state)
{
    struct testing *t = *state;
    char dir[TESTING_PATH];
    const struct store_config config = {.dir = dir};
    struct fail f = {0};
    testing_path(t, "there", dir);
    assert_false(store_exposed(dir)); /* not there yet */
    static const unsigned modes[] = {0755, 0710, 0701, 0777};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        assert_int_equal(mkdir(dir, 0700), 0);
        assert_false(store_exposed(dir));
        assert_int_equal(chmod(dir, modes[i]), 0);
        assert_true(store_exposed(dir));
        assert_err(store_init(&config, &f), ok);
        assert_int_equal(mode_of(dir), 0700);
        testing_remove(dir);
    }
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_int_equal(chmod(dir, 01777), 0);
    assert_err(store_init(&config, &f), invalid);
    assert_non_null(strstr(f.log, "folder of its own"));
    assert_int_equal(mode_of(dir), 01777);
    assert_int_equal(rmdir(dir), 0);
}

static void init_refuses_a_folder_in_use(void **state)
{
    struct testing *t = *state;
    struct fail f = {0};
    assert_err(store_init(&t->config, &f), conflict);
    assert_non_null(strstr(f.log, "is a data folder already"));
    testing_close(t);
    assert_err(store_init(&t->config, &f), conflict);
    assert_non_null(strstr(f.log, "is a data folder already"));
    testing_open(t); /* and has spoilt nothing */
}

static void init_says_in_words_why_not(void **state)
{
    (void)state;
    const struct store_config nowhere = {.dir = "/proc/nowhere"};
    struct fail f = {0};
    assert_err(store_init(&nowhere, &f), io);
    assert_non_null(strstr(f.log, "No such file or directory"));
}

static void the_lock_says_where_its_holder_answers(void **state)
{
    struct testing *t = *state;
    char mine[100];
    struct fail f = {0};
    assert_err(lock_look(t->dir, &f), busy);
    assert_null(strstr(f.log, "answers"));
    lock_note(t->dir, S("http://127.0.0.1:8080/"));
    snprintf(mine, sizeof mine, "held by process %ld, which answers at http://127.0.0.1:8080/",
             (long)getpid());
    refused(t, ERR_BUSY, mine);
    assert_err(lock_look(t->dir, &f), busy);
    assert_non_null(strstr(f.log, mine));
    testing_close(t);
    assert_err(lock_look(t->dir, &f), ok);
    testing_open(t); /* who comes next is not known by the old address */
    assert_err(lock_look(t->dir, &f), busy);
    assert_null(strstr(f.log, "answers"));
    assert_err(lock_look("/proc/nowhere", &f), ok);
}

static void migrating_again_does_nothing(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    int applied = -1;
    struct fail f = {0};
    assert_err(store_migrate(&t->config, &applied, &f), ok);
    assert_int_equal(applied, 0);
}

static void an_old_database_must_be_migrated(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    struct db *db = NULL;
    struct fail f = {0};
    char path[TESTING_PATH];
    testing_path(t, "sunwai.db", path);
    assert_err(address != NULL ? pg_open(address, DB_WRITE, &db, &f) : sqlite_open(path, DB_WRITE, &db, &f),
               ok);
    assert_err(db->engine->script(db, "delete from migration where migration_no > 1"), ok);
    if (all_migrations_n > 1) {
        db_close(db);
        refused(t, ERR_CONFLICT, "run 'sunwai migrate'");
        return;
    }
    db_close(db);
}

static void no_folder_or_database_is_said_so(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    t->config.dir = "/nonexistent/sunwai";
    refused(t, ERR_NOT_FOUND, "sunwai init");
    t->config.dir = t->dir;
    if (address == NULL) {
        char path[TESTING_PATH];
        testing_path(t, "sunwai.db", path);
        assert_int_equal(unlink(path), 0);
        refused(t, ERR_NOT_FOUND, "no database in");
        assert_int_equal(access(path, F_OK), -1); /* a look must not make one */
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_write_is_seen_when_it_is_answered),
        TEST(a_failing_job_leaves_nothing_and_says_why),
        TEST(a_failing_job_is_rolled_back_alone),
        TEST(jobs_share_commits),
        TEST(a_full_queue_is_busy),
        TEST(closing_answers_what_is_queued),
        TEST(a_job_cannot_hide_a_failed_statement),
        TEST(a_reader_cannot_write),
        TEST(a_job_out_of_memory_is_a_limit),
        TEST(a_snapshot_does_not_move),
        TEST(each_thread_has_its_reader),
        TEST(ids_never_come_twice),
        TEST(ids_of_a_failed_job_are_not_reserved_in_memory_only),
        TEST(the_same_write_again_has_the_first_receipt),
        TEST(rivals_with_one_key_write_once),
        TEST(a_missing_or_wrong_key_is_refused),
        TEST(one_process_holds_the_folder),
        TEST(a_reading_store_opens_beside_a_server),
        TEST(a_newer_database_is_refused),
        TEST(a_database_of_another_history_is_refused),
        TEST(init_closes_a_folder_to_others),
        TEST(init_refuses_a_folder_in_use),
        TEST(init_says_in_words_why_not),
        TEST(the_lock_says_where_its_holder_answers),
        TEST(migrating_again_does_nothing),
        TEST(an_old_database_must_be_migrated),
        TEST(no_folder_or_database_is_said_so),
    };
    address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests_name(address == NULL ? "sqlite" : "postgres", tests, NULL, NULL);
}
