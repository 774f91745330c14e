/* backup.c: see backup.h. */
#include "backup.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit.h"
#include "backup_inside.h"
#include "check.h"
#include "clock.h"
#include "copy.h"
#include "log.h"
#include "meta.sql.h"
#include "store_inside.h"
#include "vault_open.h"

enum { WALK_ARENA = 4 * 1024 * 1024, ROOM_SPARE = 64 * 1024 * 1024, NICE = 19 };

/* ---- what the files have in common ---- */

void hashing_begin(struct hashing *h)
{
    crypto_generichash_init(&h->state, NULL, 0, HASH_LEN);
}

void hashing_add(struct hashing *h, str bytes)
{
    crypto_generichash_update(&h->state, (const uint8_t *)bytes.p, bytes.n);
}

void hashing_end(struct hashing *h, char out_hex[65])
{
    uint8_t hash[HASH_LEN];
    crypto_generichash_final(&h->state, hash, sizeof hash);
    hex_of(hash, sizeof hash, out_hex);
    out_hex[64] = '\0';
}

void number_put(uint8_t out[NUMBER_LEN], int64_t v)
{
    const uint64_t big = htobe64((uint64_t)v);
    memcpy(out, &big, NUMBER_LEN);
}

int64_t number_get(const uint8_t in[NUMBER_LEN])
{
    uint64_t big;
    memcpy(&big, in, NUMBER_LEN);
    return (int64_t)be64toh(big);
}

str summary_text(str summary, str name)
{
    while (summary.n > 0) {
        const str line = str_cut(&summary, '\n');
        if (str_starts(line, name) && line.n > name.n && line.p[name.n] == ' ') {
            return str_sub(line, name.n + 1, line.n);
        }
    }
    return STR_NONE;
}

int64_t summary_number(str summary, str name)
{
    int64_t n;
    return str_i64(summary_text(summary, name), &n) ? n : -1;
}

err keys_path(const char *file, char out[BACKUP_PATH], struct fail *f)
{
    return snprintf(out, BACKUP_PATH, "%s.keys", file) < BACKUP_PATH
               ? OK
               : fail_log(f, ERR_LIMIT, "the name %s is too long", file);
}

/* ---- told to stop: what is half made goes, for it is large, and the copy is not sealed ---- */

enum {
    LITTER_COPY,
    LITTER_COPY_LOG,
    LITTER_COPY_INDEX,
    LITTER_COPY_JOURNAL,
    LITTER_DATA,
    LITTER_KEYS,
    LITTERS
};
/* Written before the signals are let in. */
static char litter[LITTERS][BACKUP_PATH + 16];
/* What SQLite puts beside a file. */
static const char *const beside_copy[] = {"", "-wal", "-shm", "-journal"};

static _Noreturn void on_stop(int signal_no)
{
    for (size_t i = 0; i < LITTERS; i++) {
        if (litter[i][0] != '\0') {
            (void)unlink(litter[i]);
        }
    }
    _exit(128 + signal_no);
}

static const int stops[] = {SIGINT, SIGTERM, SIGHUP};

static void stop_with(void (*handler)(int))
{
    const struct sigaction action = {.sa_handler = handler};
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        (void)sigaction(stops[i], &action, NULL);
    }
}

/* Between making a file and noting it nobody is let in. */
static void stops_wait(int how)
{
    sigset_t set;
    (void)sigemptyset(&set);
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        (void)sigaddset(&set, stops[i]);
    }
    (void)sigprocmask(how, &set, NULL);
}

/* ---- one backup ---- */

struct making {
    const struct backup_wish *wish;
    struct fail *f;
    struct store *store;
    struct arena *arena;
    struct buf counts;
    char copy[BACKUP_PATH]; /* DIR/backup.tmp */
    int copy_fd;            /* holds its lock: one backup at a time */
    uint8_t master[VAULT_KEY_LEN];
    struct sealed_head head;
    struct sealed_out *data, *keys;
    char data_hash[65], keys_hash[65];
    struct backup_made made;
    union { /* what is on its way */
        uint8_t bytes[SEALED_PIECE];
        uint8_t piece[1 + (size_t)KEYS_PER_PIECE * KEY_LEN];
    } u;
    struct wrapped_key rows[KEYS_PER_PIECE];
};

