/* report_pages.c: the list of reports, and each of them as a page and as files. */
#include "plan.h"
#include "attendance.sql.h"
#include "report_pages.h"

#include "clock.h"
#include "format.h"
#include "period_words.h"
#include "report.html.h"
#include "web_paper.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FILE_BYTES_MAX = 4 << 20, PERIOD_CHARS = 24, YEARS_OFFERED = 3, PERIODS_MAX = 64, CODE_MAX = 40 };

/* ---- period and unit ---- */

void report_query_of(struct web *w, struct report_query *out)
{
    *out = (struct report_query){.period = period_all(), .unit = w->in[R_UNIT].text};
    if (w->in[R_PERIOD].given && period_of(w->in[R_PERIOD].text, &out->period).code != ERR_OK) {
        web_fault(w, R_PERIOD, MSG_REPORT_PERIOD_WRONG);
        out->period = period_all();
    }
}

struct url report_url(struct web *w, str path, const struct report_query *q)
{
    struct url u = url_local(w->arena, path);
    u = url_with(w->arena, u, S("period"), period_code(w->arena, q->period));
    return q->unit.n > 0 ? url_with(w->arena, u, S("unit"), q->unit) : u;
}

static void period_put(struct web *w, struct choice_view *c, size_t *io_n, struct period p,
                       const struct report_query *q)
{
    if (*io_n < PERIODS_MAX) {
        c[(*io_n)++] = (struct choice_view){.value = period_code(w->arena, p),
                                            .text = period_words(w->arena, w->lang, p),
                                            .chosen = period_same(p, q->period)};
    }
}

