#include "again.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "arena.h"

struct again_page {
    _Atomic int refs;
    struct buf body;
    str key;
    uint32_t marks[AGAIN_MARKS]; /* where `once` stands */
    size_t marks_n;
};

struct slot {
    uint64_t hash;
    int64_t asked; /* the last time, counted in questions */
    struct again_page *page;
};

struct again {
    pthread_mutex_t mutex;
    struct again_state state;
    int64_t questions;
    size_t bytes, n;
    struct slot slots[AGAIN_PAGES]; /* the first n */
};

struct again *again_open(void)
{
    struct again *a = mem_new(sizeof *a);
    pthread_mutex_init(&a->mutex, NULL);
    return a;
}

static void slot_empty(struct again *a, size_t i)
{
    struct again_page *p = a->slots[i].page;
    a->bytes -= p->body.cap;
    a->slots[i] = a->slots[--a->n];
    again_drop(p);
}

static void empty(struct again *a)
{
    while (a->n > 0) {
        slot_empty(a, a->n - 1);
    }
}

void again_close(struct again *a)
{
    if (a != NULL) {
        empty(a);
        pthread_mutex_destroy(&a->mutex);
        mem_free(a);
    }
}

void again_drop(void *page)
{
    struct again_page *p = page;
    if (p != NULL && atomic_fetch_sub(&p->refs, 1) == 1) {
        buf_free(&p->body);
        mem_free((void *)(uintptr_t)p->key.p);
        mem_free(p);
    }
}

/* FNV-1a by words of eight. That somebody chooses addresses that collide costs nothing: keys are compared. */
static uint64_t hash_of(str key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.n; i += sizeof hash) {
        uint64_t word = 0;
        memcpy(&word, key.p + i, key.n - i < sizeof word ? key.n - i : sizeof word);
        hash = (hash ^ word) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same(struct again_state a, struct again_state b)
{
    return a.commits == b.commits && a.minute == b.minute;
}

static size_t slot_of(const struct again *a, uint64_t hash, str key)
{
    for (size_t i = 0; i < a->n; i++) {
        if (a->slots[i].hash == hash && str_eq(a->slots[i].page->key, key)) {
            return i;
        }
    }
    return a->n;
}

struct again_page *again_find(struct again *a, struct again_state state, str key)
{
    struct again_page *found = NULL;
    const uint64_t hash = hash_of(key);
    pthread_mutex_lock(&a->mutex);
    if (same(a->state, state)) {
        const size_t i = slot_of(a, hash, key);
        if (i < a->n) {
            a->slots[i].asked = ++a->questions;
            found = a->slots[i].page;
            atomic_fetch_add(&found->refs, 1);
        }
    }
    pthread_mutex_unlock(&a->mutex);
    return found;
}

/* False: there are more places than are noted. */
static bool marks_find(struct again_page *p, str body, str once)
{
    const char *at = body.p;
    const char *const end = body.p + body.n;
    while (once.n > 0 && (at = memmem(at, (size_t)(end - at), once.p, once.n)) != NULL) {
        if (p->marks_n == AGAIN_MARKS) {
            return false;
        }
        p->marks[p->marks_n++] = (uint32_t)(at - body.p);
        at += once.n;
    }
    return true;
}

static void oldest_go(struct again *a)
{
    size_t oldest = 0;
    for (size_t i = 1; i < a->n; i++) {
        oldest = a->slots[i].asked < a->slots[oldest].asked ? i : oldest;
    }
    slot_empty(a, oldest);
}

static bool put(struct again *a, struct again_state state, struct again_page *p)
{
    const uint64_t hash = hash_of(p->key);
    if (state.commits < a->state.commits) {
        return false;
    }
    if (!same(a->state, state)) {
        empty(a);
        a->state = state;
    }
    const size_t there = slot_of(a, hash, p->key);
    if (there < a->n) {
        slot_empty(a, there);
    }
    while (a->n == AGAIN_PAGES || a->bytes + p->body.cap > AGAIN_BYTES) {
        oldest_go(a);
    }
    atomic_fetch_add(&p->refs, 1);
    a->bytes += p->body.cap;
    a->slots[a->n++] = (struct slot){hash, ++a->questions, p};
    return true;
}

struct again_page *again_keep(struct again *a, struct again_state state, str key, struct buf *body, str once)
{
    if (key.n > AGAIN_KEY_BYTES || body->full || body->cap > AGAIN_PAGE_BYTES || body->n == 0) {
        return NULL;
    }
    struct again_page *p = mem_new(sizeof *p);
    atomic_store(&p->refs, 1);
    p->key = mem_str(key);
    bool good = marks_find(p, buf_str(body), once);
    if (good) {
        p->body = *body;
        pthread_mutex_lock(&a->mutex);
        good = put(a, state, p);
        pthread_mutex_unlock(&a->mutex);
    }
    if (!good) {
        p->body = (struct buf){.max = body->max};
        again_drop(p);
        return NULL;
    }
    *body = (struct buf){.max = body->max};
    return p;
}

str again_made(const struct again_page *p)
{
    return buf_str(&p->body);
}

bool again_has_once(const struct again_page *p)
{
    return p->marks_n > 0;
}

void again_body(const struct again_page *p, str once, struct buf *out)
{
    buf_put(out, buf_str(&p->body));
    for (size_t i = 0; i < p->marks_n && !out->full; i++) {
        memcpy(out->p + p->marks[i], once.p, once.n);
    }
}
