/* catalogue_pages.h: the routes of pages about services. */
#ifndef SUNWAI_CATALOGUE_PAGES_H
#define SUNWAI_CATALOGUE_PAGES_H

#include "route.h"

enum { CATALOGUE_ROUTES = 1 };
extern const struct route catalogue_routes[CATALOGUE_ROUTES];

#endif
