/* fixture_inside.h: what the files of the fixture share. */
#ifndef SUNWAI_FIXTURE_INSIDE_H
#define SUNWAI_FIXTURE_INSIDE_H

#include "plan.h"
#include "store.h"

/* Whether the k-th of `all` is one of `of`: they lie among the others as evenly as can be. */
bool fixture_among(size_t k, size_t of, size_t all);
/* In a write job: the gatherings, closed, with the totals of seed/logo2_totals.csv. */
err fixture_events(struct ctx *c);

/* *c as it is for this person on the morning of that day. */
err fixture_as(const struct ctx *c, str login, int64_t day, struct ctx *out);
/* In a write job: the plan of a fiscal year, in force. */
err fixture_plan(struct ctx *c, int64_t year, struct planned *out);
/* A gathering belongs to the activity of its district. */
err fixture_plan_tie(struct ctx *c, const struct planned *v, str event, int64_t day, str district);
/* What became of its activities. */
err fixture_plan_carry(struct ctx *c, const struct planned *v);
/* In a write job: the plan of a year, its gatherings tied to it, their sheets, and those of some of its
 * quarters, approved. `desk`: there is a desk, whose people do this for their district. */
err fixture_year(struct ctx *c, int64_t year, const int *quarters, size_t quarters_n, bool desk);

#endif
