/* attendance.c: cells of districts, added up. */
#include "attendance.h"

#include "attendance.sql.h"
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

/* What is counted: the same cells and numbers of events from either source. */
struct counting {
    const struct report_query *q;
    bool approved;
};

static err cells_read(struct ctx *c, const struct counting *k, const int64_t *homes, size_t n,
                      struct q_attendance_cells **out, size_t *out_n)
{
    const struct q_attendance_approved_cells_in approved = {.homes = homes,
                                                            .homes_n = n,
                                                            .from_month = k->q->period.from_day / 100,
                                                            .to_month = k->q->period.to_day / 100};
    const struct q_attendance_cells_in now = {.homes = homes,
                                              .homes_n = n,
                                              .from_day = k->q->period.from_day,
                                              .to_day = k->q->period.to_day,
                                              .event_kind_no = event_kind.kind_no,
                                              .state_no = EVENT_CLOSED};
    return k->approved ? q_attendance_approved_cells(c->db, c->arena, &approved, out, out_n)
                       : q_attendance_cells(c->db, c->arena, &now, out, out_n);
}

static err events_read(struct ctx *c, const struct counting *k, const int64_t *homes, size_t n,
                       struct q_attendance_events **out, size_t *out_n)
{
    const struct q_attendance_approved_events_in approved = {.homes = homes,
                                                             .homes_n = n,
                                                             .from_month = k->q->period.from_day / 100,
                                                             .to_month = k->q->period.to_day / 100};
    const struct q_attendance_events_in now = {.homes = homes,
                                               .homes_n = n,
                                               .from_day = k->q->period.from_day,
                                               .to_day = k->q->period.to_day,
                                               .event_kind_no = event_kind.kind_no,
                                               .state_no = EVENT_CLOSED};
    return k->approved ? q_attendance_approved_events(c->db, c->arena, &approved, out, out_n)
                       : q_attendance_events(c->db, c->arena, &now, out, out_n);
}

/* At most ID_LIST_MAX districts at a time. */
static err some_counted(struct ctx *c, const struct counting *k, const int64_t *homes, size_t n,
                        struct districts *io)
{
    struct q_attendance_cells *cells;
    struct q_attendance_events *events;
    size_t cells_n;
    size_t events_n;
    TRY(cells_read(c, k, homes, n, &cells, &cells_n));
    TRY(events_read(c, k, homes, n, &events, &events_n));
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

static err districts_count(struct ctx *c, const struct counting *k, struct districts *io)
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
        TRY(some_counted(c, k, homes + i, left < ID_LIST_MAX ? left : ID_LIST_MAX, io));
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

/* `which` NULL: of the whole country. */
static err districts_of(struct ctx *c, const struct counting *k, const struct q_place_all *all, size_t n,
                        const struct id_set *which, struct districts *out)
{
    *out = (struct districts){.lines = arena_array_of(c->arena, struct attendance_line, n + 1),
                              .provinces = arena_array_of(c->arena, int64_t, n + 1)};
    if (out->lines == NULL || out->provinces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].level_no != LEVEL_DISTRICT || (which != NULL && !among(which->ids, which->n, all[i].id))) {
            continue;
        }
        out->provinces[out->n] = all[i].province_id.v;
        out->lines[out->n++] = (struct attendance_line){
            .unit_id = all[i].id, .code = all[i].unit_code, .name = all[i].name_text};
    }
    return districts_count(c, k, out);
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

err attendance_by_province(struct ctx *c, const struct report_query *q, bool approved, struct attendance *out)
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
    TRY(districts_of(c, &(struct counting){q, approved}, all, n, NULL, &d));
    *out = (struct attendance){.rows = arena_array_of(c->arena, struct attendance_line, n + 1),
                               .provinces = true,
                               .approved = approved};
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

err attendance_by_district(struct ctx *c, const struct report_query *q, bool approved, struct attendance *out)
{
    struct q_place_all *all;
    size_t n;
    struct id_set homes;
    struct districts d;
    TRY(report_homes_in(c, q->unit, q->period, &homes));
    TRY(place_list(c, &all, &n));
    TRY(districts_of(c, &(struct counting){q, approved}, all, n, &homes, &d));
    *out = (struct attendance){.rows = d.lines, .approved = approved};
    for (size_t i = 0; i < d.n; i++) {
        if (d.lines[i].events > 0) {
            line_add(&out->all, &d.lines[i]);
            d.lines[out->rows_n++] = d.lines[i];
        }
    }
    return OK;
}

err attendance_own(struct ctx *c, const struct report_query *q, bool approved, struct attendance *out)
{
    bool provinces;
    TRY(attendance_has_provinces(c, &provinces));
    return provinces && q->unit.n == 0 ? attendance_by_province(c, q, approved, out)
                                       : attendance_by_district(c, q, approved, out);
}
