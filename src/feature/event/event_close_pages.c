/* event_close_pages.c: directions given on the day, closing, and the routes of the end of the day. */
#include "event_close_pages.h"

#include "clock.h"
#include "direction_parts.h"
#include "event_close.html.h"
#include "event_feature.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { SHORT_DAYS = 15 };

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

static bool ticked(const struct given *g)
{
    return g->given && g->n == 1;
}

static bool recordable(struct web *w, const struct event_view *v)
{
    return event_may(&w->ctx, v, EVENT_RECORD) && permission_of(w->who.actor.role, P_EVENT_CLOSE);
}

static err back_to(struct web *w, str rest)
{
    const struct url page = event_url(w, w->receipt.note, rest);
    return web_redirect(w, url_with(w->arena, page, S("done"), S("1")));
}

/* ---- directions of an event ---- */

const struct input event_direction_inputs[ED_N] = {
    [ED_CODE] = EVENT_CODE_INPUT,
    [ED_WORDS] = {"words", IN_WORDS, MSG_DIRECTION_COL_WORDS, DIRECTION_WORDS_MAX, .required = true,
                  .missing = MSG_DIRECTION_WORDS_MISSING},
    [ED_SIDE] = {"side", IN_CHOICE, MSG_DIRECTION_COL_OWNER, .required = true,
                 .missing = MSG_DIRECTION_SIDE_MISSING, .choices = direction_side_codes},
    [ED_OFFICE] = {"office", IN_CODE, MSG_DIRECTION_OFFICE, 60},
    [ED_POST] = {"post", IN_LINE, MSG_DIRECTION_POST, DIRECTION_POST_MAX, .required = true,
                 .missing = MSG_DIRECTION_POST_MISSING},
    [ED_VACANT] = {"vacant", IN_FLAG, MSG_DIRECTION_VACANT},
    [ED_HORIZON] = {"horizon", IN_CHOICE, MSG_DIRECTION_HORIZON, .required = true,
                    .missing = MSG_DIRECTION_HORIZON_MISSING, .choices = direction_horizon_codes},
    [ED_DAY] = {"due_day", IN_DAY, MSG_DIRECTION_COL_DUE, .required = true},
    [ED_CASE] = {"case", IN_REF, MSG_DIRECTION_CASE},
    [ED_NEED] = {"need", IN_NUMBER, MSG_CLOSE_NEED, 1000},
    [ED_DONE] = {"done", IN_FLAG, MSG_CASE_ACTIONS},
};

err write_event_direction(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no;
    const struct direction_new n = {.side = in[ED_SIDE].text,
                                    .office = text_or_none(&in[ED_OFFICE]),
                                    .post = in[ED_POST].text,
                                    .vacant = ticked(&in[ED_VACANT]),
                                    .horizon = in[ED_HORIZON].text,
                                    .words = in[ED_WORDS].text,
                                    .about = in[ED_CASE].given ? &in[ED_CASE].as.ref : NULL,
                                    .need_no = in[ED_NEED].given ? in[ED_NEED].n : 0,
                                    .due_day = in[ED_DAY].n};
    TRY(event_find(c, in[ED_CODE].text, &v));
    TRY(close_direction(c, &v, &n, &no));
    out->note = in[ED_CODE].text;
    return OK;
}

err answer_event_direction(struct web *w)
{
    return back_to(w, S("/directions"));
}

