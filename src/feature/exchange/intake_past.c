/* intake_past.c: rows into figures, and figures that wait into snapshots. */
#include "intake_past.h"

#include <string.h>

#include "audit.h"
#include "clock.h"
#include "event_words.h"
#include "fold.h"
#include "made_by.h"
#include "random.h"
#include "sheet.h"

enum { CELLS_MAX = INTAKE_ROWS_MAX, PART_MAX = 60, MONTHS_OF_QUARTER = 3, HUNDRED = 100 };

const struct intake_column past_columns[PC_N] = {
    [PC_INDICATOR] = {S_INIT("indicator"), MSG_EXCHANGE_COL_INDICATOR, true},
    [PC_UNIT] = {S_INIT("unit"), MSG_EXCHANGE_COL_UNIT, true},
    [PC_PERIOD] = {S_INIT("period"), MSG_EXCHANGE_COL_PERIOD, true},
    [PC_ROLE] = {S_INIT("role"), MSG_EXCHANGE_COL_ROLE, false},
    [PC_SEX] = {S_INIT("sex"), MSG_EXCHANGE_COL_SEX, false},
    [PC_PART] = {S_INIT("part"), MSG_EXCHANGE_COL_PART, false},
    [PC_VALUE] = {S_INIT("value"), MSG_EXCHANGE_COL_VALUE, true},
    [PC_OF] = {S_INIT("of"), MSG_EXCHANGE_COL_OF, false},
};

static int64_t base_of(const struct ctx *c)
{
    return c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
}

/* ---- one row ---- */

struct row_cell {
    const struct indicator *of;
    int64_t home;
    struct period quarter;
    struct figure_cell cell;
    bool used;
};
struct reading {
    struct intake *t;
    struct intake_units units;
    struct row_cell *rows;
    size_t rows_n;
};

static bool faulty(const struct intake *t, size_t before)
{
    return t->faults_n + t->more > before;
}

static size_t faults(const struct intake *t)
{
    return t->faults_n + t->more;
}

static err indicator_in(struct reading *r, size_t row, const struct indicator **out)
{
    const size_t before = faults(r->t);
    const str text = intake_text(r->t, row, PC_INDICATOR);
    const str seen = intake_known(r->t, PC_INDICATOR, text);
    size_t n;
    const struct indicator *all = indicator_all(&n);
    *out = text.n == 0 ? NULL : indicator_find(seen.p != NULL ? seen : text);
    for (size_t i = 0; i < n && *out == NULL && text.n > 0; i++) {
        bool same = false;
        for (enum lang l = (enum lang)0; l < LANG_N && !same; l++) {
            TRY(intake_same(r->t->c->arena, text, msg_text(l, all[i].title), &same));
        }
        *out = same ? &all[i] : NULL;
    }
    if (*out != NULL && seen.p == NULL) {
        intake_know(r->t, PC_INDICATOR, text, (*out)->code);
    }
    if (*out == NULL && !faulty(r->t, before)) {
        intake_fault(r->t, row, PC_INDICATOR, MSG_EXCHANGE_FAULT_INDICATOR, STR_NONE);
    } else if (*out != NULL && (*out)->measure == MEASURE_MEDIAN) {
        intake_fault(r->t, row, PC_INDICATOR, MSG_EXCHANGE_FAULT_MEDIAN, STR_NONE);
    }
    return OK;
}

/* A month or a quarter; a day that a spreadsheet made of "2021-08" is its month. */
static bool period_in(struct arena *a, str text, struct period *out)
{
    const int64_t day = intake_day(a, text);
    if (day != 0) {
        text = arena_printf(a, "%04d-%02d", (int)(day / HUNDRED / HUNDRED), (int)(day / HUNDRED % HUNDRED));
    }
    return period_of(text, out).code == ERR_OK ||
           period_of(arena_printf(a, "FY%.*s", STR_F(text)), out).code == ERR_OK;
}

