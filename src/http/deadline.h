/* deadline.h: total deadlines over live connections and parked exchanges.
 *
 * The library below only knows how long a socket was silent, so that a client which sends a byte every two
 * seconds lives for ever. Here each thing has one instant by which it must be done. Moving that instant is
 * one atomic store, cheap enough for every request; a thread looks at all of them every DEADLINE_TICK_MS
 * while there are any. What is overdue is taken off the list and told once.
 */
#ifndef SUNWAI_DEADLINE_H
#define SUNWAI_DEADLINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { DEADLINE_TICK_MS = 20 };
#define DEADLINE_NEVER INT64_MAX

struct deadline {
    struct deadline *before, *after; /* on the list; before == NULL: on none */
    _Atomic int64_t due_ms;          /* clock_mono_ms() */
    /* Called on the deadline thread with the list locked: short, and no call of deadlines_… inside. */
    void (*passed)(struct deadline *d);
};

struct deadlines;

struct deadlines *deadlines_open(void);
void deadlines_halt(struct deadlines *all);  /* nothing passes any more; removing still works */
void deadlines_close(struct deadlines *all); /* halts; the list must be empty; takes NULL */

/* d is the caller's memory and stays where it is while on the list. */
void deadlines_add(struct deadlines *all, struct deadline *d, int64_t due_ms);
/* True when it was on the list: passed() was not called and will not be. When this returns, passed() does not
 * run. */
bool deadlines_remove(struct deadlines *all, struct deadline *d);

/* Passes now, on this thread, all whose call is passed. */
void deadlines_pass(struct deadlines *all, void (*passed)(struct deadline *d));

static inline void deadline_move(struct deadline *d, int64_t due_ms)
{
    atomic_store_explicit(&d->due_ms, due_ms, memory_order_relaxed);
}

/* When a transfer that began at start_ms and has moved so many bytes must be over or have moved on: within
 * total_ms, and never slower than rate bytes a second after the first grace_ms. */
int64_t deadline_of_transfer(int64_t start_ms, int64_t bytes, int64_t rate, int64_t grace_ms,
                             int64_t total_ms);

#endif
