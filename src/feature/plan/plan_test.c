/* A draft, another person's approval, and what then never changes. */
#include "feature_testing.h"

#include "place.h"
#include "plan.h"

static const char plan_sql[] = "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
                               "insert into funder values (910, 'government'), (911, 'partner-1');";

struct doing {
    str code; /* of the plan; what was made */
    err (*run)(struct ctx *c, struct doing *d, struct planned *v);
    enum plan_action action;
    str words;
    int64_t no, n;
};

static err run_make(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    const struct plan_new n = {
        .programme = S("women-kacheri"), .kind = S("operational"), .unit = d->words, .year = 2026};
    return plan_make(c, &n, &d->code);
}

static err run_on(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    TRY(plan_find(c, d->code, &v));
    return d->run(c, d, &v);
}

static err do_act(struct ctx *c, struct doing *d, struct planned *v)
{
    return plan_act(c, v, d->action, d->words);
}

static err do_revise(struct ctx *c, struct doing *d, struct planned *v)
{
    return plan_revise(c, v, &d->code);
}

static err do_target(struct ctx *c, struct doing *d, struct planned *v)
{
    const struct plan_target_edit e = {
        .indicator = 1, .unit = S("PK526"), .n = SOME(d->n), .role = STR_NONE, .sex = STR_NONE};
    return plan_target_put(c, v, &e);
}

static err do_share(struct ctx *c, struct doing *d, struct planned *v)
{
    return plan_share_put(c, v, 1, d->words, d->n);
}

static err do_marker(struct ctx *c, struct doing *d, struct planned *v)
{
    const struct plan_marker_new m = {
        .action = 1, .scheme = S("sdg"), .value = d->words, .why = S("Local voice")};
    return plan_marker_add(c, v, &m);
}

static err do_step(struct ctx *c, struct doing *d, struct planned *v)
{
    return plan_action_act(c, v, 1, (enum action_action)d->no, d->words);
}

/* One output, one indicator with its target, one activity. */
static err do_fill(struct ctx *c, struct doing *d, struct planned *v)
{
    int64_t no;
    const struct plan_result_edit r = {.kind = S("output"), .title = S("Women are heard")};
    const struct plan_indicator_edit i = {.result = 1, .indicator = S("attendance")};
    const struct plan_action_edit a = {.result = 1,
                                       .title = S("Hear women"),
                                       .target = d->words,
                                       .post = S("Desk officer"),
                                       .from_day = 20260701,
                                       .to_day = 20261231,
                                       .units = S("PK526\nPK52602")};
    TRY(plan_result_put(c, v, &r));
    TRY(plan_indicator_put(c, v, &i));
    TRY(do_target(c, d, v));
    return plan_action_put(c, v, &a, &no);
}

static enum err_code on(enum testing_who by, str code,
                        err (*run)(struct ctx *c, struct doing *d, struct planned *v), struct doing d)
{
    d.code = code;
    d.run = run;
    return written_as(who(by), run_on, &d);
}

static enum err_code act(enum testing_who by, str code, enum plan_action action, str words)
{
    return on(by, code, do_act, (struct doing){.action = action, .words = words});
}

static str made(enum testing_who by, str unit)
{
    struct doing d = {.words = unit};
    run_script(plan_sql);
    assert_int_equal(written_as(who(by), run_make, &d), ERR_OK);
    assert_int_equal(on(by, d.code, do_fill, (struct doing){.words = S("gender_centric"), .n = 40}), ERR_OK);
    return d.code;
}

static enum plan_state state_of(str code)
{
    struct ctx c = reading_as(who(MANAGER));
    struct planned v;
    assert_int_equal(plan_find(&c, code, &v).code, ERR_OK);
    return v.state;
}

static int64_t target_of(str code)
{
    struct ctx c = reading_as(who(MANAGER));
    struct planned v;
    struct plan_whole w;
    assert_int_equal(plan_find(&c, code, &v).code, ERR_OK);
    assert_int_equal(plan_whole(&c, &v, &w).code, ERR_OK);
    assert_int_equal(w.targets_n, 1);
    return w.targets[0].num_n;
}