/* Of each programme that counts its years otherwise: the running one, and the one before. */
static err project_years_put(struct web *w, struct choice_view *c, size_t *io_n, const struct report_query *q)
{
    enum { CALENDAR_FROM = 1, PLANNING_FROM = 7 };
    struct q_programme_list *rows;
    size_t n;
    bool told[12 + 1] = {[CALENDAR_FROM] = true, [PLANNING_FROM] = true};
    TRY(q_programme_list(w->ctx.db, w->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const int64_t month = rows[i].project_month_n;
        if (told[month]) {
            continue;
        }
        const struct period now = period_project(local_day(w->ctx.now_ms), month);
        period_put(w, c, io_n, now, q);
        period_put(w, c, io_n, period_project(day_add(now.from_day, -1), month), q);
        told[month] = true;
    }
    return OK;
}

/* The planning year with which the list ends: some years back, or that of the first approved figure, which
 * may have been brought in from long before. */
static err first_offered(struct web *w, int64_t *io_year)
{
    struct id_set homes;
    TRY(report_homes(&w->ctx, STR_NONE, &homes));
    for (size_t at = 0; at < homes.n; at += ID_LIST_MAX) {
        struct q_report_first first;
        const size_t left = homes.n - at;
        TRY(q_report_first(w->ctx.db, w->arena, homes.ids + at, left < ID_LIST_MAX ? left : ID_LIST_MAX,
                           &first));
        if (first.first_day > 0 && period_year_of(first.first_day) < *io_year) {
            *io_year = period_year_of(first.first_day);
        }
    }
    return OK;
}

/* Planning years and their quarters so far, calendar years, and what was asked for besides. */
static err periods_offered(struct web *w, const struct report_query *q, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, PERIODS_MAX);
    const int64_t today = local_day(w->ctx.now_ms);
    const int64_t fiscal = period_year_of(today);
    int64_t first = fiscal - YEARS_OFFERED + 1;
    size_t n = 0;
    bool chosen = false;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(first_offered(w, &first));
    period_put(w, c, &n, period_all(), q);
    for (int64_t year = fiscal; year >= first; year--) {
        period_put(w, c, &n, period_fiscal(year), q);
        for (int k = QUARTERS; k > 0 && year >= fiscal - 1; k--) {
            if (period_quarter(year, k).from_day <= today) {
                period_put(w, c, &n, period_quarter(year, k), q);
            }
        }
    }
    TRY(project_years_put(w, c, &n, q));
    for (int64_t year = today / 10000; year > today / 10000 - YEARS_OFFERED; year--) {
        period_put(w, c, &n, (struct period){year * 10000 + 101, year * 10000 + 1231}, q);
    }
    for (size_t i = 0; i < n; i++) {
        chosen = chosen || c[i].chosen;
    }
    if (!chosen) {
        period_put(w, c, &n, q->period, q);
    }
    *out = web_field(w, R_PERIOD, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = n;
    return OK;
}

/* Districts in reach, and the provinces all of whose districts are. */
static err units_offered(struct web *w, struct report_ask_view *out)
{
    struct id_set homes;
    struct q_place_all *rows;
    size_t n;
    TRY(report_homes(&w->ctx, STR_NONE, &homes));
    if (homes.n < 2) {
        return OK;
    }
    TRY(place_list(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct id_set of;
        bool hers = false;
        for (size_t k = 0; k < homes.n && rows[i].level_no == LEVEL_DISTRICT && !hers; k++) {
            hers = homes.ids[k] == rows[i].id;
        }
        hers = hers || (rows[i].level_no == LEVEL_PROVINCE &&
                        report_homes(&w->ctx, rows[i].unit_code, &of).code == ERR_OK);
        if (hers) {
            c[kept++] = (struct choice_view){.value = rows[i].unit_code, .text = rows[i].name_text};
        }
    }
    web_choose(w, R_UNIT, c, kept, STR_NONE);
    out->unit = web_field(w, R_UNIT, MSG_NONE);
    out->unit.optional = false;
    out->unit.choices = c;
    out->unit.choices_n = kept;
    out->unit_asked = true;
    return OK;
}

err report_ask_of(struct web *w, const struct report_query *q, str path, struct report_ask_view *out)
{
    out->self = url_local(w->arena, path);
    TRY(periods_offered(w, q, &out->period));
    return units_offered(w, out);
}

err report_of_words(struct web *w, const struct report_query *q, bool whole, str *out)
{
    str unit;
    const str period = period_words(w->arena, w->lang, q->period);
    TRY(report_unit_name(&w->ctx, q->unit, &unit));
    unit = whole ? page_msg(&w->page, MSG_REPORT_PROGRAMME) : unit;
    *out = unit.n == 0 ? period : arena_printf(w->arena, "%.*s · %.*s", STR_F(unit), STR_F(period));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* ---- the list ---- */

static err show_reports(struct web *w)
{
    size_t n;
    const struct report_way *all = report_ways(&n);
    struct report_line_view *rows = arena_array_of(w->arena, struct report_line_view, n);
    struct reports_view m = {.rows = rows};
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (permission_of(w->ctx.actor.role, all[i].permission)) {
            const str path = arena_printf(w->arena, "/reports/%.*s", STR_F(all[i].name));
            rows[m.rows_n++] = (struct report_line_view){.to = url_local(w->arena, path),
                                                         .title = page_msg(&w->page, all[i].title),
                                                         .how = page_msg(&w->page, all[i].how)};
        }
    }
    w->page.title = page_msg(&w->page, MSG_REPORT_LIST);
    reports_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one report ---- */

static err notes_fill(struct web *w, const struct report_made *made, struct report_view *out)
{
    struct report_note_view *notes = arena_array_of(w->arena, struct report_note_view, REPORT_NOTES);
    struct table_view *more = arena_array_of(w->arena, struct table_view, REPORT_TABLES);
    if (notes == NULL || more == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < made->notes_n; i++) {
        notes[i].text = made->notes[i];
    }
    for (size_t i = 0; i < made->more_n; i++) {
        TRY(table_view_of(&made->more[i], w->lang, w->arena, &more[i]));
    }
    out->notes = notes;
    out->notes_n = made->notes_n;
    out->more = more;
    out->more_n = made->more_n;
    return OK;
}

static err chart_view(struct web *w, const struct report_made *made, struct paper_shown *out)
{
    struct paper_draft *d = arena_array_of(w->arena, struct paper_draft, 1);
    const struct paper *paper;
    if (d == NULL) {
        return FAIL(LIMIT);
    }
    paper_begin(d, w->arena, w->lang, PAPER_A4, 0, S(""));
    TRY(report_chart(&w->ctx, made, d));
    TRY(paper_done(d, &paper));
    return paper_shown_of(w->arena, paper, out);
}

static struct url file_url(struct web *w, const struct report_way *r, const struct report_query *q,
                           const char *ending)
{
    return report_url(w, arena_printf(w->arena, "/reports/%.*s.%s", STR_F(r->name), ending), q);
}

static err show_page(struct web *w, const struct report_way *r)
{
    struct report_query q;
    struct report_made made;
    struct report_view m = {.title = page_msg(&w->page, r->title), .how = page_msg(&w->page, r->how)};
    report_query_of(w, &q);
    TRY(report_make(&w->ctx, r, &q, true, &made));
    TRY(table_view_of(&made.table, w->lang, w->arena, &m.table));
    TRY(notes_fill(w, &made, &m));
    TRY(chart_view(w, &made, &m.chart));
    TRY(report_of_words(w, &q, made.whole, &m.of));
    TRY(report_ask_of(w, &q, arena_printf(w->arena, "/reports/%.*s", STR_F(r->name)), &m.ask));
    const struct msg_arg now = {"now", format_time(w->arena, w->lang, w->ctx.now_ms)};
    m.provisional = !made.approved;
    m.standing = made.approved ? page_msg(&w->page, MSG_REPORT_IS_APPROVED)
                               : page_msg_args(&w->page, MSG_REPORT_IS_PROVISIONAL, 0, &now, 1);
    m.csv = file_url(w, r, &q, "csv");
    m.json = file_url(w, r, &q, "json");
    m.xlsx = file_url(w, r, &q, "xlsx");
    m.pdf = file_url(w, r, &q, "pdf");
    m.docx = file_url(w, r, &q, "docx");
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/reports"));
    w->page.script = true;
    report_page(&w->page, &m);
    return web_html(w, 200);
}

enum report_file { FORM_PAGE, FORM_CSV, FORM_JSON, FORM_XLSX, FORM_PDF, FORM_DOCX, FORMS };
static const str endings[FORMS] = {
    [FORM_PAGE] = S_INIT(""),      [FORM_CSV] = S_INIT(".csv"), [FORM_JSON] = S_INIT(".json"),
    [FORM_XLSX] = S_INIT(".xlsx"), [FORM_PDF] = S_INIT(".pdf"), [FORM_DOCX] = S_INIT(".docx")};

static err show_text(struct web *w, const struct report_way *r, const struct report_query *q,
                     const struct report_made *made, bool json, str name)
{
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    if (json) {
        report_json(&w->ctx, r, q, made, &out);
        return web_json(w, 200, &out);
    }
    report_csv(&w->ctx, made, &out);
    return web_csv(w, arena_printf(w->arena, "%.*s.csv", STR_F(name)), &out);
}

static err show_paper(struct web *w, const struct report_way *r, const struct report_query *q,
                      const struct report_made *made, enum paper_form form, str name)
{
    struct paper_draft draft;
    const struct paper *paper;
    TRY(report_as_paper(&w->ctx, r, q, made, &draft, &paper));
    return web_paper(w, paper, form, name);
}

static err show_book(struct web *w, const struct report_way *r, const struct report_query *q,
                     const struct report_made *made, str name)
{
    struct book_draft draft;
    const struct book *book;
    TRY(report_as_book(&w->ctx, r, q, made, &draft, &book));
    return web_book(w, book, name);
}

/* A paper has what the page has; the other files are for machines and spreadsheets. */
static err show_file(struct web *w, const struct report_way *r, enum report_file form)
{
    struct report_query q;
    struct report_made made;
    const bool paper = form == FORM_PDF || form == FORM_DOCX;
    report_query_of(w, &q);
    if (w->faults > 0) {
        return web_problem(w, 422, MSG_REPORT_PERIOD_WRONG);
    }
    TRY(report_make(&w->ctx, r, &q, paper, &made));
    const str name = arena_printf(w->arena, "%.*s%s", STR_F(r->name), made.approved ? "" : "-provisional");
    if (paper) {
        return show_paper(w, r, &q, &made, form == FORM_PDF ? PAPER_AS_PDF : PAPER_AS_DOCX, name);
    }
    return form == FORM_XLSX ? show_book(w, r, &q, &made, name)
                             : show_text(w, r, &q, &made, form == FORM_JSON, name);
}

/* "attendance", or "attendance.csv" and the other files */
static err show_report(struct web *w)
{
    const str asked = w->in[R_NAME].text;
    enum report_file form = FORM_PAGE;
    for (enum report_file f = FORM_CSV; f < FORMS; f++) {
        form = str_ends(asked, endings[f]) ? f : form;
    }
    const struct report_way *r = report_way_find(str_sub(asked, 0, asked.n - endings[form].n));
    if (r == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (!permission_of(w->ctx.actor.role, r->permission)) {
        return FAIL(DENIED);
    }
    return form == FORM_PAGE ? show_page(w, r) : show_file(w, r, form);
}

static const struct input inputs[R_N] = {
    [R_NAME] = {"name", IN_CODE, MSG_REPORT_NAME, CODE_MAX, .required = true},
    [R_PERIOD] = {"period", IN_LINE, MSG_REPORT_PERIOD, PERIOD_CHARS},
    [R_UNIT] = {"unit", IN_CODE, MSG_REPORT_UNIT, CODE_MAX},
    [R_VERSION] = {"version", IN_NUMBER, MSG_REPORT_VERSION, 9999},
};

static const struct route routes[] = {
    {HTTP_GET, "/reports", P_FIGURES_READ, 0, .show = show_reports, .doc = MSG_DOC_REPORTS},
    {HTTP_GET, "/reports/{name}", P_FIGURES_READ, ROUTE_SLOW, INPUTS(inputs), .show = show_report,
     .doc = MSG_DOC_REPORT},
    {HTTP_GET, "/reports/indicators/{name}", P_FIGURES_READ, ROUTE_SLOW, INPUTS(inputs), .show = show_figure,
     .doc = MSG_DOC_FIGURE},
};

const struct feature report_feature = {.name = "report",
                                       .routes = routes,
                                       .routes_n = COUNT(routes),
                                       .api = report_api_routes,
                                       .api_n = REPORT_API_ROUTES};
