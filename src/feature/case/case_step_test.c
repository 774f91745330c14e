/* The steps a real desk meets: what is not possible now, marked, returned, taken back, tried in vain, handed
 * over. */
#include "case_testing.h"

static const phone her_phone = {.e164 = S_INIT("+923001234567")};

/* A case of somebody who may be called. */
static case_ref file_reachable(void)
{
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.phone = her_phone;
    n.safe_call = true;
    return file_as(who(DESK), n).ref;
}

static case_ref file_assigned(void)
{
    const case_ref ref = file_reachable();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    return ref;
}

static case_ref file_awaiting(void)
{
    const case_ref ref = file_assigned();
    assert_done(do_as(OFFICER, &ref, REPORT("done")));
    return ref;
}

static void later(int64_t ms)
{
    clock_fix(clock_now_ms() + ms);
}

static int64_t calls(const char *code)
{
    const struct value v = {.type = VALUE_TEXT, .s = str_of(code)};
    return number_of("select count(*) from call_back where done_ms is null and call_code = $1", &v, 1);
}

static struct q_step_list step_last(const case_ref *ref)
{
    const struct case_view v = view_of(ref);
    struct ctx c = reading_as(who(SUPERVISOR));
    struct q_step_list *steps;
    size_t n;
    bool more;
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_true(n > 0);
    return steps[0];
}

/* ---- not possible now ---- */

static void not_possible_needs_a_reason_and_a_date(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    struct case_act act = NOT_POSSIBLE("no_funds");
    act.reason = STR_NONE;
    assert_refused(do_as(OFFICER, &ref, act), INVALID, CASE_REASON_NEEDED);
    assert_string_equal(testing_now->fail.field, "reason");
    act.reason = S("no_wish");
    assert_refused(do_as(OFFICER, &ref, act), INVALID, CASE_REASON_NEEDED);
    act.reason = S("no_funds");
    act.next_day = 0;
    assert_refused(do_as(OFFICER, &ref, act), INVALID, CASE_NEXT_NEEDED);
    assert_string_equal(testing_now->fail.field, "next_date");
    act.next_day = local_day(clock_now_ms());
    assert_refused(do_as(OFFICER, &ref, act), INVALID, CASE_NEXT_WHEN);
    act.next_day = day_add(local_day(clock_now_ms()), 731);
    assert_refused(do_as(OFFICER, &ref, act), INVALID, CASE_NEXT_WHEN);
    act.next_day = day_add(local_day(clock_now_ms()), 30);
    assert_done(do_as(OFFICER, &ref, act));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.state, CASE_AWAITING_ANSWER); /* told and asked: her word ends it, not his */
    assert_true(str_eq(v.flow.reason_code, S("no_funds")));
    assert_int_equal(v.flow.next_day.v, act.next_day);
    assert_int_equal(calls("next"), 1);
    struct ctx c = reading_as(who(SUPERVISOR));
    struct case_counts n;
    assert_err(case_count(&c, KIND_COMPLAINT, &n), ok);
    assert_int_equal(n.no_funds, 1);
}

static void what_was_impossible_is_possible_again(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    assert_done(do_as(OFFICER, &ref, NOT_POSSIBLE("court_stay")));
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "phone")));
    assert_true(str_eq(view_of(&ref).flow.reason_code, S("court_stay"))); /* still why */
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_true(str_eq(view_of(&ref).flow.reason_code, S("")));
    assert_done(do_as(OFFICER, &ref, REPORT("done")));
    assert_true(str_eq(view_of(&ref).flow.reason_code, S("")));
}

/* ---- within and between offices ---- */

static void the_head_marks_and_keeps_the_clock(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    const struct case_view before = view_of(&ref);
    assert_refused(do_as(OFFICER_2, &ref, ACT(MARK, .to = S("officer.nowshera"))), DENIED, CASE_MARK_HEAD);
    assert_refused(do_as(OFFICER, &ref, ACT(MARK, .to = S("officer.nowshera"))), INVALID, CASE_MARK_WHOM);
    assert_refused(do_as(OFFICER, &ref, ACT(MARK, .to = S("officer.pabbi"))), INVALID, CASE_MARK_WHOM);
    assert_refused(do_as(SUPERVISOR, &ref, ACT(MARK, .to = S("officer2.nowshera"))), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(OFFICER, &ref, ACT(MARK, .to = S("officer2.nowshera"))));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.flow.assignee_id.v, who(OFFICER).user_id);
    assert_int_equal(v.flow.marked_id.v, who(OFFICER_2).user_id);
    assert_int_equal(v.flow.due_ms, before.flow.due_ms);
    assert_done(do_as(OFFICER_2, &ref, REPORT("done")));
}

