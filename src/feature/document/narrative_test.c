#include "feature_testing.h"

#include "narrative.h"
#include "narrative_seal.h"

struct saving {
    struct narrative_key key;
    str section, words;
    int64_t seen, version;
};

static err run_save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    return narrative_save(c, &s->key, s->section, s->words, s->seen, &s->version);
}

static struct saving saving(const char *unit, str words, int64_t seen)
{
    return (struct saving){
        .key = {S("annual"), str_of(unit), period_fiscal(2025), S("en")},
        .section = S("lessons"),
        .words = words,
        .seen = seen,
    };
}

static enum err_code saved(enum testing_who by, struct saving s)
{
    return written_as(who(by), run_save, &s);
}

static struct narrative_text stands(enum testing_who by, const char *unit)
{
    struct ctx c = reading_as(who(by));
    const struct saving s = saving(unit, STR_NONE, 0);
    struct narrative_text t;
    assert_int_equal(narrative_one(&c, &s.key, s.section, &t).code, ERR_OK);
    return t;
}

static void test_the_second_of_two_is_told(void **state)
{
    (void)state;
    assert_int_equal(saved(MONITOR, saving("PK526", S("Women came when women asked."), 0)), ERR_OK);
    /* Both have version 1 before their eyes. */
    assert_int_equal(saved(KP_MONITOR, saving("PK526", S("Buses help."), 1)), ERR_OK);
    assert_int_equal(saved(MONITOR, saving("PK526", S("Mornings are better."), 1)), ERR_CONFLICT);
    assert_string_equal(testing_now->fail.field, "words");
    assert_true(str_eq(stands(MONITOR, "PK526").words, S("Buses help.")));
    assert_int_equal(stands(MONITOR, "PK526").version, 2);
    assert_int_equal(stands(MONITOR, "PK526").role, ROLE_MONITOR);
    /* With theirs before her eyes she saves both. */
    assert_int_equal(saved(MONITOR, saving("PK526", S("Buses help.\n\nMornings are better."), 2)), ERR_OK);
    assert_int_equal(count_of("select count(*) from narrative_version"), 3);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'narrative.saved'"), 3);
}

static void test_the_first_of_two_firsts_stays(void **state)
{
    (void)state;
    assert_int_equal(saved(MONITOR, saving("PK526", S("One"), 0)), ERR_OK);
    assert_int_equal(saved(KP_MONITOR, saving("PK526", S("Two"), 0)), ERR_CONFLICT);
    assert_true(str_eq(stands(MONITOR, "PK526").words, S("One")));
    /* The same words twice are one version, whatever was seen. */
    assert_int_equal(saved(KP_MONITOR, saving("PK526", S("One"), 0)), ERR_OK);
    assert_int_equal(count_of("select count(*) from narrative_version"), 1);
}

static void test_words_are_plain_paragraphs(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *kept;
    } cases[] = {
        {"  One \n  two \n\n\n\n three\n", "One\ntwo\n\nthree"},
        {"=1+1", "=1+1"}, /* text: whoever writes it into a file says so (csv, workbook) */
        {"<b>bold</b>", "<b>bold</b>"},
        {" \n \n", ""},
    };
    int64_t seen = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(saved(MONITOR, saving("PK526", str_of(cases[i].typed), seen++)), ERR_OK);
        assert_true(str_eq(stands(MONITOR, "PK526").words, str_of(cases[i].kept)));
    }
    str rest = S("One\ntwo\n\n \n three ");
    str paragraph;
    assert_true(narrative_paragraph(&rest, &paragraph));
    assert_true(str_eq(paragraph, S("One\ntwo")));
    assert_true(narrative_paragraph(&rest, &paragraph));
    assert_true(str_eq(paragraph, S("three")));
    assert_false(narrative_paragraph(&rest, &paragraph));
    static char longer[NARRATIVE_CHARS_MAX + 2];
    memset(longer, 'x', sizeof longer - 1);
    assert_int_equal(saved(MONITOR, saving("PK526", str_of(longer), seen)), ERR_INVALID);
    assert_int_equal(saved(MONITOR, saving("PK526", str_sub(str_of(longer), 1, sizeof longer), seen)),
                     ERR_OK);
}

static void test_who_writes_what(void **state)
{
    (void)state;
    assert_int_equal(saved(DESK, saving("PK526", S("No"), 0)), ERR_DENIED);
    assert_int_equal(saved(SUPERVISOR, saving("PK526", S("No"), 0)), ERR_DENIED);
    assert_int_equal(saved(MONITOR, saving("PK511", S("No"), 0)), ERR_NOT_FOUND);
    assert_int_equal(saved(MONITOR, saving("PK5", S("No"), 0)), ERR_NOT_FOUND); /* not all of it is hers */
    assert_int_equal(saved(KP_MONITOR, saving("PK5", S("Yes"), 0)), ERR_OK);
    assert_int_equal(saved(MANAGER, saving("PK", S("Yes"), 0)), ERR_OK);
    assert_int_equal(saved(MONITOR, saving("", S("Mine"), 0)), ERR_OK); /* where she works */
    assert_true(str_eq(stands(KP_MONITOR, "PK526").words, S("Mine")));
    struct saving other = saving("PK526", S("Urdu"), 0);
    other.key.lang = S("ur"); /* its own text in each language */
    assert_int_equal(saved(MONITOR, other), ERR_OK);
    assert_true(str_eq(stands(MONITOR, "PK526").words, S("Mine")));
    other.key.lang = S("ps");
    assert_int_equal(saved(MONITOR, other), ERR_INVALID);
    other = saving("PK526", S("No"), 0);
    other.section = S("nothing");
    assert_int_equal(saved(MONITOR, other), ERR_NOT_FOUND);
}

