/* metrics.h: counters of the web floor in Prometheus' text format. Any thread; no labels but the route's
 * pattern. */
#ifndef SUNWAI_METRICS_H
#define SUNWAI_METRICS_H

#include "route.h"

struct metrics;
enum metrics_event {
    METRIC_REPLAYED,
    METRIC_CHANGED,
    METRIC_BUSY,
    METRIC_TOKEN_WRONG,
    METRIC_UNKNOWN,
    METRIC_AGAIN, /* a page that was kept */
    METRIC_EVENT_N
};

/* `routes` outlives it. */
struct metrics *metrics_open(const struct route *const *routes, size_t n);
void metrics_close(struct metrics *m); /* takes NULL */
/* number: of the route, SIZE_MAX for an address that none has. */
void metrics_answered(struct metrics *m, size_t number, int status, int64_t ms);
void metrics_event(struct metrics *m, enum metrics_event event);
void metrics_put(const struct metrics *m, struct buf *out);

#endif
