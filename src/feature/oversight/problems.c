/* problems.c: figures by service and by district, out of summary rows. */
#include "case_scope.h"
#include "clock.h"
#include "oversight.h"

#include <stdlib.h>

enum { MONTH_LAST = 999912, PERCENT = 100 };

/* How many needed so many days. */
struct spent {
    int64_t line, days, n;
};

/* Lines being added up, with the days of all of them. */
struct adding {
    const struct problem_query *q;
    const struct scope *scope;
    struct opt_i64 tehsil;
    int64_t only_home; /* 0: all */
    struct problem_line *rows;
    size_t n, max;
    struct spent *spent;
    size_t spent_n;
};

struct opt_i64 share_of(int64_t part, int64_t whole)
{
    if (whole < FEW) {
        return NONE_I64;
    }
    return SOME((part * PERCENT + whole / 2) / whole);
}

int64_t month_add(int64_t month, int64_t months)
{
    enum { YEAR = 12 };
    const int64_t at = month / 100 * YEAR + month % 100 - 1 + months;
    return at / YEAR * 100 + at % YEAR + 1;
}

int64_t fiscal_from(int64_t month)
{
    enum { JULY = 7 };
    const int64_t year = month / 100;
    return (month % 100 >= JULY ? year : year - 1) * 100 + JULY;
}

err problems_many(struct ctx *c, bool *out)
{
    struct scope scope;
    TRY(scope_of(c, &scope));
    *out = scope.homes_n > 1;
    return OK;
}

static bool in_scope(const struct scope *s, int64_t home)
{
    for (size_t i = 0; i < s->homes_n; i++) {
        if (s->homes[i] == home) {
            return true;
        }
    }
    return false;
}

/* A district or tehsil of the scope; summary rows know nothing smaller. */
static err unit_taken(struct ctx *c, struct adding *a)
{
    struct q_place_by_code unit;
    a->tehsil = a->scope->tehsil;
    if (a->q->unit.n == 0) {
        return OK;
    }
    TRY(place_find(c, a->q->unit, &unit));
    const bool district = unit.level_no == LEVEL_DISTRICT;
    if ((!district && unit.level_no != LEVEL_TEHSIL) || !unit.district_id.given ||
        !in_scope(a->scope, unit.district_id.v)) {
        return FAIL(NOT_FOUND);
    }
    const bool other = a->scope->tehsil.given && unit.id != a->scope->tehsil.v;
    if (other && !district) {
        return FAIL(NOT_FOUND);
    }
    a->only_home = unit.district_id.v;
    a->tehsil = district ? a->scope->tehsil : SOME(unit.id);
    return OK;
}

static err begin(struct ctx *c, const struct problem_query *q, const struct scope *scope, struct adding *out)
{
    *out = (struct adding){.q = q, .scope = scope};
    return unit_taken(c, out);
}

/* The line of an id, which is made when it is new. */
static err line_of(struct ctx *c, struct adding *a, int64_t id, struct problem_line **out)
{
    for (size_t i = 0; i < a->n; i++) {
        if (a->rows[i].id == id) {
            *out = &a->rows[i];
            return OK;
        }
    }
    if (a->n == a->max) {
        enum { MORE = 64 };
        struct problem_line *rows = arena_array_of(c->arena, struct problem_line, a->max + MORE);
        if (rows == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < a->n; i++) {
            rows[i] = a->rows[i];
        }
        a->rows = rows;
        a->max += MORE;
    }
    a->rows[a->n] = (struct problem_line){.id = id};
    *out = &a->rows[a->n++];
    return OK;
}

static void states_add(const struct q_tally_of_services *r, struct problem_line *io)
{
    io->n[FIG_ALL] += r->cases_n;
    io->n[FIG_OPEN] += flow_open(&complaint_kind, (unsigned)r->flow_state) ? r->cases_n : 0;
    io->n[FIG_SOLVED] += r->flow_state == CASE_SOLVED ? r->cases_n : 0;
    io->n[FIG_UNCONFIRMED] += r->flow_state == CASE_CLOSED_UNCONFIRMED ? r->cases_n : 0;
    io->n[FIG_HANDED_OVER] += r->flow_state == CASE_HANDED_OVER ? r->cases_n : 0;
    io->n[FIG_NO_FUNDS] += str_eq(r->reason_code, S("no_funds")) ? r->cases_n : 0;
}

