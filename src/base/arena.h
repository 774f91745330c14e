/* arena.h: memory with the lifetime of one request or job.
 *
 * An arena gives memory that is never freed singly: it all goes at once. It has a cap; when that is reached
 * the call returns NULL (or STR_NONE) and the arena is `full` for good, so that the owner can ask once at
 * the end (LIMIT: 413 or 503). `struct arena *a` in a signature means: the result lives there. Loops over
 * many rows take arena_mark() and arena_reset().
 * Not for use by two threads at once. When the system itself has no memory the process aborts and its
 * supervisor restarts it: nothing acknowledged is lost.
 */
#ifndef SUNWAI_ARENA_H
#define SUNWAI_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "str.h"

struct arena;
struct arena_mark {
    void *block;
    size_t used;
};

struct arena *arena_open(size_t cap); /* cap in bytes, over all blocks */
void arena_free(struct arena *a);     /* takes NULL */
void arena_clear(struct arena *a); /* empty again, the first block kept: for re-use from request to request */
bool arena_full(const struct arena *a);
size_t arena_used(const struct arena *a);

/* Zeroed memory, aligned for any type; NULL and `full` when the cap is reached. */
void *arena_try(struct arena *a, size_t size);
void *arena_try_array(struct arena *a, size_t size, size_t count);
struct arena_mark arena_mark(const struct arena *a);
void arena_reset(struct arena *a, struct arena_mark m);

#define arena_new_of(a, type) ((type *)arena_try((a), sizeof(type)))
#define arena_array_of(a, type, count) ((type *)arena_try_array((a), sizeof(type), (count)))

/* Copies; STR_NONE when the cap is reached (arena_full() tells), and of STR_NONE. */
str arena_str(struct arena *a, str s);
str arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A terminated copy for a library that wants one; NULL when the cap is reached or s holds a NUL. */
const char *arena_cstr(struct arena *a, str s);

/* Memory outside any arena, for things that live as long as the process or a connection: abort when there
 * is none. Only these call malloc. */
void *mem_new(size_t size); /* zeroed */
void *mem_grow(void *p, size_t size);
void mem_free(void *p); /* takes NULL */
str mem_str(str s);     /* a copy, terminated for convenience; release with mem_free((void *)s.p) */

/* Before a large array on the stack of which no more is looked at than was set: gcc is told to zero all that
 * is declared without a value. */
#define UNSET __attribute__((uninitialized))

#endif
