/* case_acting.h: one step on its way, for the files that take it apart: case_act.c (what is asked before),
 * case_amend.c (what is corrected), case_follow.c (what follows). */
#ifndef SUNWAI_CASE_ACTING_H
#define SUNWAI_CASE_ACTING_H

#include "case.h"
#include "case_person.h"
#include "tally.h"

/* A case being acted on: what was found, and what shall stand in its facets afterwards. */
struct acting {
    struct ctx *c;
    struct case_view v;
    struct tally_key was;    /* under what it was counted before */
    struct q_flow_get found; /* as it stood */
    const struct case_act *act;
    struct flow_step_in step;
};

/* Whether the catalogue sends this service past that office: a complaint about its staff reaches the Deputy
 * Commissioner's alone. */
err act_past_offices(struct acting *a, int64_t service_id, int64_t office_id, bool *out);
/* Whether something that was taken down shall be another. */
bool act_corrects(const struct case_act *act);
/* All that an amendment says; the old values stay in the timeline. */
err amend_all(struct acting *a);

/* Takes the step: clocks, marks and calls follow it. */
err step_take(struct acting *a);

#endif
