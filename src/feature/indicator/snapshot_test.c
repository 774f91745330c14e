/* What was approved stands still; corrections stand beside it; whoever changes it around the program is
 * found. */
#include "feature_testing.h"

#include "case_kind.h"
#include "snapshot.h"

enum { SHEET_ID = 77 };

/* Cases of the first quarter of 2025-26 and one of the second. */
static void cases_stand(void)
{
    char sql[4000];
    int at = 0;
    for (int id = 1; id <= 5; id++) {
        at += snprintf(
            sql + at, sizeof sql - (size_t)at,
            "insert into cases (home, id, case_kind_code, ref_code, service_id, unit_id, province_id, "
            "district_id,"
            " channel_code, lang_code, behalf_code, anonymous_flag, reachable_flag, group_n, sex_code, "
            "age_code,"
            " disability_code, minority_code, words_text, filed_ms, filed_day, filed_month, key_no,"
            " pin_generation_no, search_text) select %lld, %d, 'complaint', 'r%d', min(id), %lld, %lld, "
            "%lld, 'desk',"
            " 'ur', 'self', 0, 1, 0, '%s', 'not_stated', 'not_asked', 'not_stated', '', 0, %d15, %d, %d, 0, "
            "''"
            " from service where municipal_flag = 1;",
            (long long)NOWSHERA, id, id, (long long)NOWSHERA, (long long)NOWSHERA, (long long)NOWSHERA,
            id == 3 ? "man" : "woman", id == 5 ? 202510 : 202508, id == 5 ? 202510 : 202508, 900000 + id);
        assert_true(at > 0 && (size_t)at < sizeof sql);
    }
    run_script(sql);
    (void)snprintf(sql, sizeof sql,
                   "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no,"
                   " action_no, step_ms, reason_code, mark_no, unit_id, topic_id, due_ms)"
                   " select home, 1, id, 0, 1, 0, 1, 0, 0, '', 0, unit_id, service_id, 0 from cases;"
                   "insert into sheet (home, id, sheet_kind_code, from_day, to_day, version_no, due_day,"
                   " progress_code, why_text, done_text, narrative_text, changed_n)"
                   " values (%lld, %d, 'quarter', 20250701, 20250930, 1, 20251015, '', '', '', '', 0)",
                   (long long)NOWSHERA, SHEET_ID);
    run_script(sql);
}

struct freeze {
    struct period quarter;
    int64_t n;
};

static err run_freeze(struct ctx *c, void *arg)
{
    struct freeze *z = arg;
    struct snapshot_set set;
    TRY(snapshot_count(c, NOWSHERA, z->quarter, &set));
    return snapshot_freeze(c, &set, SHEET_ID, 1, &z->n);
}

static int64_t frozen(int quarter)
{
    struct freeze z = {.quarter = period_quarter(2025, quarter)};
    assert_int_equal(written_as(who(ADC), run_freeze, &z), ERR_OK);
    return z.n;
}

static struct snapshot_sum read_of(const char *code, struct period p)
{
    struct ctx c = reading_as(who(ADC));
    const int64_t home = NOWSHERA;
    struct snapshot_sum out;
    assert_err(snapshot_read(&c, indicator_find(str_of(code)), &home, 1, p, &out), ok);
    return out;
}

static int64_t broken(void)
{
    struct ctx c = reading_as(who(ADC));
    struct snapshot_report report;
    assert_err(snapshot_verify(&c, NOWSHERA, &report), ok);
    return report.broken;
}

static size_t indicators(void)
{
    size_t n;
    (void)indicator_all(&n);
    return n;
}

static void what_is_approved_stands_still(void **state)
{
    (void)state;
    cases_stand();
    assert_int_equal(read_of("cases_registered", period_all()).figure.num, 0);
    assert_int_equal(frozen(1), indicators());
    const struct snapshot_sum first = read_of("cases_women_share", period_fiscal(2025));
    assert_int_equal(first.figure.num, 3);
    assert_int_equal(first.figure.den, 4);
    assert_int_equal(first.found, 1);
    run_script("update cases set sex_code = 'woman' where id = 3");
    assert_int_equal(read_of("cases_women_share", period_all()).figure.num, 3);
    assert_memory_equal(read_of("cases_women_share", period_fiscal(2025)).hash, first.hash, DIGEST_LEN);
    assert_int_equal(broken(), 0);
    /* What did not change keeps its version; what did has another one beside the old. */
    const int64_t changed = frozen(1);
    assert_true(changed >= 1 && changed < (int64_t)indicators());
    assert_int_equal(read_of("cases_women_share", period_all()).figure.num, 4);
    struct ctx c = reading_as(who(ADC));
    struct q_snapshot_versions *v;
    size_t n;
    assert_err(snapshot_versions(&c, NOWSHERA, S("cases_women_share"), 20250701, &v, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].num_n, 4);
    assert_int_equal(v[1].num_n, 3);
    assert_int_equal(v[1].last_flag, 0);
    assert_int_equal(frozen(1), 0); /* a recount of the same rows is the same */
    assert_int_equal(broken(), 0);
}

