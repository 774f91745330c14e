/* serve.c: what is opened is closed in the opposite order. */
#include "serve.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app_pages.h"
#include "backup_pages.h"
#include "certificate_pages.h"
#include "cli.h"
#include "clock.h"
#include "confinement.h"
#include "control.h"
#include "desk_feature.h"
#include "crew.h"
#include "dress.h"
#include "features.h"
#include "jobs.h"
#include "keep_witness.h"
#include "log.h"
#include "meta.sql.h"
#include "order.h"
#include "prompts.h"
#include "sockets.h"

enum {
    OWN_FILES = 256,
    MIN_CONNECTIONS = 16,
    DRAIN_MS = 7000,
    LOOK_MS = 200,
    AFTER_MS = 12000,
    AFTER_LOOK_MS = 3,
    META_ARENA = 64 * 1024,
    WHY_MAX = 4096,
    CERTIFICATE_ARENA = 1 << 20,
    PLAIN_CONNECTIONS = 512
};

struct server {
    struct store *store;
    struct web_app *web;
    struct http_server *http;
    struct http_server *plain; /* leads to http; NULL: none */
    struct web_plain plain_to;
    struct certificate certificate;
    struct arena *arena;
    struct control *orders;
    struct jobs *jobs;
    struct confine_tries tries;
    struct keep_witness *witness;
    struct crew *crew;
};

static bool is_demo(struct store *s)
{
    struct arena *a = arena_open(META_ARENA);
    struct db *reader = store_reader(s);
    struct q_meta_get row = {0};
    const err e = reader != NULL ? q_meta_get(reader, a, S("demo"), &row) : FAIL(IO);
    const bool demo = e.code == ERR_OK && str_eq(row.meta_text, S("1"));
    arena_free(a);
    return demo;
}

static int open_failed(err e, const struct fail *f)
{
    SCOPED(buf_free) struct buf why = buf_new(WHY_MAX);
    cli_fail_text(&why, e, f);
    if (e.code == ERR_BUSY) {
        CLI_COMPLAIN(MSG_CLI_IN_USE, CLI_ARG("why", buf_str(&why)));
        return EXIT_IN_USE;
    }
    CLI_COMPLAIN(MSG_CLI_CANNOT_SERVE, CLI_ARG("why", buf_str(&why)));
    /* A database server may be away for a while, and so may a disk. */
    return e.code == ERR_IO ? EXIT_AGAIN : EXIT_CONFIG;
}

/* As many connections as are wanted, or as the system's bound on descriptors leaves beside our own files. */
static unsigned room_for(int64_t connections)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return MIN_CONNECTIONS;
    }
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
        WARN("serve.descriptors_not_raised");
    }
    const int64_t bound = files.rlim_cur > INT32_MAX ? INT32_MAX : (int64_t)files.rlim_cur;
    /* A sixteenth more than the cap is taken, to be told that it is reached. */
    const int64_t room = (bound - OWN_FILES) / 17 * 16;
    if (room < connections) {
        WARN("serve.fewer_connections", log_i64("wanted", connections), log_i64("room", room));
    }
    const int64_t most = room < connections ? room : connections;
    return (unsigned)(most < MIN_CONNECTIONS ? MIN_CONNECTIONS : most);
}

static err plain_open(struct server *s, const struct config *config, const struct serve_fds *fds,
                      struct fail *f)
{
    if (fds->plain < 0 || !s->certificate.used) {
        return OK;
    }
    s->plain_to = (struct web_plain){.app = s->web, .https_port = socket_port(fds->listen)};
    const struct http_config http = {
        .listen_fd = fds->plain,
        .threads = 1,
        .allow = config->allow,
        .crowds = config->crowds,
        .connections_max = PLAIN_CONNECTIONS,
        .handler = web_handle_plain,
        .refusal = web_refusal,
        .refusal_headers = web_refusal_headers(false),
        .app = &s->plain_to,
    };
    return http_start(&http, &s->plain, f);
}

static err server_open(struct server *s, const struct config *config, const struct serve_fds *fds,
                       struct fail *f)
{
    struct web_config web = {.store = s->store,
                             .demo = is_demo(s->store),
                             .https = config->https,
                             .public_url = config->public_url};
    features_web(&web);
    s->web = web_open(&web);
    const struct http_config http = {
        .listen_fd = fds->listen,
        .tls_certificate = s->certificate.tls.certificate,
        .tls_key = s->certificate.tls.key,
        .threads = (unsigned)config->threads,
        .allow = config->allow,
        .crowds = config->crowds,
        .connections_max = room_for(config->connections),
        .per_address_max = (unsigned)config->per_address,
        .handler = web_handle,
        .room = web_room,
        .refusal = web_refusal,
        .refusal_headers = web_refusal_headers(s->certificate.used),
        .app = s->web,
    };
    TRY(order_listen(config->data, s->store, &s->orders, f));
    dress_with(config);
    backup_pages_with(config->backup_warn_hours);
    prompts_open(config->data);
    s->crew = crew_open(fds->crew, config);
    work_by(s->crew != NULL ? crew_work : NULL, s->crew);
    const struct app_watch watch = {.store = s->store,
                                    .web = s->web,
                                    .metrics_token = config->metrics_token,
                                    .crew = s->crew,
                                    .tries = &s->tries};
    app_pages_watch(&watch);
    certificate_pages_show(&s->certificate);
    TRY(http_start(&http, &s->http, f));
    tls_forget(&s->certificate.tls);
    TRY(plain_open(s, config, fds, f));
    app_pages_watch_http(s->http);
    s->jobs = jobs_start(s->store);
    s->witness = keep_witness_start(s->store, config->audit_witness);
    return OK;
}

