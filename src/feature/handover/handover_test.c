#include "case_testing.h"

#include "handover.h"

static const char portals_sql[] =
    "insert into portal values (600, 'pcp', 1, 'form', 1, '20,41', 40, null, 'en',"
    " 'category,words,name,cnic,phone', 0, 1, 20010814, 99991231),"
    " (601, 'disco', 1, 'call', 0, '2,7', null, '118', 'ur', 'words,name,phone', 1, 2, 20010814, 99991231),"
    " (602, 'punjab', 200, 'call', 0, '7', null, '1198', 'ur', 'words', 0, 3, 20010814, 99991231),"
    " (603, 'ended', 1, 'call', 0, '7', null, null, 'ur', 'words', 0, 4, 20010814, 20260605),"
    " (604, 'letter', 10, 'letter', 0, '', null, null, 'ur', 'words,name', 0, 5, 20010814, 99991231);"
    "insert into portal_service values ('N-ELE', 601, 1), ('N-ELE', 600, 2);"
    "insert into portal_outcome values (610, 600, 'granted', 1), (611, 600, 'not_granted', 2);"
    "insert into label values ('portal', 600, 'en', 'Citizen Portal', 0), ('portal', 600, 'ur', 'سٹیزن "
    "پورٹل', 0),"
    " ('portal', 601, 'en', 'Electricity 118', 0), ('portal', 604, 'en', 'Letter', 0),"
    " ('portal_outcome', 610, 'en', 'Relief granted', 0), ('portal_outcome', 611, 'en', 'Relief cannot', 0);"
    "insert into service values (420, 'N-ELE', 391, 0, 0, 'N', null, 'other', 20, 20010814, 99991231),"
    " (421, 'N-POL', 391, 0, 0, 'P', null, 'other', 21, 20010814, 99991231);";

struct testing_giving {
    case_ref ref;
    struct handover_new told;
    struct handover_receipt receipt;
};

struct testing_following {
    case_ref ref;
    int64_t no;
    str text, words;
    int64_t day;
    struct case_receipt receipt;
};

static err run_give(struct ctx *c, void *arg)
{
    struct testing_giving *g = arg;
    return handover_give(c, &g->ref, &g->told, &g->receipt);
}

static err run_number(struct ctx *c, void *arg)
{
    struct testing_following *f = arg;
    return handover_number(c, &f->ref, f->no, f->text, &f->receipt);
}

static err run_look(struct ctx *c, void *arg)
{
    struct testing_following *f = arg;
    return handover_look(c, &f->ref, f->no, f->day, &f->receipt);
}

static err run_outcome(struct ctx *c, void *arg)
{
    struct testing_following *f = arg;
    return handover_outcome(c, &f->ref, f->no, f->text, f->words, &f->receipt);
}

static struct handover_new to(const char *portal)
{
    return (struct handover_new){.portal = str_of(portal), .consent = S("yes"), .account = S("hers")};
}

static enum err_code give_as(enum testing_who w, const case_ref *ref, struct handover_new n, int64_t *out_no)
{
    struct testing_giving g = {.ref = *ref, .told = n};
    const enum err_code e = written_as(who(w), run_give, &g);
    if (out_no != NULL) {
        *out_no = g.receipt.no;
    }
    return e;
}

static enum err_code number_as(enum testing_who w, const case_ref *ref, int64_t no, const char *number)
{
    struct testing_following f = {.ref = *ref, .no = no, .text = str_of(number)};
    return written_as(who(w), run_number, &f);
}

static enum err_code look_as(enum testing_who w, const case_ref *ref, int64_t no, int64_t day)
{
    struct testing_following f = {.ref = *ref, .no = no, .day = day};
    return written_as(who(w), run_look, &f);
}

static enum err_code outcome_as(enum testing_who w, const case_ref *ref, int64_t no, const char *outcome)
{
    struct testing_following f = {.ref = *ref, .no = no, .text = str_of(outcome), .words = STR_NONE};
    return written_as(who(w), run_outcome, &f);
}

static case_ref file_service(const char *service)
{
    run_script(portals_sql);
    struct case_new n = told(service, "PK52601", "The transformer burnt");
    n.name = S("Zainab Canary");
    n.whose_phone = S("own");
    n.safe_call = true;
    n.lang = S("en");
    assert_err(phone_of(testing_now->arena, S("0300-1234567"), &n.phone), ok);
    return file_as(who(DESK), n).ref;
}

static struct handover_row row_of(const case_ref *ref, int64_t no)
{
    struct ctx c = reading_as(who(SUPERVISOR));
    const struct case_view v = view_of(ref);
    struct handover_row row;
    assert_err(handover_find(&c, &v, no, &row), ok);
    return row;
}

