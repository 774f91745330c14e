/* db.h: one connection to a database, whichever engine: SQLite, PostgreSQL, or the fake of the tests.
 *
 * A connection belongs to one thread at a time. Statements are prepared once for each connection and kept.
 * Rows are handed to a callback while the statement runs: text in them lives until the callback returns.
 * Engine failures are IO (BUSY when a lock or serialisation failure asks for another try, UNCERTAIN when
 * the connection was lost in COMMIT, CONFLICT for a unique or foreign key); the engine's own words go to
 * db_error() and the log only.
 * Both engines behave alike: once a statement of a write transaction has failed in the engine, every later
 * one in it is refused (BUG) and the job fails, whatever it returns. So a rule that expects a clash writes
 * ON CONFLICT DO NOTHING and looks at the number of changed rows.
 */
#ifndef SUNWAI_DB_H
#define SUNWAI_DB_H

#include "value.h"

struct db;

/* A row of columns; return anything but OK to stop, which db_run() then returns. Asks nothing of the same
 * connection: what is kept in memory may be forgotten by that. */
typedef err (*row_fn)(void *arg, const struct value *columns);

struct db_engine {
    const char *name; /* "sqlite" */
    bool snapshots;   /* a read snapshot is no journey of its own */
    err (*run)(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
               void *arg, int64_t *out_changed);
    err (*begin)(struct db *db); /* read snapshot on a reader, write transaction on a writer */
    err (*commit)(struct db *db);
    err (*rollback)(struct db *db);
    err (*savepoint)(struct db *db); /* one level: a job within a batch */
    err (*release)(struct db *db);
    err (*rollback_to)(struct db *db);
    /* Prepare and describe a form; INVALID when types or names differ from what sqlgen promised. */
    err (*describe)(struct db *db, const struct query *q, unsigned form);
    err (*script)(struct db *db, const char *sql); /* migrations only */
    err (*version)(struct db *db, int64_t *out);   /* number of the last migration; 0: an empty database */
    void (*remember)(struct db *db);               /* NULL: it cannot */
    err (*tidy)(struct db *db); /* writer, between transactions: housekeeping (checkpoint) */
    void (*close)(struct db *db);
};

/* What stood behind the last engine failure, where the store acts on it. */
enum db_cause {
    DB_CAUSE_OTHER,
    DB_CAUSE_RETRY,  /* serialisation failure or deadlock: the same job again will do */
    DB_CAUSE_UNIQUE, /* a unique key; under SERIALIZABLE possibly a rival that the next try will see */
    DB_CAUSE_FULL,   /* no room on the disk; reads go on, writes come back with the room */
    DB_CAUSE_LOST,   /* the connection is gone */
    DB_CAUSE_BROKEN  /* an I/O error: what the disk holds is no longer known */
};

/* The first member of each engine's connection. */
struct db {
    const struct db_engine *engine;
    bool writable;
    bool in_tx;
    enum err_code failed; /* of the first statement that failed in this write transaction */
    enum db_cause cause;
    int64_t rows;    /* written since the writer last looked */
    int64_t asked;   /* statements that were really run, not answered from memory (SQLite) */
    char error[240]; /* of the last failure; for the log */
};

enum db_access { DB_READ, DB_WRITE };
/* A new file is made when writing, readable by its owner only. ":memory:" is a database for tests. */
err sqlite_open(const char *path, enum db_access access, struct db **out, struct fail *f);
err pg_open(const char *conninfo, enum db_access access, struct db **out, struct fail *f);
/* The fake answers queries by name from canned rows: fake.h. */

/* What generated code calls. `form` is chosen by it from the optional lines and list lengths. */
err db_run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
           void *arg, int64_t *out_changed);
err db_begin(struct db *db);
err db_commit(struct db *db);
err db_rollback(struct db *db);
/* Until the end every statement sees one state of the database, and the locks of its log are taken once. Only
 * where that costs nothing by itself (SQLite): PostgreSQL would be asked twice more for it. For one short
 * page: an open snapshot holds the log back. */
void db_snapshot(struct db *db);
void db_snapshot_end(struct db *db);
err db_describe(struct db *db, const struct query *q, unsigned form);
/* A reader may answer what it was asked before from memory, as long as reference data is unchanged (memo.h).
 * Only where nobody writes but this process. */
void db_remember(struct db *db);
const char *db_error(const struct db *db);
void db_close(struct db *db); /* takes NULL */

#endif
