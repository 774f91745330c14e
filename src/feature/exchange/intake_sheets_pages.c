/* intake_sheets_pages.c: the programme's own workbook beside our event sheets: which column is what, and
 * where the two differ. */
#include "exchange.html.h"
#include "intake_pages.h"
#include "reporter.h"

enum { FIRST_ROWS = 8, LETTERS_MAX = 3, HEAD_MOST = INTAKE_HEAD_WITHIN, CODE_CHARS = 60 };

#define FIELD(field, code, text) [M_FIELDS + (field)] = {(code), IN_CODE, (text), LETTERS_MAX}
#define SHEETS_ROWS                                                                                         \
    [M_PROGRAMME] = {"programme", IN_CODE, MSG_EXCHANGE_PROGRAMME_COL, CODE_CHARS}, [M_ROWS] = INTAKE_ROWS, \
    [M_HEAD] = {"head", IN_NUMBER, MSG_EXCHANGE_SF_HEAD, HEAD_MOST},                                        \
    [M_KEEP] = {"keep", IN_FLAG, MSG_EXCHANGE_SF_KEEP}, FIELD(SF_EVENT, "event", MSG_EXCHANGE_SF_EVENT),    \
    FIELD(SF_COUNCILLORS, "councillors", MSG_EXCHANGE_SF_COUNCILLORS),                                      \
    FIELD(SF_OFFICIALS, "officials", MSG_EXCHANGE_SF_OFFICIALS),                                            \
    FIELD(SF_CITIZENS, "citizens", MSG_EXCHANGE_SF_CITIZENS), FIELD(SF_CSO, "cso", MSG_EXCHANGE_SF_CSO),    \
    FIELD(SF_OTHERS, "others", MSG_EXCHANGE_SF_OTHERS), FIELD(SF_WOMEN, "women", MSG_EXCHANGE_SF_WOMEN),    \
    FIELD(SF_MEN, "men", MSG_EXCHANGE_SF_MEN),                                                              \
    FIELD(SF_TRANSGENDER, "transgender", MSG_EXCHANGE_SF_TRANSGENDER),                                      \
    FIELD(SF_UNSAID, "not_stated", MSG_EXCHANGE_SF_UNSAID), FIELD(SF_TOTAL, "total", MSG_EXCHANGE_SF_TOTAL)
const struct input compare_page_inputs[M_FILE] = {SHEETS_ROWS};
const struct input compare_inputs[M_N] = {SHEETS_ROWS, [M_FILE] = INTAKE_FILE};

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
static void map_of(const struct given *in, const struct grid *g, struct arena *a, struct sheets_map *out)
{
    out->head = in[M_HEAD].given && in[M_HEAD].n > 0 ? (size_t)in[M_HEAD].n - 1 : sheets_head(g);
    for (size_t f = 0; f < SF_N; f++) {
        const struct given *one = &in[M_FIELDS + f];
        out->at[f] = one->given ? column_of(g, a, one->text) : SIZE_MAX;
    }
}

static bool chosen(const struct sheets_map *m)
{
    for (size_t f = SF_EVENT + 1; f < SF_N; f++) {
        if (m->at[f] != SIZE_MAX) {
            return m->at[SF_EVENT] != SIZE_MAX;
        }
    }
    return false;
}

static void input_set(struct given *g, str text, int64_t n)
{
    g->given = true;
    g->raw = g->text = text;
    g->n = n;
}

/* The programme that was chosen; else the first. */
static err programme_of(struct ctx *c, const struct given *in, struct q_exchange_programmes *out)
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
static err map_recall(struct web *w, const struct grid *g)
{
    struct q_exchange_programmes programme;
    struct sheets_map m;
    bool some;
    TRY(programme_of(&w->ctx, w->in, &programme));
    TRY(sheets_map_find(&w->ctx, programme.id, g, &m, &some));
    if (!some) {
        return OK;
    }
    input_set(&w->in[M_HEAD], arena_printf(w->arena, "%zu", m.head + 1), (int64_t)m.head + 1);
    for (size_t f = 0; f < SF_N; f++) {
        if (m.at[f] != SIZE_MAX) {
            input_set(&w->in[M_FIELDS + f], letters_of(w->arena, m.at[f]), 0);
        }
    }
    return OK;
}

err prepare_compare(struct web *w)
{
    struct intake_came *came;
    struct sheets_map m;
    TRY(intake_came(w, M_FILE, M_ROWS, &came));
    if (came->grids_n == 0) {
        return OK;
    }
    TRY(intake_keep(w, came, 0, M_FILE, M_ROWS));
    map_of(w->in, &came->grids[0], w->arena, &m);
    if (!chosen(&m)) {
        TRY(map_recall(w, &came->grids[0]));
        map_of(w->in, &came->grids[0], w->arena, &m);
    }
    if (!chosen(&m)) {
        web_fault(w, M_FIELDS + SF_EVENT, MSG_EXCHANGE_SF_CHOOSE);
    }
    return OK;
}

