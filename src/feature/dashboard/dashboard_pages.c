/* dashboard_pages.c: how a district, a province, the programme stands, on one page. */
#include "clock.h"
#include "dashboard.html.h"
#include "dashboard_feature.h"
#include "dashboard_inside.h"
#include "event_words.h"
#include "format.h"
#include "report_feature.h"
#include "attendance.sql.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { I_UNIT, I_PERIOD, I_MAP, INPUTS_N };
static const struct input inputs[INPUTS_N] = {
    [I_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT, 40},
    [I_PERIOD] = {"period", IN_CODE, MSG_OVERSIGHT_SPAN, 40},
    [I_MAP] = {"map", IN_CODE, MSG_DASH_MAPPED, 60},
};

struct url dash_url(struct web *w, str unit, struct period p)
{
    struct url u = url_local(w->arena, S("/figures"));
    u = unit.n > 0 ? url_with(w->arena, u, S("unit"), unit) : u;
    return period_same(p, period_all()) ? u : url_with(w->arena, u, S("period"), period_code(w->arena, p));
}

static struct url indicator_url(struct web *w, const struct indicator *i, str unit, struct period p)
{
    struct url u = url_local(w->arena, arena_printf(w->arena, "/reports/indicators/%.*s", STR_F(i->code)));
    u = unit.n > 0 ? url_with(w->arena, u, S("unit"), unit) : u;
    return url_with(w->arena, u, S("period"), period_code(w->arena, p));
}

/* ---- which period ---- */

static struct period quarter_before(struct period q)
{
    const int64_t day = day_add(q.from_day, -1);
    return period_quarter(period_year_of(day), period_quarter_of(day));
}

static err spans_offered(struct web *w, str unit, struct period now, struct dash_view *io)
{
    const int64_t today = local_day(w->ctx.now_ms);
    const int64_t year = period_year_of(today);
    const struct period last = quarter_before(period_quarter(year, period_quarter_of(today)));
    const struct period spans[] = {period_all(), period_fiscal(year), period_fiscal(year - 1), last,
                                   quarter_before(last)};
    struct page_link *links = arena_array_of(w->arena, struct page_link, COUNT(spans));
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(spans); i++) {
        links[i] = (struct page_link){.to = dash_url(w, unit, spans[i]),
                                      .text = span_words(w, spans[i]),
                                      .here = period_same(spans[i], now)};
    }
    io->spans = links;
    io->spans_n = COUNT(spans);
    return OK;
}

/* ---- what was approved ---- */

static err rows_fill(struct web *w, const struct dash_area *area, struct period p, struct dash_view *io)
{
    size_t n;
    struct dash_figure *all;
    const str unit = area->own ? STR_NONE : area->code;
    TRY(dash_figures(&w->ctx, area, p, &all, &n));
    struct dash_row_view *rows = arena_array_of(w->arena, struct dash_row_view, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct dash_figure *f = &all[i];
        rows[i] =
            (struct dash_row_view){.to = indicator_url(w, f->of, unit, p),
                                   .title = page_msg(&w->page, f->of->title),
                                   .value = f->found > 0 ? figure_words(&w->ctx, f->of, f->num, f->den)
                                                         : page_msg(&w->page, MSG_DASH_UNKNOWN),
                                   .standing = page_msg_args(&w->page, MSG_DASH_QUARTERS, f->found, NULL, 0)};
        TRY(trend_fill(w, f, &rows[i].trend));
    }
    int64_t quarters;
    TRY(dash_quarters(&w->ctx, area, p, &quarters));
    io->approved = page_msg_args(&w->page, MSG_DASH_QUARTERS, quarters, NULL, 0);
    io->rows = rows;
    io->rows_n = n;
    return OK;
}

/* ---- who came ---- */

static err attendance_fill(struct web *w, const struct dash_area *area, struct period p,
                           struct table_view *out)
{
    enum { COLS = EVENT_sex_n + 2 };
    static const enum msg heads[COLS] = {MSG_DASH_ROLE,       MSG_SEX_WOMAN,      MSG_SEX_MAN,
                                         MSG_SEX_TRANSGENDER, MSG_SEX_NOT_STATED, MSG_DASH_SUM};
    const struct indicator *i = indicator_find(S("attendance"));
    struct snapshot_sum sum;
    size_t n = 0; /* a role of which nobody came has no line */
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (size_t)(EVENT_role_n + 1) * COLS);
    const struct url to = indicator_url(w, i, area->own ? STR_NONE : area->code, p);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(snapshot_read(&w->ctx, i, area->homes, area->homes_n, p, &sum));
    if (sum.found == 0) {
        return OK;
    }
    for (size_t r = 0; r <= EVENT_role_n; r++) {
        struct cell_view *row = &cells[n * COLS];
        const bool all = r == EVENT_role_n;
        int64_t people = 0;
        row[0].text = page_msg(&w->page, all ? MSG_DASH_SUM : event_role_words[r].text);
        for (size_t s = 0; s <= EVENT_sex_n; s++) {
            const struct figure_pick pick = {.role = all ? STR_NONE : event_role_words[r].code,
                                             .sex = s == EVENT_sex_n ? STR_NONE : event_sex_words[s].code};
            int64_t num, den;
            figure_sum(i, &sum.figure, &pick, &num, &den);
            row[1 + s] = (struct cell_view){.text = format_number(w->arena, w->lang, num)};
            if (num > 0) {
                row[1 + s].to = to;
            }
            people = num;
        }
        n += people > 0;
    }
    return web_table(w, heads, COLS, cells, n, MSG_DASH_ATTENDANCE, MSG_DASH_NOTHING, out);
}

