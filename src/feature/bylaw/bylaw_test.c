#include "feature_testing.h"

#include "bylaw.h"
#include "msg.h"

struct testing_act {
    str unit, code;
    struct bylaw_words words;
    struct bylaw_meeting meeting;
    struct bylaw_resolution resolution;
    int what;
};

static err run_draft(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return bylaw_draft(c, a->unit, S(""), &a->code);
}

static err run_step(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    struct bylaw_view v;
    TRY(bylaw_find(c, a->code, &v));
    return a->what == BYLAW_WRITE     ? bylaw_write(c, &v, &a->words)
           : a->what == BYLAW_CONSULT ? bylaw_consult(c, &v, &a->meeting)
           : a->what == BYLAW_ADOPT   ? bylaw_adopt(c, &v, &a->resolution)
                                      : bylaw_drop(c, &v);
}

static enum err_code step(struct testing_act *a, enum bylaw_action what)
{
    a->what = (int)what;
    return written_as(who(ADC), run_step, a);
}

/* One folder for both lists: seeding is dear. */
static void test_from_a_draft_to_an_adoption(void **state)
{
    (void)state;
    struct testing_act a = {.unit = S("PK5260201"),
                            .words = {S("en"), S("Heard"), S("One.\nTwo.")},
                            .meeting = {20260601, S("Meeting"), S("")},
                            .resolution = {20260602, S("12"), 13, 4, 5, 3}};
    struct testing_act other = {.unit = S("PK511")};
    assert_int_equal(written_as(who(ADC), run_draft, &other),
                     ERR_INVALID); /* a district, and another one's */
    other.unit = S("PK51101");
    assert_int_equal(written_as(who(ADC), run_draft, &other), ERR_INVALID);
    assert_int_equal(written_as(who(ADC), run_draft, &a), ERR_OK);
    assert_int_equal(step(&a, BYLAW_CONSULT), ERR_INVALID); /* without a word */
    a.words.words = S("One.\nOf the ___ members ___ are women.");
    assert_int_equal(step(&a, BYLAW_WRITE), ERR_OK);
    assert_int_equal(step(&a, BYLAW_CONSULT), ERR_INVALID); /* something is left open */
    a.words.words = S("One.\nTwo.");
    assert_int_equal(step(&a, BYLAW_WRITE), ERR_OK);
    assert_int_equal(step(&a, BYLAW_ADOPT), ERR_CONFLICT);
    a.what = BYLAW_CONSULT;
    assert_int_equal(written_as(who(OTHER_ADC), run_step, &a), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(KP_MONITOR), run_step, &a), ERR_DENIED);
    assert_int_equal(step(&a, BYLAW_CONSULT), ERR_OK);
    assert_int_equal(step(&a, BYLAW_WRITE), ERR_OK); /* other words: consulted again */
    assert_int_equal(step(&a, BYLAW_ADOPT), ERR_CONFLICT);
    assert_int_equal(step(&a, BYLAW_CONSULT), ERR_OK);
    a.resolution.women = 14;
    assert_int_equal(step(&a, BYLAW_ADOPT), ERR_INVALID);
    a.resolution.women = 4;
    assert_int_equal(step(&a, BYLAW_ADOPT), ERR_OK);
    assert_int_equal(step(&a, BYLAW_DROP), ERR_CONFLICT);
    assert_int_equal(count_of("select count(*) from bylaw_version"), 3);
    assert_int_equal(count_of("select women_n from bylaw"), 4);
}

static void test_lines_are_compared(void **state)
{
    (void)state;
    struct bylaw_line *l;
    size_t n;
    struct ctx c = reading_as(who(ADC));
    assert_int_equal(bylaw_lines(c.arena, S("a\nb\nc"), S("a\nx\n\nc\nd"), &l, &n).code, ERR_OK);
    assert_int_equal(n, 5);
    assert_true(str_eq(l[0].model, S("a")) && str_eq(l[0].own, S("a")));
    assert_true(str_eq(l[1].model, S("b")) && l[1].own.p == NULL);
    assert_true(l[2].model.p == NULL && str_eq(l[2].own, S("x")));
    assert_true(str_eq(l[3].own, S("c")) && str_eq(l[3].model, S("c")));
    assert_true(l[4].model.p == NULL && str_eq(l[4].own, S("d")));
    assert_int_equal(bylaw_lines(c.arena, S(""), S(""), &l, &n).code, ERR_OK);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_from_a_draft_to_an_adoption),
        FEATURE_TEST(test_lines_are_compared),
    };
    return FEATURE_TESTS(tests);
}
