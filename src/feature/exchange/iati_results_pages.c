/* iati_results_pages.c: results, indicators, targets, and what was reached. */
#include "iati.h"

#include "lang.h"
#include "place.h"
#include "plan.h"

enum { RESULT_OTHER = 9, VALUE_MAX = 40, COMMENT_MAX = 600, OWN_VOCABULARY = 99 };

/* IATI IndicatorMeasure and ResultType by their words of ours; 0: there is none. */
static int64_t measure_no(str code)
{
    static const str codes[] = {S_INIT("unit"), S_INIT("percentage"), S_INIT("nominal"), S_INIT("ordinal"),
                                S_INIT("qualitative")};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (str_eq(codes[i], code)) {
            return (int64_t)i + 1;
        }
    }
    return 1;
}
enum { MEASURE_NO_UNIT = 1, MEASURE_NO_PERCENTAGE = 2, MEASURE_NO_QUALITATIVE = 5 };

static int64_t result_type(str code)
{
    return str_eq(code, S("output")) ? 1 : str_eq(code, S("outcome")) ? 2 : 3;
}

/* ---- values ---- */

/* A share in per cent with one decimal, rounded half up; thousandths in. */
static void percent_attr(struct xml *x, int64_t thousandths)
{
    char text[VALUE_MAX];
    if (thousandths % 10 == 0) {
        (void)snprintf(text, sizeof text, "%lld", (long long)(thousandths / 10));
    } else {
        (void)snprintf(text, sizeof text, "%lld.%d", (long long)(thousandths / 10), (int)(thousandths % 10));
    }
    xml_attr(x, S("value"), str_of(text));
}

static void value_attr(struct xml *x, bool percent, int64_t num, int64_t den)
{
    if (percent && den > 0) {
        percent_attr(x, (num * 1000 + den / 2) / den);
    } else {
        xml_attr_i64(x, S("value"), num);
    }
}

static void dimension_put(struct xml *x, str name, str value)
{
    if (value.n > 0) {
        xml_begin(x, S("dimension"));
        xml_attr(x, S("name"), name);
        xml_attr(x, S("value"), value);
        xml_end(x);
    }
}

/* ---- what was reached ---- */

/* One actual: of a place (NULL: all of them), of a cell (NULL: all). */
struct actual {
    const struct indicator *of;
    const struct figure *figure;
    const struct exchange_place *place;
    const struct exchange_cell *cell;
    struct period p;
    const struct snapshot_sum *approved; /* of the whole: what stands behind it; NULL: not said */
};

/* "175 of 250"; and of the whole how many sheets stand behind it, with the hash that papers print too. */
static void comment_put(struct iati *t, const struct actual *a, int64_t num, int64_t den)
{
    struct arena *m = t->c->arena;
    SCOPED(buf_free) struct buf b = buf_new(COMMENT_MAX);
    if (a->of->measure == MEASURE_RATIO) {
        const struct msg_arg of[] = {{"num", arena_printf(m, "%lld", (long long)num)},
                                     {"den", arena_printf(m, "%lld", (long long)den)}};
        msg_put(&b, LANG_EN, MSG_EXCHANGE_RATIO, 0, of, 2);
    }
    if (a->approved != NULL) {
        char hex[DIGEST_HEX + 1];
        digest_hex(a->approved->hash, hex);
        const struct msg_arg of[] = {{"found", arena_printf(m, "%lld", (long long)a->approved->found)},
                                     {"expected", arena_printf(m, "%lld", (long long)a->approved->expected)},
                                     {"hash", str_of(hex)}};
        if (b.n > 0) {
            buf_put(&b, S(". "));
        }
        msg_put(&b, LANG_EN, MSG_EXCHANGE_APPROVED, 0, of, 3);
    }
    if (a->approved != NULL && handed_down(&t->handed, a->of, t->reach.homes, t->reach.homes_n, a->p)) {
        buf_put(&b, S(". "));
        buf_put(&b, msg_text(LANG_EN, MSG_DOCUMENT_HANDED_DOWN));
    }
    if (b.n > 0) {
        iati_narrative(&t->x, S("comment"), buf_str(&b));
    }
}

