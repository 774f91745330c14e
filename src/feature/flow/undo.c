/* undo.c: one's own last step taken back, as long as it has not reached anybody. */
#include "clock.h"
#include "flow.h"
#include "flow_inside.h"
#include "msg.h"

err flow_remember(struct ctx *c, const struct subject *s, const struct q_flow_get *now, str clock)
{
    const struct q_deadline_last_in ask = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .clock_code = clock};
    struct q_deadline_last round;
    const err found = q_deadline_last(c->db, c->arena, &ask, &round);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    struct q_before_put_in row = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .step_no = now->step_no,
        .flow_state = now->flow_state,
        .open_flag = now->open_flag,
        .since_ms = now->since_ms,
        .action_no = now->action_no,
        .step_ms = now->step_ms,
        .office_id = now->office_id,
        .assignee_id = now->assignee_id,
        .marked_id = now->marked_id,
        .reason_code = now->reason_code,
        .next_day = now->next_day,
        .mark_no = now->mark_no,
        .spent_days = now->spent_days,
        .unit_id = now->unit_id,
        .tehsil_id = now->tehsil_id,
        .topic_id = now->topic_id,
        .due_ms = now->due_ms,
    };
    if (found.code == ERR_OK) {
        row.round_no = SOME(round.round_no);
        row.round_due_ms = SOME(round.due_ms);
        row.paused_ms = round.paused_ms;
        row.paused_days = SOME(round.paused_days);
        row.stopped_ms = round.stopped_ms;
    }
    return q_before_put(c->db, &row, NULL);
}

static err before_of(struct ctx *c, const struct subject *s, struct q_before_get *out)
{
    const struct q_before_get_in in = {.home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    return q_before_get(c->db, c->arena, &in, out);
}

/* Why the last step cannot be taken back; MSG_NONE: it can. */
static err refusal(struct ctx *c, const struct subject *s, const struct q_flow_get *now, enum msg *out)
{
    struct q_before_get before;
    struct q_step_list *steps;
    size_t n;
    TRY(flow_timeline(c, s, 0, 1, &steps, &n));
    *out = MSG_FLOW_UNDO_NOTHING;
    const err kept = before_of(c, s, &before);
    if (kept.code == ERR_NOT_FOUND || n != 1) {
        return OK;
    }
    TRY(kept);
    if (before.step_no + 1 != now->step_no || steps[0].action_no == (int64_t)s->kind->undo) {
        return OK;
    }
    *out = MSG_FLOW_UNDO_NOT_YOURS;
    if (steps[0].role_no != (int64_t)c->actor.role ||
        (steps[0].actor_id.given ? steps[0].actor_id.v : 0) != c->actor.user_id) {
        return OK;
    }
    *out = MSG_FLOW_UNDO_LATE;
    if (c->now_ms - steps[0].at_ms > (int64_t)UNDO_MINUTES * MS_PER_MINUTE) {
        return OK;
    }
    const struct q_seen_by_others_in in = {.home = s->home,
                                           .kind_no = s->kind->kind_no,
                                           .subject_id = s->id,
                                           .account_id = c->actor.user_id,
                                           .step_no = now->step_no};
    struct q_seen_by_others by;
    const err seen = q_seen_by_others(c->db, c->arena, &in, &by);
    *out = MSG_FLOW_UNDO_SEEN;
    if (seen.code != ERR_NOT_FOUND) {
        return seen;
    }
    const struct q_outbox_of_step_in sent_in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .step_no = now->step_no};
    struct q_outbox_of_step *news;
    TRY(q_outbox_of_step(c->db, c->arena, &sent_in, &news, &n));
    *out = MSG_NONE;
    for (size_t i = 0; i < n; i++) {
        *out = news[i].taken_ms.given ? MSG_FLOW_UNDO_SENT : *out;
    }
    return OK;
}

bool flow_undoable(struct ctx *c, const struct subject *s, const struct q_flow_get *now)
{
    enum msg why;
    return flow_can(s->kind, (unsigned)now->flow_state, s->kind->undo, c->actor.role) &&
           refusal(c, s, now, &why).code == ERR_OK && why == MSG_NONE;
}

