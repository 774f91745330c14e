/* load.c: `sunwai load`: the population in write jobs of some hundred cases. */
#include "cli.h"
#include "clock.h"
#include "lang.h"
#include "load_inside.h"

enum { AT_ONCE = 1000, WORLD_ARENA = 64 * 1024 * 1024, JOB_ARENA = 16 * 1024 * 1024, TELL_MS = 2000 };

struct load_job {
    struct write_job base; /* first */
    const struct load_world *world;
    const struct load_order *order;
    int64_t first, behind; /* which cases */
};

/* When the k-th case comes: by and by more in a day, from nine to three. In thousandths of a day at first. */
static int64_t filed_at(const struct load_world *w, const struct load_order *o, int64_t k, struct dice *d)
{
    enum { FINE = 1000 };
    const int64_t whole = o->cases * FINE;
    const int64_t v = k * FINE + dice_below(d, FINE);
    /* days * (1.4 v - 0.4 v²), v from 0 to 1 */
    const double share = (double)v / (double)whole;
    const double days = (double)o->days * (1.4 * share - 0.4 * share * share);
    const int64_t day = (int64_t)days;
    const double of_day = days - (double)day;
    return w->from_ms + day * MS_PER_DAY + 9 * (int64_t)3600000 + (int64_t)(of_day * 6 * 3600000);
}

/* One case from its filing to the end. Its chances are its own: a job may run again. */
static err one_case(struct ctx *c, const struct load_job *job, int64_t k, struct load_recent *recent)
{
    struct life l = {.c = c, .w = job->world, .dice = dice_of(job->order->seed, (uint64_t)k)};
    l.now_ms = filed_at(job->world, job->order, k, &l.dice);
    TRY(load_file(&l, recent));
    return load_live(&l);
}

static err load_job_run(struct ctx *c, struct write_job *base)
{
    const struct load_job *job = (const struct load_job *)base;
    struct load_recent recent = {.n = 0};
    const struct arena_mark mark = arena_mark(c->arena);
    for (int64_t k = job->first; k < job->behind; k++) {
        TRY(one_case(c, job, k, &recent));
        if (arena_full(c->arena)) {
            return FAIL(LIMIT);
        }
        arena_reset(c->arena, mark); /* `recent` holds nothing that lived there */
    }
    return OK;
}

static err jobs_write(struct store *s, const struct load_world *w, const struct load_order *o, struct fail *f)
{
    struct arena *a = arena_open(JOB_ARENA);
    const int64_t began = clock_mono_ms();
    err e = OK;
    for (int64_t k = 0; k < o->cases && e.code == ERR_OK; k += AT_ONCE) {
        struct load_job job = {.base = {.run = load_job_run, .arena = a, .actor = {.role = ROLE_SYSTEM}},
                               .world = w,
                               .order = o,
                               .first = k,
                               .behind = k + AT_ONCE < o->cases ? k + AT_ONCE : o->cases};
        e = store_write(s, &job.base);
        *f = job.base.fail;
        if (e.code == ERR_OK && o->progress != NULL) {
            o->progress(job.behind, o->cases, clock_mono_ms() - began);
        }
    }
    arena_free(a);
    return e;
}

err load_run(struct store *s, const struct load_order *order, struct fail *f)
{
    struct arena *a = arena_open(WORLD_ARENA);
    struct ctx c = {.arena = a,
                    .db = store_reader(s),
                    .store = s,
                    .fail = f,
                    .actor = {.role = ROLE_SYSTEM},
                    .now_ms = clock_now_ms(),
                    .lang = LANG_EN,
                    .writer = -1};
    struct load_world w;
    err e = c.db == NULL ? FAIL(IO) : load_world_read(&c, order, &w);
    if (e.code == ERR_OK) {
        e = jobs_write(s, &w, order, f);
    }
    arena_free(a);
    return e;
}

/* ---- the command ---- */

bool load_number(const struct call *call, enum flag flag, int64_t most, int64_t *io)
{
    const str given = call->flags->value[flag];
    if (given.p == NULL || (str_i64(given, io) && *io >= 0 && *io <= most)) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_CONFIG_NUMBER, CLI_ARG("what", str_of(flag_name(flag))), CLI_ARG("value", given),
                 CLI_ARG("min", S("0")), CLI_ARG("max", arena_printf(call->arena, "%lld", (long long)most)));
    return false;
}

bool load_complete(const struct call *call)
{
    static const enum flag needed[] = {FLAG_CASES, FLAG_SEED};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (call->flags->value[needed[i]].p == NULL) {
            CLI_COMPLAIN(MSG_CLI_FLAG_MISSING, CLI_ARG("flag", str_of(flag_name(needed[i]))));
            return false;
        }
    }
    return true;
}

static void tell(int64_t done, int64_t all, int64_t ms)
{
    static int64_t told_ms;
    char text[3][24];
    if (done < all && ms - told_ms < TELL_MS) {
        return;
    }
    told_ms = ms;
    const long long numbers[] = {(long long)done, (long long)all,
                                 (long long)(done * 1000 / (ms > 0 ? ms : 1))};
    for (int i = 0; i < 3; i++) {
        (void)snprintf(text[i], sizeof text[i], "%lld", numbers[i]);
    }
    CLI_SAY(MSG_CLI_LOAD_PROGRESS, CLI_ARG("done", str_of(text[0])), CLI_ARG("all", str_of(text[1])),
            CLI_ARG("rate", str_of(text[2])));
    (void)fflush(stdout);
}

int load_command(const struct call *call)
{
    const struct store_config config = config_store(call->config);
    struct fail f = {0};
    struct store *s = NULL;
    int64_t seed = 0;
    struct load_order order = {.days = LOAD_DAYS, .progress = tell};
    if (!load_number(call, FLAG_CASES, LOAD_CASES_MAX, &order.cases) ||
        !load_number(call, FLAG_SEED, INT64_MAX, &seed) ||
        !load_number(call, FLAG_DAYS, LOAD_DAYS_MAX, &order.days)) {
        return EXIT_USAGE;
    }
    order.seed = (uint64_t)seed;
    err e = store_open(&config, &s, &f);
    if (e.code == ERR_BUSY) {
        CLI_COMPLAIN(MSG_CLI_LOAD_BUSY, CLI_ARG("dir", str_of(config.dir)), CLI_ARG("why", str_of(f.log)));
        return EXIT_FAILED;
    }
    if (e.code == ERR_OK) {
        e = load_run(s, &order, &f);
        store_close(s);
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
    }
    return e.code == ERR_OK ? EXIT_FINE : EXIT_FAILED;
}
