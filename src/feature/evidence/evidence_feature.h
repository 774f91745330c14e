/* evidence_feature.h: what app/features.c lists. */
#ifndef SUNWAI_EVIDENCE_FEATURE_H
#define SUNWAI_EVIDENCE_FEATURE_H

#include "feature.h"

extern const struct feature evidence_feature;

#endif
