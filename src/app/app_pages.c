/* app_pages.c: GET /healthz (JSON), GET /metrics (Prometheus text format 0.0.4), and recorded questions. */
#include "app_pages.h"

#include <stdatomic.h>

#include "backup_pages.h"
#include "certificate_pages.h"
#include "clock.h"
#include "idem.h"
#include "json.h"
#include "keep_witness.h"
#include "meta.sql.h"
#include "prompts.h"
#include "random.h"

enum { ANSWER_MAX = 128 * 1024 };

/* Written before the server accepts, read by its threads; the server itself is known a moment later. */
static struct app_watch watched;
static const struct http_server *_Atomic watched_http;

void app_pages_watch(const struct app_watch *watch)
{
    watched = *watch;
}

void app_pages_watch_http(const struct http_server *http)
{
    atomic_store(&watched_http, http);
}

/* One row is read, so that "ok" means that pages can be shown, not only that a process runs. */
static bool reads(struct web *w)
{
    struct q_meta_get row;
    const err e = w->ctx.db != NULL ? q_meta_get(w->ctx.db, w->arena, S("demo"), &row) : FAIL(IO);
    return e.code == ERR_OK || e.code == ERR_NOT_FOUND;
}

static err health_show(struct web *w)
{
    const bool reader = reads(w);
    const bool writer = !store_broken(w->ctx.store);
    const bool room = !store_full(w->ctx.store);
    const struct witness_state witness = witness_state();
    int64_t days;
    SCOPED(buf_free) struct buf out = buf_new(ANSWER_MAX);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("ok"));
    json_flag(&j, reader && writer && room);
    json_key(&j, S("reader"));
    json_flag(&j, reader);
    json_key(&j, S("writer"));
    json_flag(&j, writer);
    json_key(&j, S("disk"));
    json_flag(&j, room);
    json_key(&j, S("witness"));
    json_flag(&j, !witness.failing && !witness.disagrees);
    if (certificate_watch(&days)) {
        json_key(&j, S("certificate_days"));
        json_i64(&j, days);
    }
    for (size_t i = 0; i < COMPANIONS; i++) { /* nothing hangs on them yet */
        json_key(&j, str_of(crew_name(i)));
        json_text(&j, str_of(crew_state_name(crew_state(watched.crew, i))));
    }
    json_end(&j);
    return web_json(w, reader && writer && room ? 200 : 503, &out);
}

static bool loopback(str client)
{
    return str_starts(client, S("127.")) || str_eq(client, S("::1")) || str_starts(client, S("::ffff:127."));
}

static bool token_right(struct web *w)
{
    str given = http_header(w->x, "Authorization");
    const str want = watched.metrics_token;
    if (want.n == 0 || !str_starts(given, S("Bearer "))) {
        return false;
    }
    given = str_sub(given, 7, given.n);
    uint8_t a[32];
    uint8_t b[32];
    content_hash(given, a); /* of equal length, so that the comparison tells nothing */
    content_hash(want, b);
    return secret_eq(a, b, sizeof a);
}

/* Behind a proxy on this machine everybody comes from a loopback address: what was passed on is not local. */
static bool local(struct web *w)
{
    return loopback(w->client) && http_header(w->x, "X-Forwarded-For").p == NULL &&
           http_header(w->x, "Forwarded").p == NULL && http_header(w->x, "X-Real-IP").p == NULL;
}

static void put_metric(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(out, "# TYPE sunwai_%s %s\nsunwai_%s %lld\n", name, type, name, (long long)value);
}

static void put_http(struct buf *out)
{
    const struct http_server *http = atomic_load(&watched_http);
    if (http == NULL) {
        return;
    }
    struct http_stats s;
    http_stats(http, &s);
    put_metric(out, "http_connections_total", "counter", s.accepted);
    put_metric(out, "http_connections", "gauge", s.live);
    put_metric(out, "http_requests_total", "counter", s.requests);
    put_metric(out, "http_parked", "gauge", s.parked);
    put_metric(out, "http_refused_head_total", "counter", s.refused_head);
    put_metric(out, "http_refused_cap_total", "counter", s.refused_cap);
    put_metric(out, "http_timed_out_total", "counter", s.timed_out);
}

