/* account_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_ACCOUNT_FEATURE_H
#define SUNWAI_ACCOUNT_FEATURE_H

#include "feature.h"

extern const struct feature account_feature;

/* For web_config.resolve: who a session cookie or a bearer token is. NOT_FOUND: nobody, or nobody any more.
 */
err account_resolve(struct ctx *c, str session, str bearer, struct who *out);

#endif
