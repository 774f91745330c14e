/* story_feature.h: what the program knows of the words beside the figures: narratives and quotes. */
#ifndef SUNWAI_STORY_FEATURE_H
#define SUNWAI_STORY_FEATURE_H

#include "feature.h"

extern const struct feature story_feature;

#endif
