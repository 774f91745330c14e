/* The numbers beside the cases are always those one would count. */
#include "case_testing.h"

/* The same "random" steps each time (xorshift64). */
static uint64_t dice_state;

static unsigned dice(unsigned sides)
{
    dice_state ^= dice_state << 13;
    dice_state ^= dice_state >> 7;
    dice_state ^= dice_state << 17;
    return (unsigned)(dice_state >> 33) % sides;
}

enum { STEPS = 450, CASES = 16 };

struct play {
    case_ref refs[CASES];
    size_t n;
    size_t taken;
    bool visited[CASE_STATES];
};

static const phone testing_phone = {.e164 = S_INIT("+923001234567")};
static const char *const services[] = {"M-WAT-01", "M-LGT-01", "M-LIB-01", "M-PRK-01"};

static void play_file(struct play *p)
{
    static const str sexes[] = {S_INIT("woman"), S_INIT("man"), S_INIT("transgender"), S_INIT("not_stated")};
    struct case_new n = told(services[dice(4)], "PK52601", "Words");
    n.sex = sexes[dice(4)];
    n.phone = testing_phone;
    n.safe_call = dice(2) == 0;
    if (dice(4) == 0) {
        n.kind = S("suggestion");
    }
    p->refs[p->n++] = file_as(who(DESK), n).ref;
}

static struct case_act play_act(void)
{
    static const str officers[] = {S_INIT("officer.nowshera"), S_INIT("officer.pabbi")};
    static const str reports[] = {S_INIT("done"), S_INIT("partly"), S_INIT("not_possible")};
    static const str outcomes[] = {S_INIT("solved"), S_INIT("partly"), S_INIT("not_solved")};
    static const str vias[] = {S_INIT("desk"), S_INIT("phone"), S_INIT("proxy")};
    static const str reasons[] = {S_INIT("no_funds"), S_INIT("court_stay")};
    unsigned action = 1 + dice(CASE_ACTIONS - 1);
    static const unsigned forward[] = {CASE_ASSIGN, CASE_ACCEPT, CASE_REPORT_ACTION, CASE_ANSWER};
    if (dice(2) == 0) { /* or little else than notes would happen */
        action = forward[dice(4)];
    }
    struct case_act a = {.action = action, .words = dice(8) == 0 ? STR_NONE : S("Words")};
    a.to = officers[dice(2)];
    a.result = reports[dice(3)];
    a.outcome = outcomes[dice(3)];
    a.via = vias[dice(3)];
    a.reason = reasons[dice(2)];
    a.next_day = day_add(local_day(clock_now_ms()), 1 + (int64_t)dice(30));
    a.some_back = dice(2) == 0;
    if (action == CASE_AMEND) {
        a.service = dice(3) == 0 ? STR_NONE : str_of(services[dice(4)]);
        a.description = dice(3) == 0 ? S("Other words") : STR_NONE;
    }
    return a;
}

/* Most of what is tried is refused; what is taken must be counted. */
static void play_step(struct play *p)
{
    static const enum testing_who players[] = {DESK, DESK, OFFICER, PABBI_OFFICER, SUPERVISOR, ADC};
    const case_ref *ref = &p->refs[dice((unsigned)p->n)];
    const struct case_act act = play_act();
    const unsigned player = dice(7);
    const enum err_code e = player == 6 ? do_herself(ref, act) : do_as(players[player], ref, act);
    if (e != ERR_OK && e != ERR_DENIED && e != ERR_CONFLICT && e != ERR_INVALID && e != ERR_NOT_FOUND) {
        fail_msg("%s: %s, %s", complaint_kind.actions[act.action], err_name((err){e}), testing_now->fail.log);
    }
    if (e == ERR_OK) {
        p->taken++;
        p->visited[state_of(ref)] = true;
    }
}

