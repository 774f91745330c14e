/* migrate.c: brings a database forward, one transaction for each migration. There is no way back: a database
 * newer than the program is refused. */
#include "clock.h"
#include "meta.sql.h"
#include "random.h"
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

/* What a migration says, as 64 hexadecimal digits: two programs that disagree about one migration do not
 * share a database, whatever its number is. */
enum { PRINT_LEN = 2 * HASH_LEN + 1, NAME_LEN = 32, HISTORY_ARENA = 16 * 1024 };

static void print_of(const struct migration *m, char out[PRINT_LEN])
{
    uint8_t hash[HASH_LEN];
    content_hash(str_of(m->sqlite), hash);
    hex_of(hash, sizeof hash, out);
    out[PRINT_LEN - 1] = '\0';
}

static str name_of(const struct migration *m, char out[NAME_LEN])
{
    (void)snprintf(out, NAME_LEN, "schema.%lld", (long long)m->version);
    return str_of(out);
}

static err apply(struct db *db, const struct migration *m)
{
    char print[PRINT_LEN];
    char name[NAME_LEN];
    print_of(m, print);
    const bool pg = strcmp(db->engine->name, "postgres") == 0;
    TRY(db->engine->script(db, pg ? m->pg : m->sqlite));
    TRY(q_meta_put(db, name_of(m, name), str_of(print), NULL));
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

static err same_migration(struct db *db, struct arena *a, const struct migration *m, struct fail *f)
{
    char print[PRINT_LEN];
    char name[NAME_LEN];
    struct q_meta_get row;
    print_of(m, print);
    const err e = q_meta_get(db, a, name_of(m, name), &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return fail_log(f, ERR_IO, "%s", db_error(db));
    }
    if (e.code == ERR_NOT_FOUND || !str_eq(row.meta_text, str_of(print))) {
        return fail_log(f, ERR_CONFLICT,
                        "the database was made by a program with another migration %s: "
                        "use that program, or begin a new folder",
                        m->name);
    }
    return OK;
}

/* That the migrations which the database has been through are those that this program knows. */
static err same_history(struct db *db, int64_t is, struct fail *f)
{
    struct arena *a = arena_open(HISTORY_ARENA);
    err e = OK;
    for (size_t i = 0; e.code == ERR_OK && i < all_migrations_n && all_migrations[i].version <= is; i++) {
        e = same_migration(db, a, &all_migrations[i], f);
    }
    arena_free(a);
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
    TRY(same_history(db, is, f));
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
    return same_history(db, is, f);
}
