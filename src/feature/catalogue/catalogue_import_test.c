/* Offices from a CSV file: each at its level, answering for what offices of its kind answer for. */
#include "feature_testing.h"

#include "catalogue.h"
#include "catalogue_import.h"

struct sent {
    const char *text;
    struct import_report report;
};

static err import(struct ctx *c, void *arg)
{
    struct sent *s = arg;
    return catalogue_import_offices(c, str_of(s->text), 0, &s->report);
}

static enum err_code sent(struct sent *s)
{
    static struct buf said;
    buf_free(&said);
    said = buf_new(8000);
    s->report.said = said;
    const enum err_code code = written_as((struct actor){.role = ROLE_SYSTEM}, import, s);
    said = s->report.said;
    return code;
}

#define HEAD "code,kind,unit,name_en,name_ur,name_ps\n"

static void an_office_answers_for_the_services_of_its_kind(void **state)
{
    (void)state;
    struct sent s = {.text =
                         HEAD "NEW-TMA,tma,PK52602,New TMA,,\nNEW-LG,department,PK5,Local Government,,\n"};
    run_script("update service set body_kind_code = 'dc' where id = 402");
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(s.report.added, 2);
    struct ctx c = reading_as(who(DESK));
    int64_t light = 0;
    int64_t water = 0;
    int64_t body;
    assert_err(catalogue_body(&c, LIGHT, PABBI_COUNCIL, &light), ok);
    assert_err(catalogue_body(&c, WATER, PABBI, &water), ok);
    assert_int_equal(water, DC_OFFICE); /* from 2027 on another one is named there: two would overlap */
    assert_int_equal(count_of("select count(*) from body where body_code = 'NEW-TMA' and home = 100"), 1);
    assert_int_equal(count_of("select count(*) from body where body_code = 'NEW-LG' and home is null"), 1);
    assert_err(catalogue_body(&c, LIBRARY, PABBI, &body), not_found); /* of another kind of office */
    assert_err(catalogue_body(&c, VIOLENCE, PABBI, &body), not_found);
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(s.report.same, 2);
    s.text = HEAD "NEW-TMA,tma,PK52602,TMA Pabbi,ٹی ایم اے پبی,\n";
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(s.report.changed, 1);
    s.text = "code,kind,unit,name_en,name_ur,name_ps,address_en,hours_ur\n"
             "NEW-TMA,tma,PK52602,TMA Pabbi,,,Main bazaar,9 سے 3\n";
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(s.report.changed, 1);
    assert_int_equal(count_of("select count(*) from label where label_kind_code = 'body_address'"
                              " and lang_code = 'en' and label_text = 'Main bazaar'"),
                     1);
    assert_int_equal(
        count_of("select count(*) from label where label_kind_code = 'body_hours' and lang_code = 'ur'"), 1);
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(s.report.same, 1);
}

static void an_office_of_the_wrong_kind_or_place_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {HEAD "A,court,PK526,A,,\n", "Line 2: \"court\" is no kind of office"},
        {HEAD "A,tma,PK526,A,,\n", "tma: an office of this kind does not stand"},
        {HEAD "A,dc,PK52601,A,,\n", "does not stand"},
        {HEAD "A,desk,PK52699,A,,\n", "there is no place of the code PK52699"},
        {HEAD "PK526-DC,dc,PK511,A,,\n", "PK526-DC is another office already"},
        {HEAD "PK526-DC,desk,PK526,A,,\n", "another office"},
        {HEAD "A,dc,PK526,A,,\nA,dc,PK526,A,,\n", "Line 3: A stands here a second time"},
    };
    const int64_t before = count_of("select count(*) from body");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sent s = {.text = cases[i].text};
        assert_int_equal(sent(&s), ERR_INVALID);
        const str said = buf_str(&s.report.said);
        if (memmem(said.p, said.n, cases[i].words, strlen(cases[i].words)) == NULL) {
            fail_msg("%zu: %.*s", i, STR_F(said));
        }
    }
    assert_int_equal(count_of("select count(*) from body"), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(an_office_answers_for_the_services_of_its_kind),
        FEATURE_TEST(an_office_of_the_wrong_kind_or_place_is_refused),
    };
    return FEATURE_TESTS(tests);
}
