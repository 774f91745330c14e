/* place_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PLACE_FEATURE_H
#define SUNWAI_PLACE_FEATURE_H

#include "feature.h"

extern const struct feature place_feature;

#endif
