#include "metrics.h"

#include <stdatomic.h>

enum { CLASSES = 6, BUCKETS = 9 };

static const int64_t bounds_ms[BUCKETS] = {1, 5, 10, 25, 50, 100, 500, 2500, 30000};

struct metrics {
    const struct route *const *routes;
    size_t n;
    _Atomic int64_t *answered; /* (n + 1) * CLASSES, by hundreds of the status */
    _Atomic int64_t buckets[BUCKETS];
    _Atomic int64_t ms_sum, all;
    _Atomic int64_t events[METRIC_EVENT_N];
};

struct metrics *metrics_open(const struct route *const *routes, size_t n)
{
    struct metrics *m = mem_new(sizeof *m);
    m->routes = routes;
    m->n = n;
    m->answered = mem_new((n + 1) * CLASSES * sizeof *m->answered);
    return m;
}

void metrics_close(struct metrics *m)
{
    if (m == NULL) {
        return;
    }
    mem_free(m->answered);
    mem_free(m);
}

static void add(_Atomic int64_t *counter, int64_t by)
{
    atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

static int64_t get(const _Atomic int64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_answered(struct metrics *m, size_t number, int status, int64_t ms)
{
    const size_t row = number < m->n ? number : m->n;
    const size_t class_of = status >= 100 && status < 600 ? (size_t)status / 100 : 0;
    add(&m->answered[row * CLASSES + class_of], 1);
    add(&m->ms_sum, ms);
    add(&m->all, 1);
    for (size_t i = 0; i < BUCKETS; i++) {
        if (ms <= bounds_ms[i]) {
            add(&m->buckets[i], 1);
            return;
        }
    }
}

void metrics_event(struct metrics *m, enum metrics_event event)
{
    add(&m->events[event], 1);
}

static void put_requests(const struct metrics *m, struct buf *out)
{
    buf_put(out,
            S("# HELP sunwai_requests_total Requests answered.\n# TYPE sunwai_requests_total counter\n"));
    for (size_t row = 0; row <= m->n; row++) {
        const struct route *route = row < m->n ? m->routes[row] : NULL;
        for (size_t class_of = 0; class_of < CLASSES; class_of++) {
            const int64_t n = get(&m->answered[row * CLASSES + class_of]);
            if (n > 0) {
                buf_printf(out, "sunwai_requests_total{method=\"%s\",route=\"%s\",status=\"%zuxx\"} %lld\n",
                           route == NULL                ? ""
                           : route->method == HTTP_POST ? "POST"
                                                        : "GET",
                           route == NULL ? "none" : route->pattern, class_of, (long long)n);
            }
        }
    }
}

static void put_times(const struct metrics *m, struct buf *out)
{
    buf_put(out, S("# HELP sunwai_request_seconds Time from the whole request to its answer.\n"
                   "# TYPE sunwai_request_seconds histogram\n"));
    int64_t below = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        below += get(&m->buckets[i]);
        buf_printf(out, "sunwai_request_seconds_bucket{le=\"%lld.%03lld\"} %lld\n",
                   (long long)bounds_ms[i] / 1000, (long long)bounds_ms[i] % 1000, (long long)below);
    }
    const long long all = (long long)get(&m->all);
    const long long ms = (long long)get(&m->ms_sum);
    buf_printf(out, "sunwai_request_seconds_bucket{le=\"+Inf\"} %lld\n", all);
    buf_printf(out, "sunwai_request_seconds_sum %lld.%03lld\nsunwai_request_seconds_count %lld\n", ms / 1000,
               ms % 1000, all);
}

void metrics_put(const struct metrics *m, struct buf *out)
{
    static const struct {
        const char *name, *help;
    } names[METRIC_EVENT_N] = {
        [METRIC_REPLAYED] = {"writes_replayed", "Writes that came again and got the first receipt."},
        [METRIC_CHANGED] = {"writes_changed", "Idempotency keys that came again with other content."},
        [METRIC_BUSY] = {"writes_busy", "Writes refused because a queue was full."},
        [METRIC_TOKEN_WRONG] = {"form_tokens_wrong", "Forms with a missing, old or wrong token."},
        [METRIC_UNKNOWN] = {"writes_unknown", "Writes whose fate was unknown at the deadline."},
        [METRIC_AGAIN] = {"pages_again", "Pages sent again as they were made a moment ago."},
    };
    put_requests(m, out);
    put_times(m, out);
    for (int i = 0; i < METRIC_EVENT_N; i++) {
        buf_printf(out, "# HELP sunwai_%s_total %s\n# TYPE sunwai_%s_total counter\nsunwai_%s_total %lld\n",
                   names[i].name, names[i].help, names[i].name, names[i].name, (long long)get(&m->events[i]));
    }
}
