/* partner_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PARTNER_FEATURE_H
#define SUNWAI_PARTNER_FEATURE_H

#include "feature.h"

extern const struct feature partner_feature;

#endif
