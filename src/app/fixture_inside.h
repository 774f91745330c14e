/* fixture_inside.h: what the files of the fixture share. */
#ifndef SUNWAI_FIXTURE_INSIDE_H
#define SUNWAI_FIXTURE_INSIDE_H

#include "store.h"

/* Whether the k-th of `all` is one of `of`: they lie among the others as evenly as can be. */
bool fixture_among(size_t k, size_t of, size_t all);
/* In a write job: the gatherings, closed, with the totals of seed/logo2_totals.csv. */
err fixture_events(struct ctx *c);

#endif
