/* public_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PUBLIC_FEATURE_H
#define SUNWAI_PUBLIC_FEATURE_H

#include "feature.h"

extern const struct feature public_feature;

#endif
