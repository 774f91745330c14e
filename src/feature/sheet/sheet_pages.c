/* sheet_pages.c: what is owed and what waits, how complete each district is, and the routes. */
#include "sheet_pages.h"

#include "case_scope.h"
#include "clock.h"
#include "event_pages.h"
#include "format.h"
#include "place.h"
#include "remind.h"
#include "sheet.html.h"
#include "sheet_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { IN_QUARTER, QUARTERS_SHOWN = 5, WAITING_MAX = 200 };
static const struct input sheets_inputs[SHEETS_INPUTS_N] = {
    [IN_QUARTER] = {"quarter", IN_CODE, MSG_SHEET_COL_QUARTER, 40},
};

struct sheets {
    struct scope scope;
    struct q_place_names *names;
    size_t names_n;
    struct period quarter;
};

static const struct q_place_names *name_of(const struct sheets *s, int64_t home)
{
    static const struct q_place_names none = {.unit_code = S_INIT(""), .name_text = S_INIT("")};
    for (size_t i = 0; i < s->names_n; i++) {
        if (s->names[i].id == home) {
            return &s->names[i];
        }
    }
    return &none;
}

/* ---- what waits for whoever looks ---- */

enum { COL_SHEET, COL_WHERE, COL_STATE, COL_DUE, COLS };

static str due_words_of(struct web *w, int64_t due_day)
{
    return format_day(w->arena, w->lang, due_day);
}

static void due_cell(struct web *w, int64_t due_day, struct cell_view *out)
{
    *out = (struct cell_view){.text = due_words_of(w, due_day)};
    if (local_day(w->ctx.now_ms) > due_day) {
        out->chip = S("late");
    }
}

static void state_cell(struct web *w, const struct chip_view *chip, struct cell_view *out)
{
    (void)w;
    *out = (struct cell_view){.text = chip->text, .chip = chip->kind};
}

/* Whether there is a next step that she may take. */
static bool waits_for_her(const struct ctx *c, const struct q_sheet_open *row)
{
    const struct sheet_view v = {.row = {.author_id = row->author_id, .verifier_id = row->verifier_id},
                                 .state = (enum sheet_state)row->flow_state};
    /* A draft is its district's to finish; those above see it among the numbers. */
    return (c->actor.home != 0 && sheet_may(c, &v, SHEET_SUBMIT)) || sheet_may(c, &v, SHEET_VERIFY) ||
           sheet_may(c, &v, SHEET_APPROVE);
}

/* "Hear women", and below it the plan's line and the quarter. */
static void line_cell(struct web *w, const struct sheets *s, int64_t home, str plan, int64_t line, str title,
                      struct period quarter, struct cell_view *out)
{
    const str of = arena_printf(w->arena, "%.*s/%lld", STR_F(plan), (long long)line);
    *out = (struct cell_view){.text = title,
                              .dir = S("auto"),
                              .to = sheet_activity_url(w, plan, line, name_of(s, home)->unit_code, quarter),
                              .note = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_isolate(&w->page, of)),
                                                   STR_F(sheet_quarter_words(w, quarter)))};
}

static void open_cells(struct web *w, const struct sheets *s, const struct q_sheet_open *row,
                       struct cell_view *c)
{
    const struct q_place_names *name = name_of(s, row->home);
    const struct chip_view chip = sheet_chip(&w->page, (unsigned)row->flow_state);
    if (row->event_code.p != NULL) {
        c[COL_SHEET] = (struct cell_view){
            .text = event_title(&w->page, row->event_kind_code, row->title_text),
            .to = sheet_event_url(w, row->event_code),
            .note = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_isolate(&w->page, row->event_code)),
                                 STR_F(format_day(w->arena, w->lang, row->event_day.v)))};
    } else if (row->plan_code.p != NULL) {
        const struct period quarter = {row->from_day, row->to_day};
        line_cell(w, s, row->home, row->plan_code, row->action_no.v, row->line_text, quarter, &c[COL_SHEET]);
    } else {
        const struct period quarter = {row->from_day, row->to_day};
        c[COL_SHEET] = (struct cell_view){.text = sheet_quarter_words(w, quarter),
                                          .to = sheet_quarter_url(w, name->unit_code, quarter)};
    }
    c[COL_WHERE].text = name->name_text;
    state_cell(w, &chip, &c[COL_STATE]);
    due_cell(w, row->due_day, &c[COL_DUE]);
}

