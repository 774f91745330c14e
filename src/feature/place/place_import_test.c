/* Councils and localities from CSV files: all or nothing, the same again changes nothing. */
#include "feature_testing.h"

#include "place.h"
#include "place_import.h"

struct sent {
    const char *text;
    struct council_days days;
    bool localities, districts;
    struct import_report report;
};

static err import(struct ctx *c, void *arg)
{
    struct sent *s = arg;
    if (s->districts) {
        return place_import_districts(c, str_of(s->text), s->days.from_day, &s->report);
    }
    return s->localities ? place_import_localities(c, str_of(s->text), &s->report)
                         : place_import_councils(c, str_of(s->text), &s->days, &s->report);
}

/* The report's words live until the next one. */
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

#define HEAD "code,tehsil,kind,name_en,name_ur,name_ps,invented\n"

static void assert_counts(const struct sent *s, size_t added, size_t changed, size_t same, size_t ended)
{
    assert_int_equal(s->report.added, added);
    assert_int_equal(s->report.changed, changed);
    assert_int_equal(s->report.same, same);
    assert_int_equal(s->report.ended, ended);
}

static bool said(const struct sent *s, const char *words)
{
    return memmem(s->report.said.p, s->report.said.n, words, strlen(words)) != NULL;
}

static struct ctx on_day(int64_t day)
{
    struct ctx c = reading_as(who(DESK));
    c.now_ms = day_at_ms(day, 12, 0);
    return c;
}

static void councils_come_in_and_stay_as_they_are(void **state)
{
    (void)state;
    struct sent s = {.text = "\xEF\xBB\xBF" HEAD
                             "N-1,PK52601,NC,Kalan,کلاں,,0\r\nN-2,PK52601,VC, Badrashi ,,بدرشۍ,yes\r\n"};
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 2, 0, 0, 0);
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 2, 0);
    struct q_place_by_code unit;
    struct q_place_all *rows;
    size_t n;
    struct ctx c = on_day(20260605);
    assert_err(place_find(&c, S("N-2"), &unit), ok);
    assert_true(unit.level_no == LEVEL_COUNCIL && unit.parent_id.v == NOWSHERA_TEHSIL &&
                unit.district_id.v == NOWSHERA && unit.province_id.v == PROVINCE);
    c.lang = LANG_PS;
    assert_err(place_list_below(&c, unit.id, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_true(str_eq(rows[0].name_text, S("بدرشۍ")) && rows[0].draft_flag == 1 &&
                rows[0].invented_flag == 1 && str_eq(rows[0].council_code, S("VC")));
    c = on_day(20260604); /* valid from the day they came in */
    assert_err(place_find(&c, S("N-2"), &unit), not_found);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'councils.imported'"), 2);
}

static void names_are_renewed_and_never_lost(void **state)
{
    (void)state;
    struct sent s = {.text = HEAD "N-1,PK52601,NC,Kalan,کلاں,کلان,0\n"};
    assert_int_equal(sent(&s), ERR_OK);
    s.text = HEAD "N-1,PK52601,VC,Nowshera Kalan,,کلان,0\n"; /* renamed, of another kind; Urdu left out */
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 1, 0, 0);
    assert_int_equal(
        count_of("select count(*) from label l join unit u on u.id = l.id where u.unit_code = 'N-1' and"
                 " l.label_kind_code = 'unit'"),
        3);
    assert_int_equal(count_of("select count(*) from unit where unit_code = 'N-1' and council_code = 'VC'"),
                     1);
}

static void what_a_list_leaves_out_ends_when_told_so(void **state)
{
    (void)state;
    struct q_place_by_code unit;
    struct sent s = {.text =
                         HEAD "N-1,PK52601,NC,One,,,0\nN-2,PK52601,NC,Two,,,0\nP-1,PK52602,NC,Three,,,0\n"};
    assert_int_equal(sent(&s), ERR_OK);
    s.text = HEAD "N-1,PK52601,NC,One,,,0\n";
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 1, 0); /* not told */
    s.days.until_day = 20261231;
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 1, 1); /* only in the tehsil that the file is about */
    struct ctx c = on_day(20261231);
    assert_err(place_find(&c, S("N-2"), &unit), ok); /* its last day */
    c = on_day(20270101);
    assert_err(place_find(&c, S("N-2"), &unit), not_found);
    assert_err(place_find(&c, S("P-1"), &unit), ok);
    s = (struct sent){.text = HEAD "N-2,PK52601,NC,Two,,,0\n"}; /* a mistake: it is there again */
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 1, 0, 0);
    c = on_day(20270101);
    assert_err(place_find(&c, S("N-2"), &unit), ok);
}

