/* demo_events.h: a few gatherings of the demonstration, planned around the day on which it is made. */
#ifndef SUNWAI_DEMO_EVENTS_H
#define SUNWAI_DEMO_EVENTS_H

#include "store.h"

/* An open court that was held and closed, with the orders that were given at it (one of them late by now); a
 * meeting that invites, the open court that it leads to (announced, offices summoned), and one that goes on
 * today; by the desk of Nowshera. */
err demo_events(struct store *s, struct arena *a, struct fail *f);

#endif
