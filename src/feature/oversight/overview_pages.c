/* overview_pages.c: where a supervisor begins; and the routes of all pages here. */
#include "case_evidence_pages.h"
#include "case_filter.h"
#include "case_pages.h"
#include "format.h"
#include "oversight.h"
#include "oversight.html.h"
#include "oversight_feature.h"
#include "oversight_pages.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const enum msg kinds[CASE_KINDS] = {MSG_OVERSIGHT_COMPLAINTS, MSG_OVERSIGHT_APPLICATIONS,
                                           MSG_OVERSIGHT_SUGGESTIONS};
enum { COL_NAME, COL_KINDS, COLS = COL_KINDS + CASE_KINDS };
/* A suggestion has no date. */
enum { LATE_COLS = COLS - 1, LATE_KINDS = CASE_KINDS - 1 };

/* A table of numbers: lines by kind of case. */
static err grid_begin(struct web *w, enum msg head, size_t n, struct row_view **out_rows,
                      struct table_view *out)
{
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    *out_rows = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || *out_rows == NULL) {
        return FAIL(LIMIT);
    }
    columns[COL_NAME].text = page_msg(&w->page, head);
    for (size_t k = 0; k < CASE_KINDS; k++) {
        columns[COL_KINDS + k] = (struct column_view){.text = page_msg(&w->page, kinds[k]), .end = true};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, head),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = *out_rows,
                               .rows_n = n,
                               .empty = page_msg(&w->page, MSG_OVERSIGHT_NOTHING_LATE)};
    return OK;
}

static void number_put(struct web *w, int64_t n, const struct case_filter *f, struct cell_view *out)
{
    *out = (struct cell_view){.text = format_number(w->arena, w->lang, n)};
    if (n > 0) {
        out->to = filter_url(w->arena, S("/cases"), f);
    }
}

static err waiting_table(struct web *w, const struct overview *o, struct table_view *out)
{
    static const enum msg names[WAIT_N] = {
        [WAIT_UNASSIGNED] = MSG_LIST_UNASSIGNED,        [WAIT_REOPENED] = MSG_LIST_MARK_REOPENED,
        [WAIT_CONTESTED] = MSG_OVERSIGHT_CONTESTED,     [WAIT_PARTLY] = MSG_STATE_PARTLY,
        [WAIT_NOT_SOLVED] = MSG_STATE_NOT_SOLVED,       [WAIT_NO_FUNDS] = MSG_REASON_NO_FUNDS,
        [WAIT_ANSWER] = MSG_STAFFSTATE_AWAITING_ANSWER, [WAIT_HANDED_OVER] = MSG_STATE_HANDED_OVER};
    struct row_view *rows;
    TRY(grid_begin(w, MSG_OVERSIGHT_WAITS, WAIT_N, &rows, out));
    for (int i = 0; i < WAIT_N; i++) {
        struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        c[COL_NAME].text = page_msg(&w->page, names[i]);
        for (int k = 0; k < CASE_KINDS; k++) {
            struct case_filter f;
            waiting_filter((enum waiting)i, (enum case_kind)k, &f);
            number_put(w, o->n[i][k], &f, &c[COL_KINDS + k]);
        }
        rows[i] = (struct row_view){c, COLS};
    }
    return OK;
}

static err late_table(struct web *w, const struct overview *o, struct table_view *out)
{
    struct row_view *rows;
    TRY(grid_begin(w, MSG_CASE_OFFICE, o->late_n, &rows, out));
    out->columns_n = LATE_COLS;
    for (size_t i = 0; i < o->late_n; i++) {
        const struct late_office *office = &o->late[i];
        struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        c[COL_NAME].text = office->office.given ? office->name : page_msg(&w->page, MSG_CASE_OFFICE_NONE);
        for (int k = 0; k < LATE_KINDS; k++) {
            const struct case_filter f = {.kind = case_kind_code((enum case_kind)k),
                                          .open = true,
                                          .due = DUE_LATE,
                                          .office = office->code,
                                          .unassigned = !office->office.given};
            number_put(w, office->late[k], &f, &c[COL_KINDS + k]);
        }
        rows[i] = (struct row_view){c, LATE_COLS};
    }
    return OK;
}

static err calls_fill(struct web *w, struct overview_view *m)
{
    struct q_past_calls *rows;
    size_t n;
    TRY(overview_calls(&w->ctx, &rows, &n));
    struct past_call_view *calls = arena_array_of(w->arena, struct past_call_view, n + 1);
    if (calls == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        calls[i] = (struct past_call_view){.to = case_url(w, &ref, S("/call")),
                                           .ref = case_ref_text(w->arena, ref),
                                           .due = format_day(w->arena, w->lang, rows[i].due_day)};
    }
    m->calls = calls;
    m->calls_n = n;
    return OK;
}

static err show_overview(struct web *w)
{
    struct overview o;
    struct overview_view m = {.now = format_time(w->arena, w->lang, w->ctx.now_ms)};
    TRY(overview_of(&w->ctx, &o));
    TRY(calls_fill(w, &m));
    TRY(untyped_words(w, &m.untyped));
    TRY(waiting_table(w, &o, &m.waiting));
    TRY(late_table(w, &o, &m.late));
    TRY(directions_words(w, &m.directions));
    const struct opt_i64 share = share_of(o.women[KIND_COMPLAINT], o.all[KIND_COMPLAINT]);
    const struct msg_arg args[] = {{"share", format_number(w->arena, w->lang, share.v)},
                                   {"all", format_number(w->arena, w->lang, o.all[KIND_COMPLAINT])}};
    m.women = share.given ? page_msg_args(&w->page, MSG_OVERSIGHT_WOMEN, 0, args, COUNT(args)) : S("");
    w->page.title = page_msg(&w->page, MSG_OVERSIGHT_OVERVIEW);
    overview_page(&w->page, &m);
    return web_html(w, 200);
}

static const struct route routes[] = {
    {HTTP_GET, "/overview", P_OVERSEE, ROUTE_SLOW | ROUTE_AGAIN, .show = show_overview,
     .doc = MSG_DOC_OVERVIEW},
    {HTTP_GET, "/problems", P_OVERSEE, ROUTE_SLOW | ROUTE_AGAIN, INPUTS(problems_inputs),
     .show = show_problems, .doc = MSG_DOC_PROBLEMS},
    {HTTP_GET, "/problems.csv", P_OVERSEE, ROUTE_SLOW, INPUTS(problems_inputs), .show = show_problems_file,
     .doc = MSG_DOC_PROBLEMS_FILE},
    {HTTP_GET, "/digest", P_DIGEST, ROUTE_SLOW, INPUTS(digest_inputs), .show = show_digest,
     .doc = MSG_DOC_DIGEST},
};

const struct feature oversight_feature = {.name = "oversight", .routes = routes, .routes_n = COUNT(routes)};
