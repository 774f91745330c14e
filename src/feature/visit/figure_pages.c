/* figure_pages.c: the figures of each desk, on a page and as a file. */
#include "visit_pages.h"

#include "clock.h"
#include "format.h"
#include "table.h"
#include "visit.html.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { I_DESK, I_MONTH };
enum { MONTHS_OFFERED = 24, MONTH_FIRST = 202001, MONTHS_A_YEAR = 12, FILE_BYTES_MAX = 1 << 20 };

const struct input figure_inputs[FIGURE_INPUTS] = {
    [I_DESK] = {"desk", IN_CODE, MSG_FIGURES_DESK, 40},
    [I_MONTH] = {"month", IN_NUMBER, MSG_FIGURES_MONTH, 999912},
};

static int64_t month_before(int64_t month, int64_t n)
{
    const int64_t all = month / 100 * MONTHS_A_YEAR + month % 100 - 1 - n;
    return all / MONTHS_A_YEAR * 100 + all % MONTHS_A_YEAR + 1;
}

/* The one asked for; what is no month, or has not begun, is the present one. */
static int64_t month_of(struct web *w)
{
    const int64_t now = local_month(w->ctx.now_ms);
    const struct given *g = &w->in[I_MONTH];
    const bool right =
        g->given && g->n >= MONTH_FIRST && g->n <= now && g->n % 100 >= 1 && g->n % 100 <= MONTHS_A_YEAR;
    return right ? g->n : now;
}

/* ---- tables ---- */

/* Cells of a table being made, row by row. */
struct sheet {
    struct web *w;
    struct cell *cells;
    size_t n, room;
};

static err sheet_begin(struct web *w, size_t room, struct sheet *out)
{
    *out = (struct sheet){.w = w, .cells = arena_array_of(w->arena, struct cell, room), .room = room};
    return out->cells == NULL ? FAIL(LIMIT) : OK;
}

static void sheet_text(struct sheet *s, str text)
{
    if (s->n < s->room) {
        s->cells[s->n++] = (struct cell){.text = text};
    }
}

static void sheet_number(struct sheet *s, int64_t n)
{
    if (s->n < s->room) {
        s->cells[s->n++] = (struct cell){.n = n};
    }
}

static err sheet_view(const struct sheet *s, enum msg title, const struct column *columns, size_t columns_n,
                      struct table_view *out)
{
    const struct table t = {.title = page_msg(&s->w->page, title),
                            .columns = columns,
                            .columns_n = columns_n,
                            .cells = s->cells,
                            .rows_n = s->n / columns_n};
    return table_view_of(&t, s->w->lang, s->w->arena, out);
}

static const struct column by_sex[] = {{S_INIT("what"), MSG_FIGURES_WHAT, COLUMN_TEXT},
                                       {S_INIT("women"), MSG_SEX_WOMAN, COLUMN_NUMBER},
                                       {S_INIT("men"), MSG_SEX_MAN, COLUMN_NUMBER},
                                       {S_INIT("not_stated"), MSG_SEX_NOT_STATED, COLUMN_NUMBER},
                                       {S_INIT("all"), MSG_FIGURES_ALL, COLUMN_NUMBER}};

static void sex_row(struct sheet *s, const struct desk_figures *f, str name, str figure, str kind)
{
    sheet_text(s, name);
    for (size_t i = 0; i < VISIT_sex_n; i++) {
        sheet_number(s, desk_sum(f, figure, kind, visit_sex_words[i].code));
    }
    sheet_number(s, desk_sum(f, figure, kind, STR_NONE));
}

static err visits_table(struct web *w, const struct desk_figures *f, struct table_view *out)
{
    struct sheet s;
    TRY(sheet_begin(w, (VISIT_outcome_n + 1) * COUNT(by_sex), &s));
    for (size_t i = 0; i < VISIT_outcome_n; i++) {
        sex_row(&s, f, page_msg(&w->page, visit_outcome_words[i].text), S("visit"),
                visit_outcome_words[i].code);
    }
    sex_row(&s, f, page_msg(&w->page, MSG_FIGURES_ALL), S("visit"), STR_NONE);
    return sheet_view(&s, MSG_FIGURES_VISITS, by_sex, COUNT(by_sex), out);
}