static void period_read(struct reading *r, size_t row, struct row_cell *io)
{
    struct ctx *c = r->t->c;
    struct period p;
    const size_t before = faults(r->t);
    const str text = digits_ascii(c->arena, intake_text(r->t, row, PC_PERIOD));
    if (faulty(r->t, before)) {
        return;
    }
    const bool read = text.p != NULL && text.n > 0 && period_in(c->arena, text, &p) && period_whole_months(p);
    if (read) {
        io->quarter = period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day));
    }
    if (!read || !period_within(p, io->quarter) ||
        (!period_same(p, io->quarter) && p.from_day / HUNDRED != p.to_day / HUNDRED)) {
        intake_fault(r->t, row, PC_PERIOD, MSG_EXCHANGE_FAULT_MONTH, STR_NONE);
    } else if (io->quarter.to_day >= local_day(c->now_ms)) {
        intake_fault(r->t, row, PC_PERIOD, MSG_EXCHANGE_FAULT_NOT_OVER, STR_NONE);
    } else {
        io->cell.month = p.to_day / HUNDRED;
    }
}

static bool part_fine(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '_' && c != '-' && c != '.') {
            return false;
        }
    }
    return s.n <= PART_MAX;
}

/* What an indicator is not split by has no place in its row; what it is split by must be said. */
static err split_read(struct reading *r, size_t row, struct row_cell *io)
{
    struct intake *t = r->t;
    const unsigned by = io->of->split;
    str role;
    str sex;
    TRY(intake_word(t, row, PC_ROLE, event_role_words, EVENT_role_n, MSG_EXCHANGE_FAULT_ROLE, &role));
    TRY(intake_word(t, row, PC_SEX, event_sex_words, EVENT_sex_n, MSG_EXCHANGE_FAULT_SEX, &sex));
    const str part = intake_text(t, row, PC_PART);
    const bool wrong[] = {(role.p != NULL) != ((by & SPLIT_ROLE) != 0),
                          sex.p != NULL && (by & SPLIT_SEX) == 0,
                          (part.n > 0) != ((by & SPLIT_PART) != 0) || !part_fine(part)};
    static const enum past_column at[] = {PC_ROLE, PC_SEX, PC_PART};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (wrong[i]) {
            const size_t column = t->at[at[i]] == SIZE_MAX ? PC_INDICATOR : at[i];
            intake_fault(t, row, column, MSG_EXCHANGE_FAULT_SPLIT, past_columns[at[i]].code);
        }
    }
    io->cell.role = role.p == NULL ? S("") : role;
    io->cell.sex = sex.p != NULL ? sex : (by & SPLIT_SEX) != 0 ? S("not_stated") : S("");
    io->cell.part = part;
    return OK;
}

/* A count stands for itself; a ratio needs both of its numbers. */
static void value_read(struct reading *r, size_t row, struct row_cell *io)
{
    struct intake *t = r->t;
    const size_t before = faults(t);
    const struct opt_i64 value = intake_number(t, row, PC_VALUE, INTAKE_LARGEST);
    const struct opt_i64 of = intake_number(t, row, PC_OF, INTAKE_LARGEST);
    if (faulty(t, before)) {
        return;
    }
    if (!value.given) {
        intake_fault(t, row, PC_VALUE, MSG_EXCHANGE_FAULT_NUMBER, STR_NONE);
    } else if (io->of->measure == MEASURE_RATIO && (!of.given || of.v < value.v)) {
        intake_fault(t, row, of.given || t->at[PC_OF] != SIZE_MAX ? PC_OF : PC_VALUE, MSG_EXCHANGE_FAULT_OF,
                     STR_NONE);
    } else if (io->of->measure == MEASURE_COUNT && of.given) {
        intake_fault(t, row, PC_OF, MSG_EXCHANGE_FAULT_SPLIT, past_columns[PC_OF].code);
    }
    io->cell.num = value.v;
    io->cell.den = io->of->measure == MEASURE_RATIO ? of.v : value.v;
}

