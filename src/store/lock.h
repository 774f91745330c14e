/* lock.h: one process holds a data folder.
 *
 * DIR/lock is held by flock for as long as the process lives, so that a crash releases it. The number of the
 * process, and where it answers when it serves, stand in it for the message only.
 */
#ifndef SUNWAI_LOCK_H
#define SUNWAI_LOCK_H

#include "err.h"

struct lock;

/* BUSY when another holds it, with what is known of it in f->log; IO when the folder cannot be used. */
err lock_take(const char *dir, struct lock **out, struct fail *f);
void lock_release(struct lock *l); /* takes NULL */

/* Who serves a folder, as it stands in its lock. */
struct lock_holder {
    long process; /* holds the folder */
    long server;  /* started it */
    char address[200];
};

/* Notes where the process that holds the folder answers; by whoever started it. */
void lock_note(const char *dir, str address);
/* False: nobody serves the folder now. */
bool lock_server(const char *dir, struct lock_holder *out);
/* Without taking it: OK when nobody holds the folder, else as lock_take(). For the words after something else
 * failed: while it looks, another's lock_take() may fail. */
err lock_look(const char *dir, struct fail *f);

#endif
