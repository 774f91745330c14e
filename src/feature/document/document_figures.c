/* document_figures.c: districts with figures, province by province; their figures by month. */
#include "document_figures.h"

#include <stdlib.h>
#include <string.h>

#include "attendance.sql.h"
#include "case_scope.h"
#include "check.h"
#include "clock.h"
#include "document.sql.h"
#include "document_before.h"
#include "event.h"

enum { COUNT_ARENA = 96 << 20, CASES_OF_A_PAGE = 20000 };

static size_t few_of(size_t at, size_t n)
{
    return n - at < ID_LIST_MAX ? n - at : ID_LIST_MAX;
}

struct figure_pick document_within(struct period p)
{
    return (struct figure_pick){.from_month = p.from_day / 100, .to_month = p.to_day / 100};
}

/* ---- districts ---- */

/* Those of some districts that have approved figures of a period, or any record at all. */
static err homes_with(struct ctx *c, const struct id_set *asked, struct period p, bool approved,
                      struct document_figures *out)
{
    out->homes = arena_array_of(c->arena, int64_t, asked->n + 1);
    out->homes_n = 0;
    if (out->homes == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < asked->n; at += ID_LIST_MAX) {
        struct q_document_homes_approved *rows;
        size_t n;
        const int64_t *few = asked->ids + at;
        const struct q_document_homes_approved_in in = {
            .homes = few, .homes_n = few_of(at, asked->n), .from_day = p.from_day, .to_day = p.to_day};
        if (approved) {
            TRY(q_document_homes_approved(c->db, c->arena, &in, &rows, &n));
        } else {
            TRY(q_document_homes_now(c->db, c->arena, few, few_of(at, asked->n), &rows, &n));
        }
        for (size_t i = 0; i < n; i++) {
            out->homes[out->homes_n++] = rows[i].home;
        }
    }
    return OK;
}

static const struct q_place_names *named(const struct q_place_names *rows, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id == id) {
            return &rows[i];
        }
    }
    return NULL;
}

static void place_put(struct document_figures *f, const struct q_place_names *row, bool province, size_t from)
{
    if (row != NULL) {
        f->places[f->places_n++] = (struct document_place){.id = row->id,
                                                           .code = row->unit_code,
                                                           .name = row->name_text,
                                                           .province = province,
                                                           .from = from,
                                                           .n = province ? 0 : 1};
    }
}

/* A part of a split may bear its old name: what is no more says until when it was. */
static err names_end(struct ctx *c, struct document_figures *f)
{
    for (size_t k = 0; k < f->places_n; k++) {
        struct q_place_days days;
        TRY(q_place_days(c->db, c->arena, f->places[k].id, &days));
        if (days.valid_to_day <= local_day(c->now_ms)) {
            f->places[k].name = document_place_until(c, f->places[k].name, day_add(days.valid_to_day, -1));
        }
    }
    return OK;
}

/* homes in the order of their provinces; ids holds them and their provinces, province_of stands beside homes.
 */
static err places_put(struct ctx *c, struct document_figures *f, const int64_t *province_of,
                      const struct id_set *ids)
{
    struct q_place_names *names;
    size_t n;
    int64_t *homes = arena_array_of(c->arena, int64_t, f->homes_n + 1);
    size_t kept = 0;
    TRY(place_names(c, ids->ids, ids->n, &names, &n));
    f->places = arena_array_of(c->arena, struct document_place, ids->n + 1);
    if (homes == NULL || f->places == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = 0; h < f->homes_n; h++) {
        const int64_t province = province_of[h];
        bool done = false;
        for (size_t k = 0; k < h && !done; k++) {
            done = province_of[k] == province;
        }
        if (done) {
            continue;
        }
        const size_t at = f->places_n;
        const size_t from = kept;
        place_put(f, named(names, n, province), true, from);
        for (size_t k = h; k < f->homes_n; k++) {
            if (province_of[k] == province) {
                place_put(f, named(names, n, f->homes[k]), false, kept);
                homes[kept++] = f->homes[k];
            }
        }
        f->places[at].n = kept - from;
        f->provinces_n++;
    }
    f->homes = homes;
    /* One province alone may be there in part: what stands under its name would be taken for all of it. */
    for (size_t k = 0; f->provinces_n == 1 && k + 1 < f->places_n; k++) {
        f->places[k] = f->places[k + 1];
    }
    f->places_n -= f->provinces_n == 1 ? 1 : 0;
    return OK;
}

