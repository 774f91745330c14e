/* event_plan.c: planning an event, and what changes a plan. */
#include "clock.h"
#include "curriculum.h"
#include "event_inside.h"
#include "fold.h"
#include "lang.h"
#include "msg.h"
#include "random.h"
#include "vault.h"

enum { EVENT_NUMBER_MAX = 999, CONTENT_MAX = 64 * 1024 };

/* ---- where and when ---- */

static err hours_check(struct ctx *c, const struct event_place *at)
{
    if (!day_valid(at->day)) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_DAY_WRONG, "day");
    }
    if (at->from_min < 0 || at->to_min > EVENT_MINUTES || at->from_min >= at->to_min) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_HOURS_WRONG, "to");
    }
    if (!at->female_from.given && !at->female_to.given) {
        return OK;
    }
    const bool inside = at->female_from.given && at->female_to.given && at->female_from.v < at->female_to.v &&
                        at->female_from.v >= at->from_min && at->female_to.v <= at->to_min;
    return inside ? OK : fail_set(c->fail, ERR_INVALID, MSG_EVENT_FEMALE_HOURS_WRONG, "female_from");
}

err event_where(struct ctx *c, const struct event_place *at, struct event_where *out)
{
    const err e = place_find(c, at->unit, &out->unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !out->unit.district_id.given)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(e);
    if (c->actor.home != out->unit.district_id.v) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    TRY(place_tehsil(c, out->unit.id, &out->tehsil));
    return hours_check(c, at);
}

err event_alone(struct ctx *c, int64_t home, int64_t self, str kind, const struct event_place *at,
                int64_t unit)
{
    struct q_event_same_day *rows;
    size_t n;
    str venue;
    const struct q_event_same_day_in in = {.home = home, .event_day = at->day, .event_kind_code = kind};
    TRY(fold(c->arena, at->venue, &venue));
    TRY(q_event_same_day(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        str other;
        TRY(fold(c->arena, rows[i].venue_text, &other));
        if (rows[i].id != self && rows[i].unit_id == unit && str_eq(other, venue)) {
            c->fail->args[0] = (struct fail_arg){"code", rows[i].event_code};
            return fail_set(c->fail, ERR_CONFLICT, MSG_EVENT_TWICE, "again");
        }
    }
    return OK;
}

/* ---- planning ---- */

/* The one that is followed up by `self` (0: a new one): here, in the same place, and not cancelled. */
static err parent_find(struct ctx *c, str code, int64_t home, int64_t unit, int64_t self, struct opt_i64 *out)
{
    struct event_view parent;
    *out = NONE_I64;
    if (code.n == 0) {
        return OK;
    }
    const err e = event_find(c, code, &parent);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && parent.state == EVENT_CANCELLED)) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_UNKNOWN, "parent");
    }
    TRY(e);
    const bool round = self != 0 && (parent.row.id == self || parent.row.parent_id.v == self);
    if (round) { /* two that follow each other up answer nothing */
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_UNKNOWN, "parent");
    }
    if (parent.row.home != home || parent.row.unit_id != unit) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_PARENT_ELSEWHERE, "parent");
    }
    *out = SOME(parent.row.id);
    return OK;
}

static err plan_check(struct ctx *c, const struct event_new *n)
{
    if (n->plan.n == 0 && n->why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_WHY_MISSING, "why");
    }
    return OK;
}

static err number_next(struct ctx *c, int64_t home, int64_t fiscal, int64_t *out_no, str *out_code)
{
    struct q_event_last_no last;
    struct q_place_by_id district;
    TRY(q_event_last_no(c->db, c->arena, home, fiscal, &last));
    TRY(q_place_by_id(c->db, c->arena, home, &district));
    if (last.last_no >= EVENT_NUMBER_MAX) {
        return fail_log(c->fail, ERR_LIMIT, "%d events in one fiscal year", EVENT_NUMBER_MAX);
    }
    *out_no = last.last_no + 1;
    *out_code = arena_printf(c->arena, "EDS-%.*s-%d-%02d-%03d", STR_F(district.unit_code), (int)fiscal,
                             (int)((fiscal + 1) % 100), (int)*out_no);
    return OK;
}

