/* sheet_quarter_pages.c: the sheet of a district's quarter: all its figures, as they are now and as approved.
 */
#include "sheet.html.h"
#include "sheet_pages.h"

#include "clock.h"
#include "place.h"

enum {
    QU_UNIT,
    QU_PERIOD,
    QU_DONE,
    QU_BASE,
    QU_WORDS = QU_BASE + SHEET_IN_WORDS,
    QU_DO = QU_BASE + SHEET_IN_DO,
    QU_SEEN = QU_BASE + SHEET_IN_SEEN
};
const struct input sheet_quarter_inputs[SHEET_QUARTER_INPUTS_N] = {
    [QU_UNIT] = {"unit", IN_CODE, MSG_SHEET_COL_DISTRICT, 40, .required = true},
    [QU_PERIOD] = {"period", IN_CODE, MSG_SHEET_COL_QUARTER, 40, .required = true},
    [QU_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
    SHEET_INPUTS(QU_BASE),
};

struct quarter {
    struct q_place_by_code unit;
    struct period period;
};

/* NOT_FOUND: no such district within reach, or no quarter. */
static err quarter_of(struct ctx *c, const struct given *in, struct quarter *out)
{
    bool mine;
    if (period_of(in[QU_PERIOD].text, &out->period).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    const struct period p = out->period;
    TRY(place_find_in(c, in[QU_UNIT].text, p.from_day, p.to_day, &out->unit));
    TRY(sheet_reaches(c, out->unit.id, &mine));
    const bool whole =
        period_same(p, period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day)));
    return mine && whole && out->unit.level_no == LEVEL_DISTRICT ? OK : FAIL(NOT_FOUND);
}

/* ---- what it says ---- */

static err lines_of(struct web *w, const struct snapshot_set *set, struct sheet_line **out)
{
    struct sheet_line *lines = arena_array_of(w->arena, struct sheet_line, set->n + 1);
    if (lines == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < set->n; i++) {
        const struct indicator *of = set->v[i].of;
        lines[i] = (struct sheet_line){.name = arena_printf(w->arena, "figure %.*s", STR_F(of->code)),
                                       .label = page_msg(&w->page, of->title),
                                       .of = of};
    }
    *out = lines;
    return OK;
}

/* What was approved, as it is kept. */
static err approved_words(struct web *w, const struct quarter *q, const struct indicator *i, str *out)
{
    struct snapshot_sum sum;
    TRY(snapshot_read(&w->ctx, i, &q->unit.id, 1, q->period, &sum));
    *out = sum.found > 0 ? sheet_figure_words(w, i, &sum.figure) : S("");
    return OK;
}

static err content_table(struct web *w, const struct quarter *q, const struct snapshot_set *set,
                         const struct q_sheet_versions *last, struct table_view *out)
{
    enum { COL_WHAT, COL_NOW, COL_APPROVED, COLS };
    static const enum msg heads[COLS] = {[COL_WHAT] = MSG_SHEET_COL_FIGURE,
                                         [COL_NOW] = MSG_SHEET_COL_NOW,
                                         [COL_APPROVED] = MSG_SHEET_COL_APPROVED};
    const size_t cols = last != NULL ? COLS : COL_APPROVED;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, (set->n + 1) * COLS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < set->n; i++) {
        const struct indicator *of = set->v[i].of;
        struct cell_view *c = &cells[i * cols];
        c[COL_WHAT] =
            (struct cell_view){.text = page_msg(&w->page, of->title), .note = page_msg(&w->page, of->how)};
        c[COL_NOW].text = sheet_figure_words(w, of, &set->v[i].figure);
        if (last != NULL) {
            const str name = arena_printf(w->arena, "figure %.*s", STR_F(of->code));
            const str said = sheet_says(last->content_text, name);
            const str hash = sheet_hash_text(w, set->v[i].hash);
            TRY(approved_words(w, q, of, &c[COL_APPROVED].text));
            c[COL_NOW].chip = str_ends(said, hash) ? STR_NONE : S("late");
        }
    }
    return web_table(w, heads, cols, cells, set->n, MSG_SHEET_SAYS, MSG_SHEET_NOTHING, out);
}

static err says_fill(struct web *w, const struct quarter *q, const struct sheet_view *v,
                     struct sheet_page_view *m)
{
    struct snapshot_set counted;
    struct sheet_line *lines;
    struct q_sheet_versions *versions = NULL;
    size_t versions_n = 0;
    const struct snapshot_set *set = w->local; /* counted already for what was just refused */
    uint8_t hash[DIGEST_LEN];
    str content;
    if (set == NULL) {
        TRY(snapshot_count(&w->ctx, q->unit.id, q->period, &counted));
        set = &counted;
    }
    TRY(sheet_quarter_content(&w->ctx, set, &content));
    sheet_hash(content, hash);
    m->act.seen = sheet_hash_text(w, hash);
    TRY(lines_of(w, set, &lines));
    if (v != NULL) {
        TRY(sheet_versions(&w->ctx, v, &versions, &versions_n));
    }
    TRY(sheet_versions_table(w, lines, set->n, versions, versions_n, &m->versions));
    return content_table(w, q, set, versions_n > 0 ? &versions[0] : NULL, &m->content);
}

