/* store.c: opening and closing a store, and the readers of its threads. */
#include "store.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup.h"
#include "check.h"
#include "clock.h"
#include "engine.h"
#include "log.h"
#include "meta.sql.h"
#include "reserve.h"
#include "store_inside.h"
#include "vault_open.h"

enum {
    QUEUE_DEFAULT = 4096,
    WRITERS_DEFAULT = 4,
    SETUP_MAX = 1024 * 1024,
    REPLAY_ROWS = 1000,
    RESERVE_PAUSE_MS = 5000
};

/* ---- readers: one connection for each thread that asks, closed when the thread or the store ends ---- */

struct reader {
    const struct store *store;
    struct db *db;
    struct reader *next;
};

/* Of all stores of the process: a thread that ends finds out here whether its reader is still open. */
static pthread_mutex_t readers_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct reader *readers;

/* Takes it out of the list; false when it is no longer in it. */
static bool unlink_reader(const struct reader *r)
{
    for (struct reader **at = &readers; *at != NULL; at = &(*at)->next) {
        if (*at == r) {
            *at = r->next;
            return true;
        }
    }
    return false;
}

static void reader_free(struct reader *r)
{
    db_close(r->db);
    mem_free(r);
}

static void thread_ends(void *arg)
{
    struct reader *r = arg;
    pthread_mutex_lock(&readers_mutex);
    const bool mine = unlink_reader(r);
    pthread_mutex_unlock(&readers_mutex);
    if (mine) {
        reader_free(r);
    }
}

static void readers_close(const struct store *s)
{
    pthread_mutex_lock(&readers_mutex);
    for (struct reader **at = &readers; *at != NULL;) {
        struct reader *r = *at;
        if (r->store != s) {
            at = &r->next;
            continue;
        }
        *at = r->next;
        reader_free(r);
    }
    pthread_mutex_unlock(&readers_mutex);
}

static struct reader *reader_open(struct store *s)
{
    struct fail f = {0};
    struct db *db = NULL;
    if (database_open(s, DB_READ, &db, &f).code != ERR_OK) {
        return NULL;
    }
    if (!s->read_only) {
        db_remember(db);
    }
    struct reader *r = mem_new(sizeof *r);
    r->store = s;
    r->db = db;
    if (pthread_setspecific(s->reader_key, r) != 0) {
        reader_free(r);
        return NULL;
    }
    pthread_mutex_lock(&readers_mutex);
    r->next = readers;
    readers = r;
    pthread_mutex_unlock(&readers_mutex);
    return r;
}

struct db *store_reader(struct store *s)
{
    struct reader *r = pthread_getspecific(s->reader_key);
    if (r != NULL && r->db->cause == DB_CAUSE_LOST) {
        CHECK(pthread_setspecific(s->reader_key, NULL) == 0);
        thread_ends(r);
        r = NULL;
    }
    r = r != NULL ? r : reader_open(s);
    return r != NULL ? r->db : NULL;
}

/* ---- simple questions ---- */

struct vault *store_vault(struct store *s)
{
    return s->vault;
}

int64_t store_commits(const struct store *s)
{
    return atomic_load(&s->commits) + 1;
}

bool store_broken(const struct store *s)
{
    return atomic_load(&s->broken);
}

bool store_full(const struct store *s)
{
    return atomic_load(&s->full) || atomic_load(&s->tight);
}

/* ---- room ---- */

bool store_has_room(const struct store *s, int64_t bytes)
{
    return reserve_room(s->dir, bytes);
}

static const char *path_in(struct store *s, const char *name);

/* A process that was killed has left the log with what it owned. */
static void reserve_try(struct store *s)
{
    const bool can = reserve_owned(s->reserve_path) || reserve_room(s->dir, RESERVE_BYTES);
    atomic_store(&s->reserved, can && reserve_take(s->reserve_path));
    atomic_store(&s->reserve_again_ms, clock_mono_ms() + RESERVE_PAUSE_MS);
}

static void reserve_start(struct store *s)
{
    if (!s->is_pg) { /* a server's disk is elsewhere */
        s->reserve_path = path_in(s, "sunwai.db-wal");
        reserve_try(s);
    }
}

bool store_squeezed(struct store *s)
{
    return atomic_load(&s->reserved) && !atomic_exchange(&s->small_only, true);
}

