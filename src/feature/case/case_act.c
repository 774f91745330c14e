/* case_act.c: what is done to a case, and the rules that are more than the table of states.
 *
 * Nobody judges her own work: who reported the action, and the office that did, never take the answer to it.
 * Nobody is closed against her word: after "partly" or "not solved" no one can reject; after she contested a
 * rejection only the ADC can.
 */
#include "case.h"
#include "case_text.h"
#include "clock.h"
#include "msg.h"
#include "tally.h"

/* A case being acted on: what was found, and what shall stand in its facets afterwards. */
struct acting {
    struct ctx *c;
    struct case_view v;
    struct tally_key was; /* under what it was counted before */
    const struct case_act *act;
    struct flow_step_in step;
};

static struct tally_key tally_of(const struct case_view *v)
{
    return (struct tally_key){
        .home = v->row.home,
        .filed_month = v->row.filed_month,
        .kind_no = complaint_kind.kind_no,
        .service_id = v->row.service_id,
        .sex = v->row.sex_code,
        .state = v->flow.flow_state,
    };
}

/* ---- what each action asks for ---- */

static err words_needed(struct acting *a)
{
    static const enum msg missing[CASE_ACTIONS] = {
        [CASE_ASK] = MSG_ACT_ASK_MISSING,         [CASE_REPORT_ACTION] = MSG_ACT_REPORT_MISSING,
        [CASE_REOPEN] = MSG_ACT_REASON_MISSING,   [CASE_REJECT] = MSG_ACT_REASON_MISSING,
        [CASE_COMMENT] = MSG_ACT_COMMENT_MISSING,
    };
    if (str_trim(a->act->words).n > 0) {
        return OK;
    }
    const enum msg m = missing[a->act->action];
    return fail_set(a->c->fail, ERR_INVALID, (int)(m == MSG_NONE ? MSG_CASE_WORDS_NEEDED : m), "words");
}

static err before_assign(struct acting *a)
{
    struct account officer;
    const err e = account_find(a->c, a->act->to, &officer);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (officer.role != ROLE_OFFICER || officer.home != a->v.row.home))) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_OFFICER_UNKNOWN, "to");
    }
    TRY(e);
    if (a->v.state == CASE_ASSIGNED && a->v.flow.assignee_id.given && a->v.flow.assignee_id.v == officer.id) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_ALREADY_THERE, "to");
    }
    a->v.flow.office_id = SOME(officer.office_id);
    a->v.flow.assignee_id = SOME(officer.id);
    a->step.inside = false;
    return OK;
}

static err before_report(struct acting *a)
{
    unsigned result;
    TRY(words_needed(a));
    if (flow_result_of(&complaint_kind, a->act->result, &result).code != ERR_OK || result < RESULT_DONE ||
        result > RESULT_NOT_POSSIBLE) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_RESULT_NEEDED, "result");
    }
    a->step.result = result;
    return OK;
}

static err outcome_of(const struct acting *a, unsigned *out)
{
    static const struct {
        str name;
        unsigned result;
    } outcomes[] = {
        {S_INIT("solved"), RESULT_SOLVED},
        {S_INIT("partly"), RESULT_PARTLY},
        {S_INIT("not_solved"), RESULT_NOT_SOLVED},
    };
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        if (str_eq(outcomes[i].name, a->act->outcome)) {
            *out = outcomes[i].result;
            return OK;
        }
    }
    return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_OUTCOME_NEEDED, "outcome");
}

/* How her answer came. Whoever opened the case with reference and PIN speaks for herself. */
static err via_of(const struct acting *a, str *out)
{
    static const str vias[] = {S_INIT("desk"), S_INIT("phone"), S_INIT("public"), S_INIT("proxy")};
    if (a->c->actor.role == ROLE_PUBLIC) {
        *out = S("public");
        return OK;
    }
    for (size_t i = 0; i < sizeof vias / sizeof vias[0]; i++) {
        if (str_eq(vias[i], a->act->via)) {
            *out = vias[i];
            return OK;
        }
    }
    return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_VIA_NEEDED, "taken_via");
}

static err before_answer(struct acting *a)
{
    struct ctx *c = a->c;
    bool resolver = false;
    TRY(outcome_of(a, &a->step.result));
    TRY(via_of(a, &a->step.via));
    if (str_eq(a->step.via, S("proxy")) && a->step.result == RESULT_SOLVED) {
        a->step.result = RESULT_SOLVED_BY_PROXY;
    }
    TRY(flow_done_by(c, &a->v.subject, CASE_REPORT_ACTION, c->actor.user_id, c->actor.office_id, &resolver));
    if (resolver) {
        return fail_set(c->fail, ERR_DENIED, MSG_CASE_OWN_WORK, "action");
    }
    return OK;
}

