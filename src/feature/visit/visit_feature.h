/* visit_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_VISIT_FEATURE_H
#define SUNWAI_VISIT_FEATURE_H

#include "feature.h"

extern const struct feature visit_feature;

#endif