static int64_t calls_on(int64_t day)
{
    const struct value param = {.type = VALUE_I64, .i = day};
    return number_of(
        "select count(*) from call_back where call_code = 'look_up' and done_ms is null and due_day = $1",
        &param, 1);
}

static void portals_of_her_province_and_matter(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    struct ctx c = reading_as(who(DESK));
    const struct case_view v = view_of(&ref);
    struct portal *p;
    size_t n;
    assert_err(portals_for(&c, &v, &p, &n), ok);
    assert_int_equal(n, 3); /* not Punjab's, not the one that ended */
    assert_true(str_eq(p[0].code, S("disco")) && p[0].fits && p[0].verify);
    assert_true(str_eq(p[1].code, S("pcp")) && p[1].fits);
    assert_true(str_eq(p[2].code, S("letter")) && !p[2].fits);
    assert_int_equal(p[1].looks_n, 2);
    assert_int_equal(p[1].looks[1], 41);
    assert_int_equal(p[1].escalated_days, 40);
}

static void handed_over_with_dates_to_look(void **state)
{
    (void)state;
    int64_t no;
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), &no));
    assert_int_equal(no, 1);
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
    const struct handover_row row = row_of(&ref, 1);
    assert_int_equal(row.given_day, 20260605);
    assert_int_equal(row.next_day, 20260625);
    assert_true(row.out && row.named);
    assert_int_equal(calls_on(20260625), 1);
    assert_int_equal(calls_on(20260716), 1); /* day 41: past their limit */
    assert_done(number_as(DESK, &ref, 1, " PU050626-1234 "));
    assert_true(str_eq(row_of(&ref, 1).number, S("PU050626-1234")));
}

static void looked_in_vain(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), NULL));
    clock_fix(TESTING_NOON + 20 * (int64_t)MS_PER_DAY);
    assert_done(look_as(DESK_2, &ref, 1, 0));
    assert_int_equal(row_of(&ref, 1).next_day, 20260716);
    assert_int_equal(calls_on(20260625), 0);
    assert_int_equal(calls_on(20260716), 1);
    assert_refused(look_as(DESK, &ref, 1, 0), CONFLICT, HANDOVER_LOOKED_TODAY);
    assert_false(row_of(&ref, 1).escalated);
    clock_fix(TESTING_NOON + 41 * (int64_t)MS_PER_DAY);
    assert_true(row_of(&ref, 1).escalated);
    assert_refused(look_as(DESK, &ref, 1, 20260601), INVALID, HANDOVER_NEXT_WHEN);
    assert_done(look_as(SUPERVISOR, &ref, 1, 0)); /* no date of theirs is left: a week later */
    assert_int_equal(row_of(&ref, 1).next_day, 20260723);
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
}

static void she_is_asked_when_the_last_is_back(void **state)
{
    (void)state;
    int64_t second;
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), NULL));
    assert_done(give_as(SUPERVISOR, &ref, (struct handover_new){.portal = S("disco")}, &second));
    assert_int_equal(second, 2);
    assert_done(outcome_as(DESK, &ref, 1, "not_granted"));
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
    assert_true(str_eq(row_of(&ref, 1).outcome_text, S("Relief cannot")));
    assert_int_equal(calls_on(20260625), 0);
    assert_int_equal(calls_on(20260607), 1);
    assert_refused(outcome_as(DESK, &ref, 1, "granted"), CONFLICT, HANDOVER_BACK_ALREADY);
    assert_refused(outcome_as(DESK, &ref, 2, "perhaps"), INVALID, HANDOVER_OUTCOME_MISSING);
    assert_done(outcome_as(DESK, &ref, 2, "granted"));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_int_equal(count_of("select count(*) from call_back where call_code = 'ask' and done_ms is null"),
                     1);
    assert_int_equal(
        count_of("select count(*) from call_back where call_code = 'look_up' and done_ms is null"), 0);
}

/* Whatever they say: it is closed by her answer. */
static void closed_only_by_her_answer(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), NULL));
    assert_int_not_equal(do_as(DESK, &ref, ANSWER("solved", "desk")), ERR_OK);
    assert_int_not_equal(do_as(SUPERVISOR, &ref, REASON(REJECT)), ERR_OK);
    assert_int_not_equal(do_as(ADC, &ref, REASON(REJECT)), ERR_OK);
    assert_int_equal(state_of(&ref), CASE_HANDED_OVER);
    assert_done(outcome_as(DESK, &ref, 1, "granted"));
    assert_int_equal(state_of(&ref), CASE_AWAITING_ANSWER);
    assert_done(do_herself(&ref, ANSWER("solved", "public")));
    assert_int_equal(state_of(&ref), CASE_SOLVED);
}

