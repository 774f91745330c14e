/* soak SECONDS [rival TRIES]: the store under writers and readers, for long; what was acknowledged is looked
 * up after each run, and while it goes on.
 *
 * SQLite up to 3.51.2 loses committed rows, or the whole file, when one connection checkpoints while another
 * one commits (sqlite.org, "WAL reset bug"). The store is safe from it because one connection does both: so
 * this must hold for any length of time. With `rival` a second connection checkpoints in a tight loop: then
 * rows must be seen to get lost, or the file to break, in one of TRIES runs; if they never do, this test
 * would not notice either.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <unistd.h>

#include "arena.h"
#include "audit.h"
#include "clock.h"
#include "log.h"
#include "meta.sql.h"
#include "random.h"
#include "store.h"

enum { WRITERS = 8, SLOTS = 2000, READERS = 2, RIVALS = 2, ARENA = 4 * 1024 * 1024, NAME = 300 };

struct lane {
    struct store *store;
    pthread_t thread;
    int number;
    long written;
    atomic_long acked[SLOTS]; /* the last number acknowledged in each slot */
};

static struct lane lanes[WRITERS];
static atomic_bool over;
static atomic_long wrong, looks;
static bool resting;
static char folder[NAME], database[NAME + 20];

struct fact {
    struct write_job base; /* first */
    int lane, slot;
    long number;
};

static str name_of(struct arena *a, int lane, int slot)
{
    return arena_printf(a, "soak %d %d", lane, slot);
}

static err fact_run(struct ctx *c, struct write_job *base)
{
    const struct fact *f = (const struct fact *)base;
    return q_meta_put(c->db, name_of(c->arena, f->lane, f->slot), arena_printf(c->arena, "%ld", f->number),
                      NULL);
}

static void *write_facts(void *arg)
{
    struct lane *l = arg;
    for (long n = 1; !atomic_load(&over); n++) {
        struct fact f = {.base = {.run = fact_run, .actor = {.role = ROLE_SYSTEM}},
                         .lane = l->number,
                         .slot = (int)random_below(SLOTS),
                         .number = n};
        if (store_write(l->store, &f.base).code != ERR_OK) {
            fprintf(stderr, "a write failed: %s\n", f.base.fail.log);
            atomic_fetch_add(&wrong, 1);
            break;
        }
        atomic_store(&l->acked[f.slot], n);
        l->written = n;
        if (resting && n % 8 == 0) {
            (void)usleep(random_below(600));
        }
    }
    return NULL;
}

/* Whether the database has at least what was acknowledged before it was asked. */
static bool there(struct db *db, struct arena *a, const struct lane *l, int slot)
{
    const long acked = atomic_load(&l->acked[slot]);
    struct q_meta_get row;
    arena_clear(a);
    const err e = q_meta_get(db, a, name_of(a, l->number, slot), &row);
    int64_t is = 0;
    if (acked == 0 || (e.code == ERR_OK && str_i64(row.meta_text, &is) && is >= acked)) {
        return true;
    }
    fprintf(stderr, "acknowledged and lost: %ld in slot %d of writer %d, there is %lld (%s)\n", acked, slot,
            l->number, (long long)is, err_name(e));
    return false;
}

static void *read_facts(void *arg)
{
    struct store *s = arg;
    struct arena *a = arena_open(ARENA);
    while (!atomic_load(&over)) {
        struct db *db = store_reader(s);
        if (db == NULL || !there(db, a, &lanes[random_below(WRITERS)], (int)random_below(SLOTS))) {
            atomic_fetch_add(&wrong, 1);
            break;
        }
        atomic_fetch_add(&looks, 1);
    }
    arena_free(a);
    return NULL;
}

/* What happens in the moment between a checkpointer's look at the head of the log and its work decides, so it
 * lasts longer here: as on a machine that is busy with others just then. SQLite calls this function in that
 * moment. */
static const sqlite3_io_methods *plain;
static int pause_there(sqlite3_file *file, sqlite3_int64 at, void *p)
{
    (void)usleep(300);
    return plain->xUnfetch(file, at, p);
}

static void make_slow(sqlite3 *db)
{
    static sqlite3_io_methods slow;
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    sqlite3_file *file = NULL;
    if (sqlite3_exec(db, "select count(*) from meta", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == NULL) {
        exit(2);
    }
    pthread_mutex_lock(&mutex);
    if (plain == NULL) {
        plain = file->pMethods;
        slow = *plain;
        slow.xUnfetch = pause_there;
    }
    file->pMethods = &slow;
    pthread_mutex_unlock(&mutex);
}

static void *checkpoint_for_ever(void *arg)
{
    sqlite3 *db = NULL;
    (void)arg;
    if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        make_slow(db);
        while (!atomic_load(&over)) {
            (void)sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        }
    }
    (void)sqlite3_close(db);
    return NULL;
}

