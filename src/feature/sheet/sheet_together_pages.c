/* sheet_together_pages.c: what was verified of a quarter, of all districts of a province, approved in one go.
 */
#include "sheet.html.h"
#include "sheet_pages.h"

#include "format.h"
#include "place.h"

enum { TO_UNIT, TO_PERIOD, TO_SEEN, TO_DONE };
const struct input together_inputs[TOGETHER_INPUTS_N] = {
    [TO_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT, 40, .required = true},
    [TO_PERIOD] = {"period", IN_CODE, MSG_SHEET_COL_QUARTER, 40, .required = true},
    [TO_SEEN] = {"seen", IN_CODE, MSG_SHEET_SAYS, DIGEST_HEX},
    [TO_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
};

struct together {
    struct q_place_by_code unit;
    struct period period;
    const int64_t *homes;
    size_t homes_n;
};

/* Districts of the unit within reach. NOT_FOUND: none, or no quarter. */
static err together_of(struct ctx *c, const struct given *in, struct together *out)
{
    int64_t *below;
    size_t n;
    size_t kept = 0;
    struct together t = {.homes_n = 0};
    if (period_of(in[TO_PERIOD].text, &t.period).code != ERR_OK ||
        !period_same(t.period, period_quarter(period_year_of(t.period.from_day),
                                              period_quarter_of(t.period.from_day)))) {
        return FAIL(NOT_FOUND);
    }
    TRY(place_find(c, in[TO_UNIT].text, &t.unit));
    TRY(place_districts(c, t.unit.id, &below, &n));
    for (size_t i = 0; i < n; i++) {
        bool mine;
        TRY(sheet_reaches(c, below[i], &mine));
        if (mine) {
            below[kept++] = below[i];
        }
    }
    t.homes = below;
    t.homes_n = kept;
    *out = t;
    return kept > 0 && c->actor.home == 0 ? OK : FAIL(NOT_FOUND);
}

/* ---- the page ---- */

/* What shows at a glance whether a district's quarter is plausible; the rest stands on its own sheet. */
static const str glance[] = {S_INIT("cases_registered"), S_INIT("cases_women_share"), S_INIT("attendance"),
                             S_INIT("directions_kept")};
enum {
    GLANCE_N = sizeof glance / sizeof glance[0],
    COL_NAME = 0,
    COL_STATE,
    COL_GLANCE,
    COLS = COL_GLANCE + GLANCE_N
};

static const struct snapshot_made *made_of(const struct snapshot_set *set, str code)
{
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        if (str_eq(set->v[i].of->code, code)) {
            return &set->v[i];
        }
    }
    return NULL;
}

static const struct snapshot_set *ready_set(const struct sheet_ready_all *all, int64_t home)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].set.home == home) {
            return &all->v[i].set;
        }
    }
    return NULL;
}

static void district_cells(struct web *w, const struct together *t, const struct sheet_district *d,
                           const struct q_place_names *name, const struct snapshot_set *set,
                           struct cell_view *c)
{
    const struct chip_view none = {S("new"), page_msg(&w->page, MSG_SHEET_STATE_NONE)};
    const struct chip_view chip = d->begun ? sheet_chip(&w->page, (unsigned)d->quarter.flow_state) : none;
    c[COL_NAME].text = name->name_text;
    c[COL_NAME].to = sheet_quarter_url(w, name->unit_code, t->period);
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    for (size_t i = 0; i < GLANCE_N; i++) {
        const struct snapshot_made *made = made_of(set, glance[i]);
        c[COL_GLANCE + i].text = made != NULL ? sheet_figure_words(w, made->of, &made->figure) : S("");
    }
}

static err districts_table(struct web *w, const struct together *t, const struct sheet_ready_all *all,
                           struct table_view *out)
{
    struct sheet_district *rows;
    struct q_place_names *names;
    size_t n;
    size_t names_n;
    enum msg heads[COLS] = {[COL_NAME] = MSG_SHEET_COL_DISTRICT, [COL_STATE] = MSG_SHEET_COL_STATE};
    size_t kept = 0;
    for (size_t i = 0; i < GLANCE_N; i++) {
        heads[COL_GLANCE + i] = indicator_find(glance[i])->title;
    }
    TRY(sheet_districts(&w->ctx, t->homes, t->homes_n, t->period, &rows, &n));
    TRY(place_names(&w->ctx, t->homes, t->homes_n, &names, &names_n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < names_n; k++) {
            if (names[k].id == rows[i].home) {
                district_cells(w, t, &rows[i], &names[k], ready_set(all, rows[i].home),
                               &cells[kept++ * COLS]);
            }
        }
    }
    return web_table(w, heads, COLS, cells, kept, MSG_SHEET_DISTRICTS, MSG_SHEET_NOTHING, out);
}

err show_together(struct web *w)
{
    struct together t;
    struct sheet_ready_all counted;
    const struct sheet_ready_all *all = w->local; /* counted already for what was just refused */
    str name;
    TRY(together_of(&w->ctx, w->in, &t));
    if (all == NULL) {
        TRY(sheet_ready(&w->ctx, t.homes, t.homes_n, t.period, &counted));
        all = &counted;
    }
    struct together_view m = {.recorded = S(""),
                              .post = sheet_province_url(w, t.unit.unit_code, t.period),
                              .seen = sheet_hash_text(w, all->hash),
                              .ready = all->n > 0,
                              .lead = page_msg_args(&w->page, MSG_SHEET_READY_N, (int64_t)all->n, NULL, 0)};
    if (!w->step && w->in[TO_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_CASE_RECORDED);
    }
    TRY(districts_table(w, &t, all, &m.table));
    TRY(place_name(&w->ctx, &t.unit, &name));
    const struct msg_arg args[] = {{"district", page_isolate_words(&w->page, name)},
                                   {"quarter", sheet_quarter_words(w, t.period)}};
    w->page.title = page_msg_args(&w->page, MSG_SHEET_QUARTER_TITLE, 0, args, 2);
    w->page.back =
        url_with(w->arena, url_local(w->arena, S("/sheets")), S("quarter"), period_code(w->arena, t.period));
    together_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- approving ---- */

err prepare_together(struct web *w)
{
    struct together t;
    struct sheet_ready_all *all = arena_new_of(w->arena, struct sheet_ready_all);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(together_of(&w->ctx, w->in, &t));
    TRY(sheet_ready(&w->ctx, t.homes, t.homes_n, t.period, all));
    w->in[TO_SEEN].taken = all;
    w->local = all;
    return OK;
}

err write_together(struct ctx *c, const struct given *in, struct receipt *out)
{
    uint8_t seen[DIGEST_LEN];
    if (!in[TO_SEEN].given || !sheet_hash_of(in[TO_SEEN].text, seen)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_FIGURES_CHANGED, "action");
    }
    TRY(sheet_approve_ready(c, in[TO_SEEN].taken, seen));
    out->ref = in[TO_UNIT].text;
    out->note = in[TO_PERIOD].text;
    return OK;
}

err answer_together(struct web *w)
{
    const str path =
        arena_printf(w->arena, "/sheets/together/%.*s/%.*s", STR_F(w->receipt.ref), STR_F(w->receipt.note));
    return web_redirect(w, url_with(w->arena, url_local(w->arena, path), S("done"), S("1")));
}
