/* authority.h: certificates of a local authority, made with GnuTLS. PEM in and out; nothing is written. */
#ifndef SUNWAI_AUTHORITY_H
#define SUNWAI_AUTHORITY_H

#include "err.h"
#include "local_names.h"

enum { AUTHORITY_YEARS = 10, SERVER_DAYS = 397 };

struct authority {
    str certificate, key; /* PEM */
};

/* May vouch for `names`, for names under .local, .lan, .internal and .home.arpa, and for private addresses.
 */
err authority_make(struct arena *a, str name, const struct local_names *names, struct authority *out,
                   struct fail *f);
/* A key and a certificate for these names, in one PEM. CONFLICT: the authority may not vouch for them all;
 * INVALID: its key is not its certificate's. */
err authority_vouch(struct arena *a, const struct authority *by, const struct local_names *names,
                    str *out_pem, struct fail *f);
/* As files have it that devices open: DER; STR_NONE: it is no certificate. */
str authority_der(struct arena *a, str pem);

#endif