static err grid_read(struct ctx *c, str rows, struct grid *out)
{
    enum grid_why why;
    size_t row;
    TRY(grid_of_text(c->arena, rows, out, &why, &row));
    return why == GRID_FINE ? OK : FAIL(INVALID);
}

err write_compare(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_exchange_programmes programme;
    struct sheets_map m;
    struct grid g;
    int64_t n = 0;
    TRY(programme_of(c, in, &programme));
    TRY(grid_read(c, in[M_ROWS].text, &g));
    map_of(in, &g, c->arena, &m);
    TRY(sheets_map_keep(c, programme.id, &g, &m));
    if (in[M_KEEP].given && in[M_KEEP].n == 1) {
        TRY(sheets_keep(c, &g, &m, &n));
        out->note = arena_printf(c->arena, "%lld", (long long)n);
    }
    return OK;
}

/* ---- the page ---- */

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
static err selects_fill(struct web *w, const struct grid *g, struct compare_view *m)
{
    const size_t head =
        w->in[M_HEAD].given && w->in[M_HEAD].n > 0 ? (size_t)w->in[M_HEAD].n - 1 : sheets_head(g);
    struct field_view *fields = arena_array_of(w->arena, struct field_view, SF_N);
    if (fields == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t f = 0; f < SF_N; f++) {
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
        fields[f].optional = f != SF_EVENT;
        fields[f].choices = c;
        fields[f].choices_n = g->columns_n;
    }
    m->fields = fields;
    m->fields_n = SF_N;
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

static err differences_fill(struct web *w, const struct sheets_compared *k, struct table_view *out)
{
    enum { D_EVENT, D_WHAT, D_THEIRS, D_OURS, D_COLS };
    static const enum msg heads[D_COLS] = {[D_EVENT] = MSG_EXCHANGE_SF_EVENT,
                                           [D_WHAT] = MSG_EXCHANGE_WHAT,
                                           [D_THEIRS] = MSG_EXCHANGE_SF_THEIRS,
                                           [D_OURS] = MSG_EXCHANGE_SF_OURS};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, k->n * D_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < k->n; i++) {
        const struct sheets_difference *d = &k->v[i];
        struct cell_view *c = &cells[i * D_COLS];
        const str at = arena_printf(w->arena, "/events/%.*s", STR_F(d->event));
        c[D_EVENT] = (struct cell_view){.text = d->event, .dir = S("ltr"), .to = url_local(w->arena, at)};
        c[D_WHAT].text = page_msg(&w->page, sheets_columns[d->field].name);
        c[D_THEIRS] =
            (struct cell_view){.text = arena_printf(w->arena, "%lld", (long long)d->theirs), .dir = S("ltr")};
        c[D_OURS] =
            (struct cell_view){.text = arena_printf(w->arena, "%lld", (long long)d->ours), .dir = S("ltr")};
    }
    return web_table(w, heads, D_COLS, cells, k->n, MSG_EXCHANGE_SF_DIFFERENCES, MSG_EXCHANGE_SF_ALL_AGREE,
                     out);
}

static err page_fill(struct web *w, struct compare_view *m)
{
    struct grid g;
    m->post = url_local(w->arena, S("/exchange/sheets"));
    m->file = intake_file_field(w, M_FILE);
    m->rows = web_field(w, M_ROWS, MSG_EXCHANGE_ROWS_HINT);
    m->rows.dir = S("ltr");
    TRY(programmes_fill(w, m));
    TRY(sheets_out_fill(w, &m->out));
    if (w->in[M_ROWS].given && grid_read(&w->ctx, w->in[M_ROWS].text, &g).code == ERR_OK) {
        m->chooses = true;
        TRY(first_rows(w, &g, &m->first));
        TRY(selects_fill(w, &g, m));
    }
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_SHEETS);
    w->page.back = url_local(w->arena, S("/exchange"));
    w->page.form_id = S("intake");
    return OK;
}

err show_compare(struct web *w)
{
    struct compare_view m = {.compared = false, .kept = S("")};
    TRY(page_fill(w, &m));
    compare_page(&w->page, &m);
    return web_html(w, 200);
}

err answer_compare(struct web *w)
{
    struct compare_view m = {.compared = true, .kept = S("")};
    int64_t n = 0;
    struct sheets_compared k;
    struct sheets_map map;
    struct grid g;
    TRY(grid_read(&w->ctx, w->in[M_ROWS].text, &g));
    map_of(w->in, &g, w->arena, &map);
    TRY(sheets_compare(&w->ctx, &g, &map, &k));
    m.events = k.events;
    m.agree = k.agree;
    m.wrong = k.table.faults_n > 0;
    m.keeps = k.events > 0 && permission_of(w->ctx.actor.role, P_SHEET_FILL);
    if (w->in[M_KEEP].given && str_i64(w->receipt.note, &n)) {
        m.kept = page_msg_args(&w->page, MSG_EXCHANGE_SF_KEPT, n, NULL, 0);
    }
    TRY(differences_fill(w, &k, &m.differences));
    if (m.wrong) {
        TRY(intake_faults(w, &k.table, &m.faults));
    }
    TRY(page_fill(w, &m));
    compare_page(&w->page, &m);
    return web_html(w, 200);
}