/* Matters of the day: their tokens and services, to choose one that the direction is about. */
static err cases_choose(struct web *w, const struct event_view *v, struct event_directions_view *m)
{
    struct q_close_case_list *rows;
    size_t n;
    const struct q_close_case_list_in in = {
        .lang_code = lang_table[w->lang].code, .home = v->row.home, .event_id = v->row.id};
    TRY(q_close_case_list(w->ctx.db, w->arena, &in, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        c[i] = (struct choice_view){
            .value = rows[i].ref_code,
            .text = arena_printf(w->arena, "%.*s · %.*s",
                                 STR_F(page_isolate(&w->page, case_ref_text(w->arena, ref))),
                                 STR_F(rows[i].service_name))};
    }
    web_choose(w, ED_CASE, c, n, STR_NONE);
    m->about.choices = c;
    m->about.choices_n = n;
    m->cases_shown = n > 0;
    return OK;
}

static err needs_choose(struct web *w, const struct event_view *v, struct event_directions_view *m)
{
    struct q_close_need_list *rows;
    size_t n;
    TRY(q_close_need_list(w->ctx.db, w->arena, v->row.home, v->row.id, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = arena_printf(w->arena, "%d", (int)rows[i].need_no),
                                    .text = rows[i].words_text};
    }
    web_choose(w, ED_NEED, c, n, STR_NONE);
    m->need.choices = c;
    m->need.choices_n = n;
    m->needs_shown = n > 0;
    return OK;
}

static err direction_fields(struct web *w, const struct event_view *v, struct event_directions_view *m)
{
    direction_office_owed(w, ED_SIDE, ED_OFFICE);
    m->words = web_field(w, ED_WORDS, MSG_DIRECTION_SAID_HINT);
    m->side = web_field(w, ED_SIDE, MSG_NONE);
    m->office = web_field(w, ED_OFFICE, MSG_CLOSE_OFFICE_HINT);
    m->post_text = web_field(w, ED_POST, MSG_DIRECTION_POST_HINT);
    m->vacant = web_field(w, ED_VACANT, MSG_NONE);
    m->horizon = web_field(w, ED_HORIZON, MSG_NONE);
    m->day = web_field(w, ED_DAY, MSG_NONE);
    m->about = web_field(w, ED_CASE, MSG_NONE);
    m->need = web_field(w, ED_NEED, MSG_NONE);
    m->day.type = S("date");
    m->side.type = m->horizon.type = S("pair");
    m->post_text.dir = S("auto");
    m->words.rows = 3;
    m->office.optional = false;
    if (m->day.value.n == 0) {
        m->day.value = format_day_iso(w->arena, day_add(local_day(w->ctx.now_ms), SHORT_DAYS));
    }
    TRY(choices_words(w, ED_SIDE, direction_side_words, DIRECTION_side_n, S("official"), &m->side));
    TRY(choices_words(w, ED_HORIZON, direction_horizon_words, DIRECTION_horizon_n, S("short"), &m->horizon));
    TRY(direction_offices(w, ED_OFFICE, v->row.home, STR_NONE, &m->office));
    TRY(cases_choose(w, v, m));
    return needs_choose(w, v, m);
}

err show_event_directions(struct web *w)
{
    struct event_view v;
    struct direction_view *rows;
    size_t n;
    TRY(event_of(w, ED_CODE, MSG_DIRECTION_LIST, &v));
    struct event_directions_view m = {.code = v.row.event_code,
                                      .recorded = S(""),
                                      .papers = event_url(w, v.row.event_code, S("/letters-directions")),
                                      .may = recordable(w, &v),
                                      .post = event_url(w, v.row.event_code, S("/directions"))};
    if (!w->step && w->in[ED_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_DIRECTION_RECORDED);
    }
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(direction_of_event(&w->ctx, v.row.home, v.row.id, &rows, &n));
    TRY(direction_table(w, rows, n, &m.table));
    if (m.may) {
        TRY(direction_fields(w, &v, &m));
        w->page.form_id = S("give");
    }
    event_directions_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- closing ---- */

static const char *const close_dos[] = {"paper", "minutes", "sign", "unsign", "close", "reopen", NULL};
enum { DO_PAPER, DO_MINUTES, DO_SIGN, DO_UNSIGN, DO_CLOSE, DO_REOPEN };

#define CELL(role, sex)                                        \
    [CL_CELLS + EVENT_role_##role * EVENT_sex_n + EVENT_sex_## \
        sex] = {"paper_" #role "_" #sex, IN_NUMBER, MSG_CLOSE_CELL, CLOSE_PEOPLE_MAX}
#define CELLS(role) CELL(role, woman), CELL(role, man), CELL(role, transgender), CELL(role, not_stated)

const struct input close_inputs[CL_N] = {
    [CL_CODE] = EVENT_CODE_INPUT,
    [CL_DO] = {"do", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = close_dos},
    [CL_EXPLAINED] = {"explained", IN_WORDS, MSG_CLOSE_EXPLAINED, 1000},
    [CL_MINUTES] = {"minutes", IN_WORDS, MSG_CLOSE_MINUTES, CLOSE_MINUTES_MAX},
    [CL_POST] = {"post", IN_LINE, MSG_CLOSE_POST, CLOSE_POST_MAX},
    [CL_HOW] = {"how", IN_CHOICE, MSG_CLOSE_HOW, .choices = close_how_codes},
    [CL_SIGN_NO] = {"sign_no", IN_NUMBER, MSG_CLOSE_SIGNATURES, 1000},
    [CL_SURE] = {"sure", IN_FLAG, MSG_CLOSE_SURE},
    [CL_WHY] = {"why", IN_WORDS, MSG_CLOSE_WHY, 500},
    [CL_DONE] = {"done", IN_FLAG, MSG_CASE_ACTIONS},
    CELLS(councillor),
    CELLS(official),
    CELLS(citizen),
    CELLS(cso),
    CELLS(other),
};

static err paper_write(struct ctx *c, struct event_view *v, const struct given *in)
{
    struct close_paper paper;
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct given *g = &in[CL_CELLS + r * EVENT_sex_n + s];
            paper.at[r][s] = (struct opt_i64){g->given, g->given ? g->n : 0};
        }
    }
    return close_paper_set(c, v, &paper, text_or_none(&in[CL_EXPLAINED]));
}

static err close_do(struct ctx *c, struct event_view *v, const struct given *in)
{
    switch (in[CL_DO].n) {
    case DO_PAPER:
        return paper_write(c, v, in);
    case DO_MINUTES:
        return close_minutes_set(c, v, text_or_none(&in[CL_MINUTES]));
    case DO_SIGN:
        return close_sign(c, v, text_or_none(&in[CL_POST]), text_or_none(&in[CL_HOW]));
    case DO_UNSIGN:
        return close_unsign(c, v, in[CL_SIGN_NO].given ? in[CL_SIGN_NO].n : 0);
    case DO_CLOSE:
        return close_event(c, v, ticked(&in[CL_SURE]));
    default:
        return close_reopen(c, v, text_or_none(&in[CL_WHY]));
    }
}

err write_close(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    TRY(event_find(c, in[CL_CODE].text, &v));
    TRY(close_do(c, &v, in));
    out->note = in[CL_CODE].text;
    return OK;
}

err answer_close(struct web *w)
{
    return back_to(w, S("/close"));
}

/* Who, counted, on paper: cells that stand in either. */
enum { COL_WHO, COL_COUNTED, COL_PAPER, COLS };

static str number(const struct web *w, int64_t n)
{
    return format_number(w->arena, w->lang, n);
}

static void count_cells(struct web *w, const struct close_state *s, size_t r, size_t x, struct cell_view *c)
{
    const struct page *p = &w->page;
    const int64_t counted = s->cells.at[r][x].people;
    const struct opt_i64 paper = s->paper.at[r][x];
    const bool differs = s->on_paper && counted != paper.v;
    c[COL_WHO] = (struct cell_view){.text = arena_printf(w->arena, "%.*s · %.*s",
                                                         STR_F(page_msg(p, event_role_words[r].text)),
                                                         STR_F(page_msg(p, event_sex_words[x].text)))};
    c[COL_COUNTED] = (struct cell_view){.text = number(w, counted)};
    c[COL_PAPER] = (struct cell_view){.text = paper.given ? number(w, paper.v) : S(""),
                                      .chip = differs && paper.given ? S("late") : STR_NONE,
                                      .note = differs ? page_msg(p, MSG_CLOSE_DIFFERENT) : S("")};
}

static err counts_fill(struct web *w, const struct close_state *s, struct table_view *out)
{
    const size_t cells_max = (size_t)EVENT_role_n * EVENT_sex_n + 1;
    static const enum msg texts[COLS] = {MSG_CLOSE_WHO, MSG_CLOSE_COUNTED, MSG_CLOSE_ON_PAPER};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, cells_max * COLS);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, cells_max);
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    if (cells == NULL || rows == NULL || columns == NULL) {
        return FAIL(LIMIT);
    }
    size_t n = 0;
    for (size_t k = 0; k < COLS; k++) {
        columns[k] = (struct column_view){.text = page_msg(&w->page, texts[k]), .end = k != COL_WHO};
    }
    for (size_t i = 0; i < (size_t)EVENT_role_n * EVENT_sex_n; i++) {
        const size_t r = i / EVENT_sex_n;
        const size_t x = i % EVENT_sex_n;
        if (s->cells.at[r][x].people == 0 && s->paper.at[r][x].v == 0) {
            continue;
        }
        rows[n] = (struct row_view){&cells[n * COLS], COLS};
        count_cells(w, s, r, x, &cells[n * COLS]);
        n++;
    }
    if (n > 0) {
        struct cell_view *c = &cells[n * COLS];
        rows[n++] = (struct row_view){c, COLS};
        c[COL_WHO] = (struct cell_view){.text = page_msg(&w->page, MSG_CLOSE_ALL)};
        c[COL_COUNTED] = (struct cell_view){.text = number(w, s->cells.all.people)};
        c[COL_PAPER] = (struct cell_view){.text = s->on_paper ? number(w, s->paper_all) : S("")};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_CLOSE_COUNTS),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = rows,
                               .rows_n = n,
                               .empty = page_msg(&w->page, MSG_CLOSE_NOBODY)};
    return OK;
}

