/* Targets out of a table: all of them or none, and every wrong cell by its place. One seeded folder serves
 * all tests here. */
#include "feature_testing.h"

#include "intake_past.h"
#include "intake_targets.h"

static const char intake_sql[] =
    "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);";

struct doing {
    str code, rows;
    int64_t n;
};

static err run_make(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    const struct plan_new n = {
        .programme = S("women-kacheri"), .kind = S("operational"), .unit = S("PK526"), .year = 2026};
    const struct plan_result_edit r = {.kind = S("output"), .title = S("Women are heard")};
    const struct plan_indicator_edit count = {.result = 1, .indicator = S("attendance")};
    const struct plan_indicator_edit share = {.result = 1, .indicator = S("cases_women_share")};
    TRY(plan_make(c, &n, &d->code));
    TRY(plan_find(c, d->code, &v));
    TRY(plan_result_put(c, &v, &r));
    TRY(plan_indicator_put(c, &v, &count));
    return plan_indicator_put(c, &v, &share);
}

static err run_take(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    TRY(plan_find(c, d->code, &v));
    return targets_take(c, &v, d->rows, &d->n);
}

static err run_drop(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    TRY(plan_find(c, d->code, &v));
    return plan_act(c, &v, PLAN_DROP, S("No more"));
}

/* One draft for all tests, without targets. */
static struct doing made(void)
{
    static struct doing d;
    if (d.code.p == NULL) {
        run_script(intake_sql);
        assert_int_equal(written_as(who(MANAGER), run_make, &d), ERR_OK);
    }
    run_script("delete from plan_target;");
    d.n = 0;
    return d;
}

static struct targets_read looked_at(str code, str rows)
{
    struct ctx c = reading_as(who(MANAGER));
    struct planned v;
    struct grid grid;
    struct targets_read read;
    enum grid_why why;
    size_t row;
    assert_int_equal(plan_find(&c, code, &v).code, ERR_OK);
    assert_int_equal(grid_of_text(c.arena, rows, &grid, &why, &row).code, ERR_OK);
    assert_int_equal(why, GRID_FINE);
    assert_int_equal(targets_read(&c, &v, &grid, 1, &read).code, ERR_OK);
    return read;
}

/* Whether that is wrong with the cell at this place. */
static bool wrong_at(const struct targets_read *r, const char *place, enum msg why)
{
    for (size_t i = 0; i < r->table.faults_n; i++) {
        const struct intake_fault *f = &r->table.faults[i];
        const str at = f->column == SIZE_MAX ? S("") : grid_place(testing_now->arena, f->row, f->column);
        if (f->why == why && str_eq(at, str_of(place))) {
            return true;
        }
    }
    return false;
}

static enum err_code taken(enum testing_who by, struct doing *d, str rows)
{
    d->rows = rows;
    return written_as(who(by), run_take, d);
}

static void a_table_becomes_targets(void **state)
{
    (void)state;
    struct doing d = made();
    const str rows = S("Targets of the year,,,,,\n"
                       "indicator,unit,period,role,sex,target,note\n"
                       "1,PK526,FY2026-27,,,1200,by hand\n"
                       "attendance,Nowshera,Q1,Citizen,Woman,\"۱٬۲۰۰\",\n"
                       "2,pk52602,2026-27,,,60%,\n"
                       "2,PK526,4,,,,left open\n");
    assert_int_equal(looked_at(d.code, rows).table.faults_n, 0);
    assert_int_equal(taken(MANAGER, &d, rows), ERR_OK);
    assert_int_equal(d.n, 3);
    assert_int_equal(count_of("select count(*) from plan_target"), 3);
    assert_int_equal(count_of("select num_n from plan_target where unit_id = 100 and role_code = 'citizen' "
                              "and sex_code = 'woman' and from_day = 20260701 and to_day = 20260930"),
                     1200);
    assert_int_equal(
        count_of("select num_n from plan_target where unit_id = 102 and den_n = 100 and to_day = 20270630"),
        60);
    /* Sent again: the same places are written over, not added. */
    assert_int_equal(taken(MANAGER, &d, S("indicator,unit,period,target\n1,PK526,FY2026-27,900\n")), ERR_OK);
    assert_int_equal(count_of("select count(*) from plan_target"), 3);
    assert_int_equal(count_of("select num_n from plan_target where unit_id = 100 and role_code = ''"), 900);
}

