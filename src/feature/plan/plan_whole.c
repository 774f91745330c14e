/* plan_whole.c: all that stands in a plan: read, judged, and copied into the next version. */
#include "plan_inside.h"

#include "clock.h"

err plan_whole(struct ctx *c, const struct planned *v, struct plan_whole *out)
{
    const int64_t home = v->row.home;
    const int64_t id = v->row.id;
    const struct q_plan_actions_in actions = {
        .action_kind_no = action_kind.kind_no, .home = home, .plan_id = id};
    struct plan_whole w = {0};
    TRY(q_plan_results(c->db, c->arena, home, id, &w.results, &w.results_n));
    TRY(q_plan_indicators(c->db, c->arena, home, id, &w.indicators, &w.indicators_n));
    TRY(q_plan_targets(c->db, c->arena, home, id, &w.targets, &w.targets_n));
    TRY(q_plan_actions(c->db, c->arena, &actions, &w.actions, &w.actions_n));
    TRY(q_plan_action_units(c->db, c->arena, home, id, &w.units, &w.units_n));
    TRY(q_plan_people(c->db, c->arena, home, id, &w.people, &w.people_n));
    TRY(q_plan_partners(c->db, c->arena, home, id, &w.partners, &w.partners_n));
    TRY(q_plan_shares(c->db, c->arena, home, id, &w.shares, &w.shares_n));
    TRY(q_plan_risks(c->db, c->arena, home, id, &w.risks, &w.risks_n));
    TRY(q_plan_markers(c->db, c->arena, home, id, &w.markers, &w.markers_n));
    TRY(q_plan_cites(c->db, c->arena, home, id, &w.cites, &w.cites_n));
    *out = w;
    return OK;
}

const struct q_plan_results *plan_result_of(const struct plan_whole *w, int64_t no)
{
    for (size_t i = 0; i < w->results_n; i++) {
        if (w->results[i].result_no == no) {
            return &w->results[i];
        }
    }
    return NULL;
}

const struct q_plan_results *plan_result_by_id(const struct plan_whole *w, int64_t id)
{
    for (size_t i = 0; i < w->results_n; i++) {
        if (w->results[i].id == id) {
            return &w->results[i];
        }
    }
    return NULL;
}

const struct q_plan_indicators *plan_indicator_of(const struct plan_whole *w, int64_t no)
{
    for (size_t i = 0; i < w->indicators_n; i++) {
        if (w->indicators[i].indicator_no == no) {
            return &w->indicators[i];
        }
    }
    return NULL;
}

const struct q_plan_actions *plan_action_of(const struct plan_whole *w, int64_t no)
{
    for (size_t i = 0; i < w->actions_n; i++) {
        if (w->actions[i].action_no == no) {
            return &w->actions[i];
        }
    }
    return NULL;
}

/* ---- what it wants ---- */

static void want(struct plan_want *wants, size_t *n, bool wanted, enum msg text, int64_t no)
{
    if (wanted) {
        wants[(*n)++] = (struct plan_want){text, no};
    }
}

static int64_t shares_of(const struct plan_whole *w, int64_t action)
{
    int64_t sum = 0;
    for (size_t i = 0; i < w->shares_n; i++) {
        sum += w->shares[i].action_id == action ? w->shares[i].share_n : 0;
    }
    return sum;
}

/* Whether somebody has a share of it who stops paying before it ends. */
static bool unpaid(const struct plan_whole *w, const struct q_plan_actions *a)
{
    for (size_t i = 0; i < w->shares_n; i++) {
        if (w->shares[i].action_id == a->id && w->shares[i].to_day < a->to_day) {
            return true;
        }
    }
    return false;
}

static bool placed(const struct plan_whole *w, int64_t action)
{
    for (size_t i = 0; i < w->units_n; i++) {
        if (w->units[i].action_id == action) {
            return true;
        }
    }
    return false;
}

static bool targeted(const struct plan_whole *w, int64_t indicator)
{
    for (size_t i = 0; i < w->targets_n; i++) {
        if (w->targets[i].indicator_id == indicator) {
            return true;
        }
    }
    return false;
}

