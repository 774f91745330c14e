/* The life of a case, and every rule of it that is more than the table of states. */
#include "case_testing.h"

static int64_t closing(int64_t day)
{
    return day_at_ms(day, 16, 0);
}

static void on_day(int64_t day)
{
    clock_fix(day_at_ms(day, 12, 0));
}

static struct q_step_list *steps_of(const case_ref *ref, size_t *out_n)
{
    struct ctx c = reading_as(who(SUPERVISOR));
    const struct case_view v = view_of(ref);
    struct q_step_list *steps;
    bool more;
    assert_err(case_timeline(&c, &v, &steps, out_n, &more), ok);
    assert_false(more);
    for (size_t i = 0; i < *out_n / 2; i++) { /* as it was told, from the beginning */
        const struct q_step_list swap = steps[i];
        steps[i] = steps[*out_n - 1 - i];
        steps[*out_n - 1 - i] = swap;
    }
    return steps;
}

static struct q_step_list last_step(const case_ref *ref)
{
    size_t n;
    const struct q_step_list *steps = steps_of(ref, &n);
    return steps[n - 1];
}

static struct q_deadline_last clock_of(const case_ref *ref)
{
    const struct case_view v = view_of(ref);
    struct ctx c = reading_as(who(SUPERVISOR));
    const struct q_deadline_last_in in = {
        .home = v.row.home, .kind_no = 1, .subject_id = v.row.id, .clock_code = S("resolve")};
    struct q_deadline_last round;
    assert_err(q_deadline_last(c.db, c.arena, &in, &round), ok);
    return round;
}

static int64_t news(const char *code)
{
    const struct value v = {.type = VALUE_TEXT, .s = str_of(code)};
    return number_of("select count(*) from outbox where news_code = $1", &v, 1);
}

/* ---- from filing to her own answer ---- */

static void a_case_lives_until_she_says_solved(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_int_equal(state_of(&ref), CASE_ASSIGNED);
    struct case_view v = view_of(&ref);
    assert_int_equal(v.flow.office_id.v, TMA_OFFICE);
    assert_int_equal(v.flow.assignee_id.v, who(OFFICER).user_id);
    assert_true(str_eq(v.office_name, S("TMA Nowshera")));
    assert_int_equal(v.flow.due_ms, closing(20260608)); /* assigning alone moves no deadline */
    assert_done(do_as(OFFICER, &ref, ACT(ACCEPT, .words = STR_NONE)));
    assert_int_equal(state_of(&ref), CASE_IN_PROGRESS);
    assert_done(do_as(OFFICER, &ref, REPORT("done")));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_false(clock_of(&ref).stopped_ms.given); /* what the office says ends nothing */
    on_day(20260606);
    assert_done(do_as(DESK, &ref, ANSWER("solved", "phone")));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
    assert_int_equal(view_of(&ref).flow.open_flag, 0);
    assert_int_equal(clock_of(&ref).stopped_ms.v, day_at_ms(20260606, 12, 0));
    assert_true(str_eq(last_step(&ref).via_code, S("phone")));
    size_t n;
    (void)steps_of(&ref, &n);
    assert_int_equal(n, 5);
    assert_int_equal(news("case.assigned"), 1);
    assert_int_equal(news("case.solved"), 1);
    assert_int_equal(count_of("select count(*) from outbox"), 5);
}

static void nobody_else_can_say_solved(void **state)
{
    (void)state;
    static const enum testing_who others[] = {OFFICER, OFFICER_2, SUPERVISOR, ADC};
    const case_ref ref = file_reported();
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_refused(do_as(others[i], &ref, ANSWER("solved", "desk")), DENIED, FLOW_NOT_YOURS);
    }
    assert_int_equal(do_as(ADMIN, &ref, ANSWER("solved", "desk")), ERR_NOT_FOUND);
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_done(do_herself(&ref, ANSWER("solved", "public")));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
    assert_false(last_step(&ref).actor_id.given);
}

static void before_anything_was_done_there_is_no_answer(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_refused(do_as(DESK, &ref, ANSWER("solved", "desk")), CONFLICT, FLOW_NOT_NOW);
    assert_refused(do_herself(&ref, ANSWER("solved", "public")), CONFLICT, FLOW_NOT_NOW);
}

/* ---- the taker is never the resolver ---- */

static err run_report_as_officer_of_pabbi(struct ctx *c, void *arg)
{
    /* As an officer of Pabbi she reported; today she sits at the desk. */
    c->actor.role = ROLE_OFFICER;
    c->actor.office_id = PABBI_OFFICE;
    return testing_run_act(c, arg);
}

