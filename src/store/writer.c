/* writer.c: the queue of write jobs and the threads that empty it.
 *
 * SQLite: one writer. What is queued goes into one transaction, and one commit at synchronous=FULL answers
 * them all; when a job fails behind its first write, all of them run again, each behind a savepoint; jobs
 * that arrive while others run join them, and nobody waits for company. PostgreSQL: several writers, each job
 * a SERIALIZABLE transaction of its own, tried again when rivals got in its way; the server does the group
 * commit.
 */
#include <errno.h>

#include "check.h"
#include "clock.h"
#include "engine.h"
#include "log.h"
#include "meta.sql.h"
#include "random.h"
#include "store_inside.h"

enum {
    BATCH_JOBS = 128,
    BATCH_MS = 50, /* a batch takes no more jobs after this long */
    SCRATCH_MAX = 1024 * 1024,
    RIVAL_TRIES = 12,
    RIVALS_UNTIL_ALONE = 3, /* then it runs while the other writers of this process stand aside */
    UNIQUE_TRIES = 3,
    CONNECT_TRIES = 3,
    CONNECT_PAUSE_MS = 200,
    RETIRE_MS = 1000 /* how long a key that was retired may still stand */
};

struct store_wait {
    pthread_mutex_t mutex;
    pthread_cond_t cond;
    bool over;
};

/* ---- the queue ---- */

err store_submit(struct store *s, struct write_job *job)
{
    CHECK(!s->read_only);
    if (atomic_load(&s->broken) || (atomic_load(&s->small_only) && !job->small)) {
        return FAIL(IO);
    }
    job->next = NULL;
    job->result = OK;
    job->queued_ms = clock_mono_ms();
    if (job->arena != NULL) {
        job->mark = arena_mark(job->arena);
    }
    pthread_mutex_lock(&s->mutex);
    const long long queued = atomic_load(&s->queued);
    if (s->closing || queued >= s->queue_max) {
        pthread_mutex_unlock(&s->mutex);
        return FAIL(BUSY);
    }
    if (s->last != NULL) {
        s->last->next = job;
    } else {
        s->first = job;
    }
    s->last = job;
    atomic_store(&s->queued, queued + 1);
    if (queued + 1 > atomic_load(&s->queue_top)) {
        atomic_store(&s->queue_top, queued + 1);
    }
    pthread_cond_signal(&s->filled);
    pthread_mutex_unlock(&s->mutex);
    return OK;
}

/* With the queue in hand. */
static struct write_job *take_held(struct store *s)
{
    struct write_job *job = s->first;
    if (job != NULL) {
        s->first = job->next;
        s->last = s->first == NULL ? NULL : s->last;
        atomic_fetch_sub(&s->queued, 1);
        job->next = NULL;
    }
    return job;
}

/* The next job; NULL when there is none. */
static struct write_job *take(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    struct write_job *job = take_held(s);
    pthread_mutex_unlock(&s->mutex);
    return job;
}

static void answer(struct store *s, struct write_job *job)
{
    atomic_fetch_add(&s->jobs, 1);
    if (job->result.code != ERR_OK) {
        atomic_fetch_add(&s->failures, 1);
    }
    struct store_wait *w = job->wait;
    if (w == NULL) {
        job->done(job, job->result);
        return;
    }
    pthread_mutex_lock(&w->mutex);
    w->over = true;
    pthread_cond_signal(&w->cond);
    pthread_mutex_unlock(&w->mutex);
}

