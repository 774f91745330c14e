/* intake_targets.c: rows into targets. */
#include "intake_targets.h"

#include "fold.h"
#include "indicator.h"

enum { PERCENT = 100 };

const struct intake_column targets_columns[TC_N] = {
    [TC_INDICATOR] = {S_INIT("indicator"), MSG_EXCHANGE_COL_INDICATOR, true},
    [TC_UNIT] = {S_INIT("unit"), MSG_EXCHANGE_COL_UNIT, true},
    [TC_PERIOD] = {S_INIT("period"), MSG_EXCHANGE_COL_PERIOD, true},
    [TC_ROLE] = {S_INIT("role"), MSG_EXCHANGE_COL_ROLE, false},
    [TC_SEX] = {S_INIT("sex"), MSG_EXCHANGE_COL_SEX, false},
    [TC_TARGET] = {S_INIT("target"), MSG_EXCHANGE_COL_TARGET, true},
};

struct reading {
    const struct planned *plan;
    struct plan_whole whole;
    struct intake_units units;
    struct intake *t;
};

/* ---- which indicator ---- */

static err titled(struct reading *r, const struct q_plan_indicators *i, str text, bool *out)
{
    const struct indicator *of = indicator_find(i->indicator_code);
    *out = false;
    if (i->title_text.n > 0) {
        TRY(intake_same(r->t->c->arena, text, i->title_text, out));
    }
    for (enum lang l = (enum lang)0; l < LANG_N && of != NULL && !*out; l++) {
        TRY(intake_same(r->t->c->arena, text, msg_text(l, of->title), out));
    }
    return OK;
}

/* By its number; else the only one of that code or title. */
static err indicator_in(struct reading *r, size_t row, const struct q_plan_indicators **out)
{
    const size_t faults = r->t->faults_n + r->t->more;
    const str text = intake_text(r->t, row, TC_INDICATOR);
    const str number = digits_ascii(r->t->c->arena, text);
    int64_t no;
    size_t hits = 0;
    *out = NULL;
    const str seen = intake_known(r->t, TC_INDICATOR, text);
    if (text.n > 0 && number.p != NULL && str_i64(seen.p != NULL ? seen : number, &no)) {
        *out = plan_indicator_of(&r->whole, no);
    }
    for (size_t i = 0; (*out == NULL || hits > 0) && text.n > 0 && i < r->whole.indicators_n; i++) {
        const struct q_plan_indicators *one = &r->whole.indicators[i];
        bool same = str_eq(one->indicator_code, text);
        if (!same) {
            TRY(titled(r, one, text, &same));
        }
        hits += same;
        *out = same ? one : *out;
    }
    *out = hits > 1 ? NULL : *out;
    if (hits == 1 && *out != NULL) {
        intake_know(r->t, TC_INDICATOR, text,
                    arena_printf(r->t->c->arena, "%lld", (long long)(*out)->indicator_no));
    }
    if (*out == NULL && r->t->faults_n + r->t->more == faults) {
        intake_fault(r->t, row, TC_INDICATOR, MSG_EXCHANGE_FAULT_INDICATOR, STR_NONE);
    }
    return OK;
}

/* ---- which period ---- */

static bool period_code_of(struct arena *a, str text, struct period *out)
{
    return period_of(text, out).code == ERR_OK ||
           period_of(arena_printf(a, "FY%.*s", STR_F(text)), out).code == ERR_OK;
}

