/* The tree of places and the names of things. */
#include "feature_testing.h"

#include "import.sql.h"
#include "place.h"

static struct ctx reading(int lang, int64_t day)
{
    struct ctx c = reading_as(who(DESK));
    c.lang = lang;
    c.now_ms = day_at_ms(day, 12, 0);
    return c;
}

static void parents_come_before_children(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_place_all *units;
    size_t n;
    assert_err(place_list(&c, &units, &n), ok);
    assert_int_equal(n, 8); /* without the tehsil that is no more */
    for (size_t i = 0; i < n; i++) {
        bool before = !units[i].parent_id.given;
        for (size_t k = 0; k < i; k++) {
            before = before || units[k].id == units[i].parent_id.v;
            assert_true(units[k].level_no <= units[i].level_no);
        }
        assert_true(before);
    }
    assert_true(str_eq(units[0].unit_code, S("PK")) && str_eq(units[0].name_text, S("Pakistan")));
    assert_true(str_eq(units[1].name_text, S("PK5"))); /* no name in any language: its code */
}

static void a_unit_is_there_from_its_day_to_its_end(void **state)
{
    (void)state;
    static const struct {
        int64_t day;
        enum err_code want;
    } cases[] = {
        {20010813, ERR_NOT_FOUND}, {20010814, ERR_OK}, {20251231, ERR_OK}, {20260101, ERR_NOT_FOUND}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, cases[i].day);
        struct q_place_by_code unit = {.id = -1};
        assert_int_equal(place_find(&c, S("PK52699"), &unit).code, cases[i].want);
        assert_int_equal(unit.id, cases[i].want == ERR_OK ? 104 : -1);
        struct q_place_all *in;
        size_t n;
        assert_err(place_list_district(&c, NOWSHERA, &in, &n), ok);
        assert_int_equal(n, cases[i].day == 20010813 ? 0 : cases[i].want == ERR_OK ? 5 : 4);
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_place_by_code unit;
    assert_err(place_find(&c, S(""), &unit), not_found);
    assert_err(place_find(&c, S("pk526"), &unit), not_found);
}

static void a_district_comes_first_in_its_own_names(void **state)
{
    (void)state;
    struct q_place_all *in;
    size_t n;
    struct ctx c = reading(LANG_UR, 20260605);
    assert_err(place_list_district(&c, NOWSHERA, &in, &n), ok);
    assert_int_equal(n, 4);
    assert_int_equal(in[0].id, NOWSHERA);
    assert_true(str_eq(in[0].name_text, S("نوشہرہ")));
    assert_true(str_eq(in[1].name_text, S("Nowshera"))); /* the tehsil has no Urdu name */
    assert_true(str_eq(in[2].name_text, S("پبی")));
    assert_true(str_eq(in[3].name_text, S("PK5260201")));
    assert_err(place_list_district(&c, PABBI, &in, &n), ok);
    assert_int_equal(n, 0); /* a tehsil is no district */
}

static void names_fall_back(void **state)
{
    (void)state;
    str name;
    struct ctx c = reading(LANG_UR, 20260605);
    assert_err(label_find(&c, S("service"), WATER, &name), ok);
    assert_true(str_eq(name, S("پانی نہیں")));
    assert_err(label_find_in(&c, S("service"), WATER, LANG_PS, &name),
               ok); /* who reads Pashto reads Urdu sooner */
    assert_true(str_eq(name, S("پانی نہیں")));
    assert_err(label_find_in(&c, S("service"), LIGHT, LANG_PS, &name), ok);
    assert_true(str_eq(name, S("Street light")));
    assert_err(label_find(&c, S("service"), PARK, &name), ok);
    assert_true(name.p != NULL && name.n == 0);
    assert_err(label_find(&c, S("body"), WATER, &name), ok); /* of another kind of thing */
    assert_int_equal(name.n, 0);
}