static void what_is_not_theirs_goes_back_with_a_reason(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    const int64_t due = view_of(&ref).flow.due_ms;
    assert_refused(do_as(OFFICER, &ref, ACT(WRONG_DEPARTMENT, .words = STR_NONE)), INVALID,
                   ACT_REASON_MISSING);
    assert_done(do_as(OFFICER, &ref, REASON(WRONG_DEPARTMENT)));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.state, CASE_REGISTERED);
    assert_false(v.flow.office_id.given);
    assert_int_equal(v.flow.due_ms, due); /* nobody gains time by passing it on */
    assert_int_equal(do_as(OFFICER_2, &ref, REPORT("done")), ERR_NOT_FOUND);
    struct ctx c = reading_as(who(DESK));
    const struct case_filter f = {.returned = true, .limit = 10};
    struct q_case_list *rows;
    size_t n;
    bool more;
    assert_err(case_list(&c, &f, &rows, &n, &more), ok);
    assert_int_equal(n, 1);
}

/* About the staff of an office: never to that office, whoever asks for it. */
static void what_is_about_staff_goes_past_their_office(void **state)
{
    (void)state;
    run_script("update service set sensitivity_code = 'P' where id = 401;"
               "insert into service_body values (401, 100, 301, 20010814, 99991231);"
               "update account set office_id = 301 where login_code = 'officer.pabbi';");
    const case_ref ref = file_as(who(DESK), told("M-LGT-01", "PK52601", "A bribe was asked for")).ref;
    assert_refused(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")), INVALID, CASE_PAST_OFFICES);
    assert_string_equal(testing_now->fail.field, "to");
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_int_equal(do_as(OFFICER, &ref, REPORT("done")), ERR_NOT_FOUND);
    /* nor does it become such a matter while that office has it: it would read what is said of it */
    const case_ref there = file_assigned();
    struct case_act amend = ACT(AMEND, .words = STR_NONE);
    amend.service = S("M-LGT-01");
    assert_refused(do_as(DESK, &there, amend), CONFLICT, CASE_PAST_HOLDER);
    assert_done(do_as(SUPERVISOR, &there, ASSIGN("officer.pabbi")));
    assert_done(do_as(DESK, &there, amend));
}

static void a_visit_goes_through_the_desk(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    assert_refused(do_as(OFFICER, &ref, ACT(VISIT, .words = STR_NONE)), INVALID, ACT_VISIT_MISSING);
    assert_done(do_as(OFFICER, &ref, ACT(VISIT, .words = S("Tomorrow at ten"))));
    assert_int_equal(calls("visit"), 1);
    struct ctx c = reading_as(who(OFFICER));
    const struct case_view v = view_of(&ref);
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_identity(&c, &v, &id), denied);
}

/* ---- taking back ---- */

static err run_seen(struct ctx *c, void *arg)
{
    return case_seen(c, arg);
}

static void one_takes_back_ones_own_step(void **state)
{
    (void)state;
    const case_ref ref = file_reachable();
    const struct case_view before = view_of(&ref);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.pabbi")));
    assert_refused(do_as(ADC, &ref, ACT(UNDO, .words = STR_NONE)), DENIED, FLOW_UNDO_NOT_YOURS);
    later(9 * MINUTE_MS);
    assert_done(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.state, CASE_REGISTERED);
    assert_false(v.flow.office_id.given);
    assert_int_equal(v.flow.due_ms, before.flow.due_ms);
    assert_int_equal(count_of("select count(*) from outbox where news_code = 'case.assigned'"), 0);
    assert_int_equal(count_of("select count(*) from assignment where to_ms is null"), 0);
    /* once, and not what is taken back already */
    assert_refused(do_as(SUPERVISOR, &ref, ACT(UNDO, .words = STR_NONE)), CONFLICT, FLOW_UNDO_NOTHING);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
}