static struct q_event_add_in row_of(const struct ctx *c, const struct event_new *n,
                                    const struct event_where *where)
{
    return (struct q_event_add_in){
        .home = where->unit.district_id.v,
        .event_kind_code = n->kind,
        .audience_code = n->audience,
        .series_text = event_some(n->series),
        .title_text = n->title.n == 0 ? S("") : n->title,
        .unit_id = where->unit.id,
        .tehsil_id = where->tehsil,
        .venue_text = n->at.venue.n == 0 ? S("") : n->at.venue,
        .venue_kind_code = n->at.venue_kind,
        .event_day = n->at.day,
        .from_min_n = n->at.from_min,
        .to_min_n = n->at.to_min,
        .female_from_n = n->at.female_from,
        .female_to_n = n->at.female_to,
        .seating_code = n->seating.n == 0 ? S("not_stated") : n->seating,
        .transport_flag = n->transport,
        .childcare_flag = n->childcare,
        .purdah_flag = n->purdah,
        .female_staff_n = n->female_staff,
        .room_n = n->room,
        .chair_text = n->chair.n == 0 ? S("") : n->chair,
        .spoken_code = event_some(n->spoken),
        .desk_id = c->actor.role == ROLE_DESK ? SOME(c->actor.office_id) : NONE_I64,
        .plan_text = event_some(n->plan),
        .why_text = event_some(n->why),
        .curriculum_text = event_some(n->curriculum),
        .source_code = n->imported ? S("imported") : S("here"),
        .address_flag = n->address_public,
        .changed_ms = c->now_ms,
        .created_by_id = c->actor.user_id == 0 ? NONE_I64 : SOME(c->actor.user_id),
        .created_ms = c->now_ms,
    };
}

/* The first entry of its timeline. */
static err flow_begin(struct ctx *c, const struct q_event_add_in *row)
{
    struct seal says;
    const struct subject s = {.kind = &event_kind, .home = row->home, .id = row->id};
    const struct q_flow_get facets = {
        .unit_id = row->unit_id,
        .tehsil_id = row->tehsil_id,
        .topic_id = 0,
        .due_ms = day_at_ms(row->event_day, (int)(row->from_min_n / 60), (int)(row->from_min_n % 60))};
    TRY(event_seal(c, row->home, row->id, &says));
    const struct flow_step_in step = {.action = EVENT_PLAN, .content = seal_text(&says), .inside = true};
    return flow_start(c, &s, EVENT_PLANNED, &facets, &step);
}

/* All that was planned, so that the same record with anything else in it is seen; keyed, as all hashes are.
 */
static str content_of(struct ctx *c, const struct event_new *n)
{
    const str texts[] = {n->at.unit, n->at.venue,   n->at.venue_kind, n->kind,     n->audience, n->series,
                         n->title,   n->seating,    n->chair,         n->spoken,   n->plan,     n->why,
                         n->taught,  n->curriculum, n->parent,        n->summoned, n->ties};
    const int64_t numbers[] = {n->at.day,    n->at.from_min, n->at.to_min,      n->transport,
                               n->childcare, n->purdah,      n->address_public, n->female_staff};
    uint8_t hash[BLIND_LEN];
    char hex[2 * BLIND_LEN];
    SCOPED(buf_free) struct buf b = buf_new(CONTENT_MAX);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        hashed_text(&b, texts[i].n == 0 ? S("") : texts[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        hashed_number(&b, numbers[i]);
    }
    hashed_option(&b, n->at.female_from);
    hashed_option(&b, n->at.female_to);
    hashed_option(&b, n->room);
    vault_blind(store_vault(c->store), S("event_record"), buf_str(&b), hash);
    hex_of(hash, sizeof hash, hex);
    return arena_str(c->arena, (str){hex, sizeof hex});
}

/* What a device planned before under this record; NOT_FOUND: nothing. */
static err planned_before(struct ctx *c, int64_t home, str record, str content, str *out_code)
{
    struct q_event_by_record row;
    TRY(q_event_by_record(c->db, c->arena, home, record, &row));
    if (!str_eq(row.content_code, content)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_DAY_RECORD_OTHER, "record");
    }
    *out_code = row.event_code;
    return OK;
}

