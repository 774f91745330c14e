/* An invented population stands by the rules: nothing to mend, every state there, and it comes again. */
#include "feature_testing.h"

#include "audit.h"
#include "case.h"
#include "load.h"

/* Something that another institution does, and two that take it. */
static const char portals_sql[] =
    "insert into portal values (600, 'pcp', 1, 'form', 1, '20,41', 40, null, 'en', 'words,name', 0, 1, "
    "20010814,"
    " 99991231), (601, 'disco', 1, 'call', 0, '2,7', null, '118', 'ur', 'words', 1, 2, 20010814, 99991231);"
    "insert into service values (420, 'N-ELE', 391, 0, 0, 'N', null, 'other', 20, 20010814, 99991231);"
    "insert into portal_service values ('N-ELE', 601, 1), ('N-ELE', 600, 2);";

static void loaded(uint64_t seed, int64_t cases)
{
    const struct load_order order = {.seed = seed, .cases = cases, .days = LOAD_DAYS};
    struct fail f = {0};
    const err e = load_run(testing_now->store, &order, &f);
    if (e.code != ERR_OK) {
        fail_msg("%s: %s", err_name(e), f.log);
    }
}

static err checked(struct ctx *c, void *arg)
{
    int64_t *done = arg;
    return tally_check(c, done);
}

/* The summary as it was written with the facts is what a recount finds. */
static void the_summary_is_right(void)
{
    const struct actor job = {.role = ROLE_SYSTEM};
    int64_t done = 1;
    for (int i = 0; i < 400 && done > 0; i++) {
        assert_int_equal(written_as(job, checked, &done), ERR_OK);
    }
    assert_int_equal(done, 0);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'tally.mended'"), 0);
}

static void the_chain_holds(void)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct audit_report report = {0};
    assert_int_equal(audit_verify(&c, &report).code, ERR_OK);
    assert_true(report.rows > (on_pg() ? 300 : 1000));
}

static int64_t in_state(unsigned state)
{
    const struct value v = {.type = VALUE_I64, .i = (int64_t)state};
    return number_of("select count(*) from flow where flow_state = $1", &v, 1);
}

static void a_population_stands_by_the_rules(void **state)
{
    (void)state;
    static const char *const each_some[] = {
        "select count(*) from cases where case_kind_code = 'application'",
        "select count(*) from cases where case_kind_code = 'suggestion'",
        "select count(*) from cases where anonymous_flag = 1",
        "select count(*) from cases where group_n > 2",
        "select count(*) from cases where same_as_id is not null",
        "select count(*) from cases where sex_code = 'transgender'",
        "select count(*) from cases where disability_code = 'yes'",
        "select count(*) from case_document where given_flag = 0",
        "select count(*) from flow where reason_code = 'no_funds'",
        "select count(*) from flow where reason_code = 'court_stay'",
        "select count(*) from flow where reason_code = 'higher_approval'",
        "select count(*) from flow where reason_code = 'not_technical'",
        "select count(*) from flow where open_flag = 1 and assignee_id is null",
        "select count(*) from flow where marked_id is not null",
        "select count(*) from consent where given_flag = 0",
        "select count(*) from call_back where done_ms is null",
        "select count(*) from external_ref where outcome_code is null",
        "select count(*) from external_ref where outcome_code is not null",
        "select count(*) from external_ref where ref_no = 2",
    };
    const int64_t cases = on_pg() ? 120 : 2000;
    run_script(portals_sql);
    loaded(1, cases);
    assert_int_equal(count_of("select count(*) from cases"), cases);
    for (unsigned s = 0; s < CASE_STATES && !on_pg(); s++) {
        if (in_state(s) == 0) {
            fail_msg("nothing is %s", complaint_kind.states[s]);
        }
    }
    for (size_t i = 0; i < sizeof each_some / sizeof each_some[0] && !on_pg(); i++) {
        if (count_of(each_some[i]) == 0) {
            fail_msg("nothing: %s", each_some[i]);
        }
    }
    the_summary_is_right();
    the_chain_holds();
}

/* What is filed and what is done lies in the past, and each case begins with its filing. */
static void time_goes_forward(void **state)
{
    (void)state;
    const struct value now = {.type = VALUE_I64, .i = TESTING_NOON};
    loaded(3, 200);
    assert_int_equal(number_of("select count(*) from flow_step where at_ms >= $1", &now, 1), 0);
    assert_int_equal(count_of("select count(*) from flow_step a join flow_step b on b.home = a.home"
                              " and b.subject_id = a.subject_id and b.step_no = a.step_no + 1"
                              " where b.at_ms < a.at_ms"),
                     0);
    assert_int_equal(count_of("select count(*) from cases a join cases b on b.id > a.id"
                              " where b.filed_ms < a.filed_ms"),
                     0);
}

/* The same seed again doubles every figure; another one does not. */
static void the_same_seed_makes_the_same_figures(void **state)
{
    (void)state;
    loaded(7, 150);
    loaded(7, 150);
    assert_int_equal(count_of("select count(*) from cases"), 300);
    for (unsigned s = 0; s < CASE_STATES; s++) {
        assert_int_equal(in_state(s) % 2, 0);
    }
    if (!on_pg()) { /* there they are still deltas */
        assert_int_equal(count_of("select count(*) from tally where cases_n % 2 <> 0"), 0);
        assert_int_equal(count_of("select count(*) from tally_mark where cases_n % 2 <> 0"), 0);
        loaded(8, 150);
        assert_true(count_of("select count(*) from tally where cases_n % 2 <> 0") > 10);
    }
}

/* Nobody to take a case down, or to give it to: said, and nothing is written. */
static void without_people_nothing_is_made(void **state)
{
    (void)state;
    const struct load_order order = {.seed = 1, .cases = 10, .days = 10};
    struct fail f = {0};
    run_script("update account set disabled_ms = 5 where role_no = 4;");
    assert_int_equal(load_run(testing_now->store, &order, &f).code, ERR_INVALID);
    assert_int_equal(f.message, MSG_CLI_LOAD_NOBODY);
    assert_int_equal(count_of("select count(*) from cases"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_population_stands_by_the_rules),
        FEATURE_TEST(time_goes_forward),
        FEATURE_TEST(the_same_seed_makes_the_same_figures),
        FEATURE_TEST(without_people_nothing_is_made),
    };
    return FEATURE_TESTS_BUSY(tests);
}