/* News that was not taken says nothing any more. */
static err news_remove(struct ctx *c, const struct subject *s, int64_t step_no)
{
    const struct q_outbox_of_step_in in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .step_no = step_no};
    struct q_outbox_of_step *rows;
    size_t n;
    TRY(q_outbox_of_step(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t removed = 0;
        TRY(q_outbox_remove(c->db, rows[i].id, &removed));
        if (removed != 1) { /* taken since refusal() looked: with several writers */
            return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_UNDO_SENT, "action");
        }
    }
    return OK;
}

/* The clock as it ran before: a round that the step began is none. */
static err clock_restore(struct ctx *c, const struct subject *s, str clock, const struct q_before_get *before)
{
    const struct q_deadline_last_in ask = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .clock_code = clock};
    struct q_deadline_last round;
    const err e = q_deadline_last(c->db, c->arena, &ask, &round);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    if (!before->round_no.given || round.round_no > before->round_no.v) {
        const struct q_deadline_remove_in row = {.home = s->home,
                                                 .kind_no = s->kind->kind_no,
                                                 .subject_id = s->id,
                                                 .clock_code = clock,
                                                 .round_no = round.round_no};
        TRY(q_deadline_remove(c->db, &row, NULL));
        return before->round_no.given ? clock_restore(c, s, clock, before) : OK;
    }
    const struct q_deadline_set_in row = {.due_ms = before->round_due_ms.v,
                                          .paused_ms = before->paused_ms,
                                          .paused_days = before->paused_days.v,
                                          .stopped_ms = before->stopped_ms,
                                          .basis_text = round.basis_text,
                                          .home = s->home,
                                          .kind_no = s->kind->kind_no,
                                          .subject_id = s->id,
                                          .clock_code = clock,
                                          .round_no = round.round_no};
    return q_deadline_set(c->db, &row, NULL);
}

/* Calls that the step planned are no calls, those that it ended are due again. */
static err calls_restore(struct ctx *c, const struct subject *s, int64_t step_no)
{
    const struct q_call_back_unplan_in planned = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .step_no = step_no};
    const struct q_call_back_again_in ended = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .done_step_no = step_no};
    TRY(q_call_back_unplan(c->db, &planned, NULL));
    return q_call_back_again(c->db, &ended, NULL);
}

static bool same(struct opt_i64 a, struct opt_i64 b)
{
    return a.given == b.given && (!a.given || a.v == b.v);
}

err flow_undo(struct ctx *c, const struct subject *s, str clock, struct q_flow_get *io)
{
    enum msg why;
    struct q_before_get before;
    TRY(refusal(c, s, io, &why));
    if (why != MSG_NONE) {
        return fail_set(c->fail, why == MSG_FLOW_UNDO_NOT_YOURS ? ERR_DENIED : ERR_CONFLICT, (int)why,
                        "action");
    }
    TRY(before_of(c, s, &before));
    TRY(news_remove(c, s, io->step_no));
    TRY(clock_restore(c, s, clock, &before));
    TRY(calls_restore(c, s, io->step_no));
    const bool moved = !same(before.office_id, io->office_id) || !same(before.assignee_id, io->assignee_id);
    const struct q_flow_get after = {
        .flow_state = before.flow_state,
        .open_flag = before.open_flag,
        .since_ms = before.since_ms,
        .step_no = io->step_no + 1,
        .action_no = s->kind->undo,
        .step_ms = c->now_ms,
        .office_id = before.office_id,
        .assignee_id = before.assignee_id,
        .marked_id = before.marked_id,
        .reason_code = before.reason_code,
        .next_day = before.next_day,
        .mark_no = before.mark_no,
        .spent_days = before.spent_days,
        .unit_id = before.unit_id,
        .tehsil_id = before.tehsil_id,
        .topic_id = before.topic_id,
        .due_ms = before.due_ms,
    };
    TRY(flow_step_back(c, s, io, &after));
    if (moved) {
        TRY(flow_assign_end(c, s));
        if (after.office_id.given) {
            TRY(flow_assign(c, s, after.step_no, after.office_id.v, after.assignee_id));
        }
    }
    const struct q_before_remove_in gone = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    TRY(q_before_remove(c->db, &gone, NULL));
    *io = after;
    return OK;
}
