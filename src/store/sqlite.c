/* sqlite.c: the engine of one office or district.
 *
 * Exactly one connection in one process writes and checkpoints: in SQLite 3.7.0 to 3.51.2 a checkpoint that
 * races a commit of another connection can lose committed rows (sqlite.org, "WAL reset bug"). So readers are
 * opened read-only and never checkpoint, not even when closing, and the writer's checkpoints are explicit:
 * the automatic ones swallow a failed fsync, after which the next may pretend to have succeeded.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

#include "arena.h"
#include "check.h"
#include "clock.h"
#include "engine.h"
#include "flusher.h"
#include "memo.h"
#include "view.h"

enum {
    WRITER_CACHE_KB = 12 * 1024,
    READER_CACHE_KB = 4 * 1024, /* of each: the rest is in the memory of the machine, a copy away */
    CHECKPOINT_FRAMES = 1500,   /* about 6 MB of log */
    HELD_FRAMES = 1000,         /* it may grow by so much while the database file is synced beside us */
    WAL_KEPT_BYTES = 64 * 1024 * 1024, /* a log grown past this is cut when it starts anew */
    LOCK_WAIT_MS = 5000,               /* only a net: there is no second writer */
    READ_MAX_MS = 20000,               /* a read that runs longer holds the log and is stopped */
    STEPS_BETWEEN_LOOKS = 20000
};

enum verb {
    VERB_BEGIN,
    VERB_BEGIN_WRITE,
    VERB_COMMIT,
    VERB_ROLLBACK,
    VERB_SAVEPOINT,
    VERB_RELEASE,
    VERB_ROLLBACK_TO,
    VERB_N
};

static const char *const verb_sql[VERB_N] = {
    [VERB_BEGIN] = "begin",
    [VERB_BEGIN_WRITE] = "begin immediate",
    [VERB_COMMIT] = "commit",
    [VERB_ROLLBACK] = "rollback",
    [VERB_SAVEPOINT] = "savepoint job",
    [VERB_RELEASE] = "release job",
    [VERB_ROLLBACK_TO] = "rollback to job",
};

/* What a statement touches, by the tables that the engine named when it was prepared. */
enum touches { READS_REFERENCE = 1, READS_OTHER = 2, WRITES_REFERENCE = 4 };

/* How far a checkpoint has come whose sync is done beside this thread. */
enum ahead {
    AHEAD_NOT,
    AHEAD_HELD,   /* the log is held at held_at; with the next commit what is before that can be moved */
    AHEAD_FLUSHED /* it was moved, and the database file is being synced, or was */
};

struct sqlite_db {
    struct db db;
    sqlite3 *handle;
    sqlite3_stmt *verbs[VERB_N];
    sqlite3_stmt **statements; /* by slot + form */
    uint8_t *touches;          /* of each; enum touches */
    size_t statements_n;
    uint8_t touched;      /* by the one that is being prepared */
    bool wrote_reference; /* in this transaction */
    struct memo *memo;    /* of a reader: reference data */
    struct memo *same;    /* of a reader: what was asked already for this answer */
    int64_t answers;      /* begun */
    int64_t version;      /* memo_version() before this view of the database began */
    struct view *view;    /* of a reader */
    int64_t commits;      /* view_commits() before it began */
    bool renew;           /* something failed in it */
    int wal_frames;
    int next_checkpoint; /* at this many frames */
    bool beside;         /* what a checkpoint moves is put on the disk beside this thread: flusher.h */
    struct flusher *flusher;
    enum ahead ahead;
    int held_at; /* frames in the log when it was held */
    int64_t read_until_ms;
    bool distrusted; /* an I/O error: what was written may not be there */
};

static struct sqlite_db *of(struct db *db)
{
    return (struct sqlite_db *)(void *)db;
}

