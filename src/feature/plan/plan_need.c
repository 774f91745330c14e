/* plan_need.c: activities while they are carried out, their events, and what becomes of needs. */
#include "case_scope.h"
#include "clock.h"
#include "place.h"
#include "plan_inside.h"

/* ---- activities ---- */

static bool within(const struct ctx *c, bool lies_in)
{
    return lies_in && (c->actor.role != ROLE_OFFICER && c->actor.role != ROLE_MEMBER);
}

/* Who stands where the activity is, or above it, may say how it goes. */
static err carries(struct ctx *c, const struct planned *v, int64_t action, bool *out)
{
    struct plan_whole w;
    bool at = false;
    const int64_t base = plan_base(&c->actor);
    *out = false;
    TRY(plan_whole(c, v, &w));
    for (size_t i = 0; i < w.units_n && base != 0 && !at; i++) {
        if (w.units[i].action_id == action) {
            TRY(place_lies_in(c, w.units[i].unit_id, base, &at));
            if (!at) {
                TRY(place_lies_in(c, base, w.units[i].unit_id, &at));
            }
        }
    }
    *out = within(c, at);
    return OK;
}

bool plan_action_may(struct ctx *c, const struct planned *v, const struct q_plan_actions *a,
                     enum action_action act)
{
    bool mine = false;
    return v->state == PLAN_APPROVED && a->flow_state.given &&
           flow_can(&action_kind, (unsigned)a->flow_state.v, act, c->actor.role) &&
           carries(c, v, a->id, &mine).code == ERR_OK && mine;
}

static err in_force(struct ctx *c, const struct planned *v, int64_t action, struct plan_whole *w,
                    const struct q_plan_actions **out)
{
    bool mine;
    TRY(plan_whole(c, v, w));
    *out = plan_action_of(w, action);
    if (*out == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (v->state != PLAN_APPROVED) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_NOT_IN_FORCE, "action");
    }
    TRY(carries(c, v, (*out)->id, &mine));
    return mine ? OK : fail_set(c->fail, ERR_DENIED, MSG_PLAN_NOT_YOURS, "action");
}

