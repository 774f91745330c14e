/* direction.c: giving a direction, finding it, listing it; what is done to it stands in direction_act.c. */
#include "direction.h"

#include <stdlib.h>

#include "buf.h"
#include "case_scope.h"
#include "clock.h"
#include "direction_inside.h"

enum { SEALED_MAX = 16 * 1024 };

/* ---- what it says ---- */

struct seal direction_seal(const struct q_direction_get *r)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    hashed_number(&b, r->home);
    hashed_number(&b, r->id);
    hashed_number(&b, r->event_id);
    hashed_number(&b, r->direction_no);
    hashed_text(&b, r->side_code);
    hashed_option(&b, r->body_id);
    hashed_text(&b, r->post_text);
    hashed_number(&b, r->vacant_flag);
    hashed_text(&b, r->horizon_code);
    hashed_text(&b, r->words_text);
    hashed_option(&b, r->case_id);
    hashed_option(&b, r->need_no);
    hashed_number(&b, r->due_day);
    hashed_number(&b, r->given_day);
    return seal_of(&b);
}

err direction_says(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct q_direction_get row;
    TRY(q_direction_get(c->db, c->arena, home, id, &row));
    *out = direction_seal(&row);
    return OK;
}

/* ---- giving one ---- */

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

err direction_office_settle(struct ctx *c, int64_t home, str code, int64_t *out)
{
    struct q_direction_office office;
    bool above = false;
    if (str_trim(code).n == 0) {
        return refuse(c, MSG_DIRECTION_OFFICE_MISSING, "office");
    }
    const err e = q_direction_office(c->db, c->arena, str_trim(code), local_day(c->now_ms), &office);
    if (e.code == ERR_NOT_FOUND) {
        return refuse(c, MSG_DIRECTION_OFFICE_UNKNOWN, "office");
    }
    TRY(e);
    if (!office.home.given) {
        TRY(place_lies_in(c, home, office.unit_id, &above));
    }
    if (!above && (!office.home.given || office.home.v != home)) {
        return refuse(c, MSG_DIRECTION_OFFICE_UNKNOWN, "office");
    }
    *out = office.id;
    return OK;
}

static err case_settle(struct ctx *c, const struct direction_new *n, struct q_direction_add_in *io,
                       int64_t *out_topic)
{
    struct case_view about;
    *out_topic = 0;
    io->case_id = n->case_id;
    if (n->about == NULL) {
        return OK;
    }
    const err e = case_find(c, n->about, &about);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && about.row.home != n->home)) {
        return refuse(c, MSG_DIRECTION_CASE_UNKNOWN, "case");
    }
    TRY(e);
    io->case_id = SOME(about.row.id);
    *out_topic = about.row.service_id;
    return OK;
}

err direction_day_check(struct ctx *c, int64_t day)
{
    const int64_t today = local_day(c->now_ms);
    if (!day_valid(day) || day < today || days_between(today, day) > DIRECTION_DAYS_MAX) {
        return refuse(c, MSG_DIRECTION_DAY_WRONG, "due_day");
    }
    return OK;
}

static err told_check(struct ctx *c, const struct direction_new *n)
{
    if (case_word_of(direction_side_words, DIRECTION_side_n, n->side) == MSG_NONE) {
        return refuse(c, MSG_DIRECTION_SIDE_MISSING, "side");
    }
    if (case_word_of(direction_horizon_words, DIRECTION_horizon_n, n->horizon) == MSG_NONE) {
        return refuse(c, MSG_DIRECTION_HORIZON_MISSING, "horizon");
    }
    if (str_trim(n->post).n == 0) {
        return refuse(c, MSG_DIRECTION_POST_MISSING, "post");
    }
    if (str_trim(n->words).n == 0) {
        return refuse(c, MSG_DIRECTION_WORDS_MISSING, "words");
    }
    return direction_day_check(c, n->due_day);
}