static void too_late_seen_or_sent_is_not_taken_back(void **state)
{
    (void)state;
    const case_ref late = file_reachable();
    assert_done(do_as(SUPERVISOR, &late, ASSIGN("officer.nowshera")));
    later(11 * MINUTE_MS);
    assert_refused(do_as(SUPERVISOR, &late, ACT(UNDO, .words = STR_NONE)), CONFLICT, FLOW_UNDO_LATE);
    const case_ref seen = file_reachable();
    case_ref arg = seen;
    assert_done(do_as(SUPERVISOR, &seen, ASSIGN("officer.nowshera")));
    assert_done(written_as(who(SUPERVISOR), run_seen, &arg)); /* one's own look is none */
    assert_done(written_as(who(OFFICER), run_seen, &arg));
    assert_refused(do_as(SUPERVISOR, &seen, ACT(UNDO, .words = STR_NONE)), CONFLICT, FLOW_UNDO_SEEN);
    const case_ref sent = file_reachable();
    assert_done(do_as(SUPERVISOR, &sent, ASSIGN("officer.nowshera")));
    run_script("update outbox set taken_ms = 1;");
    assert_refused(do_as(SUPERVISOR, &sent, ACT(UNDO, .words = STR_NONE)), CONFLICT, FLOW_UNDO_SENT);
}

static void an_answer_taken_back_never_was(void **state)
{
    (void)state;
    const case_ref ref = file_awaiting();
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    assert_int_equal(view_of(&ref).flow.spent_days.v, 0);
    assert_done(do_as(DESK, &ref, ACT(UNDO, .words = STR_NONE)));
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.state, CASE_AWAITING_ANSWER);
    assert_false(v.flow.spent_days.given);
    assert_int_equal(v.flow.mark_no, MARK_ASKED);
    assert_int_equal(calls("ask"), 1); /* she is to be asked again */
    assert_int_equal(count_of("select count(*) from deadline where stopped_ms is null"), 1);
    /* a mistyped "not solved" does not stand in the way of anything */
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "desk")));
    assert_done(do_as(DESK, &ref, ACT(UNDO, .words = STR_NONE)));
    struct ctx c = reading_as(who(DESK));
    const struct subject s = view_of(&ref).subject;
    bool reached = true;
    assert_err(flow_reached(&c, &s, CASE_NOT_SOLVED, &reached), ok);
    assert_false(reached);
}

