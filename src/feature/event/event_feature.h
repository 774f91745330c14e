/* event_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_EVENT_FEATURE_H
#define SUNWAI_EVENT_FEATURE_H

#include "feature.h"

extern const struct feature event_feature;
extern const struct feature event_day_feature;   /* its day: addresses of their own file */
extern const struct feature event_close_feature; /* its end: directions, closing, follow-up, papers */

#endif