/* How the heads of the audit chains are kept elsewhere: nothing when they are not. */
static void put_witness(struct buf *out)
{
    const struct witness_state s = witness_state();
    if (!s.kept) {
        return;
    }
    put_metric(out, "witness_failing", "gauge", s.failing);
    put_metric(out, "witness_disagrees", "gauge", s.disagrees);
    put_metric(out, "witness_written_seconds", "gauge", s.last_ms / 1000);
}

static void put_confinement(struct buf *out)
{
    const struct confine_tries *t = watched.tries;
    put_metric(out, "landlock_abi", "gauge", t->report.abi);
    crew_put_confined(watched.crew, t, out);
    crew_put_refused(watched.crew, t, out);
    crew_put_states(watched.crew, out);
}

static err metrics_show(struct web *w)
{
    if (!local(w) && !token_right(w)) {
        return FAIL(NOT_FOUND);
    }
    SCOPED(buf_free) struct buf out = buf_new(ANSWER_MAX);
    web_metrics(watched.web, &out);
    put_http(&out);
    put_confinement(&out);
    backup_metrics(w->ctx.db, w->arena, w->ctx.now_ms, &out);
    put_witness(&out);
    return web_text(w, 200, S("text/plain; version=0.0.4; charset=utf-8"), &out);
}

enum { RECEIPTS_KEPT_DAYS = 30 };

/* Receipts of writes: a form sent again after that long is a new one. */
static err receipts_expire(struct ctx *c, int64_t *out_done)
{
    return idem_expire(c, c->now_ms - (int64_t)RECEIPTS_KEPT_DAYS * MS_PER_DAY, out_done);
}

static const struct feature_job jobs[] = {
    {.name = "receipts.expire", .every_ms = (int64_t)3600 * 1000, .run = receipts_expire},
    {.name = "backup.watch", .run = backup_watch}, /* once a night is often enough for a log */
    {.name = "certificate.look", .every_ms = MS_PER_DAY, .run = certificate_look},
};

static const struct input prompt_inputs[] = {{.name = "name", .type = IN_CODE, .required = true}};

static const struct route routes[] = {
    {.method = HTTP_GET,
     .pattern = "/healthz",
     .permission = P_PUBLIC,
     .show = health_show,
     .doc = MSG_APP_HEALTH_DOC},
    {.method = HTTP_GET,
     .pattern = "/metrics",
     .permission = P_PUBLIC,
     .show = metrics_show,
     .doc = MSG_APP_METRICS_DOC},
    {.method = HTTP_GET,
     .pattern = "/backups",
     .permission = P_BACKUPS,
     .show = backups_show,
     .doc = MSG_BACKUPS_DOC},
    {HTTP_GET, "/install-certificate", P_PUBLIC, ROUTE_PLAIN, .show = certificate_install_show,
     .doc = MSG_INSTALL_TITLE},
    {HTTP_GET, "/install-certificate/sunwai.crt", P_PUBLIC, ROUTE_STATIC | ROUTE_PLAIN,
     .show = certificate_file_show, .doc = MSG_INSTALL_GET},
    {HTTP_GET, "/prompts/{name}", P_PUBLIC, ROUTE_STATIC, INPUTS(prompt_inputs), .show = prompts_show,
     .doc = MSG_APP_PROMPT_DOC},
};

const struct feature app_feature = {.name = "app",
                                    .routes = routes,
                                    .routes_n = sizeof routes / sizeof routes[0],
                                    .jobs = jobs,
                                    .jobs_n = sizeof jobs / sizeof jobs[0]};