static err constraint_failed(struct db *db, int extended, const char *what, const char *words)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return db_note(db, ERR_CONFLICT, DB_CAUSE_UNIQUE, "%s: %s", what, words);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return db_note(db, ERR_CONFLICT, DB_CAUSE_OTHER, "%s: %s", what, words);
    default:
        return db_note(db, ERR_BUG, DB_CAUSE_OTHER, "%s: %s (%d)", what, words, extended);
    }
}

/* A quota is a full disk too, and so is a shared index of the log that cannot grow: nothing durable stands in
 * it. A sync that finds no room is not: what it was to keep may be gone. */
static bool no_room(const struct sqlite_db *s, int extended)
{
    const int why = sqlite3_system_errno(s->handle);
    return extended == SQLITE_IOERR_SHMSIZE ||
           (extended == SQLITE_IOERR_WRITE && (why == ENOSPC || why == EDQUOT));
}

static err note(struct sqlite_db *s, int rc, const char *what)
{
    struct db *db = &s->db;
    const int extended = sqlite3_extended_errcode(s->handle);
    const char *words = sqlite3_errmsg(s->handle);
    s->distrusted |= ((rc & 0xff) == SQLITE_IOERR && !no_room(s, extended)) || (rc & 0xff) == SQLITE_CORRUPT;
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return db_note(db, ERR_BUSY, DB_CAUSE_RETRY, "%s: %s (%d)", what, words, extended);
    case SQLITE_CONSTRAINT:
        return constraint_failed(db, extended, what, words);
    case SQLITE_FULL:
        return db_note(db, ERR_IO, DB_CAUSE_FULL, "%s: disk full", what);
    case SQLITE_INTERRUPT:
        return db_note(db, ERR_LIMIT, DB_CAUSE_OTHER, "%s: took too long", what);
    case SQLITE_TOOBIG:
        return db_note(db, ERR_LIMIT, DB_CAUSE_OTHER, "%s: %s", what, words);
    case SQLITE_NOMEM:
        return db_note(db, ERR_BUSY, DB_CAUSE_OTHER, "%s: out of memory", what);
    case SQLITE_IOERR:
        if (extended == SQLITE_IOERR_NOMEM) {
            return db_note(db, ERR_BUSY, DB_CAUSE_OTHER, "%s: out of memory", what);
        }
        if (no_room(s, extended)) {
            return db_note(db, ERR_IO, DB_CAUSE_FULL, "%s: disk full", what);
        }
        return db_note(db, ERR_IO, DB_CAUSE_BROKEN, "%s: %s (%d, errno %d)", what, words, extended,
                       sqlite3_system_errno(s->handle));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY: /* a file system that found an error is mounted anew, without writing */
        return db_note(db, ERR_IO, DB_CAUSE_BROKEN, "%s: %s (%d)", what, words, extended);
    case SQLITE_CANTOPEN:
        return db_note(db, ERR_IO, DB_CAUSE_OTHER, "%s: %s (%d)", what, words, extended);
    default:
        return db_note(db, ERR_BUG, DB_CAUSE_OTHER, "%s: %s (%d)", what, words, extended);
    }
}

static err failed(struct sqlite_db *s, int rc, const char *what)
{
    const err e = note(s, rc, what);
    s->renew = true;
    if (s->db.in_tx && s->view == NULL && sqlite3_get_autocommit(s->handle) != 0) {
        s->db.in_tx =
            false; /* the engine gave up the whole transaction; `failed` still refuses what follows */
    }
    return e;
}

/* ---- statements ---- */

static int on_table(void *arg, int what, const char *name, const char *b, const char *c, const char *d)
{
    (void)b;
    (void)c;
    (void)d;
    struct sqlite_db *s = arg;
    if (what == SQLITE_READ && name != NULL && name[0] != '\0') {
        s->touched |= memo_table(name) ? READS_REFERENCE : READS_OTHER;
    } else if (what == SQLITE_INSERT || what == SQLITE_UPDATE || what == SQLITE_DELETE) {
        s->touched |= name != NULL && memo_table(name) ? WRITES_REFERENCE : 0;
    }
    return SQLITE_OK;
}

