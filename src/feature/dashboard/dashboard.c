/* dashboard.c: where, and the quarter that runs, out of summary rows. */
#include "dashboard.h"

#include "case_kind.h"
#include "clock.h"
#include "event.h"

enum { MONTH_OF_DAY = 100 };

/* ---- where ---- */

static bool among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static err places_fill(struct ctx *c, struct dash_area *io)
{
    struct q_place_names *names;
    struct q_desk_homes *desks;
    size_t n;
    size_t desks_n;
    io->places = arena_array_of(c->arena, struct dash_place, io->homes_n + 1);
    if (io->places == NULL) {
        return FAIL(LIMIT);
    }
    TRY(place_names(c, io->homes, io->homes_n, &names, &n));
    TRY(place_desk_homes(c, &desks, &desks_n));
    for (size_t i = 0; i < io->homes_n; i++) {
        struct dash_place *p = &io->places[i];
        *p = (struct dash_place){.home = io->homes[i]};
        for (size_t k = 0; k < n; k++) {
            if (names[k].id == p->home) {
                p->code = names[k].unit_code;
                p->name = names[k].name_text;
            }
        }
        for (size_t k = 0; k < desks_n; k++) {
            p->served = p->served || desks[k].home == p->home;
        }
    }
    return OK;
}

static err unit_named(struct ctx *c, int64_t unit, struct dash_area *io)
{
    struct q_place_names *names;
    size_t n;
    TRY(place_names(c, &unit, 1, &names, &n));
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    io->unit = unit;
    io->code = names[0].unit_code;
    io->name = names[0].name_text;
    io->level = names[0].level_no;
    return OK;
}

static err homes_within(struct ctx *c, const struct scope *s, int64_t unit, struct dash_area *io)
{
    TRY(place_districts(c, unit, &io->homes, &io->homes_n));
    for (size_t i = 0; i < io->homes_n; i++) {
        if (!among(s->homes, s->homes_n, io->homes[i])) {
            return FAIL(NOT_FOUND);
        }
    }
    return io->homes_n == 0 ? FAIL(NOT_FOUND) : OK;
}

err dash_area_of(struct ctx *c, str unit, struct dash_area *out)
{
    struct scope s;
    struct dash_area area = {.own = true};
    TRY(scope_of(c, &s));
    area.barred = s.barred;
    area.also = s.also;
    area.lists = !s.tehsil.given && !s.office.given && s.desk == 0;
    area.homes = arena_array_of(c->arena, int64_t, s.homes_n + 1);
    if (area.homes == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < s.homes_n; i++) {
        area.homes[area.homes_n++] = s.homes[i];
    }
    const int64_t own = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (own != 0) {
        TRY(unit_named(c, own, &area));
    }
    if (unit.n > 0 && !str_eq(unit, area.code)) {
        struct q_place_by_code row;
        TRY(place_find(c, unit, &row));
        if (row.level_no > LEVEL_DISTRICT) {
            return FAIL(NOT_FOUND);
        }
        TRY(homes_within(c, &s, row.id, &area));
        TRY(unit_named(c, row.id, &area));
        area.own = false;
    }
    TRY(places_fill(c, &area));
    *out = area;
    return OK;
}

/* ---- the running quarter ---- */

/* A span of months over districts, some at a time. */
struct adding {
    const struct dash_area *area;
    struct dash_running *to;
    const int64_t *homes;
    size_t n;
};

static struct dash_now *row_of(const struct adding *a, int64_t home)
{
    for (size_t i = 0; i < a->area->homes_n; i++) {
        if (a->area->homes[i] == home) {
            return &a->to->rows[i];
        }
    }
    return &a->to->all; /* not reached: only these were asked for */
}

static void case_add(struct dash_now *to, int64_t state, str sex, int64_t n)
{
    to->cases += n;
    to->women += str_eq(sex, S("woman")) ? n : 0;
    to->solved += state == CASE_SOLVED ? n : 0;
}

static err cases_add(struct ctx *c, const struct adding *a)
{
    const int64_t from = a->to->quarter.from_day / MONTH_OF_DAY;
    const int64_t to = a->to->quarter.to_day / MONTH_OF_DAY;
    struct q_dash_cases *rows;
    struct q_dash_marks *marks;
    size_t n;
    size_t marks_n;
    const struct q_dash_cases_in in = {
        .homes = a->homes, .homes_n = a->n, .from_month = from, .to_month = to};
    const struct q_dash_marks_in marks_in = {
        .homes = a->homes, .homes_n = a->n, .from_month = from, .to_month = to};
    TRY(q_dash_cases(c->db, c->arena, &in, &rows, &n));
    TRY(q_dash_marks(c->db, c->arena, &marks_in, &marks, &marks_n));
    for (size_t i = 0; i < n; i++) {
        case_add(row_of(a, rows[i].home), rows[i].flow_state, rows[i].sex_code, rows[i].cases_n);
    }
    for (size_t i = 0; i < marks_n; i++) {
        struct dash_now *row = row_of(a, marks[i].home);
        *(str_eq(marks[i].mark_code, S("asked")) ? &row->asked : &row->answered) += marks[i].cases_n;
    }
    return OK;
}

