/* device_pages.h: pages, pack and API of devices among themselves. */
#ifndef SUNWAI_DEVICE_PAGES_H
#define SUNWAI_DEVICE_PAGES_H

#include "device.h"
#include "web.h"

/* The first input of every route that a device's cookie goes to (ROUTE_DEVICE). */
#define DEVICE_COOKIE_INPUT                                    \
    {                                                          \
        "device", IN_CODE, MSG_DEVICE_COOKIE, DEVICE_TOKEN_LEN \
    }

enum { PACK_INPUTS = 1 };
extern const struct input pack_inputs[PACK_INPUTS];
extern const struct seen_fns pack_seen;
err show_pack(struct web *w);

enum { DEVICE_API_ROUTES = 5 };
extern const struct route device_api_routes[DEVICE_API_ROUTES];

/* Job: takes in what came. */
err device_intake(struct ctx *c, int64_t *out_done);

#endif