err store_write(struct store *s, struct write_job *job)
{
    struct store_wait w = {.mutex = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
    job->wait = &w;
    const err e = store_submit(s, job);
    if (e.code == ERR_OK) {
        pthread_mutex_lock(&w.mutex);
        while (!w.over) {
            pthread_cond_wait(&w.cond, &w.mutex);
        }
        pthread_mutex_unlock(&w.mutex);
    }
    pthread_mutex_destroy(&w.mutex);
    pthread_cond_destroy(&w.cond);
    job->wait = NULL;
    return e.code == ERR_OK ? job->result : e;
}

/* ---- one job ---- */

/* What the engine said of the failure becomes the job's, unless its rule has said more. */
static err engine_failure(struct writer *w, struct write_job *job, err e)
{
    const struct db *db = w->db;
    if (db->cause == DB_CAUSE_FULL && !atomic_exchange(&w->store->full, true)) {
        ERROR("store.disk_full", log_text("at", str_of(db_error(db))));
    }
    if (db->cause == DB_CAUSE_BROKEN && !atomic_exchange(&w->store->broken, true)) {
        ERROR("store.broken", log_text("at", str_of(db_error(db))));
    }
    return job->fail.log[0] != '\0' ? e : fail_log(&job->fail, e.code, "%s", db_error(db));
}

static err job_call(struct writer *w, struct write_job *job)
{
    job->fail = (struct fail){0};
    arena_clear(w->scratch);
    if (job->arena != NULL) {
        arena_reset(job->arena, job->mark);
    }
    struct ctx c = {.arena = job->arena != NULL ? job->arena : w->scratch,
                    .db = w->db,
                    .store = w->store,
                    .fail = &job->fail,
                    .actor = job->actor,
                    .now_ms = clock_now_ms(),
                    .lang = job->lang,
                    .client = job->client,
                    .writing = true,
                    .writer = w->number};
    const err e = job->run(&c, job);
    if (w->db->failed != ERR_OK) {
        /* A clash of keys may have been put into better words by the rule; anything else is the engine's. */
        const bool worded = w->db->failed == ERR_CONFLICT && e.code != ERR_OK && e.code != ERR_BUG;
        return engine_failure(w, job, worded ? e : (err){w->db->failed});
    }
    if (e.code == ERR_OK && arena_full(c.arena)) {
        return fail_log(&job->fail, ERR_LIMIT, "memory of the job is full");
    }
    return e;
}

/* Keys that a durable transaction has destroyed. */
static void keys_go(struct writer *w)
{
    if (w->marks.doomed_n == 0) {
        return;
    }
    struct fail f = {0};
    const err e = keys_destroy(w->store->keys, w->doomed, w->marks.doomed_n, &f);
    w->doomed_until_ms = clock_mono_ms() + RETIRE_MS;
    if (e.code != ERR_OK) { /* tried again a little later, and at the next start */
        ERROR("store.keys_kept", log_text("why", str_of(f.log)));
        if (keys_broken(w->store->keys)) {
            atomic_store(&w->store->broken, true);
        }
        return;
    }
    w->marks.doomed_n = 0;
    w->marks.doomed_now = false;
    w->doomed_until_ms = 0;
}

/* Before anyone hears of it, but for those that may wait: they go together, and not in the middle of a rush.
 */
static void keys_settle(struct writer *w)
{
    if (w->marks.doomed_n > 0 && w->doomed_until_ms == 0) {
        w->doomed_until_ms = clock_mono_ms() + RETIRE_MS;
    }
    if (w->marks.doomed_now || (w->marks.doomed_n > 0 && clock_mono_ms() >= w->doomed_until_ms)) {
        keys_go(w);
    }
}

static void committed(struct writer *w)
{
    atomic_fetch_add(&w->store->commits, 1);
    atomic_fetch_add(&w->store->rows, w->db->rows);
    w->db->rows = 0;
    if (!atomic_load(&w->store->small_only)) {
        atomic_store(&w->store->full, false);
    }
    if (atomic_load(&w->store->tight)) {
        store_look(w->store); /* there may be room again, and whoever gets this answer may ask */
    }
    keys_settle(w);
}

static void roll_back(struct writer *w, const struct writer_marks *before)
{
    IGNORE(db_rollback(w->db)); /* what counts is why it came to that */
    w->db->rows = 0;
    w->marks = *before;
    if (w->db->cause == DB_CAUSE_UNIQUE) {
        w->marks.head_known = false; /* the clash may have been on our own chain */
    }
}

/* ---- SQLite: many jobs, one commit ---- */

struct batch {
    struct write_job *jobs[BATCH_JOBS];
    size_t n, good;
};

/* A savepoint for each job costs a fifth of it (the word index is written out at each), and few jobs fail
 * behind their first write. So a batch runs without them first; *out_spoilt: a job has failed and left
 * something behind. */
static err job_trusted(struct writer *w, struct write_job *job, bool *out_spoilt)
{
    const struct writer_marks before = w->marks;
    const int64_t rows = w->db->rows;
    const err e = job_call(w, job);
    if (e.code != ERR_OK) {
        *out_spoilt = w->db->failed != ERR_OK || !w->db->in_tx || w->db->rows != rows;
        w->marks = before;
    }
    return e;
}

static err job_guarded(struct writer *w, struct write_job *job)
{
    const struct db_engine *engine = w->db->engine;
    const struct writer_marks before = w->marks;
    err e = engine->savepoint(w->db);
    if (e.code != ERR_OK) {
        return engine_failure(w, job, e);
    }
    e = job_call(w, job);
    if (!w->db->in_tx) {
        return e;
    }
    if (e.code == ERR_OK) {
        e = engine->release(w->db);
        return e.code == ERR_OK ? OK : engine_failure(w, job, e);
    }
    if (engine->rollback_to(w->db).code != ERR_OK) {
        roll_back(w, &before); /* takes the rest of the batch with it */
        return e;
    }
    w->marks = before;
    return e;
}

static void batch_fill(struct writer *w, struct batch *b, struct write_job *first, bool *out_spoilt)
{
    const int64_t until = clock_mono_ms() + BATCH_MS;
    for (struct write_job *job = first; job != NULL; job = take(w->store)) {
        b->jobs[b->n++] = job;
        job->result = job_trusted(w, job, out_spoilt);
        b->good += job->result.code == ERR_OK;
        if (*out_spoilt || b->n == BATCH_JOBS || clock_mono_ms() >= until) {
            return;
        }
    }
}

/* The same jobs from the beginning and what has come meanwhile, each behind a savepoint: what one leaves
 * behind goes alone. */
static err batch_again(struct writer *w, struct batch *b)
{
    const int64_t until = clock_mono_ms() + BATCH_MS;
    const size_t again = b->n;
    b->good = 0;
    TRY(atomic_load(&w->store->broken) ? FAIL(IO) : db_begin(w->db));
    for (size_t i = 0; i < BATCH_JOBS; i++) {
        struct write_job *job = i < again ? b->jobs[i] : clock_mono_ms() < until ? take(w->store) : NULL;
        if (job == NULL) {
            break;
        }
        b->jobs[i] = job;
        b->n = i < again ? again : i + 1;
        job->result = job_guarded(w, job);
        b->good += job->result.code == ERR_OK;
        if (!w->db->in_tx) {
            return FAIL(IO);
        }
    }
    return OK;
}

/* Whatever went well so far was not kept. */
static void batch_lost(struct writer *w, struct batch *b, err e)
{
    for (size_t i = 0; i < b->n; i++) {
        if (b->jobs[i]->result.code == ERR_OK) {
            b->jobs[i]->fail = (struct fail){0};
            b->jobs[i]->result = engine_failure(w, b->jobs[i], e);
        }
    }
}

static void batch_end(struct writer *w, struct batch *b, const struct writer_marks *before, err e)
{
    if (e.code == ERR_OK && b->good > 0) {
        e = db_commit(w->db);
        if (e.code == ERR_OK) {
            committed(w);
            return;
        }
    }
    roll_back(w, before);
    if (e.code != ERR_OK) {
        batch_lost(w, b, e);
    }
}

static void batch_run(struct writer *w, struct write_job *first);

/* Small writes that shared a batch with one that found no room are done again, without it. */
static void batch_answer(struct writer *w, struct batch *b)
{
    const bool room = atomic_load(&w->store->full) && store_squeezed(w->store);
    for (size_t i = 0; i < b->n; i++) {
        struct write_job *job = b->jobs[i];
        if (room && job->small && job->result.code == ERR_IO) {
            job->fail = (struct fail){0};
            batch_run(w, job);
        } else {
            answer(w->store, job);
        }
    }
}

static void batch_run(struct writer *w, struct write_job *first)
{
    struct batch b = {.n = 0};
    const struct writer_marks before = w->marks;
    bool spoilt = false;
    err e = atomic_load(&w->store->broken) ? FAIL(IO) : db_begin(w->db);
    if (e.code != ERR_OK) {
        b.jobs[b.n++] = first;
        batch_lost(w, &b, e);
        answer(w->store, first);
        return;
    }
    batch_fill(w, &b, first, &spoilt);
    if (spoilt) {
        roll_back(w, &before);
        e = batch_again(w, &b);
    }
    batch_end(w, &b, &before, e);
    batch_answer(w, &b);
}

/* A checkpoint that fails has lost nothing yet, but after a failed fsync the next one cannot be believed. */
static void tidy(struct writer *w)
{
    if (atomic_load(&w->store->broken) || w->db->engine->tidy(w->db).code == ERR_OK) {
        return;
    }
    if (w->db->cause == DB_CAUSE_BROKEN && !atomic_exchange(&w->store->broken, true)) {
        ERROR("store.broken", log_text("at", str_of(db_error(w->db))));
    }
}

/* ---- PostgreSQL: a transaction for each job ---- */

static void pause_ms(int64_t ms)
{
    const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&t, NULL);
}

