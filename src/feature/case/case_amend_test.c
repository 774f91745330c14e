/* Correcting how she is reached, what she agrees to and which papers are here. */
#include "case_testing.h"

static struct case_new with_number(void)
{
    struct case_new n = told("M-WAT-01", "PK52601", "No water in our street");
    n.phone = (phone){S("+923001234567")};
    n.whose_phone = S("neighbour");
    n.safe_call = true;
    return n;
}

static struct case_identity identity_of(const case_ref *ref)
{
    struct ctx c = reading_as(who(DESK));
    struct case_view v;
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_find(&c, ref, &v), ok);
    assert_err(case_identity(&c, &v, &id), ok);
    return id;
}

#define AMEND(...) ACT(AMEND, .words = STR_NONE, __VA_ARGS__)

static void what_she_says_of_her_number_holds(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), with_number()).ref;
    assert_int_equal(view_of(&ref).row.reachable_flag, 1);
    assert_done(do_as(DESK, &ref, AMEND(.safe_call = SOME(0), .when = S("evening"))));
    const struct case_identity id = identity_of(&ref);
    assert_false(id.safe_call);
    assert_true(str_eq(id.when, S("evening")) && str_eq(id.whose_phone, S("neighbour"))); /* the rest stays */
    assert_int_equal(view_of(&ref).row.reachable_flag, 0);
    assert_done(do_as(DESK, &ref, AMEND(.safe_call = SOME(1))));
    assert_int_equal(view_of(&ref).row.reachable_flag, 1);
}

static void a_new_number_is_safe_only_when_said_so(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), with_number()).ref;
    const phone other = {S("+923009999999")};
    assert_done(do_as(DESK, &ref, AMEND(.phone = other)));
    assert_int_equal(view_of(&ref).row.reachable_flag, 0);
    assert_done(do_as(DESK, &ref, AMEND(.phone = other, .safe_call = SOME(1))));
    assert_int_equal(view_of(&ref).row.reachable_flag, 1);
}

static void without_a_number_there_is_nothing_to_say_of_it(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_refused(do_as(DESK, &ref, AMEND(.safe_call = SOME(1))), INVALID, CASE_NO_NUMBER);
}

static void who_does_not_want_to_be_called_is_not(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), with_number()).ref;
    assert_done(do_as(DESK, &ref, AMEND(.consent[CASE_purpose_call] = S("no"))));
    assert_int_equal(view_of(&ref).row.reachable_flag, 0);
    assert_done(do_as(DESK, &ref, AMEND(.safe_call = SOME(1)))); /* the number is safe; she still says no */
    assert_int_equal(view_of(&ref).row.reachable_flag, 0);
    assert_done(do_as(DESK, &ref, AMEND(.consent[CASE_purpose_call] = S("yes"))));
    assert_int_equal(view_of(&ref).row.reachable_flag, 1);
}

static void contact_is_hers_to_give_through_the_desk(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), with_number()).ref;
    assert_int_equal(do_as(SUPERVISOR, &ref, AMEND(.safe_call = SOME(0))), ERR_DENIED);
    assert_true(identity_of(&ref).safe_call);
}

static void timeline_of_contact_names_nothing(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), with_number()).ref;
    struct ctx c = reading_as(who(SUPERVISOR));
    struct q_step_list *steps;
    size_t n;
    bool more;
    assert_done(do_as(DESK, &ref, AMEND(.whose_phone = S("husband"))));
    const struct case_view v = view_of(&ref);
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_true(str_eq(steps[0].detail_code, S("contact")));
    assert_int_equal(steps[0].words_text.n, 0);
}

/* ---- another place, another limit ---- */

static void another_place_has_its_own_limit(void **state)
{
    (void)state;
    run_script(
        "insert into service_term values (499, 400, 102, 20010814, 99991231, 9, 'By-law', 1, null, null);");
    const case_ref ref = file_water(); /* in the tehsil of Nowshera: three days */
    const int64_t due = view_of(&ref).flow.due_ms;
    assert_done(do_as(DESK, &ref, AMEND(.unit = S("PK52602"))));
    assert_int_equal(view_of(&ref).flow.due_ms, due + 6 * (int64_t)MS_PER_DAY);
    assert_done(do_as(DESK, &ref, AMEND(.unit = S("PK52601"))));
    assert_int_equal(view_of(&ref).flow.due_ms, due);
}

static void a_suggestion_is_owed_by_no_date(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "A pump near the school");
    n.kind = S("suggestion");
    const case_ref ref = file_as(who(DESK), n).ref;
    assert_int_equal(view_of(&ref).flow.due_ms, case_no_due());
    assert_done(do_as(DESK, &ref, AMEND(.service = S("M-WAT-01"))));
    assert_int_equal(view_of(&ref).flow.due_ms, case_no_due());
    assert_int_equal(count_of("select count(*) from deadline"), 0);
}

/* ---- what is hidden from her ---- */

static void what_was_taken_back_is_none_of_her_story(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    struct ctx c = reading_as((struct actor){.role = ROLE_PUBLIC});
    struct case_view v;
    struct q_step_list *steps;
    size_t n;
    bool more;
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_err(case_admit(&c, &ref), ok);
    assert_err(case_find(&c, &ref, &v), ok);
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_int_equal(n, 1);
    assert_int_equal(steps[0].action_no, CASE_FILE);
    struct ctx staff = reading_as(who(SUPERVISOR));
    assert_err(case_timeline(&staff, &v, &steps, &n, &more), ok);
    assert_int_equal(n, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(what_she_says_of_her_number_holds),
        FEATURE_TEST(a_new_number_is_safe_only_when_said_so),
        FEATURE_TEST(without_a_number_there_is_nothing_to_say_of_it),
        FEATURE_TEST(who_does_not_want_to_be_called_is_not),
        FEATURE_TEST(contact_is_hers_to_give_through_the_desk),
        FEATURE_TEST(timeline_of_contact_names_nothing),
        FEATURE_TEST(another_place_has_its_own_limit),
        FEATURE_TEST(a_suggestion_is_owed_by_no_date),
        FEATURE_TEST(what_was_taken_back_is_none_of_her_story),
    };
    return FEATURE_TESTS(tests);
}
