/* desk_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_DESK_FEATURE_H
#define SUNWAI_DESK_FEATURE_H

#include "feature.h"

extern const struct feature desk_feature;

#endif
