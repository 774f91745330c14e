/* report_api.c: GET /api/v1/figures: approved figures, or the provisional ones when they are asked for. */
#include "format.h"
#include "handed.h"
#include "json.h"
#include "plan_aims.h"
#include "report_pages.h"
#include "snapshot.h"

/* Beside the inputs that all reports have. */
enum { R_INDICATOR = R_NAME, R_STANDING = R_VERSION };
enum { OUT_MAX = 4 << 20, PERIOD_CHARS = 24, CODE_MAX = 40, PERCENT = 100 };

static const char *const standings[] = {"approved", "provisional", NULL};
static const char *const measures[] = {
    [MEASURE_COUNT] = "count", [MEASURE_RATIO] = "ratio", [MEASURE_MEDIAN] = "median"};

/* What stands beside all figures of one answer: what was aimed at, and what was handed down. */
struct beside {
    struct id_set homes;
    struct period period;
    struct plan_aims aims;
    struct handed handed;
};

/* One figure of what is asked for; `some`: there is one. */
struct figure_asked {
    const struct indicator *of;
    bool provisional, some;
    struct snapshot_sum sum; /* provisional: its figure alone */
};

static err figure_read(struct web *w, const struct report_query *q, const struct id_set *homes,
                       struct figure_asked *io)
{
    if (io->provisional) {
        return figure_now(&w->ctx, io->of, homes, q->period, &io->sum.figure, &io->some);
    }
    TRY(snapshot_read(&w->ctx, io->of, homes->ids, homes->n, q->period, &io->sum));
    io->some = io->sum.found > 0;
    return OK;
}

/* So few transgender people could be known by their cell: they stand with "not stated", as in documents. */
static void rare_hidden(struct figure *f)
{
    for (size_t i = 0; i < f->cells_n; i++) {
        const struct figure_cell *c = &f->cells[i];
        if (str_eq(c->sex, S("transgender")) && c->num < FIGURE_FEW && c->den < FIGURE_FEW) {
            f->cells[i].sex = S("not_stated");
        }
    }
}

static void cells_put(struct json *j, const struct figure *f)
{
    json_key(j, S("cells"));
    json_array_begin(j);
    for (size_t i = 0; i < f->cells_n; i++) {
        const struct figure_cell *c = &f->cells[i];
        json_object_begin(j);
        json_member(j, S("role"), c->role.n > 0 ? c->role : STR_NONE);
        json_member(j, S("sex"), c->sex.n > 0 ? c->sex : STR_NONE);
        json_member(j, S("part"), c->part.n > 0 ? c->part : STR_NONE);
        json_member_i64(j, S("num"), c->num);
        json_member_i64(j, S("den"), c->den);
        json_end(j);
    }
    json_end(j);
}

static void number_put(struct json *j, str key, bool some, int64_t n)
{
    json_key(j, key);
    if (some) {
        json_i64(j, n);
    } else {
        json_nothing(j);
    }
}

static void value_put(struct json *j, const struct figure_asked *a)
{
    const struct figure_pick any = {.from_month = 0};
    int64_t num, den;
    figure_sum(a->of, &a->sum.figure, &any, &num, &den);
    const bool of = a->some && a->of->measure != MEASURE_COUNT;
    const bool share = a->some && a->of->measure == MEASURE_RATIO && den >= FIGURE_FEW;
    number_put(j, S("value"), a->some, num);
    number_put(j, S("of"), of, den);
    number_put(j, S("percent"), share, share ? (num * PERCENT + den / 2) / den : 0);
}

static void approved_put(struct web *w, struct json *j, const struct snapshot_sum *s)
{
    char hex[DIGEST_HEX + 1];
    digest_hex(s->hash, hex);
    json_member_i64(j, S("approved_quarters"), s->found);
    json_member_i64(j, S("expected_quarters"), s->expected);
    json_member(j, S("approved_last"), s->found > 0 ? format_iso(w->arena, s->last_ms) : STR_NONE);
    json_member(j, S("sha256"), s->found > 0 ? str_of(hex) : STR_NONE);
}

static void beside_put(struct web *w, struct json *j, const struct indicator *i, const struct beside *b)
{
    const struct opt_i64 aim = plan_aimed(&b->aims, i->code, b->homes.ids, b->homes.n, b->period);
    const bool handed = handed_down(&b->handed, i, b->homes.ids, b->homes.n, b->period);
    number_put(j, S("target"), aim.given, aim.v);
    json_member(j, S("note"), handed ? msg_text(w->lang, MSG_DOCUMENT_HANDED_DOWN) : STR_NONE);
}

