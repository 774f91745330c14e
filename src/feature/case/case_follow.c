/* case_follow.c: what follows from a step: clocks, marks for figures, calls that she is owed. */
#include "case_acting.h"
#include "clock.h"

static err clocks_follow(struct acting *a, unsigned from, unsigned to)
{
    struct ctx *c = a->c;
    const struct subject *s = &a->v.subject;
    err e = OK;
    if (to == CASE_INFO_ASKED && from != to) {
        e = clock_pause(c, s, CASE_CLOCK);
    } else if (from == CASE_INFO_ASKED && to != from) {
        e = clock_go_on(c, s, CASE_CLOCK, &a->v.flow.due_ms);
    }
    if (e.code == ERR_OK && !flow_open(&complaint_kind, to)) {
        e = clock_stop(c, s, CASE_CLOCK);
    }
    return e.code == ERR_NOT_FOUND ? OK : e; /* a service without a limit has no clock */
}

/* A new promise: she opened it again, or it is given anew after she said that it is not solved. */
static err new_round(struct acting *a)
{
    struct ctx *c = a->c;
    struct q_service_term_on term;
    const err e = a->v.kind == KIND_SUGGESTION
                      ? FAIL(NOT_FOUND)
                      : catalogue_term(c, a->v.row.service_id, a->v.row.unit_id, local_day(c->now_ms), &term);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !term.limit_days.given)) {
        a->v.flow.due_ms = case_no_due();
        return OK;
    }
    TRY(e);
    const struct promise p = {c->now_ms, term.limit_days.v, term.basis_text};
    return clock_start(c, &a->v.subject, CASE_CLOCK, &p, &a->v.flow.due_ms);
}

/* What figures ask for: whether she was asked, whether she answered, how many days until she called it
 * solved. */
static void marks_follow(struct acting *a, unsigned from, unsigned to)
{
    struct q_flow_get *f = &a->v.flow;
    const unsigned action = a->act->action;
    f->mark_no |= to == CASE_AWAITING_ANSWER ? MARK_ASKED : 0;
    f->mark_no |= action == CASE_ANSWER && to != CASE_CLOSED_UNCONFIRMED ? MARK_ANSWERED : 0;
    f->mark_no |= action == CASE_REOPEN ? MARK_REOPENED : 0;
    f->mark_no |= action == CASE_HAND_OVER ? MARK_HANDED_OVER : 0;
    f->mark_no |= action == CASE_REJECT ? MARK_REJECTED : 0;
    f->mark_no |= a->step.result == RESULT_REPORTED ? MARK_REPORTED : 0;
    f->mark_no &= action == CASE_ANSWER || action == CASE_REOPEN ? ~(int64_t)MARK_REPORTED : ~(int64_t)0;
    if (to == CASE_SOLVED && from != to) {
        f->spent_days = SOME(days_between(local_day(a->v.row.filed_ms), local_day(a->c->now_ms)));
    } else if (to != CASE_SOLVED) {
        f->spent_days = NONE_I64;
    }
    if (action == CASE_ASSIGN || action == CASE_REOPEN || !flow_open(&complaint_kind, to)) {
        f->reason_code = to == CASE_CLOSED_UNCONFIRMED || to == CASE_WITHDRAWN ? f->reason_code : S("");
        f->next_day = NONE_I64;
    }
}

static bool same_day(struct opt_i64 a, struct opt_i64 b)
{
    return a.given == b.given && (!a.given || a.v == b.v);
}

