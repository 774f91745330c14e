#include "view.h"

#include <pthread.h>
#include <stdatomic.h>

#include "arena.h"
#include "clock.h"

struct view {
    void (*give_up)(void *arg);
    void *arg;
    pthread_mutex_t mutex; /* held by who reads, or who gives the view up */
    bool held;
    struct view *next;
};

enum { CALM_MS = 100 };

static _Atomic int64_t commits = 1;
static _Atomic int64_t committed_ms;
static pthread_mutex_t views_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct view *views;

struct view *view_open(void (*give_up)(void *arg), void *arg)
{
    struct view *v = mem_new(sizeof *v);
    v->give_up = give_up;
    v->arg = arg;
    pthread_mutex_init(&v->mutex, NULL);
    pthread_mutex_lock(&views_mutex);
    v->next = views;
    views = v;
    pthread_mutex_unlock(&views_mutex);
    return v;
}

void view_close(struct view *v)
{
    if (v == NULL) {
        return;
    }
    pthread_mutex_lock(&views_mutex);
    struct view **at = &views;
    while (*at != v) {
        at = &(*at)->next;
    }
    *at = v->next;
    pthread_mutex_unlock(&views_mutex);
    pthread_mutex_destroy(&v->mutex);
    mem_free(v);
}

bool view_enter(struct view *v)
{
    pthread_mutex_lock(&v->mutex);
    const bool held = v->held;
    v->held = false;
    return held;
}

void view_leave(struct view *v, bool held)
{
    v->held = held;
    pthread_mutex_unlock(&v->mutex);
}

int64_t view_commits(void)
{
    return atomic_load(&commits);
}

void view_committed(void)
{
    atomic_store(&committed_ms, clock_mono_ms());
    atomic_fetch_add(&commits, 1);
}

bool view_calm(void)
{
    return clock_mono_ms() - atomic_load(&committed_ms) >= CALM_MS;
}

void views_release(void)
{
    pthread_mutex_lock(&views_mutex);
    for (struct view *v = views; v != NULL; v = v->next) {
        if (pthread_mutex_trylock(&v->mutex) != 0) {
            continue; /* somebody reads: it will see that there was a commit */
        }
        if (v->held) {
            v->held = false;
            v->give_up(v->arg);
        }
        pthread_mutex_unlock(&v->mutex);
    }
    pthread_mutex_unlock(&views_mutex);
}