static err row_settle(struct ctx *c, const struct direction_new *n, struct q_direction_add_in *out,
                      int64_t *out_topic)
{
    struct q_direction_last_no last;
    TRY(q_direction_last_no(c->db, c->arena, n->home, n->event_id, &last));
    if (last.last_no >= DIRECTION_NO_MAX) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_DIRECTION_ENOUGH, "words");
    }
    *out = (struct q_direction_add_in){
        .home = n->home,
        .id = id_next(c),
        .event_id = n->event_id,
        .direction_no = last.last_no + 1,
        .side_code = n->side,
        .post_text = str_trim(n->post),
        .horizon_code = n->horizon,
        .words_text = str_trim(n->words),
        .need_no = n->need_no != 0 ? SOME(n->need_no) : NONE_I64,
        .due_day = n->due_day,
        .given_day = local_day(c->now_ms),
    };
    if (str_eq(n->side, S("official"))) {
        int64_t office = n->office_id.v;
        if (!n->office_id.given) {
            TRY(direction_office_settle(c, n->home, n->office, &office));
        }
        out->body_id = SOME(office);
        out->vacant_flag = n->vacant;
    }
    return case_settle(c, n, out, out_topic);
}

static err flow_begin(struct ctx *c, const struct direction_new *n, const struct q_direction_add_in *row,
                      int64_t topic)
{
    const struct subject s = {.kind = &direction_kind, .home = row->home, .id = row->id};
    const struct promise promise = {
        .from_ms = c->now_ms, .days = days_between(row->given_day, row->due_day), .basis = S("event")};
    struct seal says;
    const struct q_flow_get facets = {.office_id = row->body_id,
                                      .unit_id = n->unit_id,
                                      .tehsil_id = n->tehsil_id,
                                      .topic_id = topic,
                                      .due_ms = due_at(promise.from_ms, promise.days)};
    TRY(direction_says(c, row->home, row->id, &says));
    const struct flow_step_in step = {.action = DIRECTION_GIVE,
                                      .via = STR_NONE,
                                      .detail = row->vacant_flag != 0 ? S("vacant") : STR_NONE,
                                      .reason = STR_NONE,
                                      .words = STR_NONE,
                                      .content = seal_text(&says)};
    int64_t due;
    TRY(flow_start(c, &s, DIRECTION_GIVEN, &facets, &step));
    TRY(clock_start(c, &s, DIRECTION_CLOCK, &promise, &due));
    if (row->body_id.given) {
        TRY(flow_assign(c, &s, 1, row->body_id.v, NONE_I64));
    }
    return flow_news(c, &s, S("direction.given"));
}

