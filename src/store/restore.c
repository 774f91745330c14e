/* restore.c: the way back; see backup.h.
 *
 * Everything is made and checked in DIR/.restoring and moved up at the end, the key last: a folder without
 * its key is not served.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit.h"
#include "backup_inside.h"
#include "clock.h"
#include "copy.h"
#include "meta.sql.h"
#include "store_inside.h"
#include "vault_open.h"

enum { AUDIT_ARENA = 4 * 1024 * 1024, JOB_ARENA = 1024 * 1024, DESTROYED_AT_ONCE = 20000 };
static const char work_name[] = ".restoring";

struct destroyed {
    int64_t no, ms;
};

struct restoring {
    const struct restore_wish *wish;
    struct fail *f;
    struct lock *lock;
    bool dir_made, work_made;
    char work[BACKUP_PATH], keys_file[BACKUP_PATH];
    uint8_t master[VAULT_KEY_LEN];
    struct sealed_in *data, *keys;
    char summary[SUMMARY_MAX]; /* of the data */
    struct destroyed *gone;
    size_t gone_n, gone_room;
    int64_t key_top; /* no key below is ever made again */
    struct wrapped_key rows[KEYS_PER_PIECE];
    struct restored done;
};

/* ---- the folder ---- */

static bool counts_as_nothing(str name)
{
    return str_eq(name, S(".")) || str_eq(name, S("..")) || str_eq(name, S("lock")) ||
           str_eq(name, S("lost+found")) || str_eq(name, str_of(work_name));
}

static err folder_empty(struct restoring *r)
{
    DIR *d = opendir(r->wish->dir);
    const struct dirent *entry;
    bool empty = true;
    if (d == NULL) {
        return fail_log(r->f, ERR_IO, "cannot read %s: %s", r->wish->dir, errno_text(errno));
    }
    while (empty && (entry = readdir(d)) != NULL) {
        empty = counts_as_nothing(str_of(entry->d_name));
    }
    (void)closedir(d);
    return empty ? OK
                 : fail_log(r->f, ERR_CONFLICT,
                            "%s is not empty: a restore writes only into an empty folder, or makes one",
                            r->wish->dir);
}

static void work_remove(const struct restoring *r)
{
    static const char *const names[] = {"sunwai.db",         "sunwai.db-wal", "sunwai.db-shm",
                                        "sunwai.db-journal", "keys.db",       "keys.db-wal",
                                        "keys.db-shm",       "key",           "lock"};
    char path[BACKUP_PATH + 32];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", r->work, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(r->work);
}

/* A link of that name would lead to files that are somebody's. */
static err work_ours(const struct restoring *r)
{
    struct stat st;
    return lstat(r->work, &st) != 0 || S_ISDIR(st.st_mode)
               ? OK
               : fail_log(r->f, ERR_CONFLICT, "%s is there and is no folder: remove it", r->work);
}

/* By what is open: a confined process cannot do it by name. */
static bool folder_close(const char *dir)
{
    const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool closed = fd >= 0 && fchmod(fd, 0700) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return closed;
}

static err folder_begin(struct restoring *r)
{
    const char *dir = r->wish->dir;
    if (snprintf(r->work, sizeof r->work, "%s/%s", dir, work_name) >= (int)sizeof r->work) {
        return fail_log(r->f, ERR_LIMIT, "name of the data folder is too long");
    }
    r->dir_made = mkdir(dir, 0700) == 0;
    if (!r->dir_made && errno != EEXIST) {
        return fail_log(r->f, ERR_IO, "cannot make %s: %s", dir, errno_text(errno));
    }
    TRY(folder_empty(r));
    TRY(work_ours(r));
    TRY(lock_take(dir, &r->lock, r->f));
    work_remove(r); /* of one that was cut short */
    if (mkdir(r->work, 0700) != 0 || !folder_close(dir)) {
        return fail_log(r->f, ERR_IO, "cannot make %s: %s", r->work, errno_text(errno));
    }
    r->work_made = true;
    return OK;
}

