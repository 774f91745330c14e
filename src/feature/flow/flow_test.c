/* The engine of states, steps and clocks, on a kind of its own and a real database. */
#include "feature_testing.h"

#include "flow.h"
#include "msg.h"

/* ---- a toy kind: a kettle ---- */

enum { COLD, WARM, HOT };
enum { HEAT, COOL, LOOK };
enum { ANY, A_LITTLE, MUCH };

static const char *const states[] = {"cold", "warm", "hot"};
static const char *const actions[] = {"heat", "cool", "look"};
static const char *const results[] = {"", "a_little", "much"};
static const struct flow_transition table[] = {
    {COLD, HEAT, A_LITTLE, WARM, FLOW_ROLE(DESK) | FLOW_ROLE(ADC)},
    {COLD, HEAT, MUCH, HOT, FLOW_ROLE(ADC)},
    {WARM, COOL, ANY, COLD, FLOW_ROLE(DESK)},
    {COLD, LOOK, ANY, FLOW_STAY, FLOW_ROLE(DESK) | FLOW_ROLE(OFFICER)},
    {WARM, LOOK, ANY, FLOW_STAY, FLOW_ROLE(OFFICER)},
};
static const struct flow_kind kettle = {
    .kind_no = 77,
    .name = "kettle",
    .states = states,
    .states_n = 3,
    .open_states = 1u << COLD | 1u << WARM,
    .actions = actions,
    .actions_n = 3,
    .undo = 3,
    .results = results,
    .results_n = 3,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
static const struct subject mine = {.kind = &kettle, .home = NOWSHERA, .id = 1};
static const struct subject other = {.kind = &kettle, .home = NOWSHERA, .id = 2};

static void the_table_says_what_follows(void **state)
{
    (void)state;
    static const struct {
        unsigned from, action, result;
        enum role role;
        enum err_code want;
        unsigned to;
    } cells[] = {
        {COLD, HEAT, A_LITTLE, ROLE_DESK, ERR_OK, WARM},
        {COLD, HEAT, A_LITTLE, ROLE_ADC, ERR_OK, WARM},
        {COLD, HEAT, MUCH, ROLE_ADC, ERR_OK, HOT},
        {COLD, HEAT, MUCH, ROLE_DESK, ERR_DENIED, 0},
        {COLD, HEAT, ANY, ROLE_ADC, ERR_CONFLICT, 0},
        {WARM, HEAT, MUCH, ROLE_ADC, ERR_CONFLICT, 0},
        {WARM, COOL, ANY, ROLE_DESK, ERR_OK, COLD},
        {WARM, COOL, A_LITTLE, ROLE_DESK, ERR_CONFLICT, 0},
        {WARM, LOOK, ANY, ROLE_OFFICER, ERR_OK, WARM},
        {WARM, LOOK, ANY, ROLE_DESK, ERR_DENIED, 0},
        {HOT, LOOK, ANY, ROLE_OFFICER, ERR_CONFLICT, 0},
        {COLD, LOOK, ANY, ROLE_NOBODY, ERR_DENIED, 0},
        {COLD, HEAT, A_LITTLE, ROLE_SYSTEM, ERR_DENIED, 0},
    };
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        unsigned to = 99;
        const err e = flow_next(&kettle, cells[i].from, cells[i].action, cells[i].result, cells[i].role, &to);
        assert_int_equal(e.code, cells[i].want);
        assert_int_equal(to, e.code == ERR_OK ? cells[i].to : 99);
    }
    assert_true(flow_can(&kettle, COLD, HEAT, ROLE_DESK)); /* with one of its results */
    assert_false(flow_can(&kettle, COLD, HEAT, ROLE_OFFICER));
    assert_false(flow_can(&kettle, WARM, HEAT, ROLE_DESK));
    assert_true(flow_open(&kettle, WARM));
    assert_false(flow_open(&kettle, HOT));
}

