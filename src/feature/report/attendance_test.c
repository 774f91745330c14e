/* Only what is closed counts; names before counts; a province reads the provinces, a district itself. */
#include "feature_testing.h"

#include "attendance.h"
#include "event.h"
#include "snapshot.h"

/* Since the beginning; as far as the days of period_all() go. */
static const struct report_query since = {.period = {19000101, 99991231}};

struct planning {
    const char *venue;
    str code;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct planning *p = arg;
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = str_of(p->venue),
                                       .venue_kind = S("school"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = S("dialogue"),
                                .audience = S("mixed"),
                                .why = S("For the test")};
    TRY(event_plan(c, &n, &p->code));
    return event_open(c, p->code);
}

struct stepping {
    str code;
    enum event_action action;
};

static err run_step(struct ctx *c, void *arg)
{
    const struct stepping *s = arg;
    struct event_view v;
    TRY(event_find(c, s->code, &v));
    return event_step(c, &v, s->action, STR_NONE, S("Because"));
}

static str planned(const char *venue)
{
    struct planning p = {.venue = venue};
    assert_int_equal(written_as(who(DESK), run_plan, &p), ERR_OK);
    return p.code;
}

static void stepped(enum testing_who by, str code, enum event_action action)
{
    struct stepping s = {.code = code, .action = action};
    assert_int_equal(written_as(who(by), run_step, &s), ERR_OK);
}

static void counted(str code, const char *role, const char *sex, int n)
{
    char sql[500];
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', '%s', '%s', %d, 0 from event where event_code = '%.*s'",
        role, sex, n, STR_F(code));
    run_script(sql);
}

static void named(str code, int no, const char *role, const char *sex)
{
    char sql[500];
    (void)snprintf(sql, sizeof sql,
                   "insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag,"
                   " device_code, record_code)"
                   " select home, id, %d, '%s', '%s', 0, '', 'r%d' from event where event_code = '%.*s'",
                   no, role, sex, no, STR_F(code));
    run_script(sql);
}

/* Whoever works for a whole province. */
static struct ctx reading_for(int64_t unit, enum role role)
{
    return reading_as((struct actor){.role = role, .user_id = 1, .unit_id = unit});
}

static struct attendance provinces(void)
{
    struct ctx c = reading_for(PROVINCE, ROLE_ADC);
    struct attendance out;
    assert_err(attendance_by_province(&c, &since, false, &out), ok);
    return out;
}

static void only_what_is_closed_counts(void **state)
{
    (void)state;
    const str code = planned("School");
    counted(code, "councillor", "not_stated", 7);
    counted(code, "official", "woman", 2);
    counted(code, "citizen", "woman", 30);
    counted(code, "citizen", "man", 4);
    counted(code, "cso", "woman", 1);
    assert_int_equal(provinces().rows_n, 0);
    assert_int_equal(provinces().all.total, 0);
    stepped(SUPERVISOR, code, EVENT_CLOSE);
    const struct attendance is = provinces();
    assert_int_equal(is.rows_n, 1);
    assert_true(str_eq(is.rows[0].code, S("PK5")));
    assert_int_equal(is.rows[0].councillors, 7);
    assert_int_equal(is.rows[0].officials, 2);
    assert_int_equal(is.rows[0].women_citizens, 30);
    assert_int_equal(is.rows[0].total, 39);
    assert_int_equal(is.rows[0].others, 5);
    assert_int_equal(is.all.total, 39);
    assert_int_equal(is.all.events, 1);
    assert_int_equal(is.all.imported, 0);
    stepped(ADC, code, EVENT_REOPEN); /* for a correction: until it is closed again it counts for nothing */
    counted(code, "other", "woman", 1);
    assert_int_equal(provinces().all.total, 0);
}

static void a_role_with_names_is_counted_from_them(void **state)
{
    (void)state;
    const str code = planned("School");
    counted(code, "citizen", "woman", 50);
    counted(code, "official", "not_stated", 3);
    named(code, 1, "citizen", "woman");
    named(code, 2, "citizen", "woman");
    named(code, 3, "citizen", "man");
    stepped(SUPERVISOR, code, EVENT_CLOSE);
    const struct attendance is = provinces();
    assert_int_equal(is.all.women_citizens, 2);
    assert_int_equal(is.all.officials, 3);
    assert_int_equal(is.all.others, 1);
}