/* Once it is committed, what others have read of reference data is forgotten. */
static void reference_settle(struct sqlite_db *s)
{
    if (s->wrote_reference && !s->db.in_tx) {
        s->wrote_reference = false;
        memo_written();
    }
}

static err statement(struct sqlite_db *s, const struct query *q, unsigned form, sqlite3_stmt **out)
{
    CHECK(form < q->forms_n);
    const size_t slot = (size_t)q->slot + form;
    if (slot >= s->statements_n) {
        const size_t more = (slot + 64) & ~(size_t)63;
        s->statements = mem_grow(s->statements, more * sizeof s->statements[0]);
        memset(s->statements + s->statements_n, 0, (more - s->statements_n) * sizeof s->statements[0]);
        s->touches = mem_grow(s->touches, more);
        s->statements_n = more;
    }
    if (s->statements[slot] == NULL) {
        s->touched = 0;
        const int rc = sqlite3_prepare_v3(s->handle, q->forms[form].sqlite, -1, SQLITE_PREPARE_PERSISTENT,
                                          &s->statements[slot], NULL);
        if (rc != SQLITE_OK) {
            return failed(s, rc, q->name);
        }
        s->touches[slot] = s->touched;
    }
    if (sqlite3_stmt_busy(s->statements[slot])) {
        return db_note(&s->db, ERR_BUG, DB_CAUSE_OTHER, "%s: run inside itself", q->name);
    }
    *out = s->statements[slot];
    return OK;
}

