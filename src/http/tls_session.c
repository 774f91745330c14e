/* tls_session.c: see tls_session.h. */
#include "tls_session.h"

#include <gnutls/gnutls.h>

#include "arena.h"
#include "log.h"

const char tls_priorities[] =
    "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+ECDHE-ECDSA:+ECDHE-RSA:+AES-128-GCM:+AES-256-GCM:"
    "+CHACHA20-POLY1305:+AEAD:+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1:"
    "+SIGN-ALL:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:-SIGN-DSA-SHA1:+CTYPE-X509:"
    "+COMP-NULL:%SERVER_PRECEDENCE";

struct tls_tickets {
    gnutls_datum_t key;
};

struct tls_tickets *tls_tickets_new(void)
{
    struct tls_tickets *t = mem_new(sizeof *t);
    if (gnutls_session_ticket_key_generate(&t->key) != GNUTLS_E_SUCCESS) {
        mem_free(t);
        return NULL;
    }
    return t;
}

void tls_tickets_free(struct tls_tickets *t)
{
    if (t != NULL) {
        gnutls_memset(t->key.data, 0, t->key.size);
        gnutls_free(t->key.data);
        mem_free(t);
    }
}

static gnutls_session_t session_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info == NULL ? NULL : info->tls_session;
}

void tls_greet(struct MHD_Connection *mhd, const struct tls_tickets *t)
{
    gnutls_session_t session = session_of(mhd);
    if (session == NULL || t == NULL) {
        return;
    }
    /* Both only make things quicker: without them the handshake is a full one. */
    const gnutls_datum_t http = {.data = (unsigned char *)(uintptr_t) "http/1.1", .size = 8};
    if (gnutls_session_ticket_enable_server(session, &t->key) != GNUTLS_E_SUCCESS ||
        gnutls_alpn_set_protocols(session, &http, 1, 0) != GNUTLS_E_SUCCESS) {
        WARN("http.tls_session_plain");
    }
}

bool tls_send(struct MHD_Connection *mhd, str bytes)
{
    gnutls_session_t session = session_of(mhd);
    if (session == NULL) {
        return false;
    }
    if (gnutls_record_send(session, bytes.p, bytes.n) < 0) {
        WARN("http.refusal_not_sent");
    }
    return true;
}