/* Pages are answered first: what is left of processor and disk is ours. */
static void step_aside(void)
{
    enum { IOPRIO_WHO_PROCESS = 1, IOPRIO_CLASS_IDLE = 3, IOPRIO_CLASS_SHIFT = 13 };
    /* Only ever downwards, which is always allowed; and when it is not, the backup is the same. */
    const struct sched_param none = {.sched_priority = 0};
    (void)setpriority(PRIO_PROCESS, 0, NICE);
    (void)sched_setscheduler(0, SCHED_BATCH, &none); /* whoever wakes up to answer is not kept waiting */
    (void)syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_CLASS_IDLE << IOPRIO_CLASS_SHIFT);
}

/* A backup in the folder that it is of would be lost with it. */
static err kept_apart(const struct making *m)
{
    char dir[PATH_MAX], folder[BACKUP_PATH], at[PATH_MAX];
    const char *file = m->wish->file;
    const char *slash = strrchr(file, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - file) + 1,
                   slash == NULL ? "." : file);
    if (realpath(folder, at) == NULL) {
        return fail_log(m->f, ERR_NOT_FOUND, "there is no folder %s: make it first", folder);
    }
    if (realpath(m->store->dir, dir) == NULL) {
        return fail_log(m->f, ERR_IO, "cannot find %s", m->store->dir);
    }
    const str inner = str_of(at);
    const bool inside = str_starts(inner, str_of(dir)) && (inner.n == strlen(dir) || at[strlen(dir)] == '/');
    return inside
               ? fail_log(m->f, ERR_INVALID,
                          "%s lies in the data folder, and would be lost with it: name another place", file)
               : OK;
}

static err room_for(const struct making *m, int64_t bytes)
{
    struct statvfs v;
    if (statvfs(m->store->dir, &v) != 0 || (int64_t)v.f_bavail * (int64_t)v.f_frsize > bytes + ROOM_SPARE) {
        return OK;
    }
    return fail_log(m->f, ERR_IO,
                    "no room in %s: a backup needs %lld MB there for a while, besides the room for its file",
                    m->store->dir, (long long)((bytes + ROOM_SPARE) / ((int64_t)1024 * 1024)));
}

static bool copy_path(const char *dir, char out[BACKUP_PATH])
{
    return snprintf(out, BACKUP_PATH, "%s/backup.tmp", dir) < BACKUP_PATH;
}

static err copy_begin(struct making *m)
{
    struct stat st;
    if (!copy_path(m->store->dir, m->copy)) {
        return fail_log(m->f, ERR_LIMIT, "name of the data folder is too long");
    }
    m->copy_fd = open(m->copy, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m->copy_fd < 0) {
        return fail_log(m->f, ERR_IO, "cannot make %s: %s", m->copy, errno_text(errno));
    }
    if (flock(m->copy_fd, LOCK_EX | LOCK_NB) != 0) {
        m->copy[0] = '\0'; /* not ours to remove */
        return fail_log(m->f, ERR_BUSY, "another backup of %s is under way", m->store->dir);
    }
    if (fchmod(m->copy_fd, 0600) != 0 || ftruncate(m->copy_fd, 0) != 0 ||
        stat(m->store->database, &st) != 0) {
        return fail_log(m->f, ERR_IO, "cannot make %s: %s", m->copy, errno_text(errno));
    }
    return room_for(m, (int64_t)st.st_size + store_wal_bytes(m->store));
}

static err copy_begin_noted(struct making *m)
{
    stops_wait(SIG_BLOCK);
    const err e = copy_begin(m);
    for (size_t i = 0; e.code == ERR_OK && i < sizeof beside_copy / sizeof beside_copy[0]; i++) {
        (void)snprintf(litter[LITTER_COPY + i], sizeof litter[0], "%s%s", m->copy, beside_copy[i]);
    }
    stop_with(on_stop);
    stops_wait(SIG_UNBLOCK);
    return e;
}

static err copy_make(struct making *m)
{
    m->made.made_ms = clock_now_ms();
    TRY(sqlite_copy(m->store->database, m->copy, m->f));
    return sqlite_look_through(m->copy, &m->counts, m->f);
}