static int bind(sqlite3_stmt *st, int at, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        return sqlite3_bind_null(st, at);
    case VALUE_I64:
        return sqlite3_bind_int64(st, at, v->i);
    case VALUE_TEXT:
        return v->s.p == NULL ? sqlite3_bind_null(st, at)
                              : sqlite3_bind_text64(st, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
        return v->s.p == NULL ? sqlite3_bind_null(st, at)
                              : sqlite3_bind_blob64(st, at, v->s.p, v->s.n, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static const int type_of[] = {[VALUE_NULL] = SQLITE_NULL,
                              [VALUE_I64] = SQLITE_INTEGER,
                              [VALUE_TEXT] = SQLITE_TEXT,
                              [VALUE_BLOB] = SQLITE_BLOB};

static err column(struct sqlite_db *s, const struct query *q, sqlite3_stmt *st, int i, struct value *out)
{
    const enum value_type want = q->columns[i];
    const int type = sqlite3_column_type(st, i);
    *out = (struct value){.type = VALUE_NULL};
    if (type == SQLITE_NULL && q->nullable[i]) {
        return OK;
    }
    if (type != type_of[want]) {
        return db_note(&s->db, ERR_BUG, DB_CAUSE_OTHER, "%s: column %d is not of the promised type", q->name,
                       i + 1);
    }
    out->type = want;
    if (want == VALUE_I64) {
        out->i = sqlite3_column_int64(st, i);
        return OK;
    }
    const void *p =
        want == VALUE_TEXT ? (const void *)sqlite3_column_text(st, i) : sqlite3_column_blob(st, i);
    const int n = sqlite3_column_bytes(st, i);
    out->s = (str){p != NULL ? p : "", p != NULL ? (size_t)n : 0};
    return OK;
}

static err step_all(struct sqlite_db *s, const struct query *q, sqlite3_stmt *st, row_fn row, void *arg)
{
    UNSET struct value columns[COLUMNS_MAX];
    CHECK(q->columns_n <= COLUMNS_MAX);
    for (;;) {
        const int rc = sqlite3_step(st);
        if (rc == SQLITE_DONE) {
            return OK;
        }
        if (rc != SQLITE_ROW) {
            return failed(s, rc, q->name);
        }
        if (row == NULL) {
            continue;
        }
        for (int i = 0; i < q->columns_n; i++) {
            TRY(column(s, q, st, i, &columns[i]));
        }
        TRY(row(arg, columns));
    }
}

/* As the statement would. */
static err replay(const struct memo_answer *a, row_fn row, void *arg)
{
    for (const struct memo_row *r = memo_next(a, NULL); r != NULL; r = memo_next(a, r)) {
        TRY(row(arg, memo_columns(r)));
    }
    return OK;
}

struct copying {
    struct memo *memo;
    struct memo_answer *answer;
    row_fn row;
    void *arg;
    int columns_n;
    int rows_left;
};

static err copy_row(void *arg, const struct value *columns)
{
    struct copying *c = arg;
    if (c->rows_left-- > 0) {
        memo_add(c->memo, c->answer, columns, c->columns_n);
    }
    return c->row(c->arg, columns);
}

/* Runs it and keeps what it said, when it is at most so many rows. */
static err step_and_keep(struct sqlite_db *s, const struct query *q, sqlite3_stmt *st, struct memo *memo,
                         struct memo_answer *keep, row_fn row, void *arg)
{
    struct copying c = {memo, keep, row, arg, q->columns_n, memo == s->memo ? INT_MAX : 1};
    if (keep == NULL) {
        return step_all(s, q, st, row, arg);
    }
    TRY(step_all(s, q, st, copy_row, &c));
    if (c.rows_left >= 0) {
        memo_end(memo, keep);
    }
    return OK;
}

static err bind_all(struct sqlite_db *s, const struct query *q, sqlite3_stmt *st,
                    const struct value *const *used, int n)
{
    for (int i = 0; i < n; i++) {
        const int rc = bind(st, i + 1, used[i]);
        if (rc != SQLITE_OK) {
            sqlite3_clear_bindings(st);
            return failed(s, rc, q->name);
        }
    }
    return OK;
}

static err view_drop(struct sqlite_db *s);

static err run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
               void *arg, int64_t *out_changed)
{
    struct sqlite_db *s = of(db);
    sqlite3_stmt *st = NULL;
    TRY(statement(s, q, form, &st));
    const struct query_form *f = &q->forms[form];
    UNSET const struct value *used[PARAMS_MAX];
    struct memo_answer *keep = NULL;
    CHECK(f->use_n <= PARAMS_MAX);
    for (int i = 0; i < f->use_n; i++) {
        used[i] = &params[f->use[i]];
    }
    const uint8_t touches = s->touches[(size_t)q->slot + form];
    if (!db->in_tx) {
        IGNORE(view_drop(s)); /* without a transaction a statement sees what is there when it runs */
        s->version = memo_version();
    }
    /* What is read of a person is kept for this answer only: one page asks for its case several times. */
    struct memo *memo = touches == READS_REFERENCE ? s->memo : db->in_tx ? s->same : NULL;
    if (memo != NULL && row != NULL) {
        const int64_t version = memo == s->memo ? s->version : s->answers;
        const struct memo_answer *known = memo_find(memo, version, st, used, f->use_n);
        if (known != NULL) {
            return replay(known, row, arg);
        }
        keep = memo_begin(memo, st, used, f->use_n);
    }
    TRY(bind_all(s, q, st, used, f->use_n));
    db->asked++;
    s->read_until_ms = clock_mono_ms() + READ_MAX_MS;
    const err e = step_and_keep(s, q, st, memo, keep, row, arg);
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    if ((touches & WRITES_REFERENCE) != 0) {
        s->wrote_reference = true;
        reference_settle(s);
    }
    if (q->writes && !db->in_tx) {
        view_committed();
    }
    if (e.code == ERR_OK) {
        const int64_t changed = q->writes ? sqlite3_changes64(s->handle) : 0;
        db->rows += changed;
        if (out_changed != NULL) {
            *out_changed = changed;
        }
    }
    return e;
}

static err describe(struct db *db, const struct query *q, unsigned form)
{
    struct sqlite_db *s = of(db);
    sqlite3_stmt *st = NULL;
    TRY(statement(s, q, form, &st));
    if (sqlite3_column_count(st) != q->columns_n) {
        return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: %d columns, promised %d", q->name,
                       sqlite3_column_count(st), q->columns_n);
    }
    if (sqlite3_bind_parameter_count(st) != q->forms[form].use_n) {
        return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: %d parameters, promised %d", q->name,
                       sqlite3_bind_parameter_count(st), q->forms[form].use_n);
    }
    if ((sqlite3_stmt_readonly(st) == 0) != q->writes) {
        return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: writes is promised otherwise", q->name);
    }
    for (int i = 0; i < q->columns_n; i++) {
        const char *declared = sqlite3_column_decltype(st, i);
        static const char *const names[] = {
            [VALUE_NULL] = "", [VALUE_I64] = "integer", [VALUE_TEXT] = "text", [VALUE_BLOB] = "blob"};
        if (declared != NULL && sqlite3_stricmp(declared, names[q->columns[i]]) != 0) {
            return db_note(db, ERR_INVALID, DB_CAUSE_OTHER, "%s: column %d is %s", q->name, i + 1, declared);
        }
    }
    return OK;
}

