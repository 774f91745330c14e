/* problems_pages.c: problem services and districts, on a page and as a file. */
#include "case_filter.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "oversight.h"
#include "oversight.html.h"
#include "oversight_pages.h"
#include "table.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { I_KIND, I_FROM, I_TO, I_UNIT, I_SORT };
enum { MONTHS_OFFERED = 36, FILE_BYTES_MAX = 1 << 20 };

static const char *const choices_sort[] = {"name",        "all",         "open",     "median",
                                           "reopened",    "asked",       "answered", "solved",
                                           "unconfirmed", "handed_over", "no_funds", NULL};

const struct input problems_inputs[PROBLEMS_INPUTS] = {
    [I_KIND] = {"kind", IN_CHOICE, MSG_LIST_KIND, .choices = case_kind_codes},
    [I_FROM] = {"from", IN_NUMBER, MSG_LIST_FROM, 999912},
    [I_TO] = {"to", IN_NUMBER, MSG_LIST_TO, 999912},
    [I_UNIT] = {"unit", IN_CODE, MSG_DESK_FILTER_UNIT},
    [I_SORT] = {"sort", IN_CHOICE, MSG_LIST_SORT, .choices = choices_sort},
};

/* The columns of both tables, in the order of choices_sort; the first one names the line. */
enum column_of {
    COL_NAME,
    COL_ALL,
    COL_OPEN,
    COL_MEDIAN,
    COL_REOPENED,
    COL_ASKED,
    COL_ANSWERED,
    COL_SOLVED,
    COL_UNCONFIRMED,
    COL_HANDED_OVER,
    COL_NO_FUNDS,
    COLS
};
static const struct {
    enum msg head;
    enum figure figure; /* FIG_N: no number of a list */
    str key;
} columns_of[COLS] = {
    [COL_NAME] = {MSG_DESK_COL_SERVICE, FIG_N, S_INIT("name")},
    [COL_ALL] = {MSG_OVERSIGHT_ALL, FIG_ALL, S_INIT("filed")},
    [COL_OPEN] = {MSG_OVERSIGHT_OPEN, FIG_OPEN, S_INIT("open")},
    [COL_MEDIAN] = {MSG_OVERSIGHT_MEDIAN, FIG_N, S_INIT("median_days")},
    [COL_REOPENED] = {MSG_LIST_MARK_REOPENED, FIG_REOPENED, S_INIT("reopened")},
    [COL_ASKED] = {MSG_OVERSIGHT_ASKED, FIG_ASKED, S_INIT("asked")},
    [COL_ANSWERED] = {MSG_OVERSIGHT_ANSWERED, FIG_ANSWERED, S_INIT("answered")},
    [COL_SOLVED] = {MSG_OVERSIGHT_SOLVED, FIG_SOLVED, S_INIT("confirmed_solved")},
    [COL_UNCONFIRMED] = {MSG_OVERSIGHT_UNCONFIRMED, FIG_UNCONFIRMED, S_INIT("closed_unconfirmed")},
    [COL_HANDED_OVER] = {MSG_STATE_HANDED_OVER, FIG_HANDED_OVER, S_INIT("handed_over")},
    [COL_NO_FUNDS] = {MSG_REASON_NO_FUNDS, FIG_NO_FUNDS, S_INIT("no_funds")},
};

/* ---- what is asked ---- */

static int64_t month_now(const struct web *w)
{
    return local_month(w->ctx.now_ms);
}

static bool month_right(const struct given *in)
{
    return in->given && day_valid(in->n * 100 + 1);
}

/* Without a span: the fiscal year so far. */
static void query_of(const struct web *w, struct problem_query *out)
{
    const struct given *in = w->in;
    const bool spanned = month_right(&in[I_FROM]) || month_right(&in[I_TO]);
    *out = (struct problem_query){.kind = in[I_KIND].given ? (enum case_kind)in[I_KIND].n : KIND_COMPLAINT,
                                  .unit = in[I_UNIT].text};
    out->from_month = month_right(&in[I_FROM]) ? in[I_FROM].n : spanned ? 0 : fiscal_from(month_now(w));
    out->to_month = month_right(&in[I_TO]) ? in[I_TO].n : spanned ? 0 : month_now(w);
}