static void folder_undo(struct restoring *r)
{
    char path[BACKUP_PATH + 8];
    if (r->work_made) {
        work_remove(r);
    }
    if (r->lock != NULL) {
        (void)snprintf(path, sizeof path, "%s/lock", r->wish->dir);
        (void)unlink(path); /* nobody waits for it: the folder is empty */
    }
    if (r->dir_made) {
        (void)rmdir(r->wish->dir);
    }
}

static bool synced(const char *path, int flags)
{
    const int fd = open(path, flags | O_CLOEXEC);
    const bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return good;
}

static err move_up(const struct restoring *r, const char *name)
{
    char from[BACKUP_PATH + 16], to[BACKUP_PATH + 16];
    (void)snprintf(from, sizeof from, "%s/%s", r->work, name);
    (void)snprintf(to, sizeof to, "%s/%s", r->wish->dir, name);
    if (!synced(from, O_RDONLY) || rename(from, to) != 0 || !synced(r->wish->dir, O_RDONLY | O_DIRECTORY)) {
        return fail_log(r->f, ERR_IO, "cannot write %s: %s", to, errno_text(errno));
    }
    return OK;
}

/* ---- the data ---- */

static err headers_check(struct restoring *r)
{
    const int64_t newest = all_migrations_n == 0 ? 0 : all_migrations[all_migrations_n - 1].version;
    TRY(sealed_open(r->wish->file, SEALED_DATA, r->master, &r->data, r->f));
    r->done.of = *sealed_head_of(r->data);
    if (r->done.of.schema > newest) {
        return fail_log(
            r->f, ERR_INVALID,
            "%s holds a database of version %lld, this program only knows %lld: use the newer one",
            r->wish->file, (long long)r->done.of.schema, (long long)newest);
    }
    return OK;
}

static err write_out(struct restoring *r, int fd, str piece)
{
    for (size_t at = 0; at < piece.n;) {
        const ssize_t n = write(fd, piece.p + at, piece.n - at);
        if (n < 0 && errno != EINTR) {
            return errno == ENOSPC
                       ? fail_log(r->f, ERR_IO, "no room left in %s", r->wish->dir)
                       : fail_log(r->f, ERR_IO, "cannot write into %s: %s", r->wish->dir, errno_text(errno));
        }
        at += n > 0 ? (size_t)n : 0;
    }
    return OK;
}

static err data_pieces(struct restoring *r, int fd)
{
    struct hashing h;
    char is[65];
    str piece;
    bool last = false;
    int64_t bytes = 0;
    hashing_begin(&h);
    TRY(sealed_next(r->data, &piece, &last, r->f));
    while (!last) {
        hashing_add(&h, piece);
        TRY(write_out(r, fd, piece));
        bytes += (int64_t)piece.n;
        TRY(sealed_next(r->data, &piece, &last, r->f));
    }
    hashing_end(&h, is);
    if (piece.n >= sizeof r->summary || summary_number(piece, S("bytes")) != bytes ||
        !str_eq(summary_text(piece, S("hash")), str_of(is))) {
        return fail_log(r->f, ERR_IO, "%s does not hold what it says: take another backup", r->wish->file);
    }
    memcpy(r->summary, piece.p, piece.n);
    r->summary[piece.n] = '\0';
    return OK;
}

static err data_write(struct restoring *r)
{
    char path[BACKUP_PATH + 16];
    (void)snprintf(path, sizeof path, "%s/sunwai.db", r->work);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail_log(r->f, ERR_IO, "cannot make %s: %s", path, errno_text(errno));
    }
    err e = data_pieces(r, fd);
    (void)close(fd); /* it is synced when it is moved */
    TRY(e);
    SCOPED(buf_free) struct buf counts = buf_new(SUMMARY_MAX);
    TRY(sqlite_look_through(path, &counts, r->f));
    /* The lines of the tables are the end of the summary. */
    if (!str_ends(str_of(r->summary), buf_str(&counts)) || counts.n == 0) {
        return fail_log(r->f, ERR_IO, "the tables of %s have not as many rows as it says", r->wish->file);
    }
    if (!r->done.with_keys) {
        r->done.keys_until_ms = summary_number(str_of(r->summary), S("keys_until"));
    }
    r->done.cases = summary_number(buf_str(&counts), S("count cases"));
    return OK;
}

