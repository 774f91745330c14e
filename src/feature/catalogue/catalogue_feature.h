/* catalogue_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_CATALOGUE_FEATURE_H
#define SUNWAI_CATALOGUE_FEATURE_H

#include "feature.h"

extern const struct feature catalogue_feature;

#endif
