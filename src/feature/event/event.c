/* event.c: finding events, and who may see and do what. */
#include "event.h"

#include <stdlib.h>

#include "account.h"
#include "case_scope.h"
#include "clock.h"
#include "event_inside.h"
#include "lang.h"
#include "msg.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { EVENT_KIND_NO = 3, FISCAL_MONTH = 7, YEAR_OF_DAY = 10000, MONTH_OF_DAY = 100, PUBLIC_MOST = 60 };

int64_t event_fiscal(int64_t day)
{
    const int64_t year = day / YEAR_OF_DAY;
    return day / MONTH_OF_DAY % MONTH_OF_DAY >= FISCAL_MONTH ? year : year - 1;
}

str event_some(str s)
{
    return s.n == 0 ? STR_NONE : s;
}

/* ---- reach ---- */

static bool home_in(const struct scope *s, int64_t home)
{
    for (size_t i = 0; i < s->homes_n; i++) {
        if (s->homes[i] == home) {
            return true;
        }
    }
    return false;
}

static err summoned_to(struct ctx *c, const struct q_event_get *row, int64_t body, bool *out)
{
    const struct q_event_summons_has_in in = {.home = row->home, .event_id = row->id, .body_id = body};
    struct q_event_summons_has there;
    const err e = q_event_summons_has(c->db, c->arena, &in, &there);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out = e.code == ERR_OK;
    return OK;
}

err event_reach(struct ctx *c, const struct q_event_get *row, bool *out)
{
    struct scope scope;
    TRY(scope_of(c, &scope));
    if (!home_in(&scope, row->home)) {
        *out = c->actor.role == ROLE_SYSTEM;
        return OK;
    }
    if (scope.desk != 0) { /* of a member on the rota of a desk */
        *out = row->desk_id.given && row->desk_id.v == scope.desk;
        return OK;
    }
    if (scope.office.given) {
        return summoned_to(c, row, scope.office.v, out);
    }
    /* What is held for the whole district is every tehsil's. */
    *out = !scope.tehsil.given || !row->tehsil_id.given || row->tehsil_id.v == scope.tehsil.v;
    return OK;
}

/* ---- finding ---- */

static err names_fill(struct ctx *c, struct event_view *v)
{
    struct q_place_by_id unit;
    str district;
    TRY(q_place_by_id(c->db, c->arena, v->row.unit_id, &unit));
    v->unit_code = unit.unit_code;
    v->unit_name = S("");
    if (c->writing) {
        return OK;
    }
    TRY(label_find(c, S("unit"), v->row.unit_id, &v->unit_name));
    if (v->row.unit_id == v->row.home) {
        return OK;
    }
    TRY(label_find(c, S("unit"), v->row.home, &district));
    return place_within(c, v->unit_name, district, &v->unit_name);
}

static err view_fill(struct ctx *c, int64_t home, int64_t id, struct event_view *v)
{
    TRY(q_event_get(c->db, c->arena, home, id, &v->row));
    v->subject = (struct subject){.kind = &event_kind, .home = home, .id = id};
    TRY(flow_now(c, &v->subject, &v->flow));
    v->state = (enum event_state)v->flow.flow_state;
    return names_fill(c, v);
}

err event_find_id(struct ctx *c, int64_t home, int64_t id, struct event_view *out)
{
    struct event_view v = {.state = EVENT_PLANNED};
    bool reached;
    TRY(view_fill(c, home, id, &v));
    TRY(event_reach(c, &v.row, &reached));
    if (!reached) {
        return FAIL(NOT_FOUND);
    }
    *out = v;
    return OK;
}

err event_find(struct ctx *c, str code, struct event_view *out)
{
    struct q_event_by_code at;
    TRY(q_event_by_code(c->db, c->arena, code, &at));
    return event_find_id(c, at.home, at.id, out);
}

err event_announced(struct ctx *c, str code, struct event_view *out)
{
    struct q_event_by_code at;
    struct event_view v = {.state = EVENT_PLANNED};
    TRY(q_event_by_code(c->db, c->arena, code, &at));
    TRY(view_fill(c, at.home, at.id, &v));
    if (v.row.announced_flag == 0) {
        return FAIL(NOT_FOUND);
    }
    *out = v;
    return OK;
}

/* ---- steps ---- */

bool event_may(const struct ctx *c, const struct event_view *v, enum event_action action)
{
    return flow_can(&event_kind, v->state, action, c->actor.role);
}

err event_recordable(struct ctx *c, const struct event_view *v)
{
    unsigned to;
    const err e = flow_next(&event_kind, v->state, EVENT_RECORD, FLOW_ANY_RESULT, c->actor.role, &to);
    return e.code == ERR_OK ? OK
                            : fail_set(c->fail, e.code,
                                       e.code == ERR_DENIED ? MSG_FLOW_NOT_YOURS : MSG_EVENT_NOT_OPEN, NULL);
}

err event_tally(struct ctx *c, int64_t home, int64_t day)
{
    const int64_t month = day / MONTH_OF_DAY;
    const struct q_event_tally_set_in in = {.home = home,
                                            .fact_month = month,
                                            .from_day = month * MONTH_OF_DAY,
                                            .to_day = (month + 1) * MONTH_OF_DAY - 1};
    return q_event_tally_set(c->db, &in, NULL);
}