static err online_table(struct web *w, const struct desk_figures *f, struct table_view *out)
{
    struct sheet s;
    TRY(sheet_begin(w, (VISIT_online_n + 2) * COUNT(by_sex), &s));
    for (size_t i = 0; i < VISIT_online_n; i++) {
        sex_row(&s, f, page_msg(&w->page, visit_online_words[i].text), S("online"),
                visit_online_words[i].code);
    }
    sex_row(&s, f, page_msg(&w->page, MSG_FIGURES_ALL), S("online"), STR_NONE);
    sex_row(&s, f, page_msg(&w->page, MSG_FIGURES_SHOWN), S("shown"), STR_NONE);
    return sheet_view(&s, MSG_FIGURES_ONLINE, by_sex, COUNT(by_sex), out);
}

static const struct column by_n[] = {{S_INIT("what"), MSG_FIGURES_WHAT, COLUMN_TEXT},
                                     {S_INIT("n"), MSG_FIGURES_N, COLUMN_TEXT}};

/* "12.5": half minutes happen, where two stand in the middle. */
static str half_words(struct web *w, struct opt_i64 twice)
{
    if (!twice.given) {
        return S("");
    }
    const str whole = format_number(w->arena, w->lang, twice.v / 2);
    return twice.v % 2 == 0 ? whole : arena_printf(w->arena, "%.*s½", STR_F(whole));
}

static void n_row(struct sheet *s, enum msg name, int64_t n)
{
    sheet_text(s, page_msg(&s->w->page, name));
    sheet_text(s, format_number(s->w->arena, s->w->lang, n));
}

static err numbers_table(struct web *w, const struct desk_figures *f, struct table_view *out)
{
    enum { ROWS = 6 };
    struct sheet s;
    const int64_t timed = desk_sum(f, S("timed"), STR_NONE, STR_NONE);
    TRY(sheet_begin(w, ROWS * COUNT(by_n), &s));
    n_row(&s, MSG_FIGURES_GIVEN, desk_sum(f, S("token"), STR_NONE, STR_NONE));
    n_row(&s, MSG_FIGURES_FIRST, desk_sum(f, S("token"), S("first"), STR_NONE));
    n_row(&s, MSG_FIGURES_SERVED, desk_sum(f, S("served"), STR_NONE, STR_NONE));
    n_row(&s, MSG_FIGURES_LEFT, desk_sum(f, S("left"), STR_NONE, STR_NONE));
    sheet_text(&s, page_msg(&w->page, MSG_FIGURES_WAIT));
    sheet_text(&s, half_words(w, f->wait_twice));
    sheet_text(&s, page_msg(&w->page, MSG_FIGURES_MINUTES));
    sheet_text(&s, timed > 0 ? format_number(w->arena, w->lang,
                                             desk_sum(f, S("minutes"), STR_NONE, STR_NONE) / timed)
                             : S(""));
    return sheet_view(&s, MSG_FIGURES_NUMBERS, by_n, COUNT(by_n), out);
}

static err exit_table(struct web *w, const struct desk_figures *f, struct figures_view *m)
{
    struct sheet s;
    TRY(sheet_begin(w, (VISIT_face_n + 1) * COUNT(by_n), &s));
    for (size_t i = 0; f->exit_days > 0 && i < VISIT_face_n; i++) {
        n_row(&s, visit_face_words[i].text, f->exit[i]);
    }
    if (f->exit_days > 0) {
        n_row(&s, MSG_FIGURES_EXIT_DAYS, f->exit_days);
    }
    if (f->exit_hidden_days > 0) {
        const struct msg_arg n = {"n", format_number(w->arena, w->lang, f->exit_hidden_days)};
        m->hidden = page_msg_args(&w->page, MSG_FIGURES_EXIT_HIDDEN, f->exit_hidden_days, &n, 1);
    }
    TRY(sheet_view(&s, MSG_FIGURES_EXIT, by_n, COUNT(by_n), &m->exits));
    m->exits.empty = page_msg(&w->page, MSG_FIGURES_EXIT_NONE);
    return OK;
}

static const struct column of_materials[] = {{S_INIT("material"), MSG_MATERIAL_NAME, COLUMN_TEXT},
                                             {S_INIT("received"), MSG_MATERIAL_RECEIVED, COLUMN_NUMBER},
                                             {S_INIT("given"), MSG_MATERIAL_GIVEN, COLUMN_NUMBER},
                                             {S_INIT("lost"), MSG_MATERIAL_LOST, COLUMN_NUMBER},
                                             {S_INIT("stock"), MSG_MATERIAL_STOCK_NOW, COLUMN_NUMBER}};