static void names_are_found(void **state)
{
    (void)state;
    unsigned at = 99;
    assert_int_equal(flow_state_of(&kettle, S("hot"), &at).code, ERR_OK);
    assert_int_equal(at, HOT);
    assert_int_equal(flow_action_of(&kettle, S("look"), &at).code, ERR_OK);
    assert_int_equal(at, LOOK);
    assert_int_equal(flow_result_of(&kettle, S("a_little"), &at).code, ERR_OK);
    assert_int_equal(at, A_LITTLE);
    assert_int_equal(flow_state_of(&kettle, S("ho"), &at).code, ERR_NOT_FOUND);
    assert_int_equal(flow_action_of(&kettle, S("Look"), &at).code, ERR_NOT_FOUND);
    assert_int_equal(flow_result_of(&kettle, S("little"), &at).code, ERR_NOT_FOUND);
    assert_int_equal(at, A_LITTLE);
    assert_int_equal(flow_result_of(&kettle, STR_NONE, &at).code, ERR_OK); /* none is a result too */
    assert_int_equal(at, FLOW_ANY_RESULT);
}

/* ---- the end of a promise ---- */

static int64_t local(int64_t day, int hour, int minute)
{
    return day_at_ms(day, hour, minute);
}

static void a_promise_ends_when_the_office_closes(void **state)
{
    (void)state;
    static const struct {
        int64_t day;
        int hour, minute;
        int64_t days, due_day;
    } cases[] = {
        {20260605, 12, 0, 3, 20260608}, {20260605, 0, 0, 1, 20260606},   {20260605, 23, 59, 1, 20260606},
        {20260605, 16, 1, 0, 20260605}, {20260131, 12, 0, 1, 20260201},  {20260228, 12, 0, 1, 20260301},
        {20280228, 12, 0, 1, 20280229}, {20261231, 23, 59, 1, 20270101}, {20261215, 8, 0, 30, 20270114},
        {20260605, 4, 59, 1, 20260606}, /* still the 4th by UTC */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int64_t from = local(cases[i].day, cases[i].hour, cases[i].minute);
        assert_int_equal(due_at(from, cases[i].days), local(cases[i].due_day, 16, 0));
    }
    /* the last millisecond of a local day and the first of the next are a day apart */
    assert_int_equal(due_at(local(20260606, 0, 0) - 1, 1), local(20260606, 16, 0));
    assert_int_equal(due_at(local(20260606, 0, 0), 1), local(20260607, 16, 0));
    assert_int_equal(local(20260605, 16, 0), TESTING_NOON + 4 * HOUR_MS);
}

/* ---- steps ---- */

struct stepping {
    struct subject subject;
    struct flow_step_in step;
    struct q_flow_get flow; /* in and out */
};

static struct q_flow_get facets(void)
{
    return (struct q_flow_get){.unit_id = PABBI, .topic_id = WATER, .due_ms = local(20260608, 16, 0)};
}

static err run_start(struct ctx *c, void *arg)
{
    struct stepping *s = arg;
    const struct q_flow_get first = facets();
    return flow_start(c, &s->subject, COLD, &first, &s->step);
}

static err run_act(struct ctx *c, void *arg)
{
    struct stepping *s = arg;
    return flow_act(c, &s->subject, &s->flow, &s->step);
}

static void start(const struct subject *subject)
{
    struct stepping s = {.subject = *subject,
                         .step = {.action = LOOK, .via = S("desk"), .words = S("first")}};
    assert_int_equal(written_as(who(DESK), run_start, &s), ERR_OK);
}

static struct q_flow_get now_of(const struct subject *subject)
{
    struct ctx c = reading_as(who(DESK));
    struct q_flow_get flow;
    assert_err(flow_now(&c, subject, &flow), ok);
    return flow;
}

static enum err_code act(enum testing_who w, unsigned action, unsigned result, str words)
{
    struct stepping s = {
        .subject = mine, .step = {.action = action, .result = result, .words = words}, .flow = now_of(&mine)};
    return written_as(who(w), run_act, &s);
}

static struct q_step_list *timeline(size_t n)
{
    struct ctx c = reading_as(who(DESK));
    struct q_step_list *steps;
    size_t found;
    enum { ALL = 1000 };
    assert_err(flow_timeline(&c, &mine, 0, ALL, &steps, &found), ok);
    assert_int_equal(found, n);
    for (size_t i = 0; i < n / 2; i++) { /* oldest first, as they happened */
        const struct q_step_list swap = steps[i];
        steps[i] = steps[n - 1 - i];
        steps[n - 1 - i] = swap;
    }
    return steps;
}