/* Plays until so many steps were taken in all. */
static void play(struct play *p, size_t steps)
{
    while (p->taken < steps) {
        clock_fix(clock_now_ms() + (int64_t)dice(10) * HOUR_MS);
        if (p->n < CASES && (p->n == 0 || dice(20) == 0)) {
            play_file(p);
        } else {
            play_step(p);
        }
    }
}

static struct case_counts counts(void)
{
    struct ctx c = reading_as(who(SUPERVISOR));
    struct case_counts n;
    assert_err(case_count(&c, KIND_COMPLAINT, &n), ok);
    return n;
}

/* What the page shows, counted one by one. */
static void assert_counts_true(void)
{
    const struct case_counts kept = counts();
    int64_t all = 0;
    for (int64_t s = 0; s < CASE_STATES; s++) {
        const struct value state = {.type = VALUE_I64, .i = s};
        const int64_t n =
            number_of("select count(*) from flow f join cases c on c.home = f.home and c.id = f.subject_id"
                      " where f.home = 100 and c.case_kind_code = 'complaint' and f.flow_state = $1",
                      &state, 1);
        assert_int_equal(kept.by_state[s], n);
        all += n;
    }
    assert_int_equal(kept.all, all);
    assert_int_equal(kept.women, count_of("select count(*) from cases where home = 100 and sex_code = 'woman'"
                                          " and case_kind_code = 'complaint'"));
    assert_int_equal(kept.no_funds,
                     count_of("select count(*) from flow f join cases c on c.home = f.home and"
                              " c.id = f.subject_id where f.home = 100 and f.open_flag = 1 and"
                              " f.reason_code = 'no_funds' and c.case_kind_code = 'complaint'"));
}

