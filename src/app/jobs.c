/* jobs.c: running due work, once or by a timer. */
#include "jobs.h"

#include <pthread.h>

#include "clock.h"
#include "features.h"
#include "log.h"

enum {
    JOB_ARENA = 4 * 1024 * 1024,
    ROUNDS_MAX = 10000, /* a job that never says it did nothing is stopped, and goes on next time */
    JOBS_MAX = 64,
    NIGHT_HOUR = 3,
    FIRST_AFTER_MS = 2000 /* the first page is not kept waiting by them */
};

struct job_round {
    struct write_job base; /* first */
    const struct feature_job *job;
    int64_t done;
};

static err round_run(struct ctx *c, struct write_job *base)
{
    struct job_round *round = (struct job_round *)base;
    round->done = 0;
    return round->job->run(c, &round->done);
}

static err beside_run(struct store *s, const struct feature_job *job, struct arena *arena, int64_t *out_done,
                      struct fail *f)
{
    struct ctx c = {.arena = arena,
                    .db = store_reader(s),
                    .store = s,
                    .fail = f,
                    .actor = {.role = ROLE_SYSTEM},
                    .now_ms = clock_now_ms(),
                    .writer = -1};
    return c.db != NULL ? job->beside(&c, out_done) : FAIL(IO);
}

static err job_run(struct store *s, const struct feature_job *job, int64_t *out_done)
{
    struct arena *arena = arena_open(JOB_ARENA);
    int64_t done = 0;
    err e = OK;
    for (int i = 0; i < ROUNDS_MAX; i++) {
        arena_clear(arena);
        struct job_round round = {.job = job};
        round.base.run = round_run;
        round.base.arena = arena;
        round.base.actor.role = ROLE_SYSTEM;
        e = job->beside != NULL ? beside_run(s, job, arena, &round.done, &round.base.fail)
                                : store_write(s, &round.base);
        if (e.code != ERR_OK) {
            WARN("job.failed", log_text("job", str_of(job->name)), log_text("error", str_of(err_name(e))),
                 log_text("why", str_of(round.base.fail.log)));
            break;
        }
        done += round.done;
        if (round.done == 0) {
            break;
        }
    }
    arena_free(arena);
    *out_done = done;
    return e;
}

err jobs_run(struct store *s, struct buf *out)
{
    err first = OK;
    for (size_t f = 0; features[f] != NULL; f++) {
        for (size_t i = 0; i < features[f]->jobs_n; i++) {
            const struct feature_job *job = &features[f]->jobs[i];
            int64_t done;
            const err e = job_run(s, job, &done);
            buf_printf(out, "%-20s %s %lld\n", job->name, err_name(e), (long long)done);
            if (first.code == ERR_OK) {
                first = e;
            }
        }
    }
    return first;
}

struct jobs {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stopping;
    const struct feature_job *all[JOBS_MAX];
    int64_t due_ms[JOBS_MAX]; /* monotonic */
    size_t n;
};

/* How long to wait for a job's next time: what is heavy waits for the night. */
static int64_t pause_of(const struct feature_job *job)
{
    if (job->every_ms > 0) {
        return job->every_ms;
    }
    const int64_t now = clock_now_ms();
    const int64_t tonight = day_at_ms(local_day(now), NIGHT_HOUR, 0);
    return tonight > now ? tonight - now : tonight + MS_PER_DAY - now;
}

static void jobs_gather(struct jobs *j)
{
    for (size_t f = 0; features[f] != NULL; f++) {
        for (size_t i = 0; i < features[f]->jobs_n && j->n < JOBS_MAX; i++) {
            const struct feature_job *job = &features[f]->jobs[i];
            j->due_ms[j->n] = clock_mono_ms() + (job->every_ms > 0 ? FIRST_AFTER_MS : pause_of(job));
            j->all[j->n++] = job;
        }
    }
}

/* The job that is due first; false when there are none. */
static bool next_due(const struct jobs *j, size_t *out)
{
    for (size_t i = 0; i < j->n; i++) {
        if (i == 0 || j->due_ms[i] < j->due_ms[*out]) {
            *out = i;
        }
    }
    return j->n > 0;
}

/* Sleeps until at_ms (monotonic); false when it is time to stop. */
static bool sleep_until(struct jobs *j, int64_t at_ms)
{
    const struct timespec until = {.tv_sec = at_ms / 1000, .tv_nsec = at_ms % 1000 * 1000000};
    (void)pthread_mutex_lock(&j->mutex);
    while (!j->stopping && clock_mono_ms() < at_ms) {
        (void)pthread_cond_timedwait(&j->wake, &j->mutex, &until);
    }
    const bool go_on = !j->stopping;
    (void)pthread_mutex_unlock(&j->mutex);
    return go_on;
}

static void *jobs_thread(void *arg)
{
    struct jobs *j = arg;
    size_t i = 0;
    while (next_due(j, &i) && sleep_until(j, j->due_ms[i])) {
        int64_t done;
        /* Said to the log where it happened; the next round tries again. */
        IGNORE(job_run(j->store, j->all[i], &done));
        /* One that has just run must not run again because the clock was set back a little. */
        const int64_t pause = pause_of(j->all[i]);
        const bool nightly = j->all[i]->every_ms == 0;
        j->due_ms[i] = clock_mono_ms() + (nightly && pause < MS_PER_DAY / 24 ? pause + MS_PER_DAY : pause);
    }
    return NULL;
}

struct jobs *jobs_start(struct store *s)
{
    struct jobs *j = mem_new(sizeof *j);
    j->store = s;
    jobs_gather(j);
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&j->mutex, NULL);
    (void)pthread_cond_init(&j->wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    if (pthread_create(&j->thread, NULL, jobs_thread, j) != 0) {
        ERROR("jobs.no_thread");
        mem_free(j);
        return NULL;
    }
    return j;
}

void jobs_stop(struct jobs *j)
{
    if (j == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&j->mutex);
    j->stopping = true;
    (void)pthread_cond_signal(&j->wake);
    (void)pthread_mutex_unlock(&j->mutex);
    (void)pthread_join(j->thread, NULL);
    (void)pthread_cond_destroy(&j->wake);
    (void)pthread_mutex_destroy(&j->mutex);
    mem_free(j);
}