static struct url with_month(struct web *w, struct url u, const char *name, int64_t month)
{
    return month == 0 ? u
                      : url_with(w->arena, u, str_of(name), arena_printf(w->arena, "%lld", (long long)month));
}

static struct url problems_url(struct web *w, str path, const struct problem_query *q, str sort)
{
    struct url u = url_local(w->arena, path);
    u = url_with(w->arena, u, S("kind"), case_kind_code(q->kind));
    u = with_month(w, u, "from", q->from_month);
    u = with_month(w, u, "to", q->to_month);
    u = q->unit.n > 0 ? url_with(w->arena, u, S("unit"), q->unit) : u;
    return sort.n > 0 ? url_with(w->arena, u, S("sort"), sort) : u;
}

static err months_offered(struct web *w, size_t input, int64_t chosen, struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, MONTHS_OFFERED);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (int i = 0; i < MONTHS_OFFERED; i++) {
        const int64_t month = month_add(month_now(w), -i);
        c[i] = (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)month),
                                    .text = format_month(w->arena, w->lang, month),
                                    .chosen = month == chosen};
    }
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    out->choices = c;
    out->choices_n = MONTHS_OFFERED;
    return OK;
}

/* Tehsils of one's district. Above the districts each one's name leads on, and back. */
static err unit_offered(struct web *w, struct problems_view *m)
{
    struct q_place_all *rows;
    size_t n;
    const struct actor *who = &w->ctx.actor;
    if (who->home == 0 || who->unit_id != who->home) {
        return OK;
    }
    TRY(place_list_district(&w->ctx, who->home, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].level_no == LEVEL_TEHSIL) {
            c[kept++] = (struct choice_view){.value = rows[i].unit_code, .text = rows[i].name_text};
        }
    }
    web_choose(w, I_UNIT, c, kept, STR_NONE);
    m->unit = web_field(w, I_UNIT, MSG_NONE);
    m->unit.optional = false;
    m->unit.choices = c;
    m->unit.choices_n = kept;
    m->unit_asked = kept > 0;
    return OK;
}

static err spans_offered(struct web *w, const struct problem_query *q, struct problems_view *m)
{
    enum { SPANS = 4, YEAR = 12 };
    const int64_t now = month_now(w);
    const int64_t fiscal = fiscal_from(now);
    const struct {
        enum msg text;
        int64_t from, to;
    } spans[SPANS] = {{MSG_OVERSIGHT_SPAN_FISCAL, fiscal, now},
                      {MSG_OVERSIGHT_SPAN_FISCAL_LAST, month_add(fiscal, -YEAR), month_add(fiscal, -1)},
                      {MSG_OVERSIGHT_SPAN_MONTH, now, now},
                      {MSG_OVERSIGHT_SPAN_YEAR, month_add(now, 1 - YEAR), now}};
    struct page_link *links = arena_array_of(w->arena, struct page_link, SPANS);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < SPANS; i++) {
        struct problem_query other = *q;
        other.from_month = spans[i].from;
        other.to_month = spans[i].to;
        links[i] =
            (struct page_link){.to = problems_url(w, S("/problems"), &other, w->in[I_SORT].text),
                               .text = page_msg(&w->page, spans[i].text),
                               .here = q->from_month == other.from_month && q->to_month == other.to_month};
    }
    m->spans = links;
    m->spans_n = SPANS;
    return OK;
}

/* ---- the tables ---- */

/* By what lines are sorted. qsort() knows no context: this is the thread's own. */
static _Thread_local size_t sort_column;

static int64_t sort_value(const struct problem_line *l)
{
    if (sort_column == COL_MEDIAN) {
        return l->median_twice.given ? l->median_twice.v : -1;
    }
    return l->n[columns_of[sort_column].figure];
}