/* The audit chains of the copy: what they end with stands in the backup and in the log of the restored. */
static err copy_verify(struct making *m)
{
    struct db *db = NULL;
    struct audit_report report = {0};
    TRY(sqlite_open(m->copy, DB_READ, &db, m->f));
    struct ctx c = {.arena = m->arena, .db = db, .store = m->store, .fail = m->f, .writer = -1};
    int64_t version = 0;
    err e = audit_verify(&c, &report);
    if (e.code == ERR_OK) {
        e = db->engine->version(db, &version);
    }
    if (e.code != ERR_OK && e.code != ERR_CONFLICT) {
        e = fail_log(m->f, e.code, "%s", db_error(db));
    }
    db_close(db);
    m->head.schema = version;
    m->made.rows = report.rows;
    memcpy(m->made.head, report.head, sizeof m->made.head);
    m->made.cases = summary_number(buf_str(&m->counts), S("count cases"));
    return e;
}

/* ---- the two files ---- */

static err data_write(struct making *m)
{
    struct hashing h;
    hashing_begin(&h);
    int64_t bytes = 0;
    for (;;) {
        const ssize_t n = pread(m->copy_fd, m->u.bytes, sizeof m->u.bytes, bytes);
        if (n < 0 && errno != EINTR) {
            return fail_log(m->f, ERR_IO, "cannot read %s: %s", m->copy, errno_text(errno));
        }
        if (n == 0) {
            break;
        }
        const str piece = {(const char *)m->u.bytes, n > 0 ? (size_t)n : 0};
        if (piece.n > 0) {
            hashing_add(&h, piece);
            TRY(sealed_put(m->data, piece, m->f));
            bytes += n;
        }
    }
    hashing_end(&h, m->data_hash);
    SCOPED(buf_free) struct buf summary = buf_new(SUMMARY_MAX);
    buf_printf(&summary, "bytes %lld\nhash %s\nhead %s\naudit %lld\nkeys_until %lld\n", (long long)bytes,
               m->data_hash, m->made.head, (long long)m->made.rows, (long long)m->wish->keys_until_ms);
    buf_put(&summary, buf_str(&m->counts));
    return sealed_end(m->data, buf_str(&summary), m->f);
}

static err keys_piece(struct making *m, struct hashing *h, char letter, size_t n)
{
    m->u.piece[0] = (uint8_t)letter;
    const str piece = {(const char *)m->u.piece, 1 + n};
    hashing_add(h, piece);
    return sealed_put(m->keys, piece, m->f);
}

static err top_write(struct making *m, struct hashing *h)
{
    int64_t top = 0;
    struct q_mark_top mark = {.mark_no = 0};
    struct db *db = store_reader(m->store);
    TRY(keys_top(m->store->keys, &top, m->f));
    const err e = q_mark_top(db, m->arena, S("key"), &mark);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return fail_log(m->f, e.code, "%s", db_error(db));
    }
    number_put(m->u.piece + 1, mark.mark_no > top ? mark.mark_no : top);
    return keys_piece(m, h, PIECE_TOP, NUMBER_LEN);
}

/* From the living database: what was destroyed while we copied is on it. */
static err destroyed_write(struct making *m, struct hashing *h)
{
    enum { AT_ONCE = 4096 };
    _Static_assert((int)AT_ONCE <= (int)DESTROYED_PER_PIECE, "they fit into a piece");
    struct db *db = store_reader(m->store);
    int64_t after = 0;
    for (;;) {
        const struct arena_mark mark = arena_mark(m->arena);
        struct q_destroyed_key_walk *rows = NULL;
        size_t n = 0;
        const err e = q_destroyed_key_walk(db, m->arena, after, AT_ONCE, &rows, &n);
        if (e.code != ERR_OK) {
            return fail_log(m->f, e.code, "%s", db_error(db));
        }
        for (size_t i = 0; i < n; i++) {
            number_put(m->u.piece + 1 + i * DESTROYED_LEN, rows[i].key_no);
            number_put(m->u.piece + 1 + i * DESTROYED_LEN + NUMBER_LEN, rows[i].destroyed_ms);
        }
        after = n > 0 ? rows[n - 1].key_no : after;
        arena_reset(m->arena, mark);
        if (n == 0) {
            return OK;
        }
        m->made.destroyed += (int64_t)n;
        TRY(keys_piece(m, h, PIECE_DESTROYED, n * DESTROYED_LEN));
    }
}