static str compared_words(struct web *w, const struct close_state *s)
{
    const struct page *p = &w->page;
    if (!s->on_paper) {
        return page_msg(p, MSG_CLOSE_PAPER_NONE);
    }
    if (s->differ_n == 0) {
        return page_msg(p, MSG_CLOSE_SAME);
    }
    return page_msg_args(p, MSG_CLOSE_DIFFER_N, s->differ_n, NULL, 0);
}

str close_later_words(struct web *w, const struct close_state *s)
{
    const struct msg_arg when = {"when", page_isolate(&w->page, format_time(w->arena, w->lang, s->later_ms))};
    return s->later > 0 ? page_msg_args(&w->page, MSG_CLOSE_LATER_N, s->later, &when, 1) : S("");
}

static err warnings_fill(struct web *w, const struct close_state *s, struct close_view *m)
{
    const struct {
        int64_t n;
        enum msg text;
    } all[] = {{s->owed, MSG_CLOSE_OWED_N},
               {s->unanswered, MSG_CLOSE_UNANSWERED_N},
               {s->waiting, MSG_CLOSE_WAITING_N}};
    str *words = arena_array_of(w->arena, str, COUNT(all));
    if (words == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(all); i++) {
        if (all[i].n > 0) {
            words[m->warnings_n++] = page_msg_args(&w->page, all[i].text, all[i].n, NULL, 0);
        }
    }
    m->warnings = words;
    m->owed = s->owed > 0;
    m->sure_asked = s->unanswered > 0 || s->waiting > 0;
    return OK;
}

