#include "feature_testing.h"

#include "visit.h"

struct testing_act {
    struct visit_new visit;
    struct material_new material;
    str turn, record, move;
    int64_t no, n;
};

static err run_token(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return token_give(c, a->turn, a->record, &a->no);
}

static err run_next(struct ctx *c, void *arg)
{
    return token_next(c, &((struct testing_act *)arg)->no);
}

static err run_left(struct ctx *c, void *arg)
{
    return token_left(c, ((struct testing_act *)arg)->no);
}

static err run_visit(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return visit_add(c, &a->visit, &a->no);
}

static err run_undo(struct ctx *c, void *arg)
{
    return visit_undo(c, ((struct testing_act *)arg)->no);
}

static err run_material(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return material_add(c, &a->material, &a->no);
}

static err run_move(struct ctx *c, void *arg)
{
    const struct testing_act *a = arg;
    return material_move(c, a->no, a->move, a->n, a->record);
}

static err run_exit(struct ctx *c, void *arg)
{
    const struct testing_act *a = arg;
    struct visit_desk d;
    TRY(visit_desk_find(c, S("PK526-WFD"), &d));
    return exit_answer(c, &d, a->move, a->record);
}

static int64_t give(str turn)
{
    struct testing_act a = {.turn = turn};
    assert_int_equal(written_as(who(DESK), run_token, &a), ERR_OK);
    return a.no;
}

static int64_t next(void)
{
    struct testing_act a = {.no = 0};
    assert_int_equal(written_as(who(DESK), run_next, &a), ERR_OK);
    return a.no;
}

static struct desk_figures figures(enum testing_who w)
{
    struct desk_figures f;
    struct visit_desk d;
    struct ctx c = reading_as(who(w));
    assert_int_equal(figures_reach(&c, S("PK526-WFD"), &d).code, ERR_OK);
    assert_int_equal(figures_of(&c, &d, local_month(TESTING_NOON), &f).code, ERR_OK);
    return f;
}

static void test_numbers_go_by_turn(void **state)
{
    (void)state;
    struct testing_act a = {.no = 0};
    assert_int_equal(written_as(who(DESK), run_next, &a), ERR_CONFLICT);
    assert_int_equal(give(S("usual")), 1);
    assert_int_equal(give(S("usual")), 2);
    assert_int_equal(give(S("first")), 3);
    assert_int_equal(next(), 3);
    assert_int_equal(next(), 1);
    assert_int_equal(next(), 2);
    a.turn = S("quick");
    assert_int_equal(written_as(who(DESK), run_token, &a), ERR_INVALID);
    clock_fix(TESTING_NOON + MS_PER_DAY);
    assert_int_equal(give(S("usual")), 1); /* every day begins at one */
}

static void test_a_number_sent_twice_is_one(void **state)
{
    (void)state;
    struct testing_act a = {.turn = S("usual"), .record = S("01J0000000000000000000TOKEN")};
    assert_int_equal(written_as(who(DESK), run_token, &a), ERR_OK);
    assert_int_equal(a.no, 1);
    assert_int_equal(written_as(who(DESK), run_token, &a), ERR_OK);
    assert_int_equal(a.no, 1);
    a.turn = S("first"); /* somebody else's */
    assert_int_equal(written_as(who(DESK), run_token, &a), ERR_CONFLICT);
    assert_int_equal(give(S("usual")), 2);
    const struct desk_figures f = figures(DESK);
    assert_int_equal(desk_sum(&f, S("token"), STR_NONE, STR_NONE), 2);
}

static void test_only_a_desk_does_this(void **state)
{
    (void)state;
    static const enum testing_who others[] = {OFFICER, SUPERVISOR, ADC, ADMIN, DESK_OF_TMA};
    struct testing_act a = {.turn = S("usual")};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(written_as(who(others[i]), run_token, &a), ERR_DENIED);
    }
    assert_int_equal(written_as(who(OTHER_DESK), run_token, &a), ERR_OK);
    assert_int_equal(a.no, 1); /* its own numbers */
}

static void test_waiting_is_measured_by_its_median(void **state)
{
    (void)state;
    give(S("usual"));
    give(S("usual"));
    clock_fix(TESTING_NOON + 10 * MINUTE_MS);
    next();
    clock_fix(TESTING_NOON + 15 * MINUTE_MS);
    next();
    assert_int_equal(figures(DESK).wait_twice.v, 25); /* 12 and a half */
    give(S("usual"));
    clock_fix(TESTING_NOON + 75 * MINUTE_MS);
    next();
    assert_int_equal(figures(DESK).wait_twice.v, 30);
}

static void test_a_visit_ends_a_number(void **state)
{
    (void)state;
    struct testing_act a = {
        .visit = {.sex = S("woman"), .outcome = S("information"), .token = SOME(give(S("usual")))}};
    assert_int_equal(written_as(who(DESK), run_visit, &a), ERR_OK);
    assert_int_equal(a.no, 1);
    assert_int_equal(written_as(who(DESK), run_visit, &a), ERR_CONFLICT); /* served already */
    assert_string_equal(testing_now->fail.field, "token");
    a.no = give(S("usual"));
    assert_int_equal(written_as(who(DESK), run_left, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_left, &a), ERR_CONFLICT);
    const struct desk_figures f = figures(DESK);
    assert_int_equal(desk_sum(&f, S("served"), STR_NONE, STR_NONE), 1);
    assert_int_equal(desk_sum(&f, S("left"), STR_NONE, STR_NONE), 1);
    assert_int_equal(desk_sum(&f, S("visit"), S("information"), S("woman")), 1);
}

