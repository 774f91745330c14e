#include "case_testing.h"

#include "case_bar.h"
#include "case_list.h"

enum { MEMBER_ID = 600, OTHER_MEMBER_ID = 601, COMMISSIONER_OFFICE = 320, DIVISION = 50 };

static const struct actor member = {ROLE_MEMBER, MEMBER_ID, NOWSHERA, DESK_OFFICE, NOWSHERA, 0};
static const struct actor other_member = {ROLE_MEMBER, OTHER_MEMBER_ID, NOWSHERA, DESK_OFFICE, NOWSHERA, 0};
static const struct actor commissioner = {ROLE_ADC, 610, 0, COMMISSIONER_OFFICE, DIVISION, 0};

static const char people_sql[] =
    "insert into account (id, login_code, name_text, role_no, home, unit_id, office_id, password_text, "
    "password_ms,"
    " created_ms) values (600, 'member.one', 'One', 6, 100, 100, 300, 'none', 1, 1),"
    " (601, 'member.two', 'Two', 6, 100, 100, 300, 'none', 1, 1);";

static void hosted_by(int64_t host)
{
    SCOPED(buf_free) struct buf sql = buf_new(1000);
    buf_printf(
        &sql,
        "insert into desk_profile (body_id, valid_from_day, valid_to_day, home, host_id, operator_code,"
        " operator_text, letter_text, letter_by_text, funder_text, room_text, phone_text)"
        " values (300, 20260101, 99991231, 100, %lld, 'host', '', '', '', '', '', '');",
        (long long)host);
    buf_putc(&sql, 0);
    run_script(sql.p);
}

static case_ref file_past(struct actor by)
{
    struct case_new n = told("M-WAT-01", "PK52601", "The clerk of this office wants money");
    n.past_desk = true;
    return file_as(by, n).ref;
}

static bool reached(struct actor by, const case_ref *ref)
{
    struct ctx c = reading_as(by);
    struct case_view v;
    const err e = case_find(&c, ref, &v);
    assert_true(e.code == ERR_OK || e.code == ERR_NOT_FOUND);
    return e.code == ERR_OK;
}

/* How many rows a list has, in each of the ways of asking. */
static size_t listed(struct actor by, struct case_filter f)
{
    struct ctx c = reading_as(by);
    struct q_case_list *rows;
    size_t n;
    bool more;
    f.limit = 50;
    assert_err(case_list(&c, &f, &rows, &n, &more), ok);
    return n;
}

static size_t listed_anyhow(struct actor by)
{
    return listed(by, (struct case_filter){.open = true}) + listed(by, (struct case_filter){.newest = true}) +
           listed(by, (struct case_filter){.words = S("clerk")}) +
           listed(by, (struct case_filter){.state = SOME(0)});
}

static int64_t counted(struct actor by)
{
    struct ctx c = reading_as(by);
    struct case_counts counts;
    struct case_waiting waiting;
    assert_err(case_count(&c, KIND_COMPLAINT, &counts), ok);
    assert_err(case_waiting(&c, &waiting), ok);
    return counts.all + counts.women + counts.by_state[CASE_REGISTERED] + waiting.week + waiting.unseen;
}

static void what_is_about_the_host_is_closed_to_desk_and_host(void **state)
{
    (void)state;
    hosted_by(TMA_OFFICE);
    const int64_t before = counted(who(DESK));
    const case_ref ref = file_past(who(DESK));
    assert_false(reached(who(DESK), &ref));
    assert_false(reached(who(DESK_2), &ref));
    assert_false(reached(who(DESK_OF_TMA), &ref));
    assert_false(reached(member, &ref));
    assert_true(reached(who(SUPERVISOR), &ref));
    assert_true(reached(who(ADC), &ref));
    assert_int_equal(listed_anyhow(who(DESK)), 0);
    assert_int_equal(listed_anyhow(who(SUPERVISOR)), 4);
    assert_int_equal(counted(who(DESK)), before);
    assert_int_equal(view_of(&ref).flow.office_id.v, DC_OFFICE);
}

static void nobody_gives_it_to_the_office_that_it_is_about(void **state)
{
    (void)state;
    struct q_officer_list *officers;
    size_t n;
    hosted_by(TMA_OFFICE);
    const case_ref ref = file_past(who(DESK));
    assert_refused(do_as(ADC, &ref, ASSIGN("officer.nowshera")), INVALID, CASE_PAST_DESK);
    struct ctx c = reading_as(who(ADC));
    struct case_view v;
    assert_err(case_find(&c, &ref, &v), ok);
    assert_err(case_officers(&c, &v, &officers, &n), ok);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        assert_int_not_equal(officers[i].office_id.v, TMA_OFFICE);
    }
    assert_done(do_as(ADC, &ref, ASSIGN("officer.pabbi")));
    assert_true(reached(who(PABBI_OFFICER), &ref));
}

