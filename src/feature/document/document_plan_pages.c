/* document_plan_pages.c: what was intended beside what was done: targets, activities, markers of the approved
 * plans that lie in the period. */
#include "document.sql.h"
#include "document_feature.h"
#include "document_few.h"
#include "format.h"
#include "period_words.h"
#include "plan.h"
#include "sheet_kind.h"

enum { PERCENT = 100, THOUSAND = 1000 };

/* ---- plans ---- */

struct asked {
    struct document_made *m;
    struct id_set homes;
    struct planned plan;
    struct plan_whole whole;
    struct document_few few; /* of targets: over the planning years */
};

static bool among(const struct id_set *set, int64_t id)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Whether all districts of a unit are asked for. */
static err lies_within(struct ctx *c, const struct asked *a, int64_t unit, bool *out)
{
    int64_t *ids;
    size_t n;
    TRY(place_districts(c, unit, &ids, &n));
    *out = n > 0;
    for (size_t i = 0; i < n && *out; i++) {
        *out = among(&a->homes, ids[i]);
    }
    return OK;
}

typedef err (*plan_fn)(struct ctx *c, struct asked *a, struct document_part *io);

/* Each approved plan whose year touches the period. */
static err plans_walk(struct ctx *c, struct document_made *m, struct document_part *io, plan_fn each)
{
    struct period years[DOCUMENT_YEARS];
    struct q_plan_list *rows;
    size_t n;
    struct asked a = {.m = m};
    TRY(report_homes(c, m->ask.unit, &a.homes));
    TRY(document_few(&m->figures, years, document_planning_years(m, years), &a.few));
    TRY(plan_list(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct period year = period_fiscal(rows[i].fiscal_no);
        if (rows[i].flow_state != PLAN_APPROVED || year.to_day < m->ask.period.from_day ||
            year.from_day > m->ask.period.to_day) {
            continue;
        }
        const err e = plan_find(c, rows[i].plan_code, &a.plan);
        if (e.code == ERR_NOT_FOUND) {
            continue;
        }
        TRY(e);
        TRY(plan_whole(c, &a.plan, &a.whole));
        TRY(each(c, &a, io));
    }
    return OK;
}

static str result_title(const struct asked *a, int64_t id)
{
    const struct q_plan_results *r = plan_result_by_id(&a->whole, id);
    return r != NULL ? r->title_text : S("");
}

/* ---- what changed ---- */

/* Whether a plan says anything of what is asked for. */
static err concerns(struct ctx *c, const struct id_set *homes, int64_t unit, bool *out)
{
    int64_t *ids;
    size_t n;
    TRY(place_districts(c, unit, &ids, &n));
    *out = false;
    for (size_t i = 0; i < n && !*out; i++) {
        *out = among(homes, ids[i]);
    }
    return OK;
}

/* The first version of a plan changes nothing by itself: it is told only beside a document made before it. */
static bool is_change(const struct document_made *m, const struct planned *p)
{
    const bool then = p->row.approved_ms.given && p->row.approved_ms.v > m->ask.since_ms;
    return then && (m->ask.since_ms > 0 || p->row.version_no > 1);
}

static err plan_change(struct ctx *c, struct document_part *io, const struct planned *p)
{
    const enum lang lang = (enum lang)c->lang;
    struct q_place_names *names;
    size_t n;
    TRY(place_names(c, &p->row.home, 1, &names, &n));
    const int64_t version = p->row.version_no;
    const struct msg_arg args[] = {{"plan", document_isolate(c, p->row.plan_code)}};
    const str path = arena_printf(c->arena, "/plans/%.*s", STR_F(p->row.plan_code));
    const struct document_change change = {
        .place = n > 0 ? names[0].name_text : S(""),
        .unit = p->row.unit_code,
        .what = document_msg(c, MSG_DOCUMENT_PLAN_APPROVED, args, sizeof args / sizeof args[0]),
        .to = url_local(c->arena, path),
        .period = document_isolate(c, period_code(c->arena, period_fiscal(p->row.fiscal_no))),
        .before = version > 1 ? document_isolate(c, format_number(c->arena, lang, version - 1)) : S(""),
        .now = document_isolate(c, format_number(c->arena, lang, version)),
        .when_ms = p->row.approved_ms.v};
    return document_change_put(c, io, &change);
}

err document_plan_changes(struct ctx *c, struct document_made *m, struct document_part *io)
{
    struct id_set homes;
    struct q_plan_list *rows;
    size_t n;
    TRY(report_homes(c, m->ask.unit, &homes));
    TRY(plan_list(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct period year = period_fiscal(rows[i].fiscal_no);
        struct planned p;
        bool ours;
        if (rows[i].flow_state < PLAN_APPROVED || year.to_day < m->ask.period.from_day ||
            year.from_day > m->ask.period.to_day) {
            continue;
        }
        TRY(concerns(c, &homes, rows[i].home, &ours));
        const err e = ours ? plan_find(c, rows[i].plan_code, &p) : FAIL(NOT_FOUND);
        if (e.code == ERR_NOT_FOUND) {
            continue;
        }
        TRY(e);
        if (is_change(m, &p)) {
            TRY(plan_change(c, io, &p));
        }
    }
    return OK;
}

/* ---- targets ---- */

enum {
    T_PLAN,
    T_RESULT,
    T_RESULT_WORDS,
    T_INDICATOR,
    T_CODE,
    T_PLACE,
    T_UNIT,
    T_PERIOD,
    T_WHO,
    T_ROLE,
    T_SEX,
    T_BASELINE,
    T_TARGET_WORDS,
    T_ACTUAL_WORDS,
    T_TARGET,
    T_TARGET_OF,
    T_NUM,
    T_DEN,
    T_REACHED,
    T_COLS
};
static const struct document_column target_columns[T_COLS] = {
    {S_INIT("plan"), MSG_DOCUMENT_PLAN, COLUMN_TEXT, IN_DATA},
    {S_INIT("result"), MSG_DOCUMENT_RESULT, COLUMN_TEXT, IN_DATA},
    {S_INIT("result_words"), MSG_DOCUMENT_RESULT, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("indicator"), MSG_REPORT_COL_INDICATOR, COLUMN_TEXT, IN_BOTH},
    {S_INIT("code"), MSG_DOCUMENT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("place"), MSG_DOCUMENT_PLACE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("unit"), MSG_DOCUMENT_UNIT_CODE, COLUMN_TEXT, IN_DATA},
    {S_INIT("period"), MSG_REPORT_PERIOD, COLUMN_TEXT, IN_BOTH},
    {S_INIT("who"), MSG_DOCUMENT_WHO, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("role"), MSG_REPORT_CELL_ROLE, COLUMN_TEXT, IN_DATA},
    {S_INIT("sex"), MSG_REPORT_CELL_SEX, COLUMN_TEXT, IN_DATA},
    {S_INIT("baseline"), MSG_DOCUMENT_BASELINE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("target_words"), MSG_DOCUMENT_TARGET, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("actual_words"), MSG_DOCUMENT_ACTUAL, COLUMN_TEXT, IN_PEOPLE},
    {S_INIT("target"), MSG_DOCUMENT_TARGET, COLUMN_NUMBER, IN_DATA},
    {S_INIT("target_of"), MSG_DOCUMENT_TARGET_OF, COLUMN_NUMBER, IN_DATA},
    {S_INIT("num"), MSG_DOCUMENT_ACTUAL, COLUMN_NUMBER, IN_DATA},
    {S_INIT("den"), MSG_DOCUMENT_DEN, COLUMN_NUMBER, IN_DATA},
    {S_INIT("reached_percent"), MSG_DOCUMENT_REACHED, COLUMN_PERCENT, IN_BOTH},
};

struct actual {
    int64_t num, den;
    bool some, few;
};

/* Nothing computes it: what approved sheets say of it. */
static err reported(struct ctx *c, const struct q_plan_indicators *i, const struct q_plan_targets *t,
                    struct actual *out)
{
    struct plan_reported said;
    int64_t *ids;
    size_t n;
    TRY(place_districts(c, t->unit_id, &ids, &n));
    TRY(plan_reported(c, i, t, ids, n, &said));
    *out = (struct actual){said.num, said.den, said.some};
    return OK;
}

/* "12 (reported, not computed)" */
static str reported_words(struct ctx *c, const struct q_plan_targets *t, const struct actual *v)
{
    const bool share = t->den_n != 1 && v->den > 0;
    const long long n = share ? (long long)((v->num * PERCENT + v->den / 2) / v->den) : (long long)v->num;
    const str number = arena_printf(c->arena, share ? "%lld%%" : "%lld", n);
    const struct msg_arg args[] = {{"n", document_isolate(c, number)}};
    return document_msg(c, MSG_DOCUMENT_REPORTED_VALUE, args, 1);
}

/* Whether anything of it is approved in the target's own period: what is not is not known, and no nought. */
static err is_approved(struct ctx *c, const struct id_set *homes, const struct indicator *of,
                       const struct q_plan_targets *t, bool *out)
{
    *out = false;
    for (size_t at = 0; at < homes->n && !*out; at += ID_LIST_MAX) {
        struct q_document_found found;
        const struct q_document_found_in in = {.homes = homes->ids + at,
                                               .homes_n =
                                                   homes->n - at < ID_LIST_MAX ? homes->n - at : ID_LIST_MAX,
                                               .indicator_code = of->code,
                                               .from_day = t->from_day,
                                               .to_day = t->to_day};
        TRY(q_document_found(c->db, c->arena, &in, &found));
        *out = found.found_n > 0;
    }
    return OK;
}

/* Over the districts of the target's unit; medians cannot be put together from them. */
static err computed(struct ctx *c, const struct asked *a, const struct indicator *of,
                    const struct q_plan_targets *t, struct actual *out)
{
    const struct document_figures *f = &a->m->figures;
    struct figure_pick pick = document_within((struct period){t->from_day, t->to_day});
    int64_t *ids;
    size_t n;
    pick.role = t->role_code;
    pick.sex = t->sex_code;
    TRY(place_districts(c, t->unit_id, &ids, &n));
    const struct id_set within = {ids, n};
    size_t some = 0;
    for (size_t i = 0; i < f->places_n; i++) {
        int64_t num;
        int64_t den;
        if (f->places[i].province || !among(&within, f->places[i].id)) {
            continue;
        }
        TRY(document_sum(f, of, &f->places[i], &pick, &num, &den));
        out->num += num;
        out->den += den;
        some++;
    }
    out->some = some > 0 && (of->measure != MEASURE_MEDIAN || some == 1);
    return out->some && f->approved ? is_approved(c, &within, of, t, &out->some) : OK;
}

/* Whether what was reached there would tell what became of too few. */
static bool too_few(const struct asked *a, const struct indicator *of, const struct q_plan_targets *t,
                    const struct actual *v)
{
    const struct document_figures *f = &a->m->figures;
    for (size_t k = 0; of != NULL && k < f->places_n; k++) {
        if (f->places[k].id == t->unit_id) {
            const bool small = of->measure == MEASURE_RATIO && v->den < FIGURE_FEW;
            return v->some && (small || document_is_few(&a->few, of, &f->places[k]));
        }
    }
    return false;
}

static str who_words(struct ctx *c, const struct q_plan_targets *t)
{
    const str role = t->role_code.n > 0 ? document_word(c, S("event.role_"), t->role_code) : S("");
    const str sex = t->sex_code.n > 0 ? document_word(c, S("sex."), t->sex_code) : S("");
    if (role.n == 0 && sex.n == 0) {
        return msg_text((enum lang)c->lang, MSG_REPORT_ALL);
    }
    return role.n > 0 && sex.n > 0 ? arena_printf(c->arena, "%.*s · %.*s", STR_F(role), STR_F(sex))
           : role.n > 0            ? role
                                   : sex;
}

static str amount_words(struct ctx *c, const struct q_plan_targets *t)
{
    const str n = arena_printf(c->arena, "%lld", (long long)t->num_n);
    return document_isolate(c, t->den_n == PERCENT ? arena_printf(c->arena, "%.*s%%", STR_F(n)) : n);
}

static str baseline_words(struct ctx *c, const struct q_plan_indicators *i)
{
    if (!i->baseline_n.given) {
        return S("");
    }
    const bool percent = str_eq(i->measure_code, S("percentage"));
    const long long n = (long long)i->baseline_n.v;
    return document_isolate(c, percent ? arena_printf(c->arena, "%lld%%", n * PERCENT / THOUSAND)
                                       : arena_printf(c->arena, "%lld", n));
}

/* In whole per cent of the target. */
static struct cell reached_of(const struct indicator *of, const struct q_plan_targets *t,
                              const struct actual *v)
{
    const bool ratio = of != NULL ? of->measure == MEASURE_RATIO : t->den_n != 1;
    if (!v->some || v->few || t->num_n == 0 || (ratio && v->den == 0)) {
        return (struct cell){.empty = true};
    }
    const int64_t target = ratio ? t->num_n * v->den : t->num_n;
    const int64_t actual = ratio ? v->num * t->den_n : v->num;
    return document_number((actual * PERCENT + target / 2) / target);
}

static err target_put(struct ctx *c, struct asked *a, const struct q_plan_indicators *i,
                      const struct q_plan_targets *t, struct document_part *io)
{
    const struct indicator *of = document_indicator(&a->m->figures, i->indicator_code);
    struct actual v = {.some = false};
    TRY(of != NULL ? computed(c, a, of, t, &v) : reported(c, i, t, &v));
    v.few = too_few(a, of, t, &v);
    struct cell *row = document_row(io, c->arena);
    if (row == NULL) {
        return FAIL(LIMIT);
    }
    const struct period p = {t->from_day, t->to_day};
    const bool titled = i->title_text.n > 0 || of == NULL;
    row[T_PLAN] = document_words(a->plan.row.plan_code);
    row[T_RESULT] = document_words(result_title(a, i->result_id));
    /* For readers it is said once, above all that is measured by it. */
    const struct cell *last = io->rows_n > 1 ? &row[T_RESULT] - T_COLS : NULL;
    const bool again = last != NULL && str_eq(last->text, row[T_RESULT].text);
    row[T_RESULT_WORDS] = document_words(again ? S("") : row[T_RESULT].text);
    row[T_INDICATOR] = document_words(titled ? i->title_text : msg_text((enum lang)c->lang, of->title));
    row[T_CODE] = document_words(i->indicator_code);
    TRY(label_find(c, S("unit"), t->unit_id, &row[T_PLACE].text));
    row[T_PLACE].empty = false;
    row[T_UNIT] = document_words(t->unit_code);
    row[T_PERIOD] = document_words(document_isolate(c, period_code(c->arena, p)));
    row[T_WHO] = document_words(who_words(c, t));
    row[T_ROLE] = (struct cell){.text = t->role_code, .empty = t->role_code.n == 0};
    row[T_SEX] = (struct cell){.text = t->sex_code, .empty = t->sex_code.n == 0};
    row[T_BASELINE] = document_words(baseline_words(c, i));
    row[T_TARGET_WORDS] = document_words(amount_words(c, t));
    row[T_TARGET] = document_number(t->num_n);
    row[T_TARGET_OF] = (struct cell){.n = t->den_n, .empty = t->den_n == 1};
    row[T_NUM] = (struct cell){.n = v.num, .empty = !v.some || v.few};
    row[T_DEN] = (struct cell){.n = v.den, .empty = !v.some || v.few || t->den_n == 1};
    row[T_REACHED] = reached_of(of, t, &v);
    row[T_ACTUAL_WORDS] = document_words(!v.some      ? msg_text((enum lang)c->lang, MSG_DOCUMENT_NOT_KNOWN)
                                         : v.few      ? msg_text((enum lang)c->lang, MSG_DOCUMENT_TOO_FEW)
                                         : of != NULL ? figure_words(c, of, v.num, v.den)
                                                      : reported_words(c, t, &v));
    if (of != NULL) {
        row[T_ACTUAL_WORDS].to = document_url(c, of->code, p, t->unit_code);
    }
    return OK;
}

static err targets_of(struct ctx *c, struct asked *a, struct document_part *io)
{
    for (size_t k = 0; k < a->whole.targets_n; k++) {
        const struct q_plan_targets *t = &a->whole.targets[k];
        bool within = false;
        if (period_within((struct period){t->from_day, t->to_day}, a->m->ask.period)) {
            TRY(lies_within(c, a, t->unit_id, &within));
        }
        for (size_t i = 0; i < a->whole.indicators_n && within; i++) {
            if (a->whole.indicators[i].id == t->indicator_id) {
                TRY(target_put(c, a, &a->whole.indicators[i], t, io));
            }
        }
    }
    return OK;
}

err document_targets(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = target_columns;
    io->columns_n = T_COLS;
    TRY(plans_walk(c, m, io, targets_of));
    if (io->rows_n == 0) {
        document_note(c, io, MSG_DOCUMENT_NO_TARGETS, 0);
    }
    return OK;
}

/* ---- activities ---- */

enum { A_PLAN, A_NO, A_TITLE, A_TARGET, A_STATE, A_EVENTS, A_HELD, A_PEOPLE, A_CAME, A_COLS };
static const struct document_column activity_columns[A_COLS] = {
    {S_INIT("plan"), MSG_DOCUMENT_PLAN, COLUMN_TEXT, IN_DATA},
    {S_INIT("no"), MSG_DOCUMENT_NO, COLUMN_NUMBER, IN_DATA},
    {S_INIT("activity"), MSG_PLAN_ACTIVITY, COLUMN_TEXT, IN_BOTH},
    {S_INIT("target_kind"), MSG_PLAN_TARGET_KIND, COLUMN_TEXT, IN_BOTH},
    {S_INIT("state"), MSG_DOCUMENT_STATE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("events_planned"), MSG_DOCUMENT_EVENTS_PLANNED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("events_held"), MSG_DOCUMENT_EVENTS_HELD, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("people_planned"), MSG_DOCUMENT_PEOPLE_PLANNED, COLUMN_NUMBER, IN_BOTH},
    {S_INIT("came"), MSG_DOCUMENT_PEOPLE_CAME, COLUMN_NUMBER, IN_BOTH},
};

static str word_of(struct ctx *c, const struct case_word *words, size_t n, str code)
{
    const enum msg m = case_word_of(words, n, code);
    return m == MSG_NONE ? code : msg_text((enum lang)c->lang, m);
}

static err activities_of(struct ctx *c, struct asked *a, struct document_part *io)
{
    bool hers;
    TRY(lies_within(c, a, a->plan.row.home, &hers));
    for (size_t i = 0; i < a->whole.actions_n && hers; i++) {
        const struct q_plan_actions *of = &a->whole.actions[i];
        struct q_document_activity done;
        const struct q_document_activity_in line = {
            .home = a->plan.row.home, .id = a->plan.row.id, .action_no = of->action_no};
        TRY(q_document_activity(c->db, c->arena, &line, &done));
        struct cell *row = document_row(io, c->arena);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        int64_t people = 0;
        for (size_t k = 0; k < a->whole.people_n; k++) {
            people += a->whole.people[k].action_id == of->id ? a->whole.people[k].people_n : 0;
        }
        const str path = arena_printf(c->arena, "/plans/%.*s/activities/%lld", STR_F(a->plan.row.plan_code),
                                      (long long)of->action_no);
        const bool known =
            of->flow_state.given && of->flow_state.v >= 0 && of->flow_state.v < PLAN_action_state_n;
        row[A_PLAN] = document_words(a->plan.row.plan_code);
        row[A_NO] = document_number(of->action_no);
        row[A_TITLE] = document_words(of->title_text);
        row[A_TITLE].to = url_local(c->arena, path);
        row[A_TARGET] = document_words(word_of(c, plan_target_words, PLAN_target_n, of->target_kind_code));
        row[A_STATE] = document_words(
            known ? msg_text((enum lang)c->lang, plan_action_state_words[of->flow_state.v].text) : S(""));
        row[A_EVENTS] = document_number(of->events_n);
        row[A_HELD] = document_number(done.events_n);
        row[A_PEOPLE] = document_number(people);
        row[A_CAME] = document_number(done.people_n);
    }
    return OK;
}

err document_activities(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = activity_columns;
    io->columns_n = A_COLS;
    TRY(plans_walk(c, m, io, activities_of));
    document_note(c, io, MSG_DOCUMENT_ACTIVITIES_HOW, 0);
    return OK;
}

/* ---- markers ---- */

enum { M_PLAN, M_OF, M_SCHEME, M_VALUE, M_WHY, M_WHEN, M_COLS };
static const struct document_column marker_columns[M_COLS] = {
    {S_INIT("plan"), MSG_DOCUMENT_PLAN, COLUMN_TEXT, IN_BOTH},
    {S_INIT("of"), MSG_DOCUMENT_MARKED, COLUMN_TEXT, IN_BOTH},
    {S_INIT("scheme"), MSG_DOCUMENT_SCHEME, COLUMN_TEXT, IN_BOTH},
    {S_INIT("value"), MSG_DOCUMENT_SCORE, COLUMN_TEXT, IN_BOTH},
    {S_INIT("why"), MSG_DOCUMENT_WHY, COLUMN_TEXT, IN_BOTH},
    {S_INIT("set_on"), MSG_DOCUMENT_WHEN, COLUMN_TIME, IN_BOTH},
};

static str marked_title(struct ctx *c, const struct asked *a, const struct q_plan_markers *r)
{
    if (r->result_id.given) {
        return result_title(a, r->result_id.v);
    }
    for (size_t i = 0; i < a->whole.actions_n && r->action_id.given; i++) {
        if (a->whole.actions[i].id == r->action_id.v) {
            return a->whole.actions[i].title_text;
        }
    }
    return msg_text((enum lang)c->lang, MSG_DOCUMENT_WHOLE_PLAN);
}

static err markers_of(struct ctx *c, struct asked *a, struct document_part *io)
{
    for (size_t i = 0; i < a->whole.markers_n; i++) {
        const struct q_plan_markers *r = &a->whole.markers[i];
        struct cell *row = document_row(io, c->arena);
        if (row == NULL) {
            return FAIL(LIMIT);
        }
        row[M_PLAN] = document_words(document_isolate(c, a->plan.row.plan_code));
        row[M_OF] = document_words(marked_title(c, a, r));
        row[M_SCHEME] = document_words(word_of(c, plan_scheme_words, PLAN_scheme_n, r->scheme_code));
        row[M_VALUE] = document_words(document_isolate(c, r->value_code));
        row[M_WHY] = document_words(r->why_text);
        row[M_WHEN] = document_number(r->set_ms);
    }
    return OK;
}

err document_markers(struct ctx *c, struct document_made *m, struct document_part *io)
{
    io->columns = marker_columns;
    io->columns_n = M_COLS;
    return plans_walk(c, m, io, markers_of);
}
