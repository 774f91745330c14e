/* case_act.c: what is done to a case, and the rules that are more than the table of states.
 *
 * Nobody judges her own work: who reported the action, and the office that did, never take the answer to it.
 * Nobody is closed against her word: after "partly" or "not solved" no one can reject; after she contested a
 * rejection only the ADC can.
 */
#include "case_acting.h"
#include "case_bar.h"
#include "clock.h"
#include "msg.h"

static struct tally_key tally_of(const struct case_view *v)
{
    return (struct tally_key){
        .home = v->row.home,
        .filed_month = v->row.filed_month,
        .kind = v->row.case_kind_code,
        .service_id = v->row.service_id,
        .tehsil_id = v->row.tehsil_id.given ? v->row.tehsil_id.v : 0,
        .sex = v->row.sex_code,
        .state = v->flow.flow_state,
        .reason = v->flow.reason_code,
        .marks = v->flow.mark_no,
        .spent = v->flow.spent_days,
    };
}

/* ---- what each action asks for ---- */

static err words_needed(struct acting *a)
{
    static const enum msg missing[CASE_ACTIONS] = {
        [CASE_ASK] = MSG_ACT_ASK_MISSING,         [CASE_REPORT_ACTION] = MSG_ACT_REPORT_MISSING,
        [CASE_REOPEN] = MSG_ACT_REASON_MISSING,   [CASE_REJECT] = MSG_ACT_REASON_MISSING,
        [CASE_COMMENT] = MSG_ACT_COMMENT_MISSING, [CASE_WRONG_DEPARTMENT] = MSG_ACT_REASON_MISSING,
        [CASE_VISIT] = MSG_ACT_VISIT_MISSING,     [CASE_SPOT] = MSG_ACT_REPORT_MISSING,
    };
    if (str_trim(a->act->words).n > 0) {
        return OK;
    }
    const enum msg m = missing[a->act->action];
    return fail_set(a->c->fail, ERR_INVALID, (int)(m == MSG_NONE ? MSG_CASE_WORDS_NEEDED : m), "words");
}

/* An officer of the case's district, or of a department above it. */
static bool within(const struct account *officer, const struct q_case_get *row)
{
    return officer->home == row->home ||
           (officer->home == 0 && (officer->unit_id == row->province_id ||
                                   (row->division_id.given && officer->unit_id == row->division_id.v)));
}

err act_past_offices(struct acting *a, int64_t service_id, int64_t office_id, bool *out)
{
    int64_t answers;
    struct q_body_kind body;
    struct q_service_by_id service;
    *out = false;
    TRY(q_service_by_id(a->c->db, a->c->arena, service_id, &service));
    const err e = catalogue_body(a->c, service_id, a->v.row.unit_id, &answers);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    TRY(q_body_kind(a->c->db, a->c->arena, answers, &body));
    const bool about_staff = str_eq(service.sensitivity_code, S("P")) && service.municipal_flag != 0;
    *out = about_staff && str_eq(body.body_kind_code, S("dc")) && office_id != answers;
    return OK;
}

static err officer_find(struct acting *a, struct account *out)
{
    const err e = account_find(a->c, a->act->to, out);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (out->role != ROLE_OFFICER || !within(out, &a->v.row)))) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_OFFICER_UNKNOWN, "to");
    }
    return e;
}

static err before_assign(struct acting *a)
{
    bool past;
    struct account officer;
    TRY(officer_find(a, &officer));
    TRY(bar_stands(a->c, &a->v, officer.office_id, &past));
    if (past) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_PAST_DESK, "to");
    }
    TRY(act_past_offices(a, a->v.row.service_id, officer.office_id, &past));
    if (past) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_PAST_OFFICES, "to");
    }
    if (a->v.state == CASE_ASSIGNED && a->v.flow.assignee_id.given && a->v.flow.assignee_id.v == officer.id) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_ALREADY_THERE, "to");
    }
    a->step.detail = officer.login;
    a->v.flow.office_id = SOME(officer.office_id);
    a->v.flow.assignee_id = SOME(officer.id);
    a->v.flow.marked_id = NONE_I64;
    return OK;
}

/* The head marks it to somebody of his own office; the clock and the answer stay with him. */
static err before_mark(struct acting *a)
{
    struct account officer;
    TRY(officer_find(a, &officer));
    if (officer.office_id != a->c->actor.office_id || officer.id == a->c->actor.user_id) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_MARK_WHOM, "to");
    }
    if (a->v.flow.assignee_id.given && a->v.flow.assignee_id.v != a->c->actor.user_id) {
        return fail_set(a->c->fail, ERR_DENIED, MSG_CASE_MARK_HEAD, "action");
    }
    if (a->v.flow.marked_id.given && a->v.flow.marked_id.v == officer.id) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_ALREADY_THERE, "to");
    }
    a->v.flow.marked_id = SOME(officer.id);
    a->step.detail = officer.login;
    a->step.inside = true;
    return OK;
}

