/* plan.c: plans from their first draft to being superseded. */
#include "plan.h"

#include "case_scope.h"
#include "clock.h"
#include "place.h"
#include "plan_inside.h"

err plan_refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

struct opt_i64 plan_me(const struct ctx *c)
{
    return c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64;
}

bool plan_code_in(const struct case_word *words, size_t n, str code)
{
    return case_word_of(words, n, code) != MSG_NONE;
}

struct flow_step_in plan_step(unsigned action, str words)
{
    return (struct flow_step_in){.action = action,
                                 .via = STR_NONE,
                                 .detail = STR_NONE,
                                 .reason = STR_NONE,
                                 .words = words.n > 0 ? words : STR_NONE,
                                 .inside = true,
                                 .content = STR_NONE};
}

/* ---- who ---- */

int64_t plan_base(const struct actor *who)
{
    return who->home != 0 ? who->home : who->unit_id;
}

/* Her unit's plans, those of what it lies in, and of what lies in it. */
static err reached(struct ctx *c, int64_t home, bool *out)
{
    const int64_t base = plan_base(&c->actor);
    *out = c->actor.role == ROLE_SYSTEM;
    if (*out || base == 0) {
        return OK;
    }
    TRY(place_lies_in(c, home, base, out));
    return *out ? OK : place_lies_in(c, base, home, out);
}

static bool role_writes(const struct ctx *c)
{
    return c->actor.role == ROLE_MONITOR || c->actor.role == ROLE_MANAGER;
}

static err writes(struct ctx *c, int64_t unit, bool *out)
{
    const int64_t base = plan_base(&c->actor);
    *out = false;
    return role_writes(c) && base != 0 ? place_lies_in(c, unit, base, out) : OK;
}

err plan_writes(struct ctx *c, int64_t unit)
{
    bool mine;
    TRY(writes(c, unit, &mine));
    return mine ? OK : fail_set(c->fail, ERR_DENIED, MSG_PLAN_NOT_YOURS, "action");
}

/* Whether she began it, wrote in it or put it forward. */
static err wrote(struct ctx *c, const struct planned *v, bool *out)
{
    const int64_t me = c->actor.user_id;
    *out = v->row.created_by_id.given && v->row.created_by_id.v == me;
    if (!*out) {
        TRY(flow_done_by(c, &v->subject, PLAN_EDIT, me, 0, out));
    }
    return *out ? OK : flow_done_by(c, &v->subject, PLAN_SUBMIT, me, 0, out);
}

/* ---- finding ---- */

err plan_find(struct ctx *c, str code, struct planned *out)
{
    struct planned v;
    bool mine;
    TRY(q_plan_get(c->db, c->arena, code, &v.row));
    TRY(reached(c, v.row.home, &mine));
    if (!mine) {
        return FAIL(NOT_FOUND);
    }
    v.subject = (struct subject){&plan_kind, v.row.home, v.row.id};
    TRY(flow_now(c, &v.subject, &v.flow));
    v.state = (enum plan_state)v.flow.flow_state;
    *out = v;
    return OK;
}

err plan_list(struct ctx *c, struct q_plan_list **out, size_t *out_n)
{
    struct place_at at = {0};
    struct q_place_by_id unit;
    const int64_t base = plan_base(&c->actor);
    struct q_plan_list_in in = {.plan_kind_no = plan_kind.kind_no,
                                .whole_is_no = c->actor.role == ROLE_SYSTEM,
                                .limit = PLAN_LIST_MAX};
    if (base != 0) {
        TRY(place_ancestors(c, base, &at));
        TRY(q_place_by_id(c->db, c->arena, base, &unit));
        in.whole_is_no = unit.level_no == LEVEL_COUNTRY;
        in.within_province_id = unit.level_no == LEVEL_PROVINCE ? base : 0;
        in.within_division_id = unit.level_no == LEVEL_DIVISION ? base : 0;
        in.country_is_id = at.at[LEVEL_COUNTRY];
        in.province_is_id = at.at[LEVEL_PROVINCE];
        in.division_is_id = at.at[LEVEL_DIVISION];
        in.district_is_id = at.at[LEVEL_DISTRICT];
    }
    return q_plan_list(c->db, c->arena, &in, out, out_n);
}

