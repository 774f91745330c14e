/* db.h: one connection to a database, whichever engine: SQLite, PostgreSQL, or the fake of the tests.
 *
 * A connection belongs to one thread at a time. Statements are prepared once for each connection and kept.
 * Rows are handed to a callback while the statement runs: text in them lives until the callback returns.
 * Engine failures are IO (BUSY when a lock or serialisation failure asks for another try, UNCERTAIN when
 * the connection was lost in COMMIT, CONFLICT for a unique or foreign key); the engine's own words go to
 * db_error() and the log only.
 */
#ifndef SUNWAI_DB_H
#define SUNWAI_DB_H

#include "value.h"

struct db;

/* A row of columns; return anything but OK to stop, which db_run() then returns. */
typedef err (*row_fn)(void *arg, const struct value *columns);

struct db_engine {
    const char *name; /* "sqlite" */
    err (*run)(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row, void *arg,
               int64_t *out_changed);
    err (*begin)(struct db *db); /* read snapshot on a reader, write transaction on a writer */
    err (*commit)(struct db *db);
    err (*rollback)(struct db *db);
    err (*savepoint)(struct db *db); /* one level: a job within a batch */
    err (*release)(struct db *db);
    err (*rollback_to)(struct db *db);
    /* Prepare and describe a form; INVALID when types or names differ from what sqlgen promised. */
    err (*describe)(struct db *db, const struct query *q, unsigned form);
    err (*script)(struct db *db, const char *sql); /* migrations only */
    void (*close)(struct db *db);
};

/* The first member of each engine's connection. */
struct db {
    const struct db_engine *engine;
    bool writable;
    char error[240]; /* of the last failure; for the log */
};

enum db_access { DB_READ, DB_WRITE };
err sqlite_open(const char *path, enum db_access access, struct db **out, struct fail *f);
err pg_open(const char *conninfo, enum db_access access, struct db **out, struct fail *f);
/* The fake: answers queries by name from canned rows; see fake.c. */

/* What generated code calls. `form` is chosen by it from the optional lines and list lengths. */
err db_run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row, void *arg,
           int64_t *out_changed);
const char *db_error(const struct db *db);
void db_close(struct db *db); /* takes NULL */

#endif