static void test_visits_are_counted_and_taken_back(void **state)
{
    (void)state;
    struct testing_act a = {.visit = {.sex = S("woman"),
                                      .outcome = S("online"),
                                      .online = S("identity"),
                                      .self = true,
                                      .minutes = SOME(20),
                                      .record = S("01J0000000000000000000VISIT")}};
    struct testing_act b = {.visit = {.sex = S("woman"), .outcome = S("online"), .online = S("magic")}};
    assert_int_equal(written_as(who(DESK), run_visit, &b), ERR_INVALID);
    assert_int_equal(written_as(who(DESK), run_visit, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_visit, &a), ERR_OK); /* the same again */
    b = a;
    b.visit.sex = S("man"); /* another visit is not lost without a word */
    assert_int_equal(written_as(who(DESK), run_visit, &b), ERR_CONFLICT);
    b = a;
    b.visit.minutes = NONE_I64;
    assert_int_equal(written_as(who(DESK), run_visit, &b), ERR_CONFLICT);
    struct desk_figures f = figures(SUPERVISOR);
    assert_int_equal(desk_sum(&f, S("visit"), S("online"), STR_NONE), 1);
    assert_int_equal(desk_sum(&f, S("shown"), S("identity"), S("woman")), 1);
    assert_int_equal(desk_sum(&f, S("minutes"), STR_NONE, STR_NONE), 20);
    assert_int_equal(written_as(who(DESK_2), run_undo, &a), ERR_NOT_FOUND); /* not hers */
    assert_int_equal(written_as(who(DESK), run_undo, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_undo, &a), ERR_NOT_FOUND);
    f = figures(SUPERVISOR);
    assert_int_equal(desk_sum(&f, S("visit"), STR_NONE, STR_NONE), 0);
    assert_int_equal(desk_sum(&f, S("minutes"), STR_NONE, STR_NONE), 0);
}

static void test_stock_is_never_below_zero(void **state)
{
    (void)state;
    struct testing_act a = {.material = {.name = S("RTI brochure"), .form = S("brochure"), .stock = 10}};
    assert_int_equal(written_as(who(DESK), run_material, &a), ERR_OK);
    a.move = S("given");
    a.n = 11;
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_CONFLICT);
    a.n = 10;
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_OK);
    a.n = 1;
    a.move = S("lost");
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_CONFLICT);
    a.move = S("received");
    a.n = 150;
    a.record = S("01J00000000000000000000MOVE");
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_OK); /* the same again */
    a.n = 151;
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_CONFLICT);
    a.record = STR_NONE;
    a.move = S("counted");
    a.n = 148;
    assert_int_equal(written_as(who(DESK), run_move, &a), ERR_OK);
    const struct desk_figures f = figures(DESK);
    assert_int_equal(f.materials_n, 1);
    assert_int_equal(f.materials[0].given_n, 10);
    assert_int_equal(f.materials[0].received_n, 150);
    assert_int_equal(f.materials[0].stock_n, 148);
    assert_int_equal(written_as(who(OTHER_DESK), run_move, &a), ERR_NOT_FOUND);
}

static void answer(str face, int form)
{
    struct testing_act a = {.move = face, .record = arena_printf(testing_now->arena, "form-%d", form)};
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, run_exit, &a), ERR_OK);
}

static void test_few_answers_are_not_shown(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        answer(S("good"), i);
    }
    answer(S("bad"), 3); /* the same form again */
    clock_fix(TESTING_NOON + MS_PER_DAY);
    assert_int_equal(figures(DESK).exit_days, 0);
    assert_int_equal(figures(DESK).exit_hidden_days, 1);
    assert_int_equal(figures(DESK).exit[0], 0);
    for (int i = 0; i < 4; i++) {
        answer(S("good"), i);
    }
    answer(S("bad"), 9);
    assert_int_equal(figures(DESK).exit_days, 0); /* the day is not over */
    clock_fix(TESTING_NOON + 2 * (int64_t)MS_PER_DAY);
    assert_int_equal(figures(DESK).exit_days, 1);
    assert_int_equal(figures(DESK).exit[0], 4);
    assert_int_equal(figures(DESK).exit[2], 1);
    assert_int_equal(count_of("select count(*) from audit where event_name like '%exit%'"), 0);
}

static void test_figures_are_for_those_who_oversee(void **state)
{
    (void)state;
    struct visit_desk *all;
    struct visit_desk d;
    size_t n;
    struct ctx c = reading_as(who(OTHER_ADC));
    assert_int_equal(figures_reach(&c, S("PK526-WFD"), &d).code, ERR_NOT_FOUND);
    assert_int_equal(figures_desks(&c, &all, &n).code, ERR_OK);
    assert_int_equal(n, 1);
    c = reading_as(who(OTHER_DESK));
    assert_int_equal(figures_reach(&c, S("PK526-WFD"), &d).code, ERR_NOT_FOUND);
    c = reading_as(who(ADC));
    assert_int_equal(figures_reach(&c, S(""), &d).code, ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_numbers_go_by_turn),
        FEATURE_TEST(test_a_number_sent_twice_is_one),
        FEATURE_TEST(test_only_a_desk_does_this),
        FEATURE_TEST(test_waiting_is_measured_by_its_median),
        FEATURE_TEST(test_a_visit_ends_a_number),
        FEATURE_TEST(test_visits_are_counted_and_taken_back),
        FEATURE_TEST(test_stock_is_never_below_zero),
        FEATURE_TEST(test_few_answers_are_not_shown),
        FEATURE_TEST(test_figures_are_for_those_who_oversee),
    };
    return FEATURE_TESTS(tests);
}
