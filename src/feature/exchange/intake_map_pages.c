/* intake_map_pages.c: choosing which column of a workbook says what. */
#include "exchange.html.h"
#include "intake_pages.h"
#include "reporter.h"

enum { FIRST_ROWS = 8 };

/* ---- which column is what ---- */

static str letters_of(struct arena *a, size_t column)
{
    const str place = grid_place(a, 0, column);
    return str_sub(place, 0, place.n - 1);
}

static size_t column_of(const struct grid *g, struct arena *a, str letters)
{
    for (size_t i = 0; i < g->columns_n; i++) {
        if (str_eq(letters_of(a, i), letters)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* As it was chosen in the form. */
void map_of(const struct intake_book *b, const struct given *in, const struct grid *g, struct arena *a,
            struct intake_map *out)
{
    map_none(out);
    out->head = in[M_HEAD].given && in[M_HEAD].n > 0 ? (size_t)in[M_HEAD].n - 1 : map_head(g);
    for (size_t f = 0; f < b->columns_n; f++) {
        const struct given *one = &in[M_FIELDS + f];
        out->at[f] = one->given ? column_of(g, a, one->text) : SIZE_MAX;
    }
}

static void input_set(struct given *g, str text, int64_t n)
{
    g->given = true;
    g->raw = g->text = text;
    g->n = n;
}

/* The programme that was chosen; else the first. */
err map_programme(struct ctx *c, const struct given *in, struct q_exchange_programmes *out)
{
    struct q_exchange_programmes *rows;
    size_t n;
    if (in[M_PROGRAMME].given) {
        return reporter_get(c, in[M_PROGRAMME].text, out);
    }
    TRY(q_exchange_programmes(c->db, c->arena, &rows, &n));
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    *out = rows[0];
    return OK;
}

/* What was kept for the programme fills the form in, where nothing was chosen yet. */
static err map_recall(struct web *w, const struct intake_book *b, const struct grid *g)
{
    struct q_exchange_programmes programme;
    struct intake_map m;
    bool some;
    TRY(map_programme(&w->ctx, w->in, &programme));
    TRY(map_find(&w->ctx, programme.id, b, g, &m, &some));
    if (!some) {
        return OK;
    }
    input_set(&w->in[M_HEAD], arena_printf(w->arena, "%zu", m.head + 1), (int64_t)m.head + 1);
    for (size_t f = 0; f < b->columns_n; f++) {
        if (m.at[f] != SIZE_MAX) {
            input_set(&w->in[M_FIELDS + f], letters_of(w->arena, m.at[f]), 0);
        }
    }
    return OK;
}

err map_prepare(struct web *w, const struct intake_book *b, size_t file, enum msg choose,
                struct intake_came **out_came, struct intake_map *out, bool *out_some)
{
    *out_some = false;
    TRY(intake_came(w, file, M_ROWS, out_came));
    if ((*out_came)->grids_n == 0) {
        return OK;
    }
    const struct grid *g = &(*out_came)->grids[0];
    TRY(intake_keep(w, *out_came, 0, file, M_ROWS));
    map_of(b, w->in, g, w->arena, out);
    if (!map_useful(b, out)) {
        TRY(map_recall(w, b, g));
        map_of(b, w->in, g, w->arena, out);
    }
    *out_some = map_useful(b, out);
    if (!*out_some) {
        web_fault(w, M_FIELDS, choose);
    }
    return OK;
}

err map_grid(struct ctx *c, str rows, struct grid *out)
{
    enum grid_why why;
    size_t row;
    TRY(grid_of_text(c->arena, rows, out, &why, &row));
    return why == GRID_FINE ? OK : FAIL(INVALID);
}

/* ---- the form ---- */

static err first_rows(struct web *w, const struct grid *g, struct table_view *out)
{
    const size_t n = g->rows_n < FIRST_ROWS ? g->rows_n : FIRST_ROWS;
    const size_t width = g->columns_n + 1;
    struct column_view *columns = arena_array_of(w->arena, struct column_view, width);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * width + 1);
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    columns[0].text = page_msg(&w->page, MSG_EXCHANGE_SF_ROW);
    for (size_t k = 0; k < g->columns_n; k++) {
        columns[k + 1].text = letters_of(w->arena, k);
    }
    for (size_t row = 0; row < n; row++) {
        struct cell_view *c = &cells[row * width];
        c[0] = (struct cell_view){.text = arena_printf(w->arena, "%zu", row + 1), .dir = S("ltr")};
        for (size_t k = 0; k < g->columns_n; k++) {
            c[k + 1] = (struct cell_view){.text = grid_at(g, row, k).text, .dir = S("auto")};
        }
        rows[row] = (struct row_view){c, width};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_EXCHANGE_SF_FIRST),
                               .columns = columns,
                               .columns_n = width,
                               .rows = rows,
                               .rows_n = n};
    return OK;
}

/* A list of the columns for each field, by letter and words. */
static err selects_fill(struct web *w, const struct intake_book *b, const struct grid *g,
                        struct compare_view *m)
{
    const size_t head =
        w->in[M_HEAD].given && w->in[M_HEAD].n > 0 ? (size_t)w->in[M_HEAD].n - 1 : map_head(g);
    struct field_view *fields = arena_array_of(w->arena, struct field_view, b->columns_n);
    if (fields == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t f = 0; f < b->columns_n; f++) {
        struct choice_view *c = arena_array_of(w->arena, struct choice_view, g->columns_n + 1);
        if (c == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t k = 0; k < g->columns_n; k++) {
            const str letters = letters_of(w->arena, k);
            const str name = page_isolate_words(&w->page, grid_at(g, head, k).text);
            c[k] = (struct choice_view){
                .value = letters, .text = arena_printf(w->arena, "%.*s: %.*s", STR_F(letters), STR_F(name))};
        }
        web_choose(w, M_FIELDS + f, c, g->columns_n, STR_NONE);
        fields[f] = web_field(w, M_FIELDS + f, MSG_NONE);
        fields[f].optional = !b->columns[f].needed;
        fields[f].choices = c;
        fields[f].choices_n = g->columns_n;
    }
    m->fields = fields;
    m->fields_n = b->columns_n;
    m->head = web_field(w, M_HEAD, MSG_EXCHANGE_SF_HEAD_HINT);
    m->head.optional = false;
    if (m->head.value.n == 0) {
        m->head.value = arena_printf(w->arena, "%zu", head + 1);
    }
    return OK;
}

static err programmes_fill(struct web *w, struct compare_view *m)
{
    struct q_exchange_programmes *rows;
    size_t n;
    TRY(q_exchange_programmes(w->ctx.db, w->arena, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i].value = rows[i].programme_code;
        TRY(label_find(&w->ctx, S("programme"), rows[i].id, &c[i].text));
    }
    web_choose(w, M_PROGRAMME, c, n, n > 0 ? c[0].value : STR_NONE);
    m->programme = web_field(w, M_PROGRAMME, MSG_NONE);
    m->programme.optional = false;
    m->programme.choices = c;
    m->programme.choices_n = n;
    return OK;
}

err map_form(struct web *w, const struct intake_book *b, size_t file, struct compare_view *m)
{
    struct grid g;
    m->file = intake_file_field(w, file);
    m->rows = web_field(w, M_ROWS, MSG_EXCHANGE_ROWS_HINT);
    m->rows.dir = S("ltr");
    TRY(programmes_fill(w, m));
    if (w->in[M_ROWS].given && map_grid(&w->ctx, w->in[M_ROWS].text, &g).code == ERR_OK) {
        m->chooses = true;
        TRY(first_rows(w, &g, &m->first));
        TRY(selects_fill(w, b, &g, m));
    }
    w->page.back = url_local(w->arena, S("/exchange"));
    w->page.form_id = S("intake");
    return OK;
}