static void owed_cells(struct web *w, const struct sheets *s, const struct q_sheet_owed_events *row,
                       struct cell_view *c)
{
    c[COL_SHEET] = (struct cell_view){
        .text = event_title(&w->page, row->event_kind_code, row->title_text),
        .to = sheet_event_url(w, row->event_code),
        .note = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_isolate(&w->page, row->event_code)),
                             STR_F(format_day(w->arena, w->lang, row->event_day)))};
    c[COL_WHERE].text = name_of(s, row->home)->name_text;
    state_cell(w, &(struct chip_view){S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)}, &c[COL_STATE]);
    due_cell(w, day_add(row->event_day, SHEET_EVENT_DAYS), &c[COL_DUE]);
}

/* Lines of plans whose sheet of the quarter nobody has begun. */
static err lines_owed_put(struct web *w, const struct sheets *s, struct period quarter,
                          struct cell_view *cells, size_t *n)
{
    struct activity_due *due;
    size_t due_n;
    TRY(activity_due(&w->ctx, s->scope.homes, 1, quarter, &due, &due_n));
    for (size_t i = 0; i < due_n && *n < WAITING_MAX; i++) {
        const struct q_activity_due *l = &due[i].line;
        if (due[i].begun) {
            continue;
        }
        struct cell_view *c = &cells[(*n)++ * COLS];
        line_cell(w, s, l->home, l->plan_code, l->action_no, l->title_text, quarter, &c[COL_SHEET]);
        c[COL_WHERE].text = name_of(s, l->home)->name_text;
        state_cell(w, &(struct chip_view){S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)}, &c[COL_STATE]);
        due_cell(w, day_add(quarter.to_day, SHEET_QUARTER_DAYS), &c[COL_DUE]);
    }
    return OK;
}

/* Of one district: closed events whose sheet nobody has begun, in this planning year and the one before, and
 * the last quarter. Whoever stands above sees by the numbers of each district what it owes. */
static err owed_put(struct web *w, const struct sheets *s, struct cell_view *cells, size_t *n)
{
    struct q_sheet_owed_events *rows;
    size_t rows_n;
    const int64_t today = local_day(w->ctx.now_ms);
    const struct period span = {period_fiscal(period_year_of(today) - 1).from_day, today};
    if (s->scope.homes_n != 1 || !flow_can(&sheet_kind, SHEET_DRAFT, SHEET_SUBMIT, w->ctx.actor.role)) {
        return OK;
    }
    TRY(sheet_owed(&w->ctx, s->scope.homes, 1, span, &rows, &rows_n));
    for (size_t i = 0; i < rows_n && *n < WAITING_MAX; i++) {
        if (!rows[i].sheet_id.given) {
            owed_cells(w, s, &rows[i], &cells[(*n)++ * COLS]);
        }
    }
    const struct period last = sheet_quarter_last(today);
    TRY(lines_owed_put(w, s, last, cells, n));
    struct sheet_view quarter;
    const err begun = sheet_of_quarter(&w->ctx, s->scope.homes[0], last, &quarter);
    if (begun.code == ERR_NOT_FOUND && *n < WAITING_MAX) {
        struct cell_view *c = &cells[(*n)++ * COLS];
        const struct q_place_names *name = name_of(s, s->scope.homes[0]);
        c[COL_SHEET] = (struct cell_view){.text = sheet_quarter_words(w, last),
                                          .to = sheet_quarter_url(w, name->unit_code, last)};
        c[COL_WHERE].text = name->name_text;
        state_cell(w, &(struct chip_view){S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)}, &c[COL_STATE]);
        due_cell(w, day_add(last.to_day, SHEET_QUARTER_DAYS), &c[COL_DUE]);
    }
    return begun.code == ERR_NOT_FOUND ? OK : begun;
}