static err materials_table(struct web *w, const struct desk_figures *f, struct table_view *out)
{
    struct sheet s;
    TRY(sheet_begin(w, (f->materials_n + 1) * COUNT(of_materials), &s));
    for (size_t i = 0; i < f->materials_n; i++) {
        const struct q_figure_materials *r = &f->materials[i];
        sheet_text(&s, r->name_text);
        sheet_number(&s, r->received_n);
        sheet_number(&s, r->given_n);
        sheet_number(&s, r->lost_n);
        sheet_number(&s, r->stock_n);
    }
    TRY(sheet_view(&s, MSG_MATERIAL_TITLE, of_materials, COUNT(of_materials), out));
    out->empty = page_msg(&w->page, MSG_MATERIAL_NONE);
    return OK;
}

/* ---- the desks beside each other ---- */

static const struct column of_desks[] = {{S_INIT("desk"), MSG_FIGURES_DESK, COLUMN_TEXT},
                                         {S_INIT("numbers"), MSG_FIGURES_GIVEN, COLUMN_NUMBER},
                                         {S_INIT("visits"), MSG_FIGURES_VISITS, COLUMN_NUMBER},
                                         {S_INIT("women"), MSG_SEX_WOMAN, COLUMN_NUMBER},
                                         {S_INIT("online"), MSG_FIGURES_ONLINE, COLUMN_NUMBER}};

static err desks_table(struct web *w, const struct visit_desk *desks, size_t n, int64_t month,
                       struct table_view *out)
{
    struct sheet s;
    TRY(sheet_begin(w, (n + 1) * COUNT(of_desks), &s));
    for (size_t i = 0; i < n; i++) {
        struct desk_figures f;
        str name;
        TRY(desk_name(w, &desks[i], w->lang, &name));
        TRY(figures_of(&w->ctx, &desks[i], month, &f));
        sheet_text(&s, name);
        sheet_number(&s, desk_sum(&f, S("token"), STR_NONE, STR_NONE));
        sheet_number(&s, desk_sum(&f, S("visit"), STR_NONE, STR_NONE));
        sheet_number(&s, desk_sum(&f, S("visit"), STR_NONE, S("woman")));
        sheet_number(&s, desk_sum(&f, S("online"), STR_NONE, STR_NONE));
    }
    return sheet_view(&s, MSG_FIGURES_DESKS, of_desks, COUNT(of_desks), out);
}

static err choices_fill(struct web *w, const struct visit_desk *desks, size_t n,
                        const struct visit_desk *here, int64_t month, struct figures_view *m)
{
    struct choice_view *d = arena_array_of(w->arena, struct choice_view, n + 1);
    struct choice_view *k = arena_array_of(w->arena, struct choice_view, MONTHS_OFFERED);
    if (d == NULL || k == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        d[i] = (struct choice_view){.value = desks[i].code, .chosen = desks[i].id == here->id};
        TRY(desk_name(w, &desks[i], w->lang, &d[i].text));
    }
    for (int64_t i = 0; i < MONTHS_OFFERED; i++) {
        const int64_t one = month_before(local_month(w->ctx.now_ms), i);
        k[i] = (struct choice_view){.value = arena_printf(w->arena, "%d", (int)one),
                                    .text = format_month(w->arena, w->lang, one),
                                    .chosen = one == month};
    }
    m->desk_field = web_field(w, I_DESK, MSG_NONE);
    m->desk_field.choices = d;
    m->desk_field.choices_n = n;
    m->month_field = web_field(w, I_MONTH, MSG_NONE);
    m->month_field.choices = k;
    m->month_field.choices_n = MONTHS_OFFERED;
    m->desk_field.optional = m->month_field.optional = false;
    return OK;
}

