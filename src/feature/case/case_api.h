/* case_api.h: the routes of /api/v1/cases. */
#ifndef SUNWAI_CASE_API_H
#define SUNWAI_CASE_API_H

#include "route.h"

enum { CASE_API_ROUTES = 5 };
extern const struct route case_api_routes[CASE_API_ROUTES];

#endif
