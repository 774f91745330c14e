/* intake_sheets_pages.c: the programme's own workbook beside our event sheets: which column is what, and
 * where the two differ. */
#include "exchange.html.h"
#include "intake_pages.h"
#include "reporter.h"

#define SHEETS_ROWS                                                                                         \
    MAP_INPUTS, [M_KEEP] = {"keep", IN_FLAG, MSG_EXCHANGE_SF_KEEP},                                         \
                FIELD(SF_EVENT, "event", MSG_EXCHANGE_SF_EVENT),                                            \
                FIELD(SF_COUNCILLORS, "councillors", MSG_EXCHANGE_SF_COUNCILLORS),                          \
                FIELD(SF_OFFICIALS, "officials", MSG_EXCHANGE_SF_OFFICIALS),                                \
                FIELD(SF_CITIZENS, "citizens", MSG_EXCHANGE_SF_CITIZENS),                                   \
                FIELD(SF_CSO, "cso", MSG_EXCHANGE_SF_CSO),                                                  \
                FIELD(SF_OTHERS, "others", MSG_EXCHANGE_SF_OTHERS),                                         \
                FIELD(SF_WOMEN, "women", MSG_EXCHANGE_SF_WOMEN), FIELD(SF_MEN, "men", MSG_EXCHANGE_SF_MEN), \
                FIELD(SF_TRANSGENDER, "transgender", MSG_EXCHANGE_SF_TRANSGENDER),                          \
                FIELD(SF_UNSAID, "not_stated", MSG_EXCHANGE_SF_UNSAID),                                     \
                FIELD(SF_TOTAL, "total", MSG_EXCHANGE_SF_TOTAL)
const struct input compare_page_inputs[M_FILE] = {SHEETS_ROWS};
const struct input compare_inputs[M_N] = {SHEETS_ROWS, [M_FILE] = INTAKE_FILE};

static err page_fill(struct web *w, struct compare_view *m)
{
    m->post = url_local(w->arena, S("/exchange/sheets"));
    TRY(map_form(w, &sheets_book, M_FILE, m));
    TRY(sheets_out_fill(w, "sheets", "events", &m->out));
    w->page.title = page_msg(&w->page, MSG_EXCHANGE_SHEETS);
    return OK;
}

err prepare_compare(struct web *w)
{
    struct intake_came *came;
    struct intake_map m;
    bool some;
    return map_prepare(w, &sheets_book, M_FILE, MSG_EXCHANGE_SF_CHOOSE, &came, &m, &some);
}

err write_compare(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_exchange_programmes programme;
    struct intake_map m;
    struct grid g;
    int64_t n = 0;
    TRY(map_programme(c, in, &programme));
    TRY(map_grid(c, in[M_ROWS].text, &g));
    map_of(&sheets_book, in, &g, c->arena, &m);
    TRY(map_keep(c, programme.id, &sheets_book, &g, &m));
    if (in[M_KEEP].given && in[M_KEEP].n == 1) {
        TRY(sheets_keep(c, &g, &m, &n));
        out->note = arena_printf(c->arena, "%lld", (long long)n);
    }
    return OK;
}

/* ---- the page ---- */

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
    struct intake_map map;
    struct grid g;
    TRY(map_grid(&w->ctx, w->in[M_ROWS].text, &g));
    map_of(&sheets_book, w->in, &g, w->arena, &map);
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