static void a_pause_taken_back_leaves_the_clock_alone(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    const int64_t due = view_of(&ref).flow.due_ms;
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which street?"))));
    assert_int_equal(count_of("select count(*) from deadline where paused_ms is not null"), 1);
    assert_done(do_as(OFFICER, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(count_of("select count(*) from deadline where paused_ms is not null"), 0);
    assert_int_equal(view_of(&ref).flow.due_ms, due);
    assert_int_equal(calls("info"), 0);
}

static void a_round_taken_back_is_gone(void **state)
{
    (void)state;
    const case_ref ref = file_awaiting();
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    later(HOUR_MS);
    assert_done(do_as(DESK, &ref, REASON(REOPEN)));
    assert_int_equal(count_of("select max(round_no) from deadline"), 2);
    assert_done(do_as(DESK, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
    assert_int_equal(count_of("select max(round_no) from deadline"), 1);
    assert_int_equal(count_of("select count(*) from deadline where stopped_ms is null"), 0);
}

/* Calls that the step planned are none; those that it ended are owed again. */
static void calls_follow_what_is_taken_back(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    assert_done(do_as(OFFICER, &ref, ACT(VISIT, .words = S("To see the pipe"))));
    assert_done(do_as(OFFICER, &ref, ACT(VISIT, .words = S("To see the meter"))));
    assert_int_equal(calls("visit"), 2);
    assert_done(do_as(OFFICER, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(calls("visit"), 1); /* the first one is still asked for */
    assert_done(do_as(DESK, &ref, ACT(WITHDRAW, .words = S("She says so"), .via = S("desk"))));
    assert_int_equal(calls("visit"), 0);
    assert_done(do_as(DESK, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(calls("visit"), 1);
}

static void a_try_taken_back_may_be_made_today(void **state)
{
    (void)state;
    const case_ref ref = file_awaiting();
    const int64_t today = count_of("select due_day from call_back where done_ms is null");
    assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
    assert_int_equal(count_of("select tries_n from call_back where done_ms is null"), 1);
    assert_int_equal(count_of("select due_day from call_back where done_ms is null"), day_add(today, 1));
    assert_done(do_as(DESK, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(calls("ask"), 1);
    assert_int_equal(count_of("select tries_n from call_back where done_ms is null"), 0);
    assert_int_equal(count_of("select due_day from call_back where done_ms is null"), today);
    assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
}

/* The newest date is the one she is told; one that holds no more is not. */
static void one_next_date_is_told(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    struct case_act later_date = NOT_POSSIBLE("court_stay");
    later_date.next_day = day_add(later_date.next_day, 30);
    assert_done(do_as(OFFICER, &ref, NOT_POSSIBLE("no_funds")));
    assert_done(do_as(DESK, &ref, ANSWER("not_solved", "desk")));
    assert_int_equal(calls("next"), 1);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_int_equal(calls("next"), 0);
    assert_done(do_as(OFFICER, &ref, later_date));
    assert_int_equal(calls("next"), 1);
    assert_int_equal(count_of("select due_day from call_back where call_code = 'next' and done_ms is null"),
                     later_date.next_day);
}

/* ---- what came of a call ---- */

static void a_note_of_the_desk_ends_the_call_that_it_answers(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    const struct case_act told = ACT(COMMENT, .words = S("Tuesday at ten"), .told = S("visit"));
    assert_done(do_as(OFFICER, &ref, ACT(VISIT, .words = S("To see the pipe"))));
    assert_done(do_as(DESK, &ref, ACT(COMMENT, .words = S("She asked at the desk"))));
    assert_int_equal(calls("visit"), 1); /* that was no answer to it */
    assert_int_equal(do_as(OFFICER, &ref, told), ERR_DENIED);
    assert_done(do_as(DESK, &ref, told));
    assert_int_equal(calls("visit"), 0);
    assert_true(str_eq(step_last(&ref).words_text, S("Tuesday at ten")));
}

static void who_gave_it_back_has_it_no_more(void **state)
{
    (void)state;
    const case_ref ref = file_assigned();
    assert_int_equal(count_of("select count(*) from assignment where to_ms is null"), 1);
    assert_done(do_as(OFFICER, &ref, REASON(WRONG_DEPARTMENT)));
    assert_int_equal(count_of("select count(*) from assignment where to_ms is null"), 0);
    /* out of his office's reach, but for taking that back */
    assert_int_equal(do_as(OFFICER_2, &ref, ACT(COMMENT, .words = S("Ours after all"))), ERR_NOT_FOUND);
    assert_done(do_as(OFFICER, &ref, ACT(UNDO, .words = STR_NONE)));
    assert_int_equal(count_of("select count(*) from assignment where to_ms is null"), 1);
    assert_done(do_as(OFFICER, &ref, REASON(WRONG_DEPARTMENT)));
    later(11 * MINUTE_MS);
    assert_int_equal(do_as(OFFICER, &ref, ACT(UNDO, .words = STR_NONE)), ERR_NOT_FOUND);
}

/* ---- nobody there ---- */

static void three_days_tried_close_it_unconfirmed(void **state)
{
    (void)state;
    const case_ref ref = file_awaiting();
    for (int day = 1; day <= 3; day++) {
        assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
        assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
        if (day < 3) {
            assert_refused(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)), CONFLICT,
                           CASE_TRIED_TODAY);
            later(MS_PER_DAY);
        }
    }
    assert_int_equal(state_of(&ref), CASE_CLOSED_UNCONFIRMED);
    assert_int_equal(step_last(&ref).role_no, ROLE_SYSTEM);
    assert_int_equal(calls("ask"), 0);
    assert_done(do_herself(&ref, ACT(ANSWER, .outcome = S("not_solved")))); /* her word still counts */
    assert_int_equal(state_of(&ref), CASE_NOT_SOLVED);
}

/* Tries of an earlier question are none of this one. */
static void tries_begin_anew_with_each_question(void **state)
{
    (void)state;
    const case_ref ref = file_awaiting();
    assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
    later(MS_PER_DAY);
    assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
    assert_done(do_as(DESK, &ref, ANSWER("partly", "phone")));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, REPORT("done")));
    later(MS_PER_DAY);
    assert_done(do_as(DESK, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
}

static err run_silent(struct ctx *c, void *arg)
{
    return case_silent(c, arg);
}

static void without_a_channel_it_waits_thirty_days(void **state)
{
    (void)state;
    int64_t done = 0;
    const case_ref silent = file_reported(); /* no number was told */
    const case_ref called = file_awaiting(); /* she has one: she is called, not closed */
    assert_refused(do_as(DESK, &silent, ACT(CALL_FAILED, .words = STR_NONE)), CONFLICT, CASE_NOT_REACHABLE);
    later(29 * (int64_t)MS_PER_DAY);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_silent, &done));
    assert_int_equal(done, 0);
    later(2 * (int64_t)MS_PER_DAY);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_silent, &done));
    assert_int_equal(done, 1);
    assert_int_equal(state_of(&silent), CASE_CLOSED_UNCONFIRMED);
    assert_int_equal(state_of(&called), CASE_AWAITING_ANSWER);
    assert_done(do_as(DESK, &silent, REASON(REOPEN)));
    /* That nobody may call her any more closes nothing on the same day. */
    assert_done(do_as(DESK, &called, ACT(AMEND, .words = STR_NONE, .safe_call = SOME(0))));
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_silent, &done));
    assert_int_equal(state_of(&called), CASE_AWAITING_ANSWER);
    later(31 * (int64_t)MS_PER_DAY);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_silent, &done));
    assert_int_equal(state_of(&called), CASE_CLOSED_UNCONFIRMED);
}