/* "2026-27", "FY2026-27Q3", "Q3", 3, or the words that forms have for it. */
static err quarter_in(struct reading *r, size_t row, int64_t *out)
{
    struct arena *a = r->t->c->arena;
    const size_t faults = r->t->faults_n + r->t->more;
    const str cell = intake_text(r->t, row, TC_PERIOD);
    const str text = digits_ascii(a, cell);
    const int64_t year = r->plan->row.fiscal_no;
    struct period p;
    if (text.p == NULL) {
        return FAIL(LIMIT);
    }
    const str seen = intake_known(r->t, TC_PERIOD, text);
    if (text.n > 0 && seen.p != NULL) {
        return str_i64(seen, out) ? OK : FAIL(BUG);
    }
    for (int64_t q = 0; q < PLAN_quarter_n && text.n > 0; q++) {
        const str words = arena_printf(a, "Q%lld", (long long)q);
        const struct period of = plan_target_period(r->plan, q);
        const bool short_name = str_eq(text, plan_quarter_words[q].code) || str_eq(text, words);
        bool same = q <= QUARTERS && short_name; /* nobody means a year by 5 */
        for (enum lang l = (enum lang)0; l < LANG_N && !same; l++) {
            TRY(intake_same(a, text, msg_text(l, plan_quarter_words[q].text), &same));
        }
        if (same || (period_code_of(a, text, &p) && period_same(p, of))) {
            intake_know(r->t, TC_PERIOD, text, plan_quarter_words[q].code);
            *out = q;
            return OK;
        }
    }
    if (r->t->faults_n + r->t->more == faults) {
        intake_fault(r->t, row, TC_PERIOD, MSG_EXCHANGE_FAULT_PERIOD, period_code(a, period_fiscal(year)));
    }
    return OK;
}

/* ---- rows ---- */

static bool same_target(const struct plan_target_edit *x, const struct plan_target_edit *y)
{
    return x->indicator == y->indicator && x->quarter == y->quarter && str_eq(x->unit, y->unit) &&
           str_eq(x->role, y->role) && str_eq(x->sex, y->sex);
}

/* A row that was read whole becomes a target, unless it has none. */
static err row_read(struct reading *r, size_t row, struct plan_target_edit *e, bool *out_some)
{
    struct intake *t = r->t;
    const struct q_plan_indicators *i;
    const struct q_place_all *unit;
    const size_t faults = t->faults_n + t->more;
    *out_some = false;
    *e = (struct plan_target_edit){.role = STR_NONE, .sex = STR_NONE};
    TRY(indicator_in(r, row, &i));
    TRY(intake_unit(t, &r->units, row, TC_UNIT, &unit));
    TRY(quarter_in(r, row, &e->quarter));
    TRY(intake_word(t, row, TC_ROLE, event_role_words, EVENT_role_n, MSG_EXCHANGE_FAULT_ROLE, &e->role));
    TRY(intake_word(t, row, TC_SEX, event_sex_words, EVENT_sex_n, MSG_EXCHANGE_FAULT_SEX, &e->sex));
    const bool percent = i != NULL && str_eq(i->measure_code, S("percentage"));
    e->n = intake_number(t, row, TC_TARGET, percent ? PERCENT : INTAKE_LARGEST);
    if (t->faults_n + t->more > faults || i == NULL || unit == NULL) {
        return OK;
    }
    e->indicator = i->indicator_no;
    e->unit = unit->unit_code;
    e->role = e->role.p == NULL ? S("") : e->role;
    e->sex = e->sex.p == NULL ? S("") : e->sex;
    *out_some = e->n.given;
    return OK;
}

static err rows_read(struct reading *r, struct targets_read *out)
{
    struct intake *t = r->t;
    out->v = arena_array_of(t->c->arena, struct plan_target_edit, INTAKE_ROWS_MAX + 1);
    if (out->v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t row = t->head; intake_next(t, &row) && out->n < INTAKE_ROWS_MAX;) {
        struct plan_target_edit *e = &out->v[out->n];
        bool some;
        TRY(row_read(r, row, e, &some));
        for (size_t i = 0; some && i < out->n; i++) {
            if (same_target(&out->v[i], e)) {
                intake_fault(t, row, TC_INDICATOR, MSG_EXCHANGE_FAULT_TWICE, STR_NONE);
                break;
            }
        }
        out->n += some;
    }
    return OK;
}

