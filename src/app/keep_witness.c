/* keep_witness.c: see keep_witness.h. A thread of its own: a share that hangs must hang nobody else. */
#include "keep_witness.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "clock.h"
#include "log.h"
#include "witness.h"

enum { KEEP_ARENA = 4 * 1024 * 1024, LINE_MAX = 128 * 1024, HOUR_MS = 3600 * 1000, STOP_SECONDS = 3 };

struct keep_witness {
    struct store *store;
    const char *path;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stopping;
    bool left; /* nobody waits any more: the store may be gone */
};

static atomic_bool kept, failing, disagrees;
static atomic_llong last_ms;

struct witness_state witness_state(void)
{
    return (struct witness_state){.kept = atomic_load(&kept),
                                  .failing = atomic_load(&failing),
                                  .disagrees = atomic_load(&disagrees),
                                  .last_ms = atomic_load(&last_ms)};
}

static err line_write(const struct keep_witness *k, struct ctx *c, const char *why)
{
    SCOPED(buf_free) struct buf line = buf_new(LINE_MAX);
    struct audit_head *heads;
    size_t n;
    if (c->db == NULL) {
        return fail_log(c->fail, ERR_IO, "no reading connection");
    }
    TRY(audit_heads(c, &heads, &n));
    witness_line(&line, clock_now_ms(), why, heads, n);
    return witness_append(k->path, buf_str(&line), c->fail);
}

static void line_keep(const struct keep_witness *k, struct ctx *c, const char *why)
{
    arena_clear(c->arena);
    *c->fail = (struct fail){0};
    c->db = store_reader(k->store);
    const err e = line_write(k, c, why);
    atomic_store(&failing, e.code != ERR_OK);
    if (e.code != ERR_OK) {
        ERROR("witness.not_written", log_text("error", str_of(err_name(e))),
              log_text("why", str_of(c->fail->log)));
        return;
    }
    atomic_store(&last_ms, clock_now_ms());
}

/* What was written down before this start, by whoever had this database. */
static void file_compare(const struct keep_witness *k, struct ctx *c)
{
    struct witness_report report = {0};
    c->db = store_reader(k->store);
    const err e = c->db != NULL ? witness_file_check(c, k->path, &report) : FAIL(IO);
    atomic_store(&disagrees, e.code == ERR_CONFLICT);
    if (e.code == ERR_CONFLICT) {
        ERROR("witness.disagrees", log_text("what", report.gone ? S("row is gone") : S("row is another")),
              log_i64("chain", report.chain), log_i64("row", report.seq));
    } else if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        ERROR("witness.not_read", log_text("error", str_of(err_name(e))),
              log_text("why", str_of(c->fail->log)));
    }
}

/* Until the next full hour by the clock (local midnight is one); false when it is time to stop. */
static bool sleep_an_hour(struct keep_witness *k)
{
    const int64_t left = HOUR_MS - clock_now_ms() % HOUR_MS;
    const int64_t at = clock_mono_ms() + left;
    const struct timespec until = {.tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000};
    (void)pthread_mutex_lock(&k->mutex);
    while (!k->stopping && clock_mono_ms() < at) {
        (void)pthread_cond_timedwait(&k->wake, &k->mutex, &until);
    }
    const bool go_on = !k->stopping;
    (void)pthread_mutex_unlock(&k->mutex);
    return go_on;
}

static bool left_alone(struct keep_witness *k)
{
    (void)pthread_mutex_lock(&k->mutex);
    const bool left = k->left;
    (void)pthread_mutex_unlock(&k->mutex);
    return left;
}

static void *keep_main(void *arg)
{
    struct keep_witness *k = arg;
    struct fail f = {0};
    struct ctx c = {.arena = arena_open(KEEP_ARENA),
                    .store = k->store,
                    .fail = &f,
                    .actor = {.role = ROLE_SYSTEM},
                    .writer = -1};
    file_compare(k, &c);
    line_keep(k, &c, "start");
    while (sleep_an_hour(k)) {
        line_keep(k, &c, "hour");
    }
    if (!left_alone(k)) {
        line_keep(k, &c, "stop");
    }
    arena_free(c.arena);
    return NULL;
}

struct keep_witness *keep_witness_start(struct store *s, const char *path)
{
    if (path == NULL) {
        return NULL;
    }
    struct keep_witness *k = mem_new(sizeof *k);
    *k = (struct keep_witness){.store = s, .path = path};
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&k->mutex, NULL);
    (void)pthread_cond_init(&k->wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    atomic_store(&kept, true);
    if (pthread_create(&k->thread, NULL, keep_main, k) != 0) {
        ERROR("witness.no_thread");
        atomic_store(&failing, true);
        mem_free(k);
        return NULL;
    }
    return k;
}

void keep_witness_stop(struct keep_witness *k)
{
    struct timespec until;
    if (k == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&k->mutex);
    k->stopping = true;
    (void)pthread_cond_signal(&k->wake);
    (void)pthread_mutex_unlock(&k->mutex);
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += STOP_SECONDS;
    if (pthread_timedjoin_np(k->thread, NULL, &until) != 0) {
        ERROR("witness.hangs"); /* what it still holds goes with the process */
        (void)pthread_mutex_lock(&k->mutex);
        k->left = true;
        (void)pthread_mutex_unlock(&k->mutex);
        return;
    }
    (void)pthread_cond_destroy(&k->wake);
    (void)pthread_mutex_destroy(&k->mutex);
    mem_free(k);
}