/* What cases have gone through, counted one by one. */
static void assert_marks_true(void)
{
    static const struct {
        int64_t bit;
        const char *code;
    } marks[] = {{MARK_ASKED, "asked"},
                 {MARK_ANSWERED, "answered"},
                 {MARK_REOPENED, "reopened"},
                 {MARK_HANDED_OVER, "handed_over"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const struct value bit = {.type = VALUE_I64, .i = marks[i].bit};
        const struct value code = {.type = VALUE_TEXT, .s = str_of(marks[i].code)};
        assert_int_equal(number_of("select count(*) from flow where (mark_no & $1) <> 0", &bit, 1),
                         number_of("select cast(coalesce(sum(cases_n), 0) as bigint) from tally_mark"
                                   " where mark_code = $1",
                                   &code, 1));
    }
    assert_int_equal(count_of("select cast(coalesce(sum(spent_days), 0) as bigint) from flow"),
                     count_of("select cast(coalesce(sum(spent_days * cases_n), 0) as bigint) from tally_mark"
                              " where mark_code = 'days'"));
}

static err run_fold(struct ctx *c, void *arg)
{
    return tally_fold(c, arg);
}

static int64_t fold_all(void)
{
    int64_t done = 0;
    int64_t all = 0;
    do {
        assert_int_equal(written_as((struct actor){.role = ROLE_SYSTEM}, run_fold, &done), ERR_OK);
        all += done;
    } while (done > 0);
    return all;
}

static err run_check(struct ctx *c, void *arg)
{
    return tally_check(c, arg);
}

/* As the job does: until it says that nothing is left. */
static int64_t check_all(void)
{
    int64_t done = 0;
    int64_t all = 0;
    do {
        assert_int_equal(written_as((struct actor){.role = ROLE_SYSTEM}, run_check, &done), ERR_OK);
        all += done;
    } while (done > 0);
    return all;
}

static int64_t mended(void)
{
    return count_of("select count(*) from audit where event_name = 'tally.mended'");
}

/* The night finds nothing to mend. */
static void assert_recount_agrees(void)
{
    const int64_t before = mended();
    (void)check_all();
    assert_int_equal(mended(), before);
    assert_int_equal(count_of("select count(*) from tally where cases_n < 0"), 0);
    assert_int_equal(count_of("select count(*) from tally_coarse where cases_n < 0"), 0);
    assert_int_equal(count_of("select count(*) from tally_mark where cases_n < 0"), 0);
}

static void the_night_mends_what_differs(void **state)
{
    (void)state;
    (void)file_water();
    clock_fix(TESTING_NOON + 40 * (int64_t)MS_PER_DAY);
    (void)file_water();
    (void)file_as(who(OTHER_DESK), told("M-WAT-01", "PK51101", "No water"));
    (void)fold_all();
    assert_int_equal(check_all(), 3); /* two months here, one there */
    assert_int_equal(mended(), 0);
    run_script("update tally set cases_n = 7 where home = 100 and filed_month = 202606;");
    assert_int_equal(check_all(), 3);
    assert_int_equal(mended(), 1);
    assert_recount_agrees();
    run_script("insert into tally_mark values (100, 202606, 'complaint', 400, 101, 'asked', 0, 3);");
    assert_int_equal(check_all(), 3);
    assert_int_equal(mended(), 2);
    assert_recount_agrees();
    run_script(
        "update tally_coarse set cases_n = 7 where home = 200;"); /* what pages read may be wrong by itself */
    assert_int_equal(check_all(), 3);
    assert_int_equal(mended(), 3);
    assert_int_equal(count_of("select count(*) from tally_coarse where home = 200 and cases_n = 1"), 1);
    assert_int_equal(check_all(), 3);
    assert_int_equal(mended(), 3);
}

static void any_steps_at_all_are_counted(void **state)
{
    (void)state;
    struct play p = {.n = 0};
    dice_state = UINT64_C(12345678901);
    for (size_t part = 1; part <= 3; part++) {
        play(&p, part * STEPS / 3);
        assert_counts_true();
        const int64_t folded = fold_all();
        assert_true(on_pg() ? folded > 0 : folded == 0);
        assert_counts_true();
        assert_marks_true();
        assert_recount_agrees();
        assert_int_equal(count_of("select count(*) from tally_delta"), 0);
    }
    assert_int_equal(p.n, CASES);
    for (int s = 0; s < CASE_STATES; s++) {
        if (!p.visited[s]) {
            fail_msg("no case was ever %s", complaint_kind.states[s]);
        }
    }
}

static void districts_are_counted_apart(void **state)
{
    (void)state;
    (void)file_water();
    (void)file_as(who(OTHER_DESK), told("M-WAT-01", "PK51101", "No water"));
    struct case_new man = told("M-WAT-01", "PK52601", "No water");
    man.sex = S("man");
    (void)file_as(who(DESK), man);
    const struct case_counts n = counts();
    assert_int_equal(n.all, 2);
    assert_int_equal(n.women, 1);
    assert_int_equal(n.by_state[CASE_REGISTERED], 2);
}

/* Another matter while she is asked, with words: two things change at once, and each is counted once. */
static void what_changes_twice_is_counted_once(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &ref, ACT(ASK, .words = S("Which?"))));
    assert_done(do_as(DESK, &ref, ACT(AMEND, .words = S("The lamp"), .service = S("M-LGT-01"))));
    (void)fold_all();
    assert_recount_agrees();
    assert_counts_true();
}

static void a_refused_step_counts_nothing(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_int_equal(do_as(SUPERVISOR, &ref, ACT(REJECT, .words = STR_NONE)), ERR_INVALID);
    assert_int_equal(do_as(OFFICER, &ref, REPORT("done")), ERR_NOT_FOUND);
    (void)fold_all();
    assert_recount_agrees();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(any_steps_at_all_are_counted),       FEATURE_TEST(districts_are_counted_apart),
        FEATURE_TEST(what_changes_twice_is_counted_once), FEATURE_TEST(a_refused_step_counts_nothing),
        FEATURE_TEST(the_night_mends_what_differs),
    };
    return FEATURE_TESTS_BUSY(tests);
}