static void actual_put(struct iati *t, const struct actual *a)
{
    struct figure_pick pick = {.from_month = a->p.from_day / 100, .to_month = a->p.to_day / 100};
    int64_t num, den;
    if (a->cell != NULL) {
        pick.role = a->cell->role;
        pick.sex = a->cell->sex;
        pick.part = a->cell->part;
    }
    figure_sum(a->of, a->figure, &pick, &num, &den);
    if ((a->of->measure != MEASURE_COUNT && den == 0) || (a->approved == NULL && num == 0 && den == 0)) {
        return; /* nothing to divide, or nothing there */
    }
    xml_begin(&t->x, S("actual"));
    value_attr(&t->x, a->of->measure == MEASURE_RATIO, num, den);
    if (a->place != NULL) {
        xml_mark(&t->x, S("location"), S("ref"), a->place->code);
    }
    if (a->cell != NULL) {
        dimension_put(&t->x, S("role"), a->cell->role);
        dimension_put(&t->x, S("sex"), a->cell->sex);
        dimension_put(&t->x, S("part"), a->cell->part);
    }
    comment_put(t, a, num, den);
    xml_end(&t->x);
}

/* An indicator made ready: its figures, and which breakdowns may be given. */
enum { LEVELS = 3 };
struct ready {
    struct exchange_figures f;
    struct figure whole;
    struct exchange_cell *cells[EXCHANGE_SPLITS];
    size_t cells_n[EXCHANGE_SPLITS];
    bool sums[LEVELS], split[LEVELS][EXCHANGE_SPLITS];
};

static err ready_make(struct iati *t, const struct exchange_reach *reach, const struct indicator *i,
                      const struct exchange_periods *periods, struct ready *out)
{
    static const struct exchange_cell any = {S_INIT(""), S_INIT(""), S_INIT("")};
    struct arena *a = t->c->arena;
    struct ready r = {.sums = {[EXCHANGE_WHOLE] = true}};
    TRY(exchange_figures(t->c, reach, i, &r.f));
    TRY(exchange_together(a, &r.f, 0, reach->homes_n, &r.whole));
    for (enum exchange_level l = EXCHANGE_WHOLE; l <= EXCHANGE_DISTRICTS; l++) {
        TRY(exchange_open(a, &r.f, l, &any, 1, periods, &r.sums[l]));
    }
    for (enum exchange_split by = EXCHANGE_PEOPLE; by < EXCHANGE_SPLITS; by++) {
        if (i->measure == MEASURE_MEDIAN && by == EXCHANGE_PARTS) {
            continue; /* the parts of a median are its values */
        }
        TRY(exchange_cells(a, &r.whole, by, &r.cells[by], &r.cells_n[by]));
        for (enum exchange_level l = EXCHANGE_WHOLE; l <= EXCHANGE_DISTRICTS; l++) {
            bool open;
            TRY(exchange_open(a, &r.f, l, r.cells[by], r.cells_n[by], periods, &open));
            r.split[l][by] = open && r.sums[l];
        }
    }
    /* The whole of several districts points to nobody; that of one is a district's figure as any other. */
    r.sums[EXCHANGE_WHOLE] = r.sums[EXCHANGE_WHOLE] || reach->homes_n > 1;
    *out = r;
    return OK;
}

static void cells_put(struct iati *t, const struct ready *r, enum exchange_level level, struct actual a)
{
    a.approved = NULL;
    for (enum exchange_split by = EXCHANGE_PEOPLE; by < EXCHANGE_SPLITS; by++) {
        for (size_t k = 0; r->split[level][by] && k < r->cells_n[by]; k++) {
            a.cell = &r->cells[by][k];
            actual_put(t, &a);
        }
    }
}

/* All actuals of a period: together, by cell, by place, by place and cell. */
static err actuals_put(struct iati *t, const struct exchange_reach *reach, const struct ready *r,
                       struct period p, bool places)
{
    struct snapshot_sum approved;
    TRY(snapshot_read(t->c, r->f.of, reach->homes, reach->homes_n, p, &approved));
    if (approved.found == 0) {
        return OK;
    }
    const struct actual all = {.of = r->f.of, .figure = &r->whole, .p = p, .approved = &approved};
    if (r->sums[EXCHANGE_WHOLE]) {
        actual_put(t, &all);
        cells_put(t, r, EXCHANGE_WHOLE, all);
    }
    for (size_t k = 0; places && k < reach->places_n; k++) {
        const struct exchange_place *place = &reach->places[k];
        const enum exchange_level l = place->province ? EXCHANGE_PROVINCES : EXCHANGE_DISTRICTS;
        struct figure together;
        struct actual a = {.of = r->f.of, .figure = &together, .place = place, .p = p};
        if (r->sums[l]) {
            TRY(exchange_together(t->c->arena, &r->f, place->from, place->n, &together));
            actual_put(t, &a);
            cells_put(t, r, l, a);
        }
    }
    return OK;
}