static err before_wrong_department(struct acting *a)
{
    TRY(words_needed(a));
    a->v.flow.office_id = NONE_I64;
    a->v.flow.assignee_id = NONE_I64;
    a->v.flow.marked_id = NONE_I64;
    return OK;
}

/* Why it is not possible now, and when it is looked at again: without both nobody could ask for it. */
static err reason_needed(struct acting *a)
{
    enum { NEXT_DAYS_MAX = 730 };
    const int64_t today = local_day(a->c->now_ms);
    if (case_word_of(case_reason_words, CASE_reason_n, a->act->reason) == MSG_NONE) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_REASON_NEEDED, "reason");
    }
    if (a->act->next_day == 0) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_NEXT_NEEDED, "next_date");
    }
    if (a->act->next_day <= today || days_between(today, a->act->next_day) > NEXT_DAYS_MAX) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_NEXT_WHEN, "next_date");
    }
    a->step.reason = a->act->reason;
    a->step.next_day = SOME(a->act->next_day);
    return OK;
}

static err report_facets(struct acting *a, unsigned result)
{
    a->step.result = result;
    if (result == RESULT_NOT_POSSIBLE) {
        TRY(reason_needed(a));
    }
    a->v.flow.reason_code = result == RESULT_NOT_POSSIBLE ? a->act->reason : S("");
    a->v.flow.next_day = a->step.next_day;
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
    return report_facets(a, result);
}

/* What he answered to her face, by the hand of who keeps the list: never one of the office that has it. */
static err before_spot(struct acting *a)
{
    unsigned result;
    if (a->v.flow.office_id.given && a->v.flow.office_id.v == a->c->actor.office_id) {
        return fail_set(a->c->fail, ERR_DENIED, MSG_CASE_OWN_WORK, "action");
    }
    TRY(words_needed(a));
    if (flow_result_of(&complaint_kind, a->act->result, &result).code != ERR_OK ||
        (result != RESULT_DONE && result != RESULT_NOT_POSSIBLE)) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_RESULT_NEEDED, "result");
    }
    a->step.via = S("event");
    return report_facets(a, result);
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
    static const str vias[] = {S_INIT("desk"), S_INIT("phone"), S_INIT("public"), S_INIT("proxy"),
                               S_INIT("event")};
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
        const bool hers = a->c->actor.role == ROLE_PUBLIC;
        return fail_set(a->c->fail, ERR_CONFLICT, hers ? MSG_CASE_NOTES_ENOUGH : MSG_CASE_NOTES_ENOUGH_STAFF,
                        "action");
    }
    return OK;
}

/* A correction without new words answers nothing. */
static err before_amend(struct acting *a)
{
    const bool words = str_trim(a->act->words).n > 0;
    if (!words && !act_corrects(a->act)) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_AMEND_WHAT, "words");
    }
    if (!words) {
        a->step.result = RESULT_CORRECTED;
    }
    return notes_bounded(a);
}

/* Three tries in three minutes are no three tries: one in a day counts. */
static err before_call_failed(struct acting *a)
{
    int64_t today;
    TRY(flow_today(a->c, &a->v.subject, CASE_CALL_FAILED, &today));
    if (today > 0) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_TRIED_TODAY, "action");
    }
    if (!a->v.row.reachable_flag) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_NOT_REACHABLE, "action");
    }
    a->step.inside = true;
    return OK;
}

static err before_outcome(struct acting *a)
{
    a->step.result = a->act->some_back ? RESULT_SOME_BACK : RESULT_ALL_BACK;
    return OK;
}

static err before_close(struct acting *a)
{
    a->step.result = a->act->reported ? RESULT_REPORTED : RESULT_ANY;
    return OK;
}

/* What came of a call is a note: the office that asked for the visit reads when it suits her. */
static err before_comment(struct acting *a)
{
    TRY(words_needed(a));
    if (a->act->told.n > 0 && !case_calls_for(&a->c->actor, &a->v)) {
        return fail_set(a->c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "told");
    }
    a->step.detail = a->act->told.n > 0 ? a->act->told : STR_NONE;
    return notes_bounded(a);
}

/* What she says on the telephone is taken down by the desk; by an ADC only where the desk is passed by. */
static bool calls_or_other(const struct actor *who, const struct case_view *v, unsigned action)
{
    const bool said = action == CASE_ANSWER || action == CASE_CALL_FAILED || action == CASE_AMEND;
    return who->role != ROLE_ADC || !said || case_calls_for(who, v);
}

/* ---- the step itself ---- */

static err counts_follow(struct acting *a)
{
    const struct tally_key is = tally_of(&a->v);
    TRY(tally_move(a->c, &a->was, &is));
    if (is.state == a->was.state || a->act->action == CASE_UNDO) {
        return OK;
    }
    return flow_news(a->c, &a->v.subject,
                     arena_printf(a->c->arena, "case.%s", complaint_kind.states[a->v.flow.flow_state]));
}

