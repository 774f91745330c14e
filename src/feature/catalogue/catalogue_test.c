/* What a case can be about, how long it may take, who answers for it. */
#include "feature_testing.h"

#include "catalogue.h"

static struct ctx reading(int lang, int64_t day)
{
    struct ctx c = reading_as(who(DESK));
    c.lang = lang;
    c.now_ms = day_at_ms(day, 12, 0);
    return c;
}

static void the_list_has_names_and_the_limits_of_the_day(void **state)
{
    (void)state;
    static const struct {
        int64_t day, water_days;
        const char *basis;
        int lang;
        const char *water, *light, *park;
    } cases[] = {
        {20260630, 3, "Policy default", LANG_EN, "No water", "Street light", "M-PRK-01"},
        {20260701, 10, "Rules of July", LANG_UR, "پانی نہیں", "Street light", "M-PRK-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(cases[i].lang, cases[i].day);
        struct q_service_all *rows;
        size_t n;
        assert_err(catalogue_list(&c, &rows, &n), ok);
        assert_int_equal(n, 5); /* what is only pointed to is listed too */
        assert_int_equal(rows[0].limit_days.v, cases[i].water_days);
        assert_true(str_eq(rows[0].basis_text, str_of(cases[i].basis)));
        assert_true(str_eq(rows[0].name_text, str_of(cases[i].water)));
        assert_true(str_eq(rows[1].name_text, str_of(cases[i].light)));
        assert_true(str_eq(rows[3].name_text, str_of(cases[i].park)));
        assert_false(rows[2].limit_days.given || rows[3].limit_days.given);
        assert_int_equal(rows[3].verify_flag, 1); /* what has no term was verified by nobody */
    }
}

static void a_service_is_found_by_its_code(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_service_by_code row = {.id = -1};
    assert_err(catalogue_find(&c, S("M-XXX-99"), &row), not_found);
    assert_err(catalogue_find(&c, STR_NONE, &row), not_found);
    assert_int_equal(row.id, -1);
    assert_err(catalogue_find(&c, S("M-LGT-01"), &row), ok);
    assert_int_equal(row.id, LIGHT);
}

static void a_term_holds_from_its_day_to_the_day_before_its_end(void **state)
{
    (void)state;
    static const struct {
        int64_t service, day;
        enum err_code want;
        int64_t days;
    } cases[] = {
        {WATER, 20010813, ERR_NOT_FOUND, 0}, {WATER, 20010814, ERR_OK, 3},
        {WATER, 20260630, ERR_OK, 3},        {WATER, 20260701, ERR_OK, 10},
        {LIGHT, 20991231, ERR_OK, 7},        {PARK, 20260605, ERR_NOT_FOUND, 0},
        {WATER, DAY_OPEN, ERR_NOT_FOUND, 0}, {9999, 20260605, ERR_NOT_FOUND, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, 20260605);
        struct q_service_term_on term = {.limit_days = NONE_I64};
        assert_int_equal(catalogue_term(&c, cases[i].service, cases[i].day, &term).code, cases[i].want);
        assert_int_equal(term.limit_days.v, cases[i].days);
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_service_term_on term;
    assert_err(catalogue_term(&c, LIBRARY, 20260605, &term), ok);
    assert_false(term.limit_days.given);
}

/* The nearest up the tree answers: the tehsil's own, else the district's. */
static void who_answers_is_looked_for_up_the_tree(void **state)
{
    (void)state;
    static const struct {
        int64_t service, unit, day;
        int64_t body; /* 0: nobody */
    } cases[] = {
        {WATER, NOWSHERA_TEHSIL, 20260605, TMA_OFFICE},
        {WATER, NOWSHERA, 20260605, DC_OFFICE},
        {WATER, PABBI, 20260605, DC_OFFICE},
        {WATER, PABBI_COUNCIL, 20260605, DC_OFFICE},
        {WATER, PABBI_COUNCIL, 20270101, PABBI_OFFICE},
        {WATER, GHAZI, 20260605, 0},
        {LIGHT, NOWSHERA_TEHSIL, 20260605, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, cases[i].day);
        int64_t body = 0;
        assert_int_equal(catalogue_body(&c, cases[i].service, cases[i].unit, &body).code,
                         cases[i].body != 0 ? ERR_OK : ERR_NOT_FOUND);
        assert_int_equal(body, cases[i].body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(the_list_has_names_and_the_limits_of_the_day),
        FEATURE_TEST(a_service_is_found_by_its_code),
        FEATURE_TEST(a_term_holds_from_its_day_to_the_day_before_its_end),
        FEATURE_TEST(who_answers_is_looked_for_up_the_tree),
    };
    return FEATURE_TESTS(tests);
}
