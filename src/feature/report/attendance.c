/* attendance.c: cells of districts, added up. */
#include "attendance.h"

#include "attendance.sql.h"
#include "case_scope.h"
#include "event.h"
#include "place.h"

/* Every district with its line, in the order of the list of places. */
struct districts {
    struct attendance_line *lines;
    int64_t *provinces; /* beside them */
    size_t n;
};

static struct attendance_line *line_of(struct attendance_line *lines, size_t n, int64_t unit)
{
    for (size_t i = 0; i < n; i++) {
        if (lines[i].unit_id == unit) {
            return &lines[i];
        }
    }
    return NULL;
}

static void cell_add(struct attendance_line *l, str role, str sex, int64_t n)
{
    const bool citizen = str_eq(role, S("citizen")) && str_eq(sex, S("woman"));
    int64_t *to = str_eq(role, S("councillor")) ? &l->councillors
                  : str_eq(role, S("official")) ? &l->officials
                  : citizen                     ? &l->women_citizens
                                                : &l->others;
    *to += n;
    l->total += to == &l->others ? 0 : n;
}

static void line_add(struct attendance_line *to, const struct attendance_line *l)
{
    to->councillors += l->councillors;
    to->officials += l->officials;
    to->women_citizens += l->women_citizens;
    to->total += l->total;
    to->others += l->others;
    to->events += l->events;
    to->imported += l->imported;
}

/* At most ID_LIST_MAX districts at a time. */
static err some_counted(struct ctx *c, const int64_t *homes, size_t n, struct districts *io)
{
    const struct q_attendance_cells_in cells_in = {
        .homes = homes, .homes_n = n, .event_kind_no = event_kind.kind_no, .state_no = EVENT_CLOSED};
    const struct q_attendance_events_in events_in = {
        .homes = homes, .homes_n = n, .event_kind_no = event_kind.kind_no, .state_no = EVENT_CLOSED};
    struct q_attendance_cells *cells;
    struct q_attendance_events *events;
    size_t cells_n;
    size_t events_n;
    TRY(q_attendance_cells(c->db, c->arena, &cells_in, &cells, &cells_n));
    TRY(q_attendance_events(c->db, c->arena, &events_in, &events, &events_n));
    for (size_t i = 0; i < cells_n; i++) {
        struct attendance_line *l = line_of(io->lines, io->n, cells[i].home);
        if (l != NULL) {
            cell_add(l, cells[i].role_code, cells[i].sex_code, cells[i].people_n);
        }
    }
    for (size_t i = 0; i < events_n; i++) {
        struct attendance_line *l = line_of(io->lines, io->n, events[i].home);
        if (l != NULL) {
            l->events = events[i].events_n;
            l->imported = events[i].imported_n;
        }
    }
    return OK;
}

static err districts_count(struct ctx *c, struct districts *io)
{
    int64_t *homes = arena_array_of(c->arena, int64_t, io->n + 1);
    if (homes == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->n; i++) {
        homes[i] = io->lines[i].unit_id;
    }
    for (size_t i = 0; i < io->n; i += ID_LIST_MAX) {
        const size_t left = io->n - i;
        TRY(some_counted(c, homes + i, left < ID_LIST_MAX ? left : ID_LIST_MAX, io));
    }
    return OK;
}

static bool among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* `scope` NULL: of the whole country. */
static err districts_of(struct ctx *c, const struct q_place_all *all, size_t n, const struct scope *scope,
                        struct districts *out)
{
    *out = (struct districts){.lines = arena_array_of(c->arena, struct attendance_line, n + 1),
                              .provinces = arena_array_of(c->arena, int64_t, n + 1)};
    if (out->lines == NULL || out->provinces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].level_no != LEVEL_DISTRICT ||
            (scope != NULL && !among(scope->homes, scope->homes_n, all[i].id))) {
            continue;
        }
        out->provinces[out->n] = all[i].province_id.v;
        out->lines[out->n++] = (struct attendance_line){
            .unit_id = all[i].id, .code = all[i].unit_code, .name = all[i].name_text};
    }
    return districts_count(c, out);
}

err attendance_has_provinces(struct ctx *c, bool *out)
{
    struct place_at at;
    *out = c->actor.role == ROLE_SYSTEM;
    if (*out || c->actor.home != 0 || c->actor.unit_id == 0) {
        return OK;
    }
    TRY(place_ancestors(c, c->actor.unit_id, &at));
    *out = at.at[LEVEL_DIVISION] == 0;
    return OK;
}

err attendance_by_province(struct ctx *c, struct attendance *out)
{
    struct q_place_all *all;
    size_t n;
    struct districts d;
    bool hers;
    TRY(attendance_has_provinces(c, &hers));
    if (!hers) {
        return FAIL(DENIED);
    }
    TRY(place_list(c, &all, &n));
    TRY(districts_of(c, all, n, NULL, &d));
    *out = (struct attendance){.rows = arena_array_of(c->arena, struct attendance_line, n + 1),
                               .provinces = true};
    if (out->rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct attendance_line l = {.unit_id = all[i].id, .code = all[i].unit_code, .name = all[i].name_text};
        for (size_t k = 0; k < d.n && all[i].level_no == LEVEL_PROVINCE; k++) {
            if (d.provinces[k] == all[i].id) {
                line_add(&l, &d.lines[k]);
            }
        }
        if (l.events > 0) {
            line_add(&out->all, &l);
            out->rows[out->rows_n++] = l;
        }
    }
    return OK;
}

err attendance_by_district(struct ctx *c, struct attendance *out)
{
    struct q_place_all *all;
    size_t n;
    struct scope scope;
    struct districts d;
    TRY(scope_of(c, &scope));
    TRY(place_list(c, &all, &n));
    TRY(districts_of(c, all, n, &scope, &d));
    *out = (struct attendance){.rows = d.lines};
    for (size_t i = 0; i < d.n; i++) {
        if (d.lines[i].events > 0) {
            line_add(&out->all, &d.lines[i]);
            d.lines[out->rows_n++] = d.lines[i];
        }
    }
    return OK;
}

err attendance_own(struct ctx *c, struct attendance *out)
{
    bool provinces;
    TRY(attendance_has_provinces(c, &provinces));
    return provinces ? attendance_by_province(c, out) : attendance_by_district(c, out);
}
