/* plan_aims_test.c: targets add up over districts and years, and none is counted twice. */
#include "feature_testing.h"

#include "plan_aims.h"
#include "plan_kind.h"

/* A plan of the province for 2026 and one of Nowshera: the same year, a quarter of it, and Haripur alone. */
static void plans_stand(void)
{
    static const char *const sql[] = {
        "insert into programme values (1, 'p', 20200701, 99991231, 7)",
        "insert into plan (home, id, plan_code, programme_id, plan_kind_code, fiscal_no, version_no, "
        "title_text, "
        "from_day, to_day, changed_n, created_ms) values (10, 1, 'A', 1, 'operational', 2026, 1, 'A', "
        "20260701, "
        "20270630, 1, 1), (100, 2, 'B', 1, 'operational', 2026, 1, 'B', 20260701, 20270630, 1, 1)",
        "insert into plan_result values (10, 1, 1, 1, 'output', null, 'R', ''), (100, 2, 2, 1, 'output', "
        "null, 'R', '')",
        "insert into plan_indicator values"
        " (10, 1, 1, 1, 1, 'desks_opened', '', 'unit', 1, 'other', 'sum', null, null, '', 'list', 'year'),"
        " (10, 3, 1, 1, 2, 'attendance', '', 'unit', 1, 'attendances', 'sum', null, null, '', 'list', "
        "'year'),"
        " (100, 2, 2, 2, 1, 'attendance', '', 'unit', 1, 'attendances', 'sum', null, null, '', 'list', "
        "'year')",
        "insert into plan_target values (10, 1, 100, 20260701, 20270630, '', '', 1, 1),"
        " (10, 1, 200, 20260701, 20270630, '', '', 2, 1), (10, 3, 10, 20260701, 20270630, '', '', 500, 1),"
        " (10, 3, 10, 20260701, 20270630, 'citizen', 'woman', 300, 1),"
        " (100, 2, 100, 20260701, 20270630, '', '', 90, 1), (100, 2, 100, 20260701, 20260930, '', '', 20, 1)",
    };
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        run_script(sql[i]);
    }
}

static void approve(int64_t home, int64_t id)
{
    char sql[400];
    (void)snprintf(
        sql, sizeof sql,
        "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, action_no, "
        "step_ms, reason_code, mark_no, unit_id, topic_id, due_ms) values (%lld, %d, %lld, %d, 0, 1, 1, 1, "
        "1, "
        "'', 0, %lld, 0, 1)",
        (long long)home, (int)plan_kind.kind_no, (long long)id, (int)PLAN_APPROVED, (long long)home);
    run_script(sql);
}

static int64_t aimed(const int64_t *homes, size_t n, const char *indicator, const int64_t *at, size_t at_n)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct plan_aims all;
    assert_err(plan_aims(&c, homes, n, &all), ok);
    const struct opt_i64 sum = plan_aimed(&all, str_of(indicator), at, at_n, period_fiscal(2026));
    assert_false(plan_aimed(&all, str_of(indicator), at, at_n, period_fiscal(2025)).given);
    return sum.given ? sum.v : -1;
}

static int64_t aimed_in(struct period p)
{
    static const int64_t home[] = {NOWSHERA};
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct plan_aims all;
    assert_err(plan_aims(&c, home, 1, &all), ok);
    const struct opt_i64 sum = plan_aimed(&all, S("attendance"), home, 1, p);
    return sum.given ? sum.v : -1;
}

static void a_project_year_is_no_second_aim(void)
{
    run_script("insert into plan_target values (100, 2, 100, 20261001, 20270930, '', '', 120, 1),"
               " (100, 2, 100, 20251001, 20260930, '', '', 70, 1)");
    assert_int_equal(aimed_in(period_fiscal(2026)), 90);
    assert_int_equal(aimed_in((struct period){20261001, 20270930}), 120);
    assert_int_equal(aimed_in(period_quarter(2026, 1)), 20);
    assert_int_equal(aimed_in(period_all()), 90); /* neither project year: each lies across it */
    run_script("delete from plan_target where indicator_id = 2 and to_day in (20270630, 20260930) and "
               "from_day >= 20260701");
    assert_int_equal(aimed_in(period_all()), 70 + 120);
    run_script("insert into plan_target values (100, 2, 100, 20260701, 20260930, '', '', 20, 1)");
    assert_int_equal(aimed_in(period_fiscal(2026)), 20);
    assert_int_equal(aimed_in(period_all()), 70 + 120); /* the quarter lies in a year that counts */
}

static void targets_add_up_and_none_counts_twice(void **state)
{
    static const int64_t both[] = {NOWSHERA, HARIPUR};
    (void)state;
    plans_stand();
    assert_int_equal(aimed(both, 2, "desks_opened", both, 2), -1); /* drafts aim at nothing */
    approve(100, 2);
    assert_int_equal(aimed(both, 2, "attendance", both, 2), 90); /* the year, not its quarter too */
    approve(10, 1);
    assert_int_equal(aimed(both, 2, "desks_opened", both, 2), 3);
    assert_int_equal(aimed(both, 2, "desks_opened", both, 1), 1);
    assert_int_equal(aimed(both, 2, "attendance", both, 2), 500); /* of women citizens stand beside */
    assert_int_equal(aimed(both, 1, "attendance", both, 1),
                     90); /* who asks for one of them asks for its own */
    assert_int_equal(aimed(both + 1, 1, "attendance", both, 2), -1);
    a_project_year_is_no_second_aim();
}

int main(void)
{
    const struct CMUnitTest tests[] = {FEATURE_TEST(targets_add_up_and_none_counts_twice)};
    return FEATURE_TESTS(tests);
}