static void heads_in_urdu(void **state)
{
    (void)state;
    struct doing d = made();
    assert_int_equal(taken(MANAGER, &d,
                           S("اشاریہ\tمقام\tمدت\tکردار\tجنس\tہدف\n"
                             "1\tنوشہرہ\tپورا سال\tشہری\tخاتون\t۴۰\n")),
                     ERR_OK);
    assert_int_equal(
        count_of("select num_n from plan_target where role_code = 'citizen' and sex_code = 'woman'"), 40);
}

static void every_wrong_cell_is_named(void **state)
{
    (void)state;
    struct doing d = made();
    const str rows = S("indicator,unit,period,role,sex,target\n"
                       "7,PK526,Q1,,,40\n"        /* no such indicator */
                       "1,PK511,Q1,,,40\n"        /* another district */
                       "1,Atlantis,Q1,,,40\n"     /* no place */
                       "1,PK526,FY2025-26,,,40\n" /* another year */
                       "1,PK526,Q1,mayor,,40\n"   /* no role */
                       "1,PK526,Q1,,girl,40\n"    /* no sex */
                       "1,PK526,Q1,,,forty\n"     /* no number */
                       "1,PK526,Q1,,,4.5\n"       /* no whole one */
                       "2,PK526,Q2,,,101\n"       /* more than all */
                       "1,PK526,Q2,,,=2+2\n"      /* a formula */
                       "1,PK526,Q3,,,5\n"
                       "1,Nowshera,3,,,6\n" /* the same again */
                       ",,Q4,,,1\n"
                       "1,PK526,Q1,councillor,,\"12,5\"\n" /* twelve and a half is never 125 */
                       "1,PK526,Q1,official,,\"1,2345\"\n"
                       "1,PK526,Q1,cso,,12 5\n"
                       "1,PK526,Q2,cso,,\"1,25,000\"\n"
                       "1,PK526,Q3,cso,,\"12,500\"\n"
                       "2,PK526,Q4,,,70 %\n");
    const struct targets_read r = looked_at(d.code, rows);
    assert_int_equal(r.table.faults_n, 16);
    assert_true(wrong_at(&r, "A2", MSG_EXCHANGE_FAULT_INDICATOR));
    assert_true(wrong_at(&r, "B3", MSG_EXCHANGE_FAULT_UNIT_OUTSIDE));
    assert_true(wrong_at(&r, "B4", MSG_EXCHANGE_FAULT_UNIT_UNKNOWN));
    assert_true(wrong_at(&r, "C5", MSG_EXCHANGE_FAULT_PERIOD));
    assert_true(wrong_at(&r, "D6", MSG_EXCHANGE_FAULT_ROLE));
    assert_true(wrong_at(&r, "E7", MSG_EXCHANGE_FAULT_SEX));
    assert_true(wrong_at(&r, "F8", MSG_EXCHANGE_FAULT_NUMBER));
    assert_true(wrong_at(&r, "F9", MSG_EXCHANGE_FAULT_NUMBER));
    assert_true(wrong_at(&r, "F10", MSG_EXCHANGE_FAULT_LARGE));
    assert_true(wrong_at(&r, "F11", MSG_EXCHANGE_FAULT_FORMULA));
    assert_true(wrong_at(&r, "A13", MSG_EXCHANGE_FAULT_TWICE));
    assert_true(wrong_at(&r, "A14", MSG_EXCHANGE_FAULT_INDICATOR));
    assert_true(wrong_at(&r, "B14", MSG_EXCHANGE_FAULT_UNIT_MISSING));
    assert_true(wrong_at(&r, "F15", MSG_EXCHANGE_FAULT_COMMA));
    assert_true(wrong_at(&r, "F16", MSG_EXCHANGE_FAULT_COMMA));
    assert_true(wrong_at(&r, "F17", MSG_EXCHANGE_FAULT_NUMBER));
    assert_int_equal(taken(MANAGER, &d, rows), ERR_CONFLICT); /* and nothing of it is written */
    assert_int_equal(count_of("select count(*) from plan_target"), 0);
}