static int lines_order(const void *left, const void *right)
{
    const struct problem_line *a = left;
    const struct problem_line *b = right;
    if (sort_column != COL_NAME && sort_value(a) != sort_value(b)) {
        return sort_value(a) > sort_value(b) ? -1 : 1;
    }
    return str_cmp(sort_column == COL_NAME ? a->name : a->code, sort_column == COL_NAME ? b->name : b->code);
}

static void lines_sort(const struct web *w, struct problem_lines *io)
{
    sort_column = w->in[I_SORT].given ? (size_t)w->in[I_SORT].n : COL_ALL;
    if (io->rows_n > 1) {
        qsort(io->rows, io->rows_n, sizeof(struct problem_line), lines_order);
    }
}

static err heads_fill(struct web *w, const struct problem_query *q, bool districts, struct column_view *out)
{
    const size_t sorted = w->in[I_SORT].given ? (size_t)w->in[I_SORT].n : COL_ALL;
    for (size_t i = 0; i < COLS; i++) {
        out[i] = (struct column_view){
            .text =
                page_msg(&w->page, i == COL_NAME && districts ? MSG_OVERSIGHT_DISTRICT : columns_of[i].head),
            .end = i != COL_NAME,
            .sort = problems_url(w, S("/problems"), q, str_of(choices_sort[i])),
            .sorted = i != sorted     ? STR_NONE
                      : i == COL_NAME ? S("ascending")
                                      : S("descending")};
    }
    return OK;
}

/* 3 or 3.5 */
static str median_words(struct web *w, struct opt_i64 twice)
{
    if (!twice.given) {
        return S("");
    }
    const str whole = format_number(w->arena, w->lang, twice.v / 2);
    if (twice.v % 2 == 0) {
        return whole;
    }
    return arena_printf(w->arena, "%.*s.%.*s", STR_F(whole), STR_F(format_number(w->arena, w->lang, 5)));
}

/* What a number is a share of, beside it: never without saying how many are behind it. */
static str share_words(struct web *w, const struct problem_line *l, size_t column)
{
    static const struct {
        size_t column;
        enum figure part, whole;
        enum msg words;
    } shares[] = {
        {COL_REOPENED, FIG_REOPENED, FIG_ALL, MSG_OVERSIGHT_SHARE},
        {COL_ANSWERED, FIG_ANSWERED, FIG_ASKED, MSG_OVERSIGHT_SHARE_OF_ASKED},
        {COL_SOLVED, FIG_SOLVED, FIG_ANSWERED, MSG_OVERSIGHT_SHARE_OF_ANSWERED},
    };
    for (size_t i = 0; i < COUNT(shares); i++) {
        if (shares[i].column != column || l->n[shares[i].whole] == 0) {
            continue;
        }
        const struct opt_i64 share = share_of(l->n[shares[i].part], l->n[shares[i].whole]);
        const struct msg_arg arg = {"share", format_number(w->arena, w->lang, share.v)};
        return share.given            ? page_msg_args(&w->page, shares[i].words, 0, &arg, 1)
               : column != COL_SOLVED ? S("")
                                      : page_msg(&w->page, MSG_OVERSIGHT_FEW);
    }
    return S("");
}

static err line_fill(struct web *w, const struct problem_query *q, const struct problem_line *l, str service,
                     struct row_view *out)
{
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    c[COL_NAME] = (struct cell_view){.text = l->name};
    for (size_t i = COL_ALL; i < COLS; i++) {
        const enum figure f = columns_of[i].figure;
        if (f == FIG_N) {
            c[i] = (struct cell_view){.text = median_words(w, l->median_twice)};
            continue;
        }
        c[i] = (struct cell_view){.text = format_number(w->arena, w->lang, l->n[f]),
                                  .note = share_words(w, l, i)};
        if (l->n[f] > 0) {
            struct case_filter filter;
            problem_filter(q, service, f, &filter);
            c[i].to = filter_url(w->arena, S("/cases"), &filter);
        }
    }
    *out = (struct row_view){c, COLS};
    return OK;
}