static err waiting_table(struct web *w, const struct sheets *s, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_SHEET] = MSG_SHEET_COL_SHEET,
                                         [COL_WHERE] = MSG_SHEET_COL_DISTRICT,
                                         [COL_STATE] = MSG_SHEET_COL_STATE,
                                         [COL_DUE] = MSG_SHEET_DUE};
    struct q_sheet_open *rows;
    size_t rows_n;
    size_t n = 0;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, WAITING_MAX * COLS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(sheet_open(&w->ctx, s->scope.homes, s->scope.homes_n, &rows, &rows_n));
    for (size_t i = 0; i < rows_n && n < WAITING_MAX; i++) {
        if (waits_for_her(&w->ctx, &rows[i])) {
            open_cells(w, s, &rows[i], &cells[n++ * COLS]);
        }
    }
    TRY(owed_put(w, s, cells, &n));
    return web_table(w, heads, COLS, cells, n, MSG_SHEET_WAITING, MSG_SHEET_WAITING_NONE, out);
}

/* ---- complete, and on time ---- */

static str of_words(struct web *w, int64_t part, int64_t whole)
{
    const struct msg_arg args[] = {{"part", page_isolate(&w->page, sheet_number(w, part))},
                                   {"whole", page_isolate(&w->page, sheet_number(w, whole))}};
    return page_msg_args(&w->page, MSG_SHEET_PART_OF, 0, args, 2);
}

enum { DCOL_NAME, DCOL_EVENTS, DCOL_LINES, DCOL_QUARTER, DCOL_ALL, DCOL_TIMELY, DCOL_APPROVED, DCOLS };

static struct chip_view quarter_chip(struct web *w, const struct sheets *s, const struct sheet_district *d)
{
    const int64_t today = local_day(w->ctx.now_ms);
    if (d->begun && (d->quarter.first_day.given || d->quarter.flow_state != SHEET_DRAFT)) {
        return sheet_chip(&w->page, (unsigned)d->quarter.flow_state);
    }
    if (s->quarter.to_day >= today) {
        return (struct chip_view){S("closed"), page_msg(&w->page, MSG_SHEET_STATE_RUNS)};
    }
    const bool late = today > day_add(s->quarter.to_day, SHEET_QUARTER_DAYS);
    return (struct chip_view){late ? S("late") : S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)};
}

static void district_cells(struct web *w, const struct sheets *s, const struct sheet_district *d,
                           struct cell_view *c)
{
    const struct q_place_names *name = name_of(s, d->home);
    const struct chip_view chip = quarter_chip(w, s, d);
    c[DCOL_NAME].text = name->name_text;
    c[DCOL_NAME].to = sheet_quarter_url(w, name->unit_code, s->quarter);
    c[DCOL_EVENTS].text = of_words(w, d->submitted, d->events);
    c[DCOL_LINES].text = of_words(w, d->lines.submitted, d->lines.expected);
    c[DCOL_ALL].text = of_words(w, d->all.submitted, d->all.expected);
    c[DCOL_TIMELY].text = of_words(w, d->all.timely, d->all.expected);
    c[DCOL_APPROVED].text = of_words(w, d->all.approved, d->all.expected);
    state_cell(w, &chip, &c[DCOL_QUARTER]);
}

