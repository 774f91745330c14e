/* kit_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_KIT_FEATURE_H
#define SUNWAI_KIT_FEATURE_H

#include "feature.h"

extern const struct feature kit_feature;

#endif
