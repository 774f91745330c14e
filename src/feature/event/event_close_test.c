/* Directions, the paper sheet, closing and the follow-up, on a real database. */
#include "case_testing.h"

#include "event_close.h"

static str parent_code;
static str where; /* NULL: a place in the tehsil of Nowshera */

struct testing_closing {
    str code;
    struct close_paper paper;
    str text, how;
    int64_t no;
    bool sure;
    struct direction_new direction;
    struct follow_answer follow;
    struct direction_act act;
    int64_t out_no;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_new n = {.at = {.unit = where.p != NULL ? where : S("PK52601"),
                                 .venue = S("Girls High School"),
                                 .venue_kind = S("school"),
                                 .day = local_day(c->now_ms),
                                 .from_min = 600,
                                 .to_min = 780},
                          .kind = S("khuli_kacheri"),
                          .audience = S("women"),
                          .title = S("Open court"),
                          .seating = S("chairs"),
                          .chair = S("Deputy Commissioner"),
                          .plan = S("3.1"),
                          .parent = parent_code,
                          .again = true};
    str code;
    TRY(event_plan(c, &n, &code));
    TRY(event_open(c, code));
    t->code = arena_str(testing_now->arena, code);
    return OK;
}

static err run_direction(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return close_direction(c, &v, &t->direction, &t->out_no);
}

static err run_act(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    return direction_do(c, t->code, t->no, &t->act);
}

static err run_paper(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return close_paper_set(c, &v, &t->paper, t->text);
}

static err run_sign(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return close_sign(c, &v, t->text, t->how);
}

static err run_close(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return close_event(c, &v, t->sure);
}

static err run_reopen(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return close_reopen(c, &v, t->text);
}

static err run_follow(struct ctx *c, void *arg)
{
    struct testing_closing *t = arg;
    struct event_view v;
    TRY(event_find(c, t->code, &v));
    return follow_answer(c, &v, &t->follow);
}

static str opened_event(str parent)
{
    struct testing_closing t = {.code = S("")};
    parent_code = parent;
    assert_int_equal(written_as(who(DESK), run_plan, &t), ERR_OK);
    return t.code;
}

static struct direction_new order(const char *office)
{
    return (struct direction_new){.side = S("official"),
                                  .office = str_of(office),
                                  .post = S("Assistant Director Water"),
                                  .horizon = S("short"),
                                  .words = S("Repair the hand pump of Mohalla Qazi"),
                                  .due_day = day_add(local_day(clock_now_ms()), 15)};
}

static enum err_code give_as(enum testing_who w, str code, struct direction_new n)
{
    struct testing_closing t = {.code = code, .direction = n};
    return written_as(who(w), run_direction, &t);
}

static enum err_code act_as(enum testing_who w, str code, int64_t no, struct direction_act act)
{
    struct testing_closing t = {.code = code, .no = no, .act = act};
    return written_as(who(w), run_act, &t);
}

#define DO(a, ...) ((struct direction_act){.action = DIRECTION_##a, __VA_ARGS__})

static enum err_code follow_as(enum testing_who w, str code, int64_t no, const char *answer,
                               const char *women)
{
    struct testing_closing t = {.code = code,
                                .follow = {.no = no,
                                           .answer = str_of(answer),
                                           .words = S("As they said"),
                                           .women = str_of(women),
                                           .due_day = day_add(local_day(clock_now_ms()), 30)}};
    return written_as(who(w), run_follow, &t);
}

static struct direction_view seen_by(enum testing_who w, str code, int64_t no)
{
    struct ctx c = reading_as(who(w));
    struct direction_view v;
    assert_err(direction_find(&c, code, no, &v), ok);
    return v;
}

static enum err_code find_as(enum testing_who w, str code, int64_t no)
{
    struct ctx c = reading_as(who(w));
    struct direction_view v;
    return direction_find(&c, code, no, &v).code;
}

static size_t listed_by(enum testing_who w, bool late)
{
    struct ctx c = reading_as(who(w));
    struct direction_view *rows;
    size_t n;
    bool more;
    const struct direction_filter f = {.state = -1, .late = late, .limit = 10};
    assert_err(direction_list(&c, &f, &rows, &n, &more), ok);
    assert_false(more);
    return n;
}

