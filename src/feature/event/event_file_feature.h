/* event_file_feature.h: what the program knows of the files of events. */
#ifndef SUNWAI_EVENT_FILE_FEATURE_H
#define SUNWAI_EVENT_FILE_FEATURE_H

#include "feature.h"

extern const struct feature event_file_feature;

#endif