err plan_action_as_seen(struct ctx *c, const struct planned *v, const struct action_seen *seen)
{
    struct plan_whole w;
    struct q_flow_get now;
    const struct q_plan_actions *a;
    unsigned to;
    TRY(in_force(c, v, seen->no, &w, &a));
    TRY(flow_now(c, &(struct subject){&action_kind, v->row.home, a->id}, &now));
    if (flow_next(&action_kind, (unsigned)now.flow_state, seen->act, FLOW_ANY_RESULT, c->actor.role, &to)
            .code == ERR_DENIED) {
        return fail_set(c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    return flow_as_seen(c, now.step_no, seen->step);
}

err plan_action_act(struct ctx *c, const struct planned *v, int64_t action, enum action_action act, str words)
{
    struct plan_whole w;
    const struct q_plan_actions *a;
    struct q_flow_get now;
    const str why = str_trim(words);
    const struct flow_step_in step = plan_step(act, why);
    TRY(in_force(c, v, action, &w, &a));
    const bool asks = act == ACTION_NOTE || act == ACTION_DELAY || act == ACTION_CANCEL;
    if (asks && why.n == 0) {
        return plan_refuse(c, MSG_ACT_REASON_MISSING, "words");
    }
    const struct subject s = {&action_kind, v->row.home, a->id};
    TRY(flow_now(c, &s, &now));
    return flow_act(c, &s, &now, &step);
}

/* ---- events of a line ---- */

err plan_event_tie(struct ctx *c, const struct planned *v, int64_t action, str event, bool on)
{
    struct plan_whole w;
    const struct q_plan_actions *a;
    struct event_view e;
    struct q_flow_get now;
    TRY(in_force(c, v, action, &w, &a));
    const err found = event_find(c, event, &e);
    if (found.code == ERR_NOT_FOUND || (found.code == ERR_OK && e.state == EVENT_CANCELLED)) {
        return plan_refuse(c, MSG_EVENT_UNKNOWN, "tie");
    }
    TRY(found);
    if (e.row.event_day < v->row.from_day || e.row.event_day > v->row.to_day) {
        return plan_refuse(c, MSG_PLAN_EVENT_OUTSIDE, "tie");
    }
    const struct q_plan_event_put_in put = {.home = e.row.home,
                                            .event_id = e.row.id,
                                            .plan_home_id = v->row.home,
                                            .action_id = a->id,
                                            .tied_by_id = plan_me(c),
                                            .tied_ms = c->now_ms};
    const struct q_plan_event_drop_in drop = {.home = e.row.home,
                                              .event_id = e.row.id,
                                              .action_no = action,
                                              .plan_home_id = v->row.home,
                                              .plan_id = v->row.id};
    TRY(on ? q_plan_event_put(c->db, &put, NULL) : q_plan_event_drop(c->db, &drop, NULL));
    TRY(event_line_record(c, e.row.home, e.row.id));
    const struct subject s = {&action_kind, v->row.home, a->id};
    struct flow_step_in step = plan_step(ACTION_NOTE, STR_NONE);
    step.detail = arena_printf(c->arena, "%s %.*s", on ? "event" : "without", STR_F(e.row.event_code));
    TRY(flow_now(c, &s, &now));
    return flow_act(c, &s, &now, &step);
}

err plan_events(struct ctx *c, const struct planned *v, int64_t action, struct q_plan_events **out,
                size_t *out_n)
{
    const struct q_plan_events_in in = {.event_kind_no = event_kind.kind_no,
                                        .home = v->row.home,
                                        .id = v->row.id,
                                        .action_no = action,
                                        .limit = PLAN_LIST_MAX};
    return q_plan_events(c->db, c->arena, &in, out, out_n);
}

/* ---- needs ---- */

err plan_needs(struct ctx *c, struct period p, bool open, struct q_need_open **out, size_t *out_n)
{
    struct scope scope;
    struct q_need_open *all = arena_array_of(c->arena, struct q_need_open, PLAN_NEEDS_MAX);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(c, &scope));
    for (size_t at = 0; at < scope.homes_n && all_n < PLAN_NEEDS_MAX; at += ID_LIST_MAX) {
        struct q_need_open *rows;
        size_t n;
        const struct q_need_open_in in = {.open_is_no = open,
                                          .limit = (int64_t)(PLAN_NEEDS_MAX - all_n),
                                          .homes = scope.homes + at,
                                          .homes_n = scope.homes_n - at < ID_LIST_MAX ? scope.homes_n - at
                                                                                      : ID_LIST_MAX,
                                          .from_day = p.from_day,
                                          .to_day = p.to_day};
        TRY(q_need_open(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            all[all_n++] = rows[i];
        }
    }
    *out = all;
    *out_n = all_n;
    return OK;
}

bool plan_need_may(const struct ctx *c)
{
    const enum role r = c->actor.role;
    return r == ROLE_SUPERVISOR || r == ROLE_ADC || r == ROLE_MONITOR || r == ROLE_MANAGER;
}

static err answer_add(struct ctx *c, const struct q_need_answer_last_in *need, str answer, str words)
{
    struct q_need_answer_last last;
    TRY(q_need_answer_last(c->db, c->arena, need, &last));
    const struct q_need_answer_add_in row = {.home = need->home,
                                             .event_id = need->event_id,
                                             .need_no = need->need_no,
                                             .answer_no = last.last_no + 1,
                                             .answer_code = answer,
                                             .words_text = words,
                                             .by_id = plan_me(c),
                                             .answered_ms = c->now_ms};
    if (str_eq(last.answer_code, answer) && words.n == 0) {
        return OK; /* as it stands */
    }
    TRY(q_need_answer_add(c->db, &row, NULL));
    return plan_answer_record(c, &row);
}

err plan_need_answer(struct ctx *c, str event, int64_t need, str answer, str words)
{
    struct event_view e;
    struct q_plan_need row;
    const str why = str_trim(words);
    if (!plan_need_may(c)) {
        return fail_set(c->fail, ERR_DENIED, MSG_PLAN_NOT_YOURS, "action");
    }
    TRY(event_find(c, event, &e));
    const struct q_plan_need_in in = {.home = e.row.home, .event_id = e.row.id, .need_no = need};
    TRY(q_plan_need(c->db, c->arena, &in, &row));
    if (!plan_code_in(plan_answer_words, PLAN_answer_n, answer)) {
        return plan_refuse(c, MSG_PLAN_ANSWER_MISSING, "answer");
    }
    if (why.n == 0) {
        return plan_refuse(c, MSG_PLAN_ANSWER_WORDS, "words");
    }
    const struct q_need_answer_last_in key = {.home = row.home,
                                              .event_id = row.event_id,
                                              .need_no =
                                                  row.same_as_no.given ? row.same_as_no.v : row.need_no};
    return answer_add(c, &key, answer, why);
}

err plan_needs_answered(struct ctx *c, const struct plan_whole *w)
{
    for (size_t i = 0; i < w->cites_n; i++) {
        const struct q_plan_cites *cite = &w->cites[i];
        if (cite->need_no.given) {
            const struct q_need_answer_last_in key = {
                .home = cite->event_home_id.v, .event_id = cite->event_id.v, .need_no = cite->need_no.v};
            TRY(answer_add(c, &key, S("in_plan"), S("")));
        }
    }
    return OK;
}