err targets_read(struct ctx *c, const struct planned *v, const struct grid *grids, size_t n,
                 struct targets_read *out)
{
    struct reading r = {.plan = v};
    *out = (struct targets_read){.n = 0};
    TRY(intake_begin(c, grids, n, targets_columns, TC_N, &out->table, &out->which));
    if (out->table.faults_n > 0) {
        return OK;
    }
    intake_count(&out->table);
    if (out->table.faults_n > 0) {
        return OK;
    }
    r.t = &out->table;
    TRY(plan_whole(c, v, &r.whole));
    TRY(intake_units(c, v->row.home, &r.units));
    TRY(rows_read(&r, out));
    if (out->n == 0 && out->table.faults_n == 0) {
        intake_fault(&out->table, SIZE_MAX, SIZE_MAX, MSG_EXCHANGE_FAULT_NO_TARGETS, STR_NONE);
    }
    return OK;
}

err targets_take(struct ctx *c, struct planned *io, str rows, int64_t *out_n)
{
    struct grid grid;
    struct targets_read read;
    enum grid_why why;
    size_t row;
    TRY(grid_of_text(c->arena, rows, &grid, &why, &row));
    if (why != GRID_FINE) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_MOVED_ON, "rows");
    }
    TRY(targets_read(c, io, &grid, 1, &read));
    if (read.table.faults_n > 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_MOVED_ON, "rows");
    }
    *out_n = (int64_t)read.n;
    return plan_targets_put(c, io, read.v, read.n);
}

/* ---- the table to begin with ---- */

/* Which of its spans a target is of. */
static int64_t span_of(const struct planned *v, const struct q_plan_targets *t)
{
    int64_t q = 0;
    while (q + 1 < PLAN_quarter_n &&
           !period_same((struct period){t->from_day, t->to_day}, plan_target_period(v, q))) {
        q++;
    }
    return q;
}

static void there_put(const struct planned *v, const struct plan_whole *w, const struct q_plan_indicators *i,
                      struct targets_row *rows, size_t *n)
{
    for (size_t k = 0; k < w->targets_n; k++) {
        const struct q_plan_targets *t = &w->targets[k];
        if (t->indicator_id == i->id) {
            rows[(*n)++] = (struct targets_row){.indicator = i->indicator_no,
                                                .unit = t->unit_code,
                                                .role = t->role_code,
                                                .sex = t->sex_code,
                                                .quarter = span_of(v, t),
                                                .n = SOME(t->num_n)};
        }
    }
}

/* A place for each quarter of the plan's own unit, unless it stands there already. */
static void places_put(const struct planned *v, const struct q_plan_indicators *i, size_t first,
                       struct targets_row *rows, size_t *n)
{
    const size_t there = *n;
    for (int64_t q = 1; q <= QUARTERS; q++) {
        bool has = false;
        for (size_t k = first; k < there && !has; k++) {
            has = rows[k].quarter == q && rows[k].role.n == 0 && rows[k].sex.n == 0 &&
                  str_eq(rows[k].unit, v->row.unit_code);
        }
        if (!has) {
            rows[(*n)++] = (struct targets_row){.indicator = i->indicator_no,
                                                .unit = v->row.unit_code,
                                                .role = S(""),
                                                .sex = S(""),
                                                .quarter = q,
                                                .n = NONE_I64};
        }
    }
}

err targets_template(struct ctx *c, const struct planned *v, struct targets_row **out, size_t *out_n)
{
    struct plan_whole w;
    size_t n = 0;
    TRY(plan_whole(c, v, &w));
    struct targets_row *rows =
        arena_array_of(c->arena, struct targets_row, w.targets_n + w.indicators_n * QUARTERS + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < w.indicators_n; i++) {
        const struct q_plan_indicators *one = &w.indicators[i];
        const struct indicator *of = one->title_text.n == 0 ? indicator_find(one->indicator_code) : NULL;
        const size_t first = n;
        there_put(v, &w, one, rows, &n);
        places_put(v, one, first, rows, &n);
        for (size_t k = first; k < n; k++) {
            rows[k].title = of != NULL ? msg_text((enum lang)c->lang, of->title) : one->title_text;
        }
    }
    *out = rows;
    *out_n = n;
    return OK;
}
