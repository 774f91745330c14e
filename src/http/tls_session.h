/* tls_session.h: what each TLS connection of a server is given; for server.c and exchange.c. */
#ifndef SUNWAI_TLS_SESSION_H
#define SUNWAI_TLS_SESSION_H

#include <microhttpd.h>

#include "str.h"

/* Of GnuTLS: no CBC, no RSA key exchange, no SHA-1; the server's order counts. */
extern const char tls_priorities[];

/* Keys of session tickets, with which a client that was here does not wait for a second round: drawn anew at
 * each start, so that forgetting is a restart. */
struct tls_tickets;
struct tls_tickets *tls_tickets_new(void); /* NULL: no tickets */
void tls_tickets_free(struct tls_tickets *t);

/* Before the handshake. */
void tls_greet(struct MHD_Connection *mhd, const struct tls_tickets *t);
/* Past the library, when it has nothing more to send; false when the connection is plain. */
bool tls_send(struct MHD_Connection *mhd, str bytes);

#endif