static err connect_again(struct writer *w, struct fail *f)
{
    if (w->db != NULL && w->db->cause != DB_CAUSE_LOST) {
        return OK;
    }
    db_close(w->db);
    w->db = NULL;
    struct db *db = NULL;
    TRY(database_open(w->store, DB_WRITE, &db, f));
    const err e = pg_claim(db, w->chain);
    if (e.code != ERR_OK) {
        (void)fail_log(f, e.code, "%s", db_error(db));
        db_close(db);
        return FAIL(IO);
    }
    w->db = db;
    w->marks.head_known = false;
    return OK;
}

static err job_alone(struct writer *w, struct write_job *job)
{
    const struct writer_marks before = w->marks;
    job->fail = (struct fail){0};
    err e = db_begin(w->db);
    if (e.code != ERR_OK) {
        return engine_failure(w, job, e);
    }
    e = job_call(w, job);
    if (e.code != ERR_OK) {
        const enum db_cause cause = w->db->failed != ERR_OK ? w->db->cause : DB_CAUSE_OTHER;
        roll_back(w, &before);
        w->db->cause = w->db->cause == DB_CAUSE_LOST ? DB_CAUSE_LOST : cause;
        return e;
    }
    e = db_commit(w->db);
    if (e.code != ERR_OK) {
        w->marks = before;
        w->marks.head_known = false;
        return engine_failure(w, job, e);
    }
    committed(w);
    return OK;
}