static void mark_add(const struct q_tally_marks_of_services *r, struct problem_line *io)
{
    static const struct {
        str code;
        enum figure f;
    } marks[] = {
        {S_INIT("asked"), FIG_ASKED}, {S_INIT("answered"), FIG_ANSWERED}, {S_INIT("reopened"), FIG_REOPENED}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        io->n[marks[i].f] += str_eq(r->mark_code, marks[i].code) ? r->cases_n : 0;
    }
}

static err spent_grow(struct ctx *c, struct adding *a, size_t more)
{
    struct spent *all = arena_array_of(c->arena, struct spent, a->spent_n + more + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < a->spent_n; i++) {
        all[i] = a->spent[i];
    }
    a->spent = all;
    return OK;
}

/* One district; each service has its line, or `only` is the line of all. */
static err home_add(struct ctx *c, int64_t home, struct problem_line *only, struct adding *a)
{
    const int64_t until = a->q->to_month == 0 ? MONTH_LAST : a->q->to_month;
    const int64_t tehsil = a->tehsil.given ? a->tehsil.v : 0;
    const str kind = case_kind_code(a->q->kind);
    const struct q_tally_of_services_in in = {.home = home,
                                              .case_kind_code = kind,
                                              .from_month = a->q->from_month,
                                              .to_month = until,
                                              .tehsil_id = tehsil};
    const struct q_tally_marks_of_services_in gone_in = {.home = home,
                                                         .case_kind_code = kind,
                                                         .from_month = a->q->from_month,
                                                         .to_month = until,
                                                         .tehsil_id = tehsil};
    struct q_tally_of_services *states;
    struct q_tally_marks_of_services *gone;
    size_t states_n;
    size_t gone_n;
    TRY(q_tally_of_services(c->db, c->arena, &in, &states, &states_n));
    TRY(q_tally_marks_of_services(c->db, c->arena, &gone_in, &gone, &gone_n));
    TRY(spent_grow(c, a, gone_n));
    for (size_t i = 0; i < states_n; i++) {
        struct problem_line *line = only;
        if (line == NULL) {
            TRY(line_of(c, a, states[i].service_id, &line));
        }
        states_add(&states[i], line);
    }
    for (size_t i = 0; i < gone_n; i++) {
        struct problem_line *line = only;
        if (line == NULL) {
            TRY(line_of(c, a, gone[i].service_id, &line));
        }
        mark_add(&gone[i], line);
        if (str_eq(gone[i].mark_code, S("days"))) {
            a->spent[a->spent_n++] = (struct spent){line->id, gone[i].spent_days, gone[i].cases_n};
        }
    }
    return OK;
}

/* One case less of what is counted. */
static void barred_take(const struct q_problem_barred *r, struct problem_line *line, struct adding *a)
{
    static const struct {
        int64_t bit;
        str code;
    } marks[] = {{MARK_ASKED, S_INIT("asked")},
                 {MARK_ANSWERED, S_INIT("answered")},
                 {MARK_REOPENED, S_INIT("reopened")}};
    const struct q_tally_of_services state = {.service_id = r->service_id,
                                              .flow_state = r->flow_state,
                                              .reason_code = r->reason_code,
                                              .cases_n = -1};
    states_add(&state, line);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if ((r->mark_no & marks[i].bit) != 0) {
            mark_add(&(struct q_tally_marks_of_services){.mark_code = marks[i].code, .cases_n = -1}, line);
        }
    }
    if (r->spent_days.given) {
        a->spent[a->spent_n++] = (struct spent){line->id, r->spent_days.v, -1};
    }
}

/* Summary rows know nothing of what is closed to whoever looks: it is taken off again, so that no figure
 * says more than its list. `women`: where those of women are counted. */
