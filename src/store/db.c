/* db.c: what is the same for every engine. */
#include "db.h"

#include <stdarg.h>

#include "engine.h"

err db_note(struct db *db, enum err_code code, enum db_cause cause, const char *format, ...)
{
    if (db->failed != ERR_OK) {
        return (err){code};
    }
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(db->error, sizeof db->error, format, args);
    va_end(args);
    if (n < 0) {
        db->error[0] = '\0';
    }
    db->cause = cause;
    if (db->writable && db->in_tx) {
        db->failed = code;
    }
    return (err){code};
}

err db_blame(struct db *db, const struct db *other, err e)
{
    return db_note(db, e.code, other->cause, "%s", other->error);
}

err db_run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
           void *arg, int64_t *out_changed)
{
    if (db->failed != ERR_OK) {
        return FAIL(BUG);
    }
    if (q->writes && !db->writable) {
        return db_note(db, ERR_BUG, DB_CAUSE_OTHER, "%s: a write on a reading connection", q->name);
    }
    return db->engine->run(db, q, form, params, row, arg, out_changed);
}

err db_begin(struct db *db)
{
    db->failed = ERR_OK;
    db->cause = DB_CAUSE_OTHER;
    return db->engine->begin(db);
}

err db_commit(struct db *db)
{
    return db->engine->commit(db);
}

err db_rollback(struct db *db)
{
    return db->engine->rollback(db);
}

void db_snapshot(struct db *db)
{
    if (db->engine->snapshots && !db->in_tx) {
        IGNORE(db_begin(db)); /* without it each statement sees what is there when it runs */
    }
}

void db_snapshot_end(struct db *db)
{
    if (db->engine->snapshots && db->in_tx) {
        IGNORE(db_rollback(db)); /* nothing was written: there is nothing that could fail to be undone */
    }
}

err db_describe(struct db *db, const struct query *q, unsigned form)
{
    return db->engine->describe(db, q, form);
}

void db_remember(struct db *db)
{
    if (db->engine->remember != NULL) {
        db->engine->remember(db);
    }
}

const char *db_error(const struct db *db)
{
    return db->error;
}

void db_close(struct db *db)
{
    if (db != NULL) {
        db->engine->close(db);
    }
}