static void somebody_else_approves(void **state)
{
    (void)state;
    const str code = made(MANAGER, S("PK526"));
    assert_true(str_eq(code, S("OP-PK526-2026-27-V1")));
    assert_int_equal(act(MANAGER, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_DENIED); /* her own */
    assert_int_equal(testing_now->fail.message, MSG_PLAN_OWN);
    assert_int_equal(act(KP_MONITOR, code, PLAN_APPROVE, STR_NONE), ERR_DENIED);
    assert_int_equal(act(MANAGER, code, PLAN_RETURN, STR_NONE), ERR_INVALID); /* without a word */
    assert_int_equal(act(MANAGER, code, PLAN_RETURN, S("Too few")), ERR_OK);
    assert_int_equal(state_of(code), PLAN_DRAFT);
}

static void what_was_approved_never_changes(void **state)
{
    (void)state;
    const str code = made(MONITOR, S("PK526"));
    assert_int_equal(act(MONITOR, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_target, (struct doing){.n = 50}), ERR_CONFLICT); /* put forward */
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_target, (struct doing){.n = 50}), ERR_CONFLICT);
    assert_int_equal(on(MANAGER, code, do_target, (struct doing){.n = 50}), ERR_CONFLICT);
    assert_int_equal(target_of(code), 40);

    struct doing next = {.code = code, .run = do_revise};
    assert_int_equal(written_as(who(MONITOR), run_on, &next), ERR_OK);
    assert_true(str_eq(next.code, S("OP-PK526-2026-27-V2")));
    assert_int_equal(target_of(next.code), 40);
    assert_int_equal(on(MONITOR, next.code, do_target, (struct doing){.n = 50}), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_revise, (struct doing){.n = 0}),
                     ERR_CONFLICT); /* one draft at a time */
    assert_int_equal(on(DESK, code, do_step, (struct doing){.no = ACTION_BEGIN}), ERR_OK);
    assert_int_equal(act(MONITOR, next.code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, next.code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(state_of(code), PLAN_SUPERSEDED);
    assert_int_equal(target_of(code), 40); /* as it was approved */
    assert_int_equal(target_of(next.code), 50);
    assert_int_equal(on(DESK, code, do_step, (struct doing){.no = ACTION_FINISH}), ERR_CONFLICT);
    assert_int_equal(on(DESK, next.code, do_step, (struct doing){.no = ACTION_FINISH}),
                     ERR_OK); /* it had begun */
}

static void what_is_missing_is_not_put_forward(void **state)
{
    (void)state;
    struct doing d = {.words = S("PK526")};
    run_script(plan_sql);
    assert_int_equal(written_as(who(MONITOR), run_make, &d), ERR_OK);
    assert_int_equal(act(MONITOR, d.code, PLAN_SUBMIT, STR_NONE), ERR_CONFLICT);
    assert_int_equal(on(MONITOR, d.code, do_fill, (struct doing){.words = S("neither"), .n = 40}),
                     ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "target");
    assert_int_equal(
        on(MONITOR, d.code, do_fill, (struct doing){.words = S("gender_mainstreaming"), .n = 40}), ERR_OK);
    assert_int_equal(on(MONITOR, d.code, do_share, (struct doing){.words = S("government"), .n = 600}),
                     ERR_OK);
    assert_int_equal(act(MONITOR, d.code, PLAN_SUBMIT, STR_NONE), ERR_CONFLICT); /* 600 of 1000 */
    assert_int_equal(on(MONITOR, d.code, do_share, (struct doing){.words = S("partner-1"), .n = 500}),
                     ERR_INVALID);
    assert_int_equal(on(MONITOR, d.code, do_share, (struct doing){.words = S("partner-1"), .n = 400}),
                     ERR_OK);
    assert_int_equal(act(MONITOR, d.code, PLAN_SUBMIT, STR_NONE), ERR_OK);
}

static void one_plans_for_ones_own_place(void **state)
{
    (void)state;
    struct doing d = {.words = S("PK511")};
    run_script(plan_sql);
    assert_int_equal(written_as(who(MONITOR), run_make, &d), ERR_DENIED);
    assert_int_equal(written_as(who(DESK), run_make, &d), ERR_DENIED);
    d.words = S("PK5");
    assert_int_equal(written_as(who(MONITOR), run_make, &d), ERR_DENIED);
    assert_int_equal(written_as(who(KP_MONITOR), run_make, &d), ERR_OK);
    struct ctx below = reading_as(who(DESK)); /* the province's plan is also hers to read */
    struct planned v;
    assert_int_equal(plan_find(&below, d.code, &v).code, ERR_OK);
    d.words = S("PK511");
    assert_int_equal(written_as(who(KP_MONITOR), run_make, &d), ERR_OK);
    struct ctx beside = reading_as(who(DESK));
    assert_int_equal(plan_find(&beside, d.code, &v).code, ERR_NOT_FOUND);
    struct q_plan_list *rows;
    size_t n;
    assert_int_equal(plan_list(&beside, &rows, &n).code, ERR_OK);
    assert_int_equal(n, 1);
    d.words = S("PK5");
    assert_int_equal(written_as(who(KP_MONITOR), run_make, &d), ERR_CONFLICT); /* there is one */
}

static void a_marker_is_a_value_of_its_scheme(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        enum err_code code;
    } cases[] = {{"5.5", ERR_OK},       {"16.b", ERR_OK},      {"17.19", ERR_OK},
                 {"16.10", ERR_OK},     {"18.1", ERR_INVALID}, {"5.7", ERR_INVALID},
                 {"5.10", ERR_INVALID}, {"17.a", ERR_INVALID}, {"5", ERR_INVALID}};
    const str code = made(MONITOR, S("PK526"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(on(MONITOR, code, do_marker, (struct doing){.words = str_of(cases[i].value)}),
                         cases[i].code);
    }
    assert_true(str_eq(plan_suggests(S("gender_centric"), S("gen")), S("3")));
    assert_true(str_eq(plan_suggests(S("gender_mainstreaming"), S("dac")), S("1")));
    assert_int_equal(count_of("select count(*) from plan_marker where scheme_code <> 'sdg'"),
                     0); /* never set silently */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(somebody_else_approves),
        FEATURE_TEST(what_was_approved_never_changes),
        FEATURE_TEST(what_is_missing_is_not_put_forward),
        FEATURE_TEST(one_plans_for_ones_own_place),
        FEATURE_TEST(a_marker_is_a_value_of_its_scheme),
    };
    return FEATURE_TESTS(tests);
}