enum again { AGAIN_NO, AGAIN_SOON, AGAIN_CONNECT };

struct tries {
    int rivals, uniques, connects;
};

static enum again again(struct tries *t, enum db_cause cause, err e)
{
    if (e.code == ERR_UNCERTAIN || e.code == ERR_OK) {
        return AGAIN_NO;
    }
    if (cause == DB_CAUSE_RETRY && ++t->rivals < RIVAL_TRIES) {
        return AGAIN_SOON;
    }
    if (cause == DB_CAUSE_UNIQUE && ++t->uniques < UNIQUE_TRIES) {
        return AGAIN_SOON;
    }
    return cause == DB_CAUSE_LOST && ++t->connects < CONNECT_TRIES ? AGAIN_CONNECT : AGAIN_NO;
}

static err job_until_done(struct writer *w, struct write_job *job)
{
    struct tries t = {0};
    for (;;) {
        job->fail = (struct fail){0};
        err e = atomic_load(&w->store->broken) ? FAIL(IO) : connect_again(w, &job->fail);
        const bool connected = e.code == ERR_OK;
        if (connected) {
            const bool alone = t.rivals >= RIVALS_UNTIL_ALONE;
            (void)(alone ? pthread_rwlock_wrlock(&w->store->turn) : pthread_rwlock_rdlock(&w->store->turn));
            e = job_alone(w, job);
            pthread_rwlock_unlock(&w->store->turn);
        }
        const enum db_cause cause = connected ? w->db->cause : DB_CAUSE_LOST;
        switch (again(&t, cause, e)) {
        case AGAIN_NO:
            return cause == DB_CAUSE_RETRY && e.code != ERR_OK
                       ? fail_log(&job->fail, ERR_BUSY, "gave way to others %d times", t.rivals)
                       : e;
        case AGAIN_SOON:
            pause_ms(random_below(1u << (t.rivals < 6 ? t.rivals : 6)));
            break;
        case AGAIN_CONNECT:
            pause_ms(CONNECT_PAUSE_MS);
            break;
        }
    }
}

