/* event_inside.h: what the files of this feature share about its rules. */
#ifndef SUNWAI_EVENT_INSIDE_H
#define SUNWAI_EVENT_INSIDE_H

#include "audit.h"
#include "event.h"

/* What the plan says, as it stands now: the seal of a step that changed it. */
err event_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out);
/* The place and the hours of a plan, looked up and allowed. */
struct event_where {
    struct q_place_by_code unit;
    struct opt_i64 tehsil;
};
err event_where(struct ctx *c, const struct event_place *at, struct event_where *out);
/* CONFLICT, field "again": another of this kind on this day at this venue; `self` is not meant. */
err event_alone(struct ctx *c, int64_t home, int64_t self, str kind, const struct event_place *at,
                int64_t unit);
/* Takes a step of an event that was found; `sealed`: the plan changed. */
err event_take(struct ctx *c, struct event_view *io, const struct flow_step_in *step, bool sealed);
/* What a planner writes over an event that was found; with the words of what is wrong. */
err event_summons_write(struct ctx *c, const struct event_view *v, str bodies);
err event_ties_write(struct ctx *c, const struct event_view *v, str codes);
/* STR_NONE for what is empty: kept as null. */
str event_some(str s);

#endif