/* ---- the keys ---- */

static err gone_add(struct restoring *r, str piece)
{
    const uint8_t *p = (const uint8_t *)piece.p;
    for (size_t i = 0; i + DESTROYED_LEN <= piece.n; i += DESTROYED_LEN) {
        if (r->gone_n == r->gone_room) {
            r->gone_room = r->gone_room == 0 ? 1024 : r->gone_room * 2;
            r->gone = mem_grow(r->gone, r->gone_room * sizeof r->gone[0]);
        }
        const struct destroyed d = {number_get(p + i), number_get(p + i + NUMBER_LEN)};
        r->gone[r->gone_n++] = d;
        r->key_top = d.no > r->key_top ? d.no : r->key_top;
    }
    return piece.n % DESTROYED_LEN == 0
               ? OK
               : fail_log(r->f, ERR_IO, "a list of destroyed keys is cut: take the .keys of another backup");
}

static void top_add(struct restoring *r, str piece)
{
    const int64_t top = piece.n == NUMBER_LEN ? number_get((const uint8_t *)piece.p) : 0;
    r->key_top = top > r->key_top ? top : r->key_top;
}

static err keys_add(struct restoring *r, struct keys *to, str piece)
{
    const uint8_t *p = (const uint8_t *)piece.p;
    size_t n = 0;
    for (size_t i = 0; i + KEY_LEN <= piece.n && n < KEYS_PER_PIECE; i += KEY_LEN) {
        r->rows[n].no = number_get(p + i);
        memcpy(r->rows[n].bytes, p + i + NUMBER_LEN, KEY_WRAPPED_LEN);
        n++;
    }
    if (n == 0 || piece.n % KEY_LEN != 0) {
        return fail_log(r->f, ERR_IO, "%s does not hold what it says: take another backup", r->keys_file);
    }
    r->done.keys += (int64_t)n;
    const int64_t last = r->rows[n - 1].no;
    return keys_import(to, r->rows, n, last > r->key_top ? last : r->key_top, r->f);
}

static err keys_pieces(struct restoring *r, struct keys *to)
{
    struct hashing h;
    char is[65];
    str piece;
    bool last = false;
    hashing_begin(&h);
    TRY(sealed_next(r->keys, &piece, &last, r->f));
    while (!last) {
        const char letter = piece.p[0];
        const str rest = str_sub(piece, 1, piece.n);
        hashing_add(&h, piece);
        if (letter == PIECE_TOP) {
            top_add(r, rest);
        } else if (letter == PIECE_DESTROYED) {
            TRY(gone_add(r, rest));
        } else if (letter == PIECE_KEYS) {
            TRY(keys_add(r, to, rest));
        }
        TRY(sealed_next(r->keys, &piece, &last, r->f));
    }
    hashing_end(&h, is);
    return summary_number(piece, S("keys")) == r->done.keys &&
                   str_eq(summary_text(piece, S("hash")), str_of(is))
               ? OK
               : fail_log(r->f, ERR_IO, "%s does not hold what it says: take another backup", r->keys_file);
}

