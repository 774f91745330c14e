/* intake_past_pages.c: figures of the time before: brought in by one person, verified by another, taken by a
 * third. */
#include "digest.h"
#include "exchange.html.h"
#include "format.h"
#include "intake_pages.h"
#include "random.h"

enum { ROWS_SHOWN = 200, CODE_CHARS = 60 };

#define SOURCE_INPUT                                                              \
    {                                                                             \
        "source", IN_LINE, MSG_EXCHANGE_SOURCE, PAST_SOURCE_MAX, .required = true \
    }
const struct input brought_inputs[B_N] = {
    [B_SOURCE] = SOURCE_INPUT, [B_ROWS] = INTAKE_ROWS, [B_FILE] = INTAKE_FILE};
const struct input brought_page_inputs[B_FILE] = {[B_SOURCE] = SOURCE_INPUT, [B_ROWS] = INTAKE_ROWS};

static const char *const decisions[] = {"verify", "take", "decline", NULL}; /* enum past_step */
const struct input brought_one_inputs[BD_N] = {
    [BD_CODE] = {"code", IN_CODE, MSG_EXCHANGE_IMPORT, CODE_CHARS, .required = true},
    [BD_DO] = {"do", IN_CHOICE, MSG_EXCHANGE_DECISION, .required = true, .choices = decisions},
    [BD_WHY] = {"why", IN_WORDS, MSG_EXCHANGE_PAST_WHY, PAST_WHY_MAX},
};
const struct input brought_seen_inputs[1] = {
    [BD_CODE] = {"code", IN_CODE, MSG_EXCHANGE_IMPORT, CODE_CHARS, .required = true}};

static struct url past_url(struct web *w, str code)
{
    return url_local(w->arena, arena_printf(w->arena, "/exchange/past/%.*s", STR_F(code)));
}

static struct chip_view state_chip(const struct page *p, str state)
{
    if (str_eq(state, S("approved"))) {
        return (struct chip_view){S("done"), page_msg(p, MSG_EXCHANGE_PAST_APPROVED)};
    }
    if (str_eq(state, S("verified"))) {
        return (struct chip_view){S("busy"), page_msg(p, MSG_EXCHANGE_PAST_VERIFIED)};
    }
    return str_eq(state, S("declined"))
               ? (struct chip_view){S("closed"), page_msg(p, MSG_EXCHANGE_PAST_DECLINED)}
               : (struct chip_view){S("wait"), page_msg(p, MSG_EXCHANGE_PAST_WAITING)};
}

/* ---- the list, and the form ---- */

static err list_fill(struct web *w, struct table_view *out)
{
    enum { L_CODE, L_STATE, L_N, L_WHEN, L_COLS };
    static const enum msg heads[L_COLS] = {[L_CODE] = MSG_EXCHANGE_IMPORT,
                                           [L_STATE] = MSG_EXCHANGE_PAST_STATE,
                                           [L_N] = MSG_EXCHANGE_PAST_N,
                                           [L_WHEN] = MSG_EXCHANGE_PAST_WHEN};
    struct q_past_list *rows;
    size_t n;
    TRY(past_list(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * L_COLS];
        const struct chip_view chip = state_chip(&w->page, rows[i].state_code);
        c[L_CODE] = (struct cell_view){.text = rows[i].import_code,
                                       .dir = S("ltr"),
                                       .note = rows[i].source_text,
                                       .to = past_url(w, rows[i].import_code)};
        c[L_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
        c[L_N] =
            (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].figures_n), .dir = S("ltr")};
        c[L_WHEN].text = format_time(w->arena, w->lang, rows[i].made_ms);
    }
    return web_table(w, heads, L_COLS, cells, n, MSG_EXCHANGE_PAST_LIST, MSG_EXCHANGE_PAST_NONE, out);
}

