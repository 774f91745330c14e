/* exchange_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_EXCHANGE_FEATURE_H
#define SUNWAI_EXCHANGE_FEATURE_H

#include "adx.h"
#include "feature.h"
#include "iati.h"

extern const struct feature exchange_feature;

#endif
