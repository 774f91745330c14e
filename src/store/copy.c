/* copy.c: see copy.h. */
#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "engine.h"

enum {
    STEP_PAGES = 256,             /* one MiB between two looks at the disk */
    FLUSH_BYTES = 4 * 1024 * 1024 /* nobody's fsync waits behind more than that */
};

static err failed(sqlite3 *db, const char *path, struct fail *f)
{
    const bool full = (sqlite3_errcode(db) & 0xff) == SQLITE_FULL;
    return full ? fail_log(f, ERR_IO, "no room left for %s", path)
                : fail_log(f, ERR_IO, "%s: %s", path, sqlite3_errmsg(db));
}

static err run(sqlite3 *db, const char *path, const char *sql, struct fail *f)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : failed(db, path, f);
}

static err handle_open(const char *path, int mode, sqlite3 **out, struct fail *f)
{
    sqlite3 *db = NULL;
    sqlite_ready();
    if (sqlite3_open_v2(path, &db, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
        const err e = failed(db, path, f);
        sqlite3_close(db);
        return e;
    }
    *out = db;
    return OK;
}

/* Pages go to the disk as they come. */
static void flush(int fd, off_t *io_flushed)
{
    const off_t end = lseek(fd, 0, SEEK_END);
    if (end - *io_flushed < FLUSH_BYTES) {
        return;
    }
    (void)sync_file_range(fd, *io_flushed, end - *io_flushed,
                          SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    *io_flushed = end;
}

static err pages_copy(sqlite3 *from, sqlite3 *to, const char *path, int fd, struct fail *f)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (b == NULL) {
        return failed(to, path, f);
    }
    off_t flushed = 0;
    int rc;
    while ((rc = sqlite3_backup_step(b, STEP_PAGES)) == SQLITE_OK) {
        flush(fd, &flushed);
    }
    const int ended = sqlite3_backup_finish(b);
    return rc == SQLITE_DONE && ended == SQLITE_OK ? OK : failed(to, path, f);
}

static err source_open(const char *path, sqlite3 **out, struct fail *f)
{
    sqlite3 *db = NULL;
    TRY(handle_open(path, SQLITE_OPEN_READONLY, &db, f));
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    (void)sqlite3_busy_timeout(db, 5000);
    /* One transaction over all steps: else each write by another process would begin the copy anew. */
    const err e = run(db, path, "pragma query_only = on; begin; select count(*) from sqlite_master", f);
    if (e.code != ERR_OK) {
        sqlite3_close(db);
        return e;
    }
    *out = db;
    return OK;
}

err sqlite_copy(const char *from, const char *to, struct fail *f)
{
    sqlite3 *source = NULL, *copy = NULL;
    const int fd = open(to, O_RDWR | O_CLOEXEC);
    err e = fd >= 0 ? source_open(from, &source, f)
                    : fail_log(f, ERR_IO, "cannot open %s: %s", to, errno_text(errno));
    if (e.code == ERR_OK) {
        e = handle_open(to, SQLITE_OPEN_READWRITE, &copy, f);
    }
    if (e.code == ERR_OK) {
        e = run(copy, to, "pragma journal_mode = off; pragma synchronous = off", f);
    }
    if (e.code == ERR_OK) {
        e = pages_copy(source, copy, to, fd, f);
    }
    sqlite3_close(source);
    if (e.code == ERR_OK) {
        /* The copy came with the mark that it has a log: alone it has none. */
        e = run(copy, to, "pragma journal_mode = delete", f);
    }
    sqlite3_close(copy);
    if (fd >= 0) {
        (void)close(fd);
    }
    return e;
}

/* ---- looking through ---- */

static err structure(sqlite3 *db, const char *path, struct fail *f)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, "pragma quick_check(1)", -1, &st, NULL) != SQLITE_OK) {
        return failed(db, path, f);
    }
    const bool row = sqlite3_step(st) == SQLITE_ROW;
    const str said = str_of(row ? (const char *)sqlite3_column_text(st, 0) : sqlite3_errmsg(db));
    err e = OK;
    if (!str_eq(said, S("ok"))) {
        e = fail_log(f, ERR_CONFLICT, "the database is damaged: %.*s", STR_F(said));
    }
    sqlite3_finalize(st);
    return e;
}

static err count(sqlite3 *db, const char *path, const char *table, struct buf *out, struct fail *f)
{
    sqlite3_stmt *st = NULL;
    char *sql = sqlite3_mprintf("select count(*) from \"%w\"", table);
    const int rc = sql != NULL ? sqlite3_prepare_v2(db, sql, -1, &st, NULL) : SQLITE_NOMEM;
    const err e = rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW ? OK : failed(db, path, f);
    if (e.code == ERR_OK) {
        buf_printf(out, "count %s %lld\n", table, (long long)sqlite3_column_int64(st, 0));
    }
    sqlite3_finalize(st);
    sqlite3_free(sql);
    return e;
}

static err counts_of(sqlite3 *db, const char *path, struct buf *out, struct fail *f)
{
    sqlite3_stmt *st = NULL;
    /* A virtual table stands in tables of its own, which are counted. */
    if (sqlite3_prepare_v2(db,
                           "select name from sqlite_master where type = 'table' and rootpage > 0 "
                           "and name not like 'sqlite_%' order by name",
                           -1, &st, NULL) != SQLITE_OK) {
        return failed(db, path, f);
    }
    err e = OK;
    int rc;
    while (e.code == ERR_OK && (rc = sqlite3_step(st)) != SQLITE_DONE) {
        e = rc == SQLITE_ROW ? count(db, path, (const char *)sqlite3_column_text(st, 0), out, f)
                             : failed(db, path, f); /* else the tables behind would not be missed */
    }
    sqlite3_finalize(st);
    return e;
}

err sqlite_look_through(const char *path, struct buf *counts, struct fail *f)
{
    sqlite3 *db = NULL;
    TRY(handle_open(path, SQLITE_OPEN_READONLY, &db, f));
    err e = structure(db, path, f);
    if (e.code == ERR_OK) {
        e = counts_of(db, path, counts, f);
    }
    sqlite3_close(db);
    return e.code == ERR_OK && counts->full ? fail_log(f, ERR_LIMIT, "more tables than there can be") : e;
}