static void period_begin(struct iati *t, struct period p)
{
    xml_begin(&t->x, S("period"));
    xml_begin(&t->x, S("period-start"));
    xml_attr_day(&t->x, S("iso-date"), p.from_day);
    xml_end(&t->x);
    xml_begin(&t->x, S("period-end"));
    xml_attr_day(&t->x, S("iso-date"), p.to_day);
    xml_end(&t->x);
}

static void own_reference_put(struct iati *t, str code)
{
    xml_begin(&t->x, S("reference"));
    xml_attr_i64(&t->x, S("vocabulary"), OWN_VOCABULARY);
    xml_attr(&t->x, S("code"), code);
    xml_end(&t->x);
}

/* ---- all approved figures ---- */

static void indicator_begin(struct iati *t, int64_t measure, bool ascending, bool adds_up)
{
    xml_begin(&t->x, S("indicator"));
    xml_attr_i64(&t->x, S("measure"), measure);
    xml_attr_i64(&t->x, S("ascending"), ascending);
    xml_attr_i64(&t->x, S("aggregation-status"), adds_up);
}

static err figure_put(struct iati *t, const struct indicator *i)
{
    struct ready r;
    const int64_t measure = i->measure == MEASURE_RATIO ? MEASURE_NO_PERCENTAGE : MEASURE_NO_UNIT;
    TRY(ready_make(t, &t->reach, i, &t->periods, &r));
    if (r.whole.cells_n == 0) {
        return OK; /* nothing of it was ever approved */
    }
    indicator_begin(t, measure, !i->less_is_better, i->measure == MEASURE_COUNT);
    iati_words(&t->x, S("title"), i->title);
    iati_words(&t->x, S("description"), i->how);
    own_reference_put(t, i->code);
    for (size_t k = 0; k < t->periods.n; k++) {
        period_begin(t, t->periods.v[k]);
        TRY(actuals_put(t, &t->reach, &r, t->periods.v[k], true));
        xml_end(&t->x);
    }
    xml_end(&t->x);
    return OK;
}

static err some_figure(struct iati *t, bool *out)
{
    size_t n;
    const struct indicator *all = indicator_all(&n);
    *out = false;
    for (size_t i = 0; i < n && !*out && t->reach.homes_n > 0; i++) {
        struct snapshot_sum sum;
        TRY(snapshot_read(t->c, &all[i], t->reach.homes, t->reach.homes_n, period_all(), &sum));
        *out = sum.figure.cells_n > 0;
    }
    return OK;
}

err iati_figures_put(struct iati *t)
{
    size_t n;
    bool some;
    const struct indicator *all = indicator_all(&n);
    TRY(some_figure(t, &some));
    if (!some) {
        return OK; /* a result without an indicator is none */
    }
    xml_begin(&t->x, S("result"));
    xml_attr_i64(&t->x, S("type"), RESULT_OTHER);
    xml_attr_i64(&t->x, S("aggregation-status"), 0);
    iati_words(&t->x, S("title"), MSG_EXCHANGE_FIGURES);
    iati_words(&t->x, S("description"), MSG_EXCHANGE_FIGURES_HOW);
    for (size_t i = 0; i < n; i++) {
        TRY(figure_put(t, &all[i]));
    }
    xml_end(&t->x);
    return OK;
}

/* ---- a plan: what was to be reached ---- */

struct told_plan {
    const struct q_exchange_plans *plan;
    struct exchange_reach reach; /* of the plan's unit */
    const struct q_exchange_indicators *of;
    struct q_exchange_targets *targets;
    size_t targets_n;
    struct exchange_periods periods;
};

static void target_put(struct iati *t, const struct told_plan *p, const struct q_exchange_targets *g)
{
    const int64_t measure = measure_no(p->of->measure_code);
    xml_begin(&t->x, S("target"));
    if (measure != MEASURE_NO_QUALITATIVE) {
        value_attr(&t->x, measure == MEASURE_NO_PERCENTAGE, g->num_n, g->den_n);
    }
    if (g->unit_id != p->plan->home) {
        xml_mark(&t->x, S("location"), S("ref"), g->unit_code);
    }
    dimension_put(&t->x, S("role"), g->role_code);
    dimension_put(&t->x, S("sex"), g->sex_code);
    xml_end(&t->x);
}

/* Whether another target of the same time is of a place around this one's, or of the whole plan. */
static err is_part(struct iati *t, const struct told_plan *p, const struct q_exchange_targets *g, bool *out)
{
    *out = g->role_code.n > 0 || g->sex_code.n > 0;
    for (size_t i = 0; i < p->targets_n && !*out; i++) {
        const struct q_exchange_targets *o = &p->targets[i];
        const bool same_time = o->from_day == g->from_day && o->to_day == g->to_day;
        if (same_time && o->unit_id != g->unit_id && o->role_code.n == 0 && o->sex_code.n == 0) {
            TRY(place_lies_in(t->c, g->unit_id, o->unit_id, out));
        }
    }
    return OK;
}

