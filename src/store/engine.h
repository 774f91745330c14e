/* engine.h: what the engines, the writer and the audit chain share inside store/. Not for other folders. */
#ifndef SUNWAI_ENGINE_H
#define SUNWAI_ENGINE_H

#include "db.h"

/* Notes a failure of the engine on the connection and returns FAIL(code). In a write transaction the first
 * one stays: what follows it there is refused. */
err db_note(struct db *db, enum err_code code, enum db_cause cause, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The failure of another connection (keys.db) makes this transaction fail for the same cause. */
err db_blame(struct db *db, const struct db *other, err e);

/* PostgreSQL: holds chain number `chain` for as long as this connection lives. BUSY when another holds it. */
err pg_claim(struct db *db, int64_t chain);

/* SQLite is set up once, before the first connection of the process. */
void sqlite_ready(void);

/* The writer's checkpoints no longer make it wait for the disk (flusher.h). Not for a database whose log must
 * be cut at once. */
void sqlite_flush_beside(struct db *db);

enum { COLUMNS_MAX = 64, PARAMS_MAX = 256 };

#endif
