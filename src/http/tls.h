/* tls.h: a certificate and its key from files, looked at before a server takes them.
 *
 * TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only (RFC 9325). Both files are PEM; they
 * may be one file. A key that others may read is refused, however right it is.
 */
#ifndef SUNWAI_TLS_H
#define SUNWAI_TLS_H

#include "arena.h"
#include "err.h"

enum tls_fault {
    TLS_FINE,
    TLS_NO_CERTIFICATE, /* the file cannot be read; why: errno's words */
    TLS_NO_KEY,
    TLS_KEY_OPEN, /* others than its owner may read the key */
    TLS_CERTIFICATE_BROKEN,
    TLS_KEY_BROKEN,
    TLS_MISMATCH, /* the key is another certificate's */
};

struct tls {
    const char *certificate, *key; /* PEM, with a zero behind */
    int64_t from_ms, until_ms;     /* UTC: when the certificate is valid */
    str names;                     /* host names and addresses, ", " between them */
    str fingerprint;               /* of the certificate: SHA-256, 64 hexadecimal digits */
};

/* Everything lives in a. *out_why is what the system or the library says of it, or empty. */
enum tls_fault tls_read(struct arena *a, const char *certificate_path, const char *key_path, struct tls *out,
                        str *out_why);
/* The first certificate of a PEM text alone: its days, names, fingerprint; false: there is none. */
bool tls_describe(struct arena *a, str pem, struct tls *io);
/* Overwrites the key when a server has its own copy. */
void tls_forget(struct tls *t);

#endif