err show_brought(struct web *w)
{
    static const enum msg hints[PC_N] = {
        [PC_INDICATOR] = MSG_EXCHANGE_HOW_CODE, [PC_UNIT] = MSG_EXCHANGE_HOW_DISTRICT,
        [PC_PERIOD] = MSG_EXCHANGE_HOW_MONTH,   [PC_ROLE] = MSG_EXCHANGE_HOW_SPLIT_ROLE,
        [PC_SEX] = MSG_EXCHANGE_HOW_SPLIT_SEX,  [PC_PART] = MSG_EXCHANGE_HOW_PART,
        [PC_VALUE] = MSG_EXCHANGE_HOW_VALUE,    [PC_OF] = MSG_EXCHANGE_HOW_OF};
    struct page_link *codes = arena_new_of(w->arena, struct page_link);
    struct intake_view m = {.listed = true, .templates = codes, .templates_n = 1};
    if (codes == NULL) {
        return FAIL(LIMIT);
    }
    *codes = (struct page_link){.to = url_local(w->arena, S("/exchange/codes.csv")),
                                .text = page_msg(&w->page, MSG_EXCHANGE_OUT_CODES)};
    TRY(list_fill(w, &m.list));
    TRY(intake_fill(w, B_FILE, B_ROWS, past_columns, hints, PC_N, &m));
    m.asks_source = true;
    m.source = web_field(w, B_SOURCE, MSG_EXCHANGE_SOURCE_HINT);
    m.source.dir = S("auto");
    m.lead = page_msg(&w->page, MSG_EXCHANGE_PAST_LEAD);
    m.save = page_msg(&w->page, MSG_EXCHANGE_PAST_SAVE);
    m.post = url_local(w->arena, S("/exchange/past"));
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_PAST);
    w->page.back = url_local(w->arena, S("/exchange"));
    w->page.form_id = S("intake");
    intake_page(&w->page, &m);
    return web_html(w, 200);
}

err prepare_brought(struct web *w)
{
    struct intake_came *came;
    struct past_read *read = arena_new_of(w->arena, struct past_read);
    if (read == NULL) {
        return FAIL(LIMIT);
    }
    TRY(intake_came(w, B_FILE, B_ROWS, &came));
    if (came->grids_n == 0) {
        return OK;
    }
    TRY(past_read(&w->ctx, came->grids, came->grids_n, read));
    TRY(intake_keep(w, came, read->which, B_FILE, B_ROWS));
    if (read->table.faults_n > 0) {
        intake_refuse(w, came, &read->table);
    }
    w->in[B_ROWS].taken = read;
    return OK;
}

err write_brought(struct ctx *c, const struct given *in, struct receipt *out)
{
    uint8_t hash[DIGEST_LEN];
    struct digest d;
    digest_begin(&d);
    digest_put(&d, in[B_FILE].files != NULL ? in[B_FILE].files[0].bytes : in[B_ROWS].text);
    digest_end(&d, hash);
    const struct past_read *read = in[B_ROWS].taken;
    if (read == NULL) {
        return FAIL(INVALID); /* nothing came */
    }
    return past_keep(c, in[B_ROWS].text, read->n, (str){(const char *)hash, DIGEST_LEN}, in[B_SOURCE].text,
                     &out->note);
}

err answer_brought(struct web *w)
{
    return web_redirect(w, past_url(w, w->receipt.note));
}

/* ---- one ---- */

static str hex_words(struct web *w, str hash)
{
    char hex[2 * DIGEST_LEN];
    if (hash.n != DIGEST_LEN) {
        return S("");
    }
    hex_of((const uint8_t *)hash.p, DIGEST_LEN, hex);
    return arena_str(w->arena, (str){hex, sizeof hex});
}

