/* view.h: what a reading connection sees, held over from one answer to the next.
 *
 * To begin a read SQLite takes a lock on the index of its log, and gives it back behind it: two calls of the
 * kernel, and a mutex that all readers of the process share. While nothing is committed that buys nothing,
 * since the next answer would see the same. So a reader keeps its view, and asks view_commits() whether it is
 * still the newest. Good where one process writes, which is so on SQLite.
 *
 * A held view keeps the log from starting anew. So none is held while one commit follows another, and the
 * writer calls views_release() before it moves the log into the database: views that nobody is reading from
 * are given up.
 */
#ifndef SUNWAI_VIEW_H
#define SUNWAI_VIEW_H

#include <stdbool.h>
#include <stdint.h>

struct view;

/* `give_up(arg)` ends the transaction of the connection; any thread may be told to, while nobody reads. */
struct view *view_open(void (*give_up)(void *arg), void *arg);
void view_close(struct view *v); /* takes NULL; what is held is not given up: the connection closes */

/* Around each use of the connection. view_enter() says whether a view is held; it is the caller's then. */
bool view_enter(struct view *v);
void view_leave(struct view *v, bool held);

int64_t view_commits(void); /* of this process */
void view_committed(void);  /* before anybody is told that it is done */
bool view_calm(void);       /* there was none for a while: a view is worth being held */
void views_release(void);

#endif
