/* direction_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_DIRECTION_FEATURE_H
#define SUNWAI_DIRECTION_FEATURE_H

#include "feature.h"

extern const struct feature direction_feature;

#endif