static void an_ended_council_may_come_again_as_another(void **state)
{
    (void)state;
    struct sent s = {.text = HEAD "N-1,PK52601,NC,One,,,0\nN-2,PK52601,NC,Two,,,0\n",
                     .days.from_day = 20200101};
    assert_int_equal(sent(&s), ERR_OK);
    s = (struct sent){.text = HEAD "N-1,PK52601,NC,One,,,0\n", .days.until_day = 20251231};
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 1, 1);
    s = (struct sent){.text = HEAD "N-2,PK52601,NC,Two again,,,0\n"};
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 1, 0, 0, 0);
    assert_int_equal(count_of("select count(*) from unit where unit_code = 'N-2'"), 2);
}

static void where_a_council_came_from_is_kept(void **state)
{
    (void)state;
    struct sent s = {.text = HEAD "N-1,PK52601,NC,One,,,0\n"};
    assert_int_equal(sent(&s), ERR_OK);
    s.text = "was,code,tehsil,kind,name_en,name_ur,name_ps,invented\nN-1,N-3,PK52601,NC,One East,,,0\n"
             "N-1  PK5260201,N-4,PK52601,NC,One West,,,0\n";
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(count_of("select count(*) from unit_successor"), 3);
    assert_int_equal(sent(&s), ERR_OK);
    assert_int_equal(count_of("select count(*) from unit_successor"), 3);
}

/* Every wrong line is named, and not one row stays. */
static void a_wrong_line_refuses_the_whole_file(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "names the columns"},
        {"code,tehsil,kind\n", "Line 1: there is no column name_en."},
        {HEAD "N-1,PK52601,NC,One,,,0\n,PK52601,NC,Two,,,0\n", "Line 3: \"\" is no code"},
        {HEAD "N 1,PK52601,NC,One,,,0\n", "Line 2: \"N 1\" is no code"},
        {HEAD "N-1,PK526,NC,One,,,0\n", "Line 2: there is no tehsil of the code PK526."},
        {HEAD "N-1,PK52699,NC,One,,,0\n", "there is no tehsil"}, /* ended */
        {HEAD "N-1,PK52601,XC,One,,,0\n", "\"XC\" is no kind of council"},
        {HEAD "N-1,PK52601,NC,,ایک,,0\n", "no name in English"},
        {HEAD "N-1,PK52601,NC,\"One\nTwo\",,,0\n", "name_en: one line"},
        {HEAD "N-1,PK52601,NC,One,\xE2\x80\xAE"
              "abc,,0\n",
         "name_ur: one line"},
        {HEAD "N-1,PK52601,NC,One,,,perhaps\n", "neither 1 (yes)"},
        {HEAD "N-1,PK52601,NC,One,,,0\nN-1,PK52601,NC,One,,,0\n", "Line 3: N-1 stands here a second time"},
        {HEAD "PK52602,PK52601,NC,One,,,0\n", "PK52602 is another place already"},
        {HEAD "PK5260201,PK52601,NC,One,,,0\n", "PK5260201 is another place already"}, /* of another tehsil */
        {HEAD "N-1,PK52601,NC,One,,,0\nN-2,PK52601,NC,Two\n", "Line 3: this row is broken"},
        {HEAD "N-1,PK52601,NC,\xFF,,,0\n", "this row is broken"},
        {"was," HEAD "N-9,N-1,PK52601,NC,One,,,0\n", "there was no council N-9"},
    };
    const int64_t before = count_of("select count(*) from unit");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sent s = {.text = cases[i].text};
        assert_int_equal(sent(&s), ERR_INVALID);
        assert_int_equal(testing_now->fail.message, MSG_CLI_IMPORT_NOTHING);
        if (!said(&s, cases[i].words)) {
            fail_msg("%zu: %.*s", i, STR_F(buf_str(&s.report.said)));
        }
    }
    assert_int_equal(count_of("select count(*) from unit"), before);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'councils.imported'"), 0);
}

static void of_many_wrong_lines_the_first_are_said(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf text = buf_new(8000);
    buf_put(&text, S(HEAD));
    for (int i = 0; i < 60; i++) {
        buf_put(&text, S("N-1,PK52601,XC,One,,,0\n"));
    }
    buf_putc(&text, '\0');
    struct sent s = {.text = text.p};
    assert_int_equal(sent(&s), ERR_INVALID);
    assert_int_equal(s.report.faults, 60);
    assert_true(said(&s, "Line 51:") && !said(&s, "Line 52:"));
}

#define LOCALITIES "unit,name,aliases,invented\n"