err direction_give(struct ctx *c, const struct direction_new *n, int64_t *out_no)
{
    struct q_direction_add_in row = {0};
    int64_t topic = 0;
    const enum role r = c->actor.role;
    if (r != ROLE_DESK && r != ROLE_SUPERVISOR && r != ROLE_ADC) {
        return fail_set(c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    TRY(told_check(c, n));
    TRY(row_settle(c, n, &row, &topic));
    TRY(q_direction_add(c->db, &row, NULL));
    TRY(flow_begin(c, n, &row, topic));
    *out_no = row.direction_no;
    return OK;
}

/* ---- finding ---- */

static bool is(struct opt_i64 a, int64_t b)
{
    return a.given && a.v == b;
}

static err reaches(struct ctx *c, const struct direction_view *v, bool *out)
{
    struct scope s;
    bool home = false;
    TRY(scope_of(c, &s));
    for (size_t i = 0; i < s.homes_n; i++) {
        home = home || s.homes[i] == v->row.home;
    }
    /* As with events: what was held for the whole district is every tehsil's. */
    *out = home && (!s.tehsil.given || !v->row.tehsil_id.given || is(v->row.tehsil_id, s.tehsil.v)) &&
           (!s.office.given || is(v->flow.office_id, s.office.v));
    return OK;
}

/* The case it is about, for those who reach that too. */
static err case_fill(struct ctx *c, struct direction_view *v)
{
    struct q_case_get row;
    struct q_flow_get flow;
    bool reached;
    v->case_ref = S("");
    if (!v->row.case_id.given || c->writing) {
        return OK;
    }
    const struct subject s = {.kind = &complaint_kind, .home = v->row.home, .id = v->row.case_id.v};
    TRY(q_case_get(c->db, c->arena, s.home, s.id, &row));
    TRY(flow_now(c, &s, &flow));
    TRY(scope_reaches(c, &row, &flow, &reached));
    if (reached) {
        v->case_ref = row.ref_code;
    }
    return OK;
}

err direction_view_of(struct ctx *c, int64_t home, int64_t id, struct direction_view *out)
{
    struct direction_view v = {.office_name = S("")};
    bool reached;
    TRY(q_direction_get(c->db, c->arena, home, id, &v.row));
    v.subject = (struct subject){.kind = &direction_kind, .home = home, .id = id};
    TRY(flow_now(c, &v.subject, &v.flow));
    v.state = (unsigned)v.flow.flow_state;
    v.late = flow_open(&direction_kind, v.state) && v.flow.due_ms < c->now_ms;
    TRY(reaches(c, &v, &reached));
    if (!reached) {
        return FAIL(NOT_FOUND);
    }
    v.number = arena_printf(c->arena, "%.*s/%d", STR_F(v.row.event_code), (int)v.row.direction_no);
    if (v.row.body_id.given && !c->writing) {
        TRY(label_find(c, S("body"), v.row.body_id.v, &v.office_name));
    }
    TRY(case_fill(c, &v));
    *out = v;
    return OK;
}

err direction_find(struct ctx *c, str event_code, int64_t no, struct direction_view *out)
{
    struct q_direction_at at;
    TRY(q_direction_at(c->db, c->arena, event_code, no, &at));
    return direction_view_of(c, at.home, at.id, out);
}

/* Those in reach of some; `ids` of one district. */
static err views_of(struct ctx *c, int64_t home, const int64_t *ids, size_t n, struct direction_view **out,
                    size_t *out_n)
{
    struct direction_view *all = arena_array_of(c->arena, struct direction_view, n + 1);
    size_t kept = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const err e = direction_view_of(c, home, ids[i], &all[kept]);
        if (e.code == ERR_OK) {
            kept++;
        } else if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    *out = all;
    *out_n = kept;
    return OK;
}

err direction_of_event(struct ctx *c, int64_t home, int64_t event_id, struct direction_view **out,
                       size_t *out_n)
{
    struct q_direction_ids_of_event *rows;
    size_t n;
    TRY(q_direction_ids_of_event(c->db, c->arena, home, event_id, &rows, &n));
    int64_t *ids = arena_array_of(c->arena, int64_t, n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].id;
    }
    return views_of(c, home, ids, n, out, out_n);
}

err direction_of_case(struct ctx *c, int64_t home, int64_t case_id, struct direction_view **out,
                      size_t *out_n)
{
    struct q_direction_ids_of_case *rows;
    size_t n;
    TRY(q_direction_ids_of_case(c->db, c->arena, home, case_id, &rows, &n));
    int64_t *ids = arena_array_of(c->arena, int64_t, n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].id;
    }
    return views_of(c, home, ids, n, out, out_n);
}

/* ---- lists ---- */

/* An office that is unknown finds nothing: *out is then -1. */
static err office_asked(struct ctx *c, const struct scope *s, str code, int64_t *out)
{
    struct q_direction_office office;
    *out = s->office.given ? s->office.v : 0;
    if (code.n == 0) {
        return OK;
    }
    const err e = q_direction_office(c->db, c->arena, code, local_day(c->now_ms), &office);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const bool hers = e.code == ERR_OK && (*out == 0 || *out == office.id);
    *out = hers ? office.id : -1;
    return OK;
}