static err districts_table(struct web *w, const struct sheets *s, struct table_view *out)
{
    static const enum msg heads[DCOLS] = {
        [DCOL_NAME] = MSG_SHEET_COL_DISTRICT,    [DCOL_EVENTS] = MSG_SHEET_COL_SENT,
        [DCOL_LINES] = MSG_ACTIVITY_COL_SENT,    [DCOL_QUARTER] = MSG_SHEET_COL_QUARTER_SHEET,
        [DCOL_ALL] = MSG_ACTIVITY_COL_ALL,       [DCOL_TIMELY] = MSG_SHEET_COL_TIMELY,
        [DCOL_APPROVED] = MSG_SHEET_COL_OFFICIAL};
    struct sheet_district *rows;
    size_t n;
    TRY(sheet_districts(&w->ctx, s->scope.homes, s->scope.homes_n, s->quarter, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * DCOLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        district_cells(w, s, &rows[i], &cells[i * DCOLS]);
    }
    return web_table(w, heads, DCOLS, cells, n, MSG_SHEET_DISTRICTS, MSG_SHEET_DISTRICTS_NONE, out);
}

/* ---- reminders ---- */

/* The quarter, or the event's or the line's own number: never what it is about. */
static void reminder_put(struct web *w, const struct q_remind_mine *r, struct reminder_view *out)
{
    const struct period quarter = {r->from_day, r->to_day};
    const enum msg text = str_eq(r->stage_code, S("submit"))   ? MSG_SHEET_REMIND_SUBMIT
                          : str_eq(r->stage_code, S("verify")) ? MSG_SHEET_REMIND_VERIFY
                                                               : MSG_SHEET_REMIND_APPROVE;
    str what;
    if (r->event_code.p != NULL) {
        what = page_isolate(&w->page, r->event_code);
        out->to = sheet_event_url(w, r->event_code);
    } else if (r->plan_code.p != NULL) {
        const str of = arena_printf(w->arena, "%.*s/%lld", STR_F(r->plan_code), (long long)r->action_no.v);
        what = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_isolate(&w->page, of)),
                            STR_F(sheet_quarter_words(w, quarter)));
        out->to = sheet_activity_url(w, r->plan_code, r->action_no.v, r->unit_code, quarter);
    } else {
        what = sheet_quarter_words(w, quarter);
        out->to = sheet_quarter_url(w, r->unit_code, quarter);
    }
    const struct msg_arg args[] = {{"sheet", what},
                                   {"day", page_isolate_words(&w->page, due_words_of(w, r->due_day))}};
    out->text = page_msg_args(&w->page, text, 0, args, COUNT(args));
}

static err reminders_fill(struct web *w, struct sheets_view *m)
{
    struct q_remind_mine *rows;
    size_t n;
    TRY(sheet_reminders(&w->ctx, &rows, &n));
    struct reminder_view *all = arena_array_of(w->arena, struct reminder_view, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        reminder_put(w, &rows[i], &all[i]);
    }
    m->reminders = all;
    m->reminders_n = n;
    return OK;
}

/* ---- the page ---- */

static err quarters_fill(struct web *w, const struct sheets *s, struct sheets_view *m)
{
    const int64_t today = local_day(w->ctx.now_ms);
    struct page_link *links = arena_array_of(w->arena, struct page_link, QUARTERS_SHOWN);
    struct period p = period_quarter(period_year_of(today), period_quarter_of(today));
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < QUARTERS_SHOWN; i++) {
        links[i] = (struct page_link){.to = url_with(w->arena, url_local(w->arena, S("/sheets")),
                                                     S("quarter"), period_code(w->arena, p)),
                                      .text = sheet_quarter_words(w, p),
                                      .here = period_same(p, s->quarter)};
        p = sheet_quarter_before(p);
    }
    m->quarters = links;
    m->quarters_n = QUARTERS_SHOWN;
    m->quarter = sheet_quarter_words(w, s->quarter);
    return OK;
}

/* The place whose districts she approves together. */
static err together_fill(struct web *w, const struct sheets *s, struct sheets_view *m)
{
    struct q_place_names *unit;
    size_t n;
    const struct actor *who = &w->ctx.actor;
    m->together = (struct url){S("")};
    if (who->home != 0 || !permission_of(who->role, P_SHEET_APPROVE) ||
        s->quarter.to_day >= local_day(w->ctx.now_ms)) {
        return OK;
    }
    TRY(place_names(&w->ctx, &who->unit_id, 1, &unit, &n));
    if (n == 1) {
        m->together = sheet_province_url(w, unit[0].unit_code, s->quarter);
    }
    return OK;
}