static void who_resolved_it_does_not_take_the_answer(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    /* another person, but of the office that did it */
    assert_refused(do_as(DESK_OF_TMA, &ref, ANSWER("solved", "desk")), DENIED, CASE_OWN_WORK);
    assert_refused(do_as(DESK_OF_TMA, &ref, ANSWER("not_solved", "desk")), DENIED, CASE_OWN_WORK);
    assert_done(do_as(DESK, &ref, ANSWER("partly", "desk")));

    /* the same person, who sits elsewhere now */
    const case_ref moved = file_water();
    assert_done(do_as(SUPERVISOR, &moved, ASSIGN("officer.pabbi")));
    struct testing_acting report = {.ref = moved, .act = REPORT("done")};
    assert_int_equal(written_as(who(DESK_2), run_report_as_officer_of_pabbi, &report), ERR_OK);
    assert_refused(do_as(DESK_2, &moved, ANSWER("solved", "desk")), DENIED, CASE_OWN_WORK);
    assert_done(do_as(DESK, &moved, ANSWER("solved", "desk")));
}

/* Also when her report was one of an earlier round. */
static void an_earlier_report_counts_too(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "desk")));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_done(do_as(PABBI_OFFICER, &ref, REPORT("done")));
    assert_refused(do_as(DESK_OF_TMA, &ref, ANSWER("solved", "desk")), DENIED, CASE_OWN_WORK);
}

/* ---- answered on the spot ---- */

static void what_is_answered_on_the_spot_ends_with_her_word(void **state)
{
    (void)state;
    struct case_act spot = ACT(SPOT, .words = S("The valve was opened"), .result = S("done"));
    const case_ref ref = file_water();
    assert_refused(do_as(OFFICER, &ref, spot), NOT_FOUND, NONE);
    spot.words = STR_NONE;
    assert_refused(do_as(DESK, &ref, spot), INVALID, ACT_REPORT_MISSING);
    spot.words = S("The valve was opened");
    spot.result = S("partly");
    assert_refused(do_as(DESK, &ref, spot), INVALID, CASE_RESULT_NEEDED);
    spot.result = S("done");
    assert_done(do_as(DESK, &ref, spot));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_true(str_eq(last_step(&ref).via_code, S("event")));
    assert_refused(do_as(SUPERVISOR, &ref, ANSWER("solved", "event")), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(DESK, &ref, ANSWER("solved", "event")));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
}

static void not_possible_on_the_spot_says_why_and_when(void **state)
{
    (void)state;
    struct case_act spot = ACT(SPOT, .words = S("No money this year"), .result = S("not_possible"));
    const case_ref ref = file_water();
    assert_refused(do_as(SUPERVISOR, &ref, spot), INVALID, CASE_REASON_NEEDED);
    spot.reason = S("no_funds");
    spot.next_day = day_add(local_day(clock_now_ms()), 30);
    assert_done(do_as(SUPERVISOR, &ref, spot));
    assert_true(str_eq(view_of(&ref).flow.reason_code, S("no_funds")));
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "event")));
    assert_int_equal(state_of(&ref), CASE_NOT_SOLVED);
}

/* The hand that writes is not of the office that answers. */
static void an_office_does_not_write_its_own_answer(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_refused(do_as(DESK_OF_TMA, &ref, ACT(SPOT, .words = S("Done"), .result = S("done"))), DENIED,
                   CASE_OWN_WORK);
    assert_done(do_as(DESK, &ref, ACT(SPOT, .words = S("Done"), .result = S("done"))));
}

/* ---- answers ---- */

static void a_proxys_solved_is_unconfirmed(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_done(do_as(DESK, &ref, ANSWER("solved", "proxy")));
    assert_int_equal(state_of(&ref), CASE_CLOSED_UNCONFIRMED);
    assert_true(str_eq(last_step(&ref).result_code, S("solved_by_proxy")));
    assert_true(clock_of(&ref).stopped_ms.given);
    assert_done(do_herself(&ref, ANSWER("not_solved", "public"))); /* her own word may still come */
    assert_int_equal(state_of(&ref), CASE_NOT_SOLVED);

    const case_ref partly = file_reported();
    assert_done(do_as(DESK, &partly, ANSWER("partly", "proxy"))); /* what is bad needs no proof */
    assert_int_equal(state_of(&partly), CASE_PARTLY);
    assert_true(str_eq(last_step(&partly).via_code, S("proxy")));
}

/* On the public page it is she who speaks, whatever was sent along. */
static void her_own_answer_came_from_her(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_done(do_herself(&ref, ANSWER("solved", "proxy")));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
    assert_true(str_eq(last_step(&ref).via_code, S("public")));
}