static err places_fill(struct ctx *c, struct document_figures *f)
{
    int64_t *province_of = arena_array_of(c->arena, int64_t, f->homes_n + 1);
    int64_t *ids = arena_array_of(c->arena, int64_t, 2 * f->homes_n + 1);
    struct id_set all;
    if (province_of == NULL || ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = 0; h < f->homes_n; h++) {
        struct place_at at;
        TRY(place_ancestors(c, f->homes[h], &at));
        province_of[h] = at.at[LEVEL_PROVINCE];
        ids[2 * h] = f->homes[h];
        ids[2 * h + 1] = province_of[h];
    }
    TRY(id_set_of(c->arena, ids, 2 * f->homes_n, &all));
    TRY(places_put(c, f, province_of, &all));
    return names_end(c, f);
}

static bool among(const struct id_set *set, int64_t id)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Also those that are silent: what is aimed at there counts. */
static err places_within(struct ctx *c, const struct id_set *asked, struct document_figures *f)
{
    for (size_t k = 0; k < f->places_n; k++) {
        int64_t *ids;
        size_t n;
        size_t kept = 0;
        TRY(place_districts(c, f->places[k].id, &ids, &n));
        for (size_t i = 0; i < n; i++) {
            if (among(asked, ids[i])) {
                ids[kept++] = ids[i];
            }
        }
        f->places[k].within = (struct id_set){ids, kept};
    }
    return OK;
}

/* ---- as approved ---- */

static err approved_read(struct ctx *c, struct document_figures *f)
{
    struct digest all;
    digest_begin(&all);
    for (size_t i = 0; i < f->all_n; i++) {
        struct snapshot_sum sum;
        const struct arena_mark mark = arena_mark(c->arena);
        TRY(snapshot_read(c, &f->all[i], f->homes, f->homes_n, f->period, &sum));
        arena_reset(c->arena, mark);
        memcpy(f->hashes[i], sum.hash, DIGEST_LEN);
        digest_put(&all, (str){(const char *)sum.hash, DIGEST_LEN});
        f->found = sum.found > f->found ? sum.found : f->found;
        f->last_ms = sum.last_ms > f->last_ms ? sum.last_ms : f->last_ms;
        TRY(snapshot_by_home(c, &f->all[i], f->homes, f->homes_n, &f->by_home[i * f->homes_n]));
    }
    digest_end(&all, f->hash);
    return OK;
}

static err brought_read(struct ctx *c, struct document_figures *f)
{
    struct q_document_brought *all = NULL;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_brought *rows;
        size_t n;
        TRY(q_document_brought(c->db, c->arena, f->homes + at, few_of(at, f->homes_n), &rows, &n));
        struct q_document_brought *more =
            arena_array_of(c->arena, struct q_document_brought, f->brought_n + n + 1);
        if (more == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < f->brought_n + n; i++) {
            more[i] = all != NULL && i < f->brought_n ? all[i] : rows[i - f->brought_n];
        }
        all = more;
        f->brought_n += n;
    }
    f->brought = all;
    return OK;
}

static err stood_read(struct ctx *c, struct document_figures *f)
{
    struct q_document_stood *all = NULL;
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        struct q_document_stood *rows;
        size_t n;
        TRY(q_document_stood(c->db, c->arena, f->homes + at, few_of(at, f->homes_n), &rows, &n));
        struct q_document_stood *more = arena_array_of(c->arena, struct q_document_stood, f->stood_n + n + 1);
        if (more == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < f->stood_n + n; i++) {
            more[i] = all != NULL && i < f->stood_n ? all[i] : rows[i - f->stood_n];
        }
        all = more;
        f->stood_n += n;
    }
    f->stood = all;
    return OK;
}

/* ---- as of now ---- */

struct ids {
    int64_t *v;
    size_t n;
};

static err ids_room(struct arena *a, struct ids *io, size_t more)
{
    int64_t *v = arena_array_of(a, int64_t, io->n + more + 1);
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < io->n; k++) {
        v[k] = io->v[k];
    }
    io->v = v;
    return OK;
}

static err barred_to_anybody(struct ctx *c, const int64_t *homes, size_t n, struct ids *io)
{
    struct q_document_barred *rows;
    size_t rows_n;
    TRY(q_document_barred(c->db, c->arena, homes, n, &rows, &rows_n));
    TRY(ids_room(c->arena, io, rows_n));
    for (size_t k = 0; k < rows_n; k++) {
        io->v[io->n++] = rows[k].case_id;
    }
    return OK;
}

