/* digest_pages.c: what is due, a sheet of paper for each office. */
#include "case_filter.h"
#include "case_parts.h"
#include "clock.h"
#include "direction.h"
#include "format.h"
#include "oversight.h"
#include "oversight.html.h"
#include "oversight_pages.h"
#include "witness.h"

enum { I_MINE };

const struct input digest_inputs[DIGEST_INPUTS] = {[I_MINE] = {"mine", IN_FLAG, MSG_OVERSIGHT_DIGEST_MINE}};

enum { COL_REF, COL_SERVICE, COL_UNIT, COL_DUE, COL_OFFICER, COLS };

static err heads(struct web *w, enum msg caption, size_t n, struct row_view **out_rows,
                 struct table_view *out)
{
    static const enum msg texts[COLS] = {MSG_DESK_COL_REF, MSG_DESK_COL_SERVICE, MSG_DESK_COL_UNIT,
                                         MSG_DESK_COL_DUE, MSG_LIST_OFFICER};
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    *out_rows = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || *out_rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        columns[i].text = page_msg(&w->page, texts[i]);
    }
    *out = (struct table_view){.caption = page_msg(&w->page, caption),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = *out_rows,
                               .rows_n = n};
    return OK;
}

static err cells_of(struct web *w, str ref_code, struct cell_view **out)
{
    case_ref ref;
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_ref_of(w->arena, ref_code, &ref));
    c[COL_REF] = (struct cell_view){
        .text = case_ref_text(w->arena, ref),
        .dir = S("ltr"),
        .to = url_local(w->arena, arena_printf(w->arena, "/cases/%.*s", STR_F(case_ref_digits(&ref))))};
    *out = c;
    return OK;
}

static err cases_table(struct web *w, enum msg caption, const struct q_case_list *rows, size_t n,
                       struct table_view *out)
{
    struct case_names k;
    struct row_view *views;
    TRY(heads(w, caption, n, &views, out));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c;
        TRY(cells_of(w, rows[i].ref_code, &c));
        c[COL_SERVICE].text = case_service_name(&k, rows[i].topic_id);
        c[COL_UNIT].text = case_unit_name(&k, rows[i].unit_id);
        c[COL_DUE].text = due_with_left(w, rows[i].due_ms);
        c[COL_OFFICER].text =
            case_officer_name(&k, rows[i].marked_id.given ? rows[i].marked_id : rows[i].assignee_id);
        views[i] = (struct row_view){c, COLS};
    }
    return OK;
}

static err promised_table(struct web *w, const struct digest_sheet *s, struct table_view *out)
{
    struct case_names k;
    struct row_view *views;
    const size_t n = s->promised_rows;
    struct q_case_list *rows = arena_array_of(w->arena, struct q_case_list, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct q_case_list){.topic_id = s->promised[i].topic_id,
                                       .unit_id = s->promised[i].unit_id,
                                       .assignee_id = s->promised[i].assignee_id};
    }
    TRY(heads(w, MSG_LIST_REASON, n, &views, out));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    for (size_t i = 0; i < n; i++) {
        const struct q_digest_promised *p = &s->promised[i];
        struct cell_view *c;
        TRY(cells_of(w, p->ref_code, &c));
        c[COL_SERVICE].text = case_service_name(&k, p->topic_id);
        c[COL_SERVICE].note = reason_words(&w->page, p->reason_code);
        c[COL_UNIT].text = case_unit_name(&k, p->unit_id);
        c[COL_DUE].text = p->next_day.given ? format_day(w->arena, w->lang, p->next_day.v) : S("");
        c[COL_OFFICER].text = case_officer_name(&k, p->assignee_id);
        views[i] = (struct row_view){c, COLS};
    }
    return OK;
}

/* A sentence with its number; nothing when that is 0. */
static str counted(struct web *w, enum msg text, int64_t n, int64_t shown)
{
    const struct msg_arg args[] = {{"n", format_number(w->arena, w->lang, n)}};
    if (n == 0) {
        return S("");
    }
    const str words = page_msg_args(&w->page, text, n, args, 1);
    if (shown >= n || shown == 0) {
        return words;
    }
    const struct msg_arg first = {"n", format_number(w->arena, w->lang, shown)};
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(words),
                        STR_F(page_msg_args(&w->page, MSG_OVERSIGHT_FIRST, shown, &first, 1)));
}

