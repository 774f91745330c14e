/* handover_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_HANDOVER_FEATURE_H
#define SUNWAI_HANDOVER_FEATURE_H

#include "feature.h"

extern const struct feature handover_feature;

#endif