static void tehsils_of_units(void **state)
{
    (void)state;
    static const struct {
        int64_t unit, tehsil;
    } cases[] = {{PABBI_COUNCIL, PABBI}, {PABBI, PABBI}, {104, 104}, {NOWSHERA, 0}, {PROVINCE, 0}, {1, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, 20260605);
        struct opt_i64 tehsil = SOME(-1);
        assert_err(place_tehsil(&c, cases[i].unit, &tehsil), ok);
        assert_int_equal(tehsil.given, cases[i].tehsil != 0);
        assert_int_equal(tehsil.v, cases[i].tehsil);
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct opt_i64 tehsil;
    assert_err(place_tehsil(&c, 9999, &tehsil), not_found);
}

static void ancestors_by_level(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_EN, 20260605);
    struct place_at at;
    struct opt_i64 council;
    assert_err(place_ancestors(&c, PABBI_COUNCIL, &at), ok);
    assert_int_equal(at.at[LEVEL_COUNCIL], PABBI_COUNCIL);
    assert_int_equal(at.at[LEVEL_TEHSIL], PABBI);
    assert_int_equal(at.at[LEVEL_DISTRICT], NOWSHERA);
    assert_int_equal(at.at[LEVEL_DIVISION], 0); /* this district has none */
    assert_int_equal(at.at[LEVEL_PROVINCE], PROVINCE);
    assert_int_equal(at.at[LEVEL_COUNTRY], 1);
    assert_err(place_ancestors(&c, 104, &at), ok); /* no more, but old cases lie there */
    assert_int_equal(at.at[LEVEL_TEHSIL], 104);
    assert_err(place_ancestors(&c, 9999, &at), not_found);
    assert_err(place_council(&c, PABBI_COUNCIL, &council), ok);
    assert_int_equal(council.v, PABBI_COUNCIL);
    assert_err(place_council(&c, PABBI, &council), ok);
    assert_false(council.given);
}

static void a_tree_that_bites_its_tail_is_noticed(void **state)
{
    (void)state;
    struct place_at at;
    run_script("update unit set parent_id = 103 where id = 102");
    struct ctx c = reading(LANG_EN, 20260605);
    assert_err(place_ancestors(&c, PABBI, &at), bug);
}

static void what_lies_in_what(void **state)
{
    (void)state;
    static const struct {
        int64_t unit, around;
        bool want;
    } cases[] = {{PABBI_COUNCIL, NOWSHERA, true},
                 {PABBI_COUNCIL, PABBI_COUNCIL, true},
                 {NOWSHERA, PABBI, false},
                 {GHAZI, NOWSHERA, false},
                 {GHAZI, PROVINCE, true},
                 {GHAZI, 1, true},
                 {1, 0, false},
                 {NOWSHERA, 9999, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, 20260605);
        bool in = !cases[i].want;
        assert_err(place_lies_in(&c, cases[i].unit, cases[i].around, &in), ok);
        assert_int_equal(in, cases[i].want);
    }
}

static void districts_of_a_division_and_of_a_tehsil(void **state)
{
    (void)state;
    run_script("insert into unit values (20, 'PK5-PESHAWAR', 2, 10, 10, null, null, 0, 20010814, 99991231);"
               "update unit set parent_id = 20 where id = 100");
    static const struct {
        int64_t unit;
        size_t n;
        int64_t first;
    } cases[] = {{20, 1, NOWSHERA},
                 {PROVINCE, 2, NOWSHERA},
                 {1, 2, NOWSHERA},
                 {PABBI_COUNCIL, 1, NOWSHERA},
                 {HARIPUR, 1, HARIPUR}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ctx c = reading(LANG_EN, 20260605);
        int64_t *ids;
        size_t n;
        assert_err(place_districts(&c, cases[i].unit, &ids, &n), ok);
        assert_int_equal(n, cases[i].n);
        assert_int_equal(ids[0], cases[i].first);
    }
    struct ctx c = reading(LANG_EN, 20260605);
    struct q_place_all *below;
    int64_t *ids;
    size_t n;
    assert_err(place_districts(&c, 9999, &ids, &n), not_found);
    assert_err(place_list_below(&c, 20, &below, &n), ok);
    assert_int_equal(n, 5); /* the division, its district, two tehsils, a council */
    assert_int_equal(below[0].id, 20);
    assert_true(str_eq(below[1].parent_code, S("PK5-PESHAWAR")));
    c.lang = LANG_UR;
    assert_true(str_eq(place_fallback(&c, S("en")), S("en")) && place_fallback(&c, S("ur")).n == 0);
    assert_true(str_eq(below[4].council_code, S("VC")) && below[4].invented_flag == 1);
}

