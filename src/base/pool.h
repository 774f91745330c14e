/* pool.h: a few threads for work that must not sit on an event thread (password hashing, long reports).
 *
 * The queue is bounded: a full one is BUSY, said to the person as "try again", never waited for.
 */
#ifndef SUNWAI_POOL_H
#define SUNWAI_POOL_H

#include "err.h"

struct pool;
/* queue_max counts what waits, not what runs. Both at least 1. */
struct pool *pool_open(unsigned threads, unsigned queue_max);
err pool_submit(struct pool *p, void (*run)(void *arg), void *arg);
void pool_drain(struct pool *p); /* waits until everything submitted has run; refuses more (BUSY) */
void pool_close(struct pool *p); /* drains, joins; takes NULL */

#endif