void store_look(struct store *s)
{
    const bool full = atomic_load(&s->full);
    const long long want = full ? 2LL * RESERVE_LOW : RESERVE_LOW;
    if (s->reserve_path != NULL && !atomic_load(&s->reserved) &&
        clock_mono_ms() >= atomic_load(&s->reserve_again_ms)) {
        reserve_try(s);
    }
    atomic_store(&s->tight, s->reserve_path != NULL && !atomic_load(&s->reserved) &&
                                !reserve_room(s->dir, RESERVE_NEXT));
    if (!atomic_load(&s->reserved) || reserve_room(s->dir, want) == !full) {
        return;
    }
    if (full) {
        (void)reserve_take(s->reserve_path); /* it owns what it owned before, whatever else fails */
        LOG("store.room_again");
    } else {
        ERROR("store.disk_nearly_full");
    }
    atomic_store(&s->full, !full);
    atomic_store(&s->small_only, !full);
}

bool store_alone(const struct store *s)
{
    return !s->is_pg && !s->read_only;
}

bool store_many_writers(const struct store *s)
{
    return s->writers_n > 1;
}

const char *store_engine(const struct store *s)
{
    return s->is_pg ? "postgres" : "sqlite";
}

int64_t store_wal_bytes(const struct store *s)
{
    char path[4096];
    struct stat st;
    if (s->is_pg || snprintf(path, sizeof path, "%s-wal", s->database) >= (int)sizeof path ||
        stat(path, &st) != 0) {
        return 0;
    }
    return (int64_t)st.st_size;
}

/* ---- opening ---- */

err database_open(const struct store *s, enum db_access access, struct db **out, struct fail *f)
{
    return s->is_pg ? pg_open(s->database, access, out, f) : sqlite_open(s->database, access, out, f);
}

static const char *path_in(struct store *s, const char *name)
{
    return arena_printf(s->arena, "%s/%s", s->dir, name).p;
}

/* Whoever wants the turn alone must not be passed for ever by those that share it. */
static void turn_init(pthread_rwlock_t *turn)
{
    pthread_rwlockattr_t kind;
    pthread_rwlockattr_init(&kind);
    pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(turn, &kind);
    pthread_rwlockattr_destroy(&kind);
}

/* A store with nothing open. */
static struct store *store_new(const struct store_config *config)
{
    struct store *s = mem_new(sizeof *s);
    s->arena = arena_open(SETUP_MAX);
    s->dir = arena_cstr(s->arena, str_of(config->dir));
    CHECK(s->dir != NULL);
    s->kept = kept_open();
    s->is_pg = config->address != NULL;
    s->read_only = config->read_only;
    s->database = s->is_pg ? arena_cstr(s->arena, str_of(config->address)) : path_in(s, "sunwai.db");
    s->queue_max = config->queue_max != 0 ? config->queue_max : QUEUE_DEFAULT;
    s->node = s->is_pg ? config->node : 0;
    s->writers_n = s->is_pg ? (config->writers != 0 ? config->writers : WRITERS_DEFAULT) : 1;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->filled, NULL);
    turn_init(&s->turn);
    for (unsigned i = 0; i < WRITERS_MAX; i++) {
        s->writers[i].store = s;
        s->writers[i].number = (int)i;
        s->writers[i].chain = (int64_t)s->node * CHAINS_PER_NODE + i;
    }
    return s;
}

void store_close(struct store *s)
{
    if (s == NULL) {
        return;
    }
    writers_drain(s);
    /* Readers before the writer, which moves its log into the database when it closes last. */
    if (s->reader_key_made) {
        pthread_key_delete(s->reader_key);
    }
    readers_close(s);
    writers_close(s);
    keys_close(s->keys);
    vault_close(s->vault);
    kept_close(s->kept);
    lock_release(s->lock);
    pthread_mutex_destroy(&s->mutex);
    pthread_cond_destroy(&s->filled);
    pthread_rwlock_destroy(&s->turn);
    arena_free(s->arena);
    mem_free(s);
}

static err config_check(const struct store_config *config, struct fail *f)
{
    struct stat st;
    if (config->writers > WRITERS_MAX || config->node >= NODES_MAX) {
        return fail_log(f, ERR_INVALID, "at most %d writers, node below %d", WRITERS_MAX, NODES_MAX);
    }
    if (stat(config->dir, &st) != 0 || !S_ISDIR(st.st_mode)) {
        return fail_log(f, ERR_NOT_FOUND, "no data folder %s: make it with 'sunwai init --data %s'",
                        config->dir, config->dir);
    }
    return OK;
}

