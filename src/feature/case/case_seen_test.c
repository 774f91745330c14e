/* Who has seen a case, and what follows: nobody takes back what somebody has read, nobody acts on what she
 * has not. */
#include "case_testing.h"

static err run_seen(struct ctx *c, void *arg)
{
    return case_seen(c, arg);
}

static bool unseen_by(enum testing_who w, const case_ref *ref)
{
    struct ctx c = reading_as(who(w));
    return case_unseen(&c, ref);
}

static void sees(enum testing_who w, const case_ref *ref)
{
    case_ref copy = *ref;
    assert_done(written_as(who(w), run_seen, &copy));
}

static void what_was_seen_is_seen_until_something_happens(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_true(unseen_by(SUPERVISOR, &ref));
    sees(SUPERVISOR, &ref);
    assert_false(unseen_by(SUPERVISOR, &ref));
    assert_true(unseen_by(ADC, &ref)); /* each for herself */
    assert_done(do_as(DESK, &ref, ACT(COMMENT, .words = S("She called again"))));
    assert_true(unseen_by(SUPERVISOR, &ref));
}

static void what_is_out_of_reach_is_neither_seen_nor_unseen(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    case_ref copy = ref;
    assert_false(unseen_by(OFFICER, &ref)); /* nobody has given it to him */
    assert_int_equal(written_as(who(OFFICER), run_seen, &copy), ERR_NOT_FOUND);
    assert_int_equal(count_of("select count(*) from seen"), 0);
}

static void a_step_is_taken_back_until_somebody_else_has_seen_it(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    sees(SUPERVISOR, &ref); /* she who took it may look at it */
    assert_done(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(state_of(&ref), CASE_REGISTERED);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    sees(OFFICER, &ref);
    assert_refused(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)), CONFLICT, FLOW_UNDO_SEEN);
    assert_int_equal(state_of(&ref), CASE_ASSIGNED);
}

static void what_was_seen_before_the_step_does_not_hinder(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    sees(ADC, &ref);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)));
}

static void nobody_acts_on_what_has_changed_meanwhile(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    const int64_t step = view_of(&ref).flow.step_no;
    assert_done(do_as(DESK, &ref, ACT(COMMENT, .words = S("Her neighbour too"), .step = step)));
    assert_refused(do_as(SUPERVISOR, &ref, ACT(ASSIGN, .to = S("officer.nowshera"), .step = step)), CONFLICT,
                   FLOW_CHANGED_MEANWHILE);
    assert_int_equal(state_of(&ref), CASE_REGISTERED);
    assert_done(do_as(SUPERVISOR, &ref, ACT(ASSIGN, .to = S("officer.nowshera"), .step = step + 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(what_was_seen_is_seen_until_something_happens),
        FEATURE_TEST(what_is_out_of_reach_is_neither_seen_nor_unseen),
        FEATURE_TEST(a_step_is_taken_back_until_somebody_else_has_seen_it),
        FEATURE_TEST(what_was_seen_before_the_step_does_not_hinder),
        FEATURE_TEST(nobody_acts_on_what_has_changed_meanwhile),
    };
    return FEATURE_TESTS(tests);
}
