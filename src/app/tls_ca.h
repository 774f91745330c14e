/* tls_ca.h: `sunwai tls-ca`: a local authority and a server certificate for an office network.
 *
 * DIR/tls/authority.crt is what devices install once; it may vouch only for the names and addresses of such a
 * network (RFC 5280 4.2.1.10), for ten years. DIR/tls/authority.key is needed for nothing but renewal and may
 * lie elsewhere until then. DIR/tls/server.pem (certificate and key in one file, so that they are replaced
 * together) lasts 397 days, the most that browsers take. The same command again renews it under the same
 * authority.
 */
#ifndef SUNWAI_TLS_CA_H
#define SUNWAI_TLS_CA_H

#include "commands.h"

int tls_ca_command(const struct call *call);

#endif