/* A field of each cell: what was typed, else what stands on the paper already; beside it what was counted. */
static struct field_view cell_field(struct web *w, const struct close_state *s, size_t r, size_t x)
{
    const size_t input = CL_CELLS + r * EVENT_sex_n + x;
    struct field_view f = web_field(w, input, MSG_NONE);
    f.label = page_msg(&w->page, event_sex_words[x].text);
    f.hint = page_msg_args(&w->page, MSG_CLOSE_COUNTED_N, s->cells.at[r][x].people, NULL, 0);
    f.inputmode = S("numeric");
    f.optional = false;
    if (f.value.n == 0 && s->paper.at[r][x].given && !w->step) {
        f.value = arena_printf(w->arena, "%d", (int)s->paper.at[r][x].v);
    }
    return f;
}

static err roles_fill(struct web *w, const struct close_state *s, struct close_view *m)
{
    struct close_role_view *roles = arena_array_of(w->arena, struct close_role_view, EVENT_role_n);
    struct field_view *fields =
        arena_array_of(w->arena, struct field_view, (size_t)EVENT_role_n * EVENT_sex_n);
    if (roles == NULL || fields == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t x = 0; x < EVENT_sex_n; x++) {
            fields[r * EVENT_sex_n + x] = cell_field(w, s, r, x);
        }
        roles[r] = (struct close_role_view){.name = page_msg(&w->page, event_role_words[r].text),
                                            .fields = &fields[r * EVENT_sex_n],
                                            .fields_n = EVENT_sex_n};
    }
    m->roles = roles;
    m->roles_n = EVENT_role_n;
    return OK;
}