/* She said that it is not solved, or opened it again after somebody had called it solved: her word. */
static err her_word_against(struct acting *a, bool *out)
{
    const struct subject *s = &a->v.subject;
    bool partly, not_solved, after_solved, after_proxy;
    TRY(flow_reached(a->c, s, CASE_PARTLY, &partly));
    TRY(flow_reached(a->c, s, CASE_NOT_SOLVED, &not_solved));
    TRY(flow_taken_from(a->c, s, CASE_REOPEN, CASE_SOLVED, &after_solved));
    TRY(flow_taken_from(a->c, s, CASE_REOPEN, CASE_CLOSED_UNCONFIRMED, &after_proxy));
    *out = partly || not_solved || after_solved || after_proxy;
    return OK;
}

static err before_reject(struct acting *a)
{
    struct ctx *c = a->c;
    bool her_word, contested, the_same;
    TRY(words_needed(a));
    TRY(her_word_against(a, &her_word));
    if (her_word) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_CASE_AGAINST_HER_WORD, "action");
    }
    TRY(flow_taken_from(c, &a->v.subject, CASE_REOPEN, CASE_REJECTED, &contested));
    TRY(flow_done_by(c, &a->v.subject, CASE_REJECT, c->actor.user_id, 0, &the_same));
    if (contested && (the_same || c->actor.role != ROLE_ADC)) {
        return fail_set(c->fail, ERR_DENIED,
                        c->actor.role == ROLE_ADC ? MSG_CASE_REJECTED_BEFORE : MSG_CASE_CONTESTED, "action");
    }
    return OK;
}

/* At her wish, told to the desk by herself; whoever did the work does not take that either. */
static err before_withdraw(struct acting *a)
{
    struct ctx *c = a->c;
    bool resolver = false;
    a->step.via = a->act->via;
    if (str_eq(a->act->via, S("proxy"))) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_WITHDRAW_HERSELF, "taken_via");
    }
    TRY(flow_done_by(c, &a->v.subject, CASE_REPORT_ACTION, c->actor.user_id, c->actor.office_id, &resolver));
    if (resolver) {
        return fail_set(c->fail, ERR_DENIED, MSG_CASE_OWN_WORK, "action");
    }
    return OK;
}

/* Notes are for what is new. A flood of them would bury the case under its own timeline. */
static err notes_bounded(struct acting *a)
{
    int64_t today;
    TRY(flow_today(a->c, &a->v.subject, a->act->action, &today));
    if (today >= CASE_NOTES_A_DAY) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_NOTES_ENOUGH, "action");
    }
    return OK;
}

/* Whether something that was taken down shall be another. */
static bool corrects(const struct case_act *act)
{
    return str_trim(act->description).n > 0 || act->service.n > 0 || act->unit.n > 0 || act->phone.e164.n > 0;
}

/* A correction without new words answers nothing. */
static err before_amend(struct acting *a)
{
    const bool words = str_trim(a->act->words).n > 0;
    if (!words && !corrects(a->act)) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_AMEND_WHAT, "words");
    }
    if (!words) {
        a->step.result = RESULT_CORRECTED;
    }
    return notes_bounded(a);
}

static err before_comment(struct acting *a)
{
    TRY(words_needed(a));
    return notes_bounded(a);
}

/* ---- correcting what was taken down: the old value stays in the timeline ---- */

/* A step of its own for one corrected thing: which one, and what stood there before. */
static err amend_step(struct acting *a, str what, str before)
{
    const struct flow_step_in step = {
        .action = CASE_AMEND, .result = RESULT_CORRECTED, .detail = what, .words = before};
    return flow_act(a->c, &a->v.subject, &a->v.flow, &step);
}

static err case_store(struct acting *a)
{
    struct q_case_get *row = &a->v.row;
    str searchable;
    TRY(search_text_of(a->c, row->home, row->words_text, row->place_text, &searchable));
    const struct q_case_set_in in = {
        .service_id = row->service_id,
        .unit_id = row->unit_id,
        .tehsil_id = row->tehsil_id,
        .words_text = row->words_text,
        .search_text = searchable,
        .home = row->home,
        .id = row->id,
    };
    TRY(q_case_set(a->c->db, &in, NULL));
    return q_case_search_set(a->c->db, searchable, row->id, NULL);
}

static err amend_words(struct acting *a)
{
    const str before = a->v.row.words_text;
    a->v.row.words_text = a->act->description;
    TRY(case_store(a));
    return amend_step(a, S("description"), before);
}

