/* How a line of a plan went: computed from its events, written by one person, held to its rules. */
#include "sheet_testing.h"

#include "activity.h"
#include "audit.h"
#include "sheet_inside.h"

static const struct period winter = {20260101, 20260331}; /* FY2025-26Q3, over */
static const struct period spring = {20260401, 20260630}; /* runs */

/* ---- a plan in force, with one line of Nowshera ---- */

struct planning {
    str unit, code;
    enum plan_action action;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct planning *d = arg;
    struct planned v;
    int64_t no;
    const struct plan_new n = {
        .programme = S("women-kacheri"), .kind = S("operational"), .unit = d->unit, .year = 2025};
    const struct plan_result_edit r = {.kind = S("output"), .title = S("Women are heard")};
    const struct plan_indicator_edit i = {.result = 1, .indicator = S("attendance")};
    const struct plan_action_edit a = {.result = 1,
                                       .title = S("Hear women"),
                                       .target = S("gender_centric"),
                                       .event_kind = S("khuli_kacheri"),
                                       .events = 2,
                                       .post = S("Desk officer"),
                                       .from_day = 20260101,
                                       .to_day = 20260630,
                                       .units = d->unit};
    const struct plan_target_edit t = {
        .indicator = 1, .unit = d->unit, .n = SOME(40), .role = STR_NONE, .sex = STR_NONE};
    TRY(plan_make(c, &n, &d->code));
    TRY(plan_find(c, d->code, &v));
    TRY(plan_result_put(c, &v, &r));
    TRY(plan_indicator_put(c, &v, &i));
    TRY(plan_target_put(c, &v, &t));
    /* Nothing computes it, and it goes on from quarter to quarter. */
    const struct plan_indicator_edit told = {.result = 1,
                                             .indicator = S("reported"),
                                             .title = S("Groups that meet"),
                                             .aggregate = S("latest"),
                                             .means = S("Register")};
    const struct plan_target_edit nine = {
        .indicator = 2, .unit = d->unit, .n = SOME(9), .role = STR_NONE, .sex = STR_NONE};
    TRY(plan_indicator_put(c, &v, &told));
    TRY(plan_target_put(c, &v, &nine));
    return plan_action_put(c, &v, &a, &no);
}

static err run_plan_act(struct ctx *c, void *arg)
{
    const struct planning *d = arg;
    struct planned v;
    TRY(plan_find(c, d->code, &v));
    return plan_act(c, &v, d->action, STR_NONE);
}

static err run_revise(struct ctx *c, void *arg)
{
    struct planning *d = arg;
    struct planned v;
    TRY(plan_find(c, d->code, &v));
    return plan_revise(c, &v, &d->code);
}

static void in_force(enum testing_who by, struct planning *d)
{
    d->action = PLAN_SUBMIT;
    assert_int_equal(written_as(who(by), run_plan_act, d), ERR_OK);
    d->action = PLAN_APPROVE;
    assert_int_equal(written_as(who(MANAGER), run_plan_act, d), ERR_OK);
}

static str planned_for(enum testing_who by, str unit)
{
    struct planning d = {.unit = unit};
    run_script("insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1)");
    assert_int_equal(written_as(who(by), run_plan, &d), ERR_OK);
    in_force(by, &d);
    return d.code;
}

/* ---- an event of the line, with 30 women of whom 6 spoke ---- */

struct tying {
    str plan, event;
};
static err run_tie(struct ctx *c, void *arg)
{
    const struct tying *t = arg;
    struct planned v;
    TRY(plan_find(c, t->plan, &v));
    return plan_event_tie(c, &v, 1, t->event, true);
}

static str held(str plan)
{
    struct tying t = {.plan = plan};
    assert_int_equal(written_as(who(DESK), testing_event_open, &t.event), ERR_OK);
    run_script("insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
               " select home, id, '', 'citizen', 'woman', 30, 6 from event;"
               "update event set event_day = 20260210");
    assert_int_equal(written_as(who(SUPERVISOR), testing_event_close, &t.event), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_tie, &t), ERR_OK);
    return t.event;
}