/* ---- threads ---- */

/* Waits for a job; NULL when the store closes and all is answered. Keys that wait to go do so meanwhile. */
static struct write_job *wait_for(struct writer *w)
{
    struct store *s = w->store;
    for (;;) {
        struct timespec until = {.tv_sec = w->doomed_until_ms / 1000,
                                 .tv_nsec = w->doomed_until_ms % 1000 * 1000000};
        bool late = false;
        pthread_mutex_lock(&s->mutex);
        while (s->first == NULL && !s->closing && !late) {
            late = w->doomed_until_ms != 0
                       ? pthread_cond_clockwait(&s->filled, &s->mutex, CLOCK_MONOTONIC, &until) == ETIMEDOUT
                       : pthread_cond_wait(&s->filled, &s->mutex) != 0;
        }
        struct write_job *job = take_held(s);
        pthread_mutex_unlock(&s->mutex);
        if (job != NULL || !late) {
            return job;
        }
        keys_go(w);
    }
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    for (struct write_job *job = wait_for(w); job != NULL; job = wait_for(w)) {
        if (w->store->is_pg) {
            job->result = job_until_done(w, job);
            answer(w->store, job);
            continue;
        }
        batch_run(w, job);
        tidy(w);
        store_look(w->store); /* before the next ones take what is kept for small ones */
    }
    keys_go(w);
    return NULL;
}

static err mark_load(struct db *db, struct arena *a, str name, int64_t chain, int64_t *out)
{
    struct q_mark_get row;
    const err e = q_mark_get(db, a, name, chain, &row);
    if (e.code == ERR_NOT_FOUND) {
        *out = 0;
        return OK;
    }
    TRY(e);
    *out = row.mark_no;
    return OK;
}

err writer_prepare(struct writer *w, struct fail *f)
{
    w->scratch = arena_open(SCRATCH_MAX);
    err e = mark_load(w->db, w->scratch, S("id"), w->chain, &w->marks.id_reserved_ms);
    if (e.code == ERR_OK) {
        e = mark_load(w->db, w->scratch, S("key"), w->chain, &w->marks.key_reserved);
    }
    w->id_ms = w->marks.id_reserved_ms;
    return e.code == ERR_OK ? OK : fail_log(f, e.code, "%s", db_error(w->db));
}

err writers_start(struct store *s, struct fail *f)
{
    for (unsigned i = 0; i < s->writers_n; i++) {
        struct writer *w = &s->writers[i];
        if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
            return fail_log(f, ERR_IO, "cannot start a writer");
        }
        w->running = true;
    }
    return OK;
}

void writers_drain(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    s->closing = true;
    pthread_cond_broadcast(&s->filled);
    pthread_mutex_unlock(&s->mutex);
    for (unsigned i = 0; i < s->writers_n; i++) {
        if (s->writers[i].running) {
            pthread_join(s->writers[i].thread, NULL);
            s->writers[i].running = false;
        }
    }
}

void writers_close(struct store *s)
{
    for (unsigned i = 0; i < s->writers_n; i++) {
        db_close(s->writers[i].db);
        arena_free(s->writers[i].scratch);
        mem_free(s->writers[i].doomed);
    }
}

void store_stats(const struct store *s, struct store_stats *out)
{
    *out = (struct store_stats){.jobs = atomic_load(&s->jobs),
                                .commits = atomic_load(&s->commits),
                                .rows = atomic_load(&s->rows),
                                .failed = atomic_load(&s->failures),
                                .queue_now = atomic_load(&s->queued),
                                .queue_max_seen = atomic_load(&s->queue_top),
                                .wal_bytes = store_wal_bytes(s)};
}