/* Another matter has another limit, as it was in force on the day of filing. */
static err amend_clock(struct acting *a)
{
    struct q_service_term_on term;
    const struct q_case_get *row = &a->v.row;
    const err e = catalogue_term(a->c, row->service_id, row->unit_id, local_day(row->filed_ms), &term);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !term.limit_days.given)) {
        a->v.flow.due_ms = case_no_due();
        const err stopped = clock_stop(a->c, &a->v.subject, S("resolve"));
        return stopped.code == ERR_NOT_FOUND ? OK : stopped;
    }
    TRY(e);
    const err moved =
        clock_move(a->c, &a->v.subject, S("resolve"), term.limit_days.v, term.basis_text, &a->v.flow.due_ms);
    if (moved.code == ERR_NOT_FOUND) {
        const struct promise p = {row->filed_ms, term.limit_days.v, term.basis_text};
        return clock_start(a->c, &a->v.subject, S("resolve"), &p, &a->v.flow.due_ms);
    }
    return moved;
}

static err amend_service(struct acting *a)
{
    struct q_service_by_code service;
    const str before = a->v.service_code;
    const err e = catalogue_find(a->c, a->act->service, &service);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_SERVICE_UNKNOWN, "service");
    }
    TRY(e);
    if (!catalogue_takes_down(service.sensitivity_code)) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_SERVICE_POINTED, "service");
    }
    a->v.row.service_id = service.id;
    a->v.flow.topic_id = service.id;
    TRY(amend_clock(a));
    TRY(case_store(a));
    return amend_step(a, S("service"), before);
}

static err amend_unit(struct acting *a)
{
    struct q_place_by_code unit;
    const str before = a->v.unit_code;
    const err e = place_find(a->c, a->act->unit, &unit);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (!unit.district_id.given || unit.district_id.v != a->v.row.home))) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    TRY(e);
    a->v.row.unit_id = unit.id;
    TRY(place_tehsil(a->c, unit.id, &a->v.row.tehsil_id));
    a->v.flow.tehsil_id = a->v.row.tehsil_id;
    a->v.flow.unit_id = unit.id;
    TRY(case_store(a));
    return amend_step(a, S("unit"), before);
}

static err phone_index_row(struct ctx *c, const struct case_view *v, phone p, bool add)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), p.e164, blind);
    const str hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind});
    if (add) {
        const struct q_identity_index_add_in in = {
            .home = v->row.home, .index_kind_code = S("phone"), .blind_hash = hash, .case_id = v->row.id};
        return q_identity_index_add(c->db, &in, NULL);
    }
    const struct q_identity_index_remove_in in = {
        .home = v->row.home, .index_kind_code = S("phone"), .blind_hash = hash, .case_id = v->row.id};
    return q_identity_index_remove(c->db, &in, NULL);
}

/* A number is identity: the old one is replaced, and the timeline says only that it was. That it was safe to
 * call was said of the old one. */
static err amend_phone(struct acting *a)
{
    struct ctx *c = a->c;
    struct q_identity_get row;
    str sealed;
    TRY(q_identity_get(c->db, c->arena, a->v.row.home, a->v.row.id, &row));
    if (row.phone_enc.p != NULL) {
        phone old = {.e164 = STR_NONE};
        TRY(vault_unseal(c, a->v.row.key_no, S("phone"), row.phone_enc, &old.e164));
        TRY(phone_index_row(c, &a->v, old, false));
    }
    TRY(vault_seal(c, a->v.row.key_no, S("phone"), a->act->phone.e164, &sealed));
    const struct q_identity_set_phone_in in = {
        .phone_enc = sealed, .home = a->v.row.home, .case_id = a->v.row.id};
    TRY(q_identity_set_phone(c->db, &in, NULL));
    TRY(phone_index_row(c, &a->v, a->act->phone, true));
    return amend_step(a, S("phone"), STR_NONE);
}