static void an_answer_says_what_and_how(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_refused(do_as(DESK, &ref, ANSWER("", "desk")), INVALID, CASE_OUTCOME_NEEDED);
    assert_string_equal(testing_now->fail.field, "outcome");
    assert_refused(do_as(DESK, &ref, ANSWER("solved_by_proxy", "desk")), INVALID, CASE_OUTCOME_NEEDED);
    assert_refused(do_as(DESK, &ref, ANSWER("solved", "")), INVALID, CASE_VIA_NEEDED);
    assert_string_equal(testing_now->fail.field, "taken_via");
    assert_refused(do_as(DESK, &ref, ANSWER("solved", "hearsay")), INVALID, CASE_VIA_NEEDED);
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
}

static void partly_and_not_solved_stay_open(void **state)
{
    (void)state;
    static const struct {
        const char *outcome;
        unsigned state;
    } cases[] = {{"partly", CASE_PARTLY}, {"not_solved", CASE_NOT_SOLVED}};
    for (size_t i = 0; i < 2; i++) {
        const case_ref ref = file_reported();
        assert_done(do_as(DESK, &ref, ACT(ANSWER, .outcome = str_of(cases[i].outcome), .via = S("desk"))));
        assert_int_equal(state_of(&ref), cases[i].state);
        assert_int_equal(view_of(&ref).flow.open_flag, 1);
        assert_false(clock_of(&ref).stopped_ms.given);
        assert_refused(do_as(DESK, &ref, ANSWER("solved", "desk")), CONFLICT, FLOW_NOT_NOW);
    }
}

/* ---- rejecting ---- */

static void a_rejection_says_why(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_refused(do_as(SUPERVISOR, &ref, ACT(REJECT, .words = STR_NONE)), INVALID, ACT_REASON_MISSING);
    assert_refused(do_as(SUPERVISOR, &ref, ACT(REJECT, .words = S(" \t\n"))), INVALID, ACT_REASON_MISSING);
    assert_refused(do_as(DESK, &ref, REASON(REJECT)), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(SUPERVISOR, &ref, REASON(REJECT)));
    assert_int_equal(state_of(&ref), CASE_REJECTED);
    assert_true(clock_of(&ref).stopped_ms.given);
}

static void nobody_rejects_against_her_word(void **state)
{
    (void)state;
    static const char *const outcomes[] = {"partly", "not_solved"};
    for (size_t i = 0; i < 2; i++) {
        const case_ref ref = file_reported();
        assert_done(do_as(DESK, &ref, ACT(ANSWER, .outcome = str_of(outcomes[i]), .via = S("desk"))));
        assert_refused(do_as(SUPERVISOR, &ref, REASON(REJECT)), CONFLICT, FLOW_NOT_NOW);
        assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
        assert_refused(do_as(SUPERVISOR, &ref, REASON(REJECT)), CONFLICT, CASE_AGAINST_HER_WORD);
        assert_refused(do_as(ADC, &ref, REASON(REJECT)), CONFLICT, CASE_AGAINST_HER_WORD);
        assert_done(do_as(DESK, &ref, ACT(WITHDRAW, .words = STR_NONE)));
        assert_done(do_as(DESK, &ref, REASON(REOPEN)));
        assert_refused(do_as(ADC, &ref, REASON(REJECT)), CONFLICT, CASE_AGAINST_HER_WORD);
    }
}

static void a_contested_rejection_is_the_adcs(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, REASON(REJECT)));
    assert_done(do_herself(&ref, REASON(REOPEN)));
    assert_int_equal(state_of(&ref), CASE_REOPENED);
    assert_refused(do_as(SUPERVISOR, &ref, REASON(REJECT)), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_refused(do_as(SUPERVISOR, &ref, REASON(REJECT)), DENIED, CASE_CONTESTED);
    assert_done(do_as(ADC, &ref, REASON(REJECT)));
    assert_int_equal(state_of(&ref), CASE_REJECTED);
    assert_done(do_herself(&ref, REASON(REOPEN))); /* and nobody decides twice */
    assert_refused(do_as(ADC, &ref, REASON(REJECT)), DENIED, CASE_REJECTED_BEFORE);
}

/* Opened again after somebody had called it solved: that is her word, though she never said "not solved". */
static void what_she_opened_again_is_not_rejected(void **state)
{
    (void)state;
    const case_ref solved = file_reported();
    assert_done(do_herself(&solved, ANSWER("solved", "public")));
    const case_ref proxy = file_reported();
    assert_done(do_as(DESK, &proxy, ANSWER("solved", "proxy")));
    const case_ref *refs[] = {&solved, &proxy};
    for (size_t i = 0; i < 2; i++) {
        assert_done(do_herself(refs[i], REASON(REOPEN)));
        assert_refused(do_as(ADC, refs[i], REASON(REJECT)), CONFLICT, CASE_AGAINST_HER_WORD);
    }
}

