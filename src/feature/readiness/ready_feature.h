/* ready_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_READY_FEATURE_H
#define SUNWAI_READY_FEATURE_H

#include "feature.h"

extern const struct feature ready_feature;

#endif