static void server_close(struct server *s, bool followed)
{
    const int64_t began_ms = clock_mono_ms();
    http_quiesce(s->plain, DRAIN_MS, followed);
    http_quiesce(s->http, DRAIN_MS, followed);
    const int64_t drained_ms = clock_mono_ms();
    jobs_stop(s->jobs);
    control_close(s->orders);
    keep_witness_stop(s->witness);
    web_close(s->web);
    work_by(NULL, NULL);
    crew_close(s->crew);
    store_close(s->store); /* whoever comes after this process opens it now */
    LOG("serve.let_go", log_i64("drained_ms", drained_ms - began_ms),
        log_i64("closed_ms", clock_mono_ms() - drained_ms));
    http_stop(s->plain, DRAIN_MS);
    http_stop(s->http, DRAIN_MS);
    prompts_close();
    arena_free(s->arena);
}

/* Until a signal says so (SIGHUP: another one follows), or the store can no longer be trusted. */
static int wait_for_end(const struct server *s, const sigset_t *signals, bool *out_followed)
{
    for (;;) {
        const struct timespec look = {.tv_nsec = LOOK_MS * 1000000L};
        const int signal = sigtimedwait(signals, NULL, &look);
        if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP) {
            *out_followed = signal == SIGHUP;
            return EXIT_FINE;
        }
        log_flush();
        store_look(s->store);
        if (store_broken(s->store)) {
            ERROR("serve.store_broken");
            return EXIT_AGAIN;
        }
    }
}

static bool confined(const struct config *config, struct confine_tries *out, struct fail *f)
{
    struct confine_report report;
    if (confine_web(config, &report, f).code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_CANNOT_SERVE, CLI_ARG("why", str_of(f->log)));
        return false;
    }
    confine_web_try(config, &report, out);
    return true;
}

/* The one before still drains: it holds the folder until it has answered. */
static err open_store(const struct store_config *config, bool after, struct store **out, struct fail *f)
{
    const int64_t until_ms = clock_mono_ms() + (after ? AFTER_MS : 0);
    err e = store_open(config, out, f);
    while (e.code == ERR_BUSY && clock_mono_ms() < until_ms) {
        const struct timespec nap = {.tv_nsec = AFTER_LOOK_MS * 1000000L};
        (void)nanosleep(&nap, NULL);
        *f = (struct fail){0};
        e = store_open(config, out, f);
    }
    return e;
}

int serve_run(const struct config *config, const struct serve_fds *fds)
{
    struct fail f = {0};
    struct server s = {.arena = arena_open(CERTIFICATE_ARENA)};
    /* Before the walls go up: certificate and key of a public site lie elsewhere. */
    if (!certificate_load(config, s.arena, &s.certificate)) {
        return EXIT_CONFIG;
    }
    if (!confined(config, &s.tries, &f)) {
        return EXIT_CONFIG;
    }
    if (store_exposed(config->data)) {
        WARN("serve.folder_open_to_others", log_text("dir", str_of(config->data)));
    }
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL); /* before there is any thread: all inherit it */
    (void)signal(SIGPIPE, SIG_IGN);
    const struct store_config store = config_store(config);
    const err e = open_store(&store, fds->after, &s.store, &f);
    if (e.code != ERR_OK) {
        return open_failed(e, &f);
    }
    const err opened = server_open(&s, config, fds, &f);
    if (opened.code != ERR_OK) {
        SCOPED(buf_free) struct buf why = buf_new(WHY_MAX);
        cli_fail_text(&why, opened, &f);
        CLI_COMPLAIN(MSG_CLI_CANNOT_SERVE, CLI_ARG("why", buf_str(&why)));
        server_close(&s, false);
        return EXIT_CONFIG;
    }
    if (write(fds->ready, "r", 1) != 1) {
        WARN("serve.nobody_waits");
    }
    (void)close(fds->ready);
    LOG("serve.start", log_text("engine", str_of(store_engine(s.store))),
        log_i64("threads", config->threads));
    bool followed = false;
    const int code = wait_for_end(&s, &signals, &followed);
    server_close(&s, followed);
    LOG("serve.stop", log_i64("code", code));
    return code;
}