static void withdrawing_is_hers(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    /* once she was asked, her answer is wanted and nothing in its place */
    assert_refused(do_as(DESK, &ref, ACT(WITHDRAW, .via = S("desk"))), DENIED, FLOW_NOT_YOURS);
    assert_done(do_herself(&ref, ANSWER("not_solved", "public")));
    assert_refused(do_as(DESK, &ref, ACT(WITHDRAW, .via = S("desk"))), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_refused(do_as(DESK_OF_TMA, &ref, ACT(WITHDRAW, .via = S("desk"))), DENIED, CASE_OWN_WORK);
    assert_refused(do_as(DESK, &ref, ACT(WITHDRAW, .via = S("proxy"))), INVALID, CASE_WITHDRAW_HERSELF);
    assert_done(do_herself(&ref, ACT(WITHDRAW, .via = S("public"))));
    assert_int_equal(state_of(&ref), CASE_WITHDRAWN);
}

/* Another number is no answer to what she was asked. */
static void a_correction_answers_nothing(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which house?"))));
    struct case_act number = ACT(AMEND, .words = STR_NONE);
    assert_err(phone_of(testing_now->arena, S("0300 2222222"), &number.phone), ok);
    assert_done(do_as(DESK, &ref, number));
    /* and an empty answer is asked for again, of her as of the desk */
    assert_refused(do_herself(&ref, ACT(AMEND, .words = S(" "))), INVALID, CASE_AMEND_WHAT);
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .words = STR_NONE)), INVALID, CASE_AMEND_WHAT);
    assert_int_equal(state_of(&ref), CASE_INFO_ASKED);
    assert_true(clock_of(&ref).paused_ms.given);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .words = S("The third one"))));
    assert_int_equal(state_of(&ref), CASE_IN_PROGRESS);
}

/* A flood of notes must not bury the case: bounded for each role and day, and the newest hundred are what is
 * read. */
static void notes_are_bounded(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    for (int day = 0; day < 4; day++) {
        on_day(20260606 + day);
        for (int i = 0; i < CASE_NOTES_A_DAY; i++) {
            assert_done(do_as(OFFICER, &ref, REASON(COMMENT)));
        }
        assert_refused(do_as(OFFICER, &ref, REASON(COMMENT)), CONFLICT, CASE_NOTES_ENOUGH_STAFF);
        assert_done(do_herself(&ref, REASON(COMMENT))); /* he does not silence her */
    }
    struct ctx c = reading_as(who(SUPERVISOR));
    const struct case_view v = view_of(&ref);
    struct q_step_list *steps;
    size_t n;
    bool more;
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_int_equal(n, CASE_STEPS_SHOWN);
    assert_true(more);
    assert_int_equal(steps[0].role_no, ROLE_PUBLIC); /* the newest first */
}

/* What is only pointed to reaches no table, by no way in. */
static void violence_is_not_taken_down(void **state)
{
    (void)state;
    struct testing_filing f = {.told = told("N-DV", "PK52601", "canaryviolence")};
    assert_refused(written_as(who(DESK), testing_run_file, &f), INVALID, CASE_SERVICE_POINTED);
    assert_int_equal(count_of("select count(*) from cases"), 0);
    const case_ref ref = file_water();
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .service = S("N-DV"))), INVALID, CASE_SERVICE_POINTED);
}

/* They may have been corrected because they named somebody. */
static void the_department_does_not_read_corrected_words(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), told("M-WAT-01", "PK52601", "canaryname said so")).ref;
    assert_done(do_as(DESK, &ref, ACT(AMEND, .description = S("She said so"))));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    static const enum testing_who readers[] = {OFFICER, DESK};
    for (size_t i = 0; i < 2; i++) {
        struct ctx c = reading_as(who(readers[i]));
        const struct case_view v = view_of(&ref);
        struct q_step_list *steps;
        size_t n;
        bool more;
        assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
        assert_int_equal(steps[1].action_no, CASE_AMEND);
        assert_int_equal(steps[1].words_text.p != NULL, readers[i] == DESK);
    }
}

/* ---- reopening, withdrawing ---- */

