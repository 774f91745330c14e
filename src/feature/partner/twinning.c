/* twinning.c: host and partner, what they exchange, what they can do before and after. */
#include "case_scope.h"
#include "clock.h"
#include "msg.h"
#include "partner_inside.h"
#include "place.h"

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

static err told_check(struct ctx *c, const struct twinning_new *n)
{
    if (n->partner.n == 0 && str_trim(n->partner_name).n == 0) {
        return refuse(c, MSG_PARTNER_PARTNER_MISSING, "partner_name");
    }
    if (n->partner.n > 0 && str_trim(n->partner_name).n > 0) {
        return refuse(c, MSG_PARTNER_ONE_OF_BOTH, "partner_name");
    }
    if (str_trim(n->goals).n == 0) {
        return refuse(c, MSG_PARTNER_GOALS_MISSING, "goals");
    }
    if (!day_valid(n->from_day) || !day_valid(n->to_day) || n->from_day > n->to_day) {
        return refuse(c, MSG_PARTNER_DAYS_WRONG, "to_day");
    }
    return OK;
}

err twinning_make(struct ctx *c, const struct twinning_new *n, str *out_code)
{
    struct q_twinning_last_no last;
    int64_t partner = 0;
    const int64_t home = c->actor.home;
    TRY(partner_plans(c, home));
    TRY(told_check(c, n));
    TRY(q_twinning_last_no(c->db, c->arena, home, &last));
    struct q_twinning_add_in row = {
        .home = home,
        .id = id_next(c),
        .twinning_no = last.last_no + 1,
        .partner_text = n->partner.n > 0 ? S("") : str_trim(n->partner_name),
        .goals_text = str_trim(n->goals),
        .plan_text = n->plan.n == 0 ? S("") : str_trim(n->plan),
        .from_day = n->from_day,
        .to_day = n->to_day,
        .created_by_id = SOME(c->actor.user_id),
        .created_ms = c->now_ms,
    };
    TRY(partner_office(c, n->host, home, OFFICE_HOST, &row.host_id));
    if (n->partner.n > 0) {
        TRY(partner_office(c, n->partner, 0, OFFICE_PARTNER, &partner));
        row.partner_id = SOME(partner);
    }
    if (partner == row.host_id) {
        return refuse(c, MSG_PARTNER_ITSELF, "partner");
    }
    TRY(partner_code(c, S("TW"), home, row.twinning_no, &row.twinning_code));
    TRY(q_twinning_add(c->db, &row, NULL));
    *out_code = row.twinning_code;
    return partner_audit(c, home, row.id, S("twinning.made"), row.twinning_code);
}

/* Labels are not asked for in a write job. */
static err names_fill(struct ctx *c, struct twinning_view *v)
{
    v->host_name = S("");
    v->partner_name = v->row.partner_text;
    if (c->writing) {
        return OK;
    }
    TRY(label_find(c, S("body"), v->row.host_id, &v->host_name));
    return v->row.partner_id.given ? label_find(c, S("body"), v->row.partner_id.v, &v->partner_name) : OK;
}

err twinning_find(struct ctx *c, str code, struct twinning_view *out)
{
    struct twinning_view v;
    bool reached;
    TRY(q_twinning_get(c->db, c->arena, code, &v.row));
    TRY(partner_reaches(c, v.row.home, &reached));
    if (!reached) {
        return FAIL(NOT_FOUND);
    }
    TRY(names_fill(c, &v));
    *out = v;
    return OK;
}

err twinning_all(struct ctx *c, struct twinning_view **out, size_t *out_n)
{
    struct scope s;
    struct q_twinning_get *rows;
    size_t n;
    struct twinning_view *v = arena_array_of(c->arena, struct twinning_view, PARTNER_LIST_MAX);
    size_t all = 0;
    if (v == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(c, &s));
    for (size_t at = 0; at < s.homes_n; at += ID_LIST_MAX) {
        const size_t part = s.homes_n - at < ID_LIST_MAX ? s.homes_n - at : ID_LIST_MAX;
        TRY(q_twinning_list(c->db, c->arena, s.homes + at, part, &rows, &n));
        for (size_t i = 0; i < n && all < PARTNER_LIST_MAX; i++) {
            v[all].row = rows[i];
            TRY(names_fill(c, &v[all++]));
        }
    }
    *out = v;
    *out_n = all;
    return OK;
}

/* ---- exchanges ---- */

static err mine(struct ctx *c, str code, struct twinning_view *out)
{
    TRY(twinning_find(c, code, out));
    return partner_plans(c, out->row.home);
}