err plan_wants(struct ctx *c, const struct plan_whole *w, struct plan_want **out, size_t *out_n)
{
    enum { OF_ACTION = 3, OF_WHOLE = 2 };
    const size_t most = OF_WHOLE + w->indicators_n + OF_ACTION * w->actions_n;
    struct plan_want *wants = arena_array_of(c->arena, struct plan_want, most);
    size_t n = 0;
    if (wants == NULL) {
        return FAIL(LIMIT);
    }
    want(wants, &n, w->actions_n == 0, MSG_PLAN_WANTS_ACTION, 0);
    want(wants, &n, w->indicators_n == 0, MSG_PLAN_WANTS_INDICATOR, 0);
    for (size_t i = 0; i < w->indicators_n; i++) {
        want(wants, &n, !targeted(w, w->indicators[i].id), MSG_PLAN_WANTS_TARGET,
             w->indicators[i].indicator_no);
    }
    for (size_t i = 0; i < w->actions_n; i++) {
        const int64_t sum = shares_of(w, w->actions[i].id);
        want(wants, &n, !placed(w, w->actions[i].id), MSG_PLAN_WANTS_UNIT, w->actions[i].action_no);
        want(wants, &n, sum != 0 && sum != PLAN_SHARES_SUM, MSG_PLAN_WANTS_SHARES, w->actions[i].action_no);
        want(wants, &n, unpaid(w, &w->actions[i]), MSG_PLAN_WANTS_FUNDER, w->actions[i].action_no);
    }
    *out = wants;
    *out_n = n;
    return OK;
}

/* ---- the next version ---- */

/* Old ids beside the new ones of what was copied. */
struct renamed {
    int64_t *old, *new;
    size_t n;
};

static err renamed_new(struct ctx *c, size_t n, struct renamed *out)
{
    out->old = arena_array_of(c->arena, int64_t, n + 1);
    out->new = arena_array_of(c->arena, int64_t, n + 1);
    out->n = 0;
    return out->old == NULL || out->new == NULL ? FAIL(LIMIT) : OK;
}

static int64_t rename_id(struct ctx *c, struct renamed *all, int64_t old)
{
    all->old[all->n] = old;
    all->new[all->n] = id_next(c);
    return all->new[all->n++];
}

static struct opt_i64 renamed_of(const struct renamed *all, struct opt_i64 old)
{
    for (size_t i = 0; old.given && i < all->n; i++) {
        if (all->old[i] == old.v) {
            return SOME(all->new[i]);
        }
    }
    return NONE_I64;
}

static err copy_results(struct ctx *c, const struct plan_whole *w, const struct planned *to,
                        struct renamed *ids)
{
    TRY(renamed_new(c, w->results_n, ids));
    for (size_t i = 0; i < w->results_n; i++) {
        (void)rename_id(c, ids, w->results[i].id);
    }
    /* What stands above comes first: a parent is written before its children. */
    for (size_t kind = 0; kind < PLAN_result_n; kind++) {
        for (size_t i = 0; i < w->results_n; i++) {
            const struct q_plan_results *r = &w->results[i];
            const struct q_plan_result_add_in row = {.home = to->row.home,
                                                     .id = ids->new[i],
                                                     .plan_id = to->row.id,
                                                     .result_no = r->result_no,
                                                     .result_kind_code = r->result_kind_code,
                                                     .parent_id = renamed_of(ids, r->parent_id),
                                                     .title_text = r->title_text,
                                                     .assumption_text = r->assumption_text};
            if (str_eq(r->result_kind_code, plan_result_words[kind].code)) {
                TRY(q_plan_result_add(c->db, &row, NULL));
            }
        }
    }
    return OK;
}

static err copy_indicators(struct ctx *c, const struct plan_whole *w, const struct planned *to,
                           const struct renamed *results)
{
    for (size_t i = 0; i < w->indicators_n; i++) {
        const struct q_plan_indicators *r = &w->indicators[i];
        const struct q_plan_indicator_add_in row = {.home = to->row.home,
                                                    .id = id_next(c),
                                                    .plan_id = to->row.id,
                                                    .result_id = renamed_of(results, SOME(r->result_id)).v,
                                                    .indicator_no = r->indicator_no,
                                                    .indicator_code = r->indicator_code,
                                                    .title_text = r->title_text,
                                                    .measure_code = r->measure_code,
                                                    .ascending_flag = r->ascending_flag,
                                                    .counting_code = r->counting_code,
                                                    .aggregate_code = r->aggregate_code,
                                                    .baseline_n = r->baseline_n,
                                                    .baseline_day = r->baseline_day,
                                                    .baseline_text = r->baseline_text,
                                                    .means_text = r->means_text,
                                                    .every_code = r->every_code};
        TRY(q_plan_indicator_add(c->db, &row, NULL));
        const struct q_plan_targets_copy_in targets = {.new_id = row.id, .home = row.home, .old_id = r->id};
        TRY(q_plan_targets_copy(c->db, &targets, NULL));
    }
    return OK;
}