static err facts_fill(struct web *w, const struct q_past_get *p, struct facts_view *out)
{
    enum { FACTS = 8 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[n++] = (struct fact_view){
        .name = page_msg(&w->page, MSG_EXCHANGE_SOURCE), .value = p->source_text, .dir = S("name")};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_PAST_N),
                                .value = format_number(w->arena, w->lang, p->figures_n),
                                .dir = S("ltr")};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_PAST_WHEN),
                                .value = format_time(w->arena, w->lang, p->made_ms)};
    if (p->verified_ms.given) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_PAST_VERIFIED_ON),
                                    .value = format_time(w->arena, w->lang, p->verified_ms.v)};
    }
    if (p->decided_ms.given) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_PAST_DECIDED_ON),
                                    .value = format_time(w->arena, w->lang, p->decided_ms.v)};
    }
    if (p->why_text.n > 0) {
        f[n++] = (struct fact_view){
            .name = page_msg(&w->page, MSG_EXCHANGE_PAST_WHY), .value = p->why_text, .dir = S("auto")};
    }
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_HASH_FILE),
                                .value = hex_words(w, p->file_hash),
                                .dir = S("ltr")};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_EXCHANGE_HASH_ROWS),
                                .value = hex_words(w, p->content_hash),
                                .dir = S("ltr")};
    *out = (struct facts_view){f, n};
    return OK;
}

/* The rows as they were checked, under the words of their own head. */
static err rows_fill(struct web *w, str text, struct table_view *out)
{
    struct grid g;
    enum grid_why why;
    size_t at;
    TRY(grid_of_text(w->arena, text, &g, &why, &at));
    if (why != GRID_FINE) {
        return FAIL(BUG);
    }
    const size_t shown = g.rows_n > ROWS_SHOWN ? ROWS_SHOWN : g.rows_n;
    struct column_view *columns = arena_array_of(w->arena, struct column_view, g.columns_n + 1);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, shown + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, shown * (g.columns_n + 1) + 1);
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < g.columns_n; k++) {
        const str place = grid_place(w->arena, 0, k);
        columns[k].text = str_sub(place, 0, place.n - 1);
    }
    for (size_t row = 0; row < shown; row++) {
        struct cell_view *c = &cells[row * g.columns_n];
        for (size_t k = 0; k < g.columns_n; k++) {
            c[k] = (struct cell_view){.text = grid_at(&g, row, k).text, .dir = S("auto")};
        }
        rows[row] = (struct row_view){c, g.columns_n};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_EXCHANGE_PAST_ROWS),
                               .columns = columns,
                               .columns_n = g.columns_n,
                               .rows = rows,
                               .rows_n = shown};
    return OK;
}

err show_brought_one(struct web *w)
{
    struct q_past_get p;
    struct brought_view m = {.takes = false};
    TRY(past_find(&w->ctx, w->in[BD_CODE].text, &p));
    m.chip = state_chip(&w->page, p.state_code);
    m.verifies = past_may(&w->ctx, &p, PAST_VERIFY);
    m.takes = past_may(&w->ctx, &p, PAST_TAKE);
    m.declines = past_may(&w->ctx, &p, PAST_DECLINE);
    m.waits = !str_eq(p.state_code, S("approved")) && !str_eq(p.state_code, S("declined"));
    m.post = past_url(w, p.import_code);
    if (w->route->inputs_n > BD_WHY) {
        m.why = web_field(w, BD_WHY, MSG_EXCHANGE_PAST_WHY_HINT);
    } else {
        m.why = (struct field_view){.name = S("why"),
                                    .label = page_msg(&w->page, MSG_EXCHANGE_PAST_WHY),
                                    .hint = page_msg(&w->page, MSG_EXCHANGE_PAST_WHY_HINT)};
    }
    TRY(facts_fill(w, &p, &m.facts));
    TRY(rows_fill(w, p.content_text, &m.rows));
    w->page.title = p.import_code;
    w->page.back = url_local(w->arena, S("/exchange/past"));
    w->page.form_id = S("decide");
    brought_one_page(&w->page, &m);
    return web_html(w, 200);
}

err write_brought_one(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[BD_CODE].text;
    return past_act(c, in[BD_CODE].text, (enum past_step)in[BD_DO].n,
                    in[BD_WHY].given ? in[BD_WHY].text : S(""));
}