/* Where no desk stands nobody is asked to choose. */
static void only_districts_with_a_desk_are_served(void **state)
{
    (void)state;
    struct q_place_all *rows;
    size_t n;
    int64_t home;
    struct ctx c = reading(LANG_EN, 20260605);
    assert_err(place_list_served(&c, &rows, &n), ok);
    assert_int_equal(n, 6);
    run_script("update body set valid_to_day = 20260605 where id = 310");
    assert_err(place_list_served(&c, &rows, &n), ok);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].district_id.v, NOWSHERA);
    }
    assert_err(place_first_home(&c, &home), ok);
    assert_int_equal(home, NOWSHERA);
    run_script("update body set valid_to_day = 20260605 where id = 300");
    assert_err(place_list_served(&c, &rows, &n), ok);
    assert_int_equal(n, 0);
    assert_err(place_first_home(&c, &home), not_found);
}

static void names_for_a_list(void **state)
{
    (void)state;
    int64_t ids[200] = {PABBI, 0, 104, PABBI, 9999};
    struct q_place_names *rows;
    size_t n;
    struct ctx c = reading(LANG_UR, 20260605);
    assert_err(place_names(&c, ids, 5, &rows, &n), ok);
    assert_int_equal(n, 2); /* each once; that of a unit that is no more; none for what never was */
    for (size_t i = 0; i < n; i++) {
        const bool pabbi = rows[i].id == PABBI;
        assert_true(str_eq(rows[i].name_text, pabbi ? S("پبی") : S("PK52699")));
        assert_true(str_eq(rows[i].lang_code, pabbi ? S("ur") : S("en")));
    }
    for (size_t i = 0; i < 200; i++) { /* more than one query takes */
        ids[i] = i == 199 ? HARIPUR : 5000 + (int64_t)i;
    }
    assert_err(place_names(&c, ids, 200, &rows, &n), ok);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].id, HARIPUR);
    assert_err(place_names(&c, ids, 0, &rows, &n), ok);
    assert_int_equal(n, 0);
}

static void groups_have_members_from_a_day(void **state)
{
    (void)state;
    run_script(
        "insert into unit_group values (50, 'pilot', 20010814, 99991231), (51, 'merged', 20180531, 99991231);"
        "insert into unit_group_member values (50, 100, 20010814, 99991231), (50, 200, 20260605, 99991231),"
        " (51, 100, 20180531, 20260605)");
    struct q_unit_group_all *groups;
    struct q_unit_group_members *members;
    size_t n;
    struct ctx c = reading(LANG_EN, 20260605);
    assert_err(place_groups(&c, &groups, &n), ok);
    assert_int_equal(n, 2);
    assert_err(place_group_members(&c, &members, &n), ok);
    assert_int_equal(n, 2);
    assert_true(members[0].unit_id == NOWSHERA && str_eq(members[0].group_code, S("pilot")));
    assert_int_equal(members[1].unit_id, HARIPUR);
    c = reading(LANG_EN, 20180530);
    assert_err(place_groups(&c, &groups, &n), ok);
    assert_int_equal(n, 1);
    assert_err(place_group_members(&c, &members, &n), ok);
    assert_int_equal(n, 1);
}

static void levels_have_names(void **state)
{
    (void)state;
    assert_string_equal(level_name(LEVEL_COUNTRY), "country");
    assert_string_equal(level_name(LEVEL_DISTRICT), "district");
    assert_string_equal(level_name(LEVEL_TEHSIL), "tehsil");
    assert_string_equal(level_name(LEVEL_PLACE + 1), "place");
    assert_string_equal(level_name(-1), "place");
}

static err rename_district(struct ctx *c, void *arg)
{
    const int64_t id = NOWSHERA;
    const struct q_import_label_put_in in = {
        .label_kind_code = S("unit"), .id = id, .lang_code = S("en"), .label_text = *(const str *)arg};
    return q_import_label_put(c->db, &in, NULL);
}