static err database_there(const struct store *s, struct fail *f)
{
    struct stat st;
    if (!s->is_pg && stat(s->database, &st) != 0) {
        return fail_log(f, ERR_NOT_FOUND, "no database in %s: run 'sunwai init'", s->dir);
    }
    return OK;
}

/* The database knows its key file by a value derived from it. */
static err key_check(struct store *s, struct db *db, const uint8_t master[VAULT_KEY_LEN], struct fail *f)
{
    char value[HEX_OF_32];
    struct q_meta_get row;
    vault_check_value(master, value);
    const err e = q_meta_get(db, s->arena, S("key_check"), &row);
    if (e.code == ERR_NOT_FOUND) {
        return fail_log(f, ERR_INVALID, "the database belongs to no key file: 'sunwai init' was cut short");
    }
    if (e.code != ERR_OK) {
        return fail_log(f, e.code, "%s", db_error(db));
    }
    if (!str_eq(row.meta_text, (str){value, sizeof value})) {
        return fail_log(f, ERR_INVALID, "%s/key is not the key of this database: put the right one back",
                        s->dir);
    }
    return OK;
}

/* Keys whose destruction is on record go again, should an older keys.db have been put back. */
static err replay_destroyed(struct store *s, struct db *db, struct fail *f)
{
    int64_t after = 0;
    for (;;) {
        const struct arena_mark mark = arena_mark(s->arena);
        struct q_destroyed_key_list *rows = NULL;
        size_t n = 0;
        const err e = q_destroyed_key_list(db, s->arena, after, REPLAY_ROWS, &rows, &n);
        if (e.code != ERR_OK) {
            return fail_log(f, e.code, "%s", db_error(db));
        }
        int64_t nos[REPLAY_ROWS];
        for (size_t i = 0; i < n; i++) {
            nos[i] = rows[i].key_no;
        }
        arena_reset(s->arena, mark);
        if (n == 0) {
            return OK;
        }
        TRY(keys_destroy(s->keys, nos, n, f));
        after = nos[n - 1];
    }
}

static err vault_start(struct store *s, struct db *db, struct fail *f)
{
    uint8_t master[VAULT_KEY_LEN];
    TRY(keyfile_read(s->dir, master, f));
    err e = key_check(s, db, master, f);
    if (e.code == ERR_OK) {
        s->vault = vault_open(master);
    }
    explicit_bzero(master, sizeof master);
    TRY(e);
    struct q_mark_top top = {.mark_no = 0};
    e = q_mark_top(db, s->arena, S("key"), &top);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return fail_log(f, e.code, "%s", db_error(db));
    }
    TRY(keys_open(path_in(s, "keys.db"), s->read_only, vault_wrap_key(s->vault), top.mark_no, &s->keys, f));
    return s->read_only ? OK : replay_destroyed(s, db, f);
}

static err writers_open(struct store *s, struct fail *f)
{
    for (unsigned i = 0; i < s->writers_n; i++) {
        struct writer *w = &s->writers[i];
        TRY(database_open(s, DB_WRITE, &w->db, f));
        if (s->is_pg) {
            const err e = pg_claim(w->db, w->chain);
            if (e.code != ERR_OK) {
                return fail_log(f, e.code, "%s", db_error(w->db));
            }
        } else {
            sqlite_flush_beside(w->db);
        }
        if (i == 0) {
            TRY(migrate_check(w->db, f));
        }
        TRY(writer_prepare(w, f));
    }
    return OK;
}

static err open_beside(struct store *s, struct fail *f)
{
    struct db *db = store_reader(s);
    if (db == NULL) {
        TRY(database_open(s, DB_READ, &db, f)); /* once more, for the reason */
        db_close(db);
        return fail_log(f, ERR_IO, "cannot open a reader");
    }
    TRY(migrate_check(db, f));
    return vault_start(s, db, f);
}

static err open_all(struct store *s, struct fail *f)
{
    if (pthread_key_create(&s->reader_key, thread_ends) != 0) {
        return fail_log(f, ERR_IO, "too many open stores");
    }
    s->reader_key_made = true;
    TRY(database_there(s, f));
    if (s->read_only) {
        return open_beside(s, f);
    }
    TRY(lock_take(s->dir, &s->lock, f));
    backup_tidy(s->dir);
    TRY(writers_open(s, f));
    TRY(vault_start(s, s->writers[0].db, f));
    reserve_start(s);
    return writers_start(s, f);
}