static err unassigned_fill(struct web *w, const struct digest_sheet *s, struct sheet_view *out)
{
    const struct case_filter f = {.state = SOME(CASE_REGISTERED)};
    out->title = page_msg(&w->page, MSG_LIST_UNASSIGNED);
    out->late = counted(w, MSG_OVERSIGHT_UNASSIGNED_N, s->unassigned_n, (int64_t)s->late_rows);
    out->late_to = filter_url(w->arena, S("/cases"), &f);
    return cases_table(w, MSG_LIST_UNASSIGNED, s->late, s->late_rows, &out->late_rows);
}

static err sheet_fill(struct web *w, const struct digest_sheet *s, bool many, struct sheet_view *out)
{
    *out = (struct sheet_view){.title = s->name, .district = many ? s->district : S("")};
    if (!s->office.given) {
        return unassigned_fill(w, s, out);
    }
    struct case_filter f = {.open = true, .office = s->code, .unit = s->unit, .due = DUE_LATE};
    out->late = counted(w, MSG_OVERSIGHT_LATE_N, s->late_n, (int64_t)s->late_rows);
    out->late_to = filter_url(w->arena, S("/cases"), &f);
    f.due = DUE_WEEK;
    out->soon = counted(w, MSG_OVERSIGHT_SOON_N, s->soon_n, (int64_t)s->soon_rows);
    out->soon_to = filter_url(w->arena, S("/cases"), &f);
    if (s->today_n > 0) {
        const struct msg_arg n = {"n", format_number(w->arena, w->lang, s->today_n)};
        out->soon = arena_printf(w->arena, "%.*s · %.*s", STR_F(out->soon),
                                 STR_F(page_msg_args(&w->page, MSG_OVERSIGHT_TODAY_N, s->today_n, &n, 1)));
    }
    out->promised = s->promised_rows > 0 ? page_msg(&w->page, MSG_OVERSIGHT_PROMISED) : S("");
    out->calls = counted(w, MSG_OVERSIGHT_CALLS_N, s->calls_n, 0);
    TRY(cases_table(w, MSG_LIST_DUE_LATE, s->late, s->late_rows, &out->late_rows));
    TRY(cases_table(w, MSG_LIST_DUE_WEEK, s->soon, s->soon_rows, &out->soon_rows));
    return promised_table(w, s, &out->promised_rows);
}

/* The sheet is a witness: kept in a file of paper, it shows later whether the record still holds what it did.
 */
static str record_mark(struct web *w)
{
    struct audit_head *heads;
    size_t n;
    const err e = audit_heads(&w->ctx, &heads, &n);
    return e.code == ERR_OK ? witness_mark(w->arena, heads, n) : S("");
}

err directions_words(struct web *w, str *out)
{
    enum { COUNT_MOST = 1000 };
    int64_t late;
    int64_t open;
    TRY(direction_count(&w->ctx, COUNT_MOST, &late, &open));
    const struct msg_arg args[] = {{"open", format_number(w->arena, w->lang, open)},
                                   {"late", format_number(w->arena, w->lang, late)}};
    *out = open > 0 ? page_msg_args(&w->page, MSG_OVERSIGHT_DIRECTIONS, open, args, 2) : S("");
    return OK;
}

err show_digest(struct web *w)
{
    struct digest_sheet *sheets;
    size_t n;
    size_t quiet;
    const bool officer = w->ctx.actor.role == ROLE_OFFICER;
    const bool mine = officer && w->in[I_MINE].n == 1;
    TRY(digest_of(&w->ctx, mine, &sheets, &n, &quiet));
    struct sheet_view *views = arena_array_of(w->arena, struct sheet_view, n + 1);
    if (views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_fill(w, &sheets[i], w->ctx.actor.home == 0, &views[i]));
    }
    struct digest_view m = {.now = format_time(w->arena, w->lang, w->ctx.now_ms),
                            .who = w->who.name,
                            .sheets = views,
                            .sheets_n = n,
                            .mark = record_mark(w),
                            .quiet = counted(w, MSG_OVERSIGHT_QUIET, officer ? 0 : (int64_t)quiet, 0)};
    TRY(directions_words(w, &m.directions));
    if (officer) {
        const struct url whole = url_local(w->arena, S("/digest"));
        m.whole = mine ? whole : (struct url){STR_NONE};
        m.mine = mine ? (struct url){STR_NONE} : url_with(w->arena, whole, S("mine"), S("1"));
    }
    w->page.title = page_msg(&w->page, MSG_OVERSIGHT_DIGEST);
    w->page.script = true;
    digest_page(&w->page, &m);
    return web_html(w, 200);
}
