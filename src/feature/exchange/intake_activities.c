/* intake_activities.c: rows into drafts of activity sheets, and approved ones into rows. */
#include "intake_activities.h"

#include "case_scope.h"
#include "clock.h"
#include "csv.h"
#include "fold.h"
#include "format.h"
#include "lang.h"

const struct intake_column activities_columns[AF_N] = {
    [AF_PLAN] = {S_INIT("plan"), MSG_EXCHANGE_AF_PLAN, true},
    [AF_LINE] = {S_INIT("activity"), MSG_EXCHANGE_AF_LINE, true},
    [AF_QUARTER] = {S_INIT("quarter"), MSG_EXCHANGE_AF_QUARTER, true},
    [AF_UNIT] = {S_INIT("unit"), MSG_EXCHANGE_AF_UNIT, false},
    [AF_PROGRESS] = {S_INIT("progress"), MSG_ACTIVITY_PROGRESS, false},
    [AF_BEGAN] = {S_INIT("began"), MSG_ACTIVITY_BEGAN, false},
    [AF_ENDED] = {S_INIT("ended"), MSG_ACTIVITY_ENDED, false},
    [AF_WHY] = {S_INIT("why"), MSG_ACTIVITY_WHY, false},
    [AF_DONE] = {S_INIT("done"), MSG_ACTIVITY_DONE, false},
    [AF_NARRATIVE] = {S_INIT("narrative"), MSG_ACTIVITY_NARRATIVE, false},
};
const struct intake_book activities_book = {
    .code = S_INIT("activities"), .columns = activities_columns, .columns_n = AF_N, .says = AF_PROGRESS};

/* ---- which sheet a row is of ---- */

struct reading {
    int64_t programme;
    struct intake_units units;
    str own; /* her district's code; empty: she has none */
    struct activities_read *to;
};

static size_t faults(const struct intake *t)
{
    return t->faults_n + t->more;
}

static err plan_in(struct reading *r, size_t row, struct planned *out, bool *out_some)
{
    struct intake *t = &r->to->table;
    const size_t before = faults(t);
    const str code = intake_text(t, row, AF_PLAN);
    *out_some = false;
    if (faults(t) > before) {
        return OK;
    }
    const err e = code.n == 0 ? FAIL(NOT_FOUND) : plan_find(t->c, code, out);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out_some = e.code == ERR_OK && out->row.programme_id == r->programme && out->state == PLAN_APPROVED;
    if (!*out_some) {
        intake_fault(t, row, AF_PLAN, MSG_EXCHANGE_FAULT_PLAN, STR_NONE);
    }
    return OK;
}

/* "FY2026-27Q3", "2026-27Q3", "Q3" or 3, of the plan's year. */
static void quarter_in(struct intake *t, size_t row, const struct planned *v, struct period *out)
{
    struct arena *a = t->c->arena;
    const size_t before = faults(t);
    const str text = digits_ascii(a, intake_text(t, row, AF_QUARTER));
    struct period p;
    if (faults(t) > before || text.p == NULL) {
        return;
    }
    for (int q = 1; q <= QUARTERS; q++) {
        const struct period one = period_quarter(v->row.fiscal_no, q);
        const bool read = period_of(text, &p).code == ERR_OK ||
                          period_of(arena_printf(a, "FY%.*s", STR_F(text)), &p).code == ERR_OK;
        if ((read && period_same(p, one)) || str_eq(text, arena_printf(a, "Q%d", q)) ||
            str_eq(text, arena_printf(a, "%d", q))) {
            *out = one;
            if (one.from_day > local_day(t->c->now_ms)) {
                intake_fault(t, row, AF_QUARTER, MSG_EXCHANGE_FAULT_TO_COME, STR_NONE);
            }
            return;
        }
    }
    intake_fault(t, row, AF_QUARTER, MSG_EXCHANGE_FAULT_QUARTER, STR_NONE);
}