static int by_due(const void *pa, const void *pb)
{
    const struct q_direction_list_ids *a = pa;
    const struct q_direction_list_ids *b = pb;
    const int due = (a->due_ms > b->due_ms) - (a->due_ms < b->due_ms);
    return due != 0 ? due : (a->subject_id > b->subject_id) - (a->subject_id < b->subject_id);
}

/* Of more districts than one query takes: each query's first ones, put together. */
static err list_of_homes(struct ctx *c, const struct scope *s, struct q_direction_list_ids_in *in,
                         struct q_direction_list_ids **out, size_t *out_n)
{
    const size_t parts = s->homes_n / ID_LIST_MAX + 1;
    struct q_direction_list_ids *all =
        arena_array_of(c->arena, struct q_direction_list_ids, parts * (size_t)in->limit + 1);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < s->homes_n; at += ID_LIST_MAX) {
        struct q_direction_list_ids *rows;
        size_t n;
        in->homes = s->homes + at;
        in->homes_n = s->homes_n - at < ID_LIST_MAX ? s->homes_n - at : ID_LIST_MAX;
        TRY(q_direction_list_ids(c->db, c->arena, in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            all[all_n++] = rows[i];
        }
    }
    qsort(all, all_n, sizeof *all, by_due);
    *out = all;
    *out_n = all_n < (size_t)in->limit ? all_n : (size_t)in->limit;
    return OK;
}

err direction_list(struct ctx *c, const struct direction_filter *f, struct direction_view **out,
                   size_t *out_n, bool *out_more)
{
    struct scope s;
    struct q_direction_list_ids *rows;
    size_t n;
    int64_t office;
    TRY(scope_of(c, &s));
    TRY(office_asked(c, &s, f->office, &office));
    const int64_t limit = f->limit > 0 && f->limit < DIRECTION_LIST_MAX ? f->limit : DIRECTION_LIST_MAX;
    struct q_direction_list_ids_in in = {.open_flag = f->all ? NONE_I64 : SOME(1),
                                         .now_ms = f->late ? SOME(c->now_ms) : NONE_I64,
                                         .horizon_code = f->horizon.n > 0 ? f->horizon : STR_NONE,
                                         .flow_state = f->state >= 0 ? SOME(f->state) : NONE_I64,
                                         .office_id = office,
                                         .tehsil_id = s.tehsil.given ? s.tehsil.v : 0,
                                         .after_due_ms = f->after_due_ms,
                                         .after_id = f->after_id,
                                         .limit = limit + 1};
    TRY(list_of_homes(c, &s, &in, &rows, &n));
    *out_more = n > (size_t)limit;
    n = *out_more ? (size_t)limit : n;
    struct direction_view *all = arena_array_of(c->arena, struct direction_view, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(direction_view_of(c, rows[i].home, rows[i].subject_id, &all[i]));
    }
    *out = all;
    *out_n = n;
    return OK;
}

err direction_count(struct ctx *c, int64_t most, int64_t *out_late, int64_t *out_open)
{
    struct scope s;
    int64_t late = 0, open = 0;
    TRY(scope_of(c, &s));
    for (size_t i = 0; i < s.homes_n; i++) {
        struct q_direction_count_some row;
        const struct q_direction_count_some_in in = {.home = s.homes[i],
                                                     .now_ms = c->now_ms,
                                                     .office_id = s.office.given ? s.office.v : 0,
                                                     .tehsil_id = s.tehsil.given ? s.tehsil.v : 0,
                                                     .limit = most};
        TRY(q_direction_count_some(c->db, c->arena, &in, &row));
        late += row.late_n;
        open += row.open_n;
    }
    *out_late = late;
    *out_open = open;
    return OK;
}

err direction_timeline(struct ctx *c, const struct direction_view *v, struct q_step_list **out, size_t *out_n)
{
    return flow_timeline(c, &v->subject, 0, CASE_STEPS_SHOWN, out, out_n);
}