static void reopening_needs_a_reason_and_no_login(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    assert_refused(do_herself(&ref, ACT(REOPEN, .words = S("  "))), INVALID, ACT_REASON_MISSING);
    assert_string_equal(testing_now->fail.field, "words");
    assert_refused(do_as(SUPERVISOR, &ref, REASON(REOPEN)), DENIED, FLOW_NOT_YOURS);
    assert_done(do_herself(&ref, ACT(REOPEN, .words = S("Dry again"))));
    assert_int_equal(state_of(&ref), CASE_REOPENED);
    assert_true(str_eq(last_step(&ref).words_text, S("Dry again")));
    assert_int_equal(news("case.reopened"), 1);
}

static void she_may_withdraw_and_come_back(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_refused(do_as(OFFICER, &ref, ACT(WITHDRAW, .words = STR_NONE)), DENIED, FLOW_NOT_YOURS);
    assert_done(do_herself(&ref, ACT(WITHDRAW, .words = STR_NONE)));
    assert_int_equal(state_of(&ref), CASE_WITHDRAWN);
    assert_true(clock_of(&ref).stopped_ms.given);
    assert_done(do_as(DESK, &ref, REASON(REOPEN)));
    assert_int_equal(state_of(&ref), CASE_REOPENED);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
}

/* ---- assigning, and the rounds of the clock ---- */

static void only_officers_of_the_district_are_given_a_case(void **state)
{
    (void)state;
    static const char *const wrong[] = {"officer.haripur", "desk.nowshera", "supervisor.nowshera",
                                        "officer.gone",    "nobody",        ""};
    const case_ref ref = file_water();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_refused(do_as(SUPERVISOR, &ref, ACT(ASSIGN, .to = str_of(wrong[i]))), INVALID,
                       CASE_OFFICER_UNKNOWN);
        assert_string_equal(testing_now->fail.field, "to");
    }
    assert_refused(do_as(DESK, &ref, ASSIGN("officer.nowshera")), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(ADC, &ref, ASSIGN("officer.nowshera")));
    struct ctx c = reading_as(who(SUPERVISOR));
    struct q_officer_list *officers;
    size_t n;
    const struct case_view v = view_of(&ref);
    assert_err(case_officers(&c, &v, &officers, &n), ok);
    assert_int_equal(n, 3);
    assert_true(str_eq(officers[0].login_code, S("officer.nowshera")));
    assert_true(str_eq(officers[2].login_code, S("officer2.nowshera")));
}

static void given_to_another_office_the_first_loses_it(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    on_day(20260606);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_int_equal(do_as(OFFICER, &ref, REPORT("done")), ERR_NOT_FOUND);
    assert_done(do_as(PABBI_OFFICER, &ref, REPORT("partly")));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260608));
    assert_int_equal(clock_of(&ref).round_no, 1);
    assert_int_equal(count_of("select count(*) from assignment where to_ms is null"), 1);
    assert_int_equal(count_of("select count(*) from assignment"), 2);
}

static void given_anew_it_is_promised_anew(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    on_day(20260620);
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "desk")));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260608));
    on_day(20260622);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260625));
    assert_int_equal(clock_of(&ref).round_no, 2);
    assert_int_equal(clock_of(&ref).started_ms, day_at_ms(20260622, 12, 0));

    assert_done(do_as(PABBI_OFFICER, &ref, REPORT("done")));
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    on_day(20260705); /* ten days by then */
    assert_done(do_as(DESK, &ref, REASON(REOPEN)));
    assert_int_equal(view_of(&ref).flow.due_ms,
                     closing(20260715)); /* at once, or nobody would be late with it */
    assert_int_equal(clock_of(&ref).round_no, 3);
    on_day(20260706);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260715));
    assert_int_equal(clock_of(&ref).round_no, 3);
}

static void without_a_limit_there_are_no_rounds(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), told("M-LIB-01", "PK52601", "Closed")).ref;
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which day?"))));
    assert_done(do_herself(&ref, ACT(AMEND, .words = S("Fridays"))));
    assert_done(do_as(OFFICER, &ref, NOT_POSSIBLE("no_funds")));
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "desk")));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_int_equal(view_of(&ref).flow.due_ms, case_no_due());
    assert_int_equal(count_of("select count(*) from deadline"), 0);
}

/* ---- asking, commenting, reporting ---- */

static void while_she_is_asked_the_clock_stands(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_refused(do_as(OFFICER, &ref, ACT(ASK, .words = STR_NONE)), INVALID, ACT_ASK_MISSING);
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which house?"))));
    assert_int_equal(state_of(&ref), CASE_INFO_ASKED);
    assert_true(clock_of(&ref).paused_ms.given);
    on_day(20260606);
    assert_done(do_as(DESK, &ref, REASON(COMMENT)));
    assert_true(clock_of(&ref).paused_ms.given); /* a comment lets nothing run */
    on_day(20260607);
    assert_done(do_herself(&ref, ACT(AMEND, .words = S("The third"))));
    assert_int_equal(state_of(&ref), CASE_IN_PROGRESS);
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260610));
    assert_false(clock_of(&ref).paused_ms.given);
    assert_true(str_eq(last_step(&ref).words_text, S("The third")));

    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("And which street?"))));
    on_day(20260627);
    assert_done(do_as(OFFICER, &ref, REPORT("done"))); /* she never answered: seven days in all */
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260615));
}