err event_plan(struct ctx *c, const struct event_new *n, str *out_code)
{
    struct event_where where;
    struct event_view v;
    struct q_event_lines line;
    bool of_line;
    str code;
    TRY(event_where(c, &n->at, &where));
    TRY(plan_check(c, n));
    const int64_t home = where.unit.district_id.v;
    const str content = n->record.n > 0 ? content_of(c, n) : STR_NONE;
    if (n->record.n > 0) {
        const err e = planned_before(c, home, n->record, content, out_code);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    if (!n->again) {
        TRY(event_alone(c, home, 0, n->kind, &n->at, where.unit.id));
    }
    struct q_event_add_in row = row_of(c, n, &where);
    TRY(event_line_find(c, home, n->at.day, n->plan, &line, &of_line));
    TRY(parent_find(c, n->parent, home, where.unit.id, 0, &row.parent_id));
    TRY(curriculum_pick(c, home, n->at.day, n->taught, &row.curriculum_no, &row.curriculum_version_no));
    row.fiscal_no = event_fiscal(n->at.day);
    TRY(number_next(c, home, row.fiscal_no, &row.event_no, &code));
    row.event_code = code;
    row.record_code = event_some(n->record);
    row.content_code = content;
    row.id = id_next(c);
    TRY(vault_key_take(c, &row.key_no));
    TRY(q_event_add(c->db, &row, NULL));
    TRY(flow_begin(c, &row));
    TRY(event_find_id(c, home, row.id, &v));
    TRY(event_summons_write(c, &v, n->summoned));
    TRY(event_ties_write(c, &v, n->ties));
    TRY(of_line ? event_line_keep(c, home, row.id, &line) : OK);
    *out_code = code;
    return OK;
}

/* ---- changing a plan ---- */

/* The number of the .ics file goes up with what was announced. */
static int64_t next_sequence(const struct event_view *v)
{
    return v->row.announced_flag == 1 ? v->row.sequence_no + 1 : v->row.sequence_no;
}

/* Another line than it said so far, or none; what somebody tied it to by hand stays. */
static err line_change(struct ctx *c, const struct event_view *v, str words)
{
    struct q_event_lines line;
    bool of_line;
    bool was_line;
    if (str_eq(v->row.plan_text, words) || (v->row.plan_text.n == 0 && words.n == 0)) {
        return OK; /* also when its line has ended since */
    }
    TRY(event_line_find(c, v->row.home, v->row.event_day, words, &line, &of_line));
    TRY(event_line_means(c, v->row.plan_text, &was_line));
    if (of_line) {
        return event_line_keep(c, v->row.home, v->row.id, &line);
    }
    if (!was_line) {
        return OK;
    }
    TRY(q_event_line_drop(c->db, v->row.home, v->row.id, NULL));
    return event_line_record(c, v->row.home, v->row.id);
}

err event_amend(struct ctx *c, str code, const struct event_new *n)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    TRY(plan_check(c, n));
    TRY(line_change(c, &v, n->plan));
    struct opt_i64 taught = v.row.curriculum_no;
    struct opt_i64 version = v.row.curriculum_version_no;
    if (!str_eq(curriculum_code(c->arena, taught, version), n->taught)) { /* what it follows may go on */
        TRY(curriculum_pick(c, v.row.home, v.row.event_day, n->taught, &taught, &version));
    }
    const struct q_event_set_in row = {
        .event_kind_code = n->kind,
        .audience_code = n->audience,
        .series_text = event_some(n->series),
        .title_text = n->title.n == 0 ? S("") : n->title,
        .seating_code = n->seating.n == 0 ? S("not_stated") : n->seating,
        .transport_flag = n->transport,
        .childcare_flag = n->childcare,
        .purdah_flag = n->purdah,
        .female_staff_n = n->female_staff,
        .room_n = n->room,
        .chair_text = n->chair.n == 0 ? S("") : n->chair,
        .spoken_code = event_some(n->spoken),
        .plan_text = event_some(n->plan),
        .why_text = event_some(n->why),
        .curriculum_no = taught,
        .curriculum_version_no = version,
        .curriculum_text = event_some(n->curriculum),
        .address_flag = n->address_public,
        .sequence_no = next_sequence(&v),
        .changed_ms = c->now_ms,
        .home = v.row.home,
        .id = v.row.id,
    };
    TRY(q_event_set(c->db, &row, NULL));
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_AMEND, .inside = true}, true);
}

