/* certificate_pages.h: how a device comes to know the authority of this office, and how long the certificate
 * lasts. */
#ifndef SUNWAI_CERTIFICATE_PAGES_H
#define SUNWAI_CERTIFICATE_PAGES_H

#include "certificate.h"
#include "web.h"

/* Before the server accepts; what c points to outlives the server. NULL or not used: plain HTTP. */
void certificate_pages_show(const struct certificate *c);

err certificate_install_show(struct web *w);
err certificate_file_show(struct web *w);

/* For whoever administers, when its days are few or over; else empty. */
str certificate_warning(const struct page *p);
/* *out_days: as certificate_days_left(); false: the server speaks plain HTTP. */
bool certificate_watch(int64_t *out_days);
/* Says to the log once a day what certificate_warning() says to people. */
err certificate_look(struct ctx *c, int64_t *out_done);

#endif
