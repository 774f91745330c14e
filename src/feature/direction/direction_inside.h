/* direction_inside.h: what direction_act.c needs of direction.c. */
#ifndef SUNWAI_DIRECTION_INSIDE_H
#define SUNWAI_DIRECTION_INSIDE_H

#include "direction.h"

#define DIRECTION_CLOCK S("direction")

struct seal direction_seal(const struct q_direction_get *r);
/* NOT_FOUND when it is out of reach. */
err direction_view_of(struct ctx *c, int64_t home, int64_t id, struct direction_view *out);
/* An office of the district or above it, by its code; INVALID (field "office"). */
err direction_office_settle(struct ctx *c, int64_t home, str code, int64_t *out);
/* From today on, and not for ever; INVALID (field "due_day"). */
err direction_day_check(struct ctx *c, int64_t day);

#endif
