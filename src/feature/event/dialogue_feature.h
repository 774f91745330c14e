/* dialogue_feature.h: what the program knows of dialogues and trainings. */
#ifndef SUNWAI_DIALOGUE_FEATURE_H
#define SUNWAI_DIALOGUE_FEATURE_H

#include "feature.h"

extern const struct feature dialogue_feature;

#endif