static err row_read(struct reading *r, size_t row, struct row_cell *io, bool *out_some)
{
    const struct q_place_all *unit;
    const size_t before = faults(r->t);
    *out_some = false;
    TRY(indicator_in(r, row, &io->of));
    TRY(intake_unit(r->t, &r->units, row, PC_UNIT, &unit));
    if (unit != NULL && unit->level_no != LEVEL_DISTRICT) {
        intake_fault(r->t, row, PC_UNIT, MSG_EXCHANGE_FAULT_DISTRICT, STR_NONE);
    }
    period_read(r, row, io);
    if (io->of != NULL && io->of->measure != MEASURE_MEDIAN) {
        TRY(split_read(r, row, io));
        value_read(r, row, io);
    }
    io->home = unit != NULL ? unit->id : 0;
    *out_some = !faulty(r->t, before);
    return OK;
}

/* ---- all rows ---- */

static bool same_figure(const struct row_cell *x, const struct row_cell *y)
{
    return x->of == y->of && x->home == y->home && period_same(x->quarter, y->quarter);
}

static int cell_order(const struct figure_cell *x, const struct figure_cell *y)
{
    const int by_role = str_cmp(x->role, y->role);
    const int by_sex = str_cmp(x->sex, y->sex);
    return x->month != y->month ? (x->month < y->month ? -1 : 1)
           : by_role != 0       ? by_role
           : by_sex != 0        ? by_sex
                                : str_cmp(x->part, y->part);
}

/* What was counted from records is not written over; a quarter whose sheet was begun is counted. */
static err counted_check(struct reading *r, size_t row, const struct row_cell *x)
{
    struct snapshot_origin origin;
    struct sheet_view sheet;
    TRY(snapshot_origin(r->t->c, x->home, x->of->code, x->quarter, &origin));
    const err begun = sheet_of_quarter(r->t->c, x->home, x->quarter, &sheet);
    if (begun.code != ERR_OK && begun.code != ERR_NOT_FOUND) {
        return begun;
    }
    if (begun.code == ERR_OK || (origin.some && !origin.brought)) {
        intake_fault(r->t, row, PC_PERIOD, MSG_EXCHANGE_FAULT_COUNTED, STR_NONE);
    }
    return OK;
}

static err rows_read(struct reading *r)
{
    struct intake *t = r->t;
    r->rows = arena_array_of(t->c->arena, struct row_cell, CELLS_MAX + 1);
    if (r->rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t row = t->head; intake_next(t, &row) && r->rows_n < CELLS_MAX;) {
        struct row_cell *x = &r->rows[r->rows_n];
        bool some;
        bool first = true;
        *x = (struct row_cell){.of = NULL};
        TRY(row_read(r, row, x, &some));
        for (size_t i = 0; some && i < r->rows_n; i++) {
            if (same_figure(&r->rows[i], x)) {
                first = false;
                if (cell_order(&r->rows[i].cell, &x->cell) == 0) {
                    intake_fault(t, row, PC_INDICATOR, MSG_EXCHANGE_FAULT_TWICE, STR_NONE);
                    break;
                }
            }
        }
        if (some && first) {
            TRY(counted_check(r, row, x));
        }
        r->rows_n += some;
    }
    return OK;
}

/* The rows of one figure, in order. */
static err figure_make(struct reading *r, size_t first, struct past_figure *out)
{
    const struct row_cell *head = &r->rows[first];
    struct past_figure f = {.of = head->of, .home = head->home, .quarter = head->quarter};
    size_t n = 0;
    for (size_t i = first; i < r->rows_n; i++) {
        n += same_figure(&r->rows[i], head);
    }
    f.figure.cells = arena_array_of(r->t->c->arena, struct figure_cell, n + 1);
    if (f.figure.cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = first; i < r->rows_n; i++) {
        if (!same_figure(&r->rows[i], head)) {
            continue;
        }
        size_t at = f.figure.cells_n++;
        for (; at > 0 && cell_order(&f.figure.cells[at - 1], &r->rows[i].cell) > 0; at--) {
            f.figure.cells[at] = f.figure.cells[at - 1];
        }
        f.figure.cells[at] = r->rows[i].cell;
        f.figure.num += r->rows[i].cell.num;
        f.figure.den += r->rows[i].cell.den;
        r->rows[i].used = true;
    }
    *out = f;
    return OK;
}

