/* jobs.h: work that is due by the clock, of all features: each run is one write job in the store's queue. */
#ifndef SUNWAI_JOBS_H
#define SUNWAI_JOBS_H

#include "buf.h"
#include "store.h"

/* Every job once, to its end. A line for each on out: name and how much it did. The first failure is
 * returned, after the others ran. */
err jobs_run(struct store *s, struct buf *out);

/* A thread that runs each job as often as it wants. */
struct jobs;
struct jobs *jobs_start(struct store *s);
void jobs_stop(struct jobs *j); /* waits for the one under way; takes NULL */

#endif
