/* direction_pages.c: the list of directions, and one of them with what can be done. */
#include "direction_pages.h"

#include "case_parts.h"
#include "clock.h"
#include "direction.html.h"
#include "direction_feature.h"
#include "direction_parts.h"
#include "format.h"
#include "table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LIST_ROWS = 50, COUNT_MOST = 1000, FILE_BYTES_MAX = 4 << 20 };

/* ---- the list ---- */

const struct input direction_list_inputs[DL_N] = {
    [DL_HORIZON] = {"horizon", IN_CHOICE, MSG_DIRECTION_HORIZON, .choices = direction_horizon_codes},
    [DL_OFFICE] = {"office", IN_CODE, MSG_DIRECTION_OFFICE, 60},
    [DL_LATE] = {"late", IN_FLAG, MSG_DIRECTION_LATE_ONLY},
    [DL_ALL] = {"all", IN_FLAG, MSG_DIRECTION_ALL},
    [DL_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE},
};

struct direction_filter direction_filter_of(struct web *w)
{
    return (struct direction_filter){
        .all = w->in[DL_ALL].given && w->in[DL_ALL].n == 1,
        .late = w->in[DL_LATE].given && w->in[DL_LATE].n == 1,
        .horizon = w->in[DL_HORIZON].given ? w->in[DL_HORIZON].text : STR_NONE,
        .office = w->in[DL_OFFICE].given ? w->in[DL_OFFICE].text : STR_NONE,
        .state = -1,
        .limit = LIST_ROWS,
    };
}

err direction_list_after(struct web *w, struct direction_filter *io)
{
    int64_t keys[2];
    if (!w->in[DL_AFTER].given) {
        return OK;
    }
    TRY(web_cursor_keys(w, DL_AFTER, keys, COUNT(keys)));
    io->after_due_ms = keys[0];
    io->after_id = keys[1];
    return OK;
}

/* The filters again, for the links to the file and to the next page. */
static struct url list_url(struct web *w, str path)
{
    struct url u = url_local(w->arena, path);
    for (size_t i = 0; i < DL_AFTER; i++) {
        if (w->in[i].given && w->in[i].raw.n > 0) {
            u = url_with(w->arena, u, str_of(w->route->inputs[i].name), w->in[i].raw);
        }
    }
    return u;
}

static err list_filters(struct web *w, struct directions_view *m)
{
    const int64_t home = w->who.actor.home;
    m->horizon = web_field(w, DL_HORIZON, MSG_NONE);
    TRY(choices_words(w, DL_HORIZON, direction_horizon_words, DIRECTION_horizon_n, STR_NONE, &m->horizon));
    m->late = web_field(w, DL_LATE, MSG_NONE);
    m->all = web_field(w, DL_ALL, MSG_NONE);
    m->office = web_field(w, DL_OFFICE, MSG_NONE);
    m->horizon.optional = m->late.optional = m->all.optional = m->office.optional = false;
    m->offices = home != 0 && w->who.actor.role != ROLE_OFFICER;
    return m->offices ? direction_offices(w, DL_OFFICE, home, STR_NONE, &m->office) : OK;
}

static err list_counted(struct web *w, str *out)
{
    int64_t late, open;
    TRY(direction_count(&w->ctx, COUNT_MOST, &late, &open));
    const struct msg_arg args[] = {{"open", format_number(w->arena, w->lang, open)},
                                   {"late", format_number(w->arena, w->lang, late)}};
    *out = page_msg_args(&w->page, MSG_DIRECTION_COUNTED, 0, args, COUNT(args));
    return OK;
}

static err show_list(struct web *w)
{
    struct direction_view *rows;
    size_t n;
    bool more;
    struct directions_view m = {.counted = S("")};
    struct direction_filter f = direction_filter_of(w);
    TRY(direction_list_after(w, &f));
    TRY(direction_list(&w->ctx, &f, &rows, &n, &more));
    TRY(list_filters(w, &m));
    TRY(list_counted(w, &m.counted));
    TRY(direction_table(w, rows, n, &m.table));
    if (more) {
        const int64_t keys[] = {rows[n - 1].flow.due_ms, rows[n - 1].row.id};
        m.table.more =
            url_with(w->arena, list_url(w, S("/directions")), S("after"), web_cursor(w, keys, COUNT(keys)));
    }
    m.file = list_url(w, S("/directions.csv"));
    w->page.title = page_msg(&w->page, MSG_DIRECTION_LIST);
    directions_page(&w->page, &m);
    return web_html(w, 200);
}

enum { COL_NO, COL_DUE, COL_WORDS, COL_OWNER, COL_HORIZON, COL_STATE, COLS };