static void a_step_moves_the_subject_and_is_kept(void **state)
{
    (void)state;
    start(&mine);
    start(&other);
    clock_fix(TESTING_NOON + MINUTE_MS);
    assert_int_equal(act(DESK, HEAT, A_LITTLE, S("careful")), ERR_OK);
    const struct q_flow_get flow = now_of(&mine);
    assert_int_equal(flow.flow_state, WARM);
    assert_int_equal(flow.step_no, 2);
    assert_int_equal(flow.since_ms, TESTING_NOON + MINUTE_MS);
    assert_int_equal(flow.open_flag, 1);
    assert_int_equal(flow.due_ms, facets().due_ms);
    const struct q_step_list *steps = timeline(2);
    assert_int_equal(steps[0].action_no, LOOK);
    assert_int_equal(steps[0].to_state, COLD);
    assert_true(str_eq(steps[0].via_code, S("desk")) && str_eq(steps[0].words_text, S("first")));
    assert_null(steps[0].result_code.p);
    assert_int_equal(steps[1].from_state, COLD);
    assert_int_equal(steps[1].to_state, WARM);
    assert_int_equal(steps[1].at_ms, TESTING_NOON + MINUTE_MS);
    assert_int_equal(steps[1].role_no, ROLE_DESK);
    assert_int_equal(steps[1].actor_id.v, who(DESK).user_id);
    assert_int_equal(steps[1].actor_office_id.v, DESK_OFFICE);
    assert_true(str_eq(steps[1].result_code, S("a_little")) && str_eq(steps[1].words_text, S("careful")));
    assert_int_equal(now_of(&other).flow_state, COLD);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'kettle.heat' and about_id = 1"),
                     1);
    assert_int_equal(count_of("select count(*) from audit where detail_text like '%careful%'"), 0);
}

/* Looking changes neither state nor deadline, only what happened; a closed one is no longer open. */
static void staying_is_a_step_too(void **state)
{
    (void)state;
    start(&mine);
    clock_fix(TESTING_NOON + HOUR_MS);
    assert_int_equal(act(OFFICER, LOOK, ANY, STR_NONE), ERR_OK);
    const struct q_flow_get flow = now_of(&mine);
    assert_int_equal(flow.flow_state, COLD);
    assert_int_equal(flow.since_ms, TESTING_NOON);
    assert_int_equal(flow.due_ms, facets().due_ms);
    assert_int_equal(act(ADC, HEAT, MUCH, STR_NONE), ERR_OK);
    assert_int_equal(now_of(&mine).open_flag, 0);
    assert_int_equal(timeline(3)[2].to_state, HOT);
}

static void what_the_table_refuses_leaves_nothing(void **state)
{
    (void)state;
    start(&mine);
    assert_int_equal(act(OFFICER, HEAT, MUCH, STR_NONE), ERR_DENIED);
    assert_int_equal(testing_now->fail.message, MSG_FLOW_NOT_YOURS);
    assert_int_equal(act(DESK, COOL, ANY, STR_NONE), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_FLOW_NOT_NOW);
    assert_int_equal(now_of(&mine).step_no, 1);
    timeline(1);
    assert_int_equal(count_of("select count(*) from audit where about_kind = 'kettle'"), 1);
}

/* Two people saw the same state: the second is told, and nothing of hers is kept. */
static void of_two_steps_at_once_one_is_taken(void **state)
{
    (void)state;
    start(&mine);
    const struct q_flow_get seen = now_of(&mine);
    struct stepping first = {.subject = mine, .step = {.action = LOOK}, .flow = seen};
    struct stepping second = {.subject = mine, .step = {.action = HEAT, .result = MUCH}, .flow = seen};
    assert_int_equal(written_as(who(OFFICER), run_act, &first), ERR_OK);
    assert_int_equal(first.flow.step_no, 2);
    assert_int_equal(written_as(who(ADC), run_act, &second), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_FLOW_CHANGED_MEANWHILE);
    assert_int_equal(now_of(&mine).flow_state, COLD);
    timeline(2);
}

static void an_unknown_subject_is_not_found(void **state)
{
    (void)state;
    start(&mine);
    const struct subject elsewhere = {.kind = &kettle, .home = HARIPUR, .id = 1};
    struct ctx c = reading_as(who(DESK));
    struct q_flow_get flow;
    assert_err(flow_now(&c, &elsewhere, &flow), not_found);
    assert_err(flow_now(&c, &other, &flow), not_found);
}

