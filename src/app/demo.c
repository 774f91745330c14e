/* demo.c: init, seed, and the logins on paper. */
#include "demo.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli.h"
#include "demo_desk.h"
#include "demo_events.h"
#include "demo_figures.h"
#include "fixture.h"
#include "load.h"
#include "seed_rows.h"
#include "visit_demo.h"

enum { DEMO_ARENA = 16 * 1024 * 1024, LOGINS_MAX = 64 * 1024 };
/* The same cases each time: what is shown to one is found again by the next. */
enum { DEMO_CASES = 400, DEMO_SEED = 1, DEMO_DAYS = 120 };

struct demo_job {
    struct write_job base; /* first */
    const struct seed_user *users;
    size_t users_n;
};

static err demo_run(struct ctx *c, struct write_job *base)
{
    const struct demo_job *job = (const struct demo_job *)base;
    return seed_write(c, job->users, job->users_n);
}

/* A folder that is not there counts as empty. */
static bool folder_empty(const char *dir)
{
    DIR *d = opendir(dir);
    if (d == NULL) {
        return errno == ENOENT;
    }
    bool empty = true;
    const struct dirent *entry;
    while (empty && (entry = readdir(d)) != NULL) {
        const str name = str_of(entry->d_name);
        empty = str_eq(name, S(".")) || str_eq(name, S(".."));
    }
    (void)closedir(d);
    return empty;
}

/* What is worth a look with a role: the first words that a newcomer reads. */
static enum msg look_of(const struct seed_user *u)
{
    static const struct {
        str role;
        enum msg look;
    } looks[] = {
        {S_INIT("desk"), MSG_CLI_DEMO_LOOK_DESK},       {S_INIT("member"), MSG_CLI_DEMO_LOOK_MEMBER},
        {S_INIT("officer"), MSG_CLI_DEMO_LOOK_OFFICER}, {S_INIT("supervisor"), MSG_CLI_DEMO_LOOK_SUPERVISOR},
        {S_INIT("adc"), MSG_CLI_DEMO_LOOK_ADC},         {S_INIT("monitor"), MSG_CLI_DEMO_LOOK_MONITOR},
        {S_INIT("manager"), MSG_CLI_DEMO_LOOK_MANAGER}, {S_INIT("admin"), MSG_CLI_DEMO_LOOK_ADMIN},
    };
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        if (str_eq(u->role, looks[i].role)) {
            return looks[i].look;
        }
    }
    return MSG_NONE;
}

static void logins_text(const struct seed_user *users, size_t n, enum msg head, int64_t cases,
                        struct buf *out)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)cases);
    const struct msg_arg args[] = {{"cases", str_of(number)}};
    msg_put(out, LANG_EN, head, 1, args, 1);
    buf_putc(out, '\n');
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, "  %-22.*s %-16.*s %-58.*s ", STR_F(users[i].login), STR_F(users[i].password),
                   STR_F(users[i].name));
        msg_put(out, LANG_EN, look_of(&users[i]), 1, NULL, 0);
        buf_putc(out, '\n');
    }
}

static err file_keep(struct arena *a, const char *dir, const char *name, str text, struct fail *f)
{
    const str path = arena_printf(a, "%s/%s", dir, name);
    if (path.p == NULL) {
        return FAIL(LIMIT);
    }
    const int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool kept = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    return kept ? OK : fail_log(f, ERR_IO, "%s: %s", path.p, errno_text(why));
}

static err cases_load(struct store *s, int64_t cases, struct fail *f)
{
    const struct load_order order = {.seed = DEMO_SEED, .cases = cases, .days = DEMO_DAYS};
    return load_run(s, &order, f);
}

static err demo_fill(struct store *s, struct demo_job *job, int64_t cases, struct fail *f)
{
    const err e = store_write(s, &job->base);
    *f = job->base.fail;
    TRY(e);
    if (cases == 0) {
        return OK;
    }
    TRY(cases_load(s, cases, f));
    TRY(demo_desk(s, job->base.arena, f));
    TRY(visits_demo(s, f));
    TRY(demo_events(s, job->base.arena, f));
    return demo_figures(s, job->base.arena, f);
}

static err demo_seed(struct arena *a, const struct store_config *config, const struct demo_order *o,
                     struct buf *logins, struct fail *f)
{
    const bool fixture = o->fixture.p != NULL;
    const int64_t cases = o->cases < 0 ? DEMO_CASES : o->cases;
    struct ctx c = {.arena = a, .fail = f, .writer = -1};
    struct demo_job job = {.base = {.run = demo_run, .arena = a, .actor = {.role = ROLE_SYSTEM}}};
    struct seed_user *users;
    TRY(seed_users(&c, fixture ? fixture_users() : S("users.csv"), &users, &job.users_n));
    job.users = users;
    struct store *s = NULL;
    TRY(store_open(config, &s, f));
    const err e = fixture ? fixture_fill(s, users, job.users_n, f) : demo_fill(s, &job, cases, f);
    store_close(s);
    TRY(e);
    logins_text(users, job.users_n, fixture ? MSG_CLI_FIXTURE_LOGINS : MSG_CLI_DEMO_LOGINS,
                fixture ? FIXTURE_CASES : cases, logins);
    /* A number that is nobody's, so that every page is seen as an office with a telephone has it. */
    TRY(file_keep(a, config->dir, "sunwai.ini", S("helpline = 000 0000000\n"), f));
    return file_keep(a, config->dir, "demo-logins", buf_str(logins), f);
}

int demo_make(const struct config *config, const struct demo_order *o)
{
    const struct store_config store = config_store(config);
    if (!folder_empty(config->data)) {
        CLI_COMPLAIN(MSG_CLI_DEMO_NOT_EMPTY, CLI_ARG("dir", str_of(config->data)));
        return EXIT_FAILED;
    }
    struct fail f = {0};
    struct arena *a = arena_open(DEMO_ARENA);
    SCOPED(buf_free) struct buf logins = buf_new(LOGINS_MAX);
    const bool was_exposed = store_exposed(store.dir);
    err e = store_init(&store, &f);
    if (e.code == ERR_OK && was_exposed) {
        CLI_COMPLAIN(MSG_CLI_FOLDER_CLOSED, CLI_ARG("dir", str_of(store.dir)));
    }
    if (e.code == ERR_OK) {
        e = demo_seed(a, &store, o, &logins, &f);
    }
    if (e.code == ERR_OK) {
        cli_raw(buf_str(&logins));
    } else {
        cli_complain_fail(e, &f);
    }
    arena_free(a);
    return e.code == ERR_OK ? EXIT_FINE : EXIT_FAILED;
}
