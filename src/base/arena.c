#include "arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature) /* clang's way to tell */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { BLOCK_SIZE = 16384, PRINT_SIZE = 256, ALIGN = alignof(max_align_t) };

struct block {
    struct block *before;
    size_t size; /* bytes of data */
    size_t used;
    alignas(max_align_t) char data[];
};

struct arena {
    struct block *last;
    size_t cap;
    size_t held;  /* data bytes of all blocks */
    size_t spent; /* data bytes of the blocks before the last */
    bool full;
};

/* Not zeroed: what is handed out is, when it is. */
static struct block *block_new(size_t size, struct block *before)
{
    struct block *b = mem_grow(NULL, sizeof *b + size);
    *b = (struct block){.before = before, .size = size};
    ASAN_POISON_MEMORY_REGION(b->data, size);
    return b;
}

static void block_free(struct block *b)
{
    ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
    mem_free(b);
}

struct arena *arena_open(size_t cap)
{
    struct arena *a = mem_new(sizeof *a);
    const size_t first = cap < BLOCK_SIZE ? cap : BLOCK_SIZE;
    a->cap = cap;
    a->held = first;
    a->last = block_new(first, NULL);
    return a;
}

void arena_reset(struct arena *a, struct arena_mark m)
{
    while ((void *)a->last != m.block) {
        struct block *gone = a->last;
        a->last = gone->before;
        a->held -= gone->size;
        a->spent -= a->last->used;
        block_free(gone);
    }
    ASAN_POISON_MEMORY_REGION(a->last->data + m.used, a->last->size - m.used);
    a->last->used = m.used;
}

void arena_clear(struct arena *a)
{
    struct block *first = a->last;
    while (first->before != NULL) {
        first = first->before;
    }
    arena_reset(a, (struct arena_mark){first, 0});
    a->full = false;
}

void arena_free(struct arena *a)
{
    if (a == NULL) {
        return;
    }
    arena_clear(a);
    block_free(a->last);
    mem_free(a);
}

bool arena_full(const struct arena *a)
{
    return a->full;
}

size_t arena_used(const struct arena *a)
{
    return a->spent + a->last->used;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->last, a->last->used};
}

static char *take(struct arena *a, size_t size)
{
    if (a->full || size > a->cap || size > SIZE_MAX - ALIGN) {
        a->full = true;
        return NULL;
    }
    const size_t need = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (need > a->last->size - a->last->used) {
        size_t grow = need > BLOCK_SIZE ? need : BLOCK_SIZE;
        if (grow > a->cap - a->held) {
            grow = need;
        }
        if (grow > a->cap - a->held) {
            a->full = true;
            return NULL;
        }
        a->spent += a->last->used;
        a->held += grow;
        a->last = block_new(grow, a->last);
    }
    char *p = a->last->data + a->last->used;
    a->last->used += need;
    ASAN_UNPOISON_MEMORY_REGION(p, need);
    return p;
}

void *arena_try(struct arena *a, size_t size)
{
    char *p = take(a, size);
    return p == NULL ? NULL : memset(p, 0, size);
}

void *arena_try_array(struct arena *a, size_t size, size_t count)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes)) {
        a->full = true;
        return NULL;
    }
    return arena_try(a, bytes);
}

str arena_str(struct arena *a, str s)
{
    if (s.p == NULL) {
        return STR_NONE;
    }
    char *p = take(a, s.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    if (s.n > 0) {
        memcpy(p, s.p, s.n);
    }
    p[s.n] = '\0';
    return (str){p, s.n};
}

str arena_printf(struct arena *a, const char *format, ...)
{
    UNSET char most[PRINT_SIZE]; /* what most of them fit into: formatted once, not twice */
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(most, sizeof most, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : take(a, (size_t)n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    if ((size_t)n < sizeof most) {
        memcpy(p, most, (size_t)n + 1);
        return (str){p, (size_t)n};
    }
    va_start(args, format);
    (void)vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return (str){p, (size_t)n};
}

const char *arena_cstr(struct arena *a, str s)
{
    if (s.n > 0 && memchr(s.p, '\0', s.n) != NULL) {
        return NULL;
    }
    return arena_str(a, s.p == NULL ? S("") : s).p;
}

void *mem_new(size_t size)
{
    void *p = calloc(1, size == 0 ? 1 : size);
    if (p == NULL) {
        abort();
    }
    return p;
}

void *mem_grow(void *p, size_t size)
{
    void *grown = realloc(p, size == 0 ? 1 : size);
    if (grown == NULL) {
        abort();
    }
    return grown;
}

void mem_free(void *p)
{
    free(p);
}

str mem_str(str s)
{
    char *p = mem_new(s.n + 1);
    if (s.n > 0) {
        memcpy(p, s.p, s.n);
    }
    return (str){p, s.n};
}