static bool done_by(unsigned action, int64_t account, int64_t office)
{
    struct ctx c = reading_as(who(DESK));
    bool done = false;
    assert_err(flow_done_by(&c, &mine, action, account, office, &done), ok);
    return done;
}

static void who_did_it_is_known_by_person_and_by_office(void **state)
{
    (void)state;
    start(&mine);
    assert_int_equal(act(OFFICER, LOOK, ANY, STR_NONE), ERR_OK);
    assert_int_equal(act(ADC, HEAT, MUCH, STR_NONE), ERR_OK);
    assert_true(done_by(LOOK, who(OFFICER).user_id, 0));
    assert_true(done_by(LOOK, who(OFFICER).user_id, PABBI_OFFICE)); /* she moved to another office since */
    assert_true(done_by(LOOK, who(OFFICER_2).user_id, TMA_OFFICE));
    assert_true(done_by(LOOK, 0, TMA_OFFICE));
    assert_false(done_by(LOOK, who(OFFICER_2).user_id, PABBI_OFFICE));
    assert_false(done_by(HEAT, who(OFFICER).user_id, TMA_OFFICE));
    assert_false(done_by(COOL, who(OFFICER).user_id, TMA_OFFICE));
    assert_false(done_by(LOOK, 0, 0)); /* the complainant has neither account nor office */
}

static err run_public_start(struct ctx *c, void *arg)
{
    c->actor = (struct actor){.role = ROLE_PUBLIC};
    return run_start(c, arg);
}

static void a_step_of_the_public_has_no_account(void **state)
{
    (void)state;
    struct stepping s = {.subject = mine, .step = {.action = LOOK, .inside = true}};
    assert_int_equal(written_as(who(DESK), run_public_start, &s), ERR_OK);
    const struct q_step_list *steps = timeline(1);
    assert_false(steps[0].actor_id.given || steps[0].actor_office_id.given);
    assert_int_equal(steps[0].inside_flag, 1);
    assert_false(done_by(LOOK, 0, 0));
}

/* ---- clocks ---- */

struct clocking {
    err (*run)(struct ctx *c, const struct clocking *k, int64_t *out_due);
    struct promise promise;
    int64_t due;
};

static str resolve(void)
{
    return S("resolve");
}

static err clock_starts(struct ctx *c, const struct clocking *k, int64_t *out_due)
{
    return clock_start(c, &mine, resolve(), &k->promise, out_due);
}
static err clock_pauses(struct ctx *c, const struct clocking *k, int64_t *out_due)
{
    (void)k;
    (void)out_due;
    return clock_pause(c, &mine, resolve());
}
static err clock_goes_on(struct ctx *c, const struct clocking *k, int64_t *out_due)
{
    (void)k;
    return clock_go_on(c, &mine, resolve(), out_due);
}
static err clock_stops(struct ctx *c, const struct clocking *k, int64_t *out_due)
{
    (void)k;
    (void)out_due;
    return clock_stop(c, &mine, resolve());
}
static err clock_moves(struct ctx *c, const struct clocking *k, int64_t *out_due)
{
    return clock_move(c, &mine, resolve(), k->promise.days, k->promise.basis, out_due);
}

static err run_clock(struct ctx *c, void *arg)
{
    struct clocking *k = arg;
    return k->run(c, k, &k->due);
}

static enum err_code turn(err (*run)(struct ctx *, const struct clocking *, int64_t *), int64_t days,
                          int64_t *out_due)
{
    struct clocking k = {.run = run, .promise = {clock_now_ms(), days, S("By law")}, .due = -1};
    const enum err_code e = written_as(who(DESK), run_clock, &k);
    if (out_due != NULL) {
        *out_due = k.due;
    }
    return e;
}

static struct q_deadline_last last_round_of_mine(void)
{
    struct ctx c = reading_as(who(DESK));
    const struct q_deadline_last_in in = {
        .home = mine.home, .kind_no = kettle.kind_no, .subject_id = mine.id, .clock_code = resolve()};
    struct q_deadline_last round;
    assert_err(q_deadline_last(c.db, c.arena, &in, &round), ok);
    return round;
}