static void count(str code, const char *role, const char *sex, int64_t people)
{
    struct ctx c = reading_as(who(DESK));
    struct event_view v;
    char sql[400];
    assert_err(event_find(&c, code, &v), ok);
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " values (%lld, %lld, '', '%s', '%s', %lld, 0);",
        (long long)v.row.home, (long long)v.row.id, role, sex, (long long)people);
    run_script(sql);
}

static enum err_code paper_as(enum testing_who w, str code, int64_t women, int64_t men, str explained)
{
    struct testing_closing t = {.code = code, .text = explained};
    t.paper.at[EVENT_role_citizen][EVENT_sex_woman] = SOME(women);
    t.paper.at[EVENT_role_official][EVENT_sex_man] = SOME(men);
    return written_as(who(w), run_paper, &t);
}

static enum err_code sign_as(enum testing_who w, str code)
{
    struct testing_closing t = {.code = code, .text = S("Chair"), .how = S("thumb")};
    return written_as(who(w), run_sign, &t);
}

static enum err_code close_as(enum testing_who w, str code, bool sure)
{
    struct testing_closing t = {.code = code, .sure = sure};
    return written_as(who(w), run_close, &t);
}

/* ---- directions ---- */

static void a_direction_goes_to_an_office_and_comes_back_as_a_report(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    assert_done(give_as(SUPERVISOR, code, order("PK52601-TMA")));
    assert_int_equal(seen_by(OFFICER, code, 1).state, DIRECTION_GIVEN);
    assert_int_equal(find_as(PABBI_OFFICER, code, 1), ERR_NOT_FOUND);
    assert_int_equal(find_as(OTHER_DESK, code, 1), ERR_NOT_FOUND);
    assert_int_equal(find_as(OTHER_ADC, code, 1), ERR_NOT_FOUND);
    assert_int_equal(find_as(ADMIN, code, 1), ERR_NOT_FOUND);
    assert_int_equal(listed_by(OFFICER, false), 1);
    assert_int_equal(listed_by(PABBI_OFFICER, false), 0);
    assert_int_equal(listed_by(DESK, false), 1);
    assert_int_equal(listed_by(OFFICER, true), 0);
    assert_done(act_as(OFFICER, code, 1, DO(ACCEPT, .words = STR_NONE)));
    assert_refused(act_as(OFFICER, code, 1, DO(REPORT, .words = S("Done"))), INVALID,
                   DIRECTION_RESULT_MISSING);
    assert_refused(act_as(OFFICER, code, 1, DO(REPORT, .result = S("done"))), INVALID, DIRECTION_SAY_WHAT);
    /* The office reports, nobody in its stead. */
    assert_refused(act_as(DESK, code, 1, DO(REPORT, .words = S("Done"), .result = S("done"))), DENIED,
                   DIRECTION_OFFICE_REPORTS);
    assert_done(act_as(OFFICER, code, 1, DO(REPORT, .words = S("Repaired"), .result = S("done"))));
    const struct direction_view v = seen_by(DESK, code, 1);
    assert_int_equal(v.state, DIRECTION_REPORTED);
    assert_true(flow_open(&direction_kind, v.state)); /* a report ends nothing */
}

static void what_is_missing_is_asked_for(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    struct direction_new n = order("PK52601-TMA");
    assert_int_equal(give_as(OFFICER, code, n), ERR_NOT_FOUND); /* his office was not summoned */
    assert_int_equal(give_as(OTHER_SUPERVISOR, code, n), ERR_NOT_FOUND);
    n.post = S(" ");
    assert_refused(give_as(DESK, code, n), INVALID, DIRECTION_POST_MISSING);
    n = order("PK51101-TMA"); /* of another district */
    assert_refused(give_as(DESK, code, n), INVALID, DIRECTION_OFFICE_UNKNOWN);
    n = order("");
    assert_refused(give_as(DESK, code, n), INVALID, DIRECTION_OFFICE_MISSING);
    n = order("PK52601-TMA");
    n.due_day = day_add(local_day(clock_now_ms()), -1);
    assert_refused(give_as(DESK, code, n), INVALID, DIRECTION_DAY_WRONG);
    n = order("PK52601-TMA");
    n.words = S("");
    assert_refused(give_as(DESK, code, n), INVALID, DIRECTION_WORDS_MISSING);
    assert_int_equal(count_of("select count(*) from direction"), 0);
}