/* FILE.keys of the same backup, unless another one was asked for by name. */
static err keys_choose(struct restoring *r)
{
    const char *named = r->wish->keys;
    TRY(keys_path(r->wish->file, r->keys_file, r->f));
    if (named != NULL &&
        snprintf(r->keys_file, sizeof r->keys_file, "%s", named) >= (int)sizeof r->keys_file) {
        return fail_log(r->f, ERR_LIMIT, "the name %s is too long", named);
    }
    const err e = sealed_open(r->keys_file, SEALED_KEYS, r->master, &r->keys, r->f);
    if (e.code == ERR_NOT_FOUND && named == NULL) {
        return OK;
    }
    TRY(e);
    const struct sealed_head *h = sealed_head_of(r->keys);
    if (named == NULL && strcmp(h->code, r->done.of.code) != 0) {
        return fail_log(r->f, ERR_INVALID, "%s and %s are of two backups: bring the two that belong together",
                        r->wish->file, r->keys_file);
    }
    if (h->until_ms != 0 && h->until_ms <= r->wish->now_ms) {
        const int day = (int)local_day(h->until_ms);
        return fail_log(
            r->f, ERR_INVALID,
            "the time of %s is over since %04d-%02d-%02d: delete it; without it all but names is restored",
            r->keys_file, day / 10000, day / 100 % 100, day % 100);
    }
    r->done.with_keys = true;
    r->done.keys_until_ms = h->until_ms;
    return OK;
}

static err keys_restore(struct restoring *r)
{
    char path[BACKUP_PATH + 16];
    struct keys *to = NULL;
    struct vault *v = vault_open(r->master);
    (void)snprintf(path, sizeof path, "%s/keys.db", r->work);
    err e = keys_open(path, false, vault_wrap_key(v), 0, &to, r->f);
    vault_close(v);
    if (e.code == ERR_OK && r->done.with_keys) {
        e = keys_pieces(r, to);
    }
    keys_close(to);
    return e;
}

/* ---- newer lists: what was destroyed after this backup, as later ones know ---- */

static err list_read(struct restoring *r, struct sealed_in *in)
{
    str piece;
    bool last = false;
    do {
        TRY(sealed_next(in, &piece, &last, r->f));
        const str rest = str_sub(piece, 1, piece.n);
        if (!last && piece.p[0] == PIECE_TOP) {
            top_add(r, rest);
        } else if (!last && piece.p[0] == PIECE_DESTROYED) {
            TRY(gone_add(r, rest));
        }
    } while (!last && piece.p[0] != PIECE_KEYS);
    return OK;
}

static err newer_lists(struct restoring *r)
{
    char folder[BACKUP_PATH], path[BACKUP_PATH + NAME_MAX + 2];
    const char *slash = strrchr(r->wish->file, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - r->wish->file) + 1,
                   slash == NULL ? "." : r->wish->file);
    DIR *d = opendir(folder);
    const struct dirent *entry;
    err e = OK;
    while (d != NULL && e.code == ERR_OK && (entry = readdir(d)) != NULL) {
        struct fail unread = {0};
        struct sealed_in *in = NULL;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!str_ends(str_of(entry->d_name), S(".keys")) ||
            sealed_open(path, SEALED_KEYS, r->master, &in, &unread).code != ERR_OK) {
            continue;
        }
        const size_t before = r->gone_n;
        if (sealed_head_of(in)->made_ms > r->done.of.made_ms) {
            e = list_read(r, in);
        }
        r->done.newer_lists += r->gone_n > before;
        sealed_done(in);
    }
    if (d != NULL) {
        (void)closedir(d);
    }
    return e;
}

/* ---- what is written into the restored database ---- */

struct renewing {
    struct write_job base; /* first */
    const struct restoring *r;
    size_t from, n;
    bool last;
};

static err renew_run(struct ctx *c, struct write_job *base)
{
    const struct renewing *job = (const struct renewing *)base;
    const struct restoring *r = job->r;
    for (size_t i = job->from; i < job->from + job->n; i++) {
        TRY(q_destroyed_key_add(c->db, r->gone[i].no, r->gone[i].ms, NULL));
    }
    if (!job->last) {
        return OK;
    }
    if (r->key_top > 0) {
        const struct q_mark_put_in mark = {.mark_name = S("key"), .chain_no = 0, .mark_no = r->key_top};
        TRY(q_mark_put(c->db, &mark, NULL));
    }
    return r->wish->renew != NULL ? r->wish->renew(c, &r->done) : OK;
}

