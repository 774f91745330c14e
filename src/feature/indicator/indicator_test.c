/* What indicators say of themselves, and what they count. */
#include "feature_testing.h"

#include "case_kind.h"
#include "event.h"
#include "figure_now.h"
#include "indicator.h"

static void every_indicator_says_what_it_is(void **state)
{
    (void)state;
    size_t n;
    const struct indicator *all = indicator_all(&n);
    assert_true(n >= 20);
    for (size_t i = 0; i < n; i++) {
        assert_true(all[i].counts.n > 0);
        assert_true(listing_says(all[i].of, S("good")).n > 0);
        assert_true(all[i].title != MSG_NONE && all[i].how != MSG_NONE);
        assert_ptr_equal(indicator_find(all[i].code), &all[i]);
    }
    assert_null(indicator_find(S("nothing")));
}

/* Each of them runs, on what is there, over one district and over more than a list takes. */
static void every_indicator_can_be_counted(void **state)
{
    (void)state;
    size_t n;
    const struct indicator *all = indicator_all(&n);
    int64_t homes[70] = {NOWSHERA, HARIPUR};
    struct ctx c = reading_as(who(ADC));
    for (size_t i = 0; i < n; i++) {
        struct figure f;
        assert_err(indicator_count(&c, &all[i], homes, 1, period_fiscal(2025), &f), ok);
        assert_err(indicator_count(&c, &all[i], homes, 70, period_all(), &f), ok);
        assert_err(indicator_count(&c, &all[i], homes, 0, period_all(), &f), ok);
        assert_int_equal(f.cells_n, 0);
    }
}

static struct figure counted(const char *code, struct period p)
{
    struct ctx c = reading_as(who(ADC));
    const int64_t home = NOWSHERA;
    struct figure f;
    assert_non_null(indicator_find(str_of(code)));
    assert_err(indicator_count(&c, indicator_find(str_of(code)), &home, 1, p, &f), ok);
    return f;
}

static void sum_is(const char *code, struct figure_pick pick, int64_t num, int64_t den)
{
    const struct figure f = counted(code, period_all());
    int64_t is_num, is_den;
    figure_sum(indicator_find(str_of(code)), &f, &pick, &is_num, &is_den);
    assert_int_equal(is_num, num);
    assert_int_equal(is_den, den);
}

/* A case as it stands, without the way there. */
static void case_stands(int id, const char *kind, const char *sex, int state, int marks, int days)
{
    char sql[1600];
    (void)snprintf(
        sql, sizeof sql,
        "insert into cases (home, id, case_kind_code, ref_code, service_id, unit_id, province_id, "
        "district_id,"
        " channel_code, lang_code, behalf_code, anonymous_flag, reachable_flag, group_n, sex_code, age_code,"
        " disability_code, minority_code, words_text, filed_ms, filed_day, filed_month, key_no,"
        " pin_generation_no, search_text) select %lld, %d, '%s', 'r%d', min(id), %lld, %lld, %lld, 'desk', "
        "'ur',"
        " 'self', 0, 1, 0, '%s', 'not_stated', 'not_asked', 'not_stated', '', 0, 20250815, 202508, %d, 0, ''"
        " from service where municipal_flag = 1;"
        "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, action_no,"
        " step_ms, reason_code, mark_no, spent_days, unit_id, topic_id, due_ms) values (%lld, 1, %d, %d, %d, "
        "0,"
        " %d, 0, 0, '', %d, %d, %lld, 1, 0)",
        (long long)NOWSHERA, id, kind, id, (long long)NOWSHERA, (long long)NOWSHERA, (long long)NOWSHERA, sex,
        900000 + id, (long long)NOWSHERA, id, state, state == CASE_SOLVED ? 0 : 1, id + 1, marks, days,
        (long long)NOWSHERA);
    run_script(sql);
}

static void sums_are_over_all_cells_and_ratios_of_sums(void **state)
{
    (void)state;
    case_stands(1, "complaint", "woman", CASE_SOLVED, MARK_ASKED | MARK_ANSWERED, 3);
    case_stands(2, "complaint", "woman", CASE_NOT_SOLVED, MARK_ASKED | MARK_ANSWERED, 0);
    case_stands(3, "complaint", "man", CASE_SOLVED, MARK_ASKED | MARK_ANSWERED, 10);
    case_stands(4, "application", "not_stated", CASE_SOLVED, MARK_ASKED | MARK_ANSWERED, 20);
    case_stands(5, "complaint", "woman", CASE_AWAITING_ANSWER, MARK_ASKED, 0);
    case_stands(6, "suggestion", "woman", CASE_SOLVED, 0, 1);
    sum_is("cases_registered", (struct figure_pick){0}, 6, 6);
    sum_is("cases_registered", (struct figure_pick){.part = S("complaint")}, 4, 4);
    sum_is("cases_registered", (struct figure_pick){.sex = S("not_stated")}, 1, 1);
    sum_is("cases_women_share", (struct figure_pick){0}, 3, 5);
    sum_is("cases_solved_confirmed", (struct figure_pick){0}, 3, 4);
    sum_is("cases_solved_confirmed", (struct figure_pick){.sex = S("woman")}, 1, 2);
    sum_is("cases_response_rate", (struct figure_pick){0}, 4, 5);
    sum_is("cases_median_days", (struct figure_pick){0}, 10, 3);
    sum_is("cases_registered", (struct figure_pick){.to_month = 202507}, 0, 0);
    sum_is("cases_registered", (struct figure_pick){.from_month = 202508, .to_month = 202508}, 6, 6);
    const struct figure f = counted("cases_registered", period_quarter(2025, 1));
    assert_int_equal(f.rows_n, 6);
    assert_int_equal(f.rows[0].subject_id, 1);
    assert_int_equal(f.rows[0].version_no, 2);
    assert_int_equal(counted("cases_registered", period_quarter(2025, 2)).rows_n, 0);
}

static void what_waits_is_as_old_as_it_is_now_where_the_period_still_runs(void **state)
{
    (void)state;
    enum { DAYS_OLD = 5 };
    char sql[120];
    case_stands(1, "complaint", "woman", CASE_AWAITING_ANSWER, MARK_ASKED, 0);
    (void)snprintf(sql, sizeof sql, "update cases set filed_ms = %lld",
                   (long long)(TESTING_NOON - DAYS_OLD * MS_PER_DAY));
    run_script(sql);
    sum_is("cases_pending", (struct figure_pick){.part = S("0-30")}, 1, 1);
    sum_is("cases_pending", (struct figure_pick){0}, 1, 1);
}

static bool tells_share(int64_t num, int64_t den)
{
    struct ctx c = reading_as(who(ADC));
    c.lang = LANG_EN;
    const str words = figure_words(&c, indicator_find(S("cases_women_share")), num, den);
    assert_non_null(words.p);
    return memchr(words.p, '%', words.n) != NULL;
}

/* Of three in four it would say who the fourth was not. */
static void of_few_no_share_is_told(void **state)
{
    (void)state;
    assert_false(tells_share(3, FIGURE_FEW - 1));
    assert_true(tells_share(3, FIGURE_FEW));
    assert_false(tells_share(0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(every_indicator_says_what_it_is),
        FEATURE_TEST(every_indicator_can_be_counted),
        FEATURE_TEST(sums_are_over_all_cells_and_ratios_of_sums),
        FEATURE_TEST(what_waits_is_as_old_as_it_is_now_where_the_period_still_runs),
        FEATURE_TEST(of_few_no_share_is_told),
    };
    return FEATURE_TESTS(tests);
}