/* A list asks for the same names each time: the database is asked once, until one is changed. */
static void names_are_remembered_until_one_changes(void **state)
{
    (void)state;
    struct ctx c = reading(LANG_EN, 20260605);
    str name;
    str renamed = S("Another name");
    assert_err(label_find(&c, S("unit"), NOWSHERA, &name), ok);
    const int64_t asked = c.db->asked;
    for (int i = 0; i < 10; i++) {
        assert_err(label_find(&c, S("unit"), NOWSHERA, &name), ok);
    }
    if (strcmp(store_engine(testing_now->store), "sqlite") == 0) {
        assert_int_equal(c.db->asked, asked);
    }
    assert_false(str_eq(name, renamed));
    assert_int_equal(written_as(who(DESK), rename_district, &renamed), ERR_OK);
    assert_err(label_find(&c, S("unit"), NOWSHERA, &name), ok);
    assert_true(str_eq(name, renamed));
}

static void stood(int64_t unit, const struct place_stood *want, size_t want_n)
{
    struct ctx c = reading(LANG_EN, 20260605);
    struct place_stood *got;
    size_t n;
    assert_err(place_lineage(&c, unit, &got, &n), ok);
    assert_int_equal(n, want_n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(got[i].unit, want[i].unit);
        assert_int_equal(got[i].from_day, want[i].from_day);
        assert_int_equal(got[i].to_day, want[i].to_day);
    }
}

/* 600 is split into 601 and, under its old code, 602; of Nowshera a part goes to 603, and it goes on. */
static void what_stood_where_before_and_behind_a_split(void **state)
{
    (void)state;
    run_script("insert into unit values (600, 'PK590', 3, 10, 10, 600, null, 0, 20010814, 20260215),"
               " (601, 'PK591', 3, 10, 10, 601, null, 0, 20260215, 99991231),"
               " (602, 'PK590', 3, 10, 10, 602, null, 0, 20260215, 99991231),"
               " (603, 'PK592', 3, 10, 10, 603, null, 0, 20260301, 99991231);"
               "insert into unit_successor (from_id, to_id, from_day) values (600, 601, 20260215), (600, "
               "602, 20260215), (100, 603, 20260301)");
    const struct place_stood old = {600, 20010814, 20260214};
    const struct place_stood one = {601, 20260215, 99991231};
    const struct place_stood two = {602, 20260215, 99991231};
    stood(600, (struct place_stood[]){old, one, two}, 3);
    stood(601, (struct place_stood[]){old, one}, 2);
    stood(602, (struct place_stood[]){old, two}, 2);
    stood(603, (struct place_stood[]){{NOWSHERA, 20010814, 20260228}, {603, 20260301, 99991231}}, 2);
    stood(NOWSHERA, (struct place_stood[]){{NOWSHERA, 20010814, 99991231}}, 1);
    stood(HARIPUR, (struct place_stood[]){{HARIPUR, 20010814, 99991231}}, 1);
    /* What ended is still of its province; what has not begun is not. */
    struct ctx c = reading(LANG_EN, 20260220);
    int64_t *ids;
    size_t n;
    assert_err(place_districts(&c, PROVINCE, &ids, &n), ok);
    assert_int_equal(n, 5);
    assert_err(place_districts_all(&c, &ids, &n), ok);
    assert_int_equal(n, 5);
    /* Rows that go round and round end somewhere. */
    run_script("insert into unit_successor (from_id, to_id, from_day) values (601, 600, 20010814)");
    struct place_stood *got;
    assert_err(place_lineage(&c, 601, &got, &n), ok);
    assert_int_equal(n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(parents_come_before_children),
        FEATURE_TEST(a_unit_is_there_from_its_day_to_its_end),
        FEATURE_TEST(a_district_comes_first_in_its_own_names),
        FEATURE_TEST(names_fall_back),
        FEATURE_TEST(tehsils_of_units),
        FEATURE_TEST(ancestors_by_level),
        FEATURE_TEST(a_tree_that_bites_its_tail_is_noticed),
        FEATURE_TEST(what_lies_in_what),
        FEATURE_TEST(districts_of_a_division_and_of_a_tehsil),
        FEATURE_TEST(what_stood_where_before_and_behind_a_split),
        FEATURE_TEST(only_districts_with_a_desk_are_served),
        FEATURE_TEST(names_for_a_list),
        FEATURE_TEST(names_are_remembered_until_one_changes),
        FEATURE_TEST(groups_have_members_from_a_day),
        cmocka_unit_test(levels_have_names),
    };
    return FEATURE_TESTS(tests);
}