static err signs_fill(struct web *w, const struct close_state *s, struct close_view *m)
{
    struct close_sign_view *rows = arena_array_of(w->arena, struct close_sign_view, s->signs_n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < s->signs_n; i++) {
        rows[i] = (struct close_sign_view){
            .post = s->signs[i].post_text,
            .how = page_msg(&w->page, case_word_of(close_how_words, CLOSE_how_n, s->signs[i].how_code)),
            .no = arena_printf(w->arena, "%d", (int)s->signs[i].sign_no)};
    }
    m->signs = rows;
    m->signs_n = s->signs_n;
    return OK;
}

static err close_fields(struct web *w, const struct event_view *v, struct close_view *m)
{
    m->explained = web_field(w, CL_EXPLAINED, MSG_CLOSE_EXPLAINED_HINT);
    m->minutes = web_field(w, CL_MINUTES, MSG_CLOSE_MINUTES_HINT);
    m->sign_post = web_field(w, CL_POST, MSG_CLOSE_POST_HINT);
    m->how = web_field(w, CL_HOW, MSG_NONE);
    m->sure = web_field(w, CL_SURE, MSG_NONE);
    m->why = web_field(w, CL_WHY, MSG_NONE);
    m->minutes.rows = 8;
    m->explained.rows = 2;
    m->sign_post.dir = S("auto");
    m->minutes.optional = m->sign_post.optional = m->how.optional = m->why.optional = false;
    if (m->explained.value.n == 0 && v->row.explained_text.n > 0) {
        m->explained.value = v->row.explained_text;
    }
    if (m->minutes.value.n == 0) {
        m->minutes.value = v->row.minutes_text;
    }
    return choices_words(w, CL_HOW, close_how_words, CLOSE_how_n, STR_NONE, &m->how);
}