err plan_versions(struct ctx *c, const struct planned *v, struct q_plan_versions **out, size_t *out_n)
{
    const struct q_plan_versions_in in = {.plan_kind_no = plan_kind.kind_no,
                                          .home = v->row.home,
                                          .programme_id = v->row.programme_id,
                                          .plan_kind_code = v->row.plan_kind_code,
                                          .fiscal_no = v->row.fiscal_no};
    return q_plan_versions(c->db, c->arena, &in, out, out_n);
}

/* ---- beginning ---- */

static err code_of(struct ctx *c, const struct q_plan_add_in *row, str unit, str programme, str *out)
{
    const char *kind = str_eq(row->plan_kind_code, S("operational"))       ? "OP"
                       : str_eq(row->plan_kind_code, S("national_action")) ? "NAP"
                                                                           : "CDP";
    struct q_plan_get there;
    *out = arena_printf(c->arena, "%s-%.*s-%d-%02d-V%d", kind, STR_F(unit), (int)row->fiscal_no,
                        (int)((row->fiscal_no + 1) % 100), (int)row->version_no);
    const err e = q_plan_get(c->db, c->arena, *out, &there);
    if (e.code == ERR_OK) { /* of another programme */
        *out = arena_printf(c->arena, "%.*s-%.*s", STR_F(*out), STR_F(programme));
    }
    return e.code == ERR_OK || e.code == ERR_NOT_FOUND ? OK : e;
}

/* A draft that says what `like` says, which may be NULL. */
static err begin(struct ctx *c, struct q_plan_add_in *row, str unit, str programme,
                 const struct planned *like)
{
    const struct subject s = {&plan_kind, row->home, id_next(c)};
    const struct q_flow_get facets = {.unit_id = row->home, .due_ms = day_at_ms(row->from_day, 16, 0)};
    const struct planned to = {.row = {.home = s.home, .id = s.id}};
    struct flow_step_in step = plan_step(PLAN_BEGIN, STR_NONE);
    struct seal says;
    TRY(code_of(c, row, unit, programme, &row->plan_code));
    row->id = s.id;
    row->created_by_id = plan_me(c);
    row->created_ms = c->now_ms;
    TRY(q_plan_add(c->db, row, NULL));
    if (like != NULL) {
        TRY(plan_copy(c, like, &to));
    }
    TRY(plan_seal(c, s.home, s.id, &says));
    step.content = seal_text(&says);
    return flow_start(c, &s, PLAN_DRAFT, &facets, &step);
}

/* The number of the next version; CONFLICT: one of them still stands. */
static err version_next(struct ctx *c, const struct q_plan_add_in *row, int64_t *out)
{
    const struct q_plan_versions_in in = {.plan_kind_no = plan_kind.kind_no,
                                          .home = row->home,
                                          .programme_id = row->programme_id,
                                          .plan_kind_code = row->plan_kind_code,
                                          .fiscal_no = row->fiscal_no};
    struct q_plan_versions *rows;
    size_t n;
    TRY(q_plan_versions(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].flow_state != PLAN_DROPPED) {
            c->fail->args[0] = (struct fail_arg){"code", rows[i].plan_code};
            return fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_THERE, "unit");
        }
    }
    *out = n > 0 ? rows[0].version_no + 1 : 1;
    return OK;
}

