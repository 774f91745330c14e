/* What is put on the disk beside the writer: nobody waits for it, nothing stands on it, and a sync that fails
 * there ends the store. */
#include "store_testing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/syscall.h>

#include "meta.sql.h"

/* The store syncs through this one. Those of the flusher are known by their file, opened for reading only:
 * they can be kept waiting, or fail. The writer's own of the database file are counted. */
static atomic_bool slow, fails, piece_fails;
static atomic_int waiting, beside, own;

static bool of_database(int fd)
{
    char link[64], path[TESTING_PATH];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, path, sizeof path);
    return n > 9 && memcmp(path + n - 9, "sunwai.db", 9) == 0;
}

static void pause_a_little(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

__attribute__((visibility("default"))) int fdatasync(int fd)
{
    const bool database = of_database(fd);
    const bool reading = database && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY;
    if (reading) {
        atomic_fetch_add(&waiting, 1);
        while (atomic_load(&slow)) {
            pause_a_little();
        }
        atomic_fetch_sub(&waiting, 1);
        atomic_fetch_add(&beside, 1);
        if (atomic_load(&fails)) {
            errno = EIO;
            return -1;
        }
    }
    const int rc = (int)syscall(SYS_fdatasync, fd);
    if (!reading && database) {
        atomic_fetch_add(&own, 1);
    }
    return rc;
}

/* What is handed to the disk before: the kernel tells an error here, and then never again. */
__attribute__((visibility("default"))) int sync_file_range(int fd, off_t at, off_t n, unsigned flags)
{
    if (atomic_load(&piece_fails) && of_database(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return (int)syscall(SYS_sync_file_range, fd, at, n, flags);
}

static int set_up(void **state)
{
    atomic_store(&slow, false);
    atomic_store(&fails, false);
    atomic_store(&piece_fails, false);
    *state = testing_new(NULL);
    return 0;
}

static int tear_down(void **state)
{
    atomic_store(&slow, false);
    testing_free(*state);
    return 0;
}

enum { FACT = 30000 };
static int next_fact;

static err add_fact(struct ctx *c, struct write_job *job)
{
    (void)job;
    char *bytes = arena_try(c->arena, FACT);
    if (bytes == NULL) {
        return FAIL(LIMIT);
    }
    memset(bytes, 'x', FACT);
    return q_meta_put(c->db, arena_printf(c->arena, "fact %d", next_fact), (str){bytes, FACT}, NULL);
}

static err write_fact(struct testing *t)
{
    const struct arena_mark mark = arena_mark(t->arena);
    const err e = testing_write(t, add_fact);
    arena_reset(t->arena, mark);
    next_fact += e.code == ERR_OK;
    return e;
}

static bool has_fact(struct db *db, struct arena *a, int n)
{
    const struct arena_mark mark = arena_mark(a);
    struct q_meta_get row;
    const err e = q_meta_get(db, a, arena_printf(a, "fact %d", n), &row);
    const bool whole = e.code == ERR_OK && row.meta_text.n == FACT;
    arena_reset(a, mark);
    return whole;
}

/* What tells one log from the one that it becomes when it starts anew. */
static uint64_t salt(const struct testing *t)
{
    char path[TESTING_PATH];
    uint64_t is = 0;
    testing_path(t, "sunwai.db-wal", path);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    assert_int_equal(fseek(in, 16, SEEK_SET), 0);
    assert_int_equal(fread(&is, sizeof is, 1, in), 1);
    (void)fclose(in);
    return is;
}

static void copy(const struct testing *t, const char *from, const char *to)
{
    static char block[1 << 16];
    char a[TESTING_PATH], b[TESTING_PATH];
    testing_path(t, from, a);
    testing_path(t, to, b);
    FILE *in = fopen(a, "r"), *out = fopen(b, "w");
    assert_non_null(in);
    assert_non_null(out);
    for (size_t n = fread(block, 1, sizeof block, in); n > 0; n = fread(block, 1, sizeof block, in)) {
        assert_int_equal(fwrite(block, 1, n, out), n);
    }
    (void)fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void write_until_it_waits(struct testing *t)
{
    for (int i = 0; i < 1000 && atomic_load(&waiting) == 0; i++) {
        assert_err(write_fact(t), ok);
        pause_a_little();
    }
    assert_int_equal(atomic_load(&waiting), 1);
}

/* The power goes while the database file is being synced: what was moved into it is lost, all of it, and the
 * log has what was answered. (Before the store is opened nobody holds a lock on the files that are copied.)
 */
static void the_log_is_whole_until_the_database_is_synced(void **state)
{
    struct testing *t = *state;
    copy(t, "sunwai.db", "cut.db");
    testing_open(t);
    next_fact = 0;
    assert_err(write_fact(t), ok);
    const uint64_t first = salt(t);
    atomic_store(&slow, true);
    write_until_it_waits(t);
    for (int i = 0; i < 20; i++) {
        assert_err(write_fact(t), ok); /* nobody waits for that sync */
    }
    assert_int_equal(atomic_load(&waiting), 1);
    assert_true(salt(t) == first);
    copy(t, "sunwai.db-wal", "cut.db-wal");
    const int answered = next_fact, synced = atomic_load(&own);
    atomic_store(&slow, false);
    for (int i = 0; i < 1000 && salt(t) == first; i++) {
        assert_err(write_fact(t), ok);
    }
    assert_true(salt(t) != first);
    assert_true(atomic_load(&own) > synced); /* SQLite's own sync, before the log started anew */
    testing_close(t);

    char path[TESTING_PATH];
    struct db *db = NULL;
    struct fail f = {0};
    testing_path(t, "cut.db", path);
    assert_err(sqlite_open(path, DB_WRITE, &db, &f), ok);
    for (int i = 0; i < answered; i++) {
        assert_true(has_fact(db, t->arena, i));
    }
    db_close(db);
}

static void ends_the_store(struct testing *t, atomic_bool *what)
{
    testing_open(t);
    next_fact = 0;
    atomic_store(what, true);
    for (int i = 0; i < 1000 && !store_broken(t->store); i++) {
        (void)write_fact(t);
        pause_a_little();
    }
    assert_true(store_broken(t->store));
    assert_false(store_full(t->store));
    assert_err(write_fact(t), io);
    atomic_store(what, false);
    testing_close(t);
    char wal[TESTING_PATH];
    struct stat st;
    testing_path(t, "sunwai.db-wal", wal);
    assert_int_equal(stat(wal, &st), 0); /* nothing that only seems to be synced has ended the log */
    assert_true(st.st_size > (off_t)next_fact * FACT);
    testing_open(t);
    struct ctx c = testing_ctx(t);
    for (int i = 0; i < next_fact; i++) {
        assert_true(has_fact(c.db, c.arena, i));
    }
}

static void a_sync_that_fails_beside_the_writer_ends_the_store(void **state)
{
    ends_the_store(*state, &fails);
}

static void so_does_a_piece_that_the_disk_did_not_take(void **state)
{
    ends_the_store(*state, &piece_fails);
}

/* A disk that does not come to an end is not waited for, but the log must not grow for ever; and how it ended
 * is not forgotten. */
static void a_slow_disk_does_not_let_the_log_grow(void **state)
{
    struct testing *t = *state;
    struct store_stats stats;
    int64_t highest = 0;
    testing_open(t);
    next_fact = 0;
    atomic_store(&slow, true);
    write_until_it_waits(t);
    const int synced = atomic_load(&own);
    for (int i = 0; i < 1000; i++) { /* 30 MB */
        assert_err(write_fact(t), ok);
        store_stats(t->store, &stats);
        highest = stats.wal_bytes > highest ? stats.wal_bytes : highest;
    }
    assert_true(highest > 6000000);
    assert_true(highest < 14000000);
    assert_true(atomic_load(&own) > synced);
    assert_int_equal(atomic_load(&waiting), 1);
    atomic_store(&fails, true); /* late, but it is told */
    atomic_store(&slow, false);
    for (int i = 0; i < 1000 && !store_broken(t->store); i++) {
        (void)write_fact(t);
        pause_a_little();
    }
    assert_true(store_broken(t->store));
    testing_close(t);
    testing_open(t);
    struct ctx c = testing_ctx(t);
    assert_true(has_fact(c.db, c.arena, 0));
    assert_true(has_fact(c.db, c.arena, next_fact - 1));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_log_is_whole_until_the_database_is_synced),
        TEST(a_sync_that_fails_beside_the_writer_ends_the_store),
        TEST(so_does_a_piece_that_the_disk_did_not_take),
        TEST(a_slow_disk_does_not_let_the_log_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
