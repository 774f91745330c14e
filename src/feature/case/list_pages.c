/* list_pages.c: the list of cases, in a page and as a file. */
#include "case.html.h"
#include "case_list.h"
#include "case_pages.h"
#include "case_parts.h"
#include "table.h"
#include "clock.h"
#include "format.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { L_WORDS, L_STATE, L_SERVICE, L_UNIT, L_AFTER };
enum { LIST_ROWS = 30, WORDS_SHOWN = 80 };

static const char *const choices_list_state[] = {
    "open",        "any",        "registered",         "assigned",
    "in_progress", "info_asked", "awaiting_answer",    "solved",
    "partly",      "not_solved", "closed_unconfirmed", "reopened",
    "withdrawn",   "rejected",   "handed_over",        NULL,
};
enum { STATE_OPEN, STATE_ANY, STATE_FIRST };

const struct input case_list_inputs[CASE_LIST_INPUTS] = {
    [L_WORDS] = {"q", IN_LINE, MSG_DESK_SEARCH_LABEL},
    [L_STATE] = {"status", IN_CHOICE, MSG_DESK_FILTER_STATE, .choices = choices_list_state},
    [L_SERVICE] = {"service", IN_CODE, MSG_DESK_FILTER_SERVICE},
    [L_UNIT] = {"unit", IN_CODE, MSG_DESK_FILTER_UNIT},
    [L_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE},
};

static err list_fields(struct web *w, struct list_view *m)
{
    struct choice_view *states = arena_array_of(w->arena, struct choice_view, COUNT(choices_list_state));
    size_t n = 0;
    if (states == NULL) {
        return FAIL(LIMIT);
    }
    states[n++] = (struct choice_view){.value = S("open"), .text = page_msg(&w->page, MSG_DESK_FILTER_OPEN)};
    states[n++] = (struct choice_view){.value = S("any"), .text = page_msg(&w->page, MSG_DESK_FILTER_ANY)};
    for (unsigned s = 0; s < CASE_STATES; s++) {
        states[n++] = (struct choice_view){.value = str_of(complaint_kind.states[s]),
                                           .text = state_words(&w->page, s, true)};
    }
    m->words = web_field(w, L_WORDS, MSG_DESK_SEARCH_HINT);
    m->words.type = S("search");
    m->state = web_field(w, L_STATE, MSG_NONE);
    m->state.choices = states;
    m->state.choices_n = n;
    web_choose(w, L_STATE, states, n, S("open"));
    m->service = web_field(w, L_SERVICE, MSG_NONE);
    TRY(choices_service(w, L_SERVICE, &m->service));
    m->unit = web_field(w, L_UNIT, MSG_NONE);
    TRY(choices_unit(w, L_UNIT, w->ctx.actor.home, &m->unit));
    m->words.optional = m->state.optional = m->service.optional = m->unit.optional = false;
    return OK;
}

static err filter_of(struct web *w, struct case_filter *out)
{
    int64_t after[2] = {0, 0};
    if (w->in[L_AFTER].given) {
        TRY(web_cursor_keys(w, L_AFTER, after, 2));
    }
    const bool state_asked = w->in[L_STATE].given;
    const bool searching = w->in[L_WORDS].given;
    *out = (struct case_filter){
        .state = {state_asked && w->in[L_STATE].n >= STATE_FIRST, w->in[L_STATE].n - STATE_FIRST},
        .service = w->in[L_SERVICE].text,
        .unit = w->in[L_UNIT].text,
        .words = w->in[L_WORDS].text,
        .open = !searching && (!state_asked || w->in[L_STATE].n == STATE_OPEN),
        .after_due_ms = after[0],
        .after_id = after[1],
        .limit = LIST_ROWS,
    };
    return OK;
}