static err barred_to_her(struct ctx *c, const int64_t *homes, size_t n, struct ids *io)
{
    struct q_report_barred *rows;
    size_t rows_n;
    struct q_report_barred_in in = {.homes = homes, .homes_n = n};
    scope_barred(&c->actor, &in.barred_id, &in.also_id);
    TRY(q_report_barred(c->db, c->arena, &in, &rows, &rows_n));
    TRY(ids_room(c->arena, io, rows_n));
    for (size_t k = 0; k < rows_n; k++) {
        io->v[io->n++] = rows[k].case_id;
    }
    return OK;
}

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Cases that are closed to whoever asks, or to anybody at all. */
static err barred_of(struct ctx *c, const struct document_figures *f, enum document_open open,
                     struct ids *out)
{
    *out = (struct ids){.n = 0};
    if (open == DOCUMENT_OPEN_TO_HER && c->actor.role == ROLE_SYSTEM) {
        return OK;
    }
    for (size_t at = 0; at < f->homes_n; at += ID_LIST_MAX) {
        const size_t few = few_of(at, f->homes_n);
        TRY(open == DOCUMENT_OPEN_TO_ALL ? barred_to_anybody(c, f->homes + at, few, out)
                                         : barred_to_her(c, f->homes + at, few, out));
    }
    if (out->n > 1) {
        qsort(out->v, out->n, sizeof *out->v, by_id);
    }
    return OK;
}

/* Whoever asks waits for a page; the program itself, and what is made beside, do not. */
static err too_much(struct ctx *c, const struct document_figures *f, bool *out)
{
    int64_t cases = 0;
    for (size_t at = 0; at < f->homes_n && c->actor.role != ROLE_SYSTEM; at += ID_LIST_MAX) {
        struct q_report_volume volume;
        const struct q_report_volume_in in = {
            .homes = f->homes + at, .homes_n = few_of(at, f->homes_n), .to_month = period_all().to_day / 100};
        TRY(q_report_volume(c->db, c->arena, &in, &volume));
        cases += volume.cases_n;
    }
    *out = cases > CASES_OF_A_PAGE;
    return OK;
}

/* Counted in memory of its own, since the records behind it are many; the cells stay. */
static err cells_keep(struct arena *a, const struct figure *from, struct figure *out)
{
    *out = (struct figure){.cells = arena_array_of(a, struct figure_cell, from->cells_n + 1),
                           .cells_n = from->cells_n,
                           .num = from->num,
                           .den = from->den};
    for (size_t k = 0; k < from->cells_n && out->cells != NULL; k++) {
        out->cells[k] = from->cells[k];
        out->cells[k].role = arena_str(a, from->cells[k].role);
        out->cells[k].sex = arena_str(a, from->cells[k].sex);
        out->cells[k].part = arena_str(a, from->cells[k].part);
    }
    return arena_full(a) ? FAIL(LIMIT) : OK;
}

static struct figure *figure_of(const struct document_figures *f, str code, size_t home)
{
    const struct indicator *i = document_indicator(f, code);
    CHECK(i != NULL);
    return &f->by_home[(size_t)(i - f->all) * f->homes_n + home];
}

static err emptied(struct arena *a, struct figure *f, size_t room)
{
    *f = (struct figure){.cells = arena_array_of(a, struct figure_cell, room + 1)};
    return f->cells == NULL ? FAIL(LIMIT) : OK;
}

static void cell_add(struct figure *f, struct figure_cell cell)
{
    f->cells[f->cells_n++] = cell;
    f->num += cell.num;
    f->den += cell.den;
}