static err unit_in(struct reading *r, size_t row, str *out)
{
    struct intake *t = &r->to->table;
    const struct q_place_all *unit;
    *out = r->own;
    if (t->at[AF_UNIT] == SIZE_MAX) {
        if (r->own.n == 0) {
            intake_fault(t, row, AF_PLAN, MSG_EXCHANGE_FAULT_UNIT_UNSAID, STR_NONE);
        }
        return OK;
    }
    TRY(intake_unit(t, &r->units, row, AF_UNIT, &unit));
    if (unit != NULL && unit->level_no != LEVEL_DISTRICT) {
        intake_fault(t, row, AF_UNIT, MSG_EXCHANGE_FAULT_DISTRICT, STR_NONE);
    }
    *out = unit != NULL ? unit->unit_code : S("");
    return OK;
}

/* ---- what it says ---- */

static void day_in(struct intake *t, size_t row, enum activities_field f, struct opt_i64 *io)
{
    const size_t before = faults(t);
    const str text = intake_text(t, row, f);
    if (text.n == 0 || faults(t) > before) {
        return;
    }
    const int64_t day = intake_day(t->c->arena, text);
    if (day == 0) {
        intake_fault(t, row, f, MSG_EXCHANGE_FAULT_DAY, STR_NONE);
    } else {
        *io = SOME(day);
    }
}

static void words_in(struct intake *t, size_t row, enum activities_field f, str *io)
{
    const str text = str_trim(intake_text(t, row, f));
    if (text.n > ACTIVITY_TEXT_MAX) {
        intake_fault(t, row, f, MSG_EXCHANGE_FAULT_LONG,
                     arena_printf(t->c->arena, "%d", (int)ACTIVITY_TEXT_MAX));
    } else if (text.n > 0) {
        *io = text;
    }
}

static err said_in(struct intake *t, size_t row, struct activity_edit *io)
{
    str progress;
    TRY(intake_word(t, row, AF_PROGRESS, activity_progress_words, ACTIVITY_progress_n,
                    MSG_EXCHANGE_FAULT_PROGRESS, &progress));
    io->progress = progress.p != NULL ? progress : io->progress;
    day_in(t, row, AF_BEGAN, &io->began);
    day_in(t, row, AF_ENDED, &io->ended);
    words_in(t, row, AF_WHY, &io->why);
    words_in(t, row, AF_DONE, &io->done);
    words_in(t, row, AF_NARRATIVE, &io->narrative);
    return OK;
}

static bool same_day(struct opt_i64 x, struct opt_i64 y)
{
    return x.given == y.given && (!x.given || x.v == y.v);
}

/* A line that ends is a space in a cell (activity_content). */
static bool same_words(str x, str y)
{
    bool same = x.n == y.n;
    for (size_t i = 0; i < x.n && same; i++) {
        const char a = x.p[i] == '\n' || x.p[i] == '\r' ? ' ' : x.p[i];
        const char b = y.p[i] == '\n' || y.p[i] == '\r' ? ' ' : y.p[i];
        same = a == b;
    }
    return same;
}

static bool same_said(const struct activity_edit *x, const struct activity_edit *y)
{
    return str_eq(x->progress, y->progress) && same_day(x->began, y->began) && same_day(x->ended, y->ended) &&
           same_words(x->why, y->why) && same_words(x->done, y->done) &&
           same_words(x->narrative, y->narrative);
}

/* ---- rows ---- */

static err sheet_now(struct ctx *c, const struct activity *a, struct activity_edit *out, bool *out_draft)
{
    struct sheet_view v;
    const err e = activity_sheet(c, a, &v);
    *out = (struct activity_edit){
        .seen = -1, .progress = S(""), .why = S(""), .done = S(""), .narrative = S("")};
    *out_draft = true;
    if (e.code != ERR_OK) {
        return e.code == ERR_NOT_FOUND ? OK : e;
    }
    *out = (struct activity_edit){.seen = -1,
                                  .progress = v.row.progress_code,
                                  .began = v.row.began_day,
                                  .ended = v.row.ended_day,
                                  .why = v.row.why_text,
                                  .done = v.row.done_text,
                                  .narrative = v.row.narrative_text};
    *out_draft = v.state == SHEET_DRAFT;
    return OK;
}