/* ---- the page ---- */

static err title_set(struct web *w, const struct quarter *q)
{
    str name;
    TRY(place_name(&w->ctx, &q->unit, &name));
    const struct msg_arg args[] = {{"district", page_isolate_words(&w->page, name)},
                                   {"quarter", sheet_quarter_words(w, q->period)}};
    w->page.title = page_msg_args(&w->page, MSG_SHEET_QUARTER_TITLE, 0, args, 2);
    w->page.back =
        url_with(w->arena, url_local(w->arena, S("/sheets")), S("quarter"), period_code(w->arena, q->period));
    return OK;
}

err show_quarter(struct web *w)
{
    struct quarter q;
    struct sheet_view v;
    TRY(quarter_of(&w->ctx, w->in, &q));
    const err found = sheet_of_quarter(&w->ctx, q.unit.id, q.period, &v);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    const bool begun = found.code == ERR_OK;
    struct sheet_page_view m = {.recorded = S(""),
                                .about = {S("")},
                                .note = page_msg(&w->page, MSG_SHEET_QUARTER_NOTE),
                                .act.post = sheet_quarter_url(w, q.unit.unit_code, q.period),
                                .act.words = web_field(w, QU_WORDS, MSG_SHEET_WHY_HINT)};
    if (!w->step && w->in[QU_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_CASE_RECORDED);
    }
    TRY(sheet_page_fill(w, begun ? &v : NULL,
                        begun ? v.row.due_day : day_add(q.period.to_day, SHEET_QUARTER_DAYS), QU_BASE, &m));
    TRY(says_fill(w, &q, begun ? &v : NULL, &m));
    if (!begun) {
        const bool over = q.period.to_day < local_day(w->ctx.now_ms);
        v = (struct sheet_view){.row = {.home = q.unit.id,
                                        .sheet_kind_code = S("quarter"),
                                        .from_day = q.period.from_day,
                                        .to_day = q.period.to_day},
                                .state = over ? SHEET_DRAFT : SHEET_SUBMITTED};
    }
    TRY(sheet_checks_fill(w, &v, QU_BASE, &m));
    if (q.period.to_day >= local_day(w->ctx.now_ms)) {
        m.note = page_msg(&w->page, MSG_SHEET_QUARTER_RUNS);
    } else if (!begun) {
        m.act.submit = flow_can(&sheet_kind, SHEET_DRAFT, SHEET_SUBMIT, w->ctx.actor.role);
    }
    TRY(title_set(w, &q));
    sheet_show_page(&w->page, &m);
    return web_html(w, 200);
}

/* Counting takes longer than a write job may: it is done before, and the job freezes what it is given. */
err prepare_quarter(struct web *w)
{
    struct quarter q;
    struct sheet_view v;
    if (w->in[QU_DO].n != SHEET_DO_APPROVE) {
        return OK;
    }
    TRY(quarter_of(&w->ctx, w->in, &q));
    TRY(sheet_of_quarter(&w->ctx, q.unit.id, q.period, &v));
    struct snapshot_set *set = arena_new_of(w->arena, struct snapshot_set);
    if (set == NULL) {
        return FAIL(LIMIT);
    }
    TRY(snapshot_count(&w->ctx, q.unit.id, q.period, set));
    w->in[QU_DO].taken = set;
    w->local = set;
    return OK;
}

err write_quarter(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct quarter q;
    struct sheet_view v;
    uint8_t seen[DIGEST_LEN] = {0};
    TRY(quarter_of(c, in, &q));
    if (in[QU_DO].n == SHEET_DO_SUBMIT || in[QU_DO].n == SHEET_DO_JUSTIFY) {
        TRY(sheet_begin_quarter(c, q.unit.id, q.period, &v));
    } else {
        TRY(sheet_of_quarter(c, q.unit.id, q.period, &v));
    }
    TRY(sheet_form_holds(c, &v, &in[QU_BASE]));
    if (in[QU_DO].n == SHEET_DO_APPROVE) {
        if (!in[QU_SEEN].given || !sheet_hash_of(in[QU_SEEN].text, seen)) {
            return fail_set(c->fail, ERR_CONFLICT, MSG_SHEET_FIGURES_CHANGED, "action");
        }
        TRY(sheet_approve(c, &v, in[QU_DO].taken, seen));
    } else {
        TRY(sheet_do(c, &v, &in[QU_BASE]));
    }
    out->ref = in[QU_UNIT].text;
    out->note = in[QU_PERIOD].text;
    return OK;
}

err answer_quarter(struct web *w)
{
    const str path =
        arena_printf(w->arena, "/sheets/quarter/%.*s/%.*s", STR_F(w->receipt.ref), STR_F(w->receipt.note));
    return web_redirect(w, url_with(w->arena, url_local(w->arena, path), S("done"), S("1")));
}