/* Withdrawn or rejected while she was asked, the matter has ended and its clock too. */
static void what_ends_while_she_is_asked_ends_its_clock(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        const case_ref ref = file_water();
        assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
        assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which house?"))));
        assert_done(i == 0 ? do_as(DESK, &ref, ACT(WITHDRAW, .words = STR_NONE))
                           : do_as(SUPERVISOR, &ref, REASON(REJECT)));
        assert_true(clock_of(&ref).stopped_ms.given);
        assert_false(clock_of(&ref).paused_ms.given);
    }
}

static void a_comment_moves_nothing(void **state)
{
    (void)state;
    static const enum testing_who all[] = {DESK, OFFICER, SUPERVISOR, ADC};
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    const struct case_view before = view_of(&ref);
    const int64_t sent = count_of("select count(*) from outbox");
    on_day(20260607);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        assert_done(do_as(all[i], &ref, REASON(COMMENT)));
    }
    assert_done(do_herself(&ref, REASON(COMMENT)));
    assert_refused(do_as(DESK, &ref, ACT(COMMENT, .words = STR_NONE)), INVALID, ACT_COMMENT_MISSING);
    const struct case_view after = view_of(&ref);
    assert_int_equal(after.state, before.state);
    assert_int_equal(after.flow.due_ms, before.flow.due_ms);
    assert_int_equal(after.flow.since_ms, before.flow.since_ms);
    assert_int_equal(clock_of(&ref).due_ms, before.flow.due_ms);
    assert_int_equal(after.flow.step_no, before.flow.step_no + 5);
    assert_int_equal(count_of("select count(*) from outbox"), sent);
}

static void a_report_says_what_and_how_far(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_refused(do_as(OFFICER, &ref, ACT(REPORT_ACTION, .result = S("done"))), INVALID,
                   ACT_REPORT_MISSING);
    assert_refused(do_as(OFFICER, &ref, REPORT("")), INVALID, CASE_RESULT_NEEDED);
    assert_refused(do_as(OFFICER, &ref, REPORT("solved")), INVALID, CASE_RESULT_NEEDED);
    assert_string_equal(testing_now->fail.field, "result");
    assert_done(do_as(OFFICER_2, &ref, NOT_POSSIBLE("no_funds"))); /* her colleague of the same office */
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_true(str_eq(last_step(&ref).result_code, S("not_possible")));
}

/* ---- correcting ---- */

static void old_words_stay_in_the_timeline(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(DESK, &ref, ACT(AMEND, .description = S("No water since Eid"))));
    assert_true(str_eq(view_of(&ref).row.words_text, S("No water since Eid")));
    const struct q_step_list step = last_step(&ref);
    assert_int_equal(step.action_no, CASE_AMEND);
    assert_true(str_eq(step.detail_code, S("description")) &&
                str_eq(step.words_text, S("No water in our street")));
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .description = S(" "))), INVALID, CASE_AMEND_WHAT);
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .words = STR_NONE)), INVALID, CASE_AMEND_WHAT);
    assert_true(str_eq(view_of(&ref).row.words_text, S("No water since Eid")));
    assert_refused(do_as(SUPERVISOR, &ref, ACT(AMEND, .description = S("x"))), DENIED, FLOW_NOT_YOURS);
}

static void another_matter_has_another_limit_from_the_same_day(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    on_day(20260703); /* by now water has ten days; it was filed when it had three */
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-LGT-01"))));
    struct case_view v = view_of(&ref);
    assert_int_equal(v.row.service_id, LIGHT);
    assert_int_equal(v.flow.topic_id, LIGHT);
    assert_int_equal(v.flow.due_ms, closing(20260612));
    assert_int_equal(clock_of(&ref).due_ms, closing(20260612));
    assert_true(str_eq(clock_of(&ref).basis_text, S("Notified")));
    assert_true(str_eq(last_step(&ref).words_text, S("M-WAT-01")));
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-WAT-01"))));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260608));
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .service = S("M-XXX-99"))), INVALID, CASE_SERVICE_UNKNOWN);
}