/* Summary rows know nothing of what is closed to whoever looks: it is taken off again. */
static err barred_off(struct ctx *c, const struct adding *a)
{
    const struct q_dash_barred_in in = {.homes = a->homes,
                                        .homes_n = a->n,
                                        .from_month = a->to->quarter.from_day / MONTH_OF_DAY,
                                        .to_month = a->to->quarter.to_day / MONTH_OF_DAY,
                                        .barred_id = a->area->barred,
                                        .also_id = a->area->also};
    struct q_dash_barred *rows;
    size_t n = 0;
    TRY(a->area->barred == 0 ? OK : q_dash_barred(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct dash_now *row = row_of(a, rows[i].home);
        case_add(row, rows[i].flow_state, rows[i].sex_code, -1);
        row->asked -= (rows[i].mark_no & MARK_ASKED) != 0;
        row->answered -= (rows[i].mark_no & MARK_ANSWERED) != 0;
    }
    return OK;
}

static void tally_add(const struct dash_running *r, const struct q_event_tallies *t, struct dash_now *io)
{
    const bool now = t->fact_month >= r->quarter.from_day / MONTH_OF_DAY;
    io->held += now ? t->held_n : 0;
    io->owed += t->held_n - t->approved_n;
    if (!now) {
        io->due += t->held_n;
        io->sent += t->sent_n;
        io->timely += t->timely_n;
    }
}

static err events_add(struct ctx *c, const struct adding *a)
{
    struct q_event_tallies *rows;
    size_t n;
    const struct q_event_tallies_in in = {.homes = a->homes,
                                          .homes_n = a->n,
                                          .from_month = a->to->last.from_day / MONTH_OF_DAY,
                                          .to_month = a->to->quarter.to_day / MONTH_OF_DAY};
    TRY(q_event_tallies(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        tally_add(a->to, &rows[i], row_of(a, rows[i].home));
    }
    return OK;
}

/* All figures of a district and quarter are frozen at once: one of them says it of all. */
static err quarters_add(struct ctx *c, const struct adding *a)
{
    struct q_dash_frozen *rows;
    size_t n;
    size_t all_n;
    const struct q_dash_frozen_in in = {.homes = a->homes,
                                        .homes_n = a->n,
                                        .indicator_code = indicator_all(&all_n)[0].code,
                                        .from_day = a->to->last.from_day,
                                        .to_day = a->to->last.to_day};
    TRY(q_dash_frozen(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        row_of(a, rows[i].home)->quarter_owed = false;
    }
    return OK;
}

static int64_t late_most(size_t homes_n)
{
    const int64_t most = DASH_LATE_ALL / (int64_t)(homes_n + 1);
    return most > DASH_LATE_MOST ? DASH_LATE_MOST : most < DASH_LATE_LEAST ? DASH_LATE_LEAST : most;
}

static err late_add(struct ctx *c, const struct dash_area *area, struct dash_now *row)
{
    struct q_dash_late late;
    const int64_t most = late_most(area->homes_n);
    const struct q_dash_late_in in = {.home = row->home,
                                      .now_ms = c->now_ms,
                                      .barred_id = area->barred,
                                      .also_id = area->also,
                                      .limit = most + 1};
    TRY(q_dash_late(c->db, c->arena, &in, &late));
    row->late_more = late.cases_n > most;
    row->late = row->late_more ? most : late.cases_n;
    return OK;
}

void dash_now_add(struct dash_now *to, const struct dash_now *row)
{
    to->cases += row->cases;
    to->women += row->women;
    to->solved += row->solved;
    to->asked += row->asked;
    to->answered += row->answered;
    to->late += row->late;
    to->late_more = to->late_more || row->late_more;
    to->held += row->held;
    to->owed += row->owed;
    to->due += row->due;
    to->sent += row->sent;
    to->timely += row->timely;
}

err dash_running(struct ctx *c, const struct dash_area *area, struct dash_running *out)
{
    const int64_t today = local_day(c->now_ms);
    struct dash_running now = {
        .quarter = period_quarter(period_year_of(today), period_quarter_of(today)),
        .rows = arena_array_of(c->arena, struct dash_now, area->homes_n + 1),
    };
    const int64_t before = day_add(now.quarter.from_day, -1);
    now.last = period_quarter(period_year_of(before), period_quarter_of(before));
    if (now.rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < area->homes_n; i++) {
        now.rows[i] = (struct dash_now){.home = area->homes[i], .quarter_owed = area->places[i].served};
    }
    for (size_t at = 0; at < area->homes_n; at += ID_LIST_MAX) {
        const size_t left = area->homes_n - at;
        const struct adding a = {area, &now, area->homes + at, left < ID_LIST_MAX ? left : ID_LIST_MAX};
        TRY(cases_add(c, &a));
        TRY(barred_off(c, &a));
        TRY(events_add(c, &a));
        TRY(quarters_add(c, &a));
    }
    for (size_t i = 0; i < area->homes_n; i++) {
        TRY(late_add(c, area, &now.rows[i]));
        dash_now_add(&now.all, &now.rows[i]);
        now.quarters_owed += now.rows[i].quarter_owed;
    }
    *out = now;
    return OK;
}