static err show_file(struct web *w)
{
    static const struct column columns[COLS] = {
        [COL_NO] = {S_INIT("number"), MSG_DIRECTION_COL_NO, COLUMN_TEXT},
        [COL_DUE] = {S_INIT("due"), MSG_DIRECTION_COL_DUE, COLUMN_TEXT},
        [COL_WORDS] = {S_INIT("words"), MSG_DIRECTION_COL_WORDS, COLUMN_TEXT},
        [COL_OWNER] = {S_INIT("owner"), MSG_DIRECTION_COL_OWNER, COLUMN_TEXT},
        [COL_HORIZON] = {S_INIT("horizon"), MSG_DIRECTION_HORIZON, COLUMN_TEXT},
        [COL_STATE] = {S_INIT("state"), MSG_DIRECTION_COL_STATE, COLUMN_TEXT},
    };
    struct direction_view *rows;
    size_t n;
    bool more;
    struct direction_filter f = direction_filter_of(w);
    f.limit = DIRECTION_LIST_MAX;
    TRY(direction_list(&w->ctx, &f, &rows, &n, &more));
    struct cell *cells = arena_array_of(w->arena, struct cell, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell *c = &cells[i * COLS];
        c[COL_NO].text = rows[i].number;
        c[COL_DUE].text = format_day_iso(w->arena, rows[i].row.due_day);
        c[COL_WORDS].text = rows[i].row.words_text;
        c[COL_OWNER].text = direction_owner(w, &rows[i]);
        c[COL_HORIZON].text = rows[i].row.horizon_code;
        c[COL_STATE].text = direction_state_code(rows[i].state);
    }
    const struct table t = {.columns = columns, .columns_n = COLS, .cells = cells, .rows_n = n};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("directions.csv"), &out);
}

/* ---- one of them ---- */

static const struct {
    const char *code;
    unsigned action;
    enum msg text;
} dos[] = {
    {"accept", DIRECTION_ACCEPT, MSG_DIRECTION_DO_ACCEPT},
    {"report", DIRECTION_REPORT, MSG_DIRECTION_DO_REPORT},
    {"note", DIRECTION_NOTE, MSG_DIRECTION_DO_NOTE},
    {"wrong_office", DIRECTION_WRONG_OFFICE, MSG_DIRECTION_DO_WRONG_OFFICE},
    {"send", DIRECTION_SEND, MSG_DIRECTION_DO_SEND},
    {"move", DIRECTION_MOVE, MSG_DIRECTION_DO_MOVE},
    {"cancel", DIRECTION_CANCEL, MSG_DIRECTION_DO_CANCEL},
};
/* In their order. */
static const char *const do_codes[COUNT(dos) + 1] = {"accept", "report", "note",   "wrong_office",
                                                     "send",   "move",   "cancel", NULL};

const struct input direction_inputs[D_N] = {
    [D_EVENT] = {"event", IN_CODE, MSG_DIRECTION_EVENT, 60, .required = true},
    [D_NO] = {"no", IN_NUMBER, MSG_DIRECTION_COL_NO, DIRECTION_NO_MAX, .required = true},
    [D_DO] = {"do", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = do_codes},
    [D_STEP] = {"step", IN_NUMBER, MSG_CASE_ACTIONS},
    [D_RESULT] = {"result", IN_CHOICE, MSG_DIRECTION_RESULT, .choices = direction_report_codes},
    [D_WORDS] = {"words", IN_WORDS, MSG_DIRECTION_SAID, DIRECTION_WORDS_MAX},
    [D_OFFICE] = {"office", IN_CODE, MSG_DIRECTION_OFFICE, 60},
    [D_POST] = {"post", IN_LINE, MSG_DIRECTION_POST, DIRECTION_POST_MAX},
    [D_VACANT] = {"vacant", IN_FLAG, MSG_DIRECTION_VACANT},
    [D_DAY] = {"due_day", IN_DAY, MSG_DIRECTION_DAY_NEW},
    [D_DONE] = {"done", IN_FLAG, MSG_CASE_ACTIONS},
};

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

err write_direction(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct direction_view v;
    const struct direction_act act = {.action = dos[in[D_DO].n].action,
                                      .step = in[D_STEP].given ? in[D_STEP].n : 0,
                                      .result = text_or_none(&in[D_RESULT]),
                                      .words = text_or_none(&in[D_WORDS]),
                                      .office = text_or_none(&in[D_OFFICE]),
                                      .post = text_or_none(&in[D_POST]),
                                      .vacant = in[D_VACANT].given && in[D_VACANT].n == 1,
                                      .day = in[D_DAY].given ? in[D_DAY].n : 0};
    TRY(direction_do(c, in[D_EVENT].text, in[D_NO].n, &act));
    /* An officer who gave it back has it no more. */
    const err e = direction_find(c, in[D_EVENT].text, in[D_NO].n, &v);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    out->ref = in[D_EVENT].text;
    out->status = e.code == ERR_OK ? str_of(direction_kind.states[v.state]) : S("returned");
    out->note = arena_printf(c->arena, "%d", (int)in[D_NO].n);
    return OK;
}

