/* document_pages.h: the feature, as app/features.c lists it. */
#ifndef SUNWAI_DOCUMENT_PAGES_H
#define SUNWAI_DOCUMENT_PAGES_H

#include "feature.h"

extern const struct feature document_feature;

#endif