static err keys_write(struct making *m)
{
    struct hashing h;
    int64_t after = 0;
    hashing_begin(&h);
    TRY(top_write(m, &h));
    TRY(destroyed_write(m, &h));
    for (;;) {
        size_t n = 0;
        TRY(keys_export(m->store->keys, after, m->rows, KEYS_PER_PIECE, &n, m->f));
        if (n == 0) {
            break;
        }
        for (size_t i = 0; i < n; i++) {
            uint8_t *at = m->u.piece + 1 + i * KEY_LEN;
            number_put(at, m->rows[i].no);
            memcpy(at + NUMBER_LEN, m->rows[i].bytes, KEY_WRAPPED_LEN);
        }
        after = m->rows[n - 1].no;
        m->made.keys += (int64_t)n;
        TRY(keys_piece(m, &h, PIECE_KEYS, n * KEY_LEN));
    }
    hashing_end(&h, m->keys_hash);
    SCOPED(buf_free) struct buf summary = buf_new(SUMMARY_MAX);
    buf_printf(&summary, "keys %lld\nhash %s\n", (long long)m->made.keys, m->keys_hash);
    return sealed_end(m->keys, buf_str(&summary), m->f);
}

/* Opened as a restore opens it: every piece is authentic, and all of them together are what was written. */
static err read_back(struct making *m, const struct sealed_out *o, const char *want)
{
    struct sealed_in *in = NULL;
    struct hashing h;
    char is[65];
    str piece;
    bool last = false;
    TRY(sealed_open_part(o, m->master, &in, m->f));
    hashing_begin(&h);
    err e = sealed_next(in, &piece, &last, m->f);
    while (e.code == ERR_OK && !last) {
        hashing_add(&h, piece);
        e = sealed_next(in, &piece, &last, m->f);
    }
    sealed_done(in);
    hashing_end(&h, is);
    return e.code == ERR_OK && strcmp(is, want) != 0
               ? fail_log(m->f, ERR_IO, "what was read back is not what was written: look at the disk")
               : e;
}

/* Both get their names, or none: alone the keys are of no use, and their name would be taken. */
static err both_publish(struct making *m, const char *keys_file)
{
    stops_wait(SIG_BLOCK);
    err e = sealed_publish(m->keys, m->f);
    if (e.code == ERR_OK) {
        e = sealed_publish(m->data, m->f);
        if (e.code != ERR_OK) {
            (void)unlink(keys_file);
        }
    }
    stops_wait(SIG_UNBLOCK);
    return e;
}

static err files_write(struct making *m)
{
    char path[BACKUP_PATH];
    TRY(keys_path(m->wish->file, path, m->f));
    m->head.made_ms = m->made.made_ms;
    struct sealed_head data = m->head, keys = m->head;
    data.kind = SEALED_DATA;
    keys.kind = SEALED_KEYS;
    keys.until_ms = m->wish->keys_until_ms;
    stops_wait(SIG_BLOCK);
    err e = sealed_create(m->wish->file, m->master, &data, &m->data, m->f);
    if (e.code == ERR_OK) {
        (void)snprintf(litter[LITTER_DATA], sizeof litter[0], "%s.part", m->wish->file);
        e = sealed_create(path, m->master, &keys, &m->keys, m->f);
    }
    if (e.code == ERR_OK) {
        (void)snprintf(litter[LITTER_KEYS], sizeof litter[0], "%s.part", path);
    }
    stops_wait(SIG_UNBLOCK);
    TRY(e);
    TRY(data_write(m));
    TRY(keys_write(m));
    TRY(read_back(m, m->data, m->data_hash));
    TRY(read_back(m, m->keys, m->keys_hash));
    m->made.bytes = sealed_bytes(m->data) + sealed_bytes(m->keys);
    m->made.verified_ms = clock_now_ms();
    return both_publish(m, path);
}

/* Before anything is copied: a name that is taken is found out at once. */
static err names_free(const struct making *m)
{
    char path[BACKUP_PATH];
    struct stat st;
    TRY(keys_path(m->wish->file, path, m->f));
    if (stat(m->wish->file, &st) == 0 && S_ISDIR(st.st_mode)) {
        return fail_log(m->f, ERR_INVALID, "%s is a folder: name a new file in it", m->wish->file);
    }
    const bool data = stat(m->wish->file, &st) == 0, keys = stat(path, &st) == 0;
    return data || keys
               ? fail_log(m->f, ERR_CONFLICT, "there is %s already: a backup never writes over anything",
                          data ? m->wish->file : path)
               : OK;
}