/* The indicators of events count what is approved; as of now that is nothing, so all closed events count. */
static err events_now(struct ctx *c, const struct document_figures *f, size_t home)
{
    struct q_document_came_now *came;
    struct q_document_held_now *held;
    size_t came_n;
    size_t held_n;
    const int64_t kind = event_kind.kind_no;
    const struct q_document_came_now_in all = {
        .home = f->homes[home], .event_kind_no = kind, .state_no = EVENT_CLOSED};
    const struct q_document_held_now_in in = {
        .home = f->homes[home], .event_kind_no = kind, .state_no = EVENT_CLOSED};
    TRY(q_document_came_now(c->db, c->arena, &all, &came, &came_n));
    TRY(q_document_held_now(c->db, c->arena, &in, &held, &held_n));
    struct figure *people = figure_of(f, S("attendance"), home);
    struct figure *events = figure_of(f, S("events_held"), home);
    TRY(emptied(c->arena, people, came_n));
    TRY(emptied(c->arena, events, held_n));
    for (size_t i = 0; i < came_n; i++) {
        cell_add(people, (struct figure_cell){came[i].fact_month, came[i].role_code, came[i].sex_code, S(""),
                                              came[i].people_n, came[i].people_n});
    }
    for (size_t i = 0; i < held_n; i++) {
        cell_add(events, (struct figure_cell){held[i].fact_month, S(""), S(""), held[i].event_kind_code,
                                              held[i].events_n, held[i].events_n});
    }
    return OK;
}

static void arena_close(struct arena **a)
{
    arena_free(*a);
}

static err now_count(struct ctx *c, struct document_figures *f, enum document_open open)
{
    struct ids barred;
    bool much;
    SCOPED(arena_close) struct arena *own = arena_open(COUNT_ARENA);
    struct ctx there = *c;
    there.arena = own;
    TRY(too_much(c, f, &much));
    f->counted = !much;
    if (much) {
        return OK;
    }
    TRY(barred_of(c, f, open, &barred));
    for (size_t i = 0; i < f->all_n; i++) {
        for (size_t h = 0; h < f->homes_n; h++) {
            struct figure now;
            TRY(indicator_count_but(&there, &f->all[i], &f->homes[h], 1, period_all(), barred.v, barred.n,
                                    &now));
            TRY(cells_keep(c->arena, &now, &f->by_home[i * f->homes_n + h]));
            arena_clear(own);
        }
    }
    for (size_t h = 0; h < f->homes_n; h++) {
        TRY(events_now(c, f, h));
    }
    return OK;
}

/* ---- together ---- */

static void span_find(struct document_figures *f)
{
    for (size_t i = 0; i < f->all_n * f->homes_n; i++) {
        for (size_t k = 0; k < f->by_home[i].cells_n; k++) {
            const int64_t month = f->by_home[i].cells[k].month;
            f->from_month = f->from_month == 0 || month < f->from_month ? month : f->from_month;
            f->to_month = month > f->to_month ? month : f->to_month;
        }
    }
}