err show_figures(struct web *w)
{
    struct visit_desk d;
    struct visit_desk *desks;
    size_t n;
    struct desk_figures f;
    const int64_t month = month_of(w);
    struct figures_view m = {.month = format_month(w->arena, w->lang, month)};
    TRY(figures_reach(&w->ctx, w->in[I_DESK].given ? w->in[I_DESK].text : S(""), &d));
    TRY(figures_desks(&w->ctx, &desks, &n));
    TRY(figures_of(&w->ctx, &d, month, &f));
    TRY(desk_name(w, &d, w->lang, &m.desk));
    m.many = n > 1;
    TRY(choices_fill(w, desks, n, &d, month, &m));
    if (m.many) {
        TRY(desks_table(w, desks, n, month, &m.desks));
    }
    TRY(visits_table(w, &f, &m.visits));
    TRY(numbers_table(w, &f, &m.numbers));
    TRY(online_table(w, &f, &m.online));
    TRY(exit_table(w, &f, &m));
    TRY(materials_table(w, &f, &m.materials));
    m.file = url_with(w->arena, url_local(w->arena, S("/desk/figures.csv")), S("month"),
                      arena_printf(w->arena, "%d", (int)month));
    w->page.title = page_msg(&w->page, MSG_FIGURES_TITLE);
    w->page.script = true;
    figures_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- as a file: a line for each number ---- */

static const struct column in_file[] = {
    {S_INIT("desk"), MSG_FIGURES_DESK, COLUMN_TEXT},   {S_INIT("month"), MSG_FIGURES_MONTH, COLUMN_NUMBER},
    {S_INIT("figure"), MSG_FIGURES_WHAT, COLUMN_TEXT}, {S_INIT("kind"), MSG_FIGURES_KIND, COLUMN_TEXT},
    {S_INIT("sex"), MSG_CASE_SEX, COLUMN_TEXT},        {S_INIT("n"), MSG_FIGURES_N, COLUMN_NUMBER}};

static void file_row(struct sheet *s, const struct visit_desk *d, int64_t month, str figure, str kind,
                     str sex, int64_t n)
{
    sheet_text(s, d->code);
    sheet_number(s, month);
    sheet_text(s, figure);
    sheet_text(s, kind);
    sheet_text(s, sex);
    sheet_number(s, n);
}

static void file_desk(struct sheet *s, const struct visit_desk *d, int64_t month,
                      const struct desk_figures *f)
{
    for (size_t i = 0; i < f->rows_n; i++) {
        const struct q_figure_all *r = &f->rows[i];
        if (!str_eq(r->figure_code, S("wait"))) { /* its median is told */
            file_row(s, d, month, r->figure_code, r->figure_kind, r->sex_code, r->figure_n);
        }
    }
    if (f->wait_twice.given) {
        file_row(s, d, month, S("wait_median_half_minutes"), S(""), S(""), f->wait_twice.v);
    }
    for (size_t i = 0; f->exit_days > 0 && i < VISIT_face_n; i++) {
        file_row(s, d, month, S("exit"), visit_face_words[i].code, S(""), f->exit[i]);
    }
    for (size_t i = 0; i < f->materials_n; i++) {
        const struct q_figure_materials *r = &f->materials[i];
        file_row(s, d, month, S("material_received"), r->name_text, S(""), r->received_n);
        file_row(s, d, month, S("material_given"), r->name_text, S(""), r->given_n);
        file_row(s, d, month, S("material_lost"), r->name_text, S(""), r->lost_n);
        file_row(s, d, month, S("material_stock"), r->name_text, S(""), r->stock_n);
    }
}

err show_figures_file(struct web *w)
{
    enum { BESIDE = 1 + VISIT_face_n, MATERIAL_LINES = 4, LINES_MOST = 20000 };
    struct visit_desk *desks;
    size_t n;
    size_t lines = 0;
    struct sheet s;
    const int64_t month = month_of(w);
    TRY(figures_desks(&w->ctx, &desks, &n));
    struct desk_figures *f = arena_array_of(w->arena, struct desk_figures, n + 1);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(figures_of(&w->ctx, &desks[i], month, &f[i]));
        lines += f[i].rows_n + BESIDE + MATERIAL_LINES * f[i].materials_n;
    }
    if (lines > LINES_MOST) {
        return FAIL(LIMIT);
    }
    TRY(sheet_begin(w, (lines + 1) * COUNT(in_file), &s));
    for (size_t i = 0; i < n; i++) {
        file_desk(&s, &desks[i], month, &f[i]);
    }
    const struct table t = {
        .columns = in_file, .columns_n = COUNT(in_file), .cells = s.cells, .rows_n = s.n / COUNT(in_file)};
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    table_csv(&t, w->lang, w->arena, &out);
    return web_csv(w, S("desk-figures.csv"), &out);
}
