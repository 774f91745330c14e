/* case_pick.h: choosing what a matter is about, for the forms of desk and event: every service that is taken
 * down, under its group, with the two digits that may be typed for it; and what is only pointed to.
 */
#ifndef SUNWAI_CASE_PICK_H
#define SUNWAI_CASE_PICK_H

#include "page.h"
#include "web.h"

struct service_rows { /* the services under one picture */
    str name;
    const struct choice_view *rows;
    size_t rows_n;
};
struct service_pick {
    struct field_view field; /* its choices stand in groups */
    const struct service_rows *groups;
    size_t groups_n;
};
/* `field` is how the form names it. */
err service_pick_fill(struct web *w, size_t input, struct field_view field, struct service_pick *out);

struct point_view { /* a matter that is not written down */
    str name;
    str answered_by;
    str helpline;
};
struct points_view {
    const struct point_view *rows;
    size_t rows_n;
};
/* What is not written down, and who helps in a district. */
err points_fill(struct web *w, int64_t district, struct points_view *out);

#endif