static void localities_are_found_in_any_script(void **state)
{
    (void)state;
    struct sent s = {.localities = true,
                     .text = LOCALITIES "PK52602,Taru Jabba,تارو جبہ; تارو جبه ;TARU  JABA;Taru-Jabba,0\n"
                                        "PK5260201,Amankot,امان کوٹ;امانکوٹ,0\n"};
    static const struct {
        int64_t district;
        const char *typed;
        int64_t want;
    } cases[] = {
        {NOWSHERA, "taru jabba", PABBI},
        {NOWSHERA, "  تارو جبہ ", PABBI},
        {NOWSHERA, "تارو جبه", PABBI},
        {NOWSHERA, "Taru Jaba", PABBI},
        {NOWSHERA, "امان كوٹ", PABBI_COUNCIL},
        {NOWSHERA, "Taru", 0},
        {HARIPUR, "taru jabba", 0},
        {NOWSHERA, "…", 0},
        {NOWSHERA, "", 0},
    };
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 2, 0, 0, 0);
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 2, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = on_day(20260605);
        int64_t unit = 0;
        assert_int_equal(place_locality(&c, cases[i].district, str_of(cases[i].typed), &unit).code,
                         cases[i].want != 0 ? ERR_OK : ERR_NOT_FOUND);
        assert_int_equal(unit, cases[i].want);
    }
    s.text = LOCALITIES "PK52602,Taru Jabba,Taroo,1\n";
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 1, 0, 0);
    struct ctx c = on_day(20260605);
    int64_t unit;
    assert_err(place_locality(&c, NOWSHERA, S("Taroo"), &unit), ok);
    assert_err(place_locality(&c, NOWSHERA, S("Taru Jaba"), &unit), not_found); /* no longer called so */
}

/* There are several Garhis in every district. */
static void places_of_one_name_share_what_they_share(void **state)
{
    (void)state;
    struct sent s = {.localities = true,
                     .text = LOCALITIES "PK52602,Garhi,,0\nPK5260201,Garhi Payan,Garhi,0\nPK52601,Kalan,,0\n"
                                        "PK52602,Kalan,,0\n"};
    int64_t unit = 0;
    assert_int_equal(sent(&s), ERR_OK);
    struct ctx c = on_day(20260605);
    assert_err(place_locality(&c, NOWSHERA, S("garhi"), &unit), ok);
    assert_int_equal(unit, PABBI);
    assert_err(place_locality(&c, NOWSHERA, S("garhi payan"), &unit), ok);
    assert_int_equal(unit, PABBI_COUNCIL);
    assert_err(place_locality(&c, NOWSHERA, S("kalan"), &unit), not_found); /* in two tehsils */
}

static void wrong_localities_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {LOCALITIES "PK526,Taru,,0\n", "Line 2: there is no tehsil or council of the code PK526."},
        {LOCALITIES "PK52602,,x,0\n", "no name in English"},
        {LOCALITIES "PK52602,Taru,x;…,0\n", "\"…\" is no name"},
        {LOCALITIES "PK52602,Taru,,0\nPK52602,Taru,,0\n", "Line 3: Taru stands here a second time"},
        {"unit,name\n", "no column aliases"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sent s = {.localities = true, .text = cases[i].text};
        assert_int_equal(sent(&s), ERR_INVALID);
        if (!said(&s, cases[i].words)) {
            fail_msg("%zu: %.*s", i, STR_F(buf_str(&s.report.said)));
        }
    }
    assert_int_equal(count_of("select count(*) from locality"), 0);
}

#define SPLIT "code,tehsils,basis,name_en,name_ur,name_ps,invented\n"

