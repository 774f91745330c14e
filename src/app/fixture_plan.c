/* fixture_plan.c: the plans of the fixture, one for each fiscal year, written by one person and approved by
 * another. The programme's own plans were not handed down: these say so. */
#include "account.h"
#include "check.h"
#include "clock.h"
#include "fixture.sql.h"
#include "fixture_inside.h"
#include "lang.h"
#include "msg.h"
#include "plan.h"
#include "seed_file.h"

enum { COUNCILLOR, OFFICIAL, CITIZEN }; /* as EVENT_ROLES has them */
enum { MORNING = 10, MONTH_BEFORE = -30, WEEK_BEFORE = -7, DAYS_BEFORE = -3, UNITS_BYTES = 400 };

/* One plan while it is written: the next row of a seed file, if it is of this year. */
struct writing {
    struct ctx c; /* the planner's */
    struct planned plan;
    int64_t year;
    struct seed_table rows;
    size_t at;
};

static str cell(const struct writing *w, const char *column)
{
    str text = STR_NONE;
    CHECK(seed_cell(&w->rows, w->at, str_of(column), &text).code == ERR_OK);
    return text;
}

static int64_t number(const struct writing *w, const char *column)
{
    int64_t n = 0;
    return str_i64(cell(w, column), &n) ? n : 0;
}

/* Each row of a file, or those of the plan's year where it has years. */
static err rows_each(struct writing *w, str file, bool by_year, err (*put)(struct writing *w))
{
    TRY(seed_read(w->c.arena, file, &w->rows));
    for (w->at = 0; w->at < w->rows.n; w->at++) {
        if (!by_year || number(w, "year") == w->year) {
            TRY(put(w));
        }
    }
    return OK;
}

static err result_put(struct writing *w)
{
    const struct plan_result_edit e = {
        .seen = -1, .kind = cell(w, "kind"), .title = cell(w, "title"), .parent = number(w, "parent")};
    return plan_result_put(&w->c, &w->plan, &e);
}

static err indicator_put(struct writing *w)
{
    const struct plan_indicator_edit e = {.seen = -1,
                                          .result = number(w, "result"),
                                          .indicator = cell(w, "indicator"),
                                          .means = cell(w, "means"),
                                          .every = cell(w, "every")};
    return plan_indicator_put(&w->c, &w->plan, &e);
}

static err target_put(struct writing *w)
{
    const struct plan_target_edit e = {.indicator = number(w, "indicator"),
                                       .unit = cell(w, "unit"),
                                       .role = cell(w, "role"),
                                       .sex = cell(w, "sex"),
                                       .n = SOME(number(w, "n"))};
    return plan_target_put(&w->c, &w->plan, &e);
}

/* "PK526 PK511" as lines. */
static str lines_of(struct arena *a, str words)
{
    SCOPED(buf_free) struct buf b = buf_new(UNITS_BYTES);
    while (words.n > 0) {
        buf_put(&b, str_cut(&words, ' '));
        buf_putc(&b, '\n');
    }
    return arena_str(a, buf_str(&b));
}

static err activity_put(struct writing *w)
{
    const struct plan_action_edit e = {.seen = -1,
                                       .result = number(w, "result"),
                                       .title = cell(w, "title"),
                                       .target = cell(w, "target"),
                                       .event_kind = cell(w, "event_kind"),
                                       .events = number(w, "events"),
                                       .from_day = number(w, "from_day"),
                                       .to_day = number(w, "to_day"),
                                       .post = cell(w, "post"),
                                       .units = lines_of(w->c.arena, cell(w, "units"))};
    struct plan_people people = {.at = {{0}}};
    int64_t no;
    TRY(plan_action_put(&w->c, &w->plan, &e, &no));
    people.at[COUNCILLOR][EVENT_sex_not_stated] = number(w, "councillors");
    people.at[OFFICIAL][EVENT_sex_not_stated] = number(w, "officials");
    people.at[CITIZEN][EVENT_sex_woman] = number(w, "women");
    TRY(plan_people_put(&w->c, &w->plan, no, &people));
    const struct plan_cite_new cite = {.kind = S("snapshot"),
                                       .indicator = S("attendance"),
                                       .unit = cell(w, "cites_unit"),
                                       .period = cell(w, "cites_period"),
                                       .words = cell(w, "cites_why")};
    return cite.unit.n == 0 ? OK : plan_cite_add(&w->c, &w->plan, no, &cite);
}

static err marker_put(struct writing *w)
{
    const struct plan_marker_new n = {.result = number(w, "result"),
                                      .scheme = cell(w, "scheme"),
                                      .value = cell(w, "value"),
                                      .why = cell(w, "why")};
    return plan_marker_add(&w->c, &w->plan, &n);
}

