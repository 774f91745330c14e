#include "deadline.h"

#include <pthread.h>
#include <sched.h>

#include "arena.h"
#include "check.h"
#include "clock.h"

enum { LOOKS_AT_ONCE = 1024, PASSES_AT_ONCE = 16 };

struct deadlines {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct deadline ends; /* a ring */
    bool halting, joined;
};

static void unlink_one(struct deadline *d)
{
    d->before->after = d->after;
    d->after->before = d->before;
    d->before = d->after = NULL;
}

static void link_before(struct deadline *at, struct deadline *d)
{
    d->before = at->before;
    d->after = at;
    at->before->after = d;
    at->before = d;
}

/* Lets those in who wait for the list, keeping the place: thousands may be overdue at once, and whoever
 * begins or ends a connection waits for none but a few of them. */
static struct deadline *breathe(struct deadlines *all, struct deadline *place)
{
    struct deadline mark = {.due_ms = DEADLINE_NEVER};
    link_before(place, &mark);
    pthread_mutex_unlock(&all->lock);
    sched_yield();
    pthread_mutex_lock(&all->lock);
    struct deadline *next = mark.after;
    unlink_one(&mark);
    return next;
}

static void pass_overdue(struct deadlines *all, int64_t now_ms)
{
    int looked = 0, passed = 0;
    struct deadline *next;
    for (struct deadline *d = all->ends.after; d != &all->ends; d = next) {
        next = d->after;
        if (atomic_load_explicit(&d->due_ms, memory_order_relaxed) <= now_ms) {
            unlink_one(d);
            d->passed(d);
            passed++;
        }
        if (++looked % LOOKS_AT_ONCE == 0 || passed == PASSES_AT_ONCE) {
            passed = 0;
            next = breathe(all, next);
        }
    }
}

static void wait_tick(struct deadlines *all)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += DEADLINE_TICK_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_cond_timedwait(&all->changed, &all->lock, &until);
}

static void *watch(void *arg)
{
    struct deadlines *all = arg;
    pthread_mutex_lock(&all->lock);
    while (!all->halting) {
        if (all->ends.after == &all->ends) {
            pthread_cond_wait(&all->changed, &all->lock);
            continue;
        }
        wait_tick(all);
        pass_overdue(all, clock_mono_ms());
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

struct deadlines *deadlines_open(void)
{
    struct deadlines *all = mem_new(sizeof *all);
    all->ends.before = all->ends.after = &all->ends;
    pthread_mutex_init(&all->lock, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&all->changed, &attr);
    pthread_condattr_destroy(&attr);
    CHECK(pthread_create(&all->thread, NULL, watch, all) == 0);
    return all;
}

void deadlines_halt(struct deadlines *all)
{
    pthread_mutex_lock(&all->lock);
    all->halting = true;
    pthread_cond_signal(&all->changed);
    const bool joined = all->joined;
    all->joined = true;
    pthread_mutex_unlock(&all->lock);
    if (!joined) {
        pthread_join(all->thread, NULL);
    }
}

void deadlines_close(struct deadlines *all)
{
    if (all == NULL) {
        return;
    }
    deadlines_halt(all);
    CHECK(all->ends.after == &all->ends);
    pthread_cond_destroy(&all->changed);
    pthread_mutex_destroy(&all->lock);
    mem_free(all);
}

void deadlines_add(struct deadlines *all, struct deadline *d, int64_t due_ms)
{
    deadline_move(d, due_ms);
    pthread_mutex_lock(&all->lock);
    CHECK(d->before == NULL);
    const bool first = all->ends.after == &all->ends;
    link_before(all->ends.after, d);
    if (first) {
        pthread_cond_signal(&all->changed);
    }
    pthread_mutex_unlock(&all->lock);
}

bool deadlines_remove(struct deadlines *all, struct deadline *d)
{
    pthread_mutex_lock(&all->lock);
    const bool listed = d->before != NULL;
    if (listed) {
        unlink_one(d);
    }
    pthread_mutex_unlock(&all->lock);
    return listed;
}

void deadlines_pass(struct deadlines *all, void (*passed)(struct deadline *d))
{
    pthread_mutex_lock(&all->lock);
    struct deadline *next;
    for (struct deadline *d = all->ends.after; d != &all->ends; d = next) {
        next = d->after;
        if (d->passed == passed) {
            unlink_one(d);
            passed(d);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

int64_t deadline_of_transfer(int64_t start_ms, int64_t bytes, int64_t rate, int64_t grace_ms,
                             int64_t total_ms)
{
    const int64_t by_rate = grace_ms + bytes * 1000 / rate;
    return start_ms + (by_rate < total_ms ? by_rate : total_ms);
}