err case_do(struct ctx *c, const case_ref *ref, const struct case_act *act, struct case_receipt *out)
{
    static err (*const before[CASE_ACTIONS])(struct acting *) = {
        [CASE_ASSIGN] = before_assign,
        [CASE_ASK] = words_needed,
        [CASE_REPORT_ACTION] = before_report,
        [CASE_ANSWER] = before_answer,
        [CASE_REOPEN] = words_needed,
        [CASE_REJECT] = before_reject,
        [CASE_COMMENT] = before_comment,
        [CASE_AMEND] = before_amend,
        [CASE_WITHDRAW] = before_withdraw,
        [CASE_MARK] = before_mark,
        [CASE_WRONG_DEPARTMENT] = before_wrong_department,
        [CASE_VISIT] = words_needed,
        [CASE_CALL_FAILED] = before_call_failed,
        [CASE_CLOSE_UNCONFIRMED] = before_close,
        [CASE_OUTCOME] = before_outcome,
        [CASE_SPOT] = before_spot,
    };
    /* With a role for whom the result is known only later: any one will do to ask whether she may at all. */
    static const unsigned any_result[CASE_ACTIONS] = {[CASE_REPORT_ACTION] = RESULT_DONE,
                                                      [CASE_ANSWER] = RESULT_SOLVED,
                                                      [CASE_OUTCOME] = RESULT_ALL_BACK,
                                                      [CASE_SPOT] = RESULT_DONE};
    struct acting a = {.c = c, .act = act};
    TRY(case_find(c, ref, &a.v));
    if (act->step != 0 && act->step != a.v.flow.step_no) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_CHANGED_MEANWHILE, "step");
    }
    a.found = a.v.flow;
    a.was = tally_of(&a.v);
    a.step = (struct flow_step_in){.action = act->action,
                                   .words = str_trim(act->words).n == 0 ? STR_NONE : act->words};
    /* Who may not do this at all is told so before anything is asked of her. */
    if (!flow_can(a.v.subject.kind, a.v.state, act->action, c->actor.role)) {
        a.step.result = any_result[act->action];
        return flow_act(c, &a.v.subject, &a.v.flow, &a.step);
    }
    if (!calls_or_other(&c->actor, &a.v, act->action)) {
        return fail_set(c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    if (before[act->action] != NULL) {
        TRY(before[act->action](&a));
    }
    TRY(act->action == CASE_UNDO ? flow_undo(c, &a.v.subject, CASE_CLOCK, &a.v.flow) : step_take(&a));
    TRY(counts_follow(&a));
    *out =
        (struct case_receipt){.ref = *ref, .state = (unsigned)a.v.flow.flow_state, .due_ms = a.v.flow.due_ms};
    return OK;
}

err case_officers(struct ctx *c, const struct case_view *v, struct q_officer_list **out, size_t *out_n)
{
    const struct q_officer_list_in in = {.home = v->row.home,
                                         .role_no = ROLE_OFFICER,
                                         .province_id = v->row.province_id,
                                         .division_id = v->row.division_id.given ? v->row.division_id.v : 0};
    struct q_officer_list *rows;
    size_t n;
    size_t kept = 0;
    TRY(q_officer_list(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) { /* none of the office that it is about */
        bool barred;
        TRY(bar_stands(c, v, rows[i].office_id.v, &barred));
        if (!barred) {
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

bool case_may(struct ctx *c, const struct case_view *v, unsigned action)
{
    if (action == CASE_UNDO) {
        return flow_undoable(c, &v->subject, &v->flow);
    }
    return flow_can(v->subject.kind, v->state, action, c->actor.role) && calls_or_other(&c->actor, v, action);
}

err case_silent(struct ctx *c, int64_t *out_done)
{
    enum { AT_ONCE = 100 };
    struct q_place_all *units;
    size_t units_n;
    *out_done = 0;
    TRY(place_list(c, &units, &units_n));
    for (size_t u = 0; u < units_n && *out_done < AT_ONCE; u++) {
        const struct q_case_silent_list_in in = {
            .home = units[u].id,
            .flow_state = CASE_AWAITING_ANSWER,
            .before_ms = c->now_ms - (int64_t)CASE_SILENT_DAYS * MS_PER_DAY,
            .amend_no = CASE_AMEND,
            .limit = AT_ONCE - *out_done,
        };
        struct q_case_silent_list *rows;
        size_t n;
        if (units[u].level_no != LEVEL_DISTRICT) {
            continue;
        }
        TRY(q_case_silent_list(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            const struct case_act act = {.action = CASE_CLOSE_UNCONFIRMED};
            struct case_receipt done;
            case_ref ref;
            TRY(case_ref_of(c->arena, rows[i].ref_code, &ref));
            TRY(case_do(c, &ref, &act, &done));
        }
        *out_done += (int64_t)n;
    }
    return OK;
}