static err parent_change(struct ctx *c, const struct event_view *v, str code)
{
    struct opt_i64 parent;
    struct q_event_answers_some answered;
    TRY(parent_find(c, code, v->row.home, v->row.unit_id, v->row.id, &parent));
    const bool same =
        parent.given == v->row.parent_id.given && (!parent.given || parent.v == v->row.parent_id.v);
    if (same) {
        return OK;
    }
    TRY(q_event_answers_some(c->db, c->arena, v->row.home, v->row.id, &answered));
    if (answered.answers_n > 0) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EVENT_PARENT_ANSWERED, "parent");
    }
    const struct q_event_set_parent_in row = {
        .parent_id = parent, .changed_ms = c->now_ms, .home = v->row.home, .id = v->row.id};
    return q_event_set_parent(c->db, &row, NULL);
}

err event_tie(struct ctx *c, str code, str ties, str parent)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    TRY(parent_change(c, &v, parent));
    TRY(q_event_tie_clear(c->db, v.row.home, v.row.id, NULL));
    TRY(event_ties_write(c, &v, ties));
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_TIE, .inside = true}, true);
}

/* Where it was to be until now. */
static err moved_from(struct ctx *c, const struct event_view *v, str why)
{
    struct q_event_move_list *rows;
    size_t n;
    TRY(event_moves(c, v, &rows, &n));
    const struct q_event_move_add_in row = {
        .home = v->row.home,
        .event_id = v->row.id,
        .move_no = (int64_t)n + 1,
        .event_day = v->row.event_day,
        .from_min_n = v->row.from_min_n,
        .to_min_n = v->row.to_min_n,
        .unit_id = v->row.unit_id,
        .venue_text = v->row.venue_text,
        .why_text = why,
        .moved_ms = c->now_ms,
    };
    return q_event_move_add(c->db, &row, NULL);
}

err event_move(struct ctx *c, str code, const struct event_place *at, str why, bool again)
{
    struct event_view v;
    struct event_where where;
    TRY(event_find(c, code, &v));
    if (why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_MOVE_WHY_MISSING, "why");
    }
    TRY(event_where(c, at, &where));
    if (v.row.parent_id.given && where.unit.id != v.row.unit_id) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_PARENT_ELSEWHERE, "unit");
    }
    if (!again) {
        TRY(event_alone(c, v.row.home, v.row.id, v.row.event_kind_code, at, where.unit.id));
    }
    TRY(moved_from(c, &v, why));
    const struct q_event_set_place_in row = {
        .unit_id = where.unit.id,
        .tehsil_id = where.tehsil,
        .venue_text = at->venue.n == 0 ? S("") : at->venue,
        .venue_kind_code = at->venue_kind,
        .event_day = at->day,
        .from_min_n = at->from_min,
        .to_min_n = at->to_min,
        .female_from_n = at->female_from,
        .female_to_n = at->female_to,
        .sequence_no = next_sequence(&v),
        .changed_ms = c->now_ms,
        .home = v.row.home,
        .id = v.row.id,
    };
    TRY(q_event_set_place(c->db, &row, NULL));
    v.flow.unit_id = where.unit.id;
    v.flow.tehsil_id = where.tehsil;
    v.flow.due_ms = day_at_ms(at->day, (int)(at->from_min / 60), (int)(at->from_min % 60));
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_MOVE, .words = why, .inside = true},
                      true);
}

static err announced_set(struct ctx *c, const struct event_view *v, bool on)
{
    const struct q_event_set_announced_in row = {.announced_flag = on,
                                                 .sequence_no = next_sequence(v),
                                                 .changed_ms = c->now_ms,
                                                 .home = v->row.home,
                                                 .id = v->row.id};
    return q_event_set_announced(c->db, &row, NULL);
}

err event_cancel(struct ctx *c, str code, str why)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    if (why.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVENT_CANCEL_WHY_MISSING, "why");
    }
    /* Whoever has the invitation is told by the same file, one number on. */
    TRY(announced_set(c, &v, v.row.announced_flag == 1));
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_CANCEL, .words = why, .inside = true},
                      true);
}

err event_announce(struct ctx *c, str code, bool on)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    TRY(announced_set(c, &v, on));
    return event_take(
        c, &v, &(struct flow_step_in){.action = on ? EVENT_ANNOUNCE : EVENT_HIDE, .inside = true}, true);
}

err event_open(struct ctx *c, str code)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    if (v.row.event_day > local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_EVENT_NOT_YET, "do");
    }
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_BEGIN, .inside = true}, false);
}
