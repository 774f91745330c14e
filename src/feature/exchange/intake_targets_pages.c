/* intake_targets_pages.c: targets of a plan from a file, and the file to begin with. */
#include "book.h"
#include "exchange.html.h"
#include "intake_pages.h"
#include "web_paper.h"

enum { TEMPLATE_BYTES = 2 << 20, PLAN_CODE_CHARS = 80 };

#define PLAN_INPUT                                                            \
    {                                                                         \
        "plan", IN_CODE, MSG_EXCHANGE_PLAN, PLAN_CODE_CHARS, .required = true \
    }
const struct input targets_inputs[T_N] = {
    [T_PLAN] = PLAN_INPUT, [T_ROWS] = INTAKE_ROWS, [T_FILE] = INTAKE_FILE};
const struct input targets_page_inputs[T_FILE] = {[T_PLAN] = PLAN_INPUT, [T_ROWS] = INTAKE_ROWS};
const struct input targets_file_inputs[T_ROWS] = {[T_PLAN] = PLAN_INPUT};

static struct url plan_page(struct web *w, str code, const char *before, const char *behind)
{
    return url_local(w->arena, arena_printf(w->arena, "%s%.*s%s", before, STR_F(code), behind));
}

/* ---- the form ---- */

static err templates_fill(struct web *w, str code, struct intake_view *m)
{
    struct page_link *l = arena_array_of(w->arena, struct page_link, 2);
    if (l == NULL) {
        return FAIL(LIMIT);
    }
    l[0] = (struct page_link){.to = plan_page(w, code, "/exchange/targets/", "/template.xlsx"),
                              .text = page_msg(&w->page, MSG_EXCHANGE_TEMPLATE_XLSX)};
    l[1] = (struct page_link){.to = plan_page(w, code, "/exchange/targets/", "/template.csv"),
                              .text = page_msg(&w->page, MSG_EXCHANGE_TEMPLATE_CSV)};
    m->templates = l;
    m->templates_n = 2;
    return OK;
}

static err facts_fill(struct web *w, const struct planned *v, struct facts_view *out)
{
    struct fact_view *rows = arena_array_of(w->arena, struct fact_view, 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    rows[0] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_PLAN),
                                 .value = v->row.plan_code,
                                 .dir = S("ltr"),
                                 .to = plan_page(w, v->row.plan_code, "/plans/", "")};
    *out = (struct facts_view){rows, 1};
    return OK;
}

err show_targets(struct web *w)
{
    static const enum msg hints[TC_N] = {[TC_INDICATOR] = MSG_EXCHANGE_HOW_INDICATOR,
                                         [TC_UNIT] = MSG_EXCHANGE_HOW_UNIT,
                                         [TC_PERIOD] = MSG_EXCHANGE_HOW_PERIOD,
                                         [TC_ROLE] = MSG_EXCHANGE_HOW_ROLE,
                                         [TC_SEX] = MSG_EXCHANGE_HOW_SEX,
                                         [TC_TARGET] = MSG_EXCHANGE_HOW_TARGET};
    struct planned v;
    struct intake_view m = {.refused = false};
    TRY(plan_find(&w->ctx, w->in[T_PLAN].text, &v));
    if (!w->step && !plan_may(&w->ctx, &v, PLAN_EDIT)) {
        return FAIL(NOT_FOUND);
    }
    m.lead = page_msg(&w->page, MSG_EXCHANGE_TARGETS_LEAD);
    m.save = page_msg(&w->page, MSG_EXCHANGE_TARGETS_SAVE);
    m.post = plan_page(w, v.row.plan_code, "/exchange/targets/", "");
    TRY(facts_fill(w, &v, &m.facts));
    TRY(templates_fill(w, v.row.plan_code, &m));
    TRY(intake_fill(w, T_FILE, T_ROWS, targets_columns, hints, TC_N, &m));
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_TARGETS);
    w->page.back = plan_page(w, v.row.plan_code, "/plans/", "");
    w->page.form_id = S("intake");
    intake_page(&w->page, &m);
    return web_html(w, 200);
}