static void an_outcome_after_it_went_on_here(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), NULL));
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(outcome_as(DESK, &ref, 1, "granted"));
    assert_int_equal(state_of(&ref), CASE_ASSIGNED);
    assert_false(row_of(&ref, 1).out);
}

static void private_matters_go_only_with_her_consent(void **state)
{
    (void)state;
    int64_t no = 7;
    const case_ref ref = file_service("N-POL");
    struct handover_new n = to("pcp");
    n.consent = STR_NONE;
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_CONSENT_ASK);
    n.consent = S("yes");
    assert_refused(give_as(SUPERVISOR, &ref, n, NULL), INVALID, HANDOVER_CONSENT_DESK);
    n.consent = S("no");
    assert_done(give_as(DESK, &ref, n, &no));
    assert_int_equal(no, 0);
    assert_int_equal(state_of(&ref), CASE_REGISTERED);
    assert_int_equal(
        count_of("select count(*) from consent where purpose_code = 'hand_over' and given_flag = 0"), 1);
    n.consent = S("yes");
    assert_done(give_as(DESK, &ref, n, &no));
    assert_int_equal(no, 1);
}

static void without_her_name_no_account(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    struct handover_new n = to("disco");
    n.consent = S("no");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_NO_NAME);
    n.account = S("none");
    assert_done(give_as(DESK, &ref, n, NULL));
    assert_false(row_of(&ref, 1).named);
    n.portal = S("pcp");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_ACCOUNT_NEEDED);
}

static err run_staff_phone(struct ctx *c, void *arg)
{
    return account_contact_set(c, 501, S("phone"), *(str *)arg);
}

static err run_staff_cnic(struct ctx *c, void *arg)
{
    return account_contact_set(c, 501, S("cnic"), *(str *)arg);
}

static void nobody_here_stands_in_for_her(void **state)
{
    (void)state;
    str number = S("+923331112223");
    str card = S("1720112345671");
    const case_ref ref = file_service("N-ELE");
    struct handover_new n = to("pcp");
    n.account = S("desk");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_ACCOUNT_DESK);
    assert_int_equal(written_as(who(ADMIN), run_staff_phone, &number), ERR_OK);
    assert_int_equal(written_as(who(ADMIN), run_staff_cnic, &card), ERR_OK);
    n = to("pcp");
    n.account = S("family");
    n.phone.e164 = number;
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_STAFF);
    n.phone.e164 = STR_NONE;
    assert_err(cnic_of(testing_now->arena, S("17201-1234567-1"), &n.cnic), ok);
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_STAFF);
    n.cnic.digits[0] = '3';
    n.phone.e164 = S("+923331112224");
    assert_done(give_as(DESK, &ref, n, NULL));
    assert_false(database_holds(S("3331112224"))); /* only held against the marks, not kept */
    assert_false(database_holds(S("3720112345671")));
}

static void the_number_in_the_case_is_not_of_staff_either(void **state)
{
    (void)state;
    str number = S("+923001234567");
    const case_ref ref = file_service("N-ELE");
    assert_int_equal(written_as(who(ADMIN), run_staff_phone, &number), ERR_OK);
    assert_refused(give_as(DESK, &ref, to("pcp"), NULL), INVALID, HANDOVER_STAFF);
}

static void their_number_is_not_hers(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    struct handover_new n = to("pcp");
    n.number = S("0300 1234567");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_NUMBER_HERS);
    n.number = S("17201-1234567-1");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_NUMBER_HERS);
    n.number = S("PU-77/03001234567 ok"); /* nor in the middle of something */
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_NUMBER_HERS);
    n.number = S("card 17201-1234567-1");
    assert_refused(give_as(DESK, &ref, n, NULL), INVALID, HANDOVER_NUMBER_HERS);
    n.number = S("0300 1234568"); /* a number of theirs may look so */
    assert_done(give_as(DESK, &ref, n, NULL));
    assert_refused(number_as(DESK, &ref, 1, "+92 300 1234567"), INVALID, HANDOVER_NUMBER_HERS);
    assert_refused(number_as(DESK, &ref, 1, "  "), INVALID, HANDOVER_NUMBER_MISSING);
    assert_false(database_holds(S("Zainab Canary")));
}

static void pointed_matters_never_leave(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    run_script("update service set sensitivity_code = 'X' where id = 420;");
    assert_refused(give_as(DESK, &ref, to("pcp"), NULL), INVALID, HANDOVER_POINTED);
    assert_int_equal(count_of("select count(*) from external_ref"), 0);
}

