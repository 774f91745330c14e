/* exchange_figures.c: which districts, which periods, which cells go out. */
#include "exchange_figures.h"

#include "case_scope.h"
#include "lang.h"
#include "place.h"
#include "report.h"

/* ---- districts with approved figures ---- */

static bool among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Whether a district is asked for and hers. */
struct wanted {
    const int64_t *hers, *within; /* NULL: all */
    size_t hers_n, within_n;
};

static err wanted_of(struct ctx *c, int64_t unit, struct wanted *out)
{
    *out = (struct wanted){0};
    if (c->actor.role != ROLE_SYSTEM) {
        struct scope s;
        TRY(scope_of(c, &s));
        out->hers = s.homes;
        out->hers_n = s.homes_n;
    }
    if (unit != 0) {
        int64_t *within;
        TRY(place_districts(c, unit, &within, &out->within_n));
        out->within = within;
    }
    return OK;
}

static bool is_wanted(const struct wanted *w, bool all_hers, int64_t home)
{
    return (all_hers || among(w->hers, w->hers_n, home)) &&
           (w->within == NULL || among(w->within, w->within_n, home));
}

/* Whether something of this district is approved; the span of the reach grows by it. */
static err has_figures(struct ctx *c, int64_t home, struct exchange_reach *io, bool *out)
{
    struct q_exchange_span *rows;
    size_t n;
    TRY(q_exchange_span(c->db, c->arena, &home, 1, &rows, &n));
    *out = n > 0;
    if (n > 0) {
        const bool first = io->last_ms == 0;
        io->from_day = first || rows[0].from_day < io->from_day ? rows[0].from_day : io->from_day;
        io->to_day = first || rows[0].to_day > io->to_day ? rows[0].to_day : io->to_day;
        io->last_ms = rows[0].made_ms > io->last_ms ? rows[0].made_ms : io->last_ms;
    }
    return OK;
}

static err place_put(struct ctx *c, const struct q_place_all *u, struct exchange_reach *io)
{
    struct exchange_place p = {.id = u->id,
                               .code = u->unit_code,
                               .province = u->level_no == LEVEL_PROVINCE,
                               .from = io->homes_n,
                               .n = 1};
    TRY(label_find_in(c, S("unit"), u->id, LANG_EN, &p.name));
    TRY(label_find_in(c, S("unit"), u->id, LANG_UR, &p.name_ur));
    p.name = p.name.n == 0 ? u->unit_code : p.name;
    io->places[io->places_n++] = p;
    return OK;
}

static err reach_of(struct ctx *c, const struct wanted *w, struct exchange_reach *out)
{
    struct q_place_all *all;
    size_t n;
    TRY(place_list(c, &all, &n));
    struct exchange_reach r = {.homes = arena_array_of(c->arena, int64_t, n + 1),
                               .places = arena_array_of(c->arena, struct exchange_place, n + 1)};
    if (r.homes == NULL || r.places == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t p = 0; p < n; p++) {
        const size_t at = r.places_n;
        if (all[p].level_no != LEVEL_PROVINCE) {
            continue;
        }
        TRY(place_put(c, &all[p], &r));
        for (size_t d = 0; d < n; d++) {
            bool some = all[d].level_no == LEVEL_DISTRICT && all[d].province_id.v == all[p].id &&
                        is_wanted(w, c->actor.role == ROLE_SYSTEM, all[d].id);
            if (some) {
                TRY(has_figures(c, all[d].id, &r, &some));
            }
            if (some) {
                TRY(place_put(c, &all[d], &r));
                r.homes[r.homes_n++] = all[d].id;
            }
        }
        r.places[at].n = r.homes_n - r.places[at].from;
        r.places_n = r.places[at].n == 0 ? at : r.places_n;
    }
    *out = r;
    return OK;
}

err exchange_reach(struct ctx *c, int64_t unit, struct exchange_reach *out)
{
    struct wanted w;
    TRY(wanted_of(c, unit, &w));
    return reach_of(c, &w, out);
}

err exchange_ask_of(struct ctx *c, str code, struct exchange_ask *io)
{
    struct q_place_by_code unit;
    struct id_set group;
    const err e = place_find(c, code, &unit);
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
        io->unit = unit.id;
        return OK;
    }
    TRY(report_homes(c, code, &group));
    io->among = group.ids;
    io->among_n = group.n;
    return OK;
}

err exchange_reach_asked(struct ctx *c, const struct exchange_ask *ask, struct exchange_reach *out)
{
    struct wanted w;
    TRY(wanted_of(c, ask->unit, &w));
    if (ask->among != NULL) {
        w.within = ask->among;
        w.within_n = ask->among_n;
    }
    return reach_of(c, &w, out);
}

