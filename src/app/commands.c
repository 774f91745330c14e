/* commands.c: the data folder as a whole: made, brought up to date, served, walked through. */
#include "commands.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>

#include "cli.h"
#include "confinement.h"
#include "demo.h"
#include "features.h"
#include "fixture.h"
#include "load.h"
#include "lock.h"
#include "order.h"
#include "reference.h"
#include "serve.h"
#include "supervisor.h"
#include "tls_ca.h"

enum { TEXT_MAX = 256 * 1024, RESTART_LOOKS = 1000, RESTART_LOOK_MS = 20 };

int init_command(const struct call *call)
{
    const struct store_config store = config_store(call->config);
    struct fail f = {0};
    const bool was_exposed = store_exposed(store.dir);
    err e = store_init(&store, &f);
    if (e.code == ERR_OK) {
        e = reference_fill(&store, &f);
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    if (was_exposed) {
        CLI_COMPLAIN(MSG_CLI_FOLDER_CLOSED, CLI_ARG("dir", str_of(store.dir)));
    }
    CLI_SAY(MSG_CLI_INIT_DONE, CLI_ARG("dir", str_of(store.dir)));
    return EXIT_FINE;
}

int migrate_command(const struct call *call)
{
    const struct store_config store = config_store(call->config);
    struct fail f = {0};
    int applied = 0;
    const err e = store_migrate(&store, &applied, &f);
    if (e.code == ERR_BUSY) {
        CLI_COMPLAIN(MSG_CLI_MIGRATE_BUSY, CLI_ARG("dir", str_of(store.dir)), CLI_ARG("why", str_of(f.log)));
        return EXIT_FAILED;
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return EXIT_FAILED;
    }
    CLI_SAY(applied == 0 ? MSG_CLI_MIGRATE_NONE : MSG_CLI_MIGRATE_DONE,
            CLI_ARG("n", arena_printf(call->arena, "%d", applied)));
    return EXIT_FINE;
}

int demo_command(const struct call *call)
{
    struct demo_order o = {.cases = -1, .fixture = call->flags->value[FLAG_FIXTURE]};
    if (!load_number(call, FLAG_CASES, LOAD_CASES_MAX, &o.cases)) {
        return EXIT_USAGE;
    }
    if (o.fixture.p != NULL && (!fixture_known(o.fixture) || o.cases >= 0)) {
        CLI_COMPLAIN(MSG_CLI_FIXTURE_UNKNOWN, CLI_ARG("fixture", o.fixture));
        return EXIT_USAGE;
    }
    return demo_make(call->config, &o);
}

static bool check_certificate(const struct call *call)
{
    struct certificate c;
    if (!certificate_load(call->config, call->arena, &c)) {
        return false;
    }
    if (c.used) {
        CLI_SAY(MSG_CLI_TLS_SHOWN, CLI_ARG("file", str_of(c.path)), CLI_ARG("names", c.tls.names),
                CLI_ARG("day", certificate_day(call->arena, c.tls.until_ms)));
    }
    tls_forget(&c.tls);
    return certificate_days_fine(&c, call->arena);
}

/* Service goes on without a witness: it is told of, and not refused. */
static void witness_foretell(const struct config *config)
{
    const char *file = config->audit_witness;
    const char *slash = file == NULL ? NULL : strrchr(file, '/');
    char folder[PATH_MAX];
    const int n = slash == NULL ? 1 : (int)(slash - file) + 1;
    if (file != NULL && (snprintf(folder, sizeof folder, "%.*s", n, slash == NULL ? "." : file) >= PATH_MAX ||
                         access(access(file, F_OK) == 0 ? file : folder, W_OK) != 0)) {
        CLI_SAY(MSG_CLI_WITNESS_NOT_THERE, CLI_ARG("file", str_of(file)));
    }
}

int serve_command(const struct call *call)
{
    if (call->flags->value[FLAG_CHECK_CONFIG].p != NULL) {
        SCOPED(buf_free) struct buf text = buf_new(TEXT_MAX);
        struct fail f = {0};
        const err e = config_show(call->arena, call->flags, &text, &f);
        if (e.code != ERR_OK) {
            cli_complain_fail(e, &f);
            return EXIT_CONFIG;
        }
        cli_raw(buf_str(&text));
        confinement_foretell(call->config);
        witness_foretell(call->config);
        return check_certificate(call) ? EXIT_FINE : EXIT_CONFIG;
    }
    struct certificate c;
    struct sockets sockets;
    if (!certificate_load(call->config, call->arena, &c)) {
        return EXIT_CONFIG;
    }
    tls_forget(&c.tls); /* only the web process needs the key */
    (void)certificate_days_fine(&c, call->arena);
    if (!sockets_open(call->config, &c, &sockets)) {
        return EXIT_FAILED;
    }
    const int code = supervisor_run(call->config, &sockets, call->argc, call->argv);
    sockets_close(&sockets);
    return code;
}

/* The end of a companion's socket; -1: it is missing. */
static int companion_fd(const struct call *call, enum flag flag)
{
    int64_t fd;
    return str_i64(call->flags->value[flag], &fd) ? (int)fd : -1;
}

static bool web_fds(const struct call *call, struct serve_fds *out)
{
    int64_t fd;
    int64_t ready;
    int64_t plain;
    if (!str_i64(call->flags->value[FLAG_FD], &fd) || !str_i64(call->flags->value[FLAG_READY], &ready) ||
        !str_i64(call->flags->value[FLAG_PLAIN_FD], &plain)) {
        return false;
    }
    *out = (struct serve_fds){.listen = (int)fd,
                              .ready = (int)ready,
                              .plain = (int)plain,
                              .after = call->flags->value[FLAG_AFTER].p != NULL,
                              .crew = {companion_fd(call, FLAG_WORKER), companion_fd(call, FLAG_COURIER)}};
    return true;
}

/* What a restart would run into: `sunwai try`, of the program and the settings as they are now. */
int try_command(const struct call *call)
{
    struct certificate c;
    struct store_config config = config_store(call->config);
    struct store *s = NULL;
    struct fail f = {0};
    if (!certificate_load(call->config, call->arena, &c)) {
        return EXIT_CONFIG;
    }
    tls_forget(&c.tls);
    config.read_only = true;
    const err e = store_open(&config, &s, &f);
    store_close(s);
    /* Storage that is away for a moment says nothing of the program. */
    if (e.code != ERR_OK && e.code != ERR_IO && e.code != ERR_BUSY) {
        cli_complain_fail(e, &f);
        return EXIT_CONFIG;
    }
    return EXIT_FINE;
}

int restart_command(const struct call *call)
{
    struct lock_holder old;
    struct lock_holder now;
    if (!lock_server(call->config->data, &old)) {
        CLI_COMPLAIN(MSG_CLI_RESTART_NOBODY, CLI_ARG("dir", str_of(call->config->data)));
        return EXIT_FAILED;
    }
    if (kill((pid_t)old.server, SIGHUP) != 0) {
        CLI_COMPLAIN(MSG_CLI_RESTART_FAILED, CLI_ARG("why", str_of(errno_text(errno))));
        return EXIT_FAILED;
    }
    for (int i = 0; i < RESTART_LOOKS; i++) {
        const struct timespec nap = {.tv_nsec = RESTART_LOOK_MS * 1000000L};
        (void)nanosleep(&nap, NULL);
        if (lock_server(call->config->data, &now) && now.process != old.process) {
            CLI_SAY(MSG_CLI_RESTART_DONE, CLI_ARG("url", arena_str(call->arena, str_of(now.address))));
            return EXIT_FINE;
        }
    }
    CLI_COMPLAIN(MSG_CLI_RESTART_NOT);
    return EXIT_FAILED;
}

bool web_complete(const struct call *call)
{
    struct serve_fds fds;
    if (web_fds(call, &fds)) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_WEB_ALONE);
    return false;
}

int web_command(const struct call *call)
{
    struct serve_fds fds;
    if (!web_fds(call, &fds)) {
        return EXIT_USAGE;
    }
    return serve_run(call->config, &fds);
}

int jobs_command(const struct call *call)
{
    SCOPED(buf_free) struct buf answer = buf_new(TEXT_MAX);
    const struct order o = {.kind = ORDER_JOBS};
    const err e = order_give(call->config, &o, &answer);
    if (e.code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", str_trim(buf_str(&answer))));
        return EXIT_FAILED;
    }
    cli_raw(buf_str(&answer));
    return EXIT_FINE;
}

int routes_command(const struct call *call)
{
    (void)call;
    struct web_config config = {0};
    features_web(&config);
    SCOPED(buf_free) struct buf text = buf_new(TEXT_MAX);
    web_routes_list(&config, &text);
    cli_raw(buf_str(&text));
    return EXIT_FINE;
}
