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

/* The terms of the list, in a place and on a day. */
static void the_list_has_names_and_the_terms_of_the_place(void **state)
{
    (void)state;
    static const struct {
        int64_t day, unit, water_days, light_days;
        const char *basis;
        int lang;
        const char *water, *light, *park;
    } cases[] = {
        {20260630, NOWSHERA, 3, 7, "Policy default", LANG_EN, "No water", "Street light", "M-PRK-01"},
        {20260701, PABBI_COUNCIL, 10, 7, "Rules of July", LANG_UR, "پانی نہیں", "Street light", "M-PRK-01"},
        {20260701, GHAZI, 10, 5, "Rules of July", LANG_PS, "پانی نہیں", "Street light", "M-PRK-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(cases[i].lang, cases[i].day);
        struct q_service_all *rows;
        struct q_service_terms_at *terms;
        size_t n;
        assert_err(catalogue_list(&c, &rows, &n), ok);
        assert_int_equal(n, 5); /* what is only pointed to is listed too; what has ended is not */
        assert_err(catalogue_terms(&c, cases[i].unit, rows, n, &terms), ok);
        assert_int_equal(terms[0].limit_days.v, cases[i].water_days);
        assert_true(str_eq(terms[0].basis_text, str_of(cases[i].basis)));
        assert_int_equal(terms[1].limit_days.v, cases[i].light_days);
        assert_true(str_eq(rows[0].name_text, str_of(cases[i].water)));
        assert_true(str_eq(rows[1].name_text, str_of(cases[i].light)));
        assert_true(str_eq(rows[3].name_text, str_of(cases[i].park)));
        assert_true(str_eq(rows[0].group_code, S("water")));
        assert_false(terms[2].limit_days.given || terms[3].limit_days.given);
        assert_true(terms[2].id != 0 && terms[3].id == 0);
        assert_true(str_eq(terms[4].answered_text, S("Police")));
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_service_all *rows;
    struct q_service_terms_at *terms;
    size_t n;
    assert_err(catalogue_list(&c, &rows, &n), ok);
    assert_err(catalogue_terms(&c, 0, rows, n, &terms), ok); /* nowhere: no office yet */
    assert_int_equal(terms[0].id, 0);
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

/* Known, but over since yesterday: that is said in other words than of a code nobody knows. */
static void a_service_that_ended_is_known_but_not_found(void **state)
{
    (void)state;
    struct q_service_by_code row;
    struct ctx c = reading(LANG_EN, 20260604);
    assert_err(catalogue_find(&c, S("M-OLD-01"), &row), ok);
    assert_false(catalogue_over(&c, S("M-OLD-01")));
    c = reading(LANG_EN, 20260605);
    assert_err(catalogue_find(&c, S("M-OLD-01"), &row), not_found);
    assert_true(catalogue_over(&c, S("M-OLD-01")));
    assert_false(catalogue_over(&c, S("M-WAT-01")));
    assert_false(catalogue_over(&c, S("M-XXX-99")));
    const int64_t asked[] = {ENDED, WATER, WATER, 0};
    struct q_service_names *names;
    size_t n;
    assert_err(catalogue_names(&c, asked, 4, &names, &n), ok); /* old cases keep their names */
    assert_int_equal(n, 2);
    assert_true(str_eq(names[0].service_code, S("M-WAT-01")));
    assert_true(str_eq(names[1].name_text, S("M-OLD-01")));
}

static void a_term_holds_from_its_day_to_the_day_before_its_end(void **state)
{
    (void)state;
    static const struct {
        int64_t service, unit, day;
        enum err_code want;
        int64_t days;
    } cases[] = {
        {WATER, PABBI, 20010813, ERR_NOT_FOUND, 0},    {WATER, PABBI_COUNCIL, 20010814, ERR_OK, 3},
        {WATER, PROVINCE, 20260630, ERR_OK, 3},        {WATER, HARIPUR, 20260701, ERR_OK, 10},
        {LIGHT, NOWSHERA, 20991231, ERR_OK, 7},        {PARK, NOWSHERA, 20260605, ERR_NOT_FOUND, 0},
        {WATER, NOWSHERA, DAY_OPEN, ERR_NOT_FOUND, 0}, {9999, NOWSHERA, 20260605, ERR_NOT_FOUND, 0},
        {LIGHT, GHAZI, 20260605, ERR_OK, 5},           {WATER, 1, 20260605, ERR_NOT_FOUND, 0},
        {WATER, 9999, 20260605, ERR_NOT_FOUND, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, 20260605);
        struct q_service_term_on term = {.limit_days = NONE_I64};
        assert_int_equal(catalogue_term(&c, cases[i].service, cases[i].unit, cases[i].day, &term).code,
                         cases[i].want);
        assert_int_equal(term.limit_days.v, cases[i].days);
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_service_term_on term;
    assert_err(catalogue_term(&c, LIBRARY, NOWSHERA, 20260605, &term), ok);
    assert_false(term.limit_days.given);
}

static void terms_say_who_answers_in_words(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_UR, 20260605);
    str answers;
    str appeal;
    assert_err(catalogue_term_words(&c, 450, &answers, &appeal), ok);
    assert_true(answers.n == 0 && str_eq(appeal, S("TMO")));
}

/* What an office's kind answers for, with the nearest term; a desk shows what any office does; nothing that
 * is only pointed to. */
static void a_board_has_the_services_of_its_office(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_UR, 20260605);
    struct q_board_office office = {.id = -1};
    struct board_row *rows;
    size_t n;
    assert_err(board_office(&c, S("PK526-NONE"), &office), not_found);
    assert_int_equal(office.id, -1);
    assert_err(board_office(&c, S("PK52601-TMA"), &office), ok);
    assert_true(str_eq(office.name_text, S("TMA Nowshera"))); /* it has no Urdu name here */
    assert_err(board_rows(&c, &office, &rows, &n), ok);
    assert_true(n > 0 && str_eq(rows[0].name, S("پانی نہیں")));
    assert_int_equal(rows[0].term.limit_days.v, 3);
    assert_false(rows[0].application || rows[0].term.fee_no.given);
    for (size_t i = 0; i < n; i++) {
        assert_true(str_starts(rows[i].code, S("M-")));
    }
    struct board_row *all;
    size_t all_n;
    assert_err(board_office(&c, S("PK526-WFD"), &office), ok);
    assert_err(board_rows(&c, &office, &all, &all_n), ok);
    assert_true(all_n >= n);
}

static void papers_of_the_day(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_UR, 20260604);
    struct q_service_documents *rows;
    size_t n;
    int64_t id;
    assert_err(catalogue_documents(&c, LIBRARY, &rows, &n), ok);
    assert_int_equal(n, 2);
    assert_true(str_eq(rows[0].name_text, S("Identity card")) && str_eq(rows[1].name_text, S("photo")));
    c = reading(LANG_UR, 20260605);
    assert_err(catalogue_documents(&c, LIBRARY, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_err(catalogue_documents(&c, WATER, &rows, &n), ok);
    assert_int_equal(n, 0);
    assert_err(catalogue_document_find(&c, S("photo"), &id), ok);
    assert_int_equal(id, 471);
    assert_err(catalogue_document_find(&c, S("poto"), &id), not_found);
}

static void what_is_only_pointed_to_says_where_help_is(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_EN, 20260605);
    struct pointed *rows;
    size_t n;
    assert_err(catalogue_pointed(&c, PABBI, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_true(str_eq(rows[0].code, S("N-DV")) && str_eq(rows[0].helpline, S("15")) &&
                str_eq(rows[0].answered_by, S("Police")));
    assert_err(catalogue_pointed(&c, 1, &rows, &n), ok); /* above the province nothing is known of it */
    assert_int_equal(n, 1);
    assert_true(rows[0].helpline.p != NULL && rows[0].helpline.n == 0);
}

static err point(struct ctx *c, void *arg)
{
    (void)arg;
    return catalogue_point(c, c->actor.home);
}

/* One number for the month: no matter, no hour, no name of whoever counted. */
static void who_was_pointed_elsewhere_is_one_number(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(written_as(who(DESK), point, NULL), ERR_OK);
    }
    assert_int_equal(written_as(who(OTHER_DESK), point, NULL), ERR_OK);
    assert_int_equal(count_of("select pointed_n from pointed where home = 100 and pointed_month = 202606"),
                     3);
    assert_int_equal(count_of("select count(*) from pointed"), 2);
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
        FEATURE_TEST(the_list_has_names_and_the_terms_of_the_place),
        FEATURE_TEST(a_service_is_found_by_its_code),
        FEATURE_TEST(a_service_that_ended_is_known_but_not_found),
        FEATURE_TEST(a_term_holds_from_its_day_to_the_day_before_its_end),
        FEATURE_TEST(terms_say_who_answers_in_words),
        FEATURE_TEST(a_board_has_the_services_of_its_office),
        FEATURE_TEST(papers_of_the_day),
        FEATURE_TEST(what_is_only_pointed_to_says_where_help_is),
        FEATURE_TEST(who_was_pointed_elsewhere_is_one_number),
        FEATURE_TEST(who_answers_is_looked_for_up_the_tree),
    };
    return FEATURE_TESTS(tests);
}