static void the_public_page_goes_past_it_too(void **state)
{
    (void)state;
    hosted_by(TMA_OFFICE);
    const case_ref ref = file_past((struct actor){.role = ROLE_PUBLIC});
    assert_false(reached(who(DESK), &ref));
    assert_true(reached(who(SUPERVISOR), &ref));
}

static enum err_code done_as(struct actor by, const case_ref *ref, struct case_act act)
{
    struct testing_acting a = {.ref = *ref, .act = act};
    return written_as(by, testing_run_act, &a);
}

/* What is shown of her to somebody whose look is recorded. */
static enum err_code shown_to(struct actor by, const case_ref *ref, struct case_identity *out)
{
    struct ctx c = reading_as(by);
    struct case_view v;
    c.may_show_identity = true;
    assert_err(case_find(&c, ref, &v), ok);
    return case_identity(&c, &v, out).code;
}

static case_ref file_past_named(void)
{
    struct case_new n = told("M-WAT-01", "PK52601", "The clerk of this office wants money");
    n.past_desk = true;
    n.name = S("Zarmina");
    n.cnic = S("1720112345671");
    n.address = S("Behind the mosque");
    n.phone = (phone){.e164 = S_INIT("+923001234567")};
    n.safe_call = true;
    return file_as(who(DESK), n).ref;
}

/* Nobody at the desk may, so the ADC of the office that looks into it does; and no other case is his. */
static void the_office_that_looks_into_it_has_her_asked(void **state)
{
    (void)state;
    struct case_identity she = {.name = S("")};
    hosted_by(TMA_OFFICE);
    const case_ref ref = file_past_named();
    const case_ref usual = file_reported();
    assert_int_equal(shown_to(who(ADC), &ref, &she), ERR_OK);
    assert_true(str_eq(she.phone, S("+923001234567")) && str_eq(she.name, S("Zarmina")));
    assert_true(she.cnic.n == 0 && she.address.n == 0); /* no more than a call needs */
    assert_int_equal(shown_to(who(SUPERVISOR), &ref, &she), ERR_DENIED);
    assert_int_equal(shown_to(who(ADC), &usual, &she), ERR_DENIED);
    assert_refused(do_as(ADC, &usual, ANSWER("solved", "phone")), DENIED, FLOW_NOT_YOURS);
    assert_refused(do_as(ADC, &usual, REASON(CALL_FAILED)), DENIED, FLOW_NOT_YOURS);
    assert_done(do_as(ADC, &ref, ASSIGN("officer.pabbi")));
    assert_done(done_as(who(PABBI_OFFICER), &ref, ACT(ASK, .words = S("Which clerk?"))));
    assert_refused(do_as(ADC, &ref, ACT(AMEND, .words = S("x"), .service = S("M-LGT-01"))), DENIED,
                   FLOW_NOT_YOURS);
    assert_done(do_as(ADC, &ref, ACT(AMEND, .words = S("The tall one"))));
    assert_done(done_as(who(PABBI_OFFICER), &ref, REPORT("done")));
    assert_int_equal(do_as(SUPERVISOR, &ref, ANSWER("solved", "phone")), ERR_DENIED);
    assert_done(do_as(ADC, &ref, ACT(CALL_FAILED, .words = STR_NONE)));
    assert_done(do_as(ADC, &ref, ANSWER("not_solved", "phone")));
    assert_int_equal(state_of(&ref), CASE_NOT_SOLVED);
}

static void nobody_takes_her_answer_to_her_own_offices_work(void **state)
{
    (void)state;
    run_script("update account set office_id = 301 where login_code = 'officer.pabbi'");
    hosted_by(TMA_OFFICE);
    const case_ref ref = file_past_named();
    struct actor of_dc = who(PABBI_OFFICER);
    of_dc.office_id = DC_OFFICE;
    assert_done(do_as(ADC, &ref, ASSIGN("officer.pabbi")));
    assert_done(done_as(of_dc, &ref, REPORT("done")));
    assert_refused(do_as(ADC, &ref, ANSWER("solved", "phone")), DENIED, CASE_OWN_WORK);
    assert_done(do_herself(&ref, ANSWER("solved", "public")));
}

