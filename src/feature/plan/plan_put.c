/* plan_put.c: writing results, indicators, targets and activities of a draft. */
#include "clock.h"
#include "place.h"
#include "plan_inside.h"

static str or_empty(str s)
{
    return s.p == NULL ? S("") : str_trim(s);
}

err plan_unit(struct ctx *c, const struct planned *v, str code, int64_t *out)
{
    struct q_place_by_code unit;
    bool inside;
    const err e = place_find(c, code, &unit);
    if (e.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(e);
    TRY(place_lies_in(c, unit.id, v->row.home, &inside));
    if (!inside) {
        return plan_refuse(c, MSG_PLAN_UNIT_OUTSIDE, "unit");
    }
    *out = unit.id;
    return OK;
}

/* ---- results ---- */

/* An outcome serves an impact, an output an outcome. */
static err parent_of(struct ctx *c, const struct plan_whole *w, const struct plan_result_edit *e,
                     struct opt_i64 *out)
{
    const struct q_plan_results *up = e->parent != 0 ? plan_result_of(w, e->parent) : NULL;
    *out = NONE_I64;
    if (e->parent == 0) {
        return OK;
    }
    const str fits = str_eq(e->kind, S("output"))    ? S("outcome")
                     : str_eq(e->kind, S("outcome")) ? S("impact")
                                                     : S("none");
    if (up == NULL || !str_eq(up->result_kind_code, fits)) {
        return plan_refuse(c, MSG_PLAN_PARENT_WRONG, "parent");
    }
    *out = SOME(up->id);
    return OK;
}

/* Whether something hangs below a result. */
static bool result_used(const struct plan_whole *w, int64_t id)
{
    bool used = false;
    for (size_t i = 0; i < w->results_n; i++) {
        used = used || (w->results[i].parent_id.given && w->results[i].parent_id.v == id);
    }
    for (size_t i = 0; i < w->indicators_n; i++) {
        used = used || w->indicators[i].result_id == id;
    }
    for (size_t i = 0; i < w->actions_n; i++) {
        used = used || w->actions[i].result_id == id;
    }
    return used;
}

err plan_result_put(struct ctx *c, struct planned *io, const struct plan_result_edit *e)
{
    struct plan_whole w;
    struct opt_i64 parent;
    int64_t last = 0;
    TRY(plan_open(c, io, e->no == 0 ? -1 : e->seen));
    TRY(plan_whole(c, io, &w));
    if (or_empty(e->title).n == 0) {
        return plan_refuse(c, MSG_PLAN_TITLE_MISSING, "title");
    }
    TRY(parent_of(c, &w, e, &parent));
    const struct q_plan_results *there = plan_result_of(&w, e->no);
    if (e->no != 0 && there == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (there != NULL && !str_eq(there->result_kind_code, e->kind) && result_used(&w, there->id)) {
        return plan_refuse(c, MSG_PLAN_RESULT_USED, "kind");
    }
    for (size_t i = 0; i < w.results_n; i++) {
        last = w.results[i].result_no > last ? w.results[i].result_no : last;
    }
    if (there == NULL && last >= PLAN_RESULTS_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_plan_result_add_in row = {.home = io->row.home,
                                             .id = there != NULL ? there->id : id_next(c),
                                             .plan_id = io->row.id,
                                             .result_no = there != NULL ? there->result_no : last + 1,
                                             .result_kind_code = e->kind,
                                             .parent_id = parent,
                                             .title_text = or_empty(e->title),
                                             .assumption_text = or_empty(e->assumption)};
    const struct q_plan_result_set_in set = {.result_kind_code = row.result_kind_code,
                                             .parent_id = row.parent_id,
                                             .title_text = row.title_text,
                                             .assumption_text = row.assumption_text,
                                             .home = row.home,
                                             .id = row.id};
    TRY(there == NULL ? q_plan_result_add(c->db, &row, NULL) : q_plan_result_set(c->db, &set, NULL));
    return plan_edited(c, io, S("result"), row.result_no);
}

/* ---- indicators ---- */

/* What the program computes says itself how it is measured; of what sheets report it is asked. */
static err measured(struct ctx *c, const struct plan_indicator_edit *e, struct q_plan_indicator_add_in *row)
{
    static const struct {
        str measure, aggregate;
    } of[] = {[MEASURE_COUNT] = {S_INIT("unit"), S_INIT("sum")},
              [MEASURE_RATIO] = {S_INIT("percentage"), S_INIT("ratio")},
              [MEASURE_MEDIAN] = {S_INIT("unit"), S_INIT("none")}};
    const struct indicator *i = indicator_find(e->indicator);
    if (i != NULL) {
        row->measure_code = of[i->measure].measure;
        row->aggregate_code = of[i->measure].aggregate;
        row->counting_code =
            plan_code_in(plan_counting_words, PLAN_counting_n, i->counts) ? i->counts : S("other");
        row->ascending_flag = !i->less_is_better;
        return OK;
    }
    if (!str_eq(e->indicator, S("reported"))) {
        return plan_refuse(c, MSG_PLAN_INDICATOR_UNKNOWN, "indicator");
    }
    if (or_empty(e->title).n == 0) {
        return plan_refuse(c, MSG_PLAN_TITLE_MISSING, "title");
    }
    if (or_empty(e->means).n == 0) { /* nobody computes it: it must be possible to verify it */
        return plan_refuse(c, MSG_PLAN_MEANS_MISSING, "means");
    }
    row->measure_code = e->measure.n > 0 ? e->measure : S("unit");
    row->counting_code = e->counting.n > 0 ? e->counting : S("other");
    row->aggregate_code = e->aggregate.n > 0 ? e->aggregate : S("sum");
    row->ascending_flag = !e->falling;
    return OK;
}

static err baseline_check(struct ctx *c, const struct plan_indicator_edit *e)
{
    if (e->baseline_day != 0 && !day_valid(e->baseline_day)) {
        return plan_refuse(c, MSG_PLAN_DAYS_WRONG, "baseline_day");
    }
    if (e->baseline.given && or_empty(e->baseline_source).n == 0) {
        return plan_refuse(c, MSG_PLAN_BASELINE_SOURCE, "baseline_source");
    }
    return OK;
}

static err indicator_write(struct ctx *c, const struct q_plan_indicator_add_in *row, bool anew)
{
    const struct q_plan_indicator_set_in set = {.result_id = row->result_id,
                                                .indicator_code = row->indicator_code,
                                                .title_text = row->title_text,
                                                .measure_code = row->measure_code,
                                                .ascending_flag = row->ascending_flag,
                                                .counting_code = row->counting_code,
                                                .aggregate_code = row->aggregate_code,
                                                .baseline_n = row->baseline_n,
                                                .baseline_day = row->baseline_day,
                                                .baseline_text = row->baseline_text,
                                                .means_text = row->means_text,
                                                .every_code = row->every_code,
                                                .home = row->home,
                                                .id = row->id};
    return anew ? q_plan_indicator_add(c->db, row, NULL) : q_plan_indicator_set(c->db, &set, NULL);
}

err plan_indicator_put(struct ctx *c, struct planned *io, const struct plan_indicator_edit *e)
{
    struct plan_whole w;
    TRY(plan_open(c, io, e->no == 0 ? -1 : e->seen));
    TRY(plan_whole(c, io, &w));
    const struct q_plan_results *result = plan_result_of(&w, e->result);
    const struct q_plan_indicators *there = plan_indicator_of(&w, e->no);
    if (e->no != 0 && there == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (result == NULL) {
        return plan_refuse(c, MSG_PLAN_RESULT_MISSING, "result");
    }
    struct q_plan_indicator_add_in row = {
        .home = io->row.home,
        .id = there != NULL ? there->id : id_next(c),
        .plan_id = io->row.id,
        .result_id = result->id,
        .indicator_no = w.indicators_n > 0 ? w.indicators[w.indicators_n - 1].indicator_no + 1 : 1,
        .indicator_code = e->indicator,
        .title_text = or_empty(e->title),
        .baseline_n = e->baseline,
        .baseline_day = e->baseline_day != 0 ? SOME(e->baseline_day) : NONE_I64,
        .baseline_text = or_empty(e->baseline_source),
        .means_text = or_empty(e->means),
        .every_code = e->every.n > 0 ? e->every : S("quarter")};
    row.indicator_no = there != NULL ? there->indicator_no : row.indicator_no;
    TRY(measured(c, e, &row));
    TRY(baseline_check(c, e));
    if (row.indicator_no > PLAN_INDICATORS_MAX) {
        return FAIL(LIMIT);
    }
    if (there != NULL && !str_eq(there->measure_code, row.measure_code)) {
        TRY(q_plan_targets_drop(c->db, row.home, row.id, NULL)); /* 60 of a hundred is no 60 */
    }
    TRY(indicator_write(c, &row, there == NULL));
    return plan_edited(c, io, S("indicator"), row.indicator_no);
}

/* ---- targets ---- */

bool plan_project_years(const struct planned *v)
{
    enum { JANUARY = 1, JULY = 7 };
    return v->row.project_month_n != JANUARY && v->row.project_month_n != JULY;
}

struct period plan_target_period(const struct planned *v, int64_t quarter)
{
    enum { JULY = 7, MONTH_OF_DAY = 100 };
    const int64_t month = quarter == PLAN_SPAN_PROJECT ? v->row.project_month_n : 1;
    const int64_t year = month < JULY ? v->row.fiscal_no + 1 : v->row.fiscal_no;
    if (quarter == PLAN_SPAN_PROJECT || quarter == PLAN_SPAN_CALENDAR) {
        return period_project((year * MONTH_OF_DAY + month) * MONTH_OF_DAY + 1, month);
    }
    return quarter == 0 ? period_fiscal(v->row.fiscal_no) : period_quarter(v->row.fiscal_no, (int)quarter);
}

/* One target of a plan that is open; *out_no: of which indicator. */
static err target_write(struct ctx *c, const struct planned *v, const struct plan_whole *w,
                        const struct plan_target_edit *e, int64_t *out_no)
{
    enum { PERCENT = 100 };
    int64_t unit;
    const struct q_plan_indicators *i = plan_indicator_of(w, e->indicator);
    if (i == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(plan_unit(c, v, e->unit, &unit));
    const bool percent = str_eq(i->measure_code, S("percentage"));
    if (e->n.given && percent && e->n.v > PERCENT) {
        return plan_refuse(c, MSG_PLAN_PERCENT_WRONG, "n");
    }
    const struct period p = plan_target_period(v, e->quarter);
    const struct q_plan_target_put_in put = {.home = v->row.home,
                                             .indicator_id = i->id,
                                             .unit_id = unit,
                                             .from_day = p.from_day,
                                             .to_day = p.to_day,
                                             .role_code = or_empty(e->role),
                                             .sex_code = or_empty(e->sex),
                                             .num_n = e->n.v,
                                             .den_n = percent ? PERCENT : 1};
    const struct q_plan_target_drop_in drop = {.home = put.home,
                                               .indicator_id = put.indicator_id,
                                               .unit_id = put.unit_id,
                                               .from_day = put.from_day,
                                               .to_day = put.to_day,
                                               .role_code = put.role_code,
                                               .sex_code = put.sex_code};
    *out_no = i->indicator_no;
    return e->n.given ? q_plan_target_put(c->db, &put, NULL) : q_plan_target_drop(c->db, &drop, NULL);
}

err plan_target_put(struct ctx *c, struct planned *io, const struct plan_target_edit *e)
{
    struct plan_whole w;
    int64_t no;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    TRY(target_write(c, io, &w, e, &no));
    return plan_edited(c, io, S("target"), no);
}

err plan_targets_put(struct ctx *c, struct planned *io, const struct plan_target_edit *e, size_t n)
{
    struct plan_whole w;
    int64_t no;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    for (size_t i = 0; i < n; i++) {
        TRY(target_write(c, io, &w, &e[i], &no));
    }
    return plan_edited(c, io, S("targets"), (int64_t)n);
}

/* ---- activities ---- */

static err action_check(struct ctx *c, const struct planned *v, const struct plan_action_edit *e)
{
    if (or_empty(e->title).n == 0) {
        return plan_refuse(c, MSG_PLAN_TITLE_MISSING, "title");
    }
    if (!plan_code_in(plan_target_words, PLAN_target_n, e->target)) {
        return plan_refuse(c, MSG_PLAN_TARGET_KIND_MISSING, "target");
    }
    if (e->event_kind.n > 0 && !plan_code_in(event_kind_words, EVENT_kind_n, e->event_kind)) {
        return plan_refuse(c, MSG_PLAN_EVENTS_WHICH, "event_kind");
    }
    if (e->events > 0 && e->event_kind.n == 0) {
        return plan_refuse(c, MSG_PLAN_EVENTS_WHICH, "event_kind");
    }
    if (!day_valid(e->from_day) || !day_valid(e->to_day) || e->from_day > e->to_day ||
        e->from_day < v->row.from_day || e->to_day > v->row.to_day) {
        return plan_refuse(c, MSG_PLAN_DAYS_OUTSIDE, "to_day");
    }
    return or_empty(e->post).n > 0 ? OK : plan_refuse(c, MSG_PLAN_POST_MISSING, "post");
}

static err units_write(struct ctx *c, const struct planned *v, int64_t action, str units)
{
    int64_t done[PLAN_UNITS_MAX] = {0};
    size_t n = 0;
    TRY(q_plan_action_units_drop(c->db, v->row.home, action, NULL));
    while (units.n > 0) {
        const str code = str_trim(str_cut(&units, '\n'));
        int64_t unit = 0;
        bool twice = false;
        if (code.n == 0) {
            continue;
        }
        const err e = plan_unit(c, v, code, &unit);
        if (e.code == ERR_INVALID) {
            c->fail->field = "units";
        }
        TRY(e);
        for (size_t i = 0; i < n; i++) {
            twice = twice || done[i] == unit;
        }
        if (twice) {
            continue;
        }
        if (n == PLAN_UNITS_MAX) {
            return FAIL(LIMIT);
        }
        done[n++] = unit;
        TRY(q_plan_action_unit_add(c->db, &(struct q_plan_action_unit_add_in){v->row.home, action, unit},
                                   NULL));
    }
    return n > 0 ? OK : plan_refuse(c, MSG_PLAN_UNITS_MISSING, "units");
}

static err action_write(struct ctx *c, const struct q_plan_action_add_in *row, bool anew)
{
    const struct q_plan_action_set_in set = {.result_id = row->result_id,
                                             .title_text = row->title_text,
                                             .target_kind_code = row->target_kind_code,
                                             .event_kind_code = row->event_kind_code,
                                             .events_n = row->events_n,
                                             .from_day = row->from_day,
                                             .to_day = row->to_day,
                                             .post_text = row->post_text,
                                             .budget_text = row->budget_text,
                                             .budget_n = row->budget_n,
                                             .home = row->home,
                                             .id = row->id};
    return anew ? q_plan_action_add(c->db, row, NULL) : q_plan_action_set(c->db, &set, NULL);
}

err plan_action_put(struct ctx *c, struct planned *io, const struct plan_action_edit *e, int64_t *out_no)
{
    struct plan_whole w;
    struct q_plan_action_last last;
    TRY(plan_open(c, io, e->no == 0 ? -1 : e->seen));
    TRY(plan_whole(c, io, &w));
    const struct q_plan_results *result = plan_result_of(&w, e->result);
    const struct q_plan_actions *there = plan_action_of(&w, e->no);
    if (e->no != 0 && there == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (result == NULL || !str_eq(result->result_kind_code, S("output"))) {
        return plan_refuse(c, MSG_PLAN_OUTPUT_MISSING, "result");
    }
    TRY(action_check(c, io, e));
    TRY(q_plan_action_last(c->db, c->arena, io->row.home, io->row.id, &last));
    if (there == NULL && last.last_no >= PLAN_ACTIONS_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_plan_action_add_in row = {.home = io->row.home,
                                             .id = there != NULL ? there->id : id_next(c),
                                             .plan_id = io->row.id,
                                             .action_no = there != NULL ? there->action_no : last.last_no + 1,
                                             .result_id = result->id,
                                             .title_text = or_empty(e->title),
                                             .target_kind_code = e->target,
                                             .event_kind_code = or_empty(e->event_kind),
                                             .events_n = e->events,
                                             .from_day = e->from_day,
                                             .to_day = e->to_day,
                                             .post_text = or_empty(e->post),
                                             .budget_text = or_empty(e->budget),
                                             .budget_n = e->rupees};
    TRY(action_write(c, &row, there == NULL));
    TRY(units_write(c, io, row.id, e->units));
    *out_no = row.action_no;
    return plan_edited(c, io, S("activity"), row.action_no);
}

err plan_people_put(struct ctx *c, struct planned *io, int64_t action, const struct plan_people *people)
{
    struct plan_whole w;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    const struct q_plan_actions *a = plan_action_of(&w, action);
    if (a == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(q_plan_people_drop(c->db, io->row.home, a->id, NULL));
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct q_plan_people_put_in row = {.home = io->row.home,
                                                     .action_id = a->id,
                                                     .role_code = event_role_words[r].code,
                                                     .sex_code = event_sex_words[s].code,
                                                     .people_n = people->at[r][s]};
            if (people->at[r][s] > 0) {
                TRY(q_plan_people_put(c->db, &row, NULL));
            }
        }
    }
    return plan_edited(c, io, S("people"), action);
}

/* ---- taking out ---- */

static err result_drop(struct ctx *c, const struct planned *v, const struct plan_whole *w, int64_t no)
{
    const struct q_plan_results *r = plan_result_of(w, no);
    if (r == NULL) {
        return FAIL(NOT_FOUND);
    }
    for (size_t i = 0; i < w->markers_n; i++) {
        if (w->markers[i].result_id.given && w->markers[i].result_id.v == r->id) {
            return fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_RESULT_USED, "action");
        }
    }
    return result_used(w, r->id) ? fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_RESULT_USED, "action")
                                 : q_plan_result_drop(c->db, v->row.home, r->id, NULL);
}

static err indicator_drop(struct ctx *c, const struct planned *v, const struct plan_whole *w, int64_t no)
{
    const struct q_plan_indicators *i = plan_indicator_of(w, no);
    if (i == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(q_plan_targets_drop(c->db, v->row.home, i->id, NULL));
    return q_plan_indicator_drop(c->db, v->row.home, i->id, NULL);
}

/* With all that belongs to it. */
static err action_drop(struct ctx *c, const struct planned *v, const struct plan_whole *w, int64_t no)
{
    const struct q_plan_actions *a = plan_action_of(w, no);
    const int64_t home = v->row.home;
    if (a == NULL) {
        return FAIL(NOT_FOUND);
    }
    for (size_t i = 0; i < w->risks_n; i++) {
        if (w->risks[i].action_id.given && w->risks[i].action_id.v == a->id) {
            TRY(q_plan_risk_drop(c->db, &(struct q_plan_risk_drop_in){home, v->row.id, w->risks[i].risk_no},
                                 NULL));
        }
    }
    for (size_t i = 0; i < w->markers_n; i++) {
        if (w->markers[i].action_id.given && w->markers[i].action_id.v == a->id) {
            const struct q_plan_marker_drop_in in = {home, v->row.id, w->markers[i].marker_no};
            TRY(q_plan_marker_drop(c->db, &in, NULL));
        }
    }
    TRY(q_plan_action_units_drop(c->db, home, a->id, NULL));
    TRY(q_plan_people_drop(c->db, home, a->id, NULL));
    TRY(q_plan_partners_drop(c->db, home, a->id, NULL));
    TRY(q_plan_shares_drop(c->db, home, a->id, NULL));
    TRY(q_plan_cites_drop(c->db, home, a->id, NULL));
    return q_plan_action_drop(c->db, home, a->id, NULL);
}

/* One of several that belong to an activity or the plan. */
static err note_drop(struct ctx *c, const struct planned *v, const struct plan_whole *w, enum plan_part part,
                     int64_t action, int64_t no)
{
    const struct q_plan_actions *a = plan_action_of(w, action);
    const int64_t home = v->row.home;
    if (part == PART_RISK) {
        return q_plan_risk_drop(c->db, &(struct q_plan_risk_drop_in){home, v->row.id, no}, NULL);
    }
    if (part == PART_MARKER) {
        return q_plan_marker_drop(c->db, &(struct q_plan_marker_drop_in){home, v->row.id, no}, NULL);
    }
    if (a == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (part == PART_PARTNER) {
        return q_plan_partner_drop(c->db, &(struct q_plan_partner_drop_in){home, a->id, no}, NULL);
    }
    if (part == PART_CITE) {
        return q_plan_cite_drop(c->db, &(struct q_plan_cite_drop_in){home, a->id, no}, NULL);
    }
    for (size_t i = 0; i < w->shares_n; i++) { /* the no-th of this activity */
        if (w->shares[i].action_id == a->id && --no == 0) {
            return q_plan_share_drop(
                c->db, &(struct q_plan_share_drop_in){home, a->id, w->shares[i].funder_id}, NULL);
        }
    }
    return FAIL(NOT_FOUND);
}

err plan_part_drop(struct ctx *c, struct planned *io, enum plan_part part, int64_t action, int64_t no)
{
    static const str names[PART_N] = {
        [PART_RESULT] = S_INIT("without result"),   [PART_INDICATOR] = S_INIT("without indicator"),
        [PART_ACTION] = S_INIT("without activity"), [PART_PARTNER] = S_INIT("without partner"),
        [PART_SHARE] = S_INIT("without share"),     [PART_RISK] = S_INIT("without risk"),
        [PART_MARKER] = S_INIT("without marker"),   [PART_CITE] = S_INIT("without cite")};
    struct plan_whole w;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    switch (part) {
    case PART_RESULT:
        TRY(result_drop(c, io, &w, no));
        break;
    case PART_INDICATOR:
        TRY(indicator_drop(c, io, &w, no));
        break;
    case PART_ACTION:
        TRY(action_drop(c, io, &w, no));
        break;
    case PART_PARTNER:
    case PART_SHARE:
    case PART_RISK:
    case PART_MARKER:
    case PART_CITE:
        TRY(note_drop(c, io, &w, part, action, no));
        break;
    case PART_N:
        return FAIL(BUG);
    }
    return plan_edited(c, io, names[part], no);
}