static void a_wrong_office_gives_it_back_and_another_gets_it(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    assert_done(give_as(DESK, code, order("PK52601-TMA")));
    assert_refused(act_as(OFFICER, code, 1, DO(WRONG_OFFICE, .words = STR_NONE)), INVALID,
                   DIRECTION_SAY_WHAT);
    assert_done(act_as(OFFICER, code, 1, DO(WRONG_OFFICE, .words = S("This is Pabbi's"))));
    assert_int_equal(find_as(OFFICER, code, 1), ERR_NOT_FOUND);
    assert_int_equal(seen_by(DESK, code, 1).state, DIRECTION_RETURNED);
    assert_done(act_as(
        DESK, code, 1,
        DO(SEND, .words = S("To Pabbi"), .office = S("PK52602-TMA"), .post = S("TMO"), .vacant = true)));
    const struct direction_view v = seen_by(PABBI_OFFICER, code, 1);
    assert_int_equal(v.state, DIRECTION_GIVEN);
    assert_int_equal(v.row.vacant_flag, 1);
    /* Another date is given by those above. */
    assert_refused(
        act_as(DESK, code, 1, DO(MOVE, .words = S("Rain"), .day = day_add(local_day(clock_now_ms()), 40))),
        CONFLICT, FLOW_NOT_NOW);
    assert_done(act_as(SUPERVISOR, code, 1,
                       DO(MOVE, .words = S("Rain"), .day = day_add(local_day(clock_now_ms()), 40))));
    assert_int_equal(seen_by(DESK, code, 1).row.due_day, day_add(local_day(clock_now_ms()), 40));
    clock_fix(TESTING_NOON + 41 * (int64_t)MS_PER_DAY);
    assert_true(seen_by(DESK, code, 1).late);
    assert_int_equal(listed_by(PABBI_OFFICER, true), 1);
    assert_done(act_as(ADC, code, 1, DO(CANCEL, .words = S("The pump was sold"))));
    assert_false(seen_by(DESK, code, 1).late);
    assert_int_equal(listed_by(DESK, false), 0);
}

/* Where nobody can open it the post is told on paper, and the desk writes down what came back. */
static void an_office_without_anybody_is_told_on_paper(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    struct direction_new n = order("PK526-DC"); /* no officer's account there */
    n.vacant = true;
    assert_done(give_as(DESK, code, n));
    assert_done(act_as(DESK, code, 1, DO(REPORT, .words = S("Their letter says so"), .result = S("partly"))));
    assert_int_equal(count_of("select count(*) from flow_step where kind_no = 2 and via_code = 'paper'"), 1);
    n = (struct direction_new){.side = S("member"),
                               .post = S("Councillor of ward 3"),
                               .horizon = S("long"),
                               .words = S("Bring it to the council"),
                               .due_day = day_add(local_day(clock_now_ms()), 60)};
    assert_done(give_as(DESK, code, n));
    assert_done(act_as(DESK, code, 2, DO(REPORT, .words = S("She did"), .result = S("done"))));
}

static void what_it_says_is_sealed(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    struct audit_report chains;
    struct flow_report report;
    assert_done(give_as(DESK, code, order("PK52601-TMA")));
    assert_done(act_as(SUPERVISOR, code, 1,
                       DO(MOVE, .words = S("Rain"), .day = day_add(local_day(clock_now_ms()), 40))));
    struct ctx c = reading_as(who(SUPERVISOR));
    assert_err(audit_verify(&c, &chains), ok);
    assert_err(flow_verify(&c, &direction_kind, &chains, direction_says, &report), ok);
    assert_int_equal(report.subjects, 1);
    run_script("update direction set due_day = 20270101;");
    c = reading_as(who(SUPERVISOR));
    assert_err(audit_verify(&c, &chains), ok);
    assert_err(flow_verify(&c, &direction_kind, &chains, direction_says, &report), conflict);
}

