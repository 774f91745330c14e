#include "flow.h"

#include "audit.h"
#include "clock.h"
#include "flow_inside.h"
#include "msg.h"
#include "seal.h"

err flow_next(const struct flow_kind *kind, unsigned state, unsigned action, unsigned result, enum role role,
              unsigned *out_to)
{
    bool exists = false;
    for (size_t i = 0; i < kind->table_n; i++) {
        const struct flow_transition *t = &kind->table[i];
        if (t->from != state || t->action != action || t->result != result) {
            continue;
        }
        exists = true;
        if ((t->roles & (1u << role)) != 0) {
            *out_to = t->to == FLOW_STAY || t->to == FLOW_BACK ? state : t->to;
            return OK;
        }
    }
    return exists ? FAIL(DENIED) : FAIL(CONFLICT);
}

bool flow_can(const struct flow_kind *kind, unsigned state, unsigned action, enum role role)
{
    for (size_t i = 0; i < kind->table_n; i++) {
        const struct flow_transition *t = &kind->table[i];
        if (t->from == state && t->action == action && (t->roles & (1u << role)) != 0) {
            return true;
        }
    }
    return false;
}

static err name_find(const char *const *names, size_t n, str name, unsigned *out)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(names[i]), name)) {
            *out = (unsigned)i;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

err flow_state_of(const struct flow_kind *kind, str name, unsigned *out)
{
    return name_find(kind->states, kind->states_n, name, out);
}

err flow_action_of(const struct flow_kind *kind, str name, unsigned *out)
{
    return name_find(kind->actions, kind->actions_n, name, out);
}

err flow_result_of(const struct flow_kind *kind, str name, unsigned *out)
{
    return name_find(kind->results, kind->results_n, name, out);
}

bool flow_open(const struct flow_kind *kind, unsigned state)
{
    return (kind->open_states & (1u << state)) != 0;
}

static struct opt_i64 some_unless_zero(int64_t v)
{
    return (struct opt_i64){v != 0, v};
}

/* The step's row, and the same fact in the audit chain. */
static err step_write(struct ctx *c, const struct subject *s, const struct q_flow_get *now, unsigned from,
                      const struct flow_step_in *step)
{
    const struct q_step_add_in row = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .step_no = now->step_no,
        .action_no = step->action,
        .from_state = from,
        .to_state = now->flow_state,
        .at_ms = c->now_ms,
        .at_day = local_day(c->now_ms),
        .role_no = c->actor.role,
        .actor_id = some_unless_zero(c->actor.user_id),
        .actor_office_id = some_unless_zero(c->actor.office_id),
        .result_code = step->result == FLOW_ANY_RESULT ? STR_NONE : str_of(s->kind->results[step->result]),
        .via_code = step->via,
        .detail_code = step->detail,
        .reason_code = step->reason,
        .next_day = step->next_day,
        .words_text = step->words,
        .inside_flag = step->inside,
    };
    TRY(q_step_add(c->db, &row, NULL));
    const struct audit_entry entry = {
        .event = arena_printf(c->arena, "%s.%s", s->kind->name, s->kind->actions[step->action]),
        .home = s->home,
        .subject_kind = str_of(s->kind->name),
        .subject_id = s->id,
        .detail = seal_detail(c->arena, s->kind, &row, now, step->content),
    };
    return audit_add(c, &entry);
}

err flow_start(struct ctx *c, const struct subject *s, unsigned state, const struct q_flow_get *facets,
               const struct flow_step_in *step)
{
    struct q_flow_get first = *facets;
    first.flow_state = state;
    first.open_flag = flow_open(s->kind, state);
    first.since_ms = c->now_ms;
    first.step_no = 1;
    first.action_no = step->action;
    first.step_ms = c->now_ms;
    first.reason_code = S("");
    first.next_day = NONE_I64;
    first.spent_days = NONE_I64;
    const struct q_flow_add_in row = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .flow_state = first.flow_state,
        .open_flag = first.open_flag,
        .since_ms = first.since_ms,
        .step_no = first.step_no,
        .action_no = first.action_no,
        .step_ms = first.step_ms,
        .office_id = first.office_id,
        .assignee_id = first.assignee_id,
        .marked_id = first.marked_id,
        .reason_code = first.reason_code,
        .mark_no = first.mark_no,
        .unit_id = first.unit_id,
        .tehsil_id = first.tehsil_id,
        .topic_id = first.topic_id,
        .due_ms = first.due_ms,
    };
    TRY(q_flow_add(c->db, &row, NULL));
    return step_write(c, s, &first, state, step);
}

