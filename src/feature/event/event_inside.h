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

/* ---- the line of a plan ---- */

/* Lines in force that an event of a district may belong to on some day of a span. */
err event_lines(struct ctx *c, int64_t district, int64_t from_day, int64_t to_day, struct q_event_lines **out,
                size_t *out_n);
str event_line_code(struct arena *a, const struct q_event_lines *line); /* "OP-PK526-2026-27-V1/3" */
/* The line that words mean; *out_some false: they are words of their own, as of older papers. INVALID, field
 * "plan": they name a line of a plan that is not in force, not of this day or not of this place. */
err event_line_find(struct ctx *c, int64_t district, int64_t day, str words, struct q_event_lines *out,
                    bool *out_some);
/* Whether they name a line of a plan that there is, in force or not. */
err event_line_means(struct ctx *c, str words, bool *out);
err event_line_keep(struct ctx *c, int64_t home, int64_t event, const struct q_event_lines *line);

#endif