static err risk_put(struct writing *w)
{
    return plan_risk_add(&w->c, &w->plan, 0, cell(w, "words"), cell(w, "likely"), cell(w, "answer"));
}

/* ---- from the first draft to being in force ---- */

static err written(struct writing *w)
{
    static const struct {
        str file;
        bool by_year;
        err (*put)(struct writing *w);
    } parts[] = {
        {S_INIT("logo2_plan_results.csv"), false, result_put},
        {S_INIT("logo2_plan_indicators.csv"), true, indicator_put},
        {S_INIT("logo2_plan_targets.csv"), true, target_put},
        {S_INIT("logo2_plan_activities.csv"), true, activity_put},
        {S_INIT("logo2_plan_markers.csv"), false, marker_put},
        {S_INIT("logo2_plan_risks.csv"), true, risk_put},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        TRY(rows_each(w, parts[i].file, parts[i].by_year, parts[i].put));
    }
    return OK;
}

err fixture_as(const struct ctx *c, str login, int64_t day, struct ctx *out)
{
    struct account who;
    *out = *c;
    TRY(account_find(out, login, &who));
    out->actor = account_actor(&who);
    out->now_ms = day_at_ms(day, MORNING, 0);
    return OK;
}

err fixture_plan(struct ctx *c, int64_t year, struct planned *out)
{
    enum { TITLE_MAX = 400 };
    const int64_t begins = period_fiscal(year).from_day;
    struct writing w = {.year = year};
    struct ctx approves;
    str code;
    SCOPED(buf_free) struct buf title = buf_new(TITLE_MAX);
    msg_put(&title, LANG_EN, MSG_FIXTURE_PLAN_TITLE, 1, NULL, 0);
    const struct plan_new n = {.programme = S("women-kacheri"),
                               .kind = S("operational"),
                               .unit = S("PK"),
                               .title = buf_str(&title),
                               .year = year};
    TRY(fixture_as(c, S("planner"), day_add(begins, MONTH_BEFORE), &w.c));
    TRY(plan_make(&w.c, &n, &code));
    TRY(plan_find(&w.c, code, &w.plan));
    TRY(written(&w));
    TRY(fixture_as(c, S("planner"), day_add(begins, WEEK_BEFORE), &w.c));
    TRY(plan_act(&w.c, &w.plan, PLAN_SUBMIT, STR_NONE));
    TRY(fixture_as(c, S("manager"), day_add(begins, DAYS_BEFORE), &approves));
    TRY(plan_find(&approves, code, out));
    return plan_act(&approves, out, PLAN_APPROVE, STR_NONE);
}

/* ---- while it is carried out ---- */

static bool names(str words, str word)
{
    while (words.n > 0) {
        if (str_eq(str_cut(&words, ' '), word)) {
            return true;
        }
    }
    return false;
}

err fixture_plan_tie(struct ctx *c, const struct planned *v, str event, int64_t day, str district)
{
    struct writing w = {.plan = *v, .year = v->row.fiscal_no};
    TRY(fixture_as(c, S("planner"), day_add(day, 1), &w.c));
    TRY(seed_read(w.c.arena, S("logo2_plan_activities.csv"), &w.rows));
    for (w.at = 0; w.at < w.rows.n; w.at++) {
        if (number(&w, "year") == w.year && names(cell(&w, "units"), district)) {
            return plan_event_tie(&w.c, v, number(&w, "no"), event, true);
        }
    }
    return FAIL(BUG);
}

static err carried_out(struct writing *w)
{
    const struct planned *v = &w->plan;
    const int64_t no = number(w, "no");
    const str ends = cell(w, "ends");
    w->c.now_ms = day_at_ms(number(w, "from_day"), MORNING, 0);
    TRY(plan_action_act(&w->c, v, no, ACTION_BEGIN, STR_NONE));
    if (ends.n == 0) {
        return OK;
    }
    w->c.now_ms = day_at_ms(number(w, "to_day"), MORNING, 0);
    const bool late = str_eq(ends, S("delay"));
    return plan_action_act(&w->c, v, no, late ? ACTION_DELAY : ACTION_FINISH,
                           late ? cell(w, "note") : STR_NONE);
}

err fixture_plan_carry(struct ctx *c, const struct planned *v)
{
    struct writing w = {.plan = *v, .year = v->row.fiscal_no};
    TRY(fixture_as(c, S("planner"), v->row.from_day, &w.c));
    return rows_each(&w, S("logo2_plan_activities.csv"), true, carried_out);
}