static err figures_read(struct ctx *c, const struct id_set *asked, enum document_open open,
                        struct document_figures *io)
{
    TRY(places_fill(c, io));
    TRY(places_within(c, asked, io));
    io->all = indicator_all(&io->all_n);
    io->by_home = arena_array_of(c->arena, struct figure, io->all_n * io->homes_n + 1);
    io->hashes = arena_try_array(c->arena, DIGEST_LEN, io->all_n + 1);
    if (io->by_home == NULL || io->hashes == NULL) {
        return FAIL(LIMIT);
    }
    TRY(io->approved ? approved_read(c, io) : now_count(c, io, open));
    TRY(brought_read(c, io));
    TRY(stood_read(c, io));
    TRY(handed_read(c, io->homes, io->homes_n, &io->handed));
    TRY(plan_aims(c, asked->ids, asked->n, &io->aims));
    io->asked = *asked;
    span_find(io);
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

err document_figures(struct ctx *c, struct period p, str unit, enum document_open open,
                     struct document_figures *out)
{
    struct document_figures f = {.arena = c->arena, .period = p, .counted = true};
    struct id_set asked;
    if (!period_whole_months(p)) {
        return FAIL(INVALID);
    }
    TRY(report_homes_in(c, unit, p, &asked));
    TRY(homes_with(c, &asked, p, true, &f));
    f.approved = f.homes_n > 0;
    TRY(homes_with(c, &asked, period_all(), f.approved, &f));
    TRY(figures_read(c, &asked, open, &f));
    *out = f;
    return OK;
}

err document_figures_of(struct ctx *c, struct period p, int64_t home, struct document_figures *out)
{
    struct document_figures f = {.arena = c->arena, .period = p, .approved = true, .counted = true};
    struct id_set asked;
    if (!period_whole_months(p)) {
        return FAIL(INVALID);
    }
    TRY(id_set_of(c->arena, &home, 1, &asked));
    TRY(homes_with(c, &asked, p, true, &f));
    TRY(figures_read(c, &asked, DOCUMENT_OPEN_TO_ALL, &f));
    *out = f;
    return OK;
}

const struct indicator *document_indicator(const struct document_figures *f, str code)
{
    for (size_t i = 0; i < f->all_n; i++) {
        if (str_eq(f->all[i].code, code)) {
            return &f->all[i];
        }
    }
    return NULL;
}

/* Whether a sum over a place has this district in it. */
static bool lies_in(const struct document_figures *f, const struct document_place *at, int64_t home)
{
    for (size_t h = at == NULL ? 0 : at->from; h < f->homes_n && (at == NULL || h < at->from + at->n); h++) {
        if (f->homes[h] == home) {
            return true;
        }
    }
    return false;
}

/* Whether days lie, at least in part, within the months of a pick. */
static bool picked(int64_t from_day, int64_t to_day, const struct figure_pick *pick)
{
    enum { MONTH = 100 };
    return (pick->to_month == 0 || from_day / MONTH <= pick->to_month) &&
           (pick->from_month == 0 || to_day / MONTH >= pick->from_month);
}

int64_t document_brought(const struct document_figures *f, const struct indicator *i,
                         const struct document_place *at, const struct figure_pick *pick)
{
    int64_t n = 0;
    for (size_t k = 0; f->approved && k < f->brought_n; k++) {
        const struct q_document_brought *b = &f->brought[k];
        const bool then = picked(b->from_day, b->to_day, pick);
        n += then && (i == NULL || str_eq(b->indicator_code, i->code)) && lies_in(f, at, b->home) ? 1 : 0;
    }
    return n;
}

bool document_known(const struct document_figures *f, const struct indicator *i,
                    const struct document_place *at, const struct figure_pick *pick)
{
    bool some = !f->approved || document_brought(f, i, at, pick) > 0;
    for (size_t k = 0; k < f->stood_n && !some; k++) {
        const struct q_document_stood *s = &f->stood[k];
        some = picked(s->from_day, s->to_day, pick) && lies_in(f, at, s->home);
    }
    return some;
}

bool document_handed(const struct document_figures *f, const struct indicator *i,
                     const struct document_place *at, struct period p)
{
    return handed_down(&f->handed, i, at == NULL ? f->homes : f->homes + at->from,
                       at == NULL ? f->homes_n : at->n, p);
}

struct opt_i64 document_aimed(const struct document_figures *f, str indicator,
                              const struct document_place *at, struct period p)
{
    const struct id_set *within = at == NULL ? &f->asked : &at->within;
    return plan_aimed(&f->aims, indicator, within->ids, within->n, p);
}

/* Medians need all values side by side. */
static err median_sum(const struct document_figures *f, const struct indicator *i, size_t from, size_t n,
                      const struct figure_pick *pick, int64_t *out_num, int64_t *out_den)
{
    const struct figure *by_home = &f->by_home[(size_t)(i - f->all) * f->homes_n];
    const struct arena_mark mark = arena_mark(f->arena);
    struct figure all = {.cells_n = 0};
    for (size_t h = from; h < from + n; h++) {
        all.cells_n += by_home[h].cells_n;
    }
    all.cells = arena_array_of(f->arena, struct figure_cell, all.cells_n + 1);
    if (all.cells == NULL) {
        return FAIL(LIMIT);
    }
    size_t at = 0;
    for (size_t h = from; h < from + n; h++) {
        for (size_t k = 0; k < by_home[h].cells_n; k++) {
            all.cells[at++] = by_home[h].cells[k];
        }
    }
    figure_sum(i, &all, pick, out_num, out_den);
    arena_reset(f->arena, mark);
    return OK;
}

err document_sum(const struct document_figures *f, const struct indicator *i, const struct document_place *at,
                 const struct figure_pick *pick, int64_t *out_num, int64_t *out_den)
{
    const size_t from = at == NULL ? 0 : at->from;
    const size_t n = at == NULL ? f->homes_n : at->n;
    if (i->measure == MEASURE_MEDIAN) {
        return median_sum(f, i, from, n, pick, out_num, out_den);
    }
    int64_t num = 0;
    int64_t den = 0;
    for (size_t h = from; h < from + n; h++) {
        int64_t a;
        int64_t b;
        figure_sum(i, &f->by_home[(size_t)(i - f->all) * f->homes_n + h], pick, &a, &b);
        num += a;
        den += b;
    }
    *out_num = num;
    *out_den = den;
    return OK;
}
