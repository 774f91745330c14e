/* The tree of places and the names of things. */
#include "feature_testing.h"

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

static void levels_have_names(void **state)
{
    (void)state;
    assert_string_equal(level_name(LEVEL_COUNTRY), "country");
    assert_string_equal(level_name(LEVEL_DISTRICT), "district");
    assert_string_equal(level_name(LEVEL_TEHSIL), "tehsil");
    assert_string_equal(level_name(LEVEL_PLACE + 1), "place");
    assert_string_equal(level_name(-1), "place");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(parents_come_before_children),
        FEATURE_TEST(a_unit_is_there_from_its_day_to_its_end),
        FEATURE_TEST(a_district_comes_first_in_its_own_names),
        FEATURE_TEST(names_fall_back),
        FEATURE_TEST(tehsils_of_units),
        cmocka_unit_test(levels_have_names),
    };
    return FEATURE_TESTS(tests);
}
