/* message_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_MESSAGE_FEATURE_H
#define SUNWAI_MESSAGE_FEATURE_H

#include "feature.h"

extern const struct feature message_feature;

#endif
