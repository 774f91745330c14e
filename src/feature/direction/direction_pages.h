/* direction_pages.h: pages and API of directions among themselves. */
#ifndef SUNWAI_DIRECTION_PAGES_H
#define SUNWAI_DIRECTION_PAGES_H

#include "direction.h"
#include "web.h"

enum direction_input {
    D_EVENT,
    D_NO,
    D_DO,
    D_STEP,
    D_RESULT,
    D_WORDS,
    D_OFFICE,
    D_POST,
    D_VACANT,
    D_DAY,
    D_DONE,
    D_N
};
extern const struct input direction_inputs[D_N];
err write_direction(struct ctx *c, const struct given *in, struct receipt *out);

enum direction_list_input { DL_HORIZON, DL_OFFICE, DL_LATE, DL_ALL, DL_AFTER, DL_N };
extern const struct input direction_list_inputs[DL_N];
struct direction_filter direction_filter_of(struct web *w);
/* Where the list goes on; empty: nowhere. */
err direction_list_after(struct web *w, struct direction_filter *io);

enum { DIRECTION_API_ROUTES = 3 };
extern const struct route direction_api_routes[DIRECTION_API_ROUTES];

#endif