/* Targets of several places in one number, where the plan gives none of the whole and they add up. */
static err targets_together(struct iati *t, const struct told_plan *p, struct period of)
{
    int64_t sum = 0;
    size_t n = 0;
    bool whole = !str_eq(p->of->aggregate_code, S("sum"));
    for (size_t g = 0; g < p->targets_n && !whole; g++) {
        const struct q_exchange_targets *one = &p->targets[g];
        bool part;
        if (!period_same((struct period){one->from_day, one->to_day}, of)) {
            continue;
        }
        TRY(is_part(t, p, one, &part));
        whole = !part && one->unit_id == p->plan->home;
        sum += part ? 0 : one->num_n;
        n += part ? 0 : 1;
    }
    if (!whole && n > 1) {
        xml_begin(&t->x, S("target"));
        xml_attr_i64(&t->x, S("value"), sum);
        xml_end(&t->x);
    }
    return OK;
}

/* The plan's own span, and each that a target is of. */
static void periods_collect(struct told_plan *io)
{
    struct exchange_periods *p = &io->periods;
    *p = (struct exchange_periods){.v = {{io->plan->from_day, io->plan->to_day}}, .n = 1};
    for (size_t i = 0; i < io->targets_n; i++) {
        const struct period one = {io->targets[i].from_day, io->targets[i].to_day};
        bool there = false;
        for (size_t k = 0; k < p->n; k++) {
            there = there || period_same(p->v[k], one);
        }
        if (!there && p->n < EXCHANGE_PERIODS_MAX) {
            p->v[p->n++] = one;
        }
    }
}

static void baseline_put(struct iati *t, const struct q_exchange_indicators *i)
{
    const int64_t measure = measure_no(i->measure_code);
    if (!i->baseline_n.given || !i->baseline_day.given) {
        return;
    }
    xml_begin(&t->x, S("baseline"));
    xml_attr_i64(&t->x, S("year"), i->baseline_day.v / 10000);
    xml_attr_day(&t->x, S("iso-date"), i->baseline_day.v);
    if (measure == MEASURE_NO_PERCENTAGE) {
        percent_attr(&t->x, i->baseline_n.v);
    } else if (measure != MEASURE_NO_QUALITATIVE) {
        xml_attr_i64(&t->x, S("value"), i->baseline_n.v);
    }
    if (i->baseline_text.n > 0) {
        iati_narrative(&t->x, S("comment"), i->baseline_text);
    }
    xml_end(&t->x);
}

/* ---- what sheets report ---- */

static void reported_actual(struct iati *t, const struct told_plan *p, const struct q_plan_targets *of,
                            const struct plan_reported *said)
{
    const bool share = measure_no(p->of->measure_code) == MEASURE_NO_PERCENTAGE;
    xml_begin(&t->x, S("actual"));
    value_attr(&t->x, share, said->num, said->den);
    dimension_put(&t->x, S("role"), of->role_code);
    dimension_put(&t->x, S("sex"), of->sex_code);
    iati_narrative(&t->x, S("comment"), msg_text(LANG_EN, MSG_EXCHANGE_REPORTED));
    xml_end(&t->x);
}

static bool is_few(const struct told_plan *p, const struct plan_reported *said)
{
    const bool share = measure_no(p->of->measure_code) == MEASURE_NO_PERCENTAGE;
    const int64_t n = share ? said->den : said->num;
    return n > 0 && n < FIGURE_FEW;
}