static bool twice(const struct activities_read *to, const struct activities_row *x)
{
    for (size_t i = 0; i < to->n; i++) {
        const struct activities_row *o = &to->v[i];
        if (o->line == x->line && period_same(o->quarter, x->quarter) && str_eq(o->plan, x->plan) &&
            str_eq(o->unit, x->unit)) {
            return true;
        }
    }
    return false;
}

static err row_put(struct reading *r, struct activities_row *x)
{
    struct intake *t = &r->to->table;
    struct activity a;
    struct activity_edit now;
    bool draft;
    const err found = activity_find(t->c, x->plan, x->line, x->unit, x->quarter, &a);
    if (found.code == ERR_NOT_FOUND) {
        intake_fault(t, x->row, AF_LINE, MSG_EXCHANGE_FAULT_LINE, STR_NONE);
        return OK;
    }
    TRY(found);
    TRY(sheet_now(t->c, &a, &now, &draft));
    x->edit = now;
    const size_t before = faults(t);
    TRY(said_in(t, x->row, &x->edit));
    if (faults(t) > before) {
        return OK;
    }
    if (same_said(&x->edit, &now)) {
        r->to->agree++;
    } else if (!draft) {
        intake_fault(t, x->row, SIZE_MAX, MSG_EXCHANGE_FAULT_NO_DRAFT, STR_NONE);
    } else if (twice(r->to, x)) {
        intake_fault(t, x->row, AF_PLAN, MSG_EXCHANGE_FAULT_TWICE, STR_NONE);
    } else {
        r->to->v[r->to->n++] = *x;
    }
    return OK;
}

static err row_read(struct reading *r, size_t row)
{
    struct intake *t = &r->to->table;
    struct activities_row x = {.row = row};
    struct planned plan;
    bool some;
    const size_t before = faults(t);
    TRY(plan_in(r, row, &plan, &some));
    const struct opt_i64 line = intake_number(t, row, AF_LINE, PLAN_ACTIONS_MAX);
    if (faults(t) == before && !line.given) {
        intake_fault(t, row, AF_LINE, MSG_EXCHANGE_FAULT_NUMBER, STR_NONE);
    }
    TRY(unit_in(r, row, &x.unit));
    if (some) {
        quarter_in(t, row, &plan, &x.quarter);
    }
    if (faults(t) > before) {
        return OK;
    }
    x.plan = plan.row.plan_code;
    x.line = line.v;
    return row_put(r, &x);
}

err activities_read(struct ctx *c, int64_t programme, const struct grid *g, const struct intake_map *m,
                    struct activities_read *out)
{
    struct activities_read read = {
        .v = arena_array_of(c->arena, struct activities_row, (size_t)INTAKE_ROWS_MAX + 1)};
    struct reading r = {.programme = programme, .own = S(""), .to = &read};
    struct q_place_by_id home;
    const int64_t base = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (read.v == NULL) {
        return FAIL(LIMIT);
    }
    if (c->actor.home != 0) {
        TRY(q_place_by_id(c->db, c->arena, c->actor.home, &home));
        r.own = home.unit_code;
    }
    TRY(map_table(c, &activities_book, g, m, &read.table));
    TRY(intake_units(c, base, &r.units));
    intake_count(&read.table);
    size_t rows = 0;
    for (size_t row = m->head; intake_next(&read.table, &row) && rows < INTAKE_ROWS_MAX; rows++) {
        TRY(row_read(&r, row));
    }
    *out = read;
    return OK;
}

err activities_take(struct ctx *c, int64_t programme, const struct grid *g, const struct intake_map *m,
                    int64_t *out_n, int64_t *out_agree)
{
    struct activities_read read;
    TRY(activities_read(c, programme, g, m, &read));
    if (read.table.faults_n > 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_MOVED_ON, "rows");
    }
    for (size_t i = 0; i < read.n; i++) {
        const struct activities_row *x = &read.v[i];
        struct activity a;
        struct sheet_view v;
        TRY(activity_find(c, x->plan, x->line, x->unit, x->quarter, &a));
        TRY(activity_begin(c, &a, &v));
        TRY(activity_write(c, &v, &x->edit));
    }
    *out_n = (int64_t)read.n;
    *out_agree = read.agree;
    return OK;
}

