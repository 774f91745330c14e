/* program.h: which file the supervisor starts its web process from.
 *
 * Held open, so that what was tried is what runs, and what runs can be started again when the file on the
 * disk has been replaced by another, a broken or a half-written one.
 */
#ifndef SUNWAI_PROGRAM_H
#define SUNWAI_PROGRAM_H

#include <stdbool.h>

enum { PROGRAM_PATH_MAX = 4096 };

struct program {
    char path[PROGRAM_PATH_MAX]; /* where this program was started from; "": not known */
    int fd;                      /* what is started; -1: this very program */
    int tried_fd;                /* what lies there now; -1: nothing is being tried */
    int before_fd;               /* what ran before the one that is not ready yet; -1: none */
    bool may_go_back;
};

void program_open(struct program *p);
bool program_look(struct program *p);  /* opens what lies at the path now; errno says why not */
void program_leave(struct program *p); /* it failed its trial */
void program_take(struct program *p);  /* it did not: it is what is started from now on */
void program_keep(struct program *p);  /* and it runs */
bool program_back(struct program *p);  /* or does not: back to the one before, if there is one */

/* In a child; async-signal-safe; returns only when it failed. */
void program_exec(const struct program *p, bool tried, char *const *argv);

#endif