err flow_now(struct ctx *c, const struct subject *s, struct q_flow_get *out)
{
    const struct q_flow_get_in in = {.home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    return q_flow_get(c->db, c->arena, &in, out);
}

/* Writes where it stands now; CONFLICT when somebody else took a step in between. */
static err facets_write(struct ctx *c, const struct subject *s, const struct q_flow_get *after,
                        int64_t was_step_no)
{
    const struct q_flow_set_in row = {
        .flow_state = after->flow_state,
        .open_flag = after->open_flag,
        .since_ms = after->since_ms,
        .step_no = after->step_no,
        .action_no = after->action_no,
        .step_ms = after->step_ms,
        .office_id = after->office_id,
        .assignee_id = after->assignee_id,
        .marked_id = after->marked_id,
        .reason_code = after->reason_code,
        .next_day = after->next_day,
        .mark_no = after->mark_no,
        .spent_days = after->spent_days,
        .unit_id = after->unit_id,
        .tehsil_id = after->tehsil_id,
        .topic_id = after->topic_id,
        .due_ms = after->due_ms,
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .was_step_no = was_step_no,
    };
    int64_t changed = 0;
    TRY(q_flow_set(c->db, &row, &changed));
    return changed == 1 ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_CHANGED_MEANWHILE, "action");
}

err flow_as_seen(struct ctx *c, int64_t now, int64_t seen)
{
    return seen != FLOW_UNSEEN && seen == now
               ? OK
               : fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_CHANGED_MEANWHILE, "action");
}

err flow_act(struct ctx *c, const struct subject *s, struct q_flow_get *io, const struct flow_step_in *step)
{
    const unsigned from = (unsigned)io->flow_state;
    unsigned to;
    const err allowed = flow_next(s->kind, from, step->action, step->result, c->actor.role, &to);
    if (allowed.code != ERR_OK) {
        return fail_set(c->fail, allowed.code,
                        allowed.code == ERR_DENIED ? MSG_FLOW_NOT_YOURS : MSG_FLOW_NOT_NOW, "action");
    }
    struct q_flow_get after = *io;
    after.flow_state = to;
    after.open_flag = flow_open(s->kind, to);
    after.since_ms = to == from ? io->since_ms : c->now_ms;
    after.step_no = io->step_no + 1;
    after.action_no = step->action;
    after.step_ms = c->now_ms;
    TRY(facets_write(c, s, &after, io->step_no));
    TRY(step_write(c, s, &after, from, step));
    *io = after;
    return OK;
}

err flow_step_back(struct ctx *c, const struct subject *s, const struct q_flow_get *from,
                   const struct q_flow_get *after)
{
    const struct flow_step_in step = {.action = s->kind->undo};
    TRY(facets_write(c, s, after, from->step_no));
    return step_write(c, s, after, (unsigned)from->flow_state, &step);
}

err flow_timeline(struct ctx *c, const struct subject *s, int64_t before, int64_t limit,
                  struct q_step_list **out, size_t *out_n)
{
    const struct q_step_list_in in = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .before_step_no = before == 0 ? INT64_MAX : before,
        .limit = limit,
    };
    return q_step_list(c->db, c->arena, &in, out, out_n);
}

/* A row that is there or not. */
static err exists(err e, bool *out)
{
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out = e.code == ERR_OK;
    return OK;
}

err flow_reached(struct ctx *c, const struct subject *s, unsigned state, bool *out)
{
    const struct q_step_reached_in in = {.home = s->home,
                                         .kind_no = s->kind->kind_no,
                                         .subject_id = s->id,
                                         .to_state = state,
                                         .undo_no = s->kind->undo};
    struct q_step_reached row;
    return exists(q_step_reached(c->db, c->arena, &in, &row), out);
}

err flow_taken_from(struct ctx *c, const struct subject *s, unsigned action, unsigned state, bool *out)
{
    const struct q_step_taken_from_in in = {.home = s->home,
                                            .kind_no = s->kind->kind_no,
                                            .subject_id = s->id,
                                            .action_no = action,
                                            .from_state = state,
                                            .undo_no = s->kind->undo};
    struct q_step_taken_from row;
    return exists(q_step_taken_from(c->db, c->arena, &in, &row), out);
}

err flow_today(struct ctx *c, const struct subject *s, unsigned action, int64_t *out)
{
    const struct q_step_count_of_day_in in = {.home = s->home,
                                              .kind_no = s->kind->kind_no,
                                              .subject_id = s->id,
                                              .action_no = action,
                                              .role_no = c->actor.role,
                                              .at_day = local_day(c->now_ms),
                                              .undo_no = s->kind->undo};
    struct q_step_count_of_day row;
    TRY(q_step_count_of_day(c->db, c->arena, &in, &row));
    *out = row.steps_n;
    return OK;
}