err twinning_exchange(struct ctx *c, str code, int64_t day, str words)
{
    struct twinning_view v;
    struct q_twinning_exchange_last last;
    TRY(mine(c, code, &v));
    if (!day_valid(day)) {
        return refuse(c, MSG_PARTNER_DAYS_WRONG, "planned");
    }
    if (str_trim(words).n == 0) {
        return refuse(c, MSG_PARTNER_WHAT_MISSING, "what");
    }
    TRY(q_twinning_exchange_last(c->db, c->arena, v.row.home, v.row.id, &last));
    if (last.last_no >= PARTNER_EXCHANGES_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_twinning_exchange_add_in row = {.home = v.row.home,
                                                   .twinning_id = v.row.id,
                                                   .exchange_no = last.last_no + 1,
                                                   .planned_day = day,
                                                   .words_text = str_trim(words)};
    TRY(q_twinning_exchange_add(c->db, &row, NULL));
    return partner_audit(c, v.row.home, v.row.id, S("twinning.exchange"), v.row.twinning_code);
}

err twinning_held(struct ctx *c, str code, int64_t no, str event)
{
    struct twinning_view v;
    struct event_view at;
    int64_t changed = 0;
    TRY(mine(c, code, &v));
    const err e = event_find(c, event, &at);
    const bool fits = e.code == ERR_OK && at.row.home == v.row.home &&
                      str_eq(at.row.event_kind_code, S("exchange")) && at.state != EVENT_CANCELLED;
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (!fits) {
        return refuse(c, MSG_PARTNER_EVENT_UNKNOWN, "event");
    }
    const struct q_twinning_exchange_held_in in = {
        .event_id = SOME(at.row.id), .home = v.row.home, .twinning_id = v.row.id, .exchange_no = no};
    TRY(q_twinning_exchange_held(c->db, &in, &changed));
    if (changed == 0) {
        return refuse(c, MSG_PARTNER_EXCHANGE_UNKNOWN, "no");
    }
    return partner_audit(c, v.row.home, v.row.id, S("twinning.held"), v.row.twinning_code);
}

err twinning_exchanges(struct ctx *c, const struct twinning_view *v, struct q_twinning_exchanges **out,
                       size_t *out_n)
{
    return q_twinning_exchanges(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

bool exchange_was_held(const struct q_twinning_exchanges *x)
{
    return x->flow_state.given && x->flow_state.v != EVENT_PLANNED && x->flow_state.v != EVENT_CANCELLED;
}

err twinning_events(struct ctx *c, const struct twinning_view *v, struct q_twinning_events **out,
                    size_t *out_n)
{
    const struct q_twinning_events_in in = {
        .home = v->row.home, .cancelled_state = EVENT_CANCELLED, .limit = PARTNER_EVENTS_SHOWN};
    return q_twinning_events(c->db, c->arena, &in, out, out_n);
}

/* ---- what they can do ---- */

static size_t index_of(const struct case_word *words, size_t n, str code)
{
    size_t i = 0;
    while (i < n && !str_eq(words[i].code, code)) {
        i++;
    }
    return i;
}

err twinning_check(struct ctx *c, str code, str part, str when, const struct twinning_levels *levels)
{
    struct twinning_view v;
    TRY(mine(c, code, &v));
    if (index_of(partner_part_words, PARTNER_part_n, part) == PARTNER_part_n ||
        index_of(partner_when_words, PARTNER_when_n, when) == PARTNER_when_n) {
        return refuse(c, MSG_PARTNER_PART_MISSING, "part");
    }
    for (size_t i = 0; i < PARTNER_item_n; i++) {
        const struct q_twinning_check_put_in row = {.home = v.row.home,
                                                    .twinning_id = v.row.id,
                                                    .part_code = part,
                                                    .when_code = when,
                                                    .item_code = partner_item_words[i].code,
                                                    .level_n = levels->at[i].v,
                                                    .checked_day = local_day(c->now_ms)};
        if (levels->at[i].given) {
            TRY(q_twinning_check_put(c->db, &row, NULL));
        }
    }
    return partner_audit(c, v.row.home, v.row.id, S("twinning.checked"), v.row.twinning_code);
}

err twinning_checked(struct ctx *c, const struct twinning_view *v, struct twinning_checks *out)
{
    struct q_twinning_checks *rows;
    size_t n;
    struct twinning_checks m = {.both = {0}};
    TRY(q_twinning_checks(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const size_t part = index_of(partner_part_words, PARTNER_part_n, rows[i].part_code);
        const size_t when = index_of(partner_when_words, PARTNER_when_n, rows[i].when_code);
        const size_t item = index_of(partner_item_words, PARTNER_item_n, rows[i].item_code);
        if (part < PARTNER_part_n && when < PARTNER_when_n && item < PARTNER_item_n) {
            m.of[part][when].at[item] = SOME(rows[i].level_n);
        }
    }
    for (size_t part = 0; part < PARTNER_part_n; part++) {
        for (size_t item = 0; item < PARTNER_item_n; item++) {
            const struct opt_i64 before = m.of[part][0].at[item];
            const struct opt_i64 after = m.of[part][1].at[item];
            if (before.given && after.given) {
                m.both[part]++;
                m.sums[part][0] += before.v;
                m.sums[part][1] += after.v;
            }
        }
    }
    *out = m;
    return OK;
}
