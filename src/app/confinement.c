/* confinement.c: a table for each process. */
#include "confinement.h"

#include <limits.h>

#include "cli.h"
#include "log.h"

enum { PATHS_MAX = CONFINE_READ_MAX + 24, NAMES_MAX = 96, HOME_PATHS = 2 };

struct paths {
    struct confine_path list[PATHS_MAX];
    size_t n;
    char home[HOME_PATHS][512];
    char witness[PATH_MAX];
};

static void add(struct paths *p, const char *path, unsigned may)
{
    if (path != NULL && p->n < PATHS_MAX) {
        p->list[p->n++] = (struct confine_path){path, may};
    }
}

/* Libraries that are loaded late (libpq, and of the C library for the end of a thread), and random bytes. */
static void add_system(struct paths *p)
{
    static const char *const read[] = {"/usr/lib", "/usr/lib64",       "/usr/local/lib", "/lib",
                                       "/lib64",   "/etc/ld.so.cache", "/dev/urandom",   "/dev/zero"};
    for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
        add(p, read[i], MAY_READ);
    }
    add(p, "/dev/null", MAY_READ | MAY_WRITE);
#ifdef __SANITIZE_ADDRESS__
    add(p, "/proc/self", MAY_READ);
#endif
}

/* What libpq looks up to find its server, trust it and name itself. */
static void add_postgres(struct paths *p)
{
    static const char *const read[] = {"/etc", "/run", "/usr/share", "/var/lib/postgresql"};
    static const char *const of_home[HOME_PATHS] = {"/.pgpass", "/.postgresql"};
    static const char *const of_environment[] = {"PGPASSFILE", "PGSERVICEFILE", "PGSSLCERT", "PGSSLKEY",
                                                 "PGSSLROOTCERT"};
    for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
        add(p, read[i], MAY_READ);
    }
    for (size_t i = 0; i < sizeof of_environment / sizeof of_environment[0]; i++) {
        add(p, getenv(of_environment[i]), MAY_READ);
    }
    const char *home = getenv("HOME");
    for (size_t i = 0; home != NULL && i < HOME_PATHS; i++) {
        (void)snprintf(p->home[i], sizeof p->home[i], "%s%s", home, of_home[i]);
        add(p, p->home[i], MAY_READ);
    }
}

/* The folder that a path lies in, "." for a bare name. */
static const char *folder_of(const char *path, char out[PATH_MAX])
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') {
        n--;
    }
    while (n > 0 && path[n - 1] != '/') {
        n--;
    }
    (void)snprintf(out, PATH_MAX, "%.*s", (int)n, path);
    return n > 0 ? out : ".";
}

/* The folder and not the file, which need not be there yet. */
static void add_witness(struct paths *p, const struct config *config)
{
    if (config->audit_witness != NULL) {
        add(p, folder_of(config->audit_witness, p->witness), MAY_READ | MAY_WRITE);
    }
}

static void add_config(struct paths *p, const struct config *config)
{
    add(p, config->data, MAY_READ | MAY_WRITE);
    add_witness(p, config);
    for (size_t i = 0; config->confine_read[i] != NULL; i++) {
        add(p, config->confine_read[i], MAY_READ);
    }
    if (config->database != NULL) {
        add_postgres(p);
    }
}

/* It reads everything that its children may need, writes only into the folder and starts only what is
 * installed. Its sockets listen already. */
err confine_supervisor(const struct config *config, const char *program_folder, struct confine_report *out,
                       struct fail *f)
{
    struct paths p = {0};
    add(&p, "/", MAY_READ);
    add(&p, "/dev/null", MAY_READ | MAY_WRITE);
    add(&p, "/usr", MAY_READ | MAY_RUN); /* the loader of programs is one too */
    add(&p, "/lib", MAY_READ | MAY_RUN);
    add(&p, "/lib64", MAY_READ | MAY_RUN);
    add(&p, program_folder, MAY_READ | MAY_RUN);
    add_config(&p, config);
    const struct confine_plan plan = {.paths = p.list,
                                      .paths_n = p.n,
                                      .calls = CALLS_FILES | CALLS_SERVE | CALLS_NET | CALLS_START,
                                      .connects = true};
    return confine_enter(&plan, config->confine, out, f);
}

/* The data folder, and the network only when that is where the database is. */
err confine_web(const struct config *config, struct confine_report *out, struct fail *f)
{
    const bool far = config->database != NULL;
    struct paths p = {0};
    add_system(&p);
    add_config(&p, config);
    const struct confine_plan plan = {.paths = p.list,
                                      .paths_n = p.n,
                                      .calls = CALLS_FILES | CALLS_SERVE | (far ? CALLS_NET : 0U),
                                      .connects = far};
    return confine_enter(&plan, config->confine, out, f);
}

err confine_command(const struct config *config, struct fail *f)
{
    struct confine_report report;
    return confine_web(config, &report, f);
}

err confine_restore(const struct config *config, struct fail *f)
{
    struct paths p = {0};
    char folder[PATH_MAX];
    add(&p, "/", MAY_READ);
    add(&p, "/dev/null", MAY_READ | MAY_WRITE);
    add_config(&p, config); /* the folder itself, should it be there already */
    add(&p, folder_of(config->data, folder), MAY_READ | MAY_WRITE);
    const struct confine_plan plan = {
        .paths = p.list, .paths_n = p.n, .calls = CALLS_FILES | CALLS_SERVE, .connects = false};
    struct confine_report report;
    return confine_enter(&plan, config->confine, &report, f);
}

void confinement_say(const struct config *config, const struct confine_report *report)
{
    if (config->confine == CONFINE_OFF) {
        CLI_SAY(MSG_CLI_CONFINE_OFF);
        return;
    }
    char abi[12];
    char names[NAMES_MAX];
    (void)snprintf(abi, sizeof abi, "%d", report->abi);
    confine_names(report->done, names, sizeof names);
    CLI_SAY(MSG_CLI_CONFINED, CLI_ARG("what", str_of(names)), CLI_ARG("abi", str_of(abi)));
    if (report->done != CONFINED_ALL) {
        confine_names(CONFINED_ALL & ~report->done, names, sizeof names);
        CLI_SAY(MSG_CLI_CONFINED_NOT, CLI_ARG("what", str_of(names)));
    }
}

void confinement_foretell(const struct config *config)
{
    char abi[12];
    (void)snprintf(abi, sizeof abi, "%d", confine_abi());
    CLI_SAY(MSG_CLI_CONFINE_KERNEL, CLI_ARG("abi", str_of(abi)),
            CLI_ARG("mode", str_of(confine_mode_name(config->confine))));
}

/* /proc/version is everybody's to read and /tmp everybody's to write: only confinement refuses them. Where
 * the database is far the network is needed, and nothing is proved by trying it. */
void confine_web_try(const struct config *config, const struct confine_report *report,
                     struct confine_tries *out)
{
    *out = (struct confine_tries){.report = *report,
                                  .read = try_read("/proc/version"),
                                  .write = try_write("/tmp"),
                                  .connect = config->database != NULL ? TRIED_ABSENT : try_connect(),
                                  .run = try_run()};
    const bool proved = out->read != TRIED_DONE && out->write != TRIED_DONE && out->connect != TRIED_DONE &&
                        out->run != TRIED_DONE;
    if (config->confine != CONFINE_OFF && !proved) {
        WARN("confine.web_is_not", log_i64("read", out->read), log_i64("write", out->write),
             log_i64("connect", out->connect), log_i64("run", out->run));
    }
}