/* ---- transactions ---- */

/* Ahead of time, so that nothing is needed to give up a transaction. */
static err verbs_prepare(struct sqlite_db *s)
{
    for (enum verb v = 0; v < VERB_N; v++) {
        const int rc =
            sqlite3_prepare_v3(s->handle, verb_sql[v], -1, SQLITE_PREPARE_PERSISTENT, &s->verbs[v], NULL);
        if (rc != SQLITE_OK) {
            return failed(s, rc, verb_sql[v]);
        }
    }
    return OK;
}

static err verb(struct sqlite_db *s, enum verb v)
{
    const int rc = sqlite3_step(s->verbs[v]);
    const err e = rc == SQLITE_DONE ? OK : failed(s, rc, verb_sql[v]);
    sqlite3_reset(s->verbs[v]);
    return e;
}

static err end(struct sqlite_db *s)
{
    return sqlite3_get_autocommit(s->handle) != 0 ? OK : verb(s, VERB_ROLLBACK);
}

/* What view.h says of giving up. */
static void view_give_up(void *arg)
{
    IGNORE(end(arg)); /* without memory: begin() tries again */
}

static err view_drop(struct sqlite_db *s)
{
    if (s->view == NULL) {
        return OK;
    }
    const err e = view_enter(s->view) ? end(s) : OK;
    view_leave(s->view, false);
    return e;
}

static err rollback(struct db *db)
{
    struct sqlite_db *s = of(db);
    const bool reading = db->in_tx && s->view != NULL;
    db->in_tx = false;
    db->failed = ERR_OK;
    if (reading && !s->renew && view_calm() && sqlite3_get_autocommit(s->handle) == 0) {
        view_leave(s->view, true);
        return OK;
    }
    const err e = end(s);
    if (reading) {
        view_leave(s->view, false);
    }
    return e;
}

static err begin_anew(struct sqlite_db *s)
{
    /* One that could not be rolled back, for want of memory, would stand in the way for ever. */
    TRY(end(s));
    s->renew = false;
    s->version = memo_version();
    s->commits = view_commits();
    return verb(s, s->db.writable ? VERB_BEGIN_WRITE : VERB_BEGIN);
}

static err begin(struct db *db)
{
    struct sqlite_db *s = of(db);
    const bool held = s->view != NULL && view_enter(s->view);
    if (!held || s->commits != view_commits()) {
        const err e = begin_anew(s);
        if (e.code != ERR_OK) {
            if (s->view != NULL) {
                view_leave(s->view, false);
            }
            return e;
        }
    }
    s->answers++;
    db->in_tx = true;
    return OK;
}