void exchange_periods_of(const struct exchange_reach *r, struct exchange_periods *out)
{
    struct exchange_periods p = {.n = 0};
    if (r->homes_n > 0) {
        const int64_t last = period_year_of(r->to_day);
        for (int64_t y = period_year_of(r->from_day); y <= last && p.n < EXCHANGE_PERIODS_MAX - 1; y++) {
            p.v[p.n++] = period_fiscal(y);
        }
        if (p.n > 1) {
            p.v[p.n] = (struct period){p.v[0].from_day, p.v[p.n - 1].to_day};
            p.n++;
        }
    }
    *out = p;
}

/* ---- figures ---- */

err exchange_figures(struct ctx *c, const struct exchange_reach *r, const struct indicator *i,
                     struct exchange_figures *out)
{
    struct exchange_figures f = {
        .of = i, .reach = r, .by_home = arena_array_of(c->arena, struct figure, r->homes_n + 1)};
    if (f.by_home == NULL) {
        return FAIL(LIMIT);
    }
    TRY(snapshot_by_home(c, i, r->homes, r->homes_n, f.by_home));
    *out = f;
    return OK;
}

err exchange_together(struct arena *a, const struct exchange_figures *f, size_t from, size_t n,
                      struct figure *out)
{
    size_t cells = 0;
    for (size_t h = from; h < from + n; h++) {
        cells += f->by_home[h].cells_n;
    }
    struct figure all = {.cells = arena_array_of(a, struct figure_cell, cells + 1)};
    if (all.cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t h = from; h < from + n; h++) {
        const struct figure *one = &f->by_home[h];
        for (size_t k = 0; k < one->cells_n; k++) {
            all.cells[all.cells_n++] = one->cells[k];
        }
        all.num += one->num;
        all.den += one->den;
    }
    *out = all;
    return OK;
}

static int cell_order(const struct exchange_cell *x, const struct exchange_cell *y)
{
    const int by_role = str_cmp(x->role, y->role);
    const int by_sex = str_cmp(x->sex, y->sex);
    return by_role != 0 ? by_role : by_sex != 0 ? by_sex : str_cmp(x->part, y->part);
}

static struct exchange_cell cell_of(const struct figure_cell *c, enum exchange_split by)
{
    return by == EXCHANGE_PARTS ? (struct exchange_cell){S(""), S(""), c->part}
                                : (struct exchange_cell){c->role, c->sex, S("")};
}

err exchange_cells(struct arena *a, const struct figure *all, enum exchange_split by,
                   struct exchange_cell **out, size_t *out_n)
{
    struct exchange_cell *cells = arena_array_of(a, struct exchange_cell, all->cells_n + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < all->cells_n; k++) {
        const struct exchange_cell one = cell_of(&all->cells[k], by);
        size_t at = 0;
        while (at < n && cell_order(&one, &cells[at]) > 0) {
            at++;
        }
        if (one.role.n + one.sex.n + one.part.n == 0 || (at < n && cell_order(&one, &cells[at]) == 0)) {
            continue;
        }
        for (size_t m = n++; m > at; m--) {
            cells[m] = cells[m - 1];
        }
        cells[at] = one;
    }
    *out = cells;
    *out_n = n;
    return OK;
}

/* What one person more or less could be seen by: numbers of people and of what they brought. */
static bool of_people(const struct indicator *i)
{
    return str_eq(i->counts, S("attendances")) || str_eq(i->counts, S("persons")) ||
           str_eq(i->counts, S("cases")) || str_eq(i->counts, S("visits"));
}

static bool is_small(int64_t n)
{
    return n > 0 && n < FIGURE_FEW;
}

static bool all_large(const struct indicator *i, const struct figure *f, const struct exchange_cell *cells,
                      size_t cells_n, const struct exchange_periods *p)
{
    for (size_t k = 0; k < cells_n; k++) {
        for (size_t t = 0; t < p->n; t++) {
            const struct figure_pick pick = {cells[k].role, cells[k].sex, cells[k].part,
                                             p->v[t].from_day / 100, p->v[t].to_day / 100};
            int64_t num, den;
            figure_sum(i, f, &pick, &num, &den);
            if (is_small(i->measure == MEASURE_COUNT ? num : den) ||
                (i->measure == MEASURE_RATIO && (is_small(num) || is_small(den - num)))) {
                return false;
            }
        }
    }
    return true;
}

err exchange_open(struct arena *a, const struct exchange_figures *f, enum exchange_level level,
                  const struct exchange_cell *cells, size_t cells_n, const struct exchange_periods *p,
                  bool *out)
{
    struct figure together;
    bool open = true;
    if (!of_people(f->of)) {
        *out = true;
        return OK;
    }
    if (level == EXCHANGE_WHOLE) {
        TRY(exchange_together(a, f, 0, f->reach->homes_n, &together));
        *out = all_large(f->of, &together, cells, cells_n, p);
        return OK;
    }
    for (size_t k = 0; k < f->reach->places_n && open; k++) {
        const struct exchange_place *place = &f->reach->places[k];
        if (place->province == (level == EXCHANGE_PROVINCES)) {
            TRY(exchange_together(a, f, place->from, place->n, &together));
            open = all_large(f->of, &together, cells, cells_n, p);
        }
    }
    *out = open;
    return OK;
}
