/* device_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_DEVICE_FEATURE_H
#define SUNWAI_DEVICE_FEATURE_H

#include "feature.h"

extern const struct feature device_feature;

#endif
