/* supervisor.h: the small process that holds the listening sockets.
 *
 * It starts the web process (fork and exec of this program, before there is any thread) and starts it again
 * when it crashes or asks for it (75), waiting longer each time. Clients wait in the backlog of the inherited
 * socket meanwhile. The web process dies with it, so that a killed supervisor releases the data folder.
 * SIGTERM, SIGINT: orderly stop, within 10 s. SIGHUP: what lies on the disk now is tried with the settings as
 * they are now; when it would run, it takes the place of the web process without a failed request.
 */
#ifndef SUNWAI_SUPERVISOR_H
#define SUNWAI_SUPERVISOR_H

#include "sockets.h"

/* The sockets stay the caller's. argv: what the web process is given behind its own flags. Returns the
 * program's exit code. */
int supervisor_run(const struct config *config, const struct sockets *sockets, int argc, char *const argv[]);

#endif
