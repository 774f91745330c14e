/* store.h: the only door to data.
 *
 * A store is an open database of one engine with its readers, its writer queue, its vault and audit chains.
 * Reading: store_reader() gives the calling thread's own read-only connection.
 * Writing: a write job runs on a writer; several jobs share one commit (group commit at synchronous=FULL on
 * SQLite, one SERIALIZABLE transaction each on PostgreSQL), and `done` is called only after the commit came
 * back. A job is a function of its inputs and the database and may run more than once: it must not touch
 * anything else. A failing job is rolled back alone.
 * After a failed fsync or an I/O error in COMMIT the store accepts nothing more and store_broken() is true:
 * the process must end (75) and start again.
 */
#ifndef SUNWAI_STORE_H
#define SUNWAI_STORE_H

#include "actor.h"
#include "arena.h"
#include "db.h"

struct store;
struct vault;

/* What a rule works with: in a read, the thread's reader; in a write job, the writer's transaction. */
struct ctx {
    struct arena *arena;
    struct db *db;
    struct store *store;
    struct fail *fail;
    struct actor actor;
    int64_t now_ms; /* one instant for the whole request or job */
    int lang;       /* enum lang of the person asking */
    str client;     /* her address as text: only to bound guessing, never stored in clear; may be STR_NONE */
    bool writing;
    bool may_show_identity; /* the look at protected data has been audited (or the caller is the person) */
    int64_t commits;        /* store_commits() when this reading began; 0: nothing is taken from memory */
    int writer;             /* number of the writer, its audit chain; -1 on a reader */
};

struct store_config {
    const char *dir;     /* the data folder: key, keys.db, lock, and sunwai.db for SQLite */
    const char *address; /* NULL: DIR/sunwai.db; else "postgres://…" or "host=… dbname=…" */
    unsigned queue_max;  /* waiting jobs; past it BUSY. 0: 4096 */
    unsigned writers;    /* PostgreSQL only, at most 8. 0: 4 */
    unsigned node;       /* PostgreSQL only: number of this web node, 0 to 63, unlike any other's */
    bool read_only; /* only store_reader() and the vault's reading half: beside a running server, no lock */
};

/* Refuses (with fail->log saying what to do): no key file, wrong key for this database (INVALID), a database
 * newer or older than this program (CONFLICT), a folder another process holds (BUSY). */
err store_open(const struct store_config *config, struct store **out, struct fail *f);
/* Drains the queue, commits, closes. Takes NULL. */
void store_close(struct store *s);
/* Whether group or others can enter this folder (false when it is not there): what lies in it would then be
 * guarded only by the modes of its files. */
bool store_exposed(const char *dir);
/* Creates the folder, key and empty migrated database; CONFLICT when the folder holds one already. A folder
 * that is there is closed to group and others (0700); one that is everybody's (/tmp) is refused: INVALID. */
err store_init(const struct store_config *config, struct fail *f);
/* Applies the migrations that are missing, forward only; *out_applied says how many. */
err store_migrate(const struct store_config *config, int *out_applied, struct fail *f);

struct db *store_reader(struct store *s); /* NULL when none can be opened */
/* From 1 on, and one more with each commit of this process: asked before reading begins, it says what of
 * memory (kept.h) may be older than what is read. */
int64_t store_commits(const struct store *s);
struct vault *store_vault(struct store *s);
bool store_broken(const struct store *s);
/* A write failed for want of disk space, and there has been none since: its result was IO. Or the next one
 * would. */
bool store_full(const struct store *s);
/* Whether so much of the disk is free. */
bool store_has_room(const struct store *s, int64_t bytes);
/* Looks how much room there is; called once in a while by whoever serves. */
void store_look(struct store *s);
const char *store_engine(const struct store *s); /* "sqlite" | "postgres" */
/* Whether nothing is committed but by this process: what was read is good then while store_commits() stays.
 */
bool store_alone(const struct store *s);
/* Whether jobs run side by side: a row that all of them change would make them wait for each other. */
bool store_many_writers(const struct store *s);

struct write_job {
    /* Set by the caller. */
    err (*run)(struct ctx *c, struct write_job *job);
    void (*done)(struct write_job *job, err result); /* on a writer thread, after the commit */
    struct arena *arena; /* for what the job leaves behind; reset to its mark before each try. May be NULL */
    struct actor actor;
    int lang;
    str client; /* as in ctx */
    bool small; /* goes on when the disk is full, in room kept for it (reserve.h): a sign-in, not a case */
    /* Set by the store. */
    struct fail fail;
    struct write_job *next;
    struct arena_mark mark;
    err result;
    int64_t queued_ms;
    struct store_wait *wait; /* of store_write() */
};

/* BUSY when the queue is full, IO when the store is broken or there is only room for small writes; `done` is
 * then not called. */
err store_submit(struct store *s, struct write_job *job);
/* The same, waiting for the commit: command line and jobs. Never on an event thread. */
err store_write(struct store *s, struct write_job *job);

struct store_stats {
    int64_t jobs, commits, rows, failed, queue_now, queue_max_seen; /* rows: written by those commits */
    int64_t wal_bytes;
};
void store_stats(const struct store *s, struct store_stats *out);

/* A new internal id: 41 bits of ms since 2024, 10 node, 12 sequence; never below the stored maximum. Only
 * inside a write job. Such ids never leave the server. */
int64_t id_next(struct ctx *c);

#endif
