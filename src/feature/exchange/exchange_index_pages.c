/* exchange_index_pages.c: what goes out and what comes in, in one place; who reports. */
#include "exchange.html.h"
#include "intake_pages.h"
#include "reporter.h"

enum { X_WHAT, X_FORM, X_COLS };

static void row_put(struct web *w, struct cell_view *c, const char *to, enum msg what, enum msg note,
                    const char *form)
{
    c[X_WHAT] = (struct cell_view){.text = page_msg(&w->page, what),
                                   .note = note == MSG_NONE ? S("") : page_msg(&w->page, note),
                                   .to = url_local(w->arena, str_of(to))};
    c[X_FORM] = (struct cell_view){.text = str_of(form), .dir = S("ltr")};
}

static err out_fill(struct web *w, struct table_view *out)
{
    enum { ROWS = 4 };
    static const enum msg heads[X_COLS] = {[X_WHAT] = MSG_EXCHANGE_WHAT, [X_FORM] = MSG_EXCHANGE_FORMAT};
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, (size_t)ROWS * X_COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    row_put(w, &c[0], "/exchange/iati.xml", MSG_EXCHANGE_OUT_IATI, MSG_EXCHANGE_OUT_IATI_NOTE,
            "IATI 2.03 (XML)");
    row_put(w, &c[X_COLS], "/exchange/adx.xml", MSG_EXCHANGE_OUT_ADX, MSG_EXCHANGE_OUT_ADX_NOTE, "ADX (XML)");
    row_put(w, &c[(size_t)2 * X_COLS], "/exchange/codes.csv", MSG_EXCHANGE_OUT_CODES,
            MSG_EXCHANGE_OUT_CODES_NOTE, "CSV");
    row_put(w, &c[(size_t)3 * X_COLS], "/reports/indicators", MSG_EXCHANGE_OUT_TABLE,
            MSG_EXCHANGE_OUT_TABLE_NOTE, "CSV, XLSX, PDF, DOCX");
    return web_table(w, heads, X_COLS, c, ROWS, MSG_EXCHANGE_OUT, MSG_EXCHANGE_OUT, out);
}

/* Drafts that she may write in. */
static err drafts_fill(struct web *w, struct exchange_view *m)
{
    enum { I_PLAN, I_COLS };
    static const enum msg heads[I_COLS] = {[I_PLAN] = MSG_EXCHANGE_TARGETS};
    struct q_plan_list *rows;
    size_t n;
    size_t kept = 0;
    TRY(plan_list(&w->ctx, &rows, &n));
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, n * I_COLS + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].flow_state == PLAN_DRAFT) {
            const str to = arena_printf(w->arena, "/exchange/targets/%.*s", STR_F(rows[i].plan_code));
            c[kept++ * I_COLS] = (struct cell_view){.text = rows[i].plan_code,
                                                    .dir = S("ltr"),
                                                    .note = rows[i].title_text,
                                                    .to = url_local(w->arena, to)};
        }
    }
    m->takes = true;
    return web_table(w, heads, I_COLS, c, kept, MSG_EXCHANGE_TARGETS, MSG_EXCHANGE_NO_DRAFT, &m->drafts);
}

static err reporters_fill(struct web *w, struct table_view *out)
{
    enum { P_NAME, P_WHO, P_REF, P_COLS };
    static const enum msg heads[P_COLS] = {[P_NAME] = MSG_EXCHANGE_PROGRAMME_COL,
                                           [P_WHO] = MSG_EXCHANGE_REPORTER_COL,
                                           [P_REF] = MSG_EXCHANGE_REF};
    struct q_exchange_programmes *rows;
    size_t n;
    TRY(q_exchange_programmes(w->ctx.db, w->arena, &rows, &n));
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, n * P_COLS + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *at = &c[i * P_COLS];
        TRY(label_find(&w->ctx, S("programme"), rows[i].id, &at[P_NAME].text));
        at[P_NAME].to = url_local(
            w->arena, arena_printf(w->arena, "/exchange/reporter/%.*s", STR_F(rows[i].programme_code)));
        at[P_WHO] = (struct cell_view){.text = rows[i].reporter_text, .dir = S("auto")};
        at[P_REF] = rows[i].reporter_code.n > 0
                        ? (struct cell_view){.text = rows[i].reporter_code, .dir = S("ltr")}
                        : (struct cell_view){.text = page_msg(&w->page, MSG_EXCHANGE_REF_NONE)};
    }
    return web_table(w, heads, P_COLS, c, n, MSG_EXCHANGE_REPORTERS, MSG_EXCHANGE_REPORTERS, out);
}

