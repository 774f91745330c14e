/* desk_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_DESK_FEATURE_H
#define SUNWAI_DESK_FEATURE_H

#include "feature.h"

/* Where people reach the public pages ("https://sunwai.example"), for the code on a slip; empty: it holds the
 * number only. Before the server accepts. */
void desk_with(str public_url);

extern const struct feature desk_feature;

#endif