err event_take(struct ctx *c, struct event_view *io, const struct flow_step_in *step, bool sealed)
{
    struct flow_step_in taken = *step;
    struct seal says;
    if (sealed) {
        TRY(event_seal(c, io->row.home, io->row.id, &says));
        taken.content = seal_text(&says);
    }
    TRY(flow_act(c, &io->subject, &io->flow, &taken));
    io->state = (enum event_state)io->flow.flow_state;
    const bool counts = step->action == EVENT_CLOSE || step->action == EVENT_REOPEN;
    return counts ? event_tally(c, io->row.home, io->row.event_day) : OK;
}

err event_step(struct ctx *c, struct event_view *io, enum event_action action, str detail, str words)
{
    const struct flow_step_in step = {
        .action = action, .detail = event_some(detail), .words = event_some(words), .inside = true};
    return event_take(c, io, &step, false);
}

err event_steps(struct ctx *c, const struct event_view *v, struct q_step_list **out, size_t *out_n)
{
    return flow_timeline(c, &v->subject, 0, CASE_STEPS_SHOWN, out, out_n);
}

/* ---- lists ---- */

static err tehsil_of(struct ctx *c, const struct event_filter *f, const struct scope *s, int64_t *out)
{
    struct q_place_by_code unit;
    struct opt_i64 tehsil;
    *out = s->tehsil.given ? s->tehsil.v : 0;
    if (f->unit.n == 0) {
        return OK;
    }
    TRY(place_find(c, f->unit, &unit));
    TRY(place_tehsil(c, unit.id, &tehsil));
    if (tehsil.given) {
        *out = s->tehsil.given && s->tehsil.v != tehsil.v ? -1 : tehsil.v;
    }
    return OK;
}

/* From this day to before that one. */
static void days_of(const struct event_filter *f, int64_t *from, int64_t *to)
{
    *from = f->from_day;
    *to = DAY_OPEN;
    if (f->month != 0) {
        *from = f->month * MONTH_OF_DAY;
        *to = *from + MONTH_OF_DAY;
    }
}

static int by_day(const void *pa, const void *pb)
{
    const struct q_event_list *a = pa;
    const struct q_event_list *b = pb;
    const int day = (a->event_day > b->event_day) - (a->event_day < b->event_day);
    return day != 0 ? day : (a->id > b->id) - (a->id < b->id);
}

/* Of more districts than one query takes: each query's first ones, put together. */
static err list_of_homes(struct ctx *c, const struct scope *scope, struct q_event_list_in *in,
                         struct q_event_list **out, size_t *out_n)
{
    const size_t parts = (scope->homes_n + ID_LIST_MAX - 1) / ID_LIST_MAX;
    struct q_event_list *all = arena_array_of(c->arena, struct q_event_list, parts * (size_t)in->limit + 1);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < scope->homes_n; at += ID_LIST_MAX) {
        struct q_event_list *rows;
        size_t n;
        in->homes = scope->homes + at;
        in->homes_n = scope->homes_n - at < ID_LIST_MAX ? scope->homes_n - at : ID_LIST_MAX;
        TRY(q_event_list(c->db, c->arena, in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            all[all_n++] = rows[i];
        }
    }
    qsort(all, all_n, sizeof *all, by_day);
    *out = all;
    *out_n = all_n < (size_t)in->limit ? all_n : (size_t)in->limit;
    return OK;
}

err event_list(struct ctx *c, const struct event_filter *f, struct q_event_list **out, size_t *out_n)
{
    struct scope scope;
    int64_t from;
    int64_t to;
    int64_t tehsil;
    TRY(scope_of(c, &scope));
    days_of(f, &from, &to);
    const err e = tehsil_of(c, f, &scope, &tehsil);
    if (e.code == ERR_NOT_FOUND || scope.homes_n == 0) {
        *out = NULL;
        *out_n = 0;
        return OK;
    }
    TRY(e);
    struct q_event_list_in in = {
        .from_day = from,
        .to_day = to,
        .kind_code = f->kind.n == 0 ? S("") : f->kind,
        .audience_is_code = f->audience.n == 0 ? S("") : f->audience,
        .tehsil_is_id = tehsil,
        .whole_is_no = f->unit.n == 0,
        .state_is_no = f->state.given ? f->state.v : -1,
        .desk_is_id = scope.desk,
        .body_is_id = scope.office.given ? scope.office.v : 0,
        .after_day = f->after_day,
        .after_id = f->after_id,
        .limit = f->limit == 0 ? EVENT_LIST_MAX : f->limit,
    };
    return list_of_homes(c, &scope, &in, out, out_n);
}

err event_list_public(struct ctx *c, int64_t home, struct q_event_public_list **out, size_t *out_n)
{
    const struct q_event_public_list_in in = {
        .home = home, .event_day = local_day(c->now_ms), .limit = PUBLIC_MOST};
    return q_event_public_list(c->db, c->arena, &in, out, out_n);
}

err event_summoned(struct ctx *c, const struct event_view *v, struct q_event_summons_list **out,
                   size_t *out_n)
{
    const struct q_event_summons_list_in in = {
        .lang_code = lang_table[c->lang].code, .home = v->row.home, .event_id = v->row.id};
    return q_event_summons_list(c->db, c->arena, &in, out, out_n);
}

err event_ties(struct ctx *c, const struct event_view *v, struct q_event_tie_list **out, size_t *out_n)
{
    return q_event_tie_list(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

err event_tied(struct ctx *c, const struct event_view *v, struct q_event_tied_list **out, size_t *out_n)
{
    return q_event_tied_list(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

err event_follow_ups(struct ctx *c, const struct event_view *v, struct q_event_follow_list **out,
                     size_t *out_n)
{
    return q_event_follow_list(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

err event_moves(struct ctx *c, const struct event_view *v, struct q_event_move_list **out, size_t *out_n)
{
    return q_event_move_list(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}