/* The beginning of what she said, on one line. */
static str words_begin(struct web *w, str words)
{
    size_t at = 0;
    for (int n = 0; n < WORDS_SHOWN && at < words.n && words.p[at] != '\n'; n++) {
        (void)str_next(words, &at);
    }
    return at < words.n ? arena_printf(w->arena, "%.*s…", (int)at, words.p) : words;
}

enum { COL_REF, COL_SERVICE, COL_UNIT, COL_STATE, COL_DUE, COL_WORDS, COLS };

static err row_fill(struct web *w, const struct case_names *k, const struct q_case_list *row,
                    struct row_view *out)
{
    case_ref ref;
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_ref_of(w->arena, row->ref_code, &ref));
    const unsigned state = (unsigned)row->flow_state;
    const struct chip_view chip = state_chip(&w->page, state, true);
    const bool late = flow_open(&complaint_kind, state) && row->due_ms < w->ctx.now_ms;
    c[COL_REF] = (struct cell_view){
        .text = case_ref_text(w->arena, ref), .dir = S("ltr"), .to = case_url(w, &ref, S(""))};
    c[COL_SERVICE] = (struct cell_view){.text = case_service_name(k, row->topic_id)};
    c[COL_UNIT] = (struct cell_view){.text = case_unit_name(k, row->unit_id)};
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    c[COL_DUE] = (struct cell_view){.text = flow_open(&complaint_kind, state) ? due_with_left(w, row->due_ms)
                                                                              : due_words(w, row->due_ms),
                                    .chip = late ? S("late") : STR_NONE};
    c[COL_WORDS] = (struct cell_view){.text = words_begin(w, row->words_text), .dir = S("auto")};
    *out = (struct row_view){c, COLS};
    return OK;
}

/* An address of this list as it was asked for. */
static struct url same_list(struct web *w, str path)
{
    struct url u = url_local(w->arena, path);
    for (size_t i = 0; i < L_AFTER; i++) {
        if (w->in[i].given) {
            u = url_with(w->arena, u, str_of(case_list_inputs[i].name), w->in[i].text);
        }
    }
    return u;
}

static struct url next_page(struct web *w, const struct q_case_list *last)
{
    const int64_t keys[] = {last->due_ms, last->subject_id};
    return url_with(w->arena, same_list(w, S("/cases")), S("after"), web_cursor(w, keys, COUNT(keys)));
}

static err list_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[COLS] = {MSG_DESK_COL_REF,   MSG_DESK_COL_SERVICE, MSG_DESK_COL_UNIT,
                                         MSG_DESK_COL_STATE, MSG_DESK_COL_DUE,     MSG_DESK_COL_WORDS};
    struct case_filter filter;
    struct q_case_list *rows;
    struct case_names k;
    size_t n;
    bool more;
    TRY(filter_of(w, &filter));
    TRY(case_list(&w->ctx, &filter, &rows, &n, &more));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(w, &k, &rows[i], &views[i]));
    }
    const bool asked = filter.words.n > 0 || filter.service.n > 0 || filter.unit.n > 0;
    *out = (struct table_view){
        .caption = page_msg(&w->page, filter.open ? MSG_DESK_LIST_OPEN : MSG_DESK_LIST),
        .columns = columns,
        .columns_n = COLS,
        .rows = views,
        .rows_n = n,
        .empty = page_msg(&w->page, asked ? MSG_DESK_NONE_FOUND : MSG_DESK_NONE),
    };
    if (more) {
        out->more = next_page(w, &rows[n - 1]);
    }
    return OK;
}

/* How many stand where: the states in which somebody in the district has to act. An officer's list is his own
 * office's, of which no summary is kept. */