err show_close(struct web *w)
{
    struct event_view v;
    struct close_state s;
    TRY(event_of(w, CL_CODE, MSG_CLOSE_END, &v));
    TRY(close_state(&w->ctx, &v, &s));
    struct close_view m = {.code = v.row.event_code,
                           .recorded = S(""),
                           .closed = S(""),
                           .chip = event_chip(&w->page, v.state),
                           .open = v.state == EVENT_OPEN && recordable(w, &v),
                           .not_yet = v.state == EVENT_PLANNED || v.state == EVENT_CANCELLED,
                           .may_reopen = event_may(&w->ctx, &v, EVENT_REOPEN),
                           .compared = compared_words(w, &s),
                           .later = close_later_words(w, &s),
                           .post = event_url(w, v.row.event_code, S("/close")),
                           .follow = event_url(w, v.row.event_code, S("/follow-up"))};
    if (!w->step && w->in[CL_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_DIRECTION_RECORDED);
    }
    if (v.state == EVENT_CLOSED) {
        m.closed = page_msg(&w->page, MSG_CLOSE_IS_CLOSED);
    }
    m.paper_open = !s.on_paper || s.differ_n > 0 || w->step;
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(warnings_fill(w, &s, &m));
    TRY(counts_fill(w, &s, &m.counts));
    TRY(roles_fill(w, &s, &m));
    TRY(signs_fill(w, &s, &m));
    TRY(close_fields(w, &v, &m));
    TRY(event_paper_links(w, &v, &m.papers, &m.papers_n));
    close_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the routes ---- */

static const struct route routes[] = {
    {HTTP_GET, "/events/{code}/directions", P_EVENT_READ, 0, INPUTS(event_direction_inputs),
     .show = show_event_directions, .doc = MSG_DOC_CLOSE_DIRECTIONS},
    {HTTP_POST, "/events/{code}/directions", P_EVENT_CLOSE, 0, INPUTS(event_direction_inputs),
     .show = show_event_directions, .write = write_event_direction, .answer = answer_event_direction,
     .doc = MSG_DOC_CLOSE_DIRECTIONS},
    {HTTP_GET, "/events/{code}/close", P_EVENT_CLOSE, 0, INPUTS(close_inputs), .show = show_close,
     .doc = MSG_DOC_CLOSE_END},
    {HTTP_POST, "/events/{code}/close", P_EVENT_CLOSE, 0, INPUTS(close_inputs), .show = show_close,
     .write = write_close, .answer = answer_close, .doc = MSG_DOC_CLOSE_END},
    {HTTP_GET, "/events/{code}/follow-up", P_EVENT_CLOSE, 0, INPUTS(follow_inputs), .show = show_follow,
     .doc = MSG_DOC_CLOSE_FOLLOW},
    {HTTP_POST, "/events/{code}/follow-up", P_EVENT_CLOSE, 0, INPUTS(follow_inputs), .show = show_follow,
     .write = write_follow, .answer = answer_follow, .doc = MSG_DOC_CLOSE_FOLLOW},
    {HTTP_GET, "/events/{code}/minutes", P_EVENT_READ, 0, INPUTS(event_paper_inputs), .show = show_minutes,
     .doc = MSG_DOC_CLOSE_MINUTES},
    {HTTP_GET, "/events/{code}/minutes.pdf", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_minutes_pdf, .doc = MSG_DOC_CLOSE_MINUTES},
    {HTTP_GET, "/events/{code}/minutes.docx", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_minutes_docx, .doc = MSG_DOC_CLOSE_MINUTES},
    {HTTP_GET, "/events/{code}/closing-sheet", P_EVENT_CLOSE, 0, INPUTS(event_paper_inputs),
     .show = show_closing_sheet, .doc = MSG_DOC_CLOSE_SHEET},
    {HTTP_GET, "/events/{code}/closing-sheet.pdf", P_EVENT_CLOSE, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_closing_sheet_pdf, .doc = MSG_DOC_CLOSE_SHEET},
    {HTTP_GET, "/events/{code}/closing-sheet.docx", P_EVENT_CLOSE, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_closing_sheet_docx, .doc = MSG_DOC_CLOSE_SHEET},
    {HTTP_GET, "/events/{code}/data-sheet", P_EVENT_READ, 0, INPUTS(event_paper_inputs),
     .show = show_data_sheet, .doc = MSG_DOC_CLOSE_DATA},
    {HTTP_GET, "/events/{code}/data-sheet.pdf", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_data_sheet_pdf, .doc = MSG_DOC_CLOSE_DATA},
    {HTTP_GET, "/events/{code}/data-sheet.docx", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_data_sheet_docx, .doc = MSG_DOC_CLOSE_DATA},
    {HTTP_GET, "/events/{code}/letters-directions", P_EVENT_READ, 0, INPUTS(event_paper_inputs),
     .show = show_direction_letters, .doc = MSG_DOC_CLOSE_LETTERS},
    {HTTP_GET, "/events/{code}/letters-directions.pdf", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_direction_letters_pdf, .doc = MSG_DOC_CLOSE_LETTERS},
    {HTTP_GET, "/events/{code}/letters-directions.docx", P_EVENT_READ, ROUTE_SLOW, INPUTS(event_paper_inputs),
     .show = show_direction_letters_docx, .doc = MSG_DOC_CLOSE_LETTERS},
};

const struct feature event_close_feature = {
    .name = "event-close", .routes = routes, .routes_n = COUNT(routes)};
