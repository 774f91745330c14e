/* direction_act.c: what is done to a direction, and the rules that are more than the table of states.
 *
 * The office reports what it did; a report never ends a direction. Whoever reported, and the office that did,
 * does not answer for those present. What women present say is not done, nobody writes down as done.
 */
#include "clock.h"
#include "direction_inside.h"

struct acting {
    struct ctx *c;
    const struct direction_act *act;
    struct direction_view v;
    struct flow_step_in step;
    bool says_new; /* its row was changed: it is sealed again */
};

static err refuse(struct acting *a, enum msg m, const char *field)
{
    return fail_set(a->c->fail, ERR_INVALID, (int)m, field);
}

static err words_needed(struct acting *a)
{
    return str_trim(a->act->words).n > 0 ? OK : refuse(a, MSG_DIRECTION_SAY_WHAT, "words");
}

static bool official(const struct direction_view *v)
{
    return str_eq(v->row.side_code, S("official"));
}

/* Nobody of that office can open it here: what it did comes on paper, and the desk or those above write it
 * down. */
static err on_paper(struct ctx *c, const struct direction_view *v, bool *out)
{
    struct q_direction_office_staffed row;
    *out = !official(v);
    if (*out) {
        return OK;
    }
    TRY(q_direction_office_staffed(c->db, c->arena, v->row.body_id.v, ROLE_OFFICER, &row));
    *out = row.officers_n == 0;
    return OK;
}

static err before_report(struct acting *a)
{
    bool paper = true;
    unsigned result;
    TRY(words_needed(a));
    if (flow_result_of(&direction_kind, a->act->result, &result).code != ERR_OK || result < DIRECTION_DONE ||
        result > DIRECTION_NOT_POSSIBLE) {
        return refuse(a, MSG_DIRECTION_RESULT_MISSING, "result");
    }
    if (a->c->actor.role != ROLE_OFFICER) {
        TRY(on_paper(a->c, &a->v, &paper));
        if (!paper) {
            return fail_set(a->c->fail, ERR_DENIED, MSG_DIRECTION_OFFICE_REPORTS, "action");
        }
        a->step.via = S("paper");
    }
    a->step.result = result;
    return OK;
}

static err before_wrong_office(struct acting *a)
{
    TRY(words_needed(a));
    a->v.flow.office_id = NONE_I64;
    return flow_assign_end(a->c, &a->v.subject);
}

static err before_send(struct acting *a)
{
    int64_t office;
    if (!official(&a->v)) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_DIRECTION_NO_OFFICE, "action");
    }
    if (str_trim(a->act->post).n == 0) {
        return refuse(a, MSG_DIRECTION_POST_MISSING, "post");
    }
    TRY(words_needed(a));
    TRY(direction_office_settle(a->c, a->v.row.home, a->act->office, &office));
    const struct q_direction_send_in row = {.body_id = SOME(office),
                                            .post_text = str_trim(a->act->post),
                                            .vacant_flag = a->act->vacant,
                                            .home = a->v.row.home,
                                            .id = a->v.row.id};
    TRY(q_direction_send(a->c->db, &row, NULL));
    a->v.flow.office_id = SOME(office);
    a->step.detail = str_trim(a->act->office);
    a->says_new = true;
    return flow_assign(a->c, &a->v.subject, a->v.flow.step_no + 1, office, NONE_I64);
}

static err before_move(struct acting *a)
{
    int64_t due;
    TRY(words_needed(a));
    TRY(direction_day_check(a->c, a->act->day));
    const struct q_direction_move_in row = {.due_day = a->act->day, .home = a->v.row.home, .id = a->v.row.id};
    TRY(q_direction_move(a->c->db, &row, NULL));
    const struct promise promise = {.from_ms = a->c->now_ms,
                                    .days = days_between(local_day(a->c->now_ms), a->act->day),
                                    .basis = S("moved")};
    TRY(clock_start(a->c, &a->v.subject, DIRECTION_CLOCK, &promise, &due));
    a->v.flow.due_ms = due;
    a->step.next_day = SOME(a->act->day);
    a->says_new = true;
    return OK;
}

static err before_note(struct acting *a)
{
    int64_t today;
    TRY(words_needed(a));
    TRY(flow_today(a->c, &a->v.subject, a->act->action, &today));
    if (today >= CASE_NOTES_A_DAY) {
        return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_NOTES_ENOUGH, "action");
    }
    return OK;
}

static err before_accept(struct acting *a)
{
    (void)a;
    return OK;
}

/* NULL: it is not done on the direction's own page. */
static err (*const before[DIRECTION_ACTIONS])(struct acting *a) = {
    [DIRECTION_ACCEPT] = before_accept, [DIRECTION_NOTE] = before_note,
    [DIRECTION_REPORT] = before_report, [DIRECTION_WRONG_OFFICE] = before_wrong_office,
    [DIRECTION_SEND] = before_send,     [DIRECTION_MOVE] = before_move,
    [DIRECTION_CANCEL] = words_needed,
};

