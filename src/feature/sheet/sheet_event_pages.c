/* sheet_event_pages.c: the Event Data Sheet: what an event was, as it is put forward, verified and approved.
 */
#include "event_pages.h"
#include "sheet.html.h"
#include "sheet_pages.h"

#include "clock.h"

enum { EV_CODE, EV_DONE, EV_BASE, EV_WORDS = EV_BASE + SHEET_IN_WORDS, EV_DO = EV_BASE + SHEET_IN_DO };
const struct input sheet_event_inputs[SHEET_EVENT_INPUTS_N] = {
    [EV_CODE] = EVENT_CODE_INPUT,
    [EV_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
    SHEET_INPUTS(EV_BASE),
};

/* ---- what it says ---- */

static const struct {
    str name;
    enum msg text;
} sums[] = {
    {S_INIT("cases"), MSG_SHEET_SUM_CASES},
    {S_INIT("answered"), MSG_SHEET_SUM_ANSWERED},
    {S_INIT("needs"), MSG_SHEET_SUM_NEEDS},
    {S_INIT("women"), MSG_SHEET_SUM_WOMEN},
    {S_INIT("directions"), MSG_SHEET_SUM_DIRECTIONS},
    {S_INIT("summoned"), MSG_SHEET_SUM_SUMMONED},
    {S_INIT("came"), MSG_SHEET_SUM_CAME},
};
enum {
    SUMS_N = sizeof sums / sizeof sums[0],
    CELLS_N = EVENT_role_n * EVENT_sex_n,
    LINES_N = CELLS_N + SUMS_N
};

static err lines_of(struct web *w, struct sheet_line **out)
{
    const struct page *p = &w->page;
    struct sheet_line *lines = arena_array_of(w->arena, struct sheet_line, LINES_N);
    if (lines == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CELLS_N; i++) {
        const size_t r = i / EVENT_sex_n;
        const size_t s = i % EVENT_sex_n;
        lines[i].name = arena_printf(w->arena, "cell %s %s", event_role_codes[r], event_sex_codes[s]);
        lines[i].label = arena_printf(w->arena, "%.*s · %.*s", STR_F(page_msg(p, event_role_words[r].text)),
                                      STR_F(page_msg(p, event_sex_words[s].text)));
    }
    for (size_t i = 0; i < SUMS_N; i++) {
        lines[CELLS_N + i] = (struct sheet_line){.name = sums[i].name, .label = page_msg(p, sums[i].text)};
    }
    *out = lines;
    return OK;
}

/* "30", and below it how many of them spoke. */
static struct cell_view value_cell(struct web *w, str said)
{
    int64_t people = 0;
    int64_t spoke = 0;
    str rest = said;
    if (said.p == NULL || !str_i64(str_cut(&rest, ' '), &people)) {
        return (struct cell_view){.text = sheet_number(w, 0)};
    }
    const bool told = rest.n > 0 && str_i64(rest, &spoke) && spoke > 0;
    return (struct cell_view){.text = sheet_number(w, people),
                              .note =
                                  told ? page_msg_args(&w->page, MSG_SHEET_SPOKE, spoke, NULL, 0) : S("")};
}

static struct cell_view all_cell(struct web *w, const struct sheet_line *lines, str content)
{
    int64_t all = 0;
    for (size_t i = 0; i < CELLS_N; i++) {
        str rest = sheet_says(content, lines[i].name);
        int64_t n = 0;
        if (str_i64(str_cut(&rest, ' '), &n)) {
            all += n;
        }
    }
    return (struct cell_view){.text = sheet_number(w, all)};
}

/* As it is now, beside what was approved last, where anything was. */
static err content_table(struct web *w, const struct sheet_line *lines, str now,
                         const struct q_sheet_versions *last, struct table_view *out)
{
    enum { COL_WHAT, COL_NOW, COL_APPROVED, COLS };
    static const enum msg heads[COLS] = {[COL_WHAT] = MSG_SHEET_COL_WHAT,
                                         [COL_NOW] = MSG_SHEET_COL_NOW,
                                         [COL_APPROVED] = MSG_SHEET_COL_APPROVED};
    const size_t cols = last != NULL ? COLS : COL_APPROVED;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (LINES_N + 1) * COLS);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < LINES_N; i++) {
        const str is = sheet_says(now, lines[i].name);
        const str was = last != NULL ? sheet_says(last->content_text, lines[i].name) : STR_NONE;
        struct cell_view *c = &cells[n * cols];
        if (is.p == NULL && was.p == NULL) { /* nobody of this role and sex */
            continue;
        }
        c[COL_WHAT].text = lines[i].label;
        c[COL_NOW] = value_cell(w, is);
        if (last != NULL) {
            c[COL_APPROVED] = value_cell(w, was);
            c[COL_NOW].chip = str_eq(is, was) ? STR_NONE : S("late");
        }
        n++;
    }
    struct cell_view *c = &cells[n * cols];
    c[COL_WHAT].text = page_msg(&w->page, MSG_SHEET_SUM_PEOPLE);
    c[COL_NOW] = all_cell(w, lines, now);
    if (last != NULL) {
        c[COL_APPROVED] = all_cell(w, lines, last->content_text);
    }
    return web_table(w, heads, cols, cells, n + 1, MSG_SHEET_SAYS, MSG_SHEET_NOTHING, out);
}

