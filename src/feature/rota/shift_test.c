#include "feature_testing.h"

#include "msg.h"
#include "rota.h"

/* TESTING_NOON is a Friday. */
enum {
    FRIDAY = 20260605,
    MONDAY = 20260608,
    NINE = 9 * 60,
    ONE_PM = 13 * 60,
    THREE_PM = 15 * 60,
    NEXT_MEMBER = 4
};

static const char people_sql[] = "insert into account (id, login_code, name_text, role_no, home, unit_id, "
                                 "office_id, password_text, password_ms,"
                                 " created_ms) values (600, 'm.one', 'One', 6, 100, 100, 300, 'none', 1, 1),"
                                 " (601, 'm.two', 'Two', 6, 100, 100, 300, 'none', 1, 1), (602, 'm.three', "
                                 "'Three', 6, 100, 100, 300, 'none', 1, 1),"
                                 " (603, 'm.four', 'Four', 6, 100, 100, 300, 'none', 1, 1);";

struct testing_rota {
    err (*act)(struct ctx *c, const struct q_rota_desk *desk, const struct testing_rota *a);
    struct member_new member;
    struct profile_new profile;
    str login, instead, words;
    int64_t day, from, to, n;
};

static err run(struct ctx *c, void *arg)
{
    const struct testing_rota *a = arg;
    struct q_rota_desk desk;
    TRY(rota_desk(c, S("PK526-WFD"), &desk));
    return a->act(c, &desk, a);
}

static err act_member(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return member_set(c, d, &a->member);
}

static err act_profile(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return profile_set(c, d, &a->profile);
}

static err act_hours(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return hours_set(c, d, a->day, a->from, a->to);
}

static err act_closed(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return closed_set(c, d, a->day, a->words);
}

static err act_shift(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return shift_set(c, d, a->login, a->day, a->from, a->to);
}

static err act_swap(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return shift_swap(c, d, a->login, a->day, a->instead);
}

static err act_over(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return member_over(c, d, a->login);
}

static err act_absent(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    return shift_absent(c, d, a->login, a->day);
}

static err act_week(struct ctx *c, const struct q_rota_desk *d, const struct testing_rota *a)
{
    int64_t n;
    const str logins[] = {a->login, a->instead};
    return week_plan(c, d, a->day, logins, a->instead.n > 0 ? 2 : 1, &n);
}

static enum err_code did(enum testing_who w, struct testing_rota a)
{
    return written_as(who(w), run, &a);
}

static enum err_code put(const char *login, int64_t seat_to, const char *endorsed)
{
    return did(SUPERVISOR, (struct testing_rota){.act = act_member,
                                                 .member = {.login = str_of(login),
                                                            .seat = S("Village council"),
                                                            .endorsed = str_of(endorsed),
                                                            .seat_to_day = seat_to}});
}

static void team(void)
{
    static const char *const logins[] = {"m.one", "m.two", "m.three", "m.four"};
    run_script(people_sql);
    for (size_t i = 0; i < NEXT_MEMBER; i++) {
        assert_int_equal(put(logins[i], 20270101, ""), ERR_OK);
    }
}

static enum err_code shift(const char *login, int64_t day)
{
    return did(SUPERVISOR,
               (struct testing_rota){
                   .act = act_shift, .login = str_of(login), .day = day, .from = NINE, .to = ONE_PM});
}

static struct rota_turn turn_of(int64_t id)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct rota_turn turn;
    assert_err(rota_turn(&c, id, DESK_OFFICE, &turn), ok);
    return turn;
}

static void a_shift_lasts_from_its_beginning_to_its_end(void **state)
{
    (void)state;
    team();
    assert_int_equal(turn_of(600).day, 0);
    assert_int_equal(shift("m.one", FRIDAY), ERR_OK);
    assert_int_equal(shift("m.one", MONDAY), ERR_OK);
    clock_fix(day_at_ms(FRIDAY, 8, 59));
    assert_false(turn_of(600).on);
    assert_int_equal(turn_of(600).day, FRIDAY);
    clock_fix(day_at_ms(FRIDAY, 9, 0));
    assert_true(turn_of(600).on);
    clock_fix(day_at_ms(FRIDAY, 12, 59));
    assert_true(turn_of(600).on);
    clock_fix(day_at_ms(FRIDAY, 13, 0));
    assert_false(turn_of(600).on);
    assert_int_equal(turn_of(600).day, MONDAY);
    assert_false(turn_of(601).on);
}

static void who_has_left_the_rota_has_no_shift(void **state)
{
    (void)state;
    team();
    assert_int_equal(shift("m.one", FRIDAY), ERR_OK);
    clock_fix(day_at_ms(FRIDAY, 10, 0));
    assert_true(turn_of(600).on);
    assert_int_equal(did(SUPERVISOR, (struct testing_rota){.act = act_over, .login = S("m.one")}), ERR_OK);
    assert_false(turn_of(600).on);
    assert_int_equal(turn_of(600).day, 0);
}