static err renew(struct restoring *r, struct store *s)
{
    struct arena *arena = arena_open(JOB_ARENA);
    err e = OK;
    for (size_t from = 0; e.code == ERR_OK && from <= r->gone_n; from += DESTROYED_AT_ONCE) {
        const size_t left = r->gone_n - from;
        struct renewing job = {.r = r, .from = from};
        job.n = left < DESTROYED_AT_ONCE ? left : DESTROYED_AT_ONCE;
        job.last = left < DESTROYED_AT_ONCE;
        job.base.run = renew_run;
        job.base.arena = arena;
        job.base.actor.role = ROLE_SYSTEM;
        e = store_write(s, &job.base);
        if (e.code != ERR_OK) {
            e = fail_log(r->f, e.code, "%s", job.base.fail.log);
        }
    }
    arena_free(arena);
    return e;
}

static err destroyed_count(struct restoring *r, struct store *s)
{
    struct arena *arena = arena_open(JOB_ARENA);
    struct q_destroyed_key_n row = {0};
    const err e = q_destroyed_key_n(store_reader(s), arena, &row);
    r->done.destroyed = row.destroyed_n;
    arena_free(arena);
    return e.code == ERR_OK ? OK : fail_log(r->f, e.code, "cannot count the destroyed keys");
}

static err audit_check(struct restoring *r, struct store *s)
{
    struct arena *arena = arena_open(AUDIT_ARENA);
    struct audit_report report = {0};
    struct ctx c = {.arena = arena, .db = store_reader(s), .store = s, .fail = r->f, .writer = -1};
    const err e = audit_verify(&c, &report);
    arena_free(arena);
    TRY(e);
    memcpy(r->done.head, report.head, sizeof r->done.head);
    r->done.rows = report.rows;
    return str_eq(summary_text(str_of(r->summary), S("head")), str_of(report.head))
               ? OK
               : fail_log(r->f, ERR_IO, "the audit chains do not end where %s says", r->wish->file);
}

/* Opened once to be checked and written to; and once more, because opening is what destroys the keys that are
 * on the list. */
static err database_renew(struct restoring *r)
{
    const struct store_config config = {.dir = r->work};
    struct store *s = NULL;
    TRY(store_migrate(&config, &r->done.migrated, r->f));
    TRY(store_open(&config, &s, r->f));
    err e = audit_check(r, s);
    if (e.code == ERR_OK) {
        e = renew(r, s);
    }
    store_close(s);
    TRY(e);
    TRY(store_open(&config, &s, r->f));
    e = destroyed_count(r, s);
    store_close(s);
    return e;
}

/* ---- */

static int64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static err restore(struct restoring *r)
{
    TRY(keyfile_read_at(r->wish->key_file, r->master, r->f));
    TRY(headers_check(r));
    TRY(keys_choose(r));
    r->done.bytes = size_of(r->wish->file) + (r->done.with_keys ? size_of(r->keys_file) : 0);
    TRY(folder_begin(r));
    TRY(data_write(r));
    TRY(keys_restore(r));
    TRY(newer_lists(r));
    TRY(keyfile_write(r->work, r->master, r->f));
    TRY(database_renew(r));
    TRY(move_up(r, "keys.db"));
    TRY(move_up(r, "sunwai.db"));
    TRY(move_up(r, "key"));
    work_remove(r);
    return OK;
}

err backup_restore(const struct restore_wish *wish, struct restored *out, struct fail *f)
{
    struct restoring *r = mem_new(sizeof *r);
    r->wish = wish;
    r->f = f;
    const err e = restore(r);
    if (e.code == ERR_OK) {
        *out = r->done;
    } else {
        folder_undo(r);
    }
    sealed_done(r->data);
    sealed_done(r->keys);
    lock_release(r->lock);
    mem_free(r->gone);
    sodium_memzero(r->master, sizeof r->master);
    mem_free(r);
    return e;
}