/* SQLite's own look at every page. */
static bool sound(void)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    const bool good = sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                      sqlite3_prepare_v2(db, "pragma integrity_check", -1, &st, NULL) == SQLITE_OK &&
                      sqlite3_step(st) == SQLITE_ROW &&
                      strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
    if (!good) {
        fprintf(stderr, "integrity_check: %s\n",
                st != NULL && sqlite3_data_count(st) > 0 ? (const char *)sqlite3_column_text(st, 0)
                                                         : sqlite3_errmsg(db));
    }
    sqlite3_finalize(st);
    (void)sqlite3_close(db);
    return good;
}

static bool all_there(const struct store_config *config)
{
    struct fail f = {0};
    struct store *s = NULL;
    if (!sound() || store_open(config, &s, &f).code != ERR_OK) {
        fprintf(stderr, "cannot open: %s\n", f.log);
        return false;
    }
    struct arena *a = arena_open(ARENA);
    long missing = 0;
    for (int i = 0; i < WRITERS; i++) {
        for (int slot = 0; slot < SLOTS && missing < 10; slot++) {
            missing += !there(store_reader(s), a, &lanes[i], slot);
        }
    }
    arena_free(a);
    store_close(s);
    return missing == 0;
}

static void folder_new(void)
{
    const char *fast = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(folder, sizeof folder, "%s/sunwai-soak.XXXXXX", fast);
    if (mkdtemp(folder) == NULL) {
        exit(2);
    }
    (void)snprintf(database, sizeof database, "%s/sunwai.db", folder);
}

static void folder_remove(void)
{
    static const char *const names[] = {"sunwai.db",   "sunwai.db-wal", "sunwai.db-shm", "keys.db",
                                        "keys.db-wal", "keys.db-shm",   "key",           "lock"};
    char path[NAME + 40];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void start(pthread_t *t, void *(*run)(void *), void *arg)
{
    if (pthread_create(t, NULL, run, arg) != 0) {
        exit(2);
    }
}

/* One run in a new folder; whether everything held. */
static bool run(int seconds, int rivals)
{
    pthread_t readers[READERS], others[RIVALS];
    struct fail f = {0};
    struct store *s = NULL;
    folder_new();
    const struct store_config config = {.dir = folder};
    if (store_init(&config, &f).code != ERR_OK || store_open(&config, &s, &f).code != ERR_OK) {
        fprintf(stderr, "%s\n", f.log);
        exit(2);
    }
    atomic_store(&over, false);
    atomic_store(&wrong, 0);
    memset(lanes, 0, sizeof lanes);
    /* Beside rivals one, who takes a rest now and then, and nobody who reads: so the log begins anew all the
     * time. */
    const int writers_n = rivals > 0 ? 1 : WRITERS, readers_n = rivals > 0 ? 0 : READERS;
    resting = rivals > 0;
    for (int i = 0; i < writers_n; i++) {
        lanes[i].number = i;
        lanes[i].store = s;
        start(&lanes[i].thread, write_facts, &lanes[i]);
    }
    for (int i = 0; i < readers_n; i++) {
        start(&readers[i], read_facts, s);
    }
    for (int i = 0; i < rivals; i++) {
        start(&others[i], checkpoint_for_ever, NULL);
    }
    for (int ms = 0; ms < seconds * 1000 && atomic_load(&wrong) == 0; ms += 100) {
        (void)usleep(100 * 1000);
    }
    atomic_store(&over, true);
    long written = 0;
    for (int i = 0; i < writers_n; i++) {
        (void)pthread_join(lanes[i].thread, NULL);
        written += lanes[i].written;
    }
    for (int i = 0; i < readers_n; i++) {
        (void)pthread_join(readers[i], NULL);
    }
    for (int i = 0; i < rivals; i++) {
        (void)pthread_join(others[i], NULL);
    }
    store_close(s);
    const bool held = atomic_load(&wrong) == 0 && all_there(&config);
    printf("  %ld acknowledged, %ld looks, SQLite %s, %d rivals: %s\n", written, atomic_load(&looks),
           sqlite3_libversion(), rivals, held ? "all there" : "BROKEN");
    folder_remove();
    return held;
}

int main(int argc, char *argv[])
{
    const int seconds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10;
    log_to(-1);
    if (argc <= 3) {
        const bool held = run(seconds, 0);
        printf("soak: %d passed, %d failed\n", held, !held);
        return held ? 0 : 1;
    }
    const int tries = (int)strtol(argv[3], NULL, 10);
    bool broke = sqlite3_libversion_number() >= 3051003; /* there the bug is mended: nothing can be seen */
    for (int i = 0; i < tries && !broke; i++) {
        broke = !run(seconds, RIVALS);
    }
    printf("soak with a rival, which must break it: %d passed, %d failed\n", broke, !broke);
    return broke ? 0 : 1;
}