/* ---- what is reported ---- */

static err reported_fill(struct web *w, const struct dash_area *area, struct period p, struct table_view *out)
{
    enum { WHAT, VALUE, PLAN, COLS, PERCENT = 100 };
    static const enum msg heads[COLS] = {
        [WHAT] = MSG_DASH_COL_INDICATOR, [VALUE] = MSG_DASH_COL_VALUE, [PLAN] = MSG_PLAN_CODE};
    struct dash_reported *rows;
    size_t n;
    size_t kept = 0;
    TRY(dash_reported(&w->ctx, area, p, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct dash_reported *r = &rows[i];
        if (!r->some || (r->share && r->den == 0)) {
            continue;
        }
        struct cell_view *c = &cells[kept++ * COLS];
        const int64_t value = r->share ? (2 * PERCENT * r->num + r->den) / (2 * r->den) : r->num;
        const str number = format_number(w->arena, w->lang, value);
        c[WHAT] = (struct cell_view){.text = r->of->title_text, .dir = S("auto")};
        c[VALUE] = (struct cell_view){
            .text =
                page_isolate(&w->page, r->share ? arena_printf(w->arena, "%.*s %%", STR_F(number)) : number),
            .note = page_msg(&w->page, MSG_SHEET_REPORTED_NOT_COMPUTED)};
        c[PLAN] = (struct cell_view){.text = r->of->plan_code, .dir = S("ltr")};
        const struct url to =
            url_local(w->arena, arena_printf(w->arena, "/plans/%.*s/indicators/%lld", STR_F(r->of->plan_code),
                                             (long long)r->of->indicator_no));
        if (page_may(&w->page, to)) {
            c[PLAN].to = to;
        }
    }
    return web_table(w, heads, COLS, cells, kept, MSG_DASH_REPORTED, MSG_DASH_REPORTED_NONE, out);
}

/* ---- problem services ---- */

struct problem {
    str code;
    int64_t num, den;
};

static int problem_order(const void *left, const void *right)
{
    const struct problem *a = left, *b = right;
    return a->num != b->num ? (a->num > b->num ? -1 : 1) : str_cmp(a->code, b->code);
}

static size_t problems_of(const struct figure *f, struct problem *out)
{
    size_t n = 0;
    for (size_t i = 0; i < f->cells_n; i++) {
        size_t at = 0;
        while (at < n && !str_eq(out[at].code, f->cells[i].part)) {
            at++;
        }
        if (at == n) {
            out[n++] = (struct problem){.code = f->cells[i].part};
        }
        out[at].num += f->cells[i].num;
        out[at].den += f->cells[i].den;
    }
    if (n > 1) {
        qsort(out, n, sizeof *out, problem_order);
    }
    return n;
}

static err problems_fill(struct web *w, const struct dash_area *area, struct period p, struct table_view *out)
{
    enum { MOST = 5, COLS = 2 };
    static const enum msg heads[COLS] = {MSG_DESK_COL_SERVICE, MSG_DASH_UNSOLVED};
    const struct indicator *i = indicator_find(S("cases_unsolved_by_service"));
    struct snapshot_sum sum;
    struct q_report_services *services;
    size_t services_n;
    TRY(snapshot_read(&w->ctx, i, area->homes, area->homes_n, p, &sum));
    TRY(q_report_services(w->ctx.db, w->arena, lang_table[w->lang].code, &services, &services_n));
    struct problem *all = arena_array_of(w->arena, struct problem, sum.figure.cells_n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (size_t)MOST * COLS);
    if (all == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    const size_t n = problems_of(&sum.figure, all);
    const size_t shown = n < MOST ? n : MOST;
    for (size_t k = 0; k < shown; k++) {
        struct cell_view *row = &cells[k * COLS];
        row[0].text = all[k].code;
        for (size_t s = 0; s < services_n; s++) {
            row[0].text =
                str_eq(services[s].service_code, all[k].code) ? services[s].service_text : row[0].text;
        }
        row[1] = (struct cell_view){.text = figure_words(&w->ctx, i, all[k].num, all[k].den),
                                    .to = indicator_url(w, i, area->own ? STR_NONE : area->code, p)};
    }
    return web_table(w, heads, COLS, cells, shown, MSG_DASH_PROBLEMS, MSG_DASH_NOTHING, out);
}

/* ---- the map ---- */

static err mapped_offered(struct web *w, const struct indicator *chosen, struct field_view *out)
{
    size_t n;
    const struct indicator *all = indicator_all(&n);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = all[i].code, .text = page_msg(&w->page, all[i].title)};
    }
    web_choose(w, I_MAP, c, n, chosen->code);
    *out = web_field(w, I_MAP, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err map_table(struct web *w, const struct dash_area *area, const struct dash_figure *f,
                     struct table_view *out)
{
    enum { COLS = 3 };
    static const enum msg heads[COLS] = {MSG_OVERSIGHT_DISTRICT, MSG_DASH_COL_VALUE, MSG_DASH_COL_STANDING};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, area->homes_n * COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < area->homes_n; i++) {
        const struct dash_point *p = &f->by_home[i];
        struct cell_view *row = &cells[n * COLS];
        if (p->found == 0 && !area->places[i].served) {
            continue;
        }
        row[0] = (struct cell_view){.text = area->places[i].name,
                                    .to = dash_url(w, area->places[i].code, f->period)};
        row[1] = (struct cell_view){.text = p->found > 0 ? figure_words(&w->ctx, f->of, p->num, p->den)
                                                         : page_msg(&w->page, MSG_DASH_UNKNOWN)};
        if (p->found > 0) {
            row[1].to = indicator_url(w, f->of, area->places[i].code, f->period);
        }
        row[2].text = page_msg_args(&w->page, MSG_DASH_QUARTERS, p->found, NULL, 0);
        n++;
    }
    return web_table(w, heads, COLS, cells, n, MSG_OVERSIGHT_BY_DISTRICT, MSG_DASH_NOTHING, out);
}

static err mapped_fill(struct web *w, const struct dash_area *area, struct period p, struct dash_view *io)
{
    const struct indicator *i = w->in[I_MAP].given ? indicator_find(w->in[I_MAP].text) : NULL;
    io->map_shown = area->homes_n > 1;
    if (!io->map_shown) {
        return OK;
    }
    i = i != NULL ? i : indicator_find(S("attendance"));
    struct dash_figure f = {.of = i, .period = p};
    TRY(dash_by_home(&w->ctx, area, &f));
    TRY(mapped_offered(w, i, &io->mapped));
    io->map_title = page_msg(&w->page, i->title);
    io->map_how = page_msg(&w->page, i->how);
    TRY(map_fill(w, area, &f, &io->map));
    return map_table(w, area, &f, &io->map_table);
}

/* ---- the page ---- */

static err show_figures(struct web *w)
{
    struct dash_area area;
    struct period p = period_all();
    struct dash_view m = {0};
    TRY(dash_area_of(&w->ctx, w->in[I_UNIT].given ? w->in[I_UNIT].text : STR_NONE, &area));
    if (w->in[I_PERIOD].given &&
        (period_of(w->in[I_PERIOD].text, &p).code != ERR_OK || !dash_period_right(p))) {
        p = period_all();
        web_fault(w, I_PERIOD, MSG_DASH_PERIOD_WRONG);
    }
    const str unit = area.own ? STR_NONE : area.code;
    m.name = area.name;
    m.code = unit;
    m.period_code = period_code(w->arena, p);
    m.period = span_words(w, p);
    TRY(running_fill(w, &area, &m));
    TRY(spans_offered(w, unit, p, &m));
    TRY(rows_fill(w, &area, p, &m));
    TRY(attendance_fill(w, &area, p, &m.attendance));
    TRY(reported_fill(w, &area, p, &m.reported));
    TRY(problems_fill(w, &area, p, &m.problems));
    TRY(mapped_fill(w, &area, p, &m));
    w->page.title = page_msg(&w->page, MSG_DASH_TITLE);
    if (!area.own) {
        w->page.back = dash_url(w, STR_NONE, p);
    }
    dash_page(&w->page, &m);
    return web_html(w, 200);
}

static const struct route routes[] = {
    {HTTP_GET, "/figures", P_FIGURES_READ, ROUTE_SLOW | ROUTE_AGAIN, INPUTS(inputs), .show = show_figures,
     .doc = MSG_DOC_DASH},
};

const struct feature dashboard_feature = {.name = "dashboard", .routes = routes, .routes_n = COUNT(routes)};