static void on_day(int64_t day)
{
    clock_fix(local(day, 12, 0));
}

static void a_clock_runs_from_its_day(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    assert_int_equal(turn(clock_starts, 3, &due), ERR_OK);
    assert_int_equal(due, local(20260608, 16, 0));
    const struct q_deadline_last round = last_round_of_mine();
    assert_int_equal(round.round_no, 1);
    assert_int_equal(round.started_ms, TESTING_NOON);
    assert_int_equal(round.due_ms, due);
    assert_false(round.paused_ms.given || round.stopped_ms.given);
    assert_true(str_eq(round.basis_text, S("By law")));
}

/* She is asked on the 5th and answers on the 7th: two more days. Then again, and seven days are all there is.
 */
static void pauses_are_hers_up_to_seven_days_in_all(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    assert_int_equal(turn(clock_starts, 3, NULL), ERR_OK);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    on_day(20260606);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK); /* paused already: from the first day on */
    on_day(20260607);
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260610, 16, 0));
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK); /* it runs: nothing is added */
    assert_int_equal(due, local(20260610, 16, 0));
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    on_day(20260627);
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260615, 16, 0));
    assert_int_equal(last_round_of_mine().paused_days, PAUSE_DAYS_MAX);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    on_day(20260629);
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260615, 16, 0));
}

/* An answer in the evening of the same day costs and gives nothing; one past midnight is a day. */
static void a_pause_counts_local_days(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    clock_fix(local(20260605, 23, 50));
    assert_int_equal(turn(clock_starts, 3, NULL), ERR_OK);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    clock_fix(local(20260605, 23, 59));
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260608, 16, 0));
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    clock_fix(local(20260606, 0, 1));
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260609, 16, 0));
}

static void a_stopped_clock_stands(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    assert_int_equal(turn(clock_starts, 3, NULL), ERR_OK);
    on_day(20260606);
    assert_int_equal(turn(clock_stops, 0, NULL), ERR_OK);
    on_day(20260610);
    assert_int_equal(turn(clock_stops, 0, NULL), ERR_OK); /* once is enough */
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    assert_int_equal(turn(clock_goes_on, 0, &due), ERR_OK);
    assert_int_equal(due, local(20260608, 16, 0));
    const struct q_deadline_last round = last_round_of_mine();
    assert_int_equal(round.stopped_ms.v, local(20260606, 12, 0));
    assert_false(round.paused_ms.given);
}

static void rounds_follow_each_other(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    assert_int_equal(turn(clock_starts, 3, NULL), ERR_OK);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    on_day(20260608);
    assert_int_equal(turn(clock_goes_on, 0, NULL), ERR_OK);
    assert_int_equal(turn(clock_stops, 0, NULL), ERR_OK);
    on_day(20260701);
    assert_int_equal(turn(clock_starts, 7, &due), ERR_OK);
    assert_int_equal(due, local(20260708, 16, 0));
    struct q_deadline_last round = last_round_of_mine();
    assert_int_equal(round.round_no, 2);
    assert_int_equal(round.paused_days, 0); /* the seven days are of each round */
    assert_false(round.stopped_ms.given);
    assert_int_equal(count_of("select count(*) from deadline where due_ms = 1781175600000"),
                     1); /* the first stays */
}

/* Another matter: counted from the same day, what was paused kept, and running again when it stood. */
static void a_moved_clock_keeps_its_start_and_its_pauses(void **state)
{
    (void)state;
    start(&mine);
    int64_t due;
    assert_int_equal(turn(clock_starts, 3, NULL), ERR_OK);
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_OK);
    on_day(20260607);
    assert_int_equal(turn(clock_goes_on, 0, NULL), ERR_OK);
    assert_int_equal(turn(clock_moves, 7, &due), ERR_OK);
    assert_int_equal(due, local(20260614, 16, 0));
    assert_int_equal(turn(clock_stops, 0, NULL), ERR_OK);
    assert_int_equal(turn(clock_moves, 1, &due), ERR_OK);
    assert_int_equal(due, local(20260608, 16, 0));
    assert_false(last_round_of_mine().stopped_ms.given);
    assert_int_equal(last_round_of_mine().round_no, 1);
}