/* ---- the sheet ---- */

enum doing_what { DO_WRITE, DO_STEP, DO_FOLLOW, DO_FOLLOW_SET, DO_JUSTIFY, DO_VALUE };
struct doing {
    str plan;
    struct period quarter;
    enum doing_what what;
    enum sheet_action action;
    struct activity_edit edit;
    struct activity_value value;
    str words; /* what is to follow; a rule */
    int64_t no;
    struct sheet_view v;
};

static err run_do(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct activity a;
    TRY(activity_find(c, d->plan, 1, S("PK526"), d->quarter, &a));
    TRY(activity_begin(c, &a, &d->v));
    switch (d->what) {
    case DO_WRITE:
        return activity_write(c, &d->v, &d->edit);
    case DO_FOLLOW:
        return activity_follow_add(c, &d->v, d->words, S("Tehsil officer"), 20260701);
    case DO_FOLLOW_SET:
        return activity_follow_set(c, &d->v, d->no, FOLLOW_DONE);
    case DO_VALUE:
        return activity_value_put(c, &a, &d->v, &d->value);
    case DO_JUSTIFY:
        return sheet_justify(c, &d->v, d->words, d->no == 1 ? S("done") : S(""), S("It rained"));
    case DO_STEP:
        break;
    }
    return d->action == SHEET_APPROVE ? sheet_approve(c, &d->v, NULL, NULL)
                                      : sheet_act(c, &d->v, d->action, S("Because"));
}

static const struct activity_edit on_track = {.seen = -1,
                                              .progress = S_INIT("on_track"),
                                              .began = {true, 20260101},
                                              .why = S_INIT(""),
                                              .done = S_INIT(""),
                                              .narrative = S_INIT("Many came")};

static enum err_code wrote(enum testing_who by, str plan, const struct activity_edit *e)
{
    struct doing d = {.plan = plan, .quarter = winter, .what = DO_WRITE, .edit = *e};
    return written_as(who(by), run_do, &d);
}

static enum err_code stepped(enum testing_who by, str plan, enum sheet_action action)
{
    struct doing d = {.plan = plan, .quarter = winter, .what = DO_STEP, .action = action};
    return written_as(who(by), run_do, &d);
}

static enum err_code justified(str plan, str rule, bool done)
{
    struct doing d = {.plan = plan, .quarter = winter, .what = DO_JUSTIFY, .words = rule, .no = done};
    return written_as(who(DESK), run_do, &d);
}

static struct sheet_view sheet_now(enum testing_who by, str plan, struct ctx *c)
{
    struct activity a;
    struct sheet_view v;
    *c = reading_as(who(by));
    assert_err(activity_find(c, plan, 1, S("PK526"), winter, &a), ok);
    assert_err(activity_sheet(c, &a, &v), ok);
    return v;
}

/* "rule rule" of what does not hold. */
static bool finds(str plan, str rule, bool error)
{
    struct ctx c;
    struct sheet_found found;
    const struct sheet_view v = sheet_now(DESK, plan, &c);
    assert_err(sheet_findings(&c, &v, &found), ok);
    for (size_t i = 0; i < found.n; i++) {
        if (str_eq(found.v[i].rule, rule) && found.v[i].error == error) {
            return true;
        }
    }
    return false;
}

