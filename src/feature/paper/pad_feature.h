/* pad_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PAD_FEATURE_H
#define SUNWAI_PAD_FEATURE_H

#include "feature.h"

extern const struct feature paper_feature;

#endif
