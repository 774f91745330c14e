/* serve.h: the web process: opens the store, answers, and ends in order. */
#ifndef SUNWAI_SERVE_H
#define SUNWAI_SERVE_H

#include "config.h"

/* `sunwai web`, started by the supervisor only. listen_fd is its socket; a byte is written to ready_fd when
 * the server accepts. Returns an enum exit_code. */
int serve_run(const struct config *config, int listen_fd, int ready_fd);

#endif