static err table_begin(struct web *w, const struct problem_query *q, bool districts, size_t n,
                       struct row_view **out_rows, struct table_view *out)
{
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    *out_rows = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || *out_rows == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct table_view){
        .caption = page_msg(&w->page, districts ? MSG_OVERSIGHT_BY_DISTRICT : MSG_OVERSIGHT_BY_SERVICE),
        .columns = columns,
        .columns_n = COLS,
        .rows = *out_rows,
        .empty = page_msg(&w->page, MSG_OVERSIGHT_NO_CASES)};
    return heads_fill(w, q, districts, columns);
}

static err services_table(struct web *w, const struct problem_query *q, struct problem_lines *lines,
                          struct table_view *out)
{
    struct row_view *rows;
    TRY(table_begin(w, q, false, lines->rows_n, &rows, out));
    lines_sort(w, lines);
    for (size_t i = 0; i < lines->rows_n; i++) {
        TRY(line_fill(w, q, &lines->rows[i], lines->rows[i].code, &rows[i]));
    }
    if (lines->rows_n > 1) {
        lines->all.name = page_msg(&w->page, MSG_OVERSIGHT_SUM);
        TRY(line_fill(w, q, &lines->all, STR_NONE, &rows[lines->rows_n]));
    }
    out->rows_n = lines->rows_n + (lines->rows_n > 1);
    return OK;
}

/* A district without cases has no figures: not 0 per cent of anything. */
static err districts_table(struct web *w, const struct problem_query *q, struct problem_lines *lines,
                           struct table_view *out)
{
    struct row_view *rows;
    TRY(table_begin(w, q, true, lines->rows_n, &rows, out));
    lines_sort(w, lines);
    for (size_t i = 0; i < lines->rows_n; i++) {
        const struct problem_line *l = &lines->rows[i];
        struct problem_query of = *q;
        struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
        of.unit = l->code;
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        if (l->n[FIG_ALL] > 0) {
            TRY(line_fill(w, &of, l, STR_NONE, &rows[i]));
            for (size_t k = 0; k < COLS; k++) {
                c[k] = rows[i].cells[k];
            }
            const struct opt_i64 women = share_of(l->n[FIG_WOMEN], l->n[FIG_ALL]);
            const struct msg_arg arg = {"share", format_number(w->arena, w->lang, women.v)};
            c[COL_NAME].note =
                women.given ? page_msg_args(&w->page, MSG_OVERSIGHT_WOMEN_SHARE, 0, &arg, 1) : S("");
        } else {
            c[COL_NAME].text = l->name;
            c[COL_ALL].text = page_msg(&w->page, MSG_OVERSIGHT_NO_CASES);
        }
        c[COL_NAME].to = problems_url(w, S("/problems"), &of, w->in[I_SORT].text);
        rows[i] = (struct row_view){c, COLS};
    }
    out->rows_n = lines->rows_n;
    return OK;
}

/* ---- the page ---- */

static err women_words(struct web *w, const struct problem_line *all, str *out)
{
    const struct opt_i64 share = share_of(all->n[FIG_WOMEN], all->n[FIG_ALL]);
    const struct msg_arg args[] = {{"share", format_number(w->arena, w->lang, share.v)},
                                   {"all", format_number(w->arena, w->lang, all->n[FIG_ALL])}};
    *out = share.given ? page_msg_args(&w->page, MSG_OVERSIGHT_WOMEN, 0, args, COUNT(args)) : S("");
    return OK;
}

static err kinds_offered(struct web *w, struct field_view *out)
{
    *out = web_field(w, I_KIND, MSG_NONE);
    out->optional = false;
    return choices_words(w, I_KIND, case_kind_words, CASE_kind_n, S("complaint"), out);
}