static void no_head_no_rows_nothing(void **state)
{
    (void)state;
    struct doing d = made();
    struct targets_read r = looked_at(d.code, S("unit,n\nPK526,4\n"));
    assert_true(wrong_at(&r, "", MSG_EXCHANGE_FAULT_HEAD));
    assert_true(str_eq(r.table.faults[0].what, S("indicator, period, target")));
    r = looked_at(d.code, S("indicator,unit,period,target,Target\n1,PK526,Q1,4,5\n"));
    assert_true(wrong_at(&r, "D1", MSG_EXCHANGE_FAULT_TWICE_HEAD));
    r = looked_at(d.code, S("indicator,unit,period,target\n"));
    assert_true(wrong_at(&r, "", MSG_EXCHANGE_FAULT_NO_ROWS));
    r = looked_at(d.code, S("indicator,unit,period,target\n1,PK526,Q1,\n"));
    assert_true(wrong_at(&r, "", MSG_EXCHANGE_FAULT_NO_TARGETS));
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    buf_put(&b, S("indicator,unit,period,target\n"));
    for (int i = 0; i <= INTAKE_ROWS_MAX; i++) {
        buf_put(&b, S("1,PK526,Q1,4\n"));
    }
    r = looked_at(d.code, buf_str(&b));
    assert_true(wrong_at(&r, "", MSG_EXCHANGE_FAULT_ROWS));
}

static void only_a_draft_and_only_hers(void **state)
{
    (void)state;
    struct doing d = made();
    const str rows = S("indicator,unit,period,target\n1,PK526,Q1,4\n");
    assert_int_equal(taken(ADC, &d, rows), ERR_DENIED);
    assert_int_equal(taken(OTHER_ADC, &d, rows), ERR_NOT_FOUND);
    assert_int_equal(taken(MONITOR, &d, rows), ERR_OK);
    assert_int_equal(written_as(who(MANAGER), run_drop, &d), ERR_OK);
    assert_int_equal(taken(MANAGER, &d, rows), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_PLAN_NOT_DRAFT);
}

static void days_as_people_and_spreadsheets_write_them(void **state)
{
    (void)state;
    struct arena *a = testing_now->arena;
    assert_int_equal(intake_day(a, S("2021-08-01")), 20210801);
    assert_int_equal(intake_day(a, S("01/08/2021")), 20210801);
    assert_int_equal(intake_day(a, S("1.8.2021")), 20210801);
    assert_int_equal(intake_day(a, S("۱/۸/۲۰۲۱")), 20210801);
    assert_int_equal(intake_day(a, S("44409")), 20210801);
    assert_int_equal(intake_day(a, S("31/02/2021")), 0);
    assert_int_equal(intake_day(a, S("1/8")), 0);
    assert_int_equal(intake_day(a, S("7")), 0);
    assert_int_equal(intake_day(a, S("")), 0);
}

/* ---- figures of the time before ---- */

struct bringing {
    str rows, code, why;
    enum past_step step;
};

static err run_bring(struct ctx *c, void *arg)
{
    static const char hash[DIGEST_LEN] = "a file";
    struct bringing *b = arg;
    return past_keep(c, b->rows, 4, (str){hash, sizeof hash}, S("Report of 2021"), &b->code);
}

static err run_decide(struct ctx *c, void *arg)
{
    struct bringing *b = arg;
    return past_act(c, b->code, b->step, b->why);
}

static enum err_code decided(enum testing_who by, struct bringing *b, enum past_step step, str why)
{
    b->step = step;
    b->why = why;
    return written_as(who(by), run_decide, b);
}

static struct snapshot_sum sum_of(const char *indicator)
{
    static const int64_t homes[] = {NOWSHERA};
    struct ctx c = reading_as(who(MANAGER));
    struct snapshot_sum sum;
    assert_int_equal(
        snapshot_read(&c, indicator_find(str_of(indicator)), homes, 1, period_fiscal(2021), &sum).code,
        ERR_OK);
    return sum;
}

static struct past_read past_looked_at(str rows)
{
    struct ctx c = reading_as(who(MONITOR));
    struct grid grid;
    struct past_read read;
    enum grid_why why;
    size_t row;
    assert_int_equal(grid_of_text(c.arena, rows, &grid, &why, &row).code, ERR_OK);
    assert_int_equal(past_read(&c, &grid, 1, &read).code, ERR_OK);
    return read;
}