static err figures_make(struct reading *r, struct past_read *out)
{
    out->v = arena_array_of(r->t->c->arena, struct past_figure, r->rows_n + 1);
    if (out->v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < r->rows_n; i++) {
        if (!r->rows[i].used) {
            TRY(figure_make(r, i, &out->v[out->n++]));
        }
    }
    return OK;
}

/* Within a unit: hers, or that of whoever brought it. */
static err read_within(struct ctx *c, int64_t base, const struct grid *grids, size_t n, struct past_read *out)
{
    struct reading r = {.t = &out->table};
    *out = (struct past_read){.n = 0};
    TRY(intake_begin(c, grids, n, past_columns, PC_N, &out->table, &out->which));
    if (out->table.faults_n == 0) {
        intake_count(&out->table);
    }
    if (out->table.faults_n > 0) {
        return OK;
    }
    TRY(intake_units(c, base, &r.units));
    TRY(rows_read(&r));
    return out->table.faults_n > 0 ? OK : figures_make(&r, out);
}

err past_read(struct ctx *c, const struct grid *grids, size_t n, struct past_read *out)
{
    return read_within(c, base_of(c), grids, n, out);
}

static err text_read(struct ctx *c, int64_t base, str rows, struct past_read *out)
{
    struct grid grid;
    enum grid_why why;
    size_t row;
    TRY(grid_of_text(c->arena, rows, &grid, &why, &row));
    if (why != GRID_FINE) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_PAST_MOVED_ON, "rows");
    }
    TRY(read_within(c, base, &grid, 1, out));
    return out->table.faults_n > 0 ? fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_PAST_MOVED_ON, "rows") : OK;
}

/* ---- it waits, and is decided ---- */

static void hash_of(str text, uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_put(&d, text);
    digest_end(&d, out);
}

static err note(struct ctx *c, str event, int64_t home, int64_t id, const uint8_t hash[DIGEST_LEN])
{
    char hex[2 * DIGEST_LEN];
    hex_of(hash, DIGEST_LEN, hex);
    const struct audit_entry e = {.event = event,
                                  .home = home,
                                  .subject_kind = S("import"),
                                  .subject_id = id,
                                  .detail = arena_printf(c->arena, "rows=%.*s", (int)sizeof hex, hex)};
    return audit_add(c, &e);
}

err past_keep(struct ctx *c, str rows, size_t figures_n, str file_hash, str source, str *out_code)
{
    struct q_past_last last;
    struct q_snapshot_unit unit;
    uint8_t hash[DIGEST_LEN];
    const int64_t home = base_of(c);
    TRY(q_past_last(c->db, c->arena, home, &last));
    TRY(q_snapshot_unit(c->db, c->arena, home, &unit));
    hash_of(rows, hash);
    const str code =
        arena_printf(c->arena, "IN-%.*s-%lld", STR_F(unit.unit_code), (long long)last.last_no + 1);
    const struct q_past_put_in row = {.home = home,
                                      .id = id_next(c),
                                      .import_code = code,
                                      .import_no = last.last_no + 1,
                                      .file_hash = file_hash,
                                      .content_hash = {(const char *)hash, DIGEST_LEN},
                                      .content_text = rows,
                                      .source_text = source,
                                      .figures_n = (int64_t)figures_n,
                                      .maker_id = made_by(c),
                                      .made_ms = c->now_ms};
    TRY(q_past_put(c->db, &row, NULL));
    *out_code = code;
    return note(c, S("exchange.past_sent"), home, row.id, hash);
}

static err reached(struct ctx *c, int64_t home, bool *out)
{
    return place_lies_in(c, home, base_of(c), out);
}

err past_list(struct ctx *c, struct q_past_list **out, size_t *out_n)
{
    size_t kept = 0;
    size_t n;
    TRY(q_past_list(c->db, c->arena, base_of(c), out, &n));
    for (size_t i = 0; i < n; i++) {
        bool mine;
        TRY(reached(c, (*out)[i].home, &mine));
        if (mine) {
            (*out)[kept++] = (*out)[i];
        }
    }
    *out_n = kept;
    return OK;
}

