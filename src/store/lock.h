/* lock.h: one process holds a data folder.
 *
 * DIR/lock is held by flock for as long as the process lives, so that a crash releases it. The number of the
 * process stands in it for the message only.
 */
#ifndef SUNWAI_LOCK_H
#define SUNWAI_LOCK_H

#include "err.h"

struct lock;

/* BUSY when another holds it, with its process number in f->log; IO when the folder cannot be used. */
err lock_take(const char *dir, struct lock **out, struct fail *f);
void lock_release(struct lock *l); /* takes NULL */

#endif
