/* feature.h: what a feature shows of itself to the program: one value, listed once in app/features.c. */
#ifndef SUNWAI_FEATURE_H
#define SUNWAI_FEATURE_H

#include "web.h"

/* Work that is due by the clock; runs as one write job, again and again until it says it did nothing. */
struct feature_job {
    const char *name;                             /* "session.expire" */
    int64_t every_ms;                             /* 0: every night at three, local time */
    err (*run)(struct ctx *c, int64_t *out_done); /* NULL: beside */
    /* What takes too long for a write job: on a reader, on the thread of the jobs; makes write jobs of its
     * own for what it found out. */
    err (*beside)(struct ctx *c, int64_t *out_done);
};

struct feature {
    const char *name;
    const struct route *routes; /* pages */
    size_t routes_n;
    const struct route *api; /* what stands below /api/ */
    size_t api_n;
    const struct feature_job *jobs;
    size_t jobs_n;
    aside_fn aside; /* what it says on the page of a subject of a feature below it; NULL: nothing */
};

#endif
