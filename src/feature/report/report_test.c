/* What reports say of themselves; whose districts they are of; what is closed to somebody stands in none. */
#include "case_testing.h"

#include "direction.h"
#include "report.h"
#include "sheet.h"

static const struct report_query since = {.period = {19000101, 99991231}};

static void every_report_runs_for_everybody(void **state)
{
    (void)state;
    size_t n;
    const struct report *all = report_all(&n);
    assert_true(n >= 3);
    static const enum testing_who people[] = {DESK, OFFICER, SUPERVISOR, ADC, MONITOR, KP_MONITOR, MANAGER};
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(report_find(all[i].name), &all[i]);
        assert_true(all[i].permission.n > 0);
        for (size_t k = 0; k < sizeof people / sizeof people[0]; k++) {
            struct ctx c = reading_as(who(people[k]));
            struct report_rows rows;
            assert_err(report_run(&c, &all[i], &since, &rows), ok);
        }
    }
    assert_null(report_find(S("nothing")));
    assert_null(report_find(S("problem_services")));
}

static size_t homes_of(enum testing_who by, str unit, enum err_code code)
{
    struct ctx c = reading_as(who(by));
    struct id_set homes = {.n = 0};
    assert_int_equal(report_homes(&c, unit, &homes).code, code);
    return homes.n;
}

static void figures_are_of_districts_in_reach(void **state)
{
    (void)state;
    assert_int_equal(homes_of(DESK, STR_NONE, ERR_OK), 1);
    assert_int_equal(homes_of(DESK, S("PK526"), ERR_OK), 1);
    (void)homes_of(DESK, S("PK511"), ERR_NOT_FOUND);   /* another district */
    (void)homes_of(DESK, S("PK5"), ERR_NOT_FOUND);     /* more than is hers */
    (void)homes_of(DESK, S("PK52601"), ERR_NOT_FOUND); /* figures are kept by district */
    (void)homes_of(DESK, S("XX"), ERR_NOT_FOUND);
    assert_int_equal(homes_of(KP_MONITOR, STR_NONE, ERR_OK), 2);
    assert_int_equal(homes_of(KP_MONITOR, S("PK5"), ERR_OK), 2);
    assert_int_equal(homes_of(KP_MONITOR, S("PK511"), ERR_OK), 1);
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct id_set all;
    assert_err(report_homes(&c, STR_NONE, &all), ok);
    assert_int_equal(all.n, 2);
    /* Haripur is split: one part keeps its code. */
    run_script("update unit set valid_to_day = 20260101 where id = 200;"
               "insert into unit values (600, 'PK511', 3, 10, 10, 600, null, 0, 20260101, 99991231),"
               " (601, 'PK591', 3, 10, 10, 601, null, 0, 20260101, 99991231),"
               " (602, 'PK592', 3, 10, 10, 602, null, 0, 20010814, 20260101)");
    assert_int_equal(homes_of(KP_MONITOR, S("PK5"), ERR_OK), 5);
    assert_int_equal(homes_of(KP_MONITOR, S("PK511"), ERR_OK), 2); /* what it was, and what it is */
    struct ctx reader = reading_as(who(KP_MONITOR));
    struct id_set one;
    assert_err(report_homes_in(&reader, S("PK511"), period_all(), &one), ok);
    assert_int_equal(one.n, 1);
    assert_int_equal(one.ids[0], 600); /* figures of its own days */
    assert_err(report_homes_in(&reader, S("PK511"), (struct period){20250101, 20251231}, &one), ok);
    assert_int_equal(one.ids[0], 200);
    assert_err(report_homes_in(&reader, S("PK5"), period_all(), &one), ok);
    assert_int_equal(one.n, 5);
    assert_int_equal(homes_of(KP_MONITOR, S("PK591"), ERR_OK), 1);
    assert_int_equal(homes_of(KP_MONITOR, S("PK592"), ERR_OK), 1); /* no more, but for its figures */
    (void)homes_of(DESK, S("PK592"), ERR_NOT_FOUND);
    assert_err(report_homes(&c, STR_NONE, &all), ok);
    assert_int_equal(all.n, 5);
}

static void filed(bool past)
{
    struct case_new n = told("M-WAT-01", "PK52601", "For the test");
    n.past_desk = past;
    (void)file_as(who(DESK), n);
}

/* Of a report's only row. */
static int64_t number_in(enum testing_who by, const char *report, const char *column, struct period p)
{
    struct ctx c = reading_as(who(by));
    const struct report *r = report_find(str_of(report));
    struct report_rows rows;
    size_t at;
    assert_non_null(r);
    assert_err(report_run(&c, r, &(struct report_query){.period = p}, &rows), ok);
    assert_true(listing_column(r->of, str_of(column), &at));
    assert_true(rows.n <= 1);
    return rows.n == 0 ? 0 : rows.cells[at].n;
}

static void what_is_closed_to_her_stands_in_none_of_her_figures(void **state)
{
    (void)state;
    filed(false);
    filed(false);
    filed(true);
    static const char *const reports[] = {"problem-services", "complaint-funnel"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(number_in(DESK, reports[i], "filed_n", since.period), 2);
        assert_int_equal(number_in(DESK, reports[i], "open_n", since.period), 2);
        assert_int_equal(number_in(KP_MONITOR, reports[i], "filed_n", since.period), 3);
        assert_int_equal(number_in(KP_MONITOR, reports[i], "filed_n", period_fiscal(2025)), 3);
        assert_int_equal(number_in(KP_MONITOR, reports[i], "filed_n", period_fiscal(2026)), 0);
        assert_int_equal(number_in(OTHER_DESK, reports[i], "filed_n", since.period), 0);
    }
    assert_int_equal(number_in(KP_MONITOR, "complaint-funnel", "municipal_n", since.period), 3);
}

/* More districts than one query takes: rows of the same service are added, not repeated. */
static void many_districts_are_added_up(void **state)
{
    (void)state;
    enum { MORE = 70 };
    for (int i = 0; i < MORE; i++) {
        char sql[600];
        const int id = 1000 + i;
        (void)snprintf(sql, sizeof sql,
                       "insert into unit values (%d, 'PK5%d', 3, 10, 10, %d, null, 0, 20010814, 99991231);"
                       "insert into tally values (%d, 202605, 'complaint', 400, 0, 'woman', 0, '', 2)",
                       id, id, id, id);
        run_script(sql);
    }
    assert_int_equal(number_in(KP_MONITOR, "problem-services", "filed_n", since.period), 2 * MORE);
    assert_int_equal(number_in(KP_MONITOR, "problem-services", "unsolved_n", since.period), 2 * MORE);
    /* Lists of a programme over the whole country go in parts, too. */
    struct ctx c = reading_as(who(MANAGER));
    struct id_set homes;
    struct q_sheet_owed_events *owed;
    struct direction_view *given;
    size_t n;
    bool more;
    assert_err(report_homes(&c, STR_NONE, &homes), ok);
    assert_int_equal(homes.n, 2 + MORE);
    assert_err(sheet_owed(&c, homes.ids, homes.n, since.period, &owed, &n), ok);
    assert_err(direction_list(&c, &(struct direction_filter){.state = -1}, &given, &n, &more), ok);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(every_report_runs_for_everybody),
        FEATURE_TEST(figures_are_of_districts_in_reach),
        FEATURE_TEST(what_is_closed_to_her_stands_in_none_of_her_figures),
        FEATURE_TEST(many_districts_are_added_up),
    };
    return FEATURE_TESTS(tests);
}
