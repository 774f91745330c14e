/* flusher.h: the pages of a checkpoint are put on the disk beside the writer, while it goes on.
 *
 * A checkpoint of the log is cheap but for the sync of the database file behind it, which waits for pages
 * that lie all over a large file. SQLite leaves that sync out as long as a reader holds the log: the log
 * cannot start anew before a later checkpoint, one that moves all of it, has synced the file by itself. So
 * the writer holds the log with a reader of its own, moves what is in it, has the file synced here meanwhile,
 * lets the log go and makes the whole checkpoint, whose own sync has little left to do.
 *
 * Nothing that was promised stands on what is done here: it only makes SQLite's own syncs shorter. The reader
 * never writes, never checkpoints and is used by the writer's thread alone. A sync that failed here is told,
 * for the disk is then not to be believed any more.
 */
#ifndef SUNWAI_FLUSHER_H
#define SUNWAI_FLUSHER_H

#include <stdbool.h>

struct flusher;

enum flusher_state { FLUSHER_DONE, FLUSHER_BUSY, FLUSHER_FAILED };

/* Of a database file whose log is in use. Never NULL: what could not be opened cannot be held. */
struct flusher *flusher_open(const char *path);
/* From here on the log is held: what is in it now may be moved, but it does not start anew. false: it could
 * not be held, and nothing is. */
bool flusher_hold(struct flusher *f);
void flusher_let_go(struct flusher *f);
void flusher_start(struct flusher *f);                     /* a sync; only when the last one is DONE */
enum flusher_state flusher_state(const struct flusher *f); /* of the last one; FAILED stays */
int flusher_errno(const struct flusher *f);                /* why it failed */
/* Waits for what is under way, lets go and closes the reader. Takes NULL. */
void flusher_end(struct flusher *f);
/* Only when no connection of this process to the file is open any more: closing a file drops all locks that
 * the process holds on it. Takes NULL. */
void flusher_close(struct flusher *f);

#endif