static void without_a_clock_there_is_none_to_turn(void **state)
{
    (void)state;
    assert_int_equal(turn(clock_pauses, 0, NULL), ERR_NOT_FOUND);
    assert_int_equal(turn(clock_goes_on, 0, NULL), ERR_NOT_FOUND);
    assert_int_equal(turn(clock_stops, 0, NULL), ERR_NOT_FOUND);
    assert_int_equal(turn(clock_moves, 1, NULL), ERR_NOT_FOUND);
}

/* ---- assignment, news ---- */

static err run_assign_twice(struct ctx *c, void *arg)
{
    (void)arg;
    TRY(flow_assign(c, &mine, 2, TMA_OFFICE, SOME(who(OFFICER).user_id)));
    c->now_ms += HOUR_MS;
    TRY(flow_assign(c, &mine, 3, PABBI_OFFICE, NONE_I64));
    return flow_assign(c, &other, 2, TMA_OFFICE, NONE_I64);
}

static void one_assignment_holds_at_a_time(void **state)
{
    (void)state;
    start(&mine);
    start(&other);
    assert_int_equal(written_as(who(SUPERVISOR), run_assign_twice, NULL), ERR_OK);
    assert_int_equal(count_of("select count(*) from assignment where subject_id = 1"), 2);
    assert_int_equal(count_of("select office_id from assignment where subject_id = 1 and to_ms is null"),
                     PABBI_OFFICE);
    assert_int_equal(count_of("select to_ms from assignment where step_no = 2 and subject_id = 1"),
                     TESTING_NOON + HOUR_MS);
    assert_int_equal(count_of("select assignee_id from assignment where to_ms is not null"),
                     who(OFFICER).user_id);
    assert_int_equal(count_of("select count(*) from assignment where subject_id = 2 and to_ms is null"), 1);
}

static err run_news(struct ctx *c, void *arg)
{
    (void)arg;
    TRY(flow_news(c, &mine, S("kettle.hot")));
    return flow_news(c, &mine, S("kettle.cold"));
}

static void news_wait_in_order(void **state)
{
    (void)state;
    start(&mine);
    assert_int_equal(written_as(who(DESK), run_news, NULL), ERR_OK);
    assert_int_equal(
        count_of("select count(*) from outbox where taken_ms is null and home = 100 and kind_no = 77"
                 " and subject_id = 1"),
        2);
    assert_int_equal(count_of("select count(*) from outbox a join outbox b on b.id > a.id"
                              " where a.news_code = 'kettle.hot' and b.news_code = 'kettle.cold'"),
                     1);
}

static err run_news_and_fail(struct ctx *c, void *arg)
{
    TRY(run_news(c, arg));
    return FAIL(CONFLICT);
}

static void what_failed_is_no_news(void **state)
{
    (void)state;
    start(&mine);
    assert_int_equal(written_as(who(DESK), run_news_and_fail, NULL), ERR_CONFLICT);
    assert_int_equal(count_of("select count(*) from outbox"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_what_follows),
        cmocka_unit_test(names_are_found),
        FEATURE_TEST(a_promise_ends_when_the_office_closes),
        FEATURE_TEST(a_step_moves_the_subject_and_is_kept),
        FEATURE_TEST(staying_is_a_step_too),
        FEATURE_TEST(what_the_table_refuses_leaves_nothing),
        FEATURE_TEST(of_two_steps_at_once_one_is_taken),
        FEATURE_TEST(an_unknown_subject_is_not_found),
        FEATURE_TEST(who_did_it_is_known_by_person_and_by_office),
        FEATURE_TEST(a_step_of_the_public_has_no_account),
        FEATURE_TEST(a_clock_runs_from_its_day),
        FEATURE_TEST(pauses_are_hers_up_to_seven_days_in_all),
        FEATURE_TEST(a_pause_counts_local_days),
        FEATURE_TEST(a_stopped_clock_stands),
        FEATURE_TEST(rounds_follow_each_other),
        FEATURE_TEST(a_moved_clock_keeps_its_start_and_its_pauses),
        FEATURE_TEST(without_a_clock_there_is_none_to_turn),
        FEATURE_TEST(one_assignment_holds_at_a_time),
        FEATURE_TEST(news_wait_in_order),
        FEATURE_TEST(what_failed_is_no_news),
    };
    return FEATURE_TESTS(tests);
}