err show_exchange(struct web *w)
{
    struct exchange_view m = {.takes = false};
    TRY(out_fill(w, &m.out));
    TRY(reporters_fill(w, &m.reporters));
    if (permission_of(w->ctx.actor.role, P_PLAN_WRITE)) {
        TRY(drafts_fill(w, &m));
    }
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_TITLE);
    exchange_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- who reports ---- */

const struct input reporter_inputs[R_N] = {
    [R_PROGRAMME] = {"programme", IN_CODE, MSG_EXCHANGE_PROGRAMME_COL, 60, .required = true},
    [R_REF] = {"ref", IN_LINE, MSG_EXCHANGE_REF, REPORTER_REF_MAX, .required = true},
    [R_NAME] = {"name", IN_LINE, MSG_EXCHANGE_REPORTER_COL, REPORTER_NAME_MAX, .required = true},
    [R_TYPE] = {"type", IN_CHOICE, MSG_EXCHANGE_TYPE, .required = true, .choices = reporter_type_codes},
    [R_SECTOR] = {"sector", IN_CODE, MSG_EXCHANGE_SECTOR, REPORTER_SECTOR_DIGITS, .required = true},
};

static struct field_view with(struct field_view f, str now)
{
    if (f.value.p == NULL) {
        f.value = now;
    }
    f.optional = false;
    return f;
}

err show_reporter(struct web *w)
{
    struct q_exchange_programmes now;
    struct reporter_view m = {.post = {S("")}};
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, REPORTER_TYPES_N);
    TRY(reporter_get(&w->ctx, w->in[R_PROGRAMME].text, &now));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < REPORTER_TYPES_N; i++) {
        c[i] = (struct choice_view){.value = reporter_type_words[i].code,
                                    .text = page_msg(&w->page, reporter_type_words[i].text)};
    }
    web_choose(w, R_TYPE, c, REPORTER_TYPES_N,
               arena_printf(w->arena, "%lld", (long long)now.reporter_type_no));
    m.ref = with(web_field(w, R_REF, MSG_EXCHANGE_REF_HINT), now.reporter_code);
    m.ref.dir = S("ltr");
    m.name = with(web_field(w, R_NAME, MSG_NONE), now.reporter_text);
    m.name.dir = S("auto");
    m.type = with(web_field(w, R_TYPE, MSG_NONE), STR_NONE);
    m.type.choices = c;
    m.type.choices_n = REPORTER_TYPES_N;
    m.sector = with(web_field(w, R_SECTOR, MSG_EXCHANGE_SECTOR_HINT),
                    now.sector_code.n > 0 ? now.sector_code : S("15150"));
    m.sector.dir = S("ltr");
    m.post =
        url_local(w->arena, arena_printf(w->arena, "/exchange/reporter/%.*s", STR_F(now.programme_code)));
    TRY(label_find(&w->ctx, S("programme"), now.id, &m.programme));
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_REPORTER_TITLE);
    w->page.back = url_local(w->arena, S("/exchange"));
    w->page.form_id = S("reporter");
    reporter_page(&w->page, &m);
    return web_html(w, 200);
}

err write_reporter(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    const struct reporter r = {.programme = in[R_PROGRAMME].text,
                               .ref = in[R_REF].text,
                               .type = str_of(reporter_type_codes[in[R_TYPE].n]),
                               .name = in[R_NAME].text,
                               .sector = in[R_SECTOR].text};
    return reporter_put(c, &r);
}

err answer_exchange(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/exchange")));
}