err prepare_targets(struct web *w)
{
    struct planned v;
    struct intake_came *came;
    struct targets_read *read = arena_new_of(w->arena, struct targets_read);
    if (read == NULL) {
        return FAIL(LIMIT);
    }
    TRY(plan_find(&w->ctx, w->in[T_PLAN].text, &v));
    TRY(intake_came(w, T_FILE, T_ROWS, &came));
    if (came->grids_n == 0) {
        return OK;
    }
    TRY(targets_read(&w->ctx, &v, came->grids, came->grids_n, read));
    TRY(intake_keep(w, came, read->which, T_FILE, T_ROWS));
    if (read->table.faults_n > 0) {
        intake_refuse(w, came, &read->table);
    }
    return OK;
}

err write_targets(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    int64_t n;
    TRY(plan_find(c, in[T_PLAN].text, &v));
    TRY(targets_take(c, &v, in[T_ROWS].text, &n));
    out->note = v.row.plan_code;
    return OK;
}

err answer_targets(struct web *w)
{
    return web_redirect(w, plan_page(w, w->receipt.note, "/plans/", ""));
}

/* ---- the table to begin with ---- */

enum { C_INDICATOR, C_TITLE, C_UNIT, C_PERIOD, C_ROLE, C_SEX, C_TARGET, COLS };
static const struct column template_columns[COLS] = {
    [C_INDICATOR] = {S_INIT("indicator"), MSG_EXCHANGE_COL_INDICATOR, COLUMN_NUMBER, true},
    [C_TITLE] = {S_INIT("title"), MSG_EXCHANGE_COL_TITLE, COLUMN_TEXT},
    [C_UNIT] = {S_INIT("unit"), MSG_EXCHANGE_COL_UNIT, COLUMN_TEXT},
    [C_PERIOD] = {S_INIT("period"), MSG_EXCHANGE_COL_PERIOD, COLUMN_TEXT},
    [C_ROLE] = {S_INIT("role"), MSG_EXCHANGE_COL_ROLE, COLUMN_TEXT},
    [C_SEX] = {S_INIT("sex"), MSG_EXCHANGE_COL_SEX, COLUMN_TEXT},
    [C_TARGET] = {S_INIT("target"), MSG_EXCHANGE_COL_TARGET, COLUMN_NUMBER, true}};

static str word_of(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg m = case_word_of(words, n, code);
    return m == MSG_NONE ? S("") : page_msg(p, m);
}

static err template_table(struct web *w, struct table *out)
{
    struct planned v;
    struct targets_row *rows;
    size_t n;
    TRY(plan_find(&w->ctx, w->in[T_PLAN].text, &v));
    TRY(targets_template(&w->ctx, &v, &rows, &n));
    struct cell *cells = arena_array_of(w->arena, struct cell, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct targets_row *r = &rows[i];
        struct cell *c = &cells[i * COLS];
        const struct period p = plan_target_period(&v, r->quarter);
        c[C_INDICATOR].n = r->indicator;
        c[C_TITLE].text = r->title;
        c[C_UNIT].text = r->unit;
        c[C_PERIOD].text = period_code(w->arena, p);
        c[C_ROLE].text = word_of(&w->page, event_role_words, EVENT_role_n, r->role);
        c[C_SEX].text = word_of(&w->page, event_sex_words, EVENT_sex_n, r->sex);
        c[C_TARGET] = (struct cell){.n = r->n.v, .empty = !r->n.given};
    }
    *out = (struct table){.title = page_msg(&w->page, MSG_EXCHANGE_TARGETS),
                          .columns = template_columns,
                          .columns_n = COLS,
                          .cells = cells,
                          .rows_n = n};
    return OK;
}

err show_targets_csv(struct web *w)
{
    struct table t;
    TRY(template_table(w, &t));
    SCOPED(buf_free) struct buf out = buf_new(TEMPLATE_BYTES);
    table_csv(&t, w->lang, w->arena, &out);
    return out.full ? FAIL(LIMIT) : web_csv(w, S("targets.csv"), &out);
}

err show_targets_xlsx(struct web *w)
{
    struct table t;
    struct book_draft d;
    const struct book *book;
    TRY(template_table(w, &t));
    book_begin(&d, w->arena, w->lang, t.title, S(""));
    book_tidy(&d, &(struct book_place){.name = t.title}, &t);
    TRY(book_done(&d, &book));
    return web_book(w, book, S("targets"));
}
