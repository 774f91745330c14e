/* dashboard_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_DASHBOARD_FEATURE_H
#define SUNWAI_DASHBOARD_FEATURE_H

#include "feature.h"

extern const struct feature dashboard_feature;

#endif