static void to_no_limit_and_back(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    on_day(20260606);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-LIB-01"))));
    assert_int_equal(view_of(&ref).flow.due_ms, case_no_due());
    assert_true(clock_of(&ref).stopped_ms.given);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-LGT-01"))));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260612));
    assert_false(clock_of(&ref).stopped_ms.given);

    const case_ref first = file_as(who(DESK), told("M-PRK-01", "PK52601", "Closed")).ref;
    on_day(20260607);
    assert_done(do_as(DESK, &first, ACT(AMEND, .service = S("M-LGT-01"))));
    assert_int_equal(view_of(&first).flow.due_ms, closing(20260613)); /* from the 6th, when it was filed */
    assert_int_equal(clock_of(&first).round_no, 1);
}

/* What she took to answer is not lost when the desk corrects the matter with it. */
static void a_corrected_limit_keeps_her_days(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Is it the lamp?"))));
    on_day(20260607);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .words = S("Yes"), .service = S("M-LGT-01"))));
    assert_int_equal(state_of(&ref), CASE_IN_PROGRESS);
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260614));
    assert_int_equal(clock_of(&ref).due_ms, closing(20260614));
}

static void a_corrected_limit_of_a_later_round_counts_from_that(void **state)
{
    (void)state;
    const case_ref ref = file_reported();
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    on_day(20260620);
    assert_done(do_as(DESK, &ref, REASON(REOPEN)));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260623));
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-LGT-01"))));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260627));
    assert_done(do_as(DESK, &ref, ACT(AMEND, .service = S("M-WAT-01"))));
    assert_int_equal(view_of(&ref).flow.due_ms, closing(20260623));
}

static void another_place_of_the_same_district(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(DESK, &ref, ACT(AMEND, .unit = S("PK5260201"))));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.row.unit_id, PABBI_COUNCIL);
    assert_int_equal(v.flow.unit_id, PABBI_COUNCIL);
    assert_int_equal(v.row.tehsil_id.v, PABBI);
    assert_true(str_eq(last_step(&ref).words_text, S("PK52601")));
    assert_done(do_as(DESK, &ref, ACT(AMEND, .unit = S("PK526"))));
    assert_false(view_of(&ref).row.tehsil_id.given);
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .unit = S("PK51101"))), INVALID, CASE_UNIT_ELSEWHERE);
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .unit = S("PK5"))), INVALID, CASE_UNIT_ELSEWHERE);
    assert_refused(do_as(DESK, &ref, ACT(AMEND, .unit = S("PK99999"))), INVALID, CASE_UNIT_ELSEWHERE);
    assert_int_equal(view_of(&ref).row.home, NOWSHERA);
}

static size_t found_by(const char *typed)
{
    struct ctx c = reading_as(who(DESK));
    const struct case_filter f = {.words = str_of(typed), .limit = 10};
    struct q_case_list *rows;
    size_t n;
    bool more;
    assert_err(case_list(&c, &f, &rows, &n, &more), ok);
    return n;
}

static size_t of_number(const char *typed)
{
    struct ctx c = reading_as(who(DESK));
    phone p;
    uint8_t blind[BLIND_LEN];
    struct q_case_of_blind *rows;
    size_t n;
    assert_err(phone_of(c.arena, str_of(typed), &p), ok);
    vault_blind(store_vault(c.store), S("phone"), p.e164, blind);
    const struct q_case_of_blind_in in = {.home = NOWSHERA,
                                          .index_kind_code = S("phone"),
                                          .blind_hash = {(const char *)blind, sizeof blind},
                                          .limit = 10};
    assert_err(q_case_of_blind(c.db, c.arena, &in, &rows, &n), ok);
    return n;
}

static void another_number_replaces_the_old_one(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    struct case_act amend = ACT(AMEND, .words = STR_NONE);
    assert_err(phone_of(testing_now->arena, S("0300 1111111"), &n.phone), ok);
    assert_err(phone_of(testing_now->arena, S("0300 2222222"), &amend.phone), ok);
    n.whose_phone = S("own");
    n.safe_call = true;
    const case_ref ref = file_as(who(DESK), n).ref;
    assert_int_equal(of_number("0300 1111111"), 1);
    assert_done(do_as(DESK, &ref, amend));
    assert_int_equal(of_number("0300 1111111"), 0);
    assert_int_equal(of_number("0300 2222222"), 1);
    assert_int_equal(count_of("select count(*) from identity_index"), 1);
    const struct q_step_list step = last_step(&ref);
    assert_true(str_eq(step.detail_code, S("phone")));
    assert_null(step.words_text.p); /* a number is identity: the old one is gone */
    struct ctx c = reading_as(who(DESK));
    const struct case_view v = view_of(&ref);
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_identity(&c, &v, &id), ok);
    assert_true(str_eq(id.phone, S("+923002222222")));
    assert_false(id.safe_call); /* she said so of the other one */
    assert_int_equal(id.whose_phone.n, 0);
    assert_done(do_as(DESK, &ref, amend)); /* the same again */
    assert_int_equal(of_number("0300 2222222"), 1);
}