static void computed_written_and_approved_by_three(void **state)
{
    (void)state;
    const str plan = planned_for(MONITOR, S("PK526"));
    (void)held(plan);
    assert_int_equal(wrote(DESK, plan, &on_track), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_CONFLICT); /* its event has no approved sheet */
    assert_int_equal(justified(plan, S("events_not_approved"), false), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_OK);
    assert_int_equal(wrote(DESK, plan, &on_track), ERR_CONFLICT); /* put forward: nobody edits it */
    assert_int_equal(stepped(DESK, plan, SHEET_VERIFY), ERR_DENIED);
    /* What it is computed from changed: nobody verifies what the author never saw. */
    run_script("update event_count set people_n = 31");
    assert_int_equal(stepped(MONITOR, plan, SHEET_VERIFY), ERR_CONFLICT);
    run_script("update event_count set people_n = 30");
    assert_int_equal(stepped(MONITOR, plan, SHEET_VERIFY), ERR_OK);
    assert_int_equal(stepped(MONITOR, plan, SHEET_APPROVE), ERR_DENIED);
    assert_int_equal(stepped(KP_MONITOR, plan, SHEET_APPROVE), ERR_OK);
    struct ctx c;
    const struct sheet_view v = sheet_now(DESK, plan, &c);
    struct q_sheet_versions *versions;
    size_t n;
    assert_int_equal(v.state, SHEET_APPROVED);
    assert_err(sheet_versions(&c, &v, &versions, &n), ok);
    assert_int_equal(n, 1);
    assert_true(str_eq(sheet_says(versions[0].content_text, S("cell citizen woman")), S("30 6")));
    assert_true(str_eq(sheet_says(versions[0].content_text, S("progress")), S("on_track")));
    assert_true(str_eq(sheet_says(versions[0].content_text, S("events")), S("1")));
    /* Of what was approved a hash stands, and verify compares it. */
    struct sheet_report r;
    struct audit_report chains;
    struct ctx all = reading_as((struct actor){.role = ROLE_SYSTEM});
    assert_err(audit_verify(&all, &chains), ok);
    assert_err(sheet_verify(&all, &chains, &r), ok);
    assert_int_equal(r.versions, 1);
    assert_int_equal(stepped(KP_MONITOR, plan, SHEET_UNLOCK), ERR_OK);
    assert_int_equal(sheet_now(DESK, plan, &c).row.version_no, 2);
    /* The next version of the plan has the same sheet. */
    struct planning next = {.code = plan};
    assert_int_equal(written_as(who(MONITOR), run_revise, &next), ERR_OK);
    in_force(MONITOR, &next);
    assert_int_equal(sheet_now(DESK, next.code, &c).row.id, v.row.id);
}

static void whoever_wrote_in_it_is_its_author_too(void **state)
{
    (void)state;
    const str plan = planned_for(MONITOR, S("PK526"));
    assert_int_equal(wrote(DESK, plan, &on_track), ERR_OK);
    assert_int_equal(wrote(MONITOR, plan, &on_track), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_OK);
    assert_int_equal(stepped(MONITOR, plan, SHEET_VERIFY), ERR_DENIED);
    struct ctx c;
    const struct sheet_view v = sheet_now(MONITOR, plan, &c);
    assert_false(sheet_may(&c, &v, SHEET_VERIFY));
    assert_int_equal(stepped(KP_MONITOR, plan, SHEET_VERIFY), ERR_OK);
    assert_int_equal(stepped(KP_MONITOR, plan, SHEET_APPROVE), ERR_DENIED);
    assert_int_equal(stepped(KP_MONITOR_2, plan, SHEET_APPROVE), ERR_OK);
}

static void what_does_not_fit_is_found_by_cell(void **state)
{
    (void)state;
    const str plan = planned_for(MONITOR, S("PK526"));
    struct activity_edit e = on_track;
    e.progress = S("");
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK); /* kept, though it is not ready */
    assert_true(finds(plan, S("progress_missing"), true));
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_CONFLICT);
    e.progress = S("delayed");
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_false(finds(plan, S("progress_missing"), true));
    assert_true(finds(plan, S("why_missing"), true));
    e.why = S("No room");
    e.began = SOME(20260105); /* later than planned, with its reason */
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_false(finds(plan, S("why_missing"), true));
    e.began = SOME(20260401);
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("began_after_quarter"), true));
    e.began = SOME(20250630);
    e.ended = SOME(20251231);
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("began_before_plan"), true));
    assert_true(finds(plan, S("ended_before_quarter"), true));
    e.began = SOME(20260110);
    e.ended = SOME(20260105);
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("ended_before_began"), true));
    e.ended = SOME(20260401);
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("ended_after_quarter"), true));
    e.progress = S("completed");
    e.ended = NONE_I64;
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("end_missing"), true));
    e.ended = SOME(20260320);
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    assert_true(finds(plan, S("fewer_than_planned"), false)); /* 0 of 2 */
    assert_true(finds(plan, S("nothing_delivered"), false));
    assert_int_equal(justified(plan, S("fewer_than_planned"), false), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_CONFLICT);
    assert_int_equal(justified(plan, S("nothing_delivered"), true), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_OK);
}