err past_find(struct ctx *c, str code, struct q_past_get *out)
{
    struct q_past_get p;
    bool mine;
    TRY(q_past_get(c->db, c->arena, code, &p));
    TRY(reached(c, p.home, &mine));
    if (!mine) {
        return FAIL(NOT_FOUND);
    }
    *out = p;
    return OK;
}

static bool is(struct opt_i64 a, int64_t b)
{
    return a.given && a.v == b;
}

static bool waits_for(const struct q_past_get *p, enum past_step step)
{
    const bool brought = str_eq(p->state_code, S("waiting"));
    const bool verified = str_eq(p->state_code, S("verified"));
    return step == PAST_VERIFY ? brought : step == PAST_TAKE ? verified : brought || verified;
}

static bool hands_fit(const struct ctx *c, const struct q_past_get *p, enum past_step step)
{
    const int64_t me = c->actor.user_id;
    const bool last = step == PAST_TAKE || (step == PAST_DECLINE && str_eq(p->state_code, S("verified")));
    return (c->actor.role == ROLE_MONITOR || c->actor.role == ROLE_MANAGER) && !is(p->maker_id, me) &&
           (!last || (!is(p->verifier_id, me) && c->actor.home == 0));
}

bool past_may(const struct ctx *c, const struct q_past_get *p, enum past_step step)
{
    return waits_for(p, step) && hands_fit(c, p, step);
}

static err figures_bring(struct ctx *c, const struct q_past_get *p)
{
    struct past_read read = {0};
    TRY(text_read(c, p->home, p->content_text, &read));
    for (size_t i = 0; i < read.n; i++) {
        const struct past_figure *f = &read.v[i];
        const err e = snapshot_bring(c, f->home, f->quarter, f->of, &f->figure, p->content_hash);
        if (e.code == ERR_CONFLICT) {
            return fail_set(c->fail, ERR_CONFLICT, MSG_EXCHANGE_PAST_MOVED_ON, "why");
        }
        TRY(e);
    }
    return OK;
}

static err decide(struct ctx *c, const struct q_past_get *p, bool take, str why)
{
    if (!take && why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EXCHANGE_PAST_WHY_MISSING, "why");
    }
    if (take) {
        TRY(figures_bring(c, p));
    }
    const struct q_past_decide_in in = {.state_code = take ? S("approved") : S("declined"),
                                        .decider_id = made_by(c),
                                        .decided_ms = SOME(c->now_ms),
                                        .why_text = why,
                                        .home = p->home,
                                        .id = p->id};
    TRY(q_past_decide(c->db, &in, NULL));
    return note(c, take ? S("exchange.past_approved") : S("exchange.past_declined"), p->home, p->id,
                (const uint8_t *)p->content_hash.p);
}

static err verify(struct ctx *c, const struct q_past_get *p)
{
    const struct q_past_verify_in in = {
        .verifier_id = made_by(c), .verified_ms = SOME(c->now_ms), .home = p->home, .id = p->id};
    TRY(q_past_verify(c->db, &in, NULL));
    return note(c, S("exchange.past_verified"), p->home, p->id, (const uint8_t *)p->content_hash.p);
}

err past_act(struct ctx *c, str code, enum past_step step, str why)
{
    struct q_past_get p;
    TRY(past_find(c, code, &p));
    if (!hands_fit(c, &p, step)) {
        return fail_set(c->fail, ERR_DENIED, MSG_EXCHANGE_PAST_OWN, "why");
    }
    if (!waits_for(&p, step)) {
        const bool early = str_eq(p.state_code, S("waiting"));
        return fail_set(c->fail, ERR_CONFLICT,
                        early ? MSG_EXCHANGE_PAST_NOT_VERIFIED : MSG_EXCHANGE_PAST_DECIDED, "why");
    }
    return step == PAST_VERIFY ? verify(c, &p)
                               : decide(c, &p, step == PAST_TAKE, why.p == NULL ? S("") : str_trim(why));
}
