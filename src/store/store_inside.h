/* store_inside.h: the parts of an open store, for the files of store/ only. */
#ifndef SUNWAI_STORE_INSIDE_H
#define SUNWAI_STORE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "keys.h"
#include "lock.h"
#include "store.h"

enum { WRITERS_MAX = 8, CHAINS_PER_NODE = 16, NODES_MAX = 64, HASH_LEN = 32 };

/* What a writer remembers of its own transaction. It is copied before each job and each batch and put back
 * when that is rolled back, so that memory never runs ahead of the database. */
struct writer_marks {
    bool head_known; /* else audit_add() reads it from the database */
    int64_t head_seq;
    uint8_t head[HASH_LEN];
    int64_t id_reserved_ms; /* ids below this (ms since 2024) are reserved in the database */
    int64_t key_reserved;   /* the same for numbers of case keys */
    size_t doomed_n;        /* case keys to destroy once the transaction is durable */
    bool doomed_now;        /* … and some of them at once */
};

struct kept;

struct writer {
    struct store *store;
    int number;
    int64_t chain; /* of the audit, and the node part of ids */
    struct db *db; /* NULL: PostgreSQL is to be connected again */
    struct arena *scratch;
    pthread_t thread;
    bool running;
    struct writer_marks marks;
    int64_t id_ms; /* of the last id; never goes back, whatever is rolled back */
    int64_t id_seq;
    int64_t *doomed;
    int64_t doomed_until_ms; /* monotonic: when those that may wait go at the latest; 0: none waits */
    size_t doomed_room;
};

struct store {
    bool is_pg, read_only;
    struct arena *arena; /* paths and address, for the life of the store */
    const char *reserve_path;
    const char *dir, *database;
    struct lock *lock;
    struct keys *keys;
    struct vault *vault;
    unsigned writers_n, node;
    struct writer writers[WRITERS_MAX];
    pthread_key_t reader_key;
    bool reader_key_made;

    pthread_mutex_t mutex; /* of the queue */
    pthread_cond_t filled;
    pthread_rwlock_t turn; /* PostgreSQL: a job that gave way too often has the writers to itself */
    struct write_job *first, *last;
    long long queue_max;
    bool closing;

    struct kept *kept;

    atomic_bool broken, full;
    atomic_bool tight; /* next to nothing is free, and nothing was set aside */
    atomic_llong queued, jobs, commits, rows, failures, queue_top;
    atomic_bool reserved; /* room for small writes is set aside (reserve.h) */
    atomic_llong reserve_again_ms;
    atomic_bool small_only; /* and nothing else is written until there is more */
};

/* The writer whose transaction c is in. */
struct writer *writer_of(const struct ctx *c);
/* Marks of the chain from the database, before the first job. */
err writer_prepare(struct writer *w, struct fail *f);
err writers_start(struct store *s, struct fail *f);
void writers_drain(struct store *s); /* returns when everything queued has been answered */
void writers_close(struct store *s);
/* No room: true when small writes have some that others do not have, and this is the first to say so. */
bool store_squeezed(struct store *s);
int64_t store_wal_bytes(const struct store *s);

struct kept *kept_open(void);
void kept_close(struct kept *k); /* takes NULL */

err database_open(const struct store *s, enum db_access access, struct db **out, struct fail *f);
err migrate_apply(struct db *db, int *out_applied, struct fail *f);
/* CONFLICT unless the database stands exactly where this program does. */
err migrate_check(struct db *db, struct fail *f);

#endif