/* ---- another institution ---- */

static void handed_over_it_comes_back_to_her(void **state)
{
    (void)state;
    const case_ref ref = file_reachable();
    assert_refused(do_as(OFFICER, &ref, ACT(HAND_OVER, .words = STR_NONE)), NOT_FOUND, NONE);
    assert_done(do_as(DESK, &ref, ACT(HAND_OVER, .words = S("Number 7"))));
    assert_done(do_as(DESK, &ref, ACT(HAND_OVER, .words = S("Number 8"))));
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
    assert_done(do_as(DESK, &ref, ACT(LOOK_UP, .words = STR_NONE)));
    assert_done(do_as(DESK, &ref, ACT(OUTCOME, .words = S("Granted"), .some_back = true)));
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
    assert_refused(do_as(DESK, &ref, ANSWER("solved", "desk")), CONFLICT, FLOW_NOT_NOW);
    assert_done(do_as(DESK, &ref, ACT(OUTCOME, .words = S("Granted"))));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_done(do_as(DESK, &ref, ANSWER("solved", "desk")));
    assert_int_equal(view_of(&ref).flow.mark_no, MARK_ASKED | MARK_ANSWERED | MARK_HANDED_OVER);
}

/* ---- kinds ---- */

static void a_suggestion_has_no_date_and_is_never_rejected(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "A tap for the bus stand");
    n.kind = S("suggestion");
    const struct case_receipt r = file_as(who(DESK), n);
    assert_int_equal(r.due_ms, case_no_due());
    assert_refused(do_as(SUPERVISOR, &r.ref, REASON(REJECT)), CONFLICT, FLOW_NOT_NOW);
    assert_done(do_as(SUPERVISOR, &r.ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &r.ref, REPORT("partly")));
    struct ctx c = reading_as(who(SUPERVISOR));
    struct case_counts counts;
    assert_err(case_count(&c, KIND_COMPLAINT, &counts), ok);
    assert_int_equal(counts.all, 0);
    assert_err(case_count(&c, KIND_SUGGESTION, &counts), ok);
    assert_int_equal(counts.by_state[CASE_AWAITING_ANSWER], 1);
}

static void refused(struct case_new n, enum msg why, const char *field)
{
    struct testing_filing f = {.told = n};
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, why);
    assert_string_equal(testing_now->fail.field, field);
}

static void an_application_lists_what_is_missing(void **state)
{
    (void)state;
    struct case_new n = told("M-LIB-01", "PK52601", "A card");
    n.kind = S("application");
    const case_ref ref = file_as(who(DESK), n).ref; /* nothing brought along stops nobody */
    struct ctx c = reading_as(who(DESK));
    struct case_view v = view_of(&ref);
    struct case_paper *papers;
    size_t papers_n;
    assert_err(case_papers(&c, &v, &papers, &papers_n), ok);
    assert_int_equal(papers_n, 1); /* the other one is asked for no more */
    assert_true(str_eq(papers[0].code, S("cnic_copy")) && !papers[0].given);
    n.documents = S("cnic_copy");
    const case_ref complete = file_as(who(DESK), n).ref;
    v = view_of(&complete);
    assert_err(case_papers(&c, &v, &papers, &papers_n), ok);
    assert_true(papers[0].given);
    n.documents = S("passport");
    refused(n, MSG_CASE_DOCUMENT_UNKNOWN, "documents");
    n = told("M-WAT-01", "PK52601", "Water");
    n.kind = S("application");
    refused(n, MSG_CASE_NO_APPLICATION, "kind");
    n.kind = S("petition");
    refused(n, MSG_CASE_KIND_UNKNOWN, "kind");
}

