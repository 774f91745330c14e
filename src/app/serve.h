/* serve.h: the web process: opens the store, answers, and ends in order. */
#ifndef SUNWAI_SERVE_H
#define SUNWAI_SERVE_H

#include "companion.h"

/* What the supervisor hands down: its sockets (plain: -1 for none), and where a byte is written when the
 * server accepts. */
struct serve_fds {
    int listen, plain, ready;
    int crew[COMPANIONS]; /* the web ends of the companions' sockets, -1 for one that is missing */
    bool after;           /* another process drains, and will let go of the folder: it is waited for */
};

/* `sunwai web`, started by the supervisor only. Returns an enum exit_code. */
int serve_run(const struct config *config, const struct serve_fds *fds);

#endif