static void provinces_are_for_whoever_works_for_one(void **state)
{
    (void)state;
    struct attendance of;
    const str code = planned("School");
    counted(code, "citizen", "woman", 9);
    stepped(SUPERVISOR, code, EVENT_CLOSE);
    static const enum testing_who below[] = {DESK, OFFICER, SUPERVISOR, ADC, OTHER_DESK};
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
        struct ctx c = reading_as(who(below[i]));
        assert_int_equal(attendance_by_province(&c, &since, false, &of).code, ERR_DENIED);
        assert_err(attendance_own(&c, &since, false, &of), ok);
        assert_false(of.provinces);
        assert_int_equal(of.all.women_citizens, below[i] == OTHER_DESK ? 0 : 9);
        assert_int_equal(of.rows_n, below[i] == OTHER_DESK ? 0 : 1);
    }
    static const enum role roles[] = {ROLE_ADC, ROLE_SUPERVISOR, ROLE_OFFICER, ROLE_SYSTEM};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct ctx c = reading_for(PROVINCE, roles[i]);
        assert_err(attendance_own(&c, &since, false, &of), ok);
        assert_true(of.provinces);
        assert_int_equal(of.all.women_citizens, 9);
    }
    struct ctx nowhere = reading_for(0, ROLE_ADC);
    assert_int_equal(attendance_by_province(&nowhere, &since, false, &of).code, ERR_DENIED);
}

/* A division reads its districts, not a part of its province under the province's name. */
static void a_division_is_no_province(void **state)
{
    (void)state;
    struct attendance of;
    run_script("insert into unit values (20, 'PK5-DIV', 2, 10, 10, null, null, 0, 20010814, 99991231)");
    struct ctx c = reading_for(20, ROLE_ADC);
    assert_err(attendance_own(&c, &since, false, &of), ok);
    assert_false(of.provinces);
}

static err run_freeze(struct ctx *c, void *arg)
{
    (void)arg;
    struct figure_cell cells[] = {{202602, S("citizen"), S("woman"), S(""), 40, 40},
                                  {202603, S("official"), S("not_stated"), S(""), 3, 3}};
    struct figure_cell events[] = {{202602, S(""), S(""), S("dialogue"), 2, 2}};
    struct snapshot_made made[] = {{.of = indicator_find(S("attendance")),
                                    .figure = {.cells = cells, .cells_n = 2, .num = 43, .den = 43}},
                                   {.of = indicator_find(S("events_held")),
                                    .figure = {.cells = events, .cells_n = 1, .num = 2, .den = 2}}};
    const struct snapshot_set set = {NOWSHERA, period_quarter(2025, 3), made, 2};
    int64_t n;
    return snapshot_freeze(c, &set, 1, 1, &n);
}

/* What was approved is what was frozen, whatever is counted now. */
static void approved_figures_are_those_of_snapshots(void **state)
{
    (void)state;
    struct attendance of;
    const str code = planned("School");
    counted(code, "citizen", "woman", 9);
    stepped(SUPERVISOR, code, EVENT_CLOSE);
    struct ctx before = reading_for(PROVINCE, ROLE_ADC);
    assert_err(attendance_own(&before, &since, true, &of), ok);
    assert_int_equal(of.all.events, 0);
    run_script("insert into sheet (home, id, sheet_kind_code, from_day, to_day, version_no, due_day,"
               " progress_code, why_text, done_text, narrative_text, changed_n) values (100, 1, 'quarter',"
               " 20260101, 20260331, 1, 20260415, '', '', '', '', 0)");
    assert_int_equal(written_as(who(KP_MONITOR), run_freeze, NULL), ERR_OK);
    struct ctx c = reading_for(PROVINCE, ROLE_ADC);
    assert_err(attendance_own(&c, &since, true, &of), ok);
    assert_true(of.approved && of.provinces);
    assert_int_equal(of.all.women_citizens, 40);
    assert_int_equal(of.all.officials, 3);
    assert_int_equal(of.all.events, 2);
    const struct report_query march = {.period = {20260301, 20260331}, .unit = S("PK526")};
    assert_err(attendance_own(&c, &march, true, &of), ok);
    assert_false(of.provinces);
    assert_int_equal(of.all.total, 0); /* no event in it */
    assert_err(attendance_own(&c, &since, false, &of), ok);
    assert_int_equal(of.all.women_citizens, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(only_what_is_closed_counts),
        FEATURE_TEST(a_role_with_names_is_counted_from_them),
        FEATURE_TEST(provinces_are_for_whoever_works_for_one),
        FEATURE_TEST(a_division_is_no_province),
        FEATURE_TEST(approved_figures_are_those_of_snapshots),
    };
    return FEATURE_TESTS(tests);
}
