/* case_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_CASE_FEATURE_H
#define SUNWAI_CASE_FEATURE_H

#include "feature.h"

extern const struct feature case_feature;

#endif