static void only_hers_and_those_above_see_it(void **state)
{
    (void)state;
    const case_ref ref = file_service("N-ELE");
    struct handover_new n = to("pcp");
    struct handover_row *rows;
    size_t rows_n;
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    n.receiver = S("Complaint clerk");
    n.warm = true;
    assert_refused(give_as(OFFICER, &ref, n, NULL), DENIED, FLOW_NOT_YOURS);
    assert_int_equal(give_as(OTHER_DESK, &ref, n, NULL), ERR_NOT_FOUND);
    assert_int_equal(give_as(PABBI_OFFICER, &ref, n, NULL), ERR_NOT_FOUND);
    assert_done(give_as(DESK, &ref, n, NULL));
    assert_int_equal(number_as(OFFICER, &ref, 1, "PU1"), ERR_DENIED);
    assert_int_equal(look_as(OTHER_SUPERVISOR, &ref, 1, 0), ERR_NOT_FOUND);
    assert_int_equal(outcome_as(OFFICER, &ref, 1, "granted"), ERR_DENIED);
    assert_int_equal(outcome_as(DESK, &ref, 9, "granted"), ERR_NOT_FOUND);
    const struct case_view v = view_of(&ref);
    struct ctx c = reading_as(who(OFFICER));
    assert_err(handover_of(&c, &v, &rows, &rows_n), ok);
    assert_int_equal(rows_n, 0);
    c = reading_as((struct actor){.role = ROLE_PUBLIC, .case_id = v.row.id});
    assert_err(handover_of(&c, &v, &rows, &rows_n), ok);
    assert_int_equal(rows_n, 1);
    assert_int_equal(rows[0].receiver.n + rows[0].account.n, 0);
    assert_true(str_eq(row_of(&ref, 1).receiver, S("Complaint clerk")));
}

static size_t listed(enum testing_who w, const struct handover_list *in, bool *out_more)
{
    struct q_external_out *rows;
    size_t n;
    struct ctx c = reading_as(who(w));
    assert_err(handover_out(&c, in, &rows, &n, out_more), ok);
    return n;
}

static void the_list_of_what_is_out(void **state)
{
    (void)state;
    bool more;
    struct q_external_out *rows;
    size_t n;
    const struct handover_list all = {.limit = 10};
    const struct handover_list one = {.limit = 1};
    const case_ref ref = file_service("N-ELE");
    assert_done(give_as(DESK, &ref, to("pcp"), NULL));
    assert_done(give_as(DESK, &ref, to("disco"), NULL));
    assert_int_equal(listed(DESK, &all, &more), 2);
    assert_int_equal(listed(ADC, &all, &more), 2);
    assert_int_equal(listed(OFFICER, &all, &more), 0);
    assert_int_equal(listed(OTHER_DESK, &all, &more), 0);
    assert_int_equal(listed(DESK, &one, &more), 1);
    assert_true(more);
    struct ctx c = reading_as(who(DESK));
    assert_err(handover_out(&c, &one, &rows, &n, &more), ok);
    assert_true(str_eq(rows[0].system_code, S("disco"))); /* in two days; the other in twenty */
    const struct handover_list next = {rows[0].check_day, rows[0].id, 10};
    assert_int_equal(listed(DESK, &next, &more), 1);
    assert_done(outcome_as(DESK, &ref, 2, "no_answer"));
    assert_int_equal(listed(DESK, &all, &more), 1);
    assert_done(do_herself(&ref, ACT(WITHDRAW, .words = STR_NONE)));
    assert_int_equal(listed(DESK, &all, &more), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FEATURE_TEST(portals_of_her_province_and_matter),
        FEATURE_TEST(handed_over_with_dates_to_look),
        FEATURE_TEST(looked_in_vain),
        FEATURE_TEST(she_is_asked_when_the_last_is_back),
        FEATURE_TEST(closed_only_by_her_answer),
        FEATURE_TEST(an_outcome_after_it_went_on_here),
        FEATURE_TEST(private_matters_go_only_with_her_consent),
        FEATURE_TEST(without_her_name_no_account),
        FEATURE_TEST(nobody_here_stands_in_for_her),
        FEATURE_TEST(the_number_in_the_case_is_not_of_staff_either),
        FEATURE_TEST(their_number_is_not_hers),
        FEATURE_TEST(pointed_matters_never_leave),
        FEATURE_TEST(only_hers_and_those_above_see_it),
        FEATURE_TEST(the_list_of_what_is_out),
    };
    return FEATURE_TESTS(tests);
}