/* In mid-year Nowshera gives one tehsil away, and then the rest: what is old stays with the old unit. */
static void a_district_is_split_from_a_day(void **state)
{
    (void)state;
    struct sent s = {.text = HEAD "N-1,PK52601,NC,One,,,0\n", .days.from_day = 20200101};
    assert_int_equal(sent(&s), ERR_OK);
    s = (struct sent){.text = "unit,name,aliases,invented\nN-1,Kalan,Qalan,0\n", .localities = true};
    assert_int_equal(sent(&s), ERR_OK);
    run_script("insert into unit_group values (70, 'pilot', 20200101, 99991231);"
               "insert into unit_group_member values (70, 100, 20200101, 99991231)");
    s = (struct sent){.text = SPLIT "PK599,PK52601,SO(E) 4/2026,New Town,نیا شہر,,0\n",
                      .days.from_day = 20260216,
                      .districts = true};
    const int64_t tehsils = count_of("select count(*) from unit where district_id = 100 and level_no = 4");
    assert_true(tehsils > 1);
    assert_int_equal(sent(&s), ERR_OK);
    assert_true(s.report.added == 1 && s.report.ended >= 2);
    assert_int_equal(count_of("select count(*) from unit where district_id = 100 and level_no = 3"
                              " and valid_to_day = 99991231"),
                     1); /* it goes on */
    /* The tehsil and its council stand in the new one, under their codes, with their names and villages. */
    struct ctx c = on_day(20260216);
    struct q_place_by_code tehsil;
    struct q_place_by_code council;
    struct place_at at;
    int64_t unit;
    assert_err(place_find(&c, S("PK52601"), &tehsil), ok);
    assert_err(place_find(&c, S("N-1"), &council), ok);
    assert_int_equal(council.parent_id.v, tehsil.id);
    assert_err(place_ancestors(&c, council.id, &at), ok);
    assert_int_equal(at.at[LEVEL_DISTRICT], tehsil.district_id.v);
    assert_int_not_equal(tehsil.district_id.v, NOWSHERA);
    assert_err(place_locality(&c, tehsil.district_id.v, S("Qalan"), &unit), ok);
    assert_int_equal(unit, council.id);
    assert_int_equal(count_of("select count(*) from unit_successor where basis_text = 'SO(E) 4/2026'"),
                     (int64_t)s.report.ended + 1); /* and the district's own */
    assert_int_equal(count_of("select count(*) from unit_group_member where group_id = 70"), 2);
    /* The day before, everything is as it was; the trend of the new one goes on over the old one. */
    struct ctx before = on_day(20260215);
    assert_err(place_find(&before, S("PK52601"), &tehsil), ok);
    assert_int_equal(tehsil.district_id.v, NOWSHERA);
    struct place_stood *stood;
    size_t n;
    assert_err(place_lineage(&c, at.at[LEVEL_DISTRICT], &stood, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(stood[0].unit, NOWSHERA);
    assert_int_equal(stood[0].to_day, 20260215);
    /* The same again changes nothing. */
    assert_int_equal(sent(&s), ERR_OK);
    assert_counts(&s, 0, 0, 1, 0);
}

static void a_district_of_which_nothing_is_left_ends(void **state)
{
    (void)state;
    struct sent s = {.text = SPLIT "PK598,PK52601 PK52602,SO(E) 5/2026,All of it,,,0\n",
                     .days.from_day = 20260216,
                     .districts = true};
    assert_int_equal(sent(&s), ERR_OK);
    struct ctx c = on_day(20260216);
    struct q_place_by_code unit;
    assert_err(place_find(&c, S("PK526"), &unit), not_found);
    assert_err(place_find_in(&c, S("PK526"), 20260101, 20260331, &unit), ok); /* its quarter is its own */
    assert_int_equal(unit.id, NOWSHERA);
    assert_err(place_find_in(&c, S("PK526"), 20260401, 20260630, &unit), not_found);
    int64_t *ids;
    size_t n;
    assert_err(place_districts(&c, PROVINCE, &ids, &n), ok);
    assert_true(n >= 3); /* the old one is still of its province */
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {SPLIT "PK597,PK52601,,Again,,,0\n", "by which notification"},
        {SPLIT "PK597,,SO 6,Again,,,0\n", "of which tehsils"},
        {SPLIT "PK597,PK511,SO 6,Again,,,0\n", "no tehsil that stood"},
        {SPLIT "PK597,PK52601,SO 6,Again,,,0\n", "moved or ended already"},
        {SPLIT "PK511,PK52601,SO 6,Taken,,,0\n", "another place already"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        s.text = wrong[i].text;
        assert_int_equal(sent(&s), ERR_INVALID);
        assert_true(said(&s, wrong[i].words));
    }
    assert_int_equal(count_of("select count(*) from unit where unit_code = 'PK597'"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(councils_come_in_and_stay_as_they_are),
        FEATURE_TEST(names_are_renewed_and_never_lost),
        FEATURE_TEST(what_a_list_leaves_out_ends_when_told_so),
        FEATURE_TEST(an_ended_council_may_come_again_as_another),
        FEATURE_TEST(where_a_council_came_from_is_kept),
        FEATURE_TEST(a_district_is_split_from_a_day),
        FEATURE_TEST(a_district_of_which_nothing_is_left_ends),
        FEATURE_TEST(a_wrong_line_refuses_the_whole_file),
        FEATURE_TEST(of_many_wrong_lines_the_first_are_said),
        FEATURE_TEST(localities_are_found_in_any_script),
        FEATURE_TEST(places_of_one_name_share_what_they_share),
        FEATURE_TEST(wrong_localities_are_refused),
    };
    return FEATURE_TESTS(tests);
}