static bool past_wrong(const struct past_read *r, const char *place, enum msg why)
{
    const struct targets_read as = {.table = r->table};
    return wrong_at(&as, place, why);
}

#define PAST_HEAD "indicator,unit,period,role,sex,part,value,of\n"

static void past_figures_go_through_three_hands(void **state)
{
    (void)state;
    struct bringing b = {.rows = S(PAST_HEAD "attendance,PK526,2021-08,citizen,woman,,40,\n"
                                             "attendance,Nowshera,FY2021-22Q1,councillor,,,7,\n"
                                             "attendance,PK526,01/11/2021,citizen,woman,,۱۲,\n"
                                             "cases_women_share,PK526,44409,,,,30,40\n")};
    assert_int_equal(written_as(who(MONITOR), run_bring, &b), ERR_OK);
    assert_true(str_eq(b.code, S("IN-PK526-1")));
    assert_int_equal(sum_of("attendance").found, 0);                           /* it waits */
    assert_int_equal(decided(MONITOR, &b, PAST_VERIFY, STR_NONE), ERR_DENIED); /* her own */
    assert_int_equal(decided(MONITOR, &b, PAST_TAKE, STR_NONE), ERR_DENIED);
    assert_int_equal(decided(OTHER_ADC, &b, PAST_VERIFY, STR_NONE), ERR_NOT_FOUND);
    assert_int_equal(decided(MANAGER, &b, PAST_TAKE, STR_NONE), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_EXCHANGE_PAST_NOT_VERIFIED);
    assert_int_equal(decided(KP_MONITOR, &b, PAST_VERIFY, STR_NONE), ERR_OK);
    assert_int_equal(sum_of("attendance").found, 0);                            /* it still waits */
    assert_int_equal(decided(KP_MONITOR, &b, PAST_TAKE, STR_NONE), ERR_DENIED); /* she verified it */
    assert_int_equal(decided(KP_MONITOR, &b, PAST_DECLINE, S("No")), ERR_DENIED);
    assert_int_equal(decided(MANAGER, &b, PAST_VERIFY, STR_NONE), ERR_CONFLICT); /* once */
    assert_int_equal(decided(MANAGER, &b, PAST_TAKE, STR_NONE), ERR_OK);
    assert_int_equal(decided(MANAGER, &b, PAST_TAKE, STR_NONE), ERR_CONFLICT);
    const struct snapshot_sum all = sum_of("attendance");
    const struct figure_pick women = {.sex = S("woman")};
    const struct figure_pick unsaid = {
        .role = S("councillor"), .sex = S("not_stated"), .from_month = 202109, .to_month = 202109};
    int64_t num;
    int64_t den;
    assert_int_equal(all.found, 2);
    figure_sum(indicator_find(S("attendance")), &all.figure, &women, &num, &den);
    assert_int_equal(num, 52);
    figure_sum(indicator_find(S("attendance")), &all.figure, &unsaid, &num, &den);
    assert_int_equal(num, 7); /* of a quarter: in its last month */
    const struct snapshot_sum share = sum_of("cases_women_share");
    assert_int_equal(share.figure.num, 30);
    assert_int_equal(share.figure.den, 40);
    assert_int_equal(count_of("select count(*) from snapshot where source_hash is not null and sheet_id is "
                              "null and approver_id = 517"),
                     3);
    struct ctx c = reading_as(who(MANAGER));
    struct snapshot_report report;
    assert_int_equal(snapshot_verify(&c, NOWSHERA, &report).code, ERR_OK);
    assert_int_equal(report.checked, 3);
    assert_int_equal(report.broken, 0);
}

