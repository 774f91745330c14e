#include "pool.h"

#include <pthread.h>
#include <signal.h>

#include "arena.h"
#include "check.h"

struct work {
    void (*run)(void *arg);
    void *arg;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake; /* work came, or the end */
    pthread_cond_t idle; /* nothing waits and nothing runs */
    struct work *ring;
    unsigned size, head, waiting, running;
    bool draining, ended;
    unsigned threads_n;
    pthread_t threads[];
};

static bool pool_idle(const struct pool *p)
{
    return p->waiting == 0 && p->running == 0;
}

static void *pool_thread(void *arg)
{
    struct pool *p = arg;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->waiting == 0 && !p->ended) {
            pthread_cond_wait(&p->wake, &p->lock);
        }
        if (p->waiting == 0) {
            break;
        }
        const struct work w = p->ring[p->head];
        p->head = (p->head + 1) % p->size;
        p->waiting--;
        p->running++;
        pthread_mutex_unlock(&p->lock);
        w.run(w.arg);
        pthread_mutex_lock(&p->lock);
        p->running--;
        if (pool_idle(p)) {
            pthread_cond_broadcast(&p->idle);
        }
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct pool *pool_open(unsigned threads, unsigned queue_max)
{
    CHECK(threads > 0 && queue_max > 0);
    struct pool *p = mem_new(sizeof *p + threads * sizeof p->threads[0]);
    p->ring = mem_new(queue_max * sizeof *p->ring);
    p->size = queue_max;
    p->threads_n = threads;
    CHECK(pthread_mutex_init(&p->lock, NULL) == 0);
    CHECK(pthread_cond_init(&p->wake, NULL) == 0);
    CHECK(pthread_cond_init(&p->idle, NULL) == 0);
    /* Signals are for the thread that was started for them. */
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    CHECK(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
    for (unsigned i = 0; i < threads; i++) {
        CHECK(pthread_create(&p->threads[i], NULL, pool_thread, p) == 0);
    }
    CHECK(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
    return p;
}

err pool_submit(struct pool *p, void (*run)(void *arg), void *arg)
{
    pthread_mutex_lock(&p->lock);
    const bool room = p->waiting < p->size && !p->draining;
    if (room) {
        p->ring[(p->head + p->waiting) % p->size] = (struct work){run, arg};
        p->waiting++;
        pthread_cond_signal(&p->wake);
    }
    pthread_mutex_unlock(&p->lock);
    return room ? OK : FAIL(BUSY);
}

void pool_drain(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->draining = true;
    while (!pool_idle(p)) {
        pthread_cond_wait(&p->idle, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
}

void pool_close(struct pool *p)
{
    if (p == NULL) {
        return;
    }
    pool_drain(p);
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->threads_n; i++) {
        pthread_join(p->threads[i], NULL);
    }
    pthread_cond_destroy(&p->wake);
    pthread_cond_destroy(&p->idle);
    pthread_mutex_destroy(&p->lock);
    mem_free(p->ring);
    mem_free(p);
}