static void periods_add_up_by_month(void **state)
{
    (void)state;
    cases_stand();
    (void)frozen(1);
    (void)frozen(2);
    assert_int_equal(read_of("cases_registered", period_all()).figure.num, 5);
    assert_int_equal(read_of("cases_registered", period_quarter(2025, 2)).figure.num, 1);
    assert_int_equal(read_of("cases_registered", (struct period){20250901, 20251031}).figure.num, 1);
    assert_int_equal(read_of("cases_registered", (struct period){20250801, 20250831}).figure.num, 4);
    assert_int_equal(read_of("cases_registered", (struct period){20250101, 20251231}).figure.num, 5);
    struct ctx c = reading_as(who(ADC));
    const int64_t home = NOWSHERA;
    struct snapshot_sum out;
    const struct indicator *i = indicator_find(S("cases_registered"));
    assert_err(snapshot_read(&c, i, &home, 1, (struct period){20250801, 20250830}, &out), invalid);
    struct snapshot_set set;
    assert_err(snapshot_count(&c, NOWSHERA, period_fiscal(2025), &set), invalid);
}

static void a_figure_opens_down_to_its_records(void **state)
{
    (void)state;
    cases_stand();
    (void)frozen(1);
    struct ctx c = reading_as(who(ADC));
    struct q_snapshot_versions *v;
    struct figure_row *rows;
    size_t n;
    assert_err(snapshot_versions(&c, NOWSHERA, S("cases_registered"), 20250701, &v, &n), ok);
    assert_err(snapshot_rows(&c, NOWSHERA, v[0].id, &rows, &n), ok);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].kind_no, 1);
        assert_int_equal(rows[i].home, NOWSHERA);
        assert_int_equal(rows[i].subject_id, (int64_t)i + 1);
        assert_int_equal(rows[i].version_no, 1);
    }
}

static void what_is_changed_around_the_program_is_found(void **state)
{
    (void)state;
    static const char *const wrongs[] = {
        "update snapshot_cell set num_n = num_n + 1 where part_code = 'complaint'",
        "delete from snapshot_cell where part_code = 'complaint'",
        "update snapshot set num_n = num_n + 1 where snapshot_no = 1",
        "update snapshot set from_day = 20250401 where snapshot_no = 2",
        "delete from snapshot_rows where snapshot_id = (select id from snapshot where snapshot_no = 1)",
        "update snapshot set chain_hash = content_hash where snapshot_no = 3",
        "update snapshot set rows_n = rows_n - 1 where snapshot_no = 1",
    };
    cases_stand();
    (void)frozen(1);
    assert_int_equal(broken(), 0);
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        run_script("create table keep_a as select * from snapshot; create table keep_b as select * from "
                   "snapshot_cell;"
                   " create table keep_c as select * from snapshot_rows");
        run_script(wrongs[i]);
        assert_true(broken() > 0);
        run_script(
            "delete from snapshot_rows; delete from snapshot_cell; delete from snapshot;"
            " insert into snapshot select * from keep_a; insert into snapshot_cell select * from keep_b;"
            " insert into snapshot_rows select * from keep_c;"
            " drop table keep_a; drop table keep_b; drop table keep_c");
        assert_int_equal(broken(), 0);
    }
}

/* In the middle of the quarter: the old figure stays with the old unit, the parts begin with their own, and
 * nothing is owed of days in which a district did not stand. */
static void a_district_that_is_split_keeps_its_figures(void **state)
{
    (void)state;
    const int64_t all[] = {NOWSHERA, 600, 601};
    const struct indicator *i = indicator_find(S("cases_registered"));
    struct snapshot_sum sum;
    cases_stand();
    (void)frozen(1);
    const struct snapshot_sum before = read_of("cases_registered", period_fiscal(2025));
    assert_int_equal(before.expected, 4);
    run_script("update unit set valid_to_day = 20250816 where id = 100;"
               "insert into unit values (600, 'PK526', 3, 10, 10, 600, null, 0, 20250816, 99991231),"
               " (601, 'PK591', 3, 10, 10, 601, null, 0, 20251001, 99991231);"
               "insert into unit_successor (from_id, to_id, from_day) values (100, 600, 20250816), (100, "
               "601, 20251001)");
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(snapshot_read(&c, i, all, 3, period_fiscal(2025), &sum), ok);
    assert_int_equal(sum.figure.num, before.figure.num);
    assert_memory_equal(sum.hash, before.hash, DIGEST_LEN);
    assert_int_equal(sum.found, 1);
    assert_int_equal(sum.expected, 1 + 4 + 3);
    struct figure by_home[3];
    assert_err(snapshot_by_home(&c, i, all, 3, by_home), ok);
    assert_int_equal(by_home[0].num, before.figure.num);
    assert_int_equal(by_home[0].cells_n, before.figure.cells_n);
    assert_int_equal(by_home[1].cells_n + by_home[2].cells_n, 0);
    assert_err(snapshot_read(&c, i, all + 1, 2, period_quarter(2025, 1), &sum), ok);
    assert_int_equal(sum.figure.num, 0);
    assert_int_equal(sum.expected, 1);
    assert_int_equal(frozen(1), 0); /* counted again: what was filed there is still of the old unit */
    assert_int_equal(broken(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(what_is_approved_stands_still),
        FEATURE_TEST(periods_add_up_by_month),
        FEATURE_TEST(a_figure_opens_down_to_its_records),
        FEATURE_TEST(a_district_that_is_split_keeps_its_figures),
        FEATURE_TEST(what_is_changed_around_the_program_is_found),
    };
    return FEATURE_TESTS(tests);
}
