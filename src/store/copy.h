/* copy.h: a database file of SQLite as a whole: copied while others write it, and looked through. For the
 * files of store/ only. */
#ifndef SUNWAI_COPY_H
#define SUNWAI_COPY_H

#include "buf.h"
#include "err.h"

/* The state of one instant, that of the call, whatever is written meanwhile. It reads only: it never
 * checkpoints, and keeps no writer waiting; the log of the database cannot begin anew until it is done. `to`
 * is an empty file of our own. */
err sqlite_copy(const char *from, const char *to, struct fail *f);
/* CONFLICT when the structure is damaged. Else how many rows each table has: "count NAME N\n". Of a file that
 * nobody else has open. */
err sqlite_look_through(const char *path, struct buf *counts, struct fail *f);

#endif