static size_t lessons(enum testing_who by, int64_t unit, int64_t before, struct narrative_lesson **out)
{
    struct ctx c = reading_as(who(by));
    size_t n = 99;
    assert_int_equal(narrative_lessons(&c, unit, before, out, &n).code, ERR_OK);
    return n;
}

static void test_lessons_lead_into_the_next_plan(void **state)
{
    (void)state;
    struct narrative_lesson *l;
    struct ctx c = reading_as(who(OTHER_DESK));
    size_t n;
    assert_int_equal(saved(MONITOR, saving("PK526", S("Buses help."), 0)), ERR_OK);
    assert_int_equal(saved(KP_MONITOR, saving("PK5", S("Ask early."), 0)), ERR_OK);
    struct saving result = saving("PK526", S("Done"), 0);
    result.section = S("results");
    assert_int_equal(saved(MONITOR, result), ERR_OK);
    assert_int_equal(lessons(MONITOR, NOWSHERA, 20260701, &l), 2);
    assert_true(str_eq(l[0].unit, S("PK526"))); /* her own first */
    assert_true(str_eq(l[0].row.words_text, S("Buses help.")));
    assert_true(str_eq(l[1].unit, S("PK5")));
    assert_int_equal(lessons(MONITOR, NOWSHERA, 20260630, &l), 0); /* that year is not over then */
    assert_int_equal(lessons(DESK, NOWSHERA, 20260701, &l), 2);
    assert_int_equal(narrative_lessons(&c, NOWSHERA, 20260701, &l, &n).code, ERR_NOT_FOUND);
    assert_int_equal(saved(MONITOR, saving("PK526", S(""), 1)), ERR_OK); /* taken out again */
    assert_int_equal(lessons(MONITOR, NOWSHERA, 20260701, &l), 1);
}

/* ---- bound to the audit chain ---- */

static const char *broken_by(const char *sql)
{
    struct ctx c = reading_as(who(MANAGER));
    struct audit_report chains;
    struct narrative_report report;
    run_script(sql);
    assert_int_equal(audit_verify(&c, &chains).code, ERR_OK);
    const err e = narrative_verify(&c, &chains, &report);
    assert_int_equal(e.code, report.broken == NULL ? ERR_OK : ERR_CONFLICT);
    return report.broken == NULL ? "" : report.broken;
}

/* Each change is taken back by the second script. */
static void test_words_are_bound_to_the_chain(void **state)
{
    (void)state;
    static const struct {
        const char *change, *back, *found;
    } tampers[] = {
        {"update narrative_version set words_text = 'Buses harm.' where version_no = 2",
         "update narrative_version set words_text = 'Buses help.' where version_no = 2", "content"},
        {"update narrative_version set words_text = 'Walk.' where version_no = 1",
         "update narrative_version set words_text = 'Women came.' where version_no = 1", "content"},
        {"update narrative_version set made_ms = made_ms + 1",
         "update narrative_version set made_ms = made_ms - 1", "content"},
        {"update narrative_version set role_no = role_no + 1",
         "update narrative_version set role_no = role_no - 1", "content"},
        {"update narrative_version set made_by_id = made_by_id + 1",
         "update narrative_version set made_by_id = made_by_id - 1", "content"},
        {"update narrative set section_code = 'successes'", "update narrative set section_code = 'lessons'",
         "content"},
        {"update narrative set unit_code = 'PK511'", "update narrative set unit_code = 'PK526'", "content"},
        {"update narrative set to_day = to_day + 1", "update narrative set to_day = to_day - 1", "content"},
        {"update narrative set version_no = 1", "update narrative set version_no = 2", "state"},
        {"insert into narrative_version select narrative_id, 3, words_text, role_no, made_by_id, made_ms from"
         " narrative_version where version_no = 2; update narrative set version_no = 3",
         "delete from narrative_version where version_no = 3; update narrative set version_no = 2",
         "content"},
        {"delete from narrative_version where version_no = 2; update narrative set version_no = 1",
         "select 1", "missing"},
    };
    assert_string_equal(broken_by("select 1"), "");
    assert_int_equal(saved(MONITOR, saving("PK526", S("Women came."), 0)), ERR_OK);
    assert_int_equal(saved(KP_MONITOR, saving("PK526", S("Buses help."), 1)), ERR_OK);
    assert_string_equal(broken_by("select 1"), "");
    for (size_t i = 0; i < sizeof tampers / sizeof tampers[0]; i++) {
        const char *found = broken_by(tampers[i].change);
        if (strcmp(found, tampers[i].found) != 0) {
            fail_msg("%s: found \"%s\"", tampers[i].change, found);
        }
        assert_true(i + 1 == sizeof tampers / sizeof tampers[0] || *broken_by(tampers[i].back) == 0);
    }
    /* No words of it stand in the chain. */
    assert_int_equal(count_of("select count(*) from audit where detail_text like '%Buses%'"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_the_second_of_two_is_told),       FEATURE_TEST(test_the_first_of_two_firsts_stays),
        FEATURE_TEST(test_words_are_plain_paragraphs),      FEATURE_TEST(test_who_writes_what),
        FEATURE_TEST(test_lessons_lead_into_the_next_plan), FEATURE_TEST(test_words_are_bound_to_the_chain),
    };
    return FEATURE_TESTS(tests);
}