static struct period quarter_asked(struct web *w)
{
    struct period p;
    const struct given *g = &w->in[IN_QUARTER];
    const bool right =
        g->given && period_of(g->text, &p).code == ERR_OK &&
        period_same(p, period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day)));
    return right ? p : sheet_quarter_last(local_day(w->ctx.now_ms));
}

static err show_sheets(struct web *w)
{
    struct sheets s = {.quarter = quarter_asked(w)};
    struct sheets_view m;
    TRY(scope_of(&w->ctx, &s.scope));
    TRY(place_names(&w->ctx, s.scope.homes, s.scope.homes_n, &s.names, &s.names_n));
    TRY(reminders_fill(w, &m));
    TRY(waiting_table(w, &s, &m.waiting));
    TRY(districts_table(w, &s, &m.districts));
    TRY(quarters_fill(w, &s, &m));
    TRY(together_fill(w, &s, &m));
    w->page.title = page_msg(&w->page, MSG_SHEET_TITLE);
    w->page.back = url_local(w->arena, S("/figures"));
    sheets_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the routes ---- */

static const struct route routes[] = {
    {HTTP_GET, "/sheets", P_SHEET_READ, 0, INPUTS(sheets_inputs), .show = show_sheets, .doc = MSG_DOC_SHEETS},
    {HTTP_GET, "/sheets/event/{code}", P_SHEET_READ, 0, INPUTS(sheet_event_inputs), .show = show_event_sheet,
     .doc = MSG_DOC_SHEET_EVENT},
    {HTTP_POST, "/sheets/event/{code}", P_SHEET_FILL, 0, INPUTS(sheet_event_inputs), .show = show_event_sheet,
     .write = write_event_sheet, .answer = answer_event_sheet, .doc = MSG_DOC_SHEET_EVENT_STEP},
    {HTTP_GET, "/sheets/activity/{plan}/{no}/{unit}/{period}", P_SHEET_READ, 0, INPUTS(sheet_activity_inputs),
     .show = show_activity, .doc = MSG_DOC_SHEET_ACTIVITY},
    {HTTP_POST, "/sheets/activity/{plan}/{no}/{unit}/{period}", P_SHEET_FILL, 0,
     INPUTS(sheet_activity_inputs), .show = show_activity, .write = write_activity, .answer = answer_activity,
     .doc = MSG_DOC_SHEET_ACTIVITY_STEP},
    {HTTP_GET, "/sheets/quarter/{unit}/{period}", P_SHEET_READ, ROUTE_SLOW, INPUTS(sheet_quarter_inputs),
     .show = show_quarter, .doc = MSG_DOC_SHEET_QUARTER},
    {HTTP_POST, "/sheets/quarter/{unit}/{period}", P_SHEET_FILL, 0, INPUTS(sheet_quarter_inputs),
     .show = show_quarter, .prepare = prepare_quarter, .write = write_quarter, .answer = answer_quarter,
     .doc = MSG_DOC_SHEET_QUARTER_STEP},
    {HTTP_GET, "/sheets/together/{unit}/{period}", P_SHEET_APPROVE, ROUTE_SLOW, INPUTS(together_inputs),
     .show = show_together, .doc = MSG_DOC_SHEET_TOGETHER},
    {HTTP_POST, "/sheets/together/{unit}/{period}", P_SHEET_APPROVE, 0, INPUTS(together_inputs),
     .show = show_together, .prepare = prepare_together, .write = write_together, .answer = answer_together,
     .doc = MSG_DOC_SHEET_TOGETHER},
};

static const struct feature_job jobs[] = {{.name = "sheet.remind", .every_ms = 0, .run = sheet_remind}};

const struct feature sheet_feature = {.name = "sheet",
                                      .routes = routes,
                                      .routes_n = COUNT(routes),
                                      .aside = activity_aside,
                                      .jobs = jobs,
                                      .jobs_n = COUNT(jobs)};
