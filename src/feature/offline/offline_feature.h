/* offline_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_OFFLINE_FEATURE_H
#define SUNWAI_OFFLINE_FEATURE_H

#include "feature.h"

extern const struct feature offline_feature;

#endif