static err list_counts(struct web *w, struct list_view *m)
{
    static const unsigned shown[] = {CASE_REGISTERED,      CASE_ASSIGNED, CASE_IN_PROGRESS, CASE_INFO_ASKED,
                                     CASE_AWAITING_ANSWER, CASE_PARTLY,   CASE_NOT_SOLVED,  CASE_REOPENED};
    struct case_counts counts;
    if (w->ctx.actor.role == ROLE_OFFICER) {
        return OK;
    }
    struct count_view *c = arena_array_of(w->arena, struct count_view, COUNT(shown));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_count(&w->ctx, KIND_COMPLAINT, &counts));
    for (size_t i = 0; i < COUNT(shown); i++) {
        c[i].n = counts.by_state[shown[i]];
        c[i].text = state_words(&w->page, shown[i], true);
        c[i].to = url_with(w->arena, url_local(w->arena, S("/cases")), S("status"),
                           str_of(complaint_kind.states[shown[i]]));
    }
    m->counts = c;
    m->counts_n = COUNT(shown);
    return OK;
}

err show_case_list(struct web *w)
{
    struct list_view m = {.may_file = permission_of(w->ctx.actor.role, P_CASE_FILE)};
    w->page.title = page_msg(&w->page, MSG_DESK_LIST);
    TRY(list_fields(w, &m));
    TRY(list_counts(w, &m));
    TRY(list_table(w, &m.table));
    m.file = same_list(w, S("/cases.csv"));
    list_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the same as a file ---- */

enum { FILE_ROWS_MAX = 5000, FILE_BYTES_MAX = 16 << 20 };
enum {
    FILE_REF,
    FILE_SERVICE,
    FILE_UNIT,
    FILE_STATE,
    FILE_FILED,
    FILE_DUE,
    FILE_SEX,
    FILE_WORDS,
    FILE_COLUMNS
};

static err file_row(struct web *w, const struct case_names *k, const struct q_case_list *row,
                    struct cell *out)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, row->ref_code, &ref));
    out[FILE_REF].text = case_ref_text(w->arena, ref);
    out[FILE_SERVICE].text = case_service_name(k, row->topic_id);
    out[FILE_UNIT].text = case_unit_name(k, row->unit_id);
    out[FILE_STATE].text = state_words(&w->page, (unsigned)row->flow_state, true);
    out[FILE_FILED].n = row->filed_ms;
    out[FILE_DUE].n = row->due_ms;
    out[FILE_DUE].empty = row->due_ms >= case_no_due();
    out[FILE_SEX].text = sex_words(&w->page, row->sex_code);
    out[FILE_WORDS].text = row->words_text;
    return OK;
}

err show_case_file(struct web *w)
{
    static const struct column columns[FILE_COLUMNS] = {
        [FILE_REF] = {S_INIT("ref"), MSG_DESK_COL_REF, COLUMN_TEXT},
        [FILE_SERVICE] = {S_INIT("service"), MSG_DESK_COL_SERVICE, COLUMN_TEXT},
        [FILE_UNIT] = {S_INIT("unit"), MSG_DESK_COL_UNIT, COLUMN_TEXT},
        [FILE_STATE] = {S_INIT("status"), MSG_DESK_COL_STATE, COLUMN_TEXT},
        [FILE_FILED] = {S_INIT("filed"), MSG_CASE_FILED, COLUMN_TIME},
        [FILE_DUE] = {S_INIT("due"), MSG_DESK_COL_DUE, COLUMN_TIME},
        [FILE_SEX] = {S_INIT("sex"), MSG_CASE_SEX, COLUMN_TEXT},
        [FILE_WORDS] = {S_INIT("words"), MSG_DESK_COL_WORDS, COLUMN_TEXT},
    };
    struct case_filter filter;
    struct q_case_list *rows;
    struct case_names k;
    size_t n;
    bool more;
    TRY(filter_of(w, &filter));
    filter.limit = FILE_ROWS_MAX;
    TRY(case_list(&w->ctx, &filter, &rows, &n, &more));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    struct cell *cells = arena_array_of(w->arena, struct cell, n * FILE_COLUMNS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(file_row(w, &k, &rows[i], &cells[i * FILE_COLUMNS]));
    }
    const struct table t = {.columns = columns, .columns_n = FILE_COLUMNS, .cells = cells, .rows_n = n};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("cases.csv"), &out);
}