static void what_ended_yesterday_is_said_to_be_over(void **state)
{
    (void)state;
    refused(told("M-OLD-01", "PK52601", "Too late"), MSG_CASE_SERVICE_OVER, "service");
    refused(told("M-NONE-01", "PK52601", "What"), MSG_CASE_SERVICE_UNKNOWN, "service");
}

/* ---- the person ---- */

static void without_a_name_nothing_of_her_is_kept(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.name = S("Canary Name");
    n.phone = her_phone;
    n.safe_call = true;
    n.alias = S("Canary Alias");
    n.cnic = S("17301-1234567-2");
    n.address = S("Canary Street");
    n.signatories = S("Canary One\nCanary Two");
    for (int by_consent = 0; by_consent < 2; by_consent++) {
        n.anonymous = by_consent == 0;
        n.consent[CASE_purpose_record] = by_consent == 0 ? STR_NONE : S("no");
        const case_ref ref = file_as(who(DESK), n).ref;
        const struct case_view v = view_of(&ref);
        assert_int_equal(v.row.anonymous_flag, 1);
        assert_int_equal(v.row.reachable_flag, 0);
        assert_int_equal(v.row.group_n, 2); /* how many they were is no name */
    }
    assert_int_equal(
        count_of("select count(*) from identity where name_enc is not null or phone_enc is not null"
                 " or alias_enc is not null or cnic_enc is not null or address_enc is not null"),
        0);
    assert_int_equal(count_of("select count(*) from identity"), 2);
    assert_int_equal(count_of("select count(*) from identity_index"), 0);
}

static void a_group_of_four_hundred_signs(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf names = buf_new(20000);
    struct case_new n = told("M-WAT-01", "PK52601", "No water for the whole mohalla");
    for (int i = 1; i <= 400; i++) {
        buf_printf(&names, "Signatory %d\n", i);
    }
    n.behalf = S("group");
    n.signatories = buf_str(&names);
    const case_ref ref = file_as(who(DESK), n).ref;
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.row.group_n, 400);
    struct ctx c = reading_as(who(DESK));
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_identity(&c, &v, &id), ok);
    assert_int_equal(id.signatories_n, 400);
    assert_true(str_eq(id.signatories[399], S("Signatory 400")));
}

static void what_she_does_not_want_counted_is_not_kept(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.age = S("30_44");
    n.minority = S("yes");
    n.difficulty[2] = S("cannot");
    case_ref ref = file_as(who(DESK), n).ref;
    struct case_view v = view_of(&ref);
    assert_true(str_eq(v.row.disability_code, S("yes")) && str_eq(v.row.age_code, S("30_44")));
    n.difficulty[2] = S("some");
    ref = file_as(who(DESK), n).ref;
    v = view_of(&ref);
    assert_true(str_eq(v.row.disability_code, S("no")));
    n.consent[CASE_purpose_figures] = S("no");
    ref = file_as(who(DESK), n).ref;
    v = view_of(&ref);
    assert_true(str_eq(v.row.disability_code, S("not_asked")) && str_eq(v.row.age_code, S("not_stated")));
    assert_true(str_eq(v.row.minority_code, S("not_stated")));
    assert_int_equal(count_of("select count(*) from identity where difficulty_enc is not null"), 2);
}

static void consent_is_taken_back(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.phone = her_phone;
    n.safe_call = true;
    n.consent[CASE_purpose_call] = S("yes");
    const case_ref ref = file_as(who(DESK), n).ref;
    struct ctx c = reading_as(who(DESK));
    str said[CASE_purpose_n];
    struct case_view v = view_of(&ref);
    assert_err(case_consents(&c, &v, said), ok);
    assert_true(str_eq(said[CASE_purpose_call], S("yes")) && said[CASE_purpose_hand_over].n == 0);
    struct case_act act = ACT(AMEND, .words = STR_NONE);
    act.consent[CASE_purpose_call] = S("no");
    later(1);
    assert_done(do_as(DESK, &ref, act));
    v = view_of(&ref);
    assert_err(case_consents(&c, &v, said), ok);
    assert_true(str_eq(said[CASE_purpose_call], S("no")));
    assert_int_equal(v.row.reachable_flag, 0);                     /* nobody calls her from now on */
    assert_int_equal(count_of("select count(*) from consent"), 2); /* what she said before stays */
}