/* Who has to be called about what: planned when it begins, done when it ends. */
static err calls_follow(struct acting *a, unsigned from, unsigned to)
{
    struct ctx *c = a->c;
    const struct subject *s = &a->v.subject;
    const int64_t today = local_day(c->now_ms);
    if (from == CASE_AWAITING_ANSWER && to != from) {
        TRY(call_back_done(c, s, S("ask")));
    }
    if (from == CASE_INFO_ASKED && to != from) {
        TRY(call_back_done(c, s, S("info")));
    }
    if (to == CASE_AWAITING_ANSWER && from != to) {
        TRY(call_back_plan(c, s, S("ask"), today));
    }
    if (to == CASE_INFO_ASKED && from != to) {
        TRY(call_back_plan(c, s, S("info"), today));
    }
    if (a->act->action == CASE_VISIT) {
        TRY(call_back_plan(c, s, S("visit"), today));
    }
    /* A date that holds no more is none to tell her. */
    if (a->found.next_day.given && !same_day(a->found.next_day, a->v.flow.next_day)) {
        TRY(call_back_done(c, s, S("next")));
    }
    if (a->step.next_day.given && !same_day(a->found.next_day, a->step.next_day)) {
        TRY(call_back_plan(c, s, S("next"), a->step.next_day.v));
    }
    if (a->act->action == CASE_COMMENT && a->act->told.n > 0) {
        TRY(call_back_done(c, s, a->act->told));
    }
    if (a->act->action == CASE_CALL_FAILED) {
        TRY(call_back_tried(c, s, S("ask"), day_add(today, 1)));
    }
    if (flow_open(&complaint_kind, to)) {
        return OK;
    }
    static const str codes[] = {S_INIT("visit"), S_INIT("next"), S_INIT("look_up")};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        TRY(call_back_done(c, s, codes[i]));
    }
    return OK;
}

/* Three days tried in vain: nobody can say that it is solved, so it is closed as that, and opens again at her
 * first word. */
static err tries_follow(struct acting *a)
{
    int64_t days;
    struct ctx as_system = *a->c;
    TRY(flow_days_tried(a->c, &a->v.subject, CASE_CALL_FAILED, CASE_AWAITING_ANSWER, &days));
    if (days < CASE_TRIES) {
        return OK;
    }
    const struct flow_step_in step = {.action = CASE_CLOSE_UNCONFIRMED, .detail = S("tries")};
    as_system.actor = (struct actor){.role = ROLE_SYSTEM};
    TRY(clocks_follow(a, CASE_AWAITING_ANSWER, CASE_CLOSED_UNCONFIRMED));
    marks_follow(a, CASE_AWAITING_ANSWER, CASE_CLOSED_UNCONFIRMED);
    TRY(flow_act(&as_system, &a->v.subject, &a->v.flow, &step));
    return calls_follow(a, CASE_AWAITING_ANSWER, CASE_CLOSED_UNCONFIRMED);
}

/* Steps that can be taken back afterwards; the others are corrected by another step. */
static bool undoable(unsigned action)
{
    return action != CASE_AMEND && action != CASE_COMMENT && action != CASE_HAND_OVER &&
           action != CASE_OUTCOME && action != CASE_LOOK_UP && action != CASE_PIN_NEW && action != CASE_UNDO;
}

err step_take(struct acting *a)
{
    struct ctx *c = a->c;
    const unsigned from = a->v.state;
    const unsigned action = a->act->action;
    unsigned to;
    const err allowed = flow_next(a->v.subject.kind, from, action, a->step.result, c->actor.role, &to);
    if (allowed.code != ERR_OK) { /* said by flow_act() in one place */
        return flow_act(c, &a->v.subject, &a->v.flow, &a->step);
    }
    if (undoable(action)) {
        const struct q_flow_get was = a->found;
        TRY(flow_remember(c, &a->v.subject, &was, CASE_CLOCK));
    }
    if (action == CASE_REOPEN ||
        (action == CASE_ASSIGN && (from == CASE_PARTLY || from == CASE_NOT_SOLVED))) {
        TRY(new_round(a));
    }
    TRY(clocks_follow(a, from, to));
    marks_follow(a, from, to);
    TRY(action == CASE_AMEND ? amend_all(a) : flow_act(c, &a->v.subject, &a->v.flow, &a->step));
    if (action == CASE_ASSIGN) {
        TRY(flow_assign(c, &a->v.subject, a->v.flow.step_no, a->v.flow.office_id.v, a->v.flow.assignee_id));
    } else if (action == CASE_WRONG_DEPARTMENT) {
        TRY(flow_assign_end(c, &a->v.subject));
    }
    TRY(calls_follow(a, from, to));
    return action == CASE_CALL_FAILED ? tries_follow(a) : OK;
}