static err says_fill(struct web *w, const struct event_view *e, const struct sheet_view *v,
                     struct sheet_page_view *m)
{
    struct sheet_line *lines;
    struct q_sheet_versions *versions = NULL;
    size_t versions_n = 0;
    str now;
    TRY(lines_of(w, &lines));
    uint8_t hash[DIGEST_LEN];
    TRY(sheet_event_content(&w->ctx, e, &now));
    sheet_hash(now, hash);
    m->act.seen = sheet_hash_text(w, hash);
    if (v != NULL) {
        TRY(sheet_versions(&w->ctx, v, &versions, &versions_n));
    }
    TRY(sheet_versions_table(w, lines, LINES_N, versions, versions_n, &m->versions));
    return content_table(w, lines, now, versions_n > 0 ? &versions[0] : NULL, &m->content);
}

/* ---- the page ---- */

err show_event_sheet(struct web *w)
{
    struct event_view e;
    struct sheet_view v;
    TRY(event_of(w, EV_CODE, MSG_SHEET_EVENT, &e));
    const err found = sheet_of_event(&w->ctx, &e, &v);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    const bool begun = found.code == ERR_OK;
    struct sheet_page_view m = {.recorded = S(""),
                                .about = event_url(w, e.row.event_code, S("")),
                                .note = S(""),
                                .act.post = sheet_event_url(w, e.row.event_code),
                                .act.words = web_field(w, EV_WORDS, MSG_SHEET_WHY_HINT)};
    if (!w->step && w->in[EV_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_CASE_RECORDED);
    }
    TRY(sheet_page_fill(w, begun ? &v : NULL,
                        begun ? v.row.due_day : day_add(e.row.event_day, SHEET_EVENT_DAYS), EV_BASE, &m));
    TRY(says_fill(w, &e, begun ? &v : NULL, &m));
    if (!begun) {
        v = (struct sheet_view){.row = {.home = e.row.home,
                                        .sheet_kind_code = S("event"),
                                        .event_id = SOME(e.row.id),
                                        .from_day = e.row.event_day,
                                        .to_day = e.row.event_day},
                                .state = e.state == EVENT_CLOSED ? SHEET_DRAFT : SHEET_SUBMITTED};
    }
    TRY(sheet_checks_fill(w, &v, EV_BASE, &m));
    if (!begun && e.state == EVENT_CLOSED) {
        m.act.submit = flow_can(&sheet_kind, SHEET_DRAFT, SHEET_SUBMIT, w->ctx.actor.role);
    } else if (e.state != EVENT_CLOSED) {
        m.note = page_msg(&w->page, MSG_SHEET_EVENT_OPEN);
    }
    w->page.back = url_local(w->arena, S("/sheets"));
    sheet_show_page(&w->page, &m);
    return web_html(w, 200);
}

err write_event_sheet(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view e;
    struct sheet_view v;
    TRY(event_find(c, in[EV_CODE].text, &e));
    if (in[EV_DO].n == SHEET_DO_SUBMIT || in[EV_DO].n == SHEET_DO_JUSTIFY) {
        TRY(sheet_begin_event(c, &e, &v));
    } else {
        TRY(sheet_of_event(c, &e, &v));
    }
    TRY(sheet_form_holds(c, &v, &in[EV_BASE]));
    if (in[EV_DO].n == SHEET_DO_APPROVE) {
        TRY(sheet_approve(c, &v, NULL, NULL));
    } else {
        TRY(sheet_do(c, &v, &in[EV_BASE]));
    }
    out->note = in[EV_CODE].text;
    return OK;
}

err answer_event_sheet(struct web *w)
{
    return web_redirect(w, url_with(w->arena, sheet_event_url(w, w->receipt.note), S("done"), S("1")));
}