static void what_may_not_be_written_down_is_forgotten(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.name = S("Canary Name");
    n.phone = her_phone;
    n.safe_call = true;
    n.cnic = S("17301-1234567-2");
    n.signatories = S("Canary One\nCanary Two");
    n.consent[CASE_purpose_record] = S("yes");
    const case_ref ref = file_as(who(DESK), n).ref;
    struct case_act act = ACT(AMEND, .words = STR_NONE);
    act.consent[CASE_purpose_record] = S("no");
    assert_done(do_as(DESK, &ref, act));
    assert_int_equal(
        count_of("select count(*) from identity where name_enc is not null or phone_enc is not null"
                 " or cnic_enc is not null or party_no > 1"),
        0);
    assert_int_equal(count_of("select count(*) from identity_index"), 0);
    assert_int_equal(count_of("select count(*) from destroyed_key"), 1);
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.row.anonymous_flag, 1);
    assert_int_equal(v.row.reachable_flag, 0);
    struct ctx c = reading_as(who(DESK));
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_identity(&c, &v, &id), ok);
    assert_int_equal(id.name.n + id.phone.n + id.cnic.n + id.signatories_n, 0);
    /* the matter goes on, and it is forgotten once */
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(DESK, &ref, act));
    assert_int_equal(count_of("select count(*) from destroyed_key"), 1);
    act = ACT(AMEND, .words = STR_NONE);
    act.phone = her_phone;
    assert_refused(do_as(DESK, &ref, act), CONFLICT, CASE_ANONYMOUS_PHONE);
}

static void me_too_is_a_case_of_her_own(void **state)
{
    (void)state;
    const case_ref first = file_water();
    struct case_new n = told("M-WAT-01", "PK52601", "Me too");
    n.same_as = arena_str(testing_now->arena, case_ref_digits(&first));
    const case_ref second = file_as(who(DESK), n).ref;
    n.same_as = arena_str(testing_now->arena, case_ref_digits(&second)); /* of the same fault as the first */
    (void)file_as(who(DESK), n);
    assert_int_equal(view_of(&first).told_n, 3);
    assert_int_equal(view_of(&second).told_n, 3);
    const case_ref elsewhere = file_as(who(OTHER_DESK), told("M-WAT-01", "PK51101", "There")).ref;
    n.same_as = arena_str(testing_now->arena, case_ref_digits(&elsewhere));
    refused(n, MSG_CASE_SAME_UNKNOWN, "same_as");
}

/* ---- a lost slip ---- */

struct renewing {
    case_ref ref;
    struct case_facts facts;
    bool done;
};

static err run_renew(struct ctx *c, void *arg)
{
    struct renewing *r = arg;
    return case_pin_new(c, &r->ref, &r->facts, &r->done);
}

static void pin_of(const case_ref *ref, char out[PIN_LEN])
{
    struct ctx c = reading_as(who(DESK));
    assert_err(case_pin(&c, ref, out), ok);
}

struct opening {
    case_ref ref;
    str pin;
    enum case_opened opened;
};

static err run_open(struct ctx *c, void *arg)
{
    struct opening *o = arg;
    return case_open_by_pin(c, &o->ref, o->pin, &o->opened);
}

static void who_guesses_at_her_pin_keeps_her_from_no_new_one(void **state)
{
    (void)state;
    char now[PIN_LEN];
    const struct renewing wrong = {.ref = file_as(who(DESK), told("M-WAT-01", "PK52601", "No water")).ref,
                                   .facts = {.service = S("M-LGT-01"), .place = S("PK52601")}};
    struct opening o = {.ref = wrong.ref, .pin = S("wrong!")};
    enum err_code e = ERR_OK;
    for (int i = 0; i < 50 && e == ERR_OK; i++) {
        e = written_as((struct actor){.role = ROLE_PUBLIC}, run_open, &o);
    }
    assert_int_equal(e, ERR_LIMIT);
    struct renewing right = wrong;
    right.facts.service = S("M-WAT-01");
    assert_done(written_as(who(DESK), run_renew, &right));
    assert_true(right.done);
    pin_of(&o.ref, now);
    o.pin = (str){now, PIN_LEN};
    assert_done(written_as((struct actor){.role = ROLE_PUBLIC}, run_open, &o)); /* and it opens at once */
    assert_int_equal(o.opened, CASE_PIN_RIGHT);
    /* Wrong facts are bounded too, and shut nobody out who has her PIN. */
    for (int i = 0; i < 50 && e != ERR_OK; i++) {
        struct renewing r = wrong;
        e = written_as(who(DESK), run_renew, &r) == ERR_LIMIT ? ERR_OK : e;
    }
    assert_int_equal(e, ERR_OK);
    assert_int_equal(testing_now->fail.message, MSG_CASE_FACTS_WAIT);
    assert_done(written_as((struct actor){.role = ROLE_PUBLIC}, run_open, &o));
    assert_int_equal(o.opened, CASE_PIN_RIGHT);
}