err plan_make(struct ctx *c, const struct plan_new *n, str *out_code)
{
    struct q_programme_by_code programme;
    struct q_place_by_code unit;
    err e = q_programme_by_code(c->db, c->arena, n->programme, &programme);
    if (e.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_PLAN_PROGRAMME_UNKNOWN, "programme");
    }
    TRY(e);
    e = place_find(c, n->unit, &unit);
    if (e.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(e);
    TRY(plan_writes(c, unit.id));
    if (n->year < PERIOD_YEAR_MIN || n->year > PERIOD_YEAR_MAX) { /* "26" */
        return plan_refuse(c, MSG_PLAN_YEAR_DIGITS, "year");
    }
    const struct period year = period_fiscal(n->year);
    if (year.to_day < programme.from_day || year.from_day > programme.to_day) {
        return plan_refuse(c, MSG_PLAN_YEAR_WRONG, "year");
    }
    struct q_plan_add_in row = {.home = unit.id,
                                .programme_id = programme.id,
                                .plan_kind_code = n->kind,
                                .fiscal_no = n->year,
                                .title_text = n->title.n > 0 ? str_trim(n->title) : S(""),
                                .from_day = year.from_day,
                                .to_day = year.to_day};
    TRY(version_next(c, &row, &row.version_no));
    TRY(begin(c, &row, unit.unit_code, n->programme, NULL));
    *out_code = row.plan_code;
    return OK;
}

/* ---- steps ---- */

bool plan_may(struct ctx *c, const struct planned *v, enum plan_action action)
{
    bool mine = false;
    bool own = false;
    if (!flow_can(&plan_kind, v->state, action, c->actor.role) ||
        writes(c, v->row.home, &mine).code != ERR_OK || !mine) {
        return false;
    }
    return action != PLAN_APPROVE || (wrote(c, v, &own).code == ERR_OK && !own);
}

bool plan_may_revise(struct ctx *c, const struct planned *v)
{
    struct q_plan_versions *rows;
    size_t n;
    bool mine = false;
    if (v->state != PLAN_APPROVED || writes(c, v->row.home, &mine).code != ERR_OK || !mine ||
        plan_versions(c, v, &rows, &n).code != ERR_OK) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        mine = mine && rows[i].flow_state != PLAN_DRAFT && rows[i].flow_state != PLAN_SUBMITTED;
    }
    return mine;
}

/* Behind everything that the step changes: its row of the audit chain seals what the plan then says. */
static err take(struct ctx *c, struct planned *io, struct flow_step_in step)
{
    struct seal says;
    TRY(plan_seal(c, io->row.home, io->row.id, &says));
    step.content = seal_text(&says);
    TRY(flow_act(c, &io->subject, &io->flow, &step));
    return plan_find(c, io->row.plan_code, io);
}

err plan_open(struct ctx *c, const struct planned *v, int64_t seen)
{
    TRY(plan_writes(c, v->row.home));
    if (v->state != PLAN_DRAFT) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_NOT_DRAFT, "action");
    }
    return seen >= 0 && seen != v->row.changed_n ? fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_CHANGED, "action")
                                                 : OK;
}

err plan_edited(struct ctx *c, struct planned *io, str what, int64_t no)
{
    struct flow_step_in step = plan_step(PLAN_EDIT, STR_NONE);
    step.detail = arena_printf(c->arena, "%.*s %lld", STR_F(what), (long long)no);
    TRY(q_plan_changed(c->db, io->row.home, io->row.id, NULL));
    return take(c, io, step);
}

/* The version in force until now; *out_some is false when there is none. */
static err before_of(struct ctx *c, const struct planned *v, struct planned *out, bool *out_some)
{
    struct q_plan_versions *rows;
    size_t n;
    *out_some = false;
    TRY(plan_versions(c, v, &rows, &n));
    for (size_t i = 0; i < n && !*out_some; i++) {
        if (rows[i].flow_state == PLAN_APPROVED && rows[i].id != v->row.id) {
            TRY(plan_find(c, rows[i].plan_code, out));
            *out_some = true;
        }
    }
    return OK;
}

static err ready(struct ctx *c, const struct plan_whole *w)
{
    struct plan_want *wants;
    size_t n;
    TRY(plan_wants(c, w, &wants, &n));
    return n == 0 ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_NOT_READY, "action");
}