static err step_take(struct acting *a)
{
    struct seal says;
    if (a->says_new) {
        TRY(direction_says(a->c, a->v.row.home, a->v.row.id, &says));
        a->step.content = seal_text(&says);
    }
    TRY(flow_act(a->c, &a->v.subject, &a->v.flow, &a->step));
    if (!flow_open(&direction_kind, (unsigned)a->v.flow.flow_state)) {
        TRY(clock_stop(a->c, &a->v.subject, DIRECTION_CLOCK));
    }
    return flow_news(a->c, &a->v.subject,
                     arena_printf(a->c->arena, "direction.%s", direction_kind.actions[a->step.action]));
}

static struct flow_step_in step_of(unsigned action, str words)
{
    return (struct flow_step_in){.action = action,
                                 .via = STR_NONE,
                                 .detail = STR_NONE,
                                 .reason = STR_NONE,
                                 .words = str_trim(words).n > 0 ? str_trim(words) : STR_NONE,
                                 .content = STR_NONE};
}

err direction_do(struct ctx *c, str event_code, int64_t no, const struct direction_act *act)
{
    struct acting a = {.c = c, .act = act, .step = step_of(act->action, act->words)};
    TRY(direction_find(c, event_code, no, &a.v));
    if (act->action >= DIRECTION_ACTIONS || before[act->action] == NULL) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_NOT_NOW, "action");
    }
    if (act->step != 0 && act->step != a.v.flow.step_no) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_CHANGED_MEANWHILE, "action");
    }
    if (!flow_can(&direction_kind, a.v.state, act->action, c->actor.role)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_NOT_NOW, "action");
    }
    TRY(before[act->action](&a));
    return step_take(&a);
}

bool direction_may(struct ctx *c, const struct direction_view *v, unsigned action)
{
    bool paper;
    if (action >= DIRECTION_ACTIONS || before[action] == NULL ||
        !flow_can(&direction_kind, v->state, action, c->actor.role)) {
        return false;
    }
    if (action == DIRECTION_SEND) {
        return official(v);
    }
    if (action == DIRECTION_REPORT && c->actor.role != ROLE_OFFICER) {
        return on_paper(c, v, &paper).code == ERR_OK && paper;
    }
    return true;
}

/* ---- what the follow-up event says ---- */

static err result_of(struct acting *a, const struct direction_answer *n, unsigned *out)
{
    static const struct {
        str answer;
        unsigned result;
    } results[] = {
        {S_INIT("done"), DIRECTION_DONE},
        {S_INIT("partly"), DIRECTION_DONE_IN_PART},
        {S_INIT("not_done"), DIRECTION_STILL_NOT_DONE},
        {S_INIT("carried_on"), DIRECTION_CARRY_ON},
        {S_INIT("dropped"), DIRECTION_DROP},
    };
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        if (str_eq(results[i].answer, n->answer)) {
            *out = results[i].result;
            return OK;
        }
    }
    return refuse(a, MSG_DIRECTION_ANSWER_MISSING, "answer");
}

static err their_word(struct acting *a, const struct direction_answer *n)
{
    bool resolver = false;
    TRY(result_of(a, n, &a->step.result));
    if (a->step.result == DIRECTION_DONE && !n->women.given) {
        a->step.result = DIRECTION_DONE_UNASKED;
    }
    if (a->step.result == DIRECTION_DONE && n->women.v == 0) {
        return refuse(a, MSG_DIRECTION_WOMEN_SAY_NO, "women_agree");
    }
    if (a->step.result != DIRECTION_DONE && str_trim(n->words).n == 0) {
        return refuse(a, MSG_DIRECTION_SAY_WHAT, "words");
    }
    if (official(&a->v)) {
        TRY(flow_done_by(a->c, &a->v.subject, DIRECTION_REPORT, 0, a->c->actor.office_id, &resolver));
    }
    if (resolver) {
        bool paper;
        TRY(on_paper(a->c, &a->v, &paper));
        resolver = !paper;
    }
    return resolver ? fail_set(a->c->fail, ERR_DENIED, MSG_DIRECTION_OWN_WORK, "answer") : OK;
}

err direction_answered(struct ctx *c, const struct direction_view *v, const struct direction_answer *n)
{
    struct acting a = {.c = c, .v = *v, .step = step_of(DIRECTION_ANSWER, n->words)};
    TRY(their_word(&a, n));
    TRY(step_take(&a));
    if (n->again_id == 0) {
        return OK;
    }
    const struct q_direction_carry_in again = {
        .again_id = SOME(n->again_id), .home = v->row.home, .id = v->row.id};
    return q_direction_carry(c->db, &again, NULL);
}