static void two_facts_give_a_new_pin_and_the_old_one_dies(void **state)
{
    (void)state;
    char old[PIN_LEN];
    char now[PIN_LEN];
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.name = S("بی بی");
    n.phone = her_phone;
    struct renewing r = {.ref = file_as(who(DESK), n).ref};
    pin_of(&r.ref, old);
    r.facts.name = S("بى بى"); /* another yeh */
    assert_int_equal(written_as(who(DESK), run_renew, &r), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_CASE_FACTS_TWO);
    r.facts.service = S("M-LGT-01"); /* one right, one wrong */
    assert_done(written_as(who(DESK), run_renew, &r));
    assert_false(r.done);
    pin_of(&r.ref, now);
    assert_memory_equal(old, now, PIN_LEN);
    assert_true(count_of("select count(*) from wrong_try") > 0);
    r.facts.service = S("M-WAT-01");
    assert_done(written_as(who(DESK), run_renew, &r));
    assert_true(r.done);
    pin_of(&r.ref, now);
    assert_memory_not_equal(old, now, PIN_LEN);
    assert_int_equal(step_last(&r.ref).action_no, CASE_PIN_NEW);
    assert_int_equal(written_as(who(OTHER_DESK), run_renew, &r), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(OFFICER), run_renew, &r), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(not_possible_needs_a_reason_and_a_date),
        FEATURE_TEST(what_was_impossible_is_possible_again),
        FEATURE_TEST(the_head_marks_and_keeps_the_clock),
        FEATURE_TEST(what_is_not_theirs_goes_back_with_a_reason),
        FEATURE_TEST(what_is_about_staff_goes_past_their_office),
        FEATURE_TEST(a_visit_goes_through_the_desk),
        FEATURE_TEST(one_takes_back_ones_own_step),
        FEATURE_TEST(too_late_seen_or_sent_is_not_taken_back),
        FEATURE_TEST(an_answer_taken_back_never_was),
        FEATURE_TEST(a_pause_taken_back_leaves_the_clock_alone),
        FEATURE_TEST(a_round_taken_back_is_gone),
        FEATURE_TEST(calls_follow_what_is_taken_back),
        FEATURE_TEST(a_try_taken_back_may_be_made_today),
        FEATURE_TEST(one_next_date_is_told),
        FEATURE_TEST(a_note_of_the_desk_ends_the_call_that_it_answers),
        FEATURE_TEST(who_gave_it_back_has_it_no_more),
        FEATURE_TEST(three_days_tried_close_it_unconfirmed),
        FEATURE_TEST(tries_begin_anew_with_each_question),
        FEATURE_TEST(without_a_channel_it_waits_thirty_days),
        FEATURE_TEST(handed_over_it_comes_back_to_her),
        FEATURE_TEST(a_suggestion_has_no_date_and_is_never_rejected),
        FEATURE_TEST(an_application_lists_what_is_missing),
        FEATURE_TEST(what_ended_yesterday_is_said_to_be_over),
        FEATURE_TEST(without_a_name_nothing_of_her_is_kept),
        FEATURE_TEST(a_group_of_four_hundred_signs),
        FEATURE_TEST(what_she_does_not_want_counted_is_not_kept),
        FEATURE_TEST(consent_is_taken_back),
        FEATURE_TEST(what_may_not_be_written_down_is_forgotten),
        FEATURE_TEST(me_too_is_a_case_of_her_own),
        FEATURE_TEST(two_facts_give_a_new_pin_and_the_old_one_dies),
        FEATURE_TEST(who_guesses_at_her_pin_keeps_her_from_no_new_one),
    };
    return FEATURE_TESTS(tests);
}