static void past_figures_are_corrected_by_versions(void **state)
{
    (void)state;
    struct bringing b = {.rows = S(PAST_HEAD "attendance,PK526,2021-08,citizen,woman,,41,\n")};
    assert_int_equal(written_as(who(KP_MONITOR), run_bring, &b), ERR_OK);
    assert_int_equal(decided(KP_MONITOR, &b, PAST_VERIFY, STR_NONE), ERR_DENIED); /* her own */
    assert_int_equal(testing_now->fail.message, MSG_EXCHANGE_PAST_OWN);
    assert_int_equal(decided(KP_MONITOR_2, &b, PAST_DECLINE, S(" ")), ERR_INVALID);
    assert_int_equal(decided(KP_MONITOR_2, &b, PAST_VERIFY, STR_NONE), ERR_OK);
    assert_int_equal(decided(KP_MONITOR, &b, PAST_TAKE, STR_NONE), ERR_DENIED);
    assert_int_equal(decided(KP_MONITOR_2, &b, PAST_TAKE, STR_NONE), ERR_DENIED);
    assert_int_equal(decided(MANAGER, &b, PAST_TAKE, STR_NONE), ERR_OK);
    assert_int_equal(sum_of("attendance").figure.num, 41 + 12);
    assert_int_equal(count_of("select max(version_no) from snapshot where indicator_code = 'attendance'"), 2);
    assert_int_equal(written_as(who(KP_MONITOR), run_bring, &b), ERR_OK);
    assert_int_equal(decided(KP_MONITOR_2, &b, PAST_DECLINE, S("Twice")), ERR_OK);
    assert_int_equal(sum_of("attendance").figure.num, 41 + 12);
}

static void what_was_counted_stays_and_wrong_past_cells_are_named(void **state)
{
    (void)state;
    run_script("update snapshot set source_hash = null where indicator_code = 'attendance' and from_day = "
               "20211001;");
    const struct past_read r = past_looked_at(S(PAST_HEAD "attendance,PK526,2021-10,citizen,woman,,4,\n"
                                                          "nothing,PK526,2021-08,,,,4,\n"
                                                          "attendance,PK52602,2021-08,citizen,woman,,4,\n"
                                                          "attendance,PK511,2021-08,citizen,woman,,4,\n"
                                                          "attendance,PK526,2021,citizen,woman,,4,\n"
                                                          "attendance,PK526,2026-05,citizen,woman,,4,\n"
                                                          "attendance,PK526,2021-08,,woman,,4,\n"
                                                          "attendance,PK526,2021-08,citizen,woman,water,4,\n"
                                                          "attendance,PK526,2021-08,citizen,woman,,,\n"
                                                          "cases_women_share,PK526,2021-08,,,,4,3\n"));
    assert_true(past_wrong(&r, "C2", MSG_EXCHANGE_FAULT_COUNTED));
    assert_true(past_wrong(&r, "A3", MSG_EXCHANGE_FAULT_INDICATOR));
    assert_true(past_wrong(&r, "B4", MSG_EXCHANGE_FAULT_DISTRICT));
    assert_true(past_wrong(&r, "B5", MSG_EXCHANGE_FAULT_UNIT_OUTSIDE));
    assert_true(past_wrong(&r, "C6", MSG_EXCHANGE_FAULT_MONTH));
    assert_true(past_wrong(&r, "C7", MSG_EXCHANGE_FAULT_NOT_OVER));
    assert_true(past_wrong(&r, "D8", MSG_EXCHANGE_FAULT_SPLIT));
    assert_true(past_wrong(&r, "F9", MSG_EXCHANGE_FAULT_SPLIT));
    assert_true(past_wrong(&r, "G10", MSG_EXCHANGE_FAULT_NUMBER));
    assert_true(past_wrong(&r, "H11", MSG_EXCHANGE_FAULT_OF));
    assert_int_equal(r.table.faults_n, 10);
    struct ctx c = reading_as(who(MANAGER));
    struct snapshot_report report;
    assert_int_equal(snapshot_verify(&c, NOWSHERA, &report).code, ERR_OK);
    assert_int_equal(report.broken, 1); /* where it came from is sealed with it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_becomes_targets),
        cmocka_unit_test(heads_in_urdu),
        cmocka_unit_test(every_wrong_cell_is_named),
        cmocka_unit_test(no_head_no_rows_nothing),
        cmocka_unit_test(days_as_people_and_spreadsheets_write_them),
        cmocka_unit_test(past_figures_go_through_three_hands),
        cmocka_unit_test(past_figures_are_corrected_by_versions),
        cmocka_unit_test(what_was_counted_stays_and_wrong_past_cells_are_named),
        cmocka_unit_test(only_a_draft_and_only_hers), /* the draft ends here */
    };
    testing_address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests(tests, testing_set_up, testing_tear_down);
}
