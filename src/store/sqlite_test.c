/* What can go wrong below SQLite: killed processes, full disks, disks that fail, readers that stay. */
#include "store_testing.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "audit.h"
#include "clock.h"
#include "idem.h"
#include "meta.sql.h"
#include "random.h"
#include "vault.h"

/* SQLite syncs through this one: here it counts, and fails when told. */
static atomic_int syncs, passing_syncs, failing_syncs;

__attribute__((visibility("default"))) int fdatasync(int fd)
{
    atomic_fetch_add(&syncs, 1);
    if (atomic_fetch_sub(&passing_syncs, 1) <= 0 && atomic_load(&failing_syncs) > 0) {
        atomic_fetch_sub(&failing_syncs, 1);
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static int set_up(void **state)
{
    *state = testing_new(NULL);
    testing_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    atomic_store(&failing_syncs, 0);
    char disk[TESTING_PATH];
    testing_path(*state, "disk", disk);
    (void)umount2(disk, MNT_DETACH); /* there is one only when its test failed half-way */
    testing_free(*state);
    return 0;
}

static int next_fact;
static size_t fact_size;

/* A fact of a given size, numbered, with its line in the audit. */
static err add_fact(struct ctx *c, struct write_job *job)
{
    (void)job;
    char *bytes = arena_try(c->arena, fact_size + 1);
    if (bytes == NULL) {
        return FAIL(LIMIT);
    }
    memset(bytes, 'x', fact_size);
    TRY(q_meta_put(c->db, arena_printf(c->arena, "fact %d", next_fact), (str){bytes, fact_size}, NULL));
    return audit_add(c, &(struct audit_entry){.event = S("fact"), .home = 1, .subject_id = next_fact});
}

static err write_fact(struct testing *t)
{
    const struct arena_mark mark = arena_mark(t->arena);
    const err e = testing_write(t, add_fact);
    arena_reset(t->arena, mark);
    return e;
}

static bool has_fact(struct testing *t, int n)
{
    const struct arena_mark mark = arena_mark(t->arena);
    struct ctx c = testing_ctx(t);
    struct q_meta_get row;
    const err e = q_meta_get(c.db, c.arena, arena_printf(c.arena, "fact %d", n), &row);
    arena_reset(t->arena, mark);
    assert_true(e.code == ERR_OK || e.code == ERR_NOT_FOUND);
    return e.code == ERR_OK;
}

static int64_t audit_rows(struct testing *t)
{
    struct audit_report r;
    struct ctx c = testing_ctx(t);
    assert_err(audit_verify(&c, &r), ok);
    return r.rows;
}

/* ---- kill -9 ---- */

/* The child: writes facts and tells each number only after its write was answered. */
static void write_until_killed(struct testing *t, int from, int tell)
{
    testing_open(t);
    for (next_fact = from;; next_fact++) {
        if (write_fact(t).code != ERR_OK || write(tell, &next_fact, sizeof next_fact) < 0) {
            _exit(1);
        }
    }
}

static void a_killed_writer_loses_nothing_it_answered(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    fact_size = 300;
    int from = 0;
    for (int round = 0; round < 5; round++) {
        int told[2];
        assert_int_equal(pipe(told), 0);
        const pid_t child = fork();
        if (child == 0) {
            write_until_killed(t, from, told[1]);
        }
        close(told[1]);
        usleep(30000 + random_below(60000));
        assert_int_equal(kill(child, SIGKILL), 0);
        int last = from - 1, n = 0;
        while (read(told[0], &n, sizeof n) == (ssize_t)sizeof n) {
            last = n;
        }
        close(told[0]);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        testing_open(t);
        for (int i = from; i <= last; i++) {
            assert_true(has_fact(t, i));
        }
        /* The write in hand when it died may have been kept; nothing after it, and nothing twice. */
        const bool one_more = has_fact(t, last + 1);
        assert_false(has_fact(t, last + 2));
        assert_int_equal(audit_rows(t), last + 1 + one_more);
        testing_close(t);
        from = last + 1 + one_more;
    }
    assert_true(from > 0);
    print_message("%d facts over 5 kills\n", from);
    testing_open(t);
}

/* ---- the promise of FULL ---- */

static void an_answer_comes_after_a_sync(void **state)
{
    struct testing *t = *state;
    fact_size = 10;
    for (next_fact = 0; next_fact < 20; next_fact++) {
        const int before = atomic_load(&syncs);
        assert_err(write_fact(t), ok);
        assert_true(atomic_load(&syncs) > before);
    }
}

static void a_failed_sync_ends_the_store(void **state)
{
    struct testing *t = *state;
    fact_size = 10;
    next_fact = 1;
    assert_err(write_fact(t), ok);
    atomic_store(&passing_syncs, 0);
    atomic_store(&failing_syncs, 1);
    next_fact = 2;
    assert_err(write_fact(t), io);
    assert_true(store_broken(t->store));
    assert_false(store_full(t->store));
    next_fact = 3;
    assert_err(write_fact(t), io); /* though this sync would not fail */
    assert_true(has_fact(t, 1));   /* reading goes on until the process ends */
    testing_close(t);
    testing_open(t);
    assert_true(has_fact(t, 1));
    assert_false(has_fact(t, 3));
    next_fact = 4;
    assert_err(write_fact(t), ok);
}

static void a_failed_sync_in_a_checkpoint_ends_the_store(void **state)
{
    struct testing *t = *state;
    fact_size = 60000;
    for (next_fact = 0; next_fact < 200 && !store_broken(t->store); next_fact++) {
        /* A commit costs one sync; if a second follows, it is the checkpoint's. */
        atomic_store(&passing_syncs, 1);
        atomic_store(&failing_syncs, 1);
        assert_err(write_fact(t), ok);
        usleep(2000); /* the checkpoint comes behind the answer */
        atomic_store(&failing_syncs, 0);
    }
    assert_true(store_broken(t->store));
    assert_err(write_fact(t), io);
    testing_close(t);
    testing_open(t);
    for (int i = 0; i < next_fact; i++) {
        assert_true(has_fact(t, i));
    }
}

static void the_log_does_not_grow_for_ever(void **state)
{
    struct testing *t = *state;
    struct store_stats stats;
    fact_size = 30000;
    int64_t highest = 0;
    for (next_fact = 0; next_fact < 700; next_fact++) {
        assert_err(write_fact(t), ok);
        store_stats(t->store, &stats);
        highest = stats.wal_bytes > highest ? stats.wal_bytes : highest;
    }
    /* 20 MB went through it. */
    assert_true(highest > 1000000);
    assert_true(highest < 14000000);
}

/* ---- readers never checkpoint ---- */

static void a_reader_that_closes_last_leaves_the_log(void **state)
{
    struct testing *t = *state;
    testing_close(t);
    const pid_t child = fork();
    if (child == 0) {
        testing_open(t);
        fact_size = 1000;
        next_fact = 7;
        _exit(write_fact(t).code == ERR_OK ? 0 : 1); /* without closing: the log stays */
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    char path[TESTING_PATH], wal[TESTING_PATH];
    testing_path(t, "sunwai.db", path);
    testing_path(t, "sunwai.db-wal", wal);
    struct stat before, after;
    assert_int_equal(stat(wal, &before), 0);
    assert_true(before.st_size > 0);
    struct db *reader = NULL;
    struct fail f = {0};
    struct q_meta_get row;
    assert_err(sqlite_open(path, DB_READ, &reader, &f), ok);
    assert_err(q_meta_get(reader, t->arena, S("fact 7"), &row), ok);
    assert_err(q_meta_put(reader, S("a"), S("b"), NULL), bug);
    db_close(reader);
    assert_int_equal(stat(wal, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    testing_open(t);
    assert_true(has_fact(t, 7));
}

static void files_are_their_owners_only(void **state)
{
    struct testing *t = *state;
    static const char *const names[] = {"key",       "keys.db",       "lock",
                                        "sunwai.db", "sunwai.db-wal", "sunwai.db-shm"};
    fact_size = 10;
    assert_err(write_fact(t), ok);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[TESTING_PATH];
        struct stat st;
        testing_path(t, names[i], path);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
}

/* ---- a full disk ---- */

static err take_keys(struct ctx *c, struct write_job *job)
{
    (void)job;
    int64_t no = 0;
    for (int i = 0; i < 600; i++) {
        TRY(vault_key_take(c, &no));
    }
    return OK;
}

static void fill(struct testing *t, int *filler)
{
    char path[TESTING_PATH];
    static const char block[4096];
    testing_path(t, "filler", path);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    *filler = fileno(out);
    while (write(fileno(out), block, sizeof block) == (ssize_t)sizeof block) {
    }
    fclose(out);
}

static void make_room(const struct testing *t)
{
    char path[TESTING_PATH];
    testing_path(t, "filler", path);
    assert_int_equal(unlink(path), 0);
}

static void on_a_small_disk(struct testing *t)
{
    int filler = -1;
    fact_size = 20000;
    next_fact = 0;
    testing_open(t);
    assert_err(write_fact(t), ok);
    for (int round = 0; round < 3; round++) {
        fill(t, &filler);
        err e = OK;
        for (int i = 0; i < 1000 && e.code == ERR_OK; i++) {
            next_fact++;
            e = write_fact(t);
        }
        assert_err(e, io);
        assert_non_null(strstr(t->fail.log, "disk full"));
        assert_true(store_full(t->store));
        assert_false(store_broken(t->store));
        assert_true(has_fact(t, 0)); /* reading goes on */
        assert_false(has_fact(t, next_fact));
        assert_err(testing_write(t, take_keys), io);
        assert_non_null(strstr(t->fail.log, "disk full"));
        make_room(t);
        assert_err(write_fact(t), ok); /* and writing too, with the room */
        assert_false(store_full(t->store));
        assert_err(testing_write(t, take_keys), ok);
        (void)audit_rows(t);
    }
    testing_close(t);
    testing_open(t);
    fill(t, &filler); /* before anybody writes */
    store_look(t->store);
    assert_true(store_full(t->store));
    assert_true(has_fact(t, next_fact));
    make_room(t);
    store_look(t->store);
    assert_false(store_full(t->store));
    testing_close(t);
}

static err write_small(struct testing *t)
{
    struct write_job job = {
        .run = add_fact, .arena = t->arena, .small = true, .actor = {.role = ROLE_SYSTEM}};
    const struct arena_mark mark = arena_mark(t->arena);
    const err e = store_write(t->store, &job);
    t->fail = job.fail;
    arena_reset(t->arena, mark);
    return e;
}

/* On a disk that had room for a reserve: small writes go on, others are refused, until there is room. */
static void with_a_reserve(struct testing *t)
{
    int filler = -1;
    next_fact = 0;
    fact_size = 2000;
    testing_open(t);
    assert_err(write_fact(t), ok);
    for (int round = 0; round < 3; round++) {
        fill(t, &filler);
        store_look(t->store);
        assert_true(store_full(t->store));
        assert_err(write_fact(t), io);
        for (int i = 0; i < 200; i++) {
            next_fact++;
            assert_err(write_small(t), ok);
        }
        assert_true(has_fact(t, next_fact));
        assert_err(write_fact(t), io); /* a small one that went well makes no room for others */
        make_room(t);
        store_look(t->store);
        assert_false(store_full(t->store));
        assert_err(write_fact(t), ok);
    }
    testing_close(t);
    testing_open(t);
    assert_true(has_fact(t, next_fact));
    (void)audit_rows(t);
    testing_close(t);
}

static void on_a_disk(struct testing *t, const char *size, void (*test)(struct testing *t))
{
    testing_close(t);
    char disk[TESTING_PATH];
    testing_path(t, "disk", disk);
    assert_int_equal(mkdir(disk, 0700), 0);
    if (mount("none", disk, "tmpfs", 0, size) != 0) {
        print_message("[ SKIPPED ] mounting a small tmpfs needs root: errno %d\n", errno);
        testing_open(t);
        return;
    }
    struct testing *small = calloc(1, sizeof *small);
    testing_path(t, "disk/data", small->dir);
    small->config.dir = small->dir;
    small->arena = arena_open(8 * 1024 * 1024);
    assert_err(store_init(&small->config, &small->fail), ok);
    test(small);
    arena_free(small->arena);
    free(small);
    assert_int_equal(umount(disk), 0);
    assert_int_equal(rmdir(disk), 0);
    testing_open(t);
}

static void a_full_disk_stops_writes_only_until_there_is_room(void **state)
{
    on_a_disk(*state, "size=6m", on_a_small_disk);
}

static void small_writes_go_on_when_the_disk_is_full(void **state)
{
    on_a_disk(*state, "size=48m", with_a_reserve);
}

/* ---- one connection writes and checkpoints ---- */

static void a_reader_neither_writes_nor_checkpoints(void **state)
{
    struct testing *t = *state;
    fact_size = 300;
    for (next_fact = 0; next_fact < 20; next_fact++) {
        assert_err(write_fact(t), ok);
    }
    char log[TESTING_PATH];
    struct stat before, after;
    testing_path(t, "sunwai.db-wal", log);
    assert_int_equal(stat(log, &before), 0);
    assert_true(before.st_size > 20 * 300);
    struct db *reader = store_reader(t->store);
    assert_non_null(reader);
    assert_err(reader->engine->script(reader, "pragma wal_checkpoint(truncate)"), io); /* read-only */
    assert_err(reader->engine->script(reader, "create table other (a)"), io);
    /* Nor does one that comes and goes, in this process or beside it. */
    for (int i = 0; i < 3; i++) {
        char path[TESTING_PATH];
        struct fail f = {0};
        struct db *db = NULL;
        testing_path(t, "sunwai.db", path);
        assert_err(sqlite_open(path, DB_READ, &db, &f), ok);
        db_close(db);
    }
    assert_int_equal(stat(log, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
}

/* ---- how many ---- */

enum { IN_FLIGHT = 64 };

static atomic_long answered;
static atomic_bool over;
static sem_t drained;

static err put_receipt(struct ctx *c, struct write_job *job)
{
    (void)job;
    char key[ULID_LEN];
    ulid_new(key);
    const struct idem_key k = {.actor = S("public"), .route = S("case.file"), .key = {key, sizeof key}};
    return idem_put(c, &k, S("ref=412-806-3357"));
}

static struct testing *under_load;

static void again(struct write_job *job, err result)
{
    assert_int_equal(result.code, ERR_OK);
    atomic_fetch_add(&answered, 1);
    if (atomic_load(&over) || store_submit(under_load->store, job).code != ERR_OK) {
        sem_post(&drained);
    }
}

/* SUNWAI_BENCH_MS sets how long; the figure is printed, the check is only that commits are shared. */
static void many_writers_share_the_disk(void **state)
{
    struct testing *t = *state;
    under_load = t;
    struct write_job jobs[IN_FLIGHT];
    struct store_stats stats;
    const char *asked = getenv("SUNWAI_BENCH_MS");
    const int64_t ms = asked != NULL ? strtol(asked, NULL, 10) : 300;
    sem_init(&drained, 0, 0);
    const int64_t from = clock_mono_ms();
    for (size_t i = 0; i < IN_FLIGHT; i++) {
        jobs[i] = (struct write_job){.run = put_receipt, .done = again};
        assert_err(store_submit(t->store, &jobs[i]), ok);
    }
    usleep((useconds_t)(ms * 1000));
    atomic_store(&over, true);
    for (size_t i = 0; i < IN_FLIGHT; i++) {
        sem_wait(&drained);
    }
    const int64_t took = clock_mono_ms() - from;
    store_stats(t->store, &stats);
    print_message("%ld durable jobs in %lld ms with %d in flight: %ld/s, %lld commits\n",
                  atomic_load(&answered), (long long)took, IN_FLIGHT, atomic_load(&answered) * 1000 / took,
                  (long long)stats.commits);
    assert_true(stats.commits * 4 < stats.jobs);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_killed_writer_loses_nothing_it_answered),
        TEST(an_answer_comes_after_a_sync),
        TEST(a_failed_sync_ends_the_store),
        TEST(a_failed_sync_in_a_checkpoint_ends_the_store),
        TEST(the_log_does_not_grow_for_ever),
        TEST(a_reader_that_closes_last_leaves_the_log),
        TEST(files_are_their_owners_only),
        TEST(a_full_disk_stops_writes_only_until_there_is_room),
        TEST(small_writes_go_on_when_the_disk_is_full),
        TEST(a_reader_neither_writes_nor_checkpoints),
        TEST(many_writers_share_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
