/* sockets.h: where the server listens: its port and, beside TLS, maybe a plain one that only leads there.
 *
 * The supervisor opens them once and holds them, so that clients wait in their backlog while the web process
 * is another.
 */
#ifndef SUNWAI_SOCKETS_H
#define SUNWAI_SOCKETS_H

#include "certificate.h"

struct sockets {
    int fd;
    int plain_fd;    /* -1: none */
    char url[320];   /* where it answers */
    char more[1024]; /* the certificate's other names, when it listens everywhere; else "" */
};

/* False: it has been said why not. */
bool sockets_open(const struct config *config, const struct certificate *c, struct sockets *out);
void sockets_close(const struct sockets *s);
int socket_port(int fd); /* 0: unknown */

#endif