/* ---- out ---- */

static str day_said(struct arena *a, str content, const char *name)
{
    int64_t day;
    const str said = sheet_says(content, str_of(name));
    return said.p != NULL && str_i64(said, &day) ? format_day_iso(a, day) : S("");
}

static str words_said(str content, const char *name)
{
    const str said = sheet_says(content, str_of(name));
    return said.p != NULL ? said : S("");
}

static void row_of(struct ctx *c, str content, str *out)
{
    struct arena *a = c->arena;
    str of = words_said(content, "activity");
    str span = words_said(content, "quarter");
    struct period p = {0, 0};
    const str progress = words_said(content, "progress");
    out[AF_PLAN] = str_cut(&of, ' ');
    out[AF_LINE] = of;
    const str from = str_cut(&span, ' ');
    const bool days = str_i64(from, &p.from_day) && str_i64(span, &p.to_day);
    out[AF_QUARTER] = days ? period_code(a, p) : S("");
    out[AF_UNIT] = words_said(content, "unit");
    out[AF_PROGRESS] = progress;
    for (size_t i = 0; i < ACTIVITY_progress_n; i++) {
        if (str_eq(progress, activity_progress_words[i].code)) {
            out[AF_PROGRESS] = msg_text((enum lang)c->lang, activity_progress_words[i].text);
        }
    }
    out[AF_BEGAN] = day_said(a, content, "began");
    out[AF_ENDED] = day_said(a, content, "ended");
    out[AF_WHY] = words_said(content, "why");
    out[AF_DONE] = words_said(content, "done");
    out[AF_NARRATIVE] = words_said(content, "narrative");
}

static err columns_of(struct ctx *c, int64_t programme, struct activities_out *s)
{
    struct q_map_get *rows;
    size_t n;
    TRY(map_kept(c, programme, &activities_book, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        for (size_t f = 0; f < AF_N; f++) {
            if (str_eq(rows[i].field_code, activities_columns[f].code) && s->columns_n < AF_N) {
                s->fields[s->columns_n] = (enum activities_field)f;
                s->heads[s->columns_n++] = rows[i].column_text;
            }
        }
    }
    for (size_t f = 0; n == 0 && f < AF_N; f++) {
        s->fields[s->columns_n] = (enum activities_field)f;
        s->heads[s->columns_n++] = msg_text((enum lang)c->lang, activities_columns[f].name);
    }
    return OK;
}

err activities_out(struct ctx *c, int64_t programme, struct period p, struct activities_out *out)
{
    struct scope scope;
    struct activities_out s = {.rows = arena_try_array(c->arena, sizeof *s.rows, ACTIVITIES_OUT_MAX)};
    if (s.rows == NULL) {
        return FAIL(LIMIT);
    }
    TRY(columns_of(c, programme, &s));
    TRY(scope_of(c, &scope));
    for (size_t h = 0; h < scope.homes_n; h++) {
        struct q_activities_approved *rows;
        size_t n;
        const struct q_activities_approved_in in = {
            .home = scope.homes[h], .from_day = p.from_day, .to_day = p.to_day, .programme_id = programme};
        TRY(q_activities_approved(c->db, c->arena, &in, &rows, &n));
        if (s.rows_n + n > ACTIVITIES_OUT_MAX) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < n; i++) {
            row_of(c, rows[i].content_text, s.rows[s.rows_n++]);
        }
    }
    *out = s;
    return OK;
}

void activities_out_csv(const struct activities_out *s, struct buf *out)
{
    buf_put(out, S("\xEF\xBB\xBF"));
    for (size_t k = 0; k < s->columns_n; k++) {
        csv_put_text(out, s->heads[k], k == 0);
    }
    csv_end_row(out);
    for (size_t i = 0; i < s->rows_n; i++) {
        for (size_t k = 0; k < s->columns_n; k++) {
            csv_put_text(out, s->rows[i][s->fields[k]], k == 0);
        }
        csv_end_row(out);
    }
}
