/* reserve.h: room on the disk for the day it is full.
 *
 * The log of the database owns RESERVE_BYTES of the disk from the start, used or not. When less than
 * RESERVE_LOW of the disk is free, or a write found no room, only small writes go on, into what the log owns:
 * signing in, a PIN, the record of a look. Everything else is refused before it starts, so that people can
 * read and are told so, until there is twice as much room. On a small disk that is nearly full already, and
 * on a file system that sets no room aside, there is no reserve, and every write is tried; with less than
 * RESERVE_NEXT free the program says that it is full before one was.
 */
#ifndef SUNWAI_RESERVE_H
#define SUNWAI_RESERVE_H

#include <stdbool.h>

enum { RESERVE_BYTES = 20 * 1024 * 1024, RESERVE_LOW = 8 * 1024 * 1024, RESERVE_NEXT = 1024 * 1024 };

bool reserve_room(const char *dir, long long bytes); /* whether so much of its disk is free */
bool reserve_owned(const char *log);                 /* whether it has it all already */
bool reserve_take(const char *log);                  /* false: no room was set aside */

#endif