static err barred_off(struct ctx *c, int64_t home, struct problem_line *only, struct problem_line *women,
                      struct adding *a)
{
    const struct q_problem_barred_in in = {.home = home,
                                           .case_kind_code = case_kind_code(a->q->kind),
                                           .from_month = a->q->from_month,
                                           .to_month = a->q->to_month == 0 ? MONTH_LAST : a->q->to_month,
                                           .barred_id = a->scope->barred,
                                           .also_id = a->scope->also,
                                           .tehsil_id = a->tehsil.given ? a->tehsil.v : 0};
    struct q_problem_barred *rows;
    size_t n = 0;
    TRY(a->scope->barred == 0 ? OK : q_problem_barred(c->db, c->arena, &in, &rows, &n));
    TRY(spent_grow(c, a, n));
    for (size_t i = 0; i < n; i++) {
        struct problem_line *line = only;
        if (line == NULL) {
            TRY(line_of(c, a, rows[i].service_id, &line));
        }
        barred_take(&rows[i], line, a);
        women->n[FIG_WOMEN] -= str_eq(rows[i].sex_code, S("woman")) ? 1 : 0;
    }
    return OK;
}

static err women_add(struct ctx *c, int64_t home, const struct adding *a, struct problem_line *io)
{
    const struct q_tally_women_in in = {.home = home,
                                        .case_kind_code = case_kind_code(a->q->kind),
                                        .from_month = a->q->from_month,
                                        .to_month = a->q->to_month == 0 ? MONTH_LAST : a->q->to_month,
                                        .tehsil_id = a->tehsil.given ? a->tehsil.v : 0};
    struct q_tally_women women;
    TRY(q_tally_women(c->db, c->arena, &in, &women));
    io->n[FIG_WOMEN] += women.cases_n;
    return OK;
}

/* ---- medians ---- */

static int spent_order(const void *left, const void *right)
{
    const struct spent *a = left;
    const struct spent *b = right;
    /* What is taken off comes before what it is taken off from: then a sum never runs too far. */
    return a->days != b->days ? (a->days > b->days ? 1 : -1) : (a->n > b->n) - (a->n < b->n);
}

/* The days of the case that stands at a place (from 0) among those of a line, in order; line 0: of all. */
static int64_t days_at(const struct adding *a, int64_t line, int64_t place)
{
    int64_t behind = 0;
    for (size_t i = 0; i < a->spent_n; i++) {
        if (line == 0 || a->spent[i].line == line) {
            behind += a->spent[i].n;
            if (place < behind) {
                return a->spent[i].days;
            }
        }
    }
    return 0;
}

static void median_put(const struct adding *a, struct problem_line *io)
{
    int64_t n = 0;
    for (size_t i = 0; i < a->spent_n; i++) {
        n += io->id == 0 || a->spent[i].line == io->id ? a->spent[i].n : 0;
    }
    if (n > 0) {
        io->median_twice = SOME(days_at(a, io->id, (n - 1) / 2) + days_at(a, io->id, n / 2));
    }
}

/* What several writers appended and took back again stands there as a line of nothing. */
static void finish(struct adding *a, bool empty_too, struct problem_lines *out)
{
    size_t kept = 0;
    qsort(a->spent, a->spent_n, sizeof(struct spent), spent_order);
    for (size_t i = 0; i < a->n; i++) {
        for (size_t f = 0; f < FIG_N; f++) {
            out->all.n[f] += a->rows[i].n[f];
        }
        if (a->rows[i].n[FIG_ALL] != 0 || empty_too) {
            median_put(a, &a->rows[i]);
            a->rows[kept++] = a->rows[i];
        }
    }
    median_put(a, &out->all);
    out->rows = a->rows;
    out->rows_n = kept;
}

err problems_by_service(struct ctx *c, const struct problem_query *q, struct problem_lines *out)
{
    struct scope scope;
    struct adding a;
    struct q_service_names *names;
    size_t names_n;
    *out = (struct problem_lines){.rows_n = 0};
    TRY(scope_of(c, &scope));
    TRY(begin(c, q, &scope, &a));
    for (size_t i = 0; i < scope.homes_n; i++) {
        if (a.only_home == 0 || a.only_home == scope.homes[i]) {
            TRY(home_add(c, scope.homes[i], NULL, &a));
            TRY(women_add(c, scope.homes[i], &a, &out->all));
            TRY(barred_off(c, scope.homes[i], NULL, &out->all, &a));
        }
    }
    TRY(spent_grow(c, &a, 0));
    finish(&a, false, out);
    int64_t *ids = arena_array_of(c->arena, int64_t, out->rows_n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < out->rows_n; i++) {
        ids[i] = out->rows[i].id;
    }
    TRY(catalogue_names(c, ids, out->rows_n, &names, &names_n));
    for (size_t i = 0; i < out->rows_n; i++) {
        for (size_t k = 0; k < names_n; k++) {
            if (names[k].id == out->rows[i].id) {
                out->rows[i].code = names[k].service_code;
                out->rows[i].name = names[k].name_text;
            }
        }
    }
    return OK;
}