static err approve(struct ctx *c, struct planned *io)
{
    struct plan_whole w;
    struct planned before;
    bool some;
    str content;
    uint8_t hash[DIGEST_LEN];
    const struct flow_step_in step = plan_step(PLAN_APPROVE, STR_NONE);
    TRY(plan_whole(c, io, &w));
    TRY(ready(c, &w));
    TRY(plan_content(c, io, &w, &content));
    plan_hash(content, hash);
    const struct q_plan_set_approved_in in = {.home = io->row.home,
                                              .id = io->row.id,
                                              .approver_id = plan_me(c),
                                              .approved_ms = SOME(c->now_ms),
                                              .content_hash = {(const char *)hash, DIGEST_LEN}};
    TRY(q_plan_set_approved(c->db, &in, NULL));
    TRY(take(c, io, step));
    TRY(before_of(c, io, &before, &some));
    TRY(plan_actions_start(c, io, some ? &before : NULL));
    TRY(plan_needs_answered(c, &w));
    const struct flow_step_in superseded = plan_step(PLAN_SUPERSEDE, STR_NONE);
    return some ? take(c, &before, superseded) : OK;
}

/* Refused whatever the plan says: not her place, not her role in this state, or her own plan. */
static err hers(struct ctx *c, const struct planned *v, enum plan_action action)
{
    unsigned to;
    bool own = false;
    TRY(plan_writes(c, v->row.home));
    const err e = flow_next(&plan_kind, v->state, action, FLOW_ANY_RESULT, c->actor.role, &to);
    if (e.code == ERR_DENIED) {
        return fail_set(c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    TRY(e.code == ERR_OK && action == PLAN_APPROVE ? wrote(c, v, &own) : OK);
    return own ? fail_set(c->fail, ERR_DENIED, MSG_PLAN_OWN, "action") : OK;
}

err plan_as_seen(struct ctx *c, const struct planned *v, enum plan_action action, int64_t step)
{
    TRY(hers(c, v, action));
    return flow_as_seen(c, v->flow.step_no, step);
}

err plan_act(struct ctx *c, struct planned *io, enum plan_action action, str words)
{
    const str why = str_trim(words);
    const struct flow_step_in step = plan_step(action, why);
    unsigned to;
    TRY(hers(c, io, action));
    if (flow_next(&plan_kind, io->state, action, FLOW_ANY_RESULT, c->actor.role, &to).code != ERR_OK) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_NOT_NOW, "action");
    }
    if ((action == PLAN_RETURN || action == PLAN_DROP) && why.n == 0) {
        return plan_refuse(c, MSG_ACT_REASON_MISSING, "words");
    }
    if (action == PLAN_APPROVE) {
        return approve(c, io);
    }
    if (action == PLAN_SUBMIT) {
        struct plan_whole w;
        TRY(plan_whole(c, io, &w));
        TRY(ready(c, &w));
    }
    return action == PLAN_SUBMIT || action == PLAN_RETURN || action == PLAN_DROP ? take(c, io, step)
                                                                                 : FAIL(BUG);
}

err plan_revise(struct ctx *c, const struct planned *v, str *out_code)
{
    struct q_plan_versions *rows;
    size_t n;
    TRY(plan_writes(c, v->row.home));
    if (!plan_may_revise(c, v)) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_FLOW_NOT_NOW, "action");
    }
    TRY(plan_versions(c, v, &rows, &n));
    struct q_plan_add_in row = {.home = v->row.home,
                                .programme_id = v->row.programme_id,
                                .plan_kind_code = v->row.plan_kind_code,
                                .fiscal_no = v->row.fiscal_no,
                                .version_no = rows[0].version_no + 1,
                                .title_text = v->row.title_text,
                                .from_day = v->row.from_day,
                                .to_day = v->row.to_day};
    struct q_programme_by_id programme;
    TRY(q_programme_by_id(c->db, c->arena, row.programme_id, &programme));
    TRY(begin(c, &row, v->row.unit_code, programme.programme_code, v));
    *out_code = row.plan_code;
    return OK;
}