static err answer_one(struct web *w)
{
    if (str_eq(w->receipt.status, S("returned")) && w->who.actor.role == ROLE_OFFICER) {
        return web_redirect(w, url_local(w->arena, S("/directions")));
    }
    const struct url page = url_local(w->arena, arena_printf(w->arena, "/directions/%.*s/%.*s",
                                                             STR_F(w->receipt.ref), STR_F(w->receipt.note)));
    return web_redirect(w, url_with(w->arena, page, S("done"), S("1")));
}

static struct fact_view *fact(struct facts_view *m, struct fact_view *f, str name, str value, str dir)
{
    f[m->rows_n] = (struct fact_view){.name = name, .value = value, .dir = dir};
    return &f[m->rows_n++];
}

/* Its event, with a link for those who reach that by their place; an office reaches those it was called to.
 */
static void fact_event(struct web *w, const struct direction_view *v, struct facts_view *m,
                       struct fact_view *f)
{
    const struct page *p = &w->page;
    const struct q_direction_get *r = &v->row;
    const str title = page_isolate_words(p, r->title_text.n > 0 ? r->title_text : r->event_code);
    struct fact_view *row = fact(m, f, page_msg(p, MSG_DIRECTION_EVENT),
                                 arena_printf(w->arena, "%.*s · %.*s", STR_F(title),
                                              STR_F(format_day(w->arena, w->lang, r->event_day))),
                                 STR_NONE);
    if (w->who.actor.role != ROLE_OFFICER) {
        row->to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s", STR_F(r->event_code)));
    }
}