static int64_t share(int64_t *out_all)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_PUBLIC});
    int64_t women;
    assert_err(case_women_share(&c, &women, out_all), ok);
    return women;
}

/* Its own desk has the same figure without what went past it: the difference stays under the threshold. */
static void the_public_share_counts_it_from_the_fifth_on(void **state)
{
    (void)state;
    int64_t all;
    hosted_by(TMA_OFFICE);
    for (int i = 0; i < 12; i++) {
        struct case_new n = told("M-WAT-01", "PK52601", "Water");
        n.sex = i < 6 ? S("woman") : S("man");
        (void)file_as(who(DESK), n);
    }
    for (int i = 0; i < 4; i++) {
        (void)file_past(who(DESK));
    }
    assert_int_equal(share(&all), 6);
    assert_int_equal(all, 12);
    (void)file_past(who(DESK));
    assert_int_equal(share(&all), 6 + 5);
    assert_int_equal(all, 12 + 5);
    struct ctx c = reading_as(who(ADC));
    struct case_counts counts;
    assert_err(case_count(&c, KIND_COMPLAINT, &counts), ok);
    assert_int_equal(counts.all, 12 + 5);
}

static void when_the_head_is_the_host_it_goes_above(void **state)
{
    (void)state;
    run_script("insert into unit values (50, 'PK5-D', 2, 10, 10, null, null, 0, 20010814, 99991231);"
               "update unit set parent_id = 50 where id = 100;"
               "insert into body values (320, 'PK5-COM', 'commissioner', 50, null, 20010814, 99991231);");
    hosted_by(DC_OFFICE);
    const case_ref ref = file_past(who(DESK));
    assert_false(reached(who(DESK), &ref));
    assert_false(reached(who(SUPERVISOR), &ref));
    assert_false(reached(who(ADC), &ref));
    assert_int_equal(listed_anyhow(who(ADC)), 0);
    assert_int_equal(counted(who(ADC)), 0);
    assert_true(reached(commissioner, &ref));
}

static void she_may_want_a_member_out_of_the_room(void **state)
{
    (void)state;
    run_script(people_sql);
    struct case_new n = told("M-WAT-01", "PK52601", "The clerk of the neighbour");
    n.room = S("member.one");
    const case_ref ref = file_as(who(DESK), n).ref;
    assert_false(reached(member, &ref));
    assert_int_equal(listed_anyhow(member), 0);
    assert_true(reached(other_member, &ref));
    assert_int_equal(listed_anyhow(other_member), 4);
    assert_true(reached(who(DESK), &ref));
    str said;
    struct ctx c = reading_as(who(DESK));
    struct case_view v;
    assert_err(case_find(&c, &ref, &v), ok);
    assert_err(case_room(&c, &v, &said), ok);
    assert_true(str_eq(said, S("somebody")));
    n.room = S("officer.nowshera");
    struct testing_filing f = {.told = n};
    assert_refused(written_as(who(DESK), testing_run_file, &f), INVALID, DESK_ROOM_UNKNOWN);
}

static void a_member_reaches_what_her_desk_took_down_and_only_notes(void **state)
{
    (void)state;
    run_script(people_sql);
    const case_ref ref = file_water();
    const case_ref elsewhere =
        file_as((struct actor){.role = ROLE_PUBLIC}, told("M-WAT-01", "PK52601", "x")).ref;
    assert_true(reached(member, &ref));
    assert_false(reached(member, &elsewhere));
    struct testing_acting a = {.ref = ref, .act = ACT(COMMENT, .words = S("She came again"))};
    assert_int_equal(written_as(member, testing_run_act, &a), ERR_OK);
    a.act = REASON(WITHDRAW);
    assert_int_equal(written_as(member, testing_run_act, &a), ERR_DENIED);
    struct actor away = member;
    away.role = ROLE_AWAY;
    assert_false(reached(away, &ref));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(what_is_about_the_host_is_closed_to_desk_and_host),
        FEATURE_TEST(nobody_gives_it_to_the_office_that_it_is_about),
        FEATURE_TEST(the_public_page_goes_past_it_too),
        FEATURE_TEST(the_office_that_looks_into_it_has_her_asked),
        FEATURE_TEST(nobody_takes_her_answer_to_her_own_offices_work),
        FEATURE_TEST(the_public_share_counts_it_from_the_fifth_on),
        FEATURE_TEST(when_the_head_is_the_host_it_goes_above),
        FEATURE_TEST(she_may_want_a_member_out_of_the_room),
        FEATURE_TEST(a_member_reaches_what_her_desk_took_down_and_only_notes),
    };
    return FEATURE_TESTS(tests);
}
