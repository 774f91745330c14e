/* oversight_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_OVERSIGHT_FEATURE_H
#define SUNWAI_OVERSIGHT_FEATURE_H

#include "feature.h"

extern const struct feature oversight_feature;

#endif
