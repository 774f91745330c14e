/* certificate.h: which certificate the server shows: that of the settings, else DIR/tls/server.pem when
 * `sunwai tls-ca` has made one, else none (plain HTTP).
 */
#ifndef SUNWAI_CERTIFICATE_H
#define SUNWAI_CERTIFICATE_H

#include "config.h"
#include "tls.h"

enum { CERTIFICATE_SOON_DAYS = 30 };

struct certificate {
    bool used;        /* the server speaks TLS */
    const char *path; /* of the certificate */
    struct tls tls;
    str authority; /* PEM of the local authority that signed it; empty: there is none */
};

/* Everything lives in a. False: it cannot be used, and it has been said why. */
bool certificate_load(const struct config *c, struct arena *a, struct certificate *out);
/* In words on standard error when its days are over, not yet come, or few; true when they are good today. */
bool certificate_days_fine(const struct certificate *c, struct arena *a);
int64_t certificate_days_left(int64_t until_ms);  /* negative: it has ended */
str certificate_day(struct arena *a, int64_t ms); /* "2027-03-14" */

#define CERTIFICATE_DIR "tls"
#define CERTIFICATE_PAIR CERTIFICATE_DIR "/server.pem"
#define CERTIFICATE_AUTHORITY CERTIFICATE_DIR "/authority.crt"
#define CERTIFICATE_AUTHORITY_KEY CERTIFICATE_DIR "/authority.key"

#endif
