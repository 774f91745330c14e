#include "ready.h"

#include "audit.h"
#include "clock.h"
#include "event_kind.h"
#include "msg.h"

/* ---- whose ---- */

static err one_of(struct ctx *c, str unit, int64_t **io, size_t *io_n)
{
    struct q_place_by_code at;
    TRY(place_find(c, unit, &at));
    for (size_t i = 0; i < *io_n; i++) {
        if ((*io)[i] == at.id) {
            (*io)[0] = at.id;
            *io_n = 1;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

/* ---- what is known ---- */

/* The number that answers an item; -1: somebody has to say it. */
static int64_t counted(const struct q_ready_counts *k, str from)
{
    const struct {
        str code;
        int64_t n;
    } all[] = {{S("desk"), k->desks_n},   {S("letter"), k->letters_n},  {S("staff"), k->staff_n},
               {S("rota"), k->members_n}, {S("devices"), k->devices_n}, {S("trainings"), k->trainings_n},
               {S("opened"), k->opened_n}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (str_eq(from, all[i].code)) {
            return all[i].n;
        }
    }
    return -1;
}

struct said_set {
    const struct q_ready_stated_last *rows;
    size_t n;
};

static const struct q_ready_stated_last *said_of(const struct said_set *s, int64_t home, str item)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->rows[i].home == home && str_eq(s->rows[i].item_code, item)) {
            return &s->rows[i];
        }
    }
    return NULL;
}

static err district_fill(struct ctx *c, const struct ready_table *t, const struct q_ready_counts *k,
                         const struct said_set *said, struct ready_district *out)
{
    struct ready_district d = {.id = k->id,
                               .code = k->unit_code,
                               .cells = arena_array_of(c->arena, struct ready_cell, t->items_n + 1)};
    if (d.cells == NULL) {
        return FAIL(LIMIT);
    }
    TRY(label_find(c, S("unit"), k->id, &d.name));
    for (size_t i = 0; i < t->items_n; i++) {
        const struct q_ready_items *item = &t->items[i];
        const int64_t n = counted(k, item->ready_from_code);
        struct ready_cell *cell = &d.cells[i];
        cell->stated = n < 0;
        cell->n = n < 0 ? 0 : n;
        cell->last = said_of(said, k->id, item->item_code);
        cell->met = cell->stated ? cell->last != NULL && cell->last->met_flag != 0
                                 : n >= (item->least_n > 0 ? item->least_n : 1);
        d.met += cell->met;
    }
    *out = d;
    return OK;
}

static err names_find(struct ctx *c, struct ready_table *io)
{
    str *names = arena_array_of(c->arena, str, io->items_n + 1);
    if (names == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->items_n; i++) {
        TRY(label_find(c, S("ready_item"), io->items[i].id, &names[i]));
        if (names[i].n == 0) {
            names[i] = io->items[i].item_code;
        }
    }
    io->names = names;
    return OK;
}

/* Some districts, as many as one query takes. */
static err some_fill(struct ctx *c, struct ready_table *io, const int64_t *homes, size_t n)
{
    struct q_ready_counts *counts;
    struct q_ready_stated_last *rows;
    struct said_set said;
    size_t counts_n;
    const struct q_ready_counts_in in = {.on_day = local_day(c->now_ms),
                                         .training_kind_no = event_kind.kind_no,
                                         .closed_state = EVENT_CLOSED,
                                         .desk_role_no = ROLE_DESK,
                                         .homes = homes,
                                         .homes_n = n};
    TRY(q_ready_counts(c->db, c->arena, &in, &counts, &counts_n));
    TRY(q_ready_stated_last(c->db, c->arena, homes, n, &rows, &said.n));
    said.rows = rows;
    for (size_t i = 0; i < counts_n && io->n < READY_DISTRICTS_MAX; i++) {
        TRY(district_fill(c, io, &counts[i], &said, &io->districts[io->n]));
        io->n++;
    }
    return OK;
}

/* Where nothing has begun yet is left out of a long list. */
static bool begun(const struct ready_district *d, size_t items)
{
    for (size_t i = 0; i < items; i++) {
        if (d->cells[i].n > 0 || d->cells[i].last != NULL) {
            return true;
        }
    }
    return false;
}

static void begun_only(struct ready_table *io)
{
    size_t n = 0;
    for (size_t i = 0; i < io->n; i++) {
        if (begun(&io->districts[i], io->items_n)) {
            io->districts[n++] = io->districts[i];
        }
    }
    io->n = n;
}

err ready_table(struct ctx *c, str unit, struct ready_table *out)
{
    struct ready_table t = {.districts =
                                arena_array_of(c->arena, struct ready_district, READY_DISTRICTS_MAX)};
    struct q_ready_items *items;
    int64_t *homes;
    size_t n;
    TRY(t.districts == NULL ? FAIL(LIMIT) : place_reach(c, &homes, &n));
    if (unit.n > 0) {
        TRY(one_of(c, unit, &homes, &n));
    }
    TRY(q_ready_items(c->db, c->arena, local_day(c->now_ms), &items, &t.items_n));
    t.items = items;
    TRY(names_find(c, &t));
    for (size_t at = 0; at < n; at += ID_LIST_MAX) {
        TRY(some_fill(c, &t, homes + at, n - at < ID_LIST_MAX ? n - at : ID_LIST_MAX));
    }
    if (n > 1) {
        begun_only(&t);
    }
    *out = t;
    return OK;
}

/* ---- what is said ---- */

static err said_check(struct ctx *c, const struct ready_table *t, const struct ready_said *s)
{
    bool found = false;
    for (size_t i = 0; i < t->items_n; i++) {
        found = found || (str_eq(t->items[i].item_code, s->item) && t->districts[0].cells[i].stated);
    }
    if (!found) {
        return fail_set(c->fail, ERR_INVALID, MSG_READY_ITEM_WRONG, "item");
    }
    if (!day_valid(s->day) || s->day > local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_INVALID, MSG_READY_DAY_WRONG, "day");
    }
    return s->met && s->evidence.n == 0
               ? fail_set(c->fail, ERR_INVALID, MSG_READY_EVIDENCE_MISSING, "evidence")
               : OK;
}

err ready_state(struct ctx *c, const struct ready_said *s)
{
    struct ready_table t;
    struct q_ready_top top;
    TRY(s->unit.n == 0 ? FAIL(NOT_FOUND) : ready_table(c, s->unit, &t));
    TRY(t.n == 1 ? said_check(c, &t, s) : FAIL(NOT_FOUND));
    const int64_t home = t.districts[0].id;
    TRY(q_ready_top(c->db, c->arena, home, s->item, &top));
    const struct q_ready_stated_add_in in = {.home = home,
                                             .item_code = s->item,
                                             .ready_no = top.top_n + 1,
                                             .met_flag = s->met,
                                             .stated_day = s->day,
                                             .evidence_text = s->evidence,
                                             .post_text = s->post,
                                             .made_by_id = SOME(c->actor.user_id),
                                             .made_ms = c->now_ms};
    TRY(q_ready_stated_add(c->db, &in, NULL));
    const str detail = arena_printf(c->arena, "item=%.*s met=%d", STR_F(s->item), s->met);
    return audit_add(c,
                     &(struct audit_entry){.event = S("readiness.stated"), .home = home, .detail = detail});
}