static err amend_all(struct acting *a)
{
    const struct case_act *act = a->act;
    if (corrects(act) && a->c->actor.role != ROLE_DESK) {
        return fail_set(a->c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    if (a->step.words.n > 0) {
        TRY(flow_act(a->c, &a->v.subject, &a->v.flow, &a->step));
    }
    if (str_trim(act->description).n > 0) {
        TRY(amend_words(a));
    }
    if (act->service.n > 0) {
        TRY(amend_service(a));
    }
    if (act->unit.n > 0) {
        TRY(amend_unit(a));
    }
    return act->phone.e164.n > 0 ? amend_phone(a) : OK;
}

/* ---- clocks and counts that follow the state ---- */

static err clocks_follow(struct acting *a, unsigned from, unsigned to)
{
    struct ctx *c = a->c;
    const struct subject *s = &a->v.subject;
    err e = OK;
    if (to == CASE_INFO_ASKED && from != to) {
        e = clock_pause(c, s, S("resolve"));
    } else if (from == CASE_INFO_ASKED && to != from) {
        e = clock_go_on(c, s, S("resolve"), &a->v.flow.due_ms);
    }
    if (e.code == ERR_OK && !flow_open(&complaint_kind, to)) {
        e = clock_stop(c, s, S("resolve"));
    }
    return e.code == ERR_NOT_FOUND ? OK : e; /* a service without a limit has no clock */
}

/* A new promise: she opened it again, or it is given anew after she said that it is not solved. */
static err new_round(struct acting *a)
{
    struct ctx *c = a->c;
    struct q_service_term_on term;
    const err e = catalogue_term(c, a->v.row.service_id, a->v.row.unit_id, local_day(c->now_ms), &term);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !term.limit_days.given)) {
        a->v.flow.due_ms = case_no_due();
        return OK;
    }
    TRY(e);
    const struct promise p = {c->now_ms, term.limit_days.v, term.basis_text};
    return clock_start(c, &a->v.subject, S("resolve"), &p, &a->v.flow.due_ms);
}

static err step_take(struct acting *a)
{
    struct ctx *c = a->c;
    const unsigned from = a->v.state;
    const unsigned action = a->act->action;
    unsigned to;
    const err allowed = flow_next(&complaint_kind, from, action, a->step.result, c->actor.role, &to);
    if (allowed.code != ERR_OK) { /* said by flow_act() in one place */
        return flow_act(c, &a->v.subject, &a->v.flow, &a->step);
    }
    if (action == CASE_REOPEN ||
        (action == CASE_ASSIGN && (from == CASE_PARTLY || from == CASE_NOT_SOLVED))) {
        TRY(new_round(a));
    }
    TRY(clocks_follow(a, from, to));
    TRY(action == CASE_AMEND ? amend_all(a) : flow_act(c, &a->v.subject, &a->v.flow, &a->step));
    if (action == CASE_ASSIGN) {
        TRY(flow_assign(c, &a->v.subject, a->v.flow.step_no, a->v.flow.office_id.v, a->v.flow.assignee_id));
    }
    return OK;
}

static err counts_follow(struct acting *a)
{
    const struct tally_key is = tally_of(&a->v);
    if (is.state == a->was.state && is.service_id == a->was.service_id) {
        return OK;
    }
    TRY(tally_change(a->c, &is, 1));
    TRY(tally_change(a->c, &a->was, -1));
    if (is.state == a->was.state) {
        return OK;
    }
    return flow_news(a->c, &a->v.subject,
                     arena_printf(a->c->arena, "case.%s", complaint_kind.states[a->v.flow.flow_state]));
}

err case_do(struct ctx *c, const case_ref *ref, const struct case_act *act, struct case_receipt *out)
{
    static err (*const before[CASE_ACTIONS])(struct acting *) = {
        [CASE_ASSIGN] = before_assign,   [CASE_ASK] = words_needed,    [CASE_REPORT_ACTION] = before_report,
        [CASE_ANSWER] = before_answer,   [CASE_REOPEN] = words_needed, [CASE_REJECT] = before_reject,
        [CASE_COMMENT] = before_comment, [CASE_AMEND] = before_amend,  [CASE_WITHDRAW] = before_withdraw,
    };
    struct acting a = {.c = c, .act = act};
    TRY(case_find(c, ref, &a.v));
    a.was = tally_of(&a.v);
    a.step = (struct flow_step_in){.action = act->action,
                                   .words = str_trim(act->words).n == 0 ? STR_NONE : act->words};
    /* Who may not do this at all is told so before anything is asked of her. */
    if (!flow_can(&complaint_kind, a.v.state, act->action, c->actor.role)) {
        unsigned any_result = RESULT_ANY;
        if (act->action == CASE_REPORT_ACTION) {
            any_result = RESULT_DONE;
        } else if (act->action == CASE_ANSWER) {
            any_result = RESULT_SOLVED;
        }
        a.step.result = any_result;
        return flow_act(c, &a.v.subject, &a.v.flow, &a.step);
    }
    if (before[act->action] != NULL) {
        TRY(before[act->action](&a));
    }
    TRY(step_take(&a));
    TRY(counts_follow(&a));
    *out =
        (struct case_receipt){.ref = *ref, .state = (unsigned)a.v.flow.flow_state, .due_ms = a.v.flow.due_ms};
    return OK;
}

err case_officers(struct ctx *c, struct q_officer_list **out, size_t *out_n)
{
    return q_officer_list(c->db, c->arena, c->actor.home, ROLE_OFFICER, out, out_n);
}

bool case_may(const struct ctx *c, const struct case_view *v, unsigned action)
{
    return flow_can(&complaint_kind, v->state, action, c->actor.role);
}