/* The one that carries it on, with a link for those who reach that too. */
static err fact_again(struct web *w, const struct direction_view *v, struct facts_view *m,
                      struct fact_view *f)
{
    const struct q_direction_get *r = &v->row;
    struct direction_view again;
    if (!r->again_no.given) {
        return OK;
    }
    struct fact_view *row =
        fact(m, f, page_msg(&w->page, MSG_DIRECTION_AGAIN),
             arena_printf(w->arena, "%.*s/%d", STR_F(r->again_code), (int)r->again_no.v), S("ltr"));
    const err e = direction_find(&w->ctx, r->again_code, r->again_no.v, &again);
    if (e.code == ERR_OK) {
        row->to = direction_url(w, &again);
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err one_facts(struct web *w, const struct direction_view *v, struct facts_view *out)
{
    enum { FACTS = 10 };
    const struct page *p = &w->page;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct facts_view){f, 0};
    const bool open = flow_open(&direction_kind, v->state);
    fact(out, f, page_msg(p, MSG_DIRECTION_COL_OWNER), direction_owner(w, v), STR_NONE);
    fact(out, f, page_msg(p, MSG_DIRECTION_COL_DUE),
         open ? due_with_left(w, v->flow.due_ms) : format_day(w->arena, w->lang, v->row.due_day), STR_NONE);
    fact(out, f, page_msg(p, MSG_DIRECTION_HORIZON),
         page_msg(p, case_word_of(direction_horizon_words, DIRECTION_horizon_n, v->row.horizon_code)),
         STR_NONE);
    fact_event(w, v, out, f);
    fact(out, f, page_msg(p, MSG_DIRECTION_GIVEN_DAY), format_day(w->arena, w->lang, v->row.given_day),
         STR_NONE);
    if (v->case_ref.n > 0) {
        case_ref ref;
        TRY(case_ref_of(w->arena, v->case_ref, &ref));
        fact(out, f, page_msg(p, MSG_DIRECTION_CASE), case_ref_text(w->arena, ref), S("ltr"))->to =
            url_local(w->arena, arena_printf(w->arena, "/cases/%.*s", STR_F(case_ref_digits(&ref))));
    }
    return fact_again(w, v, out, f);
}

/* What may be done, and the form of what was chosen. */
static err one_dos(struct web *w, const struct direction_view *v, struct direction_page_view *m)
{
    struct direction_do_view *d = arena_array_of(w->arena, struct direction_do_view, COUNT(dos));
    const struct given *chosen = &w->in[D_DO];
    if (d == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(dos); i++) {
        const bool here = chosen->given && chosen->n == (int64_t)i;
        if (!direction_may(&w->ctx, v, dos[i].action)) {
            continue;
        }
        d[m->dos_n++] = (struct direction_do_view){
            .to = (struct url){arena_printf(
                w->arena, "%.*s#do",
                STR_F(url_with(w->arena, direction_url(w, v), S("do"), str_of(dos[i].code)).s))},
            .text = page_msg(&w->page, dos[i].text),
            .here = here};
        if (here) {
            m->doing = str_of(dos[i].code);
            m->doing_text = page_msg(&w->page, dos[i].text);
            m->report = dos[i].action == DIRECTION_REPORT;
            m->send = dos[i].action == DIRECTION_SEND;
            m->move = dos[i].action == DIRECTION_MOVE;
            m->words_shown = dos[i].action != DIRECTION_ACCEPT;
        }
    }
    m->dos = d;
    return OK;
}

static err one_fields(struct web *w, const struct direction_view *v, struct direction_page_view *m)
{
    m->result = web_field(w, D_RESULT, MSG_NONE);
    m->words = web_field(w, D_WORDS, MSG_DIRECTION_SAID_HINT);
    m->office = web_field(w, D_OFFICE, MSG_NONE);
    m->post_text = web_field(w, D_POST, MSG_DIRECTION_POST_HINT);
    m->vacant = web_field(w, D_VACANT, MSG_NONE);
    m->day = web_field(w, D_DAY, MSG_NONE);
    m->day.type = S("date");
    m->post_text.dir = S("auto");
    m->result.optional = m->words.optional = m->office.optional = m->post_text.optional = m->day.optional =
        false;
    TRY(choices_words(w, D_RESULT, direction_report_words, DIRECTION_report_n, STR_NONE, &m->result));
    m->step = arena_printf(w->arena, "%d", (int)v->flow.step_no);
    return m->send ? direction_offices(w, D_OFFICE, v->row.home, STR_NONE, &m->office) : OK;
}

static err show_one(struct web *w)
{
    struct direction_view v;
    TRY(direction_find(&w->ctx, w->in[D_EVENT].text, w->in[D_NO].n, &v));
    struct direction_page_view m = {.title = v.row.words_text,
                                    .number = v.number,
                                    .recorded = S(""),
                                    .notice = S(""),
                                    .chip = direction_chip(&w->page, v.state),
                                    .doing = S(""),
                                    .post = direction_url(w, &v)};
    if (!w->step && w->in[D_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_DIRECTION_RECORDED);
    }
    if (v.row.vacant_flag != 0) {
        const struct msg_arg arg = {"office", v.office_name};
        m.notice = page_msg_args(&w->page, MSG_DIRECTION_VACANT_NOTICE, 0, &arg, 1);
    }
    TRY(one_facts(w, &v, &m.facts));
    TRY(direction_story(w, &v, &m.timeline));
    TRY(one_dos(w, &v, &m));
    TRY(one_fields(w, &v, &m));
    const struct msg_arg arg = {"no", page_isolate(&w->page, v.number)};
    w->page.title = page_msg_args(&w->page, MSG_DIRECTION_ONE, 0, &arg, 1);
    w->page.form_id = m.doing.n > 0 ? S("do") : STR_NONE;
    w->page.back = url_local(w->arena, S("/directions"));
    direction_page(&w->page, &m);
    return web_html(w, 200);
}

/* On the page of a case: what was ordered about it. */
static err about_case(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                      bool *out_some)
{
    struct direction_view *rows;
    size_t n;
    *out_some = false;
    if (kind_no != complaint_kind.kind_no || !permission_of(w->who.actor.role, P_DIRECTION_ACT)) {
        return OK;
    }
    TRY(direction_of_case(&w->ctx, home, id, &rows, &n));
    out->title = page_msg(&w->page, MSG_DIRECTION_OF_CASE);
    *out_some = n > 0;
    return direction_table(w, rows, n, &out->table);
}

static const struct route routes[] = {
    {HTTP_GET, "/directions", P_DIRECTION_ACT, 0, INPUTS(direction_list_inputs), .show = show_list,
     .doc = MSG_DOC_DIRECTION_LIST},
    {HTTP_GET, "/directions.csv", P_DIRECTION_ACT, ROUTE_SLOW | ROUTE_TAKEN, INPUTS(direction_list_inputs),
     .show = show_file, .doc = MSG_DOC_DIRECTION_LIST},
    {HTTP_GET, "/directions/{event}/{no}", P_DIRECTION_ACT, 0, INPUTS(direction_inputs), .show = show_one,
     .doc = MSG_DOC_DIRECTION_ONE},
    {HTTP_POST, "/directions/{event}/{no}", P_DIRECTION_ACT, 0, INPUTS(direction_inputs), .show = show_one,
     .write = write_direction, .answer = answer_one, .doc = MSG_DOC_DIRECTION_ONE},
};

const struct feature direction_feature = {.name = "direction",
                                          .routes = routes,
                                          .routes_n = COUNT(routes),
                                          .api = direction_api_routes,
                                          .api_n = DIRECTION_API_ROUTES,
                                          .aside = about_case};