static void behind_the_end_of_her_council_she_needs_a_letter(void **state)
{
    (void)state;
    run_script(people_sql);
    assert_int_equal(put("m.one", 20260101, ""), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_ROTA_ENDORSED_MISSING);
    assert_int_equal(put("m.one", 20260101, "DC/17"), ERR_OK);
    assert_int_equal(shift("m.one", MONDAY), ERR_OK);
    /* Hers is over on Monday: until then she comes, and then only with a letter. */
    assert_int_equal(put("m.two", 20260607, ""), ERR_OK);
    assert_int_equal(shift("m.two", FRIDAY), ERR_OK);
    assert_int_equal(shift("m.two", MONDAY), ERR_INVALID);
    assert_int_equal(put("desk.nowshera", 20270101, ""), ERR_INVALID);
}

static void three_come_and_no_more(void **state)
{
    (void)state;
    team();
    assert_int_equal(shift("m.one", MONDAY), ERR_OK);
    assert_int_equal(shift("m.one", MONDAY), ERR_CONFLICT);
    assert_int_equal(shift("m.two", MONDAY), ERR_OK);
    assert_int_equal(shift("m.three", MONDAY), ERR_OK);
    assert_int_equal(shift("m.four", MONDAY), ERR_LIMIT);
    const struct testing_rota swap = {
        .act = act_swap, .login = S("m.one"), .instead = S("m.four"), .day = MONDAY};
    assert_int_equal(did(SUPERVISOR, swap), ERR_OK);
    assert_int_equal(did(SUPERVISOR, swap), ERR_INVALID); /* it is hers no more */
    clock_fix(day_at_ms(MONDAY, 10, 0));
    assert_false(turn_of(600).on);
    assert_true(turn_of(603).on);
    assert_int_equal(
        did(SUPERVISOR, (struct testing_rota){.act = act_absent, .login = S("m.two"), .day = MONDAY}),
        ERR_OK);
    assert_false(turn_of(601).on);
    assert_int_equal(shift("m.two", FRIDAY), ERR_INVALID); /* past by now */
}

static void a_week_has_the_days_on_which_the_desk_is_open(void **state)
{
    (void)state;
    team();
    const struct testing_rota week = {
        .act = act_week, .login = S("m.one"), .instead = S("m.two"), .day = MONDAY};
    assert_int_equal(did(SUPERVISOR, week), ERR_INVALID);
    for (int64_t day = 1; day <= 5; day++) {
        assert_int_equal(
            did(SUPERVISOR,
                (struct testing_rota){.act = act_hours, .day = day, .from = NINE, .to = THREE_PM}),
            ERR_OK);
    }
    assert_int_equal(
        did(SUPERVISOR, (struct testing_rota){.act = act_closed, .day = 20260610, .words = S("Eid")}),
        ERR_OK);
    assert_int_equal(did(SUPERVISOR, week), ERR_OK);
    assert_int_equal(count_of("select count(*) from rota_shift"), 8);
    assert_int_equal(count_of("select count(*) from rota_shift where shift_day = 20260610"), 0);
    assert_int_equal(did(SUPERVISOR, week), ERR_OK); /* again: nothing is doubled */
    assert_int_equal(count_of("select count(*) from rota_shift"), 8);
    assert_int_equal(week_of(20260614), MONDAY);
    assert_int_equal(week_of(MONDAY), MONDAY);
}

static void a_desk_is_described_from_its_own_district_only(void **state)
{
    (void)state;
    struct testing_rota a = {.act = act_profile,
                             .profile = {.host = S("PK52601-TMA"),
                                         .run_by = S("cso"),
                                         .operator_name = S(""),
                                         .letter = S("DC/7"),
                                         .letter_by = S("Deputy Commissioner"),
                                         .funder = S(""),
                                         .room = S("4"),
                                         .phone = S("")}};
    assert_int_equal(did(OTHER_SUPERVISOR, a), ERR_NOT_FOUND);
    assert_int_equal(did(SUPERVISOR, a), ERR_INVALID); /* run by nobody named */
    a.profile.operator_name = S("A women's organisation");
    assert_int_equal(did(SUPERVISOR, a), ERR_OK);
    clock_fix(day_at_ms(MONDAY, 12, 0));
    a.profile.host = S("PK526-DC");
    assert_int_equal(did(SUPERVISOR, a), ERR_OK);
    assert_int_equal(did(SUPERVISOR, a), ERR_OK); /* the same day again: the last one holds */
    assert_int_equal(count_of("select count(*) from desk_profile"), 2);
    assert_int_equal(count_of("select valid_to_day from desk_profile where host_id = 302"), MONDAY);
    a.profile.host = S("PK51101-TMA");
    assert_int_equal(did(SUPERVISOR, a), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_shift_lasts_from_its_beginning_to_its_end),
        FEATURE_TEST(who_has_left_the_rota_has_no_shift),
        FEATURE_TEST(behind_the_end_of_her_council_she_needs_a_letter),
        FEATURE_TEST(three_come_and_no_more),
        FEATURE_TEST(a_week_has_the_days_on_which_the_desk_is_open),
        FEATURE_TEST(a_desk_is_described_from_its_own_district_only),
    };
    return FEATURE_TESTS(tests);
}