/* ---- keys whose time is over ---- */

static bool keys_over(const char *path, const uint8_t master[VAULT_KEY_LEN], int64_t now_ms)
{
    struct fail f = {0};
    struct sealed_in *in = NULL;
    str piece;
    bool last;
    if (sealed_open(path, SEALED_KEYS, master, &in, &f).code != ERR_OK) {
        return false; /* not ours, or of another key */
    }
    const struct sealed_head *h = sealed_head_of(in);
    /* One piece is opened: only then is it certain that the day in front is the true one. */
    const bool over =
        h->until_ms != 0 && h->until_ms <= now_ms && sealed_next(in, &piece, &last, &f).code == ERR_OK;
    sealed_done(in);
    return over;
}

static void prune(struct making *m)
{
    char folder[BACKUP_PATH], path[BACKUP_PATH + NAME_MAX + 2];
    const char *slash = strrchr(m->wish->file, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - m->wish->file) + 1,
                   slash == NULL ? "." : m->wish->file);
    DIR *d = opendir(folder);
    const struct dirent *entry;
    while (d != NULL && (entry = readdir(d)) != NULL) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (str_ends(str_of(entry->d_name), S(".keys")) && keys_over(path, m->master, m->wish->now_ms) &&
            unlink(path) == 0) {
            m->made.pruned++;
        }
    }
    if (d != NULL) {
        (void)closedir(d);
    }
}

/* ---- */

static err make(struct making *m)
{
    uint8_t code[SEALED_CODE / 2];
    struct store_config beside = *m->wish->store;
    beside.read_only = true;
    if (beside.address != NULL) {
        return fail_log(
            m->f, ERR_INVALID,
            "the database is PostgreSQL: back it up with pg_basebackup or pg_dump, and %s/key and "
            "%s/keys.db beside it (docs/operate.md says how)",
            beside.dir, beside.dir);
    }
    TRY(store_open(&beside, &m->store, m->f));
    TRY(keyfile_read(m->store->dir, m->master, m->f));
    TRY(kept_apart(m));
    TRY(names_free(m));
    random_bytes(code, sizeof code);
    hex_of(code, sizeof code, m->head.code);
    step_aside();
    TRY(copy_begin_noted(m));
    TRY(copy_make(m));
    TRY(copy_verify(m));
    TRY(files_write(m));
    memcpy(m->made.code, m->head.code, sizeof m->made.code);
    m->made.keys_until_ms = m->wish->keys_until_ms;
    prune(m);
    return OK;
}

static void copy_remove(const char *copy)
{
    char path[BACKUP_PATH + 16];
    for (size_t i = 0; copy[0] != '\0' && i < sizeof beside_copy / sizeof beside_copy[0]; i++) {
        (void)snprintf(path, sizeof path, "%s%s", copy, beside_copy[i]);
        (void)unlink(path);
    }
}

void backup_tidy(const char *dir)
{
    char copy[BACKUP_PATH];
    const bool fits = copy_path(dir, copy);
    const int fd = fits ? open(copy, O_RDWR | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
        copy_remove(copy);
        LOG("backup.left_over_removed");
    }
    if (fd >= 0) {
        (void)close(fd);
    }
}

err backup_make(const struct backup_wish *wish, struct backup_made *out, struct fail *f)
{
    struct making *m = mem_new(sizeof *m);
    m->wish = wish;
    m->f = f;
    m->copy_fd = -1;
    m->arena = arena_open(WALK_ARENA);
    m->counts = buf_new(SUMMARY_MAX);
    const err e = make(m);
    if (e.code == ERR_OK) {
        *out = m->made;
    }
    sealed_close(m->data);
    sealed_close(m->keys);
    copy_remove(m->copy);
    stop_with(SIG_DFL); /* before the lock goes: from then on the names are another's */
    if (m->copy_fd >= 0) {
        (void)close(m->copy_fd);
    }
    store_close(m->store);
    buf_free(&m->counts);
    arena_free(m->arena);
    sodium_memzero(m->master, sizeof m->master);
    mem_free(m);
    return e;
}
