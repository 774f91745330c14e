/* migrate.c: brings a database forward, one transaction for each migration. There is no way back: a database
 * newer than the program is refused. */
#include "clock.h"
#include "meta.sql.h"
#include "store_inside.h"

static int64_t newest(void)
{
    return all_migrations_n == 0 ? 0 : all_migrations[all_migrations_n - 1].version;
}

static err refuse_newer(int64_t is, struct fail *f)
{
    return fail_log(f, ERR_CONFLICT,
                    "the database is at version %lld, this program only knows %lld: use the newer one",
                    (long long)is, (long long)newest());
}

static err apply(struct db *db, const struct migration *m)
{
    const bool pg = strcmp(db->engine->name, "postgres") == 0;
    TRY(db->engine->script(db, pg ? m->pg : m->sqlite));
    return q_migration_add(db,
                           &(struct q_migration_add_in){.migration_no = m->version,
                                                        .migration_name = str_of(m->name),
                                                        .applied_ms = clock_now_ms()},
                           NULL);
}

static err apply_one(struct db *db, const struct migration *m)
{
    TRY(db_begin(db));
    err e = apply(db, m);
    e = e.code == ERR_OK ? db_commit(db) : e;
    if (e.code != ERR_OK) {
        IGNORE(db_rollback(db)); /* what counts is why it came to that */
    }
    return e;
}

err migrate_apply(struct db *db, int *out_applied, struct fail *f)
{
    int64_t is = 0;
    int applied = 0;
    if (db->engine->version(db, &is).code != ERR_OK) {
        return fail_log(f, ERR_IO, "%s", db_error(db));
    }
    if (is > newest()) {
        return refuse_newer(is, f);
    }
    for (size_t i = 0; i < all_migrations_n; i++) {
        const struct migration *m = &all_migrations[i];
        if (m->version <= is) {
            continue;
        }
        const err e = apply_one(db, m);
        if (e.code != ERR_OK) {
            return fail_log(f, ERR_IO, "migration %s: %s", m->name, db_error(db));
        }
        applied++;
    }
    *out_applied = applied;
    return OK;
}

err migrate_check(struct db *db, struct fail *f)
{
    int64_t is = 0;
    if (db->engine->version(db, &is).code != ERR_OK) {
        return fail_log(f, ERR_IO, "%s", db_error(db));
    }
    if (is > newest()) {
        return refuse_newer(is, f);
    }
    if (is == 0) {
        return fail_log(f, ERR_CONFLICT, "the database is empty: run 'sunwai init'");
    }
    if (is < newest()) {
        return fail_log(f, ERR_CONFLICT,
                        "the database is at version %lld, this program needs %lld: run 'sunwai migrate'",
                        (long long)is, (long long)newest());
    }
    return OK;
}
