/* plan_part.c: what belongs to an activity one by one: partners, funders, risks, markers, what it answers. */
#include "clock.h"
#include "format.h"
#include "place.h"
#include "plan_inside.h"

static str or_empty(str s)
{
    return s.p == NULL ? S("") : str_trim(s);
}

/* A draft that may be written in, and its activity. */
static err opened(struct ctx *c, const struct planned *v, int64_t action, struct plan_whole *w,
                  const struct q_plan_actions **out)
{
    TRY(plan_open(c, v, -1));
    TRY(plan_whole(c, v, w));
    *out = plan_action_of(w, action);
    return *out != NULL ? OK : FAIL(NOT_FOUND);
}

/* ---- partners and funders ---- */

static err body_of(struct ctx *c, str code, struct opt_i64 *out)
{
    struct q_plan_body_by_code row;
    *out = NONE_I64;
    if (code.n == 0) {
        return OK;
    }
    const err e = q_plan_body_by_code(c->db, c->arena, code, local_day(c->now_ms), &row);
    if (e.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_PARTNER_OFFICE_UNKNOWN, "body");
    }
    TRY(e);
    *out = SOME(row.id);
    return OK;
}

err plan_partner_add(struct ctx *c, struct planned *io, int64_t action, str body, str name, str does)
{
    struct plan_whole w;
    const struct q_plan_actions *a;
    int64_t no = 0;
    size_t n = 0;
    TRY(opened(c, io, action, &w, &a));
    if (or_empty(body).n == 0 && or_empty(name).n == 0) {
        return plan_refuse(c, MSG_PLAN_PARTNER_MISSING, "name");
    }
    for (size_t i = 0; i < w.partners_n; i++) {
        if (w.partners[i].action_id == a->id) {
            no = w.partners[i].partner_no;
            n++;
        }
    }
    if (n >= PLAN_PARTS_MAX) {
        return FAIL(LIMIT);
    }
    struct q_plan_partner_add_in row = {.home = io->row.home,
                                        .action_id = a->id,
                                        .partner_no = no + 1,
                                        .name_text = or_empty(name),
                                        .part_text = or_empty(does)};
    TRY(body_of(c, or_empty(body), &row.body_id));
    TRY(q_plan_partner_add(c->db, &row, NULL));
    return plan_edited(c, io, S("partner"), action);
}

err plan_share_put(struct ctx *c, struct planned *io, int64_t action, str funder, int64_t share)
{
    struct plan_whole w;
    const struct q_plan_actions *a;
    struct q_funder_all *funders;
    size_t n;
    int64_t sum = share;
    TRY(opened(c, io, action, &w, &a));
    TRY(q_funder_all(c->db, c->arena, &funders, &n));
    const struct q_funder_all *f = NULL;
    for (size_t i = 0; i < n; i++) {
        f = str_eq(funders[i].funder_code, or_empty(funder)) ? &funders[i] : f;
    }
    if (f == NULL) {
        return plan_refuse(c, MSG_PLAN_FUNDER_UNKNOWN, "funder");
    }
    if (f->to_day < a->to_day) {
        const err e = plan_refuse(c, MSG_PLAN_FUNDER_ENDED, "funder");
        c->fail->args[0] = (struct fail_arg){"day", format_day(c->arena, (enum lang)c->lang, f->to_day)};
        return e;
    }
    for (size_t i = 0; i < w.shares_n; i++) {
        const bool other = w.shares[i].action_id == a->id && w.shares[i].funder_id != f->id;
        sum += other ? w.shares[i].share_n : 0;
    }
    if (share < 1 || sum > PLAN_SHARES_SUM) {
        return plan_refuse(c, MSG_PLAN_SHARE_WRONG, "share");
    }
    const struct q_plan_share_put_in row = {
        .home = io->row.home, .action_id = a->id, .funder_id = f->id, .share_n = share};
    TRY(q_plan_share_put(c->db, &row, NULL));
    /* Its history is the timeline: who is to pay what from now on. */
    const str what = arena_printf(c->arena, "share %.*s %lld of", STR_F(f->funder_code), (long long)share);
    return plan_edited(c, io, what, action);
}

