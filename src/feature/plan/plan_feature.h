/* plan_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PLAN_FEATURE_H
#define SUNWAI_PLAN_FEATURE_H

#include "feature.h"

extern const struct feature plan_feature;

#endif