static err commit(struct db *db)
{
    struct sqlite_db *s = of(db);
    if (s->view != NULL) {
        return rollback(db); /* a reader: there is nothing to commit, and its view may be held */
    }
    const err e = verb(s, VERB_COMMIT);
    if (e.code != ERR_OK) {
        IGNORE(rollback(db)); /* what counts is why the commit failed */
        return e;
    }
    db->in_tx = false;
    view_committed();
    reference_settle(s);
    return OK;
}

static err savepoint(struct db *db)
{
    return verb(of(db), VERB_SAVEPOINT);
}

static err release(struct db *db)
{
    return verb(of(db), VERB_RELEASE);
}

static err rollback_to(struct db *db)
{
    db->failed = ERR_OK;
    TRY(verb(of(db), VERB_ROLLBACK_TO));
    return verb(of(db), VERB_RELEASE);
}

/* ---- opening, closing, housekeeping ---- */

static err script(struct db *db, const char *sql)
{
    const int rc = sqlite3_exec(of(db)->handle, sql, NULL, NULL, NULL);
    view_committed();
    memo_written();
    return rc == SQLITE_OK ? OK : failed(of(db), rc, "script");
}

/* The first column of the first row, or `none` when there is no row. */
static err number(struct sqlite_db *s, const char *sql, int64_t none, int64_t *out)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(s->handle, sql, -1, &st, NULL);
    if (rc != SQLITE_OK) {
        return failed(s, rc, sql);
    }
    rc = sqlite3_step(st);
    const err e = rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : failed(s, rc, sql);
    if (e.code == ERR_OK) {
        *out = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : none;
    }
    sqlite3_finalize(st);
    return e;
}

static err version(struct db *db, int64_t *out)
{
    int64_t there = 0;
    TRY(number(of(db), "select count(*) from sqlite_master where type = 'table' and name = 'migration'", 0,
               &there));
    if (there == 0) {
        *out = 0;
        return OK;
    }
    return number(of(db), "select coalesce(max(migration_no), 0) from migration", 0, out);
}

/* As much of the log as readers leave; all of it, with a sync of the database file, when nobody holds it. */
static err checkpoint(struct sqlite_db *s, bool *out_all)
{
    int in_log = 0, moved = 0;
    views_release();
    const int rc = sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY) {
        return failed(s, rc, "checkpoint");
    }
    *out_all = rc == SQLITE_OK && moved == in_log;
    return OK;
}

static err checkpoint_whole(struct sqlite_db *s)
{
    bool all = false;
    TRY(checkpoint(s, &all));
    /* A reader may hold the log: then try again only after as much more of it. */
    s->next_checkpoint = (all ? 0 : s->wal_frames) + CHECKPOINT_FRAMES;
    return OK;
}

/* Holds the log where it is; the checkpoint goes on behind the next commit, since one of all that is in the
 * log would be synced at once. false: it cannot be held. */
static bool ahead_begin(struct sqlite_db *s)
{
    if (!s->beside) {
        return false;
    }
    if (s->flusher == NULL) {
        s->flusher = flusher_open(sqlite3_db_filename(s->handle, "main"));
    }
    if (!flusher_hold(s->flusher)) {
        return false;
    }
    s->ahead = AHEAD_HELD;
    s->held_at = s->wal_frames;
    return true;
}

static err ahead_go_on(struct sqlite_db *s)
{
    bool all = false;
    if (s->ahead == AHEAD_HELD) {
        if (s->wal_frames == s->held_at) {
            return OK; /* nothing was committed since */
        }
        TRY(checkpoint(s, &all));
        flusher_start(s->flusher);
        s->ahead = AHEAD_FLUSHED;
        return OK;
    }
    switch (flusher_state(s->flusher)) {
    case FLUSHER_FAILED:
        s->distrusted = true;
        return db_note(&s->db, ERR_IO, DB_CAUSE_BROKEN, "sync of the database: errno %d",
                       flusher_errno(s->flusher));
    case FLUSHER_BUSY:
        if (s->wal_frames < s->held_at + HELD_FRAMES) {
            return OK;
        }
        break; /* the log must not grow for ever: then everybody waits for the disk */
    case FLUSHER_DONE:
        break;
    }
    flusher_let_go(s->flusher);
    TRY(checkpoint_whole(s));
    if (flusher_state(s->flusher) != FLUSHER_DONE) {
        s->held_at = s->next_checkpoint - CHECKPOINT_FRAMES; /* not with each commit until it is done */
        return OK;
    }
    s->ahead = AHEAD_NOT;
    return OK;
}