/* ---- risks and markers ---- */

err plan_risk_add(struct ctx *c, struct planned *io, int64_t action, str words, str likely, str answer)
{
    struct plan_whole w;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    const struct q_plan_actions *a = plan_action_of(&w, action);
    if (action != 0 && a == NULL) {
        return FAIL(NOT_FOUND);
    }
    if (or_empty(words).n == 0) {
        return plan_refuse(c, MSG_PLAN_RISK_MISSING, "risk");
    }
    if (w.risks_n >= PLAN_NOTES_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_plan_risk_add_in row = {.home = io->row.home,
                                           .plan_id = io->row.id,
                                           .risk_no = w.risks_n > 0 ? w.risks[w.risks_n - 1].risk_no + 1 : 1,
                                           .action_id = a != NULL ? SOME(a->id) : NONE_I64,
                                           .words_text = or_empty(words),
                                           .likely_code = likely.n > 0 ? likely : S("middle"),
                                           .answer_text = or_empty(answer)};
    TRY(q_plan_risk_add(c->db, &row, NULL));
    return plan_edited(c, io, S("risk"), row.risk_no);
}

str plan_suggests(str target_kind, str scheme)
{
    const bool centric = str_eq(target_kind, S("gender_centric"));
    if (!centric && !str_eq(target_kind, S("gender_mainstreaming"))) {
        return S("");
    }
    if (str_eq(scheme, S("dac")) || str_eq(scheme, S("gg"))) {
        return centric ? S("2") : S("1");
    }
    return str_eq(scheme, S("gen")) ? centric ? S("3") : S("2") : S("");
}

/* "5.5", "16.b": a target of one of the 17 goals. */
static bool sdg_target(str value)
{
    /* As many numbered targets, and as many with a letter, as each goal has (A/RES/71/313). */
    static const struct {
        char last, letter;
    } goals[] = {{'5', 'b'}, {'5', 'c'}, {'9', 'd'}, {'7', 'c'}, {'6', 'c'}, {'6', 'b'},
                 {'3', 'b'}, {'9', 'b'}, {'5', 'c'}, {'7', 'c'}, {'7', 'c'}, {'8', 'c'},
                 {'3', 'b'}, {'7', 'c'}, {'9', 'c'}, {'9', 'b'}, {'9', 0}};
    str rest = value;
    const str goal = str_cut(&rest, '.');
    int no = 0;
    for (size_t i = 0; i < goal.n && i < 2; i++) {
        no = goal.p[i] >= '0' && goal.p[i] <= '9' ? no * 10 + goal.p[i] - '0' : 99;
    }
    if (goal.n == 0 || goal.n > 2 || no < 1 || no > 17 || rest.n == 0 || rest.n > 2) {
        return false;
    }
    if (rest.n == 2) { /* 8.10, 16.10, 17.10 to 17.19 */
        return rest.p[0] == '1' && rest.p[1] >= '0' && rest.p[1] <= '9' &&
               (no == 17 || ((no == 8 || no == 16) && rest.p[1] == '0'));
    }
    return (rest.p[0] >= '1' && rest.p[0] <= goals[no - 1].last) ||
           (rest.p[0] >= 'a' && rest.p[0] <= goals[no - 1].letter);
}

static bool value_fits(str scheme, str value)
{
    if (str_eq(scheme, S("sdg"))) {
        return sdg_target(value);
    }
    const char last = str_eq(scheme, S("gen")) ? '3' : '2';
    return value.n == 1 && value.p[0] >= '0' && value.p[0] <= last;
}

err plan_marker_add(struct ctx *c, struct planned *io, const struct plan_marker_new *n)
{
    struct plan_whole w;
    TRY(plan_open(c, io, -1));
    TRY(plan_whole(c, io, &w));
    const struct q_plan_results *r = plan_result_of(&w, n->result);
    const struct q_plan_actions *a = plan_action_of(&w, n->action);
    if ((r == NULL) == (a == NULL)) {
        return FAIL(NOT_FOUND);
    }
    if (!value_fits(n->scheme, or_empty(n->value))) {
        return plan_refuse(c, MSG_PLAN_MARKER_WRONG, "value");
    }
    if (or_empty(n->why).n == 0) {
        return plan_refuse(c, MSG_PLAN_MARKER_WHY, "why");
    }
    if (w.markers_n >= PLAN_NOTES_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_plan_marker_add_in row = {
        .home = io->row.home,
        .plan_id = io->row.id,
        .marker_no = w.markers_n > 0 ? w.markers[w.markers_n - 1].marker_no + 1 : 1,
        .result_id = r != NULL ? SOME(r->id) : NONE_I64,
        .action_id = a != NULL ? SOME(a->id) : NONE_I64,
        .scheme_code = n->scheme,
        .value_code = or_empty(n->value),
        .why_text = or_empty(n->why),
        .set_by_id = plan_me(c),
        .set_ms = c->now_ms};
    TRY(q_plan_marker_add(c->db, &row, NULL));
    return plan_edited(c, io, S("marker"), row.marker_no);
}

/* ---- what an activity answers ---- */

static err cite_need(struct ctx *c, const struct plan_cite_new *n, struct q_plan_cite_add_in *row)
{
    struct event_view e;
    struct q_plan_need need;
    err found = event_find(c, or_empty(n->event), &e);
    if (found.code == ERR_OK) {
        const struct q_plan_need_in in = {.home = e.row.home, .event_id = e.row.id, .need_no = n->need};
        found = q_plan_need(c->db, c->arena, &in, &need);
    }
    if (found.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_PLAN_NEED_UNKNOWN, "event");
    }
    TRY(found);
    row->event_home_id = SOME(need.home);
    row->event_id = SOME(need.event_id);
    row->need_no = SOME(need.same_as_no.given ? need.same_as_no.v : need.need_no);
    return OK;
}

static err cite_figure(struct ctx *c, const struct plan_cite_new *n, struct q_plan_cite_add_in *row)
{
    struct q_place_by_code unit;
    struct q_plan_snapshot s;
    struct period p;
    err found = period_of(or_empty(n->period), &p);
    if (found.code != ERR_OK) {
        return plan_refuse(c, MSG_PLAN_FIGURE_UNKNOWN, "period");
    }
    found = place_find(c, or_empty(n->unit), &unit);
    if (found.code == ERR_OK) {
        const struct q_plan_snapshot_in in = {.home = unit.id,
                                              .indicator_code = or_empty(n->indicator),
                                              .from_day = p.from_day,
                                              .to_day = p.to_day};
        found = q_plan_snapshot(c->db, c->arena, &in, &s);
    }
    if (found.code == ERR_NOT_FOUND) {
        return plan_refuse(c, MSG_PLAN_FIGURE_UNKNOWN, "indicator");
    }
    TRY(found);
    row->snapshot_home_id = SOME(s.home);
    row->snapshot_id = SOME(s.id);
    return OK;
}

err plan_cite_add(struct ctx *c, struct planned *io, int64_t action, const struct plan_cite_new *n)
{
    struct plan_whole w;
    const struct q_plan_actions *a;
    int64_t no = 0;
    TRY(opened(c, io, action, &w, &a));
    for (size_t i = 0; i < w.cites_n; i++) {
        no = w.cites[i].action_id == a->id ? w.cites[i].cite_no : no;
    }
    if (no >= PLAN_PARTS_MAX) {
        return FAIL(LIMIT);
    }
    struct q_plan_cite_add_in row = {.home = io->row.home,
                                     .action_id = a->id,
                                     .cite_no = no + 1,
                                     .cite_kind_code = n->kind,
                                     .words_text = or_empty(n->words)};
    if (str_eq(n->kind, S("need"))) {
        TRY(cite_need(c, n, &row));
    } else if (str_eq(n->kind, S("snapshot"))) {
        TRY(cite_figure(c, n, &row));
    } else if (row.words_text.n == 0) {
        return plan_refuse(c, MSG_PLAN_FINDING_MISSING, "finding");
    }
    TRY(q_plan_cite_add(c->db, &row, NULL));
    return plan_edited(c, io, S("cite"), action);
}
