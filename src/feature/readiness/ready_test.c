#include "feature_testing.h"

#include "ready.h"

struct testing_act {
    struct ready_said said;
};

static err run_said(struct ctx *c, void *arg)
{
    return ready_state(c, &((const struct testing_act *)arg)->said);
}

static void test_what_is_ready_is_counted_or_stated(void **state)
{
    (void)state;
    struct ready_table t;
    run_script(
        "insert into ready_item values (1, 'room', 'stated', 0, 2, 20010814, 99991231),"
        " (2, 'desk', 'desk', 1, 1, 20010814, 99991231), (3, 'staff', 'staff', 9, 3, 20010814, 99991231),"
        " (4, 'gone', 'stated', 0, 4, 20010814, 20260101);");
    struct testing_act a = {
        .said = {S("PK526"), S("room"), true, 20260604, S("A letter"), S("Assistant commissioner")}};
    struct ctx c = reading_as(who(ADC));
    assert_int_equal(ready_table(&c, S(""), &t).code, ERR_OK);
    assert_int_equal(t.items_n, 3);
    assert_int_equal(t.n, 1);
    assert_true(t.districts[0].cells[0].met && t.districts[0].cells[0].n == 1);
    assert_false(t.districts[0].cells[1].met || t.districts[0].cells[2].met); /* three of nine work there */
    assert_int_equal(written_as(who(ADC), run_said, &a), ERR_OK);
    assert_int_equal(written_as(who(OTHER_ADC), run_said, &a), ERR_NOT_FOUND);
    a.said.item = S("desk"); /* the tables know it */
    assert_int_equal(written_as(who(ADC), run_said, &a), ERR_INVALID);
    a.said.item = S("room");
    a.said.evidence = S("");
    assert_int_equal(written_as(who(ADC), run_said, &a), ERR_INVALID);
    c = reading_as(who(KP_MONITOR));
    assert_int_equal(ready_table(&c, S(""), &t).code, ERR_OK);
    assert_int_equal(t.n, 2);
    assert_true(str_eq(t.districts[1].code, S("PK526")));
    assert_true(t.districts[1].met == 2 && t.districts[0].met == 1);
    a.said.met = false; /* the last word counts */
    assert_int_equal(written_as(who(ADC), run_said, &a), ERR_OK);
    assert_int_equal(ready_table(&c, S("PK526"), &t).code, ERR_OK);
    assert_false(t.districts[0].cells[1].met);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_what_is_ready_is_counted_or_stated),
    };
    return FEATURE_TESTS(tests);
}
