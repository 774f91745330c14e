/* features.h: the one list of what the program can do. */
#ifndef SUNWAI_FEATURES_H
#define SUNWAI_FEATURES_H

#include "feature.h"

enum { FEATURES_MAX = 40 };

extern const struct feature *const features[]; /* NULL at the end */

/* Fills tables, resolver and dress of a web_config; static memory, the same each time. */
void features_web(struct web_config *config);

#endif
