/* sheet_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_SHEET_FEATURE_H
#define SUNWAI_SHEET_FEATURE_H

#include "feature.h"

extern const struct feature sheet_feature;

#endif
