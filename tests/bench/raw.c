/* raw.c: what disk and SQLite give by themselves: the ceilings for writes.
 *
 * raw FOLDER SECONDS BATCH [WIDTH]
 *   Overwrites 4 KB and syncs for a quarter of the time: how often a commit can be durable at all. Then
 * inserts rows of WIDTH bytes into a table with two secondary indexes, BATCH rows in a transaction,
 * synchronous=FULL. Prints: fdatasync=… rows=… (each a second)
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 256, WIDTH_MAX = 4000 };

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(int fine, const char *what)
{
    if (!fine) {
        (void)fprintf(stderr, "raw: %s failed\n", what);
        exit(2);
    }
}

static double syncs_a_second(const char *dir, double seconds)
{
    char path[4096], page[PAGE];
    (void)snprintf(path, sizeof path, "%s/raw.sync", dir);
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    must(fd >= 0, path);
    memset(page, 'x', sizeof page);
    for (int i = 0; i < PAGES; i++) {
        must(pwrite(fd, page, PAGE, (off_t)i * PAGE) == PAGE, "write");
    }
    must(fsync(fd) == 0, "fsync");
    int n = 0;
    const double from = now();
    while (now() - from < seconds) {
        must(pwrite(fd, page, PAGE, (off_t)(n % PAGES) * PAGE) == PAGE && fdatasync(fd) == 0, "fdatasync");
        n++;
    }
    const double rate = n / (now() - from);
    (void)close(fd);
    (void)unlink(path);
    return rate;
}

static void run(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static double rows_a_second(const char *dir, double seconds, int batch, int width)
{
    char path[4096], words[WIDTH_MAX];
    sqlite3 *db = NULL;
    sqlite3_stmt *add = NULL;
    (void)snprintf(path, sizeof path, "%s/raw.db", dir);
    must(sqlite3_open(path, &db) == SQLITE_OK, path);
    run(db, "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768");
    run(db, "create table t (id integer primary key, place int, at int, words text) strict;"
            "create index t_place on t (place, at); create index t_at on t (at)");
    must(sqlite3_prepare_v2(db, "insert into t values (?1, ?2, ?3, ?4)", -1, &add, NULL) == SQLITE_OK,
         "prepare");
    memset(words, 'w', sizeof words);
    int64_t n = 0;
    uint64_t dice = 88172645463325252u;
    const double from = now();
    while (now() - from < seconds) {
        run(db, "begin immediate");
        for (int i = 0; i < batch; i++) {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            sqlite3_bind_int64(add, 1, ++n);
            sqlite3_bind_int64(add, 2, (sqlite3_int64)(dice % 150));
            sqlite3_bind_int64(add, 3, n);
            sqlite3_bind_text(add, 4, words, width, SQLITE_STATIC);
            must(sqlite3_step(add) == SQLITE_DONE && sqlite3_reset(add) == SQLITE_OK, "insert");
        }
        run(db, "commit");
    }
    const double rate = (double)n / (now() - from);
    sqlite3_finalize(add);
    sqlite3_close(db);
    (void)unlink(path);
    return rate;
}

int main(int argc, char **argv)
{
    must(argc >= 4, "raw FOLDER SECONDS BATCH [WIDTH]");
    const double seconds = atof(argv[2]);
    const int batch = atoi(argv[3]), width = argc > 4 ? atoi(argv[4]) : 100;
    must(seconds > 0 && batch > 0 && width > 0 && width <= WIDTH_MAX, "arguments");
    const double syncs = syncs_a_second(argv[1], seconds / 4);
    (void)printf("fdatasync=%.0f rows=%.0f\n", syncs, rows_a_second(argv[1], seconds, batch, width));
    return 0;
}
