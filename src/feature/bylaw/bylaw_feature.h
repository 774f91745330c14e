/* bylaw_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_BYLAW_FEATURE_H
#define SUNWAI_BYLAW_FEATURE_H

#include "feature.h"

extern const struct feature bylaw_feature;

#endif