static bool served(const struct q_desk_homes *desks, size_t n, int64_t home)
{
    for (size_t i = 0; i < n; i++) {
        if (desks[i].home == home) {
            return true;
        }
    }
    return false;
}

static err districts_named(struct ctx *c, struct problem_lines *io)
{
    struct q_place_names *names;
    size_t names_n;
    int64_t *ids = arena_array_of(c->arena, int64_t, io->rows_n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->rows_n; i++) {
        ids[i] = io->rows[i].id;
    }
    TRY(place_names(c, ids, io->rows_n, &names, &names_n));
    for (size_t i = 0; i < io->rows_n; i++) {
        for (size_t k = 0; k < names_n; k++) {
            if (names[k].id == io->rows[i].id) {
                io->rows[i].code = names[k].unit_code;
                io->rows[i].name = names[k].name_text;
            }
        }
    }
    return OK;
}

err problems_by_district(struct ctx *c, const struct problem_query *q, struct problem_lines *out)
{
    struct scope scope;
    struct adding a;
    struct q_desk_homes *desks;
    size_t desks_n;
    size_t kept = 0;
    *out = (struct problem_lines){.rows_n = 0};
    TRY(scope_of(c, &scope));
    TRY(begin(c, q, &scope, &a));
    TRY(q_desk_homes(c->db, c->arena, local_day(c->now_ms), &desks, &desks_n));
    for (size_t i = 0; i < scope.homes_n; i++) {
        struct problem_line *line;
        if (a.only_home != 0 && a.only_home != scope.homes[i]) {
            continue;
        }
        TRY(line_of(c, &a, scope.homes[i], &line));
        TRY(home_add(c, scope.homes[i], line, &a));
        TRY(women_add(c, scope.homes[i], &a, line));
        TRY(barred_off(c, scope.homes[i], line, line, &a));
    }
    TRY(spent_grow(c, &a, 0));
    finish(&a, true, out);
    for (size_t i = 0; i < out->rows_n; i++) {
        if (out->rows[i].n[FIG_ALL] > 0 || served(desks, desks_n, out->rows[i].id)) {
            out->rows[kept++] = out->rows[i];
        }
    }
    out->rows_n = kept;
    return districts_named(c, out);
}

void problem_filter(const struct problem_query *q, str service, enum figure f, struct case_filter *out)
{
    static const struct {
        int state; /* -1: any */
        bool open;
        unsigned marks;
        str sex, reason;
    } of[FIG_N] = {
        [FIG_ALL] = {.state = -1},
        [FIG_WOMEN] = {.state = -1, .sex = S_INIT("woman")},
        [FIG_OPEN] = {.state = -1, .open = true},
        [FIG_REOPENED] = {.state = -1, .marks = MARK_REOPENED},
        [FIG_ASKED] = {.state = -1, .marks = MARK_ASKED},
        [FIG_ANSWERED] = {.state = -1, .marks = MARK_ANSWERED},
        [FIG_SOLVED] = {.state = CASE_SOLVED},
        [FIG_UNCONFIRMED] = {.state = CASE_CLOSED_UNCONFIRMED},
        [FIG_HANDED_OVER] = {.state = CASE_HANDED_OVER},
        [FIG_NO_FUNDS] = {.state = -1, .reason = S_INIT("no_funds")},
    };
    *out = (struct case_filter){.kind = case_kind_code(q->kind),
                                .service = service,
                                .unit = q->unit,
                                .from_month = q->from_month,
                                .to_month = q->to_month,
                                .state = {of[f].state >= 0, of[f].state},
                                .open = of[f].open,
                                .marks = of[f].marks,
                                .sex = of[f].sex,
                                .reason = of[f].reason};
}