/* What belongs to one activity. */
static err copy_parts(struct ctx *c, int64_t home, int64_t old, int64_t new)
{
    TRY(q_plan_action_units_copy(c->db, &(struct q_plan_action_units_copy_in){new, home, old}, NULL));
    TRY(q_plan_people_copy(c->db, &(struct q_plan_people_copy_in){new, home, old}, NULL));
    TRY(q_plan_partners_copy(c->db, &(struct q_plan_partners_copy_in){new, home, old}, NULL));
    TRY(q_plan_shares_copy(c->db, &(struct q_plan_shares_copy_in){new, home, old}, NULL));
    return q_plan_cites_copy(c->db, &(struct q_plan_cites_copy_in){new, home, old}, NULL);
}

static err copy_actions(struct ctx *c, const struct plan_whole *w, const struct planned *to,
                        const struct renamed *results, struct renamed *ids)
{
    TRY(renamed_new(c, w->actions_n, ids));
    for (size_t i = 0; i < w->actions_n; i++) {
        const struct q_plan_actions *a = &w->actions[i];
        const struct q_plan_action_add_in row = {.home = to->row.home,
                                                 .id = rename_id(c, ids, a->id),
                                                 .plan_id = to->row.id,
                                                 .action_no = a->action_no,
                                                 .result_id = renamed_of(results, SOME(a->result_id)).v,
                                                 .title_text = a->title_text,
                                                 .target_kind_code = a->target_kind_code,
                                                 .event_kind_code = a->event_kind_code,
                                                 .events_n = a->events_n,
                                                 .from_day = a->from_day,
                                                 .to_day = a->to_day,
                                                 .post_text = a->post_text,
                                                 .budget_text = a->budget_text,
                                                 .budget_n = a->budget_n};
        TRY(q_plan_action_add(c->db, &row, NULL));
        TRY(copy_parts(c, row.home, a->id, row.id));
    }
    return OK;
}

/* Risks, and markers with who set them, when and why. */
static err copy_notes(struct ctx *c, const struct plan_whole *w, const struct planned *to,
                      const struct renamed *results, const struct renamed *actions)
{
    for (size_t i = 0; i < w->risks_n; i++) {
        const struct q_plan_risks *r = &w->risks[i];
        const struct q_plan_risk_add_in row = {.home = to->row.home,
                                               .plan_id = to->row.id,
                                               .risk_no = r->risk_no,
                                               .action_id = renamed_of(actions, r->action_id),
                                               .words_text = r->words_text,
                                               .likely_code = r->likely_code,
                                               .answer_text = r->answer_text};
        TRY(q_plan_risk_add(c->db, &row, NULL));
    }
    for (size_t i = 0; i < w->markers_n; i++) {
        const struct q_plan_markers *m = &w->markers[i];
        const struct q_plan_marker_add_in row = {.home = to->row.home,
                                                 .plan_id = to->row.id,
                                                 .marker_no = m->marker_no,
                                                 .result_id = renamed_of(results, m->result_id),
                                                 .action_id = renamed_of(actions, m->action_id),
                                                 .scheme_code = m->scheme_code,
                                                 .value_code = m->value_code,
                                                 .why_text = m->why_text,
                                                 .set_by_id = m->set_by_id,
                                                 .set_ms = m->set_ms};
        TRY(q_plan_marker_add(c->db, &row, NULL));
    }
    return OK;
}

err plan_copy(struct ctx *c, const struct planned *from, const struct planned *to)
{
    struct plan_whole w;
    struct renamed results;
    struct renamed actions;
    TRY(plan_whole(c, from, &w));
    TRY(copy_results(c, &w, to, &results));
    TRY(copy_indicators(c, &w, to, &results));
    TRY(copy_actions(c, &w, to, &results, &actions));
    return copy_notes(c, &w, to, &results, &actions);
}

/* ---- activities of what was approved ---- */

err plan_actions_start(struct ctx *c, const struct planned *v, const struct planned *before)
{
    struct plan_whole w;
    struct plan_whole old = {0};
    TRY(plan_whole(c, v, &w));
    if (before != NULL) {
        TRY(plan_whole(c, before, &old));
    }
    for (size_t i = 0; i < w.actions_n; i++) {
        const struct q_plan_actions *a = &w.actions[i];
        const struct q_plan_actions *was = plan_action_of(&old, a->action_no);
        const struct subject s = {&action_kind, v->row.home, a->id};
        const struct q_flow_get facets = {.unit_id = v->row.home, .due_ms = day_at_ms(a->to_day, 16, 0)};
        struct flow_step_in step = plan_step(ACTION_PLAN, STR_NONE);
        struct seal says;
        const unsigned state =
            was != NULL && was->flow_state.given ? (unsigned)was->flow_state.v : ACTION_PLANNED;
        TRY(action_seal(c, v->row.home, a->id, &says));
        step.content = seal_text(&says);
        TRY(flow_start(c, &s, state, &facets, &step));
    }
    return OK;
}