err flow_done_by(struct ctx *c, const struct subject *s, unsigned action, int64_t account, int64_t office,
                 bool *out)
{
    const struct q_step_by_whom_in in = {.home = s->home,
                                         .kind_no = s->kind->kind_no,
                                         .subject_id = s->id,
                                         .action_no = action,
                                         .undo_no = s->kind->undo};
    struct q_step_by_whom *rows;
    size_t n;
    TRY(q_step_by_whom(c->db, c->arena, &in, &rows, &n));
    bool done = false;
    for (size_t i = 0; i < n; i++) {
        done = done || (account != 0 && rows[i].actor_id.given && rows[i].actor_id.v == account) ||
               (office != 0 && rows[i].actor_office_id.given && rows[i].actor_office_id.v == office);
    }
    *out = done;
    return OK;
}

err flow_assign_end(struct ctx *c, const struct subject *s)
{
    const struct q_assignment_end_in end = {
        .to_ms = SOME(c->now_ms), .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    return q_assignment_end(c->db, &end, NULL);
}

err flow_assign(struct ctx *c, const struct subject *s, int64_t step_no, int64_t office,
                struct opt_i64 account)
{
    TRY(flow_assign_end(c, s));
    const struct q_assignment_add_in row = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .step_no = step_no,
        .office_id = office,
        .assignee_id = account,
        .from_ms = c->now_ms,
    };
    return q_assignment_add(c->db, &row, NULL);
}

err flow_news(struct ctx *c, const struct subject *s, str code)
{
    struct q_flow_get now;
    TRY(flow_now(c, s, &now));
    const struct q_outbox_add_in row = {
        .id = id_next(c),
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .step_no = now.step_no,
        .news_code = code,
        .created_ms = c->now_ms,
    };
    return q_outbox_add(c->db, &row, NULL);
}

err flow_days_tried(struct ctx *c, const struct subject *s, unsigned action, unsigned state, int64_t *out)
{
    const struct q_step_last_into_in into = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .to_state = state};
    struct q_step_last_into since = {.step_no = 0};
    const err e = q_step_last_into(c->db, c->arena, &into, &since);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const struct q_step_days_since_in in = {.home = s->home,
                                            .kind_no = s->kind->kind_no,
                                            .subject_id = s->id,
                                            .action_no = action,
                                            .after_step_no = since.step_no,
                                            .undo_no = s->kind->undo};
    struct q_step_days_since row;
    TRY(q_step_days_since(c->db, c->arena, &in, &row));
    *out = row.days_n;
    return OK;
}

/* ---- who has seen it ---- */

bool flow_unseen(struct ctx *c, const struct subject *s, int64_t step_no)
{
    const struct q_seen_get_in in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .account_id = c->actor.user_id};
    struct q_seen_get row;
    const err e = q_seen_get(c->db, c->arena, &in, &row);
    return e.code == ERR_NOT_FOUND || (e.code == ERR_OK && row.step_no < step_no);
}

err flow_seen(struct ctx *c, const struct subject *s, int64_t step_no)
{
    if (!flow_unseen(c, s, step_no)) {
        return OK;
    }
    const struct q_seen_put_in row = {.home = s->home,
                                      .kind_no = s->kind->kind_no,
                                      .subject_id = s->id,
                                      .account_id = c->actor.user_id,
                                      .step_no = step_no,
                                      .seen_ms = c->now_ms};
    return q_seen_put(c->db, &row, NULL);
}

/* ---- calls ---- */

static err call_put(struct ctx *c, const struct subject *s, str code, int64_t due_day, int64_t tries)
{
    struct q_flow_get now;
    TRY(flow_now(c, s, &now));
    const struct q_call_back_add_in row = {.home = s->home,
                                           .kind_no = s->kind->kind_no,
                                           .subject_id = s->id,
                                           .id = id_next(c),
                                           .call_code = code,
                                           .due_day = due_day,
                                           .tries_n = tries,
                                           .step_no = now.step_no};
    return q_call_back_add(c->db, &row, NULL);
}

err call_back_plan(struct ctx *c, const struct subject *s, str code, int64_t due_day)
{
    return call_put(c, s, code, due_day, 0);
}

err call_back_done(struct ctx *c, const struct subject *s, str code)
{
    struct q_flow_get now;
    TRY(flow_now(c, s, &now));
    const struct q_call_back_end_in row = {.done_ms = SOME(c->now_ms),
                                           .done_step_no = SOME(now.step_no),
                                           .home = s->home,
                                           .kind_no = s->kind->kind_no,
                                           .subject_id = s->id,
                                           .call_code = code};
    return q_call_back_end(c->db, &row, NULL);
}

err call_back_tried(struct ctx *c, const struct subject *s, str code, int64_t due_day)
{
    const struct q_call_back_open_in in = {.home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    struct q_call_back_open *rows;
    size_t n;
    TRY(q_call_back_open(c->db, c->arena, &in, &rows, &n));
    TRY(call_back_done(c, s, code));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].call_code, code)) {
            TRY(call_put(c, s, code, due_day, rows[i].tries_n + 1));
        }
    }
    return OK;
}