/* All of the plan's districts together; then by role and sex, unless a part is of too few. */
static err reported_put(struct iati *t, const struct told_plan *p, struct period one)
{
    const struct q_plan_indicators i = {
        .home = p->plan->home, .id = p->of->id, .aggregate_code = p->of->aggregate_code};
    struct q_plan_targets of = {
        .from_day = one.from_day, .to_day = one.to_day, .role_code = S(""), .sex_code = S("")};
    struct plan_reported said;
    struct q_plan_reported_cells *cells;
    size_t n = 0;
    if (p->reach.homes_n == 0) {
        return OK;
    }
    TRY(plan_reported(t->c, &i, &of, p->reach.homes, p->reach.homes_n, &said));
    if (!said.some || (p->reach.homes_n == 1 && is_few(p, &said))) {
        return OK;
    }
    reported_actual(t, p, &of, &said);
    const struct q_plan_reported_cells_in in = {.homes = p->reach.homes,
                                                .homes_n = p->reach.homes_n < ID_LIST_MAX ? p->reach.homes_n
                                                                                          : ID_LIST_MAX,
                                                .of_home_id = i.home,
                                                .id = i.id,
                                                .from_day = one.from_day,
                                                .to_day = one.to_day};
    TRY(q_plan_reported_cells(t->c->db, t->c->arena, &in, &cells, &n));
    struct plan_reported *parts = arena_array_of(t->c->arena, struct plan_reported, n + 1);
    bool open = p->reach.homes_n <= ID_LIST_MAX;
    if (parts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < n; k++) {
        of.role_code = cells[k].role_code;
        of.sex_code = cells[k].sex_code;
        TRY(plan_reported(t->c, &i, &of, p->reach.homes, p->reach.homes_n, &parts[k]));
        open = open && parts[k].some && !is_few(p, &parts[k]);
    }
    for (size_t k = 0; k < n && open; k++) {
        of.role_code = cells[k].role_code;
        of.sex_code = cells[k].sex_code;
        reported_actual(t, p, &of, &parts[k]);
    }
    return OK;
}

static err planned_periods_put(struct iati *t, const struct told_plan *p, const struct indicator *i)
{
    struct ready r;
    const bool measured = i != NULL && p->reach.homes_n > 0;
    if (measured) {
        TRY(ready_make(t, &p->reach, i, &p->periods, &r));
    }
    for (size_t k = 0; k < p->periods.n; k++) {
        const struct period one = p->periods.v[k];
        period_begin(t, one);
        TRY(targets_together(t, p, one));
        for (size_t g = 0; g < p->targets_n; g++) {
            if (period_same((struct period){p->targets[g].from_day, p->targets[g].to_day}, one)) {
                target_put(t, p, &p->targets[g]);
            }
        }
        if (measured && period_whole_months(one)) {
            TRY(actuals_put(t, &p->reach, &r, one, false));
        } else if (i == NULL) {
            TRY(reported_put(t, p, one));
        }
        xml_end(&t->x);
    }
    return OK;
}

static err planned_put(struct iati *t, struct told_plan *p)
{
    const struct indicator *i = indicator_find(p->of->indicator_code);
    TRY(q_exchange_targets(t->c->db, t->c->arena, p->plan->home, p->of->id, &p->targets, &p->targets_n));
    periods_collect(p);
    indicator_begin(t, measure_no(p->of->measure_code), p->of->ascending_flag != 0,
                    str_eq(p->of->aggregate_code, S("sum")));
    if (p->of->title_text.n > 0 || i == NULL) {
        iati_narrative(&t->x, S("title"),
                       p->of->title_text.n > 0 ? p->of->title_text : p->of->indicator_code);
    } else {
        iati_words(&t->x, S("title"), i->title);
    }
    if (p->of->means_text.n > 0) {
        iati_narrative(&t->x, S("description"), p->of->means_text);
    }
    own_reference_put(t, p->of->indicator_code);
    baseline_put(t, p->of);
    TRY(planned_periods_put(t, p, i));
    xml_end(&t->x);
    return OK;
}

static err result_put(struct iati *t, struct told_plan *p, const struct q_exchange_results *r,
                      const struct q_exchange_indicators *all, size_t n)
{
    bool begun = false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].result_id != r->id) {
            continue;
        }
        if (!begun) {
            xml_begin(&t->x, S("result"));
            xml_attr_i64(&t->x, S("type"), result_type(r->result_kind_code));
            xml_attr_i64(&t->x, S("aggregation-status"), 0);
            iati_narrative(&t->x, S("title"), r->title_text);
            if (p->plan->title_text.n > 0) {
                iati_narrative(&t->x, S("description"), p->plan->title_text);
            }
        }
        begun = true;
        p->of = &all[i];
        TRY(planned_put(t, p));
    }
    if (begun) {
        xml_end(&t->x);
    }
    return OK;
}

err iati_plan_put(struct iati *t, const struct q_exchange_plans *plan)
{
    struct q_exchange_results *results;
    struct q_exchange_indicators *indicators;
    size_t results_n, indicators_n;
    struct told_plan p = {.plan = plan};
    TRY(exchange_reach(t->c, plan->home, &p.reach));
    TRY(q_exchange_results(t->c->db, t->c->arena, plan->home, plan->id, &results, &results_n));
    TRY(q_exchange_indicators(t->c->db, t->c->arena, plan->home, plan->id, &indicators, &indicators_n));
    for (size_t i = 0; i < results_n; i++) {
        TRY(result_put(t, &p, &results[i], indicators, indicators_n));
    }
    return OK;
}