err show_problems(struct web *w)
{
    struct problem_query q;
    struct problem_lines services;
    struct problem_lines districts;
    struct case_filter all;
    struct problems_view m = {.sort = w->in[I_SORT].text};
    query_of(w, &q);
    TRY(problems_by_service(&w->ctx, &q, &services));
    TRY(problems_many(&w->ctx, &m.many));
    m.many = m.many && q.unit.n == 0;
    if (m.many) {
        TRY(problems_by_district(&w->ctx, &q, &districts));
        TRY(districts_table(w, &q, &districts, &m.districts));
    }
    problem_filter(&q, STR_NONE, FIG_ALL, &all);
    TRY(filter_words(w, &all, &m.shown));
    TRY(kinds_offered(w, &m.kind));
    TRY(months_offered(w, I_FROM, q.from_month, &m.from));
    TRY(months_offered(w, I_TO, q.to_month, &m.to));
    TRY(unit_offered(w, &m));
    TRY(spans_offered(w, &q, &m));
    TRY(women_words(w, &services.all, &m.women));
    TRY(services_table(w, &q, &services, &m.services));
    m.now = format_time(w->arena, w->lang, w->ctx.now_ms);
    m.file = problems_url(w, S("/problems.csv"), &q, w->in[I_SORT].text);
    w->page.title = page_msg(&w->page, MSG_OVERSIGHT_PROBLEMS);
    w->page.script = true;
    if (q.unit.n > 0) {
        q.unit = STR_NONE;
        w->page.back = problems_url(w, S("/problems"), &q, w->in[I_SORT].text);
    }
    problems_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the file ---- */

enum { FILE_EXTRA = 3, FILE_COLS = COLS + FILE_EXTRA };

static void file_row(struct web *w, const struct problem_line *l, struct cell *out)
{
    const struct opt_i64 shares[FILE_EXTRA] = {share_of(l->n[FIG_REOPENED], l->n[FIG_ALL]),
                                               share_of(l->n[FIG_ANSWERED], l->n[FIG_ASKED]),
                                               share_of(l->n[FIG_SOLVED], l->n[FIG_ANSWERED])};
    out[COL_NAME].text = l->name;
    for (size_t i = COL_ALL; i < COLS; i++) {
        if (i != COL_MEDIAN) {
            out[i].n = l->n[columns_of[i].figure];
        }
    }
    out[COL_MEDIAN].text = !l->median_twice.given ? S("")
                           : l->median_twice.v % 2 == 0
                               ? arena_printf(w->arena, "%lld", (long long)(l->median_twice.v / 2))
                               : arena_printf(w->arena, "%lld.5", (long long)(l->median_twice.v / 2));
    for (size_t i = 0; i < FILE_EXTRA; i++) {
        out[COLS + i] = (struct cell){.n = shares[i].v, .empty = !shares[i].given};
    }
}

err show_problems_file(struct web *w)
{
    static const enum msg extra[FILE_EXTRA] = {MSG_OVERSIGHT_FILE_REOPENED, MSG_OVERSIGHT_FILE_ANSWERED,
                                               MSG_OVERSIGHT_FILE_SOLVED};
    static const char *const extra_keys[FILE_EXTRA] = {"reopened_share", "answered_share", "solved_share"};
    struct problem_query q;
    struct problem_lines lines;
    query_of(w, &q);
    TRY(problems_by_service(&w->ctx, &q, &lines));
    lines_sort(w, &lines);
    struct column *columns = arena_array_of(w->arena, struct column, FILE_COLS);
    struct cell *cells = arena_array_of(w->arena, struct cell, lines.rows_n * FILE_COLS + 1);
    if (columns == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        const bool text = i == COL_NAME || i == COL_MEDIAN;
        columns[i] =
            (struct column){columns_of[i].key, columns_of[i].head, text ? COLUMN_TEXT : COLUMN_NUMBER};
    }
    for (size_t i = 0; i < FILE_EXTRA; i++) {
        columns[COLS + i] = (struct column){str_of(extra_keys[i]), extra[i], COLUMN_NUMBER};
    }
    for (size_t i = 0; i < lines.rows_n; i++) {
        file_row(w, &lines.rows[i], &cells[i * FILE_COLS]);
    }
    const struct table t = {
        .columns = columns, .columns_n = FILE_COLS, .cells = cells, .rows_n = lines.rows_n};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("services.csv"), &out);
}
