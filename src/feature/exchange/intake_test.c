/* Targets out of a table: all of them or none, and every wrong cell by its place. One seeded folder serves
 * all tests here. */
#include "feature_testing.h"

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
                       ",,Q4,,,1\n");
    const struct targets_read r = looked_at(d.code, rows);
    assert_int_equal(r.table.faults_n, 13);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_becomes_targets),
        cmocka_unit_test(heads_in_urdu),
        cmocka_unit_test(every_wrong_cell_is_named),
        cmocka_unit_test(no_head_no_rows_nothing),
        cmocka_unit_test(days_as_people_and_spreadsheets_write_them),
        cmocka_unit_test(only_a_draft_and_only_hers), /* the draft ends here */
    };
    testing_address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests(tests, testing_set_up, testing_tear_down);
}
