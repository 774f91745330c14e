/* Whoever has to act is told once, and nobody who had the sheet in her hands before. */
#include "feature_testing.h"

#include "remind.h"

static const struct period winter = {20260101, 20260331}; /* the last quarter that is over */

static err run_remind(struct ctx *c, void *arg)
{
    int64_t *done = arg;
    return sheet_remind(c, done);
}

/* One night: rounds until nothing is left to do. */
static int64_t night(void)
{
    int64_t all = 0;
    int64_t done = 1;
    for (int i = 0; i < 20 && done > 0; i++) {
        assert_int_equal(written_as((struct actor){.role = ROLE_SYSTEM}, run_remind, &done), ERR_OK);
        all += done;
    }
    assert_int_equal(done, 0);
    return all;
}

static err run_step(struct ctx *c, void *arg)
{
    const enum sheet_action *action = arg;
    struct sheet_view v;
    TRY(sheet_of_quarter(c, NOWSHERA, winter, &v));
    return sheet_act(c, &v, *action, S("Again"));
}

static void stepped(enum testing_who by, enum sheet_action action)
{
    assert_int_equal(written_as(who(by), run_step, &action), ERR_OK);
}

static size_t mine(enum testing_who by, const char *stage)
{
    struct ctx c = reading_as(who(by));
    struct q_remind_mine *rows;
    size_t n;
    size_t of = 0;
    assert_err(sheet_reminders(&c, &rows, &n), ok);
    for (size_t i = 0; i < n; i++) {
        of += rows[i].home == NOWSHERA && str_eq(rows[i].stage_code, str_of(stage));
    }
    return of;
}

static int64_t news(void)
{
    return count_of("select count(*) from outbox where home = 100 and news_code like 'sheet.remind_%'");
}

static void once_for_each_stage_to_whoever_acts(void **state)
{
    (void)state;
    assert_int_equal(night(), 4); /* two districts with a desk: the quarter begun, and told */
    assert_int_equal(news(), 1);
    assert_int_equal(mine(DESK, "submit"), 1);
    assert_int_equal(mine(DESK_2, "submit"), 1);
    assert_int_equal(mine(SUPERVISOR, "submit"), 0); /* there is a desk */
    assert_int_equal(mine(GONE_OFFICER, "submit"), 0);
    assert_int_equal(night(), 0);
    /* Put forward: nothing to remind of for some days, then the district's monitor is. */
    stepped(DESK, SHEET_SUBMIT);
    assert_int_equal(mine(DESK, "submit"), 0);
    assert_int_equal(night(), 0);
    clock_fix(TESTING_NOON + (int64_t)4 * 24 * HOUR_MS);
    assert_int_equal(night(), 1);
    assert_int_equal(mine(MONITOR, "verify"), 1);
    assert_int_equal(mine(KP_MONITOR, "verify"), 0);
    /* Verified by the province: who did it is not asked to approve it. */
    stepped(KP_MONITOR, SHEET_VERIFY);
    clock_fix(TESTING_NOON + (int64_t)8 * 24 * HOUR_MS);
    assert_int_equal(night(), 1);
    assert_int_equal(mine(KP_MONITOR, "approve"), 0);
    assert_int_equal(mine(KP_MONITOR_2, "approve"), 1);
    assert_int_equal(mine(MONITOR, "approve"), 0);
    assert_int_equal(news(), 3);
    /* Returned: that stage was told of already. */
    stepped(KP_MONITOR_2, SHEET_RETURN);
    assert_int_equal(night(), 0);
    assert_int_equal(news(), 3);
}

static void a_monitor_who_put_it_forward_does_not_verify_it(void **state)
{
    (void)state;
    (void)night();
    stepped(MONITOR, SHEET_SUBMIT);
    clock_fix(TESTING_NOON + (int64_t)4 * 24 * HOUR_MS);
    assert_int_equal(night(), 1);
    assert_int_equal(mine(MONITOR, "verify"), 0);
    assert_int_equal(mine(KP_MONITOR, "verify"), 1);
    assert_int_equal(mine(KP_MONITOR_2, "verify"), 1);
}

static void where_nobody_is_nobody_is_told(void **state)
{
    (void)state;
    run_script("update account set disabled_ms = 2 where home = 200");
    (void)night();
    assert_int_equal(count_of("select count(*) from outbox where home = 200"), 0);
    assert_int_equal(night(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(once_for_each_stage_to_whoever_acts),
        FEATURE_TEST(a_monitor_who_put_it_forward_does_not_verify_it),
        FEATURE_TEST(where_nobody_is_nobody_is_told),
    };
    return FEATURE_TESTS(tests);
}