err store_open(const struct store_config *config, struct store **out, struct fail *f)
{
    TRY(config_check(config, f));
    struct store *s = store_new(config);
    const err e = open_all(s, f);
    if (e.code != ERR_OK) {
        store_close(s);
        return e;
    }
    *out = s;
    return OK;
}

/* ---- making and migrating ---- */

static err key_check_write(struct store *s, struct db *db, struct fail *f)
{
    uint8_t master[VAULT_KEY_LEN];
    char value[HEX_OF_32];
    TRY(keyfile_read(s->dir, master, f));
    vault_check_value(master, value);
    explicit_bzero(master, sizeof master);
    const err e = q_meta_put(db, S("key_check"), (str){value, sizeof value}, NULL);
    return e.code == ERR_OK ? OK : fail_log(f, e.code, "%s", db_error(db));
}

/* An init that was cut short, on a server, has left tables that belong to no key: the next one goes on there.
 */
static bool claimed(struct store *s, struct db *db)
{
    struct q_meta_get row;
    return q_meta_get(db, s->arena, S("key_check"), &row).code != ERR_NOT_FOUND;
}

static err init_database(struct store *s, struct fail *f)
{
    int64_t is = 0;
    int applied = 0;
    struct db *db = NULL;
    TRY(database_open(s, DB_WRITE, &db, f));
    s->writers[0].db = db; /* closed with the store */
    if (db->engine->version(db, &is).code != ERR_OK) {
        return fail_log(f, ERR_IO, "%s", db_error(db));
    }
    if (is != 0 && claimed(s, db)) {
        return fail_log(f, ERR_CONFLICT, "the database is not empty");
    }
    TRY(migrate_apply(db, &applied, f));
    return key_check_write(s, db, f);
}

static err init_in(struct store *s, struct fail *f)
{
    struct stat st;
    /* Before the lock: of a folder that is served that is what has to be said. keyfile_create() decides. */
    if (stat(s->is_pg ? path_in(s, "key") : s->database, &st) == 0) {
        return fail_log(f, ERR_CONFLICT, "%s is a data folder already", s->dir);
    }
    TRY(lock_take(s->dir, &s->lock, f));
    TRY(keyfile_create(s->dir, f));
    const err e = init_database(s, f);
    if (e.code != ERR_OK) {
        /* Nothing stands on this key yet: leave the folder as it was found, so that init can be run again. */
        db_close(s->writers[0].db);
        s->writers[0].db = NULL;
        (void)unlink(path_in(s, "key"));
        if (!s->is_pg) {
            (void)unlink(s->database);
        }
    }
    return e;
}

bool store_exposed(const char *dir)
{
    struct stat st;
    return stat(dir, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

static err folder_close(const char *dir, struct fail *f)
{
    struct stat st;
    if (!store_exposed(dir)) {
        return OK;
    }
    if (stat(dir, &st) == 0 && (st.st_mode & S_ISVTX) != 0) {
        return fail_log(f, ERR_INVALID, "%s is everybody's: name a folder of its own", dir);
    }
    return chmod(dir, S_IRWXU) == 0 ? OK
                                    : fail_log(f, ERR_IO, "cannot close %s to others: errno %d", dir, errno);
}

err store_init(const struct store_config *config, struct fail *f)
{
    if (mkdir(config->dir, 0700) != 0 && errno != EEXIST) {
        return fail_log(f, ERR_IO, "cannot make %s: %s", config->dir, errno_text(errno));
    }
    TRY(config_check(config, f));
    TRY(folder_close(config->dir, f));
    struct store *s = store_new(config);
    const err e = init_in(s, f);
    store_close(s);
    return e;
}

err store_migrate(const struct store_config *config, int *out_applied, struct fail *f)
{
    TRY(config_check(config, f));
    struct store *s = store_new(config);
    err e = database_there(s, f);
    if (e.code == ERR_OK) {
        e = lock_take(s->dir, &s->lock, f);
    }
    if (e.code == ERR_OK) {
        e = database_open(s, DB_WRITE, &s->writers[0].db, f);
    }
    if (e.code == ERR_OK) {
        e = migrate_apply(s->writers[0].db, out_applied, f);
    }
    store_close(s);
    return e;
}