static err tidy(struct db *db)
{
    struct sqlite_db *s = of(db);
    if (s->ahead != AHEAD_NOT) {
        return ahead_go_on(s);
    }
    if (!db->writable || s->wal_frames < s->next_checkpoint || ahead_begin(s)) {
        return OK;
    }
    return checkpoint_whole(s);
}

void sqlite_flush_beside(struct db *db)
{
    of(db)->beside = sqlite3_db_filename(of(db)->handle, "main")[0] != '\0';
}

static int wal_grew(void *arg, sqlite3 *handle, const char *name, int frames)
{
    (void)handle;
    (void)name;
    struct sqlite_db *s = arg;
    if (frames < s->wal_frames) {
        s->next_checkpoint = CHECKPOINT_FRAMES;
    }
    s->wal_frames = frames;
    return SQLITE_OK;
}

static int too_long(void *arg)
{
    const struct sqlite_db *s = arg;
    return clock_mono_ms() > s->read_until_ms;
}

static void remember(struct db *db)
{
    struct sqlite_db *s = of(db);
    if (!db->writable && s->memo == NULL) {
        s->memo = memo_open();
        s->same = memo_open();
        s->view = view_open(view_give_up, s);
    }
}

static void finalize(struct db *db)
{
    struct sqlite_db *s = of(db);
    view_close(s->view);
    for (size_t i = 0; i < s->statements_n; i++) {
        sqlite3_finalize(s->statements[i]);
    }
    for (size_t i = 0; i < VERB_N; i++) {
        sqlite3_finalize(s->verbs[i]);
    }
    flusher_end(s->flusher);
    s->distrusted |= s->flusher != NULL && flusher_state(s->flusher) == FLUSHER_FAILED;
    if (s->distrusted && s->handle != NULL) {
        /* The log holds what was promised; a sync of the database that only seems to work must not end it. */
        (void)sqlite3_db_config(s->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    sqlite3_close(s->handle);
    flusher_close(s->flusher);
    memo_close(s->memo);
    memo_close(s->same);
    mem_free(s->touches);
    mem_free(s->statements);
    mem_free(s);
}

static const struct db_engine sqlite_engine = {
    .name = "sqlite",
    .snapshots = true,
    .run = run,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .release = release,
    .rollback_to = rollback_to,
    .describe = describe,
    .script = script,
    .version = version,
    .tidy = tidy,
    .remember = remember,
    .close = finalize,
};

static pthread_once_t configured = PTHREAD_ONCE_INIT;

static void configure(void)
{
    /* Each connection is used by one thread at a time, and nobody reads the memory statistics. */
    CHECK(sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK);
    CHECK(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
    CHECK(sqlite3_initialize() == SQLITE_OK);
}

void sqlite_ready(void)
{
    pthread_once(&configured, configure);
}

static err demand(struct sqlite_db *s, const char *sql, int64_t want)
{
    int64_t is = -1;
    TRY(number(s, sql, -1, &is));
    return is == want ? OK : db_note(&s->db, ERR_IO, DB_CAUSE_OTHER, "%s is %lld", sql, (long long)is);
}

static err prepare_both(struct sqlite_db *s)
{
    char cache[40];
    (void)snprintf(cache, sizeof cache, "pragma cache_size = -%d",
                   s->db.writable ? WRITER_CACHE_KB : READER_CACHE_KB);
    sqlite3_busy_timeout(s->handle, LOCK_WAIT_MS);
    TRY(script(&s->db, cache));
    /* mmap was 2 to 4 times slower for readers beside a busy writer. */
    TRY(script(&s->db, "pragma mmap_size = 0; pragma foreign_keys = on; pragma trusted_schema = off;"
                       "pragma wal_autocheckpoint = 0;"
                       "pragma cell_size_check = on; pragma temp_store = memory;"));
    TRY(verbs_prepare(s));
    return demand(s, "pragma foreign_keys", 1);
}

static err prepare_reader(struct sqlite_db *s)
{
    TRY(prepare_both(s));
    CHECK(sqlite3_db_config(s->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) == SQLITE_OK);
    TRY(script(&s->db, "pragma query_only = on"));
    TRY(demand(s, "pragma wal_autocheckpoint", 0));
    if (sqlite3_db_readonly(s->handle, "main") != 1) {
        return db_note(&s->db, ERR_BUG, DB_CAUSE_OTHER, "a second connection that could write");
    }
    sqlite3_progress_handler(s->handle, STEPS_BETWEEN_LOOKS, too_long, s);
    return demand(s, "pragma query_only", 1);
}

/* What an earlier process left in the log may be in the memory of the machine only, when its sync failed:
 * it is moved into the database, and synced, before anybody is told that it is there. */
static err take_over_log(struct sqlite_db *s)
{
    const int rc = sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (rc == SQLITE_OK || rc == SQLITE_BUSY) {
        return OK;
    }
    const err e = failed(s, rc, "checkpoint");
    return s->db.cause == DB_CAUSE_FULL ? OK : e; /* it stays in the log until there is room */
}

static err prepare_writer(struct sqlite_db *s, bool in_memory)
{
    char limit[60];
    (void)snprintf(limit, sizeof limit, "pragma journal_size_limit = %d", WAL_KEPT_BYTES);
    if (sqlite3_db_readonly(s->handle, "main") != 0) { /* what SQLite makes of a file that it cannot write */
        return db_note(&s->db, ERR_IO, DB_CAUSE_OTHER, "it can only be read");
    }
    TRY(prepare_both(s));
    TRY(script(&s->db, "pragma journal_mode = wal; pragma synchronous = full;"));
    TRY(script(&s->db, limit));
    TRY(demand(s, "pragma synchronous", 2));
    TRY(demand(s, in_memory ? "select 1" : "select journal_mode = 'wal' from pragma_journal_mode", 1));
    s->next_checkpoint = CHECKPOINT_FRAMES;
    sqlite3_wal_hook(s->handle, wal_grew, s); /* takes the place of automatic checkpoints */
    return take_over_log(s);
}

/* The log and its index take the mode of the database file, so it is made before SQLite sees it. A file that
 * is there is not opened: closing it again would drop the locks that this process holds on it. */
static bool make_private(const char *path)
{
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST;
    }
    return close(fd) == 0;
}

err sqlite_open(const char *path, enum db_access access, struct db **out, struct fail *f)
{
    sqlite_ready();
    const bool writing = access == DB_WRITE, in_memory = strcmp(path, ":memory:") == 0;
    if (writing && !in_memory && !make_private(path)) {
        return fail_log(f, ERR_IO, "cannot open %s: errno %d", path, errno);
    }
    struct sqlite_db *s = mem_new(sizeof *s);
    s->db.engine = &sqlite_engine;
    s->db.writable = writing;
    const int mode = writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int rc =
        sqlite3_open_v2(path, &s->handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    err e = rc == SQLITE_OK ? OK : failed(s, rc, "open");
    if (e.code == ERR_OK) {
        CHECK(sqlite3_set_authorizer(s->handle, on_table, s) == SQLITE_OK);
        e = writing ? prepare_writer(s, in_memory) : prepare_reader(s);
    }
    if (e.code != ERR_OK) {
        (void)fail_log(f, e.code, "%s: %s", path, s->db.error);
        finalize(&s->db);
        return e;
    }
    *out = &s->db;
    return OK;
}