static void search_follows_the_words(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_int_equal(found_by("street"), 1);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .description = S("Broken lamp"))));
    assert_int_equal(found_by("street"), 0);
    assert_int_equal(found_by("lamp"), 1);
}

static void only_the_desk_corrects(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_refused(do_herself(&ref, ACT(AMEND, .words = S("More"))), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which house?"))));
    assert_refused(do_herself(&ref, ACT(AMEND, .description = S("Other words"))), DENIED, FLOW_NOT_YOURS);
    assert_refused(do_herself(&ref, ACT(AMEND, .words = S("x"), .service = S("M-LGT-01"))), DENIED,
                   FLOW_NOT_YOURS);
    assert_int_equal(state_of(&ref), CASE_INFO_ASKED);
    assert_true(clock_of(&ref).paused_ms.given); /* what was refused left nothing */
}

static void several_corrections_at_once(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(DESK, &ref,
                      ACT(AMEND, .words = S("She called"), .description = S("Lamp out"),
                          .service = S("M-LGT-01"), .unit = S("PK52602"))));
    size_t n;
    const struct q_step_list *steps = steps_of(&ref, &n);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(steps[i].step_no, (int64_t)i + 1);
    }
    const struct case_view v = view_of(&ref);
    assert_true(v.row.service_id == LIGHT && v.row.unit_id == PABBI &&
                str_eq(v.row.words_text, S("Lamp out")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_case_lives_until_she_says_solved),
        FEATURE_TEST(nobody_else_can_say_solved),
        FEATURE_TEST(before_anything_was_done_there_is_no_answer),
        FEATURE_TEST(who_resolved_it_does_not_take_the_answer),
        FEATURE_TEST(an_earlier_report_counts_too),
        FEATURE_TEST(a_proxys_solved_is_unconfirmed),
        FEATURE_TEST(her_own_answer_came_from_her),
        FEATURE_TEST(an_answer_says_what_and_how),
        FEATURE_TEST(partly_and_not_solved_stay_open),
        FEATURE_TEST(a_rejection_says_why),
        FEATURE_TEST(nobody_rejects_against_her_word),
        FEATURE_TEST(a_contested_rejection_is_the_adcs),
        FEATURE_TEST(what_she_opened_again_is_not_rejected),
        FEATURE_TEST(withdrawing_is_hers),
        FEATURE_TEST(a_correction_answers_nothing),
        FEATURE_TEST(notes_are_bounded),
        FEATURE_TEST(violence_is_not_taken_down),
        FEATURE_TEST(the_department_does_not_read_corrected_words),
        FEATURE_TEST(reopening_needs_a_reason_and_no_login),
        FEATURE_TEST(she_may_withdraw_and_come_back),
        FEATURE_TEST(only_officers_of_the_district_are_given_a_case),
        FEATURE_TEST(given_to_another_office_the_first_loses_it),
        FEATURE_TEST(given_anew_it_is_promised_anew),
        FEATURE_TEST(without_a_limit_there_are_no_rounds),
        FEATURE_TEST(while_she_is_asked_the_clock_stands),
        FEATURE_TEST(what_ends_while_she_is_asked_ends_its_clock),
        FEATURE_TEST(a_comment_moves_nothing),
        FEATURE_TEST(a_report_says_what_and_how_far),
        FEATURE_TEST(old_words_stay_in_the_timeline),
        FEATURE_TEST(another_matter_has_another_limit_from_the_same_day),
        FEATURE_TEST(to_no_limit_and_back),
        FEATURE_TEST(a_corrected_limit_keeps_her_days),
        FEATURE_TEST(a_corrected_limit_of_a_later_round_counts_from_that),
        FEATURE_TEST(another_place_of_the_same_district),
        FEATURE_TEST(another_number_replaces_the_old_one),
        FEATURE_TEST(search_follows_the_words),
        FEATURE_TEST(only_the_desk_corrects),
        FEATURE_TEST(several_corrections_at_once),
        FEATURE_TEST(what_is_answered_on_the_spot_ends_with_her_word),
        FEATURE_TEST(not_possible_on_the_spot_says_why_and_when),
        FEATURE_TEST(an_office_does_not_write_its_own_answer),
    };
    return FEATURE_TESTS(tests);
}