/* ---- closing ---- */

static void closing_waits_for_paper_explanation_and_signature(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    count(code, "citizen", "woman", 47);
    count(code, "official", "man", 6);
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_NO_PAPER);
    assert_done(paper_as(DESK, code, 45, 6, S("")));
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_DIFFERS);
    assert_done(paper_as(DESK, code, 45, 6, S("Two came when the sheet was gone")));
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_UNSIGNED);
    assert_done(sign_as(DESK, code));
    struct ctx c = reading_as(who(DESK));
    struct event_view v;
    struct close_state m;
    struct seal before, after;
    assert_err(event_find(&c, code, &v), ok);
    assert_err(close_state(&c, &v, &m), ok);
    assert_int_equal(m.differ_n, 1);
    assert_int_equal(m.paper_all, 51);
    assert_int_equal(m.cells.all.people, 53);
    assert_err(close_seal(&c, &v, &before), ok);
    assert_done(close_as(DESK, code, false));
    /* Nothing of the day is changed any more. */
    assert_int_equal(paper_as(DESK, code, 47, 6, S("")), ERR_CONFLICT);
    assert_int_equal(sign_as(ADC, code), ERR_CONFLICT);
    assert_int_equal(give_as(DESK, code, order("PK52601-TMA")), ERR_CONFLICT);
    /* Those above may reopen it, with a reason. */
    struct testing_closing t = {.code = code, .text = S("")};
    assert_refused(written_as(who(ADC), run_reopen, &t), INVALID, ACT_REASON_MISSING);
    t.text = S("The sheet was found");
    assert_int_equal(written_as(who(DESK), run_reopen, &t), ERR_DENIED);
    assert_done(written_as(who(ADC), run_reopen, &t));
    assert_done(paper_as(DESK, code, 47, 6, S("")));
    c = reading_as(who(DESK));
    assert_err(event_find(&c, code, &v), ok);
    assert_err(close_seal(&c, &v, &after), ok);
    assert_false(str_eq(seal_text(&before), seal_text(&after)));
    assert_done(close_as(DESK, code, false)); /* now they are the same */
}

static void what_is_open_is_said_before_closing(void **state)
{
    (void)state;
    const str code = opened_event(S(""));
    struct ctx c = reading_as(who(DESK));
    struct event_view v;
    char sql[300];
    assert_err(event_find(&c, code, &v), ok);
    (void)snprintf(sql, sizeof sql,
                   "insert into event_token (home, event_id, token_no, token_code, sex_code, taken_ms)"
                   " values (%lld, %lld, 1, 'waiting', 'woman', 1);",
                   (long long)v.row.home, (long long)v.row.id);
    run_script(sql);
    assert_done(paper_as(DESK, code, 0, 0, S("")));
    assert_done(sign_as(DESK, code));
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_OPEN_ENDS);
    assert_done(close_as(DESK, code, true));
}

/* ---- the follow-up ---- */

static str closed_with_directions(void)
{
    const str code = opened_event(S(""));
    assert_done(give_as(DESK, code, order("PK52601-TMA")));
    assert_done(give_as(DESK, code, order("PK52601-TMA")));
    assert_done(give_as(DESK, code, order("PK52602-TMA")));
    assert_done(paper_as(DESK, code, 0, 0, S("")));
    assert_done(sign_as(DESK, code));
    assert_done(close_as(DESK, code, false));
    assert_done(act_as(OFFICER, code, 1, DO(REPORT, .words = S("Repaired"), .result = S("done"))));
    clock_fix(TESTING_NOON + 30 * (int64_t)MS_PER_DAY);
    return code;
}