static void two_people_see_each_other(void **state)
{
    (void)state;
    struct ctx c;
    const str plan = planned_for(MONITOR, S("PK526"));
    struct activity_edit e = on_track;
    assert_int_equal(wrote(DESK, plan, &e), ERR_OK);
    e.seen = sheet_now(DESK, plan, &c).row.changed_n;
    assert_int_equal(wrote(DESK_2, plan, &e), ERR_OK);
    assert_int_equal(wrote(DESK, plan, &e), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_ACTIVITY_WRITTEN_MEANWHILE);
}

static void what_is_to_follow_comes_along(void **state)
{
    (void)state;
    const str plan = planned_for(MONITOR, S("PK526"));
    struct doing d = {.plan = plan, .quarter = winter, .what = DO_FOLLOW, .words = S("A ramp")};
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_OK);
    d.words = S("A tap");
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_OK);
    d.words = S(" ");
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "follow_words");
    d = (struct doing){.plan = plan, .quarter = winter, .what = DO_FOLLOW_SET, .no = 1};
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_OK);
    d.no = 3;
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_NOT_FOUND);
    /* The quarter that runs: its sheet is begun with what was left, and waits for the quarter's end. */
    d = (struct doing){.plan = plan, .quarter = spring, .what = DO_WRITE, .edit = on_track};
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_OK);
    struct ctx c = reading_as(who(DESK));
    struct q_activity_follows *rows;
    size_t n;
    assert_err(activity_follows(&c, &d.v, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_true(str_eq(rows[0].words_text, S("A tap")));
    d.what = DO_STEP;
    d.action = SHEET_SUBMIT;
    assert_int_equal(written_as(who(DESK), run_do, &d), ERR_CONFLICT);
}

static void reach_and_what_is_expected(void **state)
{
    (void)state;
    struct activity a;
    struct sheet_district *d;
    size_t n;
    const int64_t homes[] = {HARIPUR, NOWSHERA, PROVINCE};
    const str plan = planned_for(KP_MONITOR, S("PK5")); /* of the province: those with a desk carry it */
    struct ctx c = reading_as(who(DESK));
    assert_err(activity_find(&c, plan, 1, S("PK526"), winter, &a), ok);
    assert_int_equal(activity_find(&c, plan, 1, S("PK511"), winter, &a).code, ERR_NOT_FOUND);
    assert_int_equal(activity_find(&c, plan, 2, S("PK526"), winter, &a).code, ERR_NOT_FOUND);
    assert_int_equal(activity_find(&c, plan, 1, S("PK52601"), winter, &a).code, ERR_NOT_FOUND);
    assert_int_equal(activity_find(&c, plan, 1, S("PK526"), period_quarter(2026, 1), &a).code, ERR_NOT_FOUND);
    struct ctx above = reading_as(who(KP_MONITOR));
    assert_err(sheet_districts(&above, homes, 3, winter, &d, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(d[1].lines.expected, 1);
    assert_int_equal(d[1].all.expected, 2); /* the line and the quarter */
    assert_int_equal(d[1].all.submitted, 0);
    assert_int_equal(wrote(DESK, plan, &on_track), ERR_OK);
    assert_int_equal(stepped(DESK, plan, SHEET_SUBMIT), ERR_OK);
    struct ctx later = reading_as(who(KP_MONITOR));
    assert_err(sheet_districts(&later, homes, 3, winter, &d, &n), ok);
    assert_int_equal(d[0].lines.submitted, 0);
    assert_int_equal(d[1].lines.submitted, 1);
    assert_int_equal(d[1].lines.timely, 0); /* months late */
    assert_int_equal(d[1].all.submitted, 1);
    run_script("update sheet set first_day = due_day");
    struct ctx in_time = reading_as(who(KP_MONITOR));
    assert_err(sheet_districts(&in_time, homes, 3, winter, &d, &n), ok);
    assert_int_equal(d[1].lines.timely, 1);
    /* Before its dates it is not expected. */
    assert_err(sheet_districts(&in_time, homes, 3, period_quarter(2025, 2), &d, &n), ok);
    assert_int_equal(d[1].lines.expected, 0);
}

static enum err_code said(str plan, struct period quarter, int64_t n, int64_t den, str means)
{
    struct doing d = {.plan = plan,
                      .quarter = quarter,
                      .what = DO_VALUE,
                      .value = {.indicator = 2,
                                .n = n < 0 ? NONE_I64 : SOME(n),
                                .den = den == 0 ? NONE_I64 : SOME(den),
                                .means = means}};
    return written_as(who(DESK), run_do, &d);
}

static struct plan_actual told_of(str plan)
{
    struct ctx c = reading_as(who(KP_MONITOR));
    struct planned v;
    struct plan_whole w;
    struct plan_actual out;
    assert_err(plan_find(&c, plan, &v), ok);
    assert_err(plan_whole(&c, &v, &w), ok);
    assert_err(plan_actual(&c, &w.indicators[1], &w.targets[1], false, &out), ok);
    return out;
}

/* Typed with where it can be checked, approved by three as all of it, and put together as the plan says. */
static void what_nothing_computes_is_reported(void **state)
{
    (void)state;
    const str plan = planned_for(MONITOR, S("PK526"));
    assert_int_equal(said(plan, winter, 12, 0, S(" ")), ERR_INVALID);
    assert_int_equal(said(plan, winter, 12, 20, S("Register")), ERR_INVALID); /* it is no percentage */
    assert_int_equal(said(plan, winter, 7, 0, S("Register, page 1")), ERR_OK);
    assert_int_equal(said(plan, winter, 12, 0, S("Register, page 2")), ERR_OK); /* in its place */
    assert_int_equal(count_of("select max(num_n) from sheet_value"), 12);
    assert_int_equal(told_of(plan).found, 0); /* nobody has approved it */
    struct ctx c;
    struct sheet_view v = sheet_now(DESK, plan, &c);
    str content;
    assert_err(activity_content(&c, &v, &content), ok);
    assert_true(str_eq(sheet_says(content, S("value 2")), S("12 1")));
    assert_int_equal(said(plan, spring, 20, 0, S("Register, page 3")), ERR_OK);
    run_script("update sheet set approver_ms = 5");
    assert_int_equal(told_of(plan).num, 20); /* the last quarter, never 32 */
    assert_int_equal(told_of(plan).found, 2);
    run_script("update plan_indicator set aggregate_code = 'sum' where indicator_no = 2");
    assert_int_equal(told_of(plan).num, 32);
    run_script("update plan_indicator set aggregate_code = 'none' where indicator_no = 2");
    assert_int_equal(told_of(plan).found, 0);
    assert_int_equal(said(plan, spring, -1, 0, STR_NONE), ERR_OK); /* taken back */
    assert_int_equal(told_of(plan).num, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(computed_written_and_approved_by_three),
        FEATURE_TEST(whoever_wrote_in_it_is_its_author_too),
        FEATURE_TEST(what_does_not_fit_is_found_by_cell),
        FEATURE_TEST(two_people_see_each_other),
        FEATURE_TEST(what_is_to_follow_comes_along),
        FEATURE_TEST(what_nothing_computes_is_reported),
        FEATURE_TEST(reach_and_what_is_expected),
    };
    return FEATURE_TESTS(tests);
}
