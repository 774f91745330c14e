/* control.h: a command hands its write to the process that holds the data folder.
 *
 * The server listens on DIR/control.sock (mode 0600, peers of the same user only). A message has a version, a
 * type and a checked length; each type has one handler, which runs on the control thread and may wait for
 * store_write(). Requests are served one after another, each connection carries one.
 * The server keeps DIR/lock, so a socket file found there at start is a dead one and is replaced.
 */
#ifndef SUNWAI_CONTROL_H
#define SUNWAI_CONTROL_H

#include "arena.h"
#include "err.h"

enum { CONTROL_BODY_MAX = 1024 * 1024, CONTROL_TYPE_MAX = 64 };

struct control;

/* Reply and failure live in a, which is the request's own. */
typedef err (*control_fn)(void *arg, struct arena *a, str body, str *out_reply, struct fail *f);

err control_open(const char *dir, struct control **out, struct fail *f);
/* Before control_start(). type 1 to CONTROL_TYPE_MAX, each once; a body longer than body_max is refused. */
void control_handle(struct control *c, uint16_t type, size_t body_max, control_fn run, void *arg);
err control_start(struct control *c, struct fail *f);
/* Finishes the request in hand, removes the socket. Takes NULL. */
void control_close(struct control *c);

/* The other side. NOT_FOUND: no server listens. UNCERTAIN: the server went away after it had the request.
 * Else what the handler said, its log words in f->log. INVALID also for an unknown type or another version.
 */
err control_call(const char *dir, uint16_t type, str body, struct arena *a, str *out_reply, struct fail *f);

#endif