static void a_follow_up_answers_every_direction(void **state)
{
    (void)state;
    const str first = closed_with_directions();
    const str code = opened_event(first);
    assert_done(paper_as(DESK, code, 0, 0, S("")));
    assert_done(sign_as(DESK, code));
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_OWED);
    assert_refused(follow_as(DESK, code, 1, "done", ""), INVALID, CLOSE_AGREE_MISSING);
    assert_done(follow_as(DESK, code, 1, "done", "yes"));
    assert_int_equal(seen_by(DESK, first, 1).state, DIRECTION_CONFIRMED);
    assert_done(follow_as(DESK, code, 2, "carried_on", "no"));
    const struct direction_view old = seen_by(DESK, first, 2);
    assert_int_equal(old.state, DIRECTION_CARRIED_ON);
    assert_int_equal(old.row.again_no.v, 1);
    assert_true(str_eq(old.row.again_code, code));
    const struct direction_view again = seen_by(OFFICER, code, 1);
    assert_int_equal(again.state, DIRECTION_GIVEN);
    assert_int_equal(again.row.due_day, day_add(local_day(clock_now_ms()), 30));
    assert_refused(close_as(DESK, code, false), CONFLICT, CLOSE_OWED);
    assert_int_equal(follow_as(DESK, code, 4, "done", "yes"), ERR_NOT_FOUND);
    assert_done(follow_as(DESK, code, 3, "dropped", "yes"));
    assert_done(close_as(DESK, code, false));
}

/* Whoever works for a tehsil reaches what was held for the whole district, and all that it owes. */
static void nobody_closes_over_what_is_owed(void **state)
{
    (void)state;
    const struct actor of_pabbi = {ROLE_SUPERVISOR, 590, NOWSHERA, 0, PABBI, 0};
    where = S("PK526");
    const str code = opened_event(closed_with_directions());
    where = STR_NONE;
    struct testing_closing t = {.code = code};
    assert_done(paper_as(DESK, code, 0, 0, S("")));
    assert_done(sign_as(DESK, code));
    assert_refused(written_as(of_pabbi, run_close, &t), CONFLICT, CLOSE_OWED);
}

/* A direction is never done on the officer's word alone where women say that it is not. */
static void done_against_their_word_is_refused(void **state)
{
    (void)state;
    const str first = closed_with_directions();
    const str code = opened_event(first);
    assert_refused(follow_as(DESK, code, 1, "done", "no"), INVALID, DIRECTION_WOMEN_SAY_NO);
    assert_int_equal(seen_by(DESK, first, 1).state, DIRECTION_REPORTED);
    assert_done(follow_as(DESK, code, 1, "not_done", "no"));
    assert_int_equal(seen_by(DESK, first, 1).state, DIRECTION_NOT_DONE);
    assert_int_equal(listed_by(OFFICER, false), 2); /* he owes it still */
    /* What nobody was asked about is not the same as what they say. */
    assert_done(follow_as(DESK, code, 2, "done", "not_asked"));
    assert_int_equal(seen_by(DESK, first, 2).state, DIRECTION_UNCONFIRMED);
    /* It can be corrected while the day is open. */
    assert_done(follow_as(DESK, code, 2, "done", "yes"));
    assert_int_equal(seen_by(DESK, first, 2).state, DIRECTION_CONFIRMED);
    assert_int_equal(count_of("select count(*) from event_answer"), 2);
}

/* Whose office reported it does not write down what those present say of it. */
static void nobody_answers_for_her_own_office(void **state)
{
    (void)state;
    const str first = closed_with_directions();
    const str code = opened_event(first);
    assert_refused(follow_as(DESK_OF_TMA, code, 1, "done", "yes"), DENIED, DIRECTION_OWN_WORK);
    assert_done(follow_as(DESK_OF_TMA, code, 2, "partly", "yes")); /* it did not report this one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_direction_goes_to_an_office_and_comes_back_as_a_report),
        FEATURE_TEST(what_is_missing_is_asked_for),
        FEATURE_TEST(a_wrong_office_gives_it_back_and_another_gets_it),
        FEATURE_TEST(an_office_without_anybody_is_told_on_paper),
        FEATURE_TEST(what_it_says_is_sealed),
        FEATURE_TEST(closing_waits_for_paper_explanation_and_signature),
        FEATURE_TEST(what_is_open_is_said_before_closing),
        FEATURE_TEST(a_follow_up_answers_every_direction),
        FEATURE_TEST(nobody_closes_over_what_is_owed),
        FEATURE_TEST(done_against_their_word_is_refused),
        FEATURE_TEST(nobody_answers_for_her_own_office),
    };
    return FEATURE_TESTS(tests);
}