static err figure_put(struct web *w, struct json *j, const struct figure_asked *a, const struct beside *b,
                      bool cells)
{
    struct figure together;
    struct figure told;
    json_object_begin(j);
    json_member(j, S("indicator"), a->of->code);
    json_member(j, S("title"), msg_text(w->lang, a->of->title));
    json_member(j, S("measure"), str_of(measures[a->of->measure]));
    json_member(j, S("counts"), a->of->counts);
    value_put(j, a);
    beside_put(w, j, a->of, b);
    if (!a->provisional) {
        approved_put(w, j, &a->sum);
    }
    if (cells) {
        TRY(figure_together(&w->ctx, &a->sum.figure, &together));
        rare_hidden(&together);
        TRY(figure_together(&w->ctx, &together, &told));
        cells_put(j, &told);
    }
    json_end(j);
    return OK;
}

static void head_put(struct web *w, struct json *j, const struct report_query *q, bool provisional)
{
    json_member(j, S("period"), period_code(w->arena, q->period));
    json_member(j, S("from"), format_day_iso(w->arena, q->period.from_day));
    json_member(j, S("to"), format_day_iso(w->arena, q->period.to_day));
    json_member(j, S("unit"), q->unit.n > 0 ? q->unit : STR_NONE);
    json_member_flag(j, S("provisional"), provisional);
    json_member(j, S("made"), format_iso(w->arena, w->ctx.now_ms));
}

/* All of them, or the one that is asked for with its cells. */
static err figures_put(struct web *w, struct json *j, const struct report_query *q,
                       const struct figure_asked *one)
{
    struct beside b = {.period = q->period};
    size_t n;
    const struct indicator *all = indicator_all(&n);
    TRY(report_homes_in(&w->ctx, q->unit, q->period, &b.homes));
    TRY(plan_aims(&w->ctx, b.homes.ids, b.homes.n, &b.aims));
    TRY(handed_read(&w->ctx, b.homes.ids, b.homes.n, &b.handed));
    json_key(j, S("figures"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        struct figure_asked a = {.of = &all[i], .provisional = one->provisional};
        if (one->of != NULL && one->of != a.of) {
            continue;
        }
        const struct arena_mark mark = arena_mark(w->arena);
        TRY(figure_read(w, q, &b.homes, &a));
        TRY(figure_put(w, j, &a, &b, one->of != NULL));
        arena_reset(w->arena, mark);
    }
    json_end(j);
    return OK;
}

static err show_figures(struct web *w)
{
    struct report_query q;
    struct figure_asked one = {.provisional = w->in[R_STANDING].given && w->in[R_STANDING].n == 1};
    report_query_of(w, &q);
    if (w->faults > 0 || (!one.provisional && !period_whole_months(q.period))) {
        return web_problem(w, 422, MSG_REPORT_PERIOD_WRONG);
    }
    if (w->in[R_INDICATOR].given) {
        one.of = indicator_find(w->in[R_INDICATOR].text);
        if (one.of == NULL) {
            return FAIL(NOT_FOUND);
        }
    }
    SCOPED(buf_free) struct buf out = buf_new(OUT_MAX);
    struct json j = json_to(&out);
    json_object_begin(&j);
    head_put(w, &j, &q, one.provisional);
    TRY(figures_put(w, &j, &q, &one));
    json_end(&j);
    return web_json(w, 200, &out);
}

static const struct input inputs[R_N] = {
    [R_INDICATOR] = {"indicator", IN_CODE, MSG_REPORT_COL_CODE, CODE_MAX},
    [R_PERIOD] = {"period", IN_LINE, MSG_REPORT_PERIOD, PERIOD_CHARS},
    [R_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX},
    [R_STANDING] = {"standing", IN_CHOICE, MSG_REPORT_STANDING, .choices = standings},
};
static const char *const members[] = {"period:string",
                                      "from:string",
                                      "to:string",
                                      "unit:string?",
                                      "provisional:boolean",
                                      "made:string",
                                      "figures:array",
                                      "figures.indicator:string",
                                      "figures.title:string",
                                      "figures.measure:string",
                                      "figures.counts:string",
                                      "figures.value:integer?",
                                      "figures.of:integer?",
                                      "figures.percent:integer?",
                                      "figures.target:integer?",
                                      "figures.note:string?",
                                      NULL};

const struct route report_api_routes[REPORT_API_ROUTES] = {
    {HTTP_GET, "/api/v1/figures", P_FIGURES_READ, ROUTE_API | ROUTE_SLOW, INPUTS(inputs),
     .show = show_figures, .returns = members, .doc = MSG_DOC_FIGURES_API},
};
