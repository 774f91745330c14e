/* rota_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_ROTA_FEATURE_H
#define SUNWAI_ROTA_FEATURE_H

#include "feature.h"

extern const struct feature rota_feature;

/* For web_config.resolve: as account_resolve(), but a member outside her shift is away. */
err rota_resolve(struct ctx *c, str session, str bearer, struct who *out);
/* When the next shift of whoever is away is. */
str rota_away_words(struct web *w);

#endif
