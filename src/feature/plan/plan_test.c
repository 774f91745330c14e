/* A draft, another person's approval, and what then never changes. */
#include "feature_testing.h"

#include "place.h"
#include "plan.h"

static const char plan_sql[] =
    "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
    "insert into funder values (910, 'government', 99991231, ''), (911, 'partner-1', 99991231, '');";

struct doing {
    str code; /* of the plan; what was made */
    err (*run)(struct ctx *c, struct doing *d, struct planned *v);
    enum plan_action action;
    str words;
    int64_t no, n, year;
};

static err run_make(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    const struct plan_new n = {.programme = S("women-kacheri"),
                               .kind = S("operational"),
                               .unit = d->words,
                               .year = d->year == 0 ? 2026 : d->year};
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
    const struct plan_target_edit e = {.indicator = 1,
                                       .unit = S("PK526"),
                                       .quarter = d->no,
                                       .n = SOME(d->n),
                                       .role = STR_NONE,
                                       .sex = STR_NONE};
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

/* ---- events of a line ---- */

struct planning {
    str line, why, code;
    int64_t day;
    str amend; /* of `code` */
};

static err run_event(struct ctx *c, void *arg)
{
    struct planning *p = arg;
    const struct event_new n = {.at = {.unit = c->actor.home == NOWSHERA ? S("PK52601") : S("PK51101"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = p->day,
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .plan = p->line,
                                .why = p->why,
                                .again = true};
    return p->amend.p != NULL ? event_amend(c, p->amend, &n) : event_plan(c, &n, &p->code);
}

static str event_of(enum testing_who by, str line, int64_t day, enum err_code code)
{
    struct planning p = {.line = line, .day = day, .why = line.n == 0 ? S("Asked for") : STR_NONE};
    assert_int_equal(written_as(who(by), run_event, &p), code);
    return p.code;
}

static void amended(str event, str line, enum err_code code)
{
    struct planning p = {.line = line, .day = 20260801, .amend = event};
    p.why = line.n == 0 ? S("Asked for") : STR_NONE;
    assert_int_equal(written_as(who(DESK), run_event, &p), code);
}

static int64_t ties(void)
{
    return count_of("select count(*) from plan_event");
}

static void an_event_names_its_line_of_a_plan_in_force(void **state)
{
    (void)state;
    const str line = S("OP-PK526-2026-27-V1/1");
    const str code = made(MONITOR, S("PK526"));
    (void)event_of(DESK, line, 20260801, ERR_INVALID); /* a draft */
    assert_string_equal(testing_now->fail.field, "plan");
    assert_int_equal(testing_now->fail.message, MSG_EVENT_LINE_WRONG);
    assert_int_equal(act(MONITOR, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_OK);
    const str event = event_of(DESK, line, 20260801, ERR_OK);
    assert_int_equal(ties(), 1);
    (void)event_of(DESK, S("OP-PK526-2026-27-V1/2"), 20260801, ERR_INVALID); /* there is no such line */
    (void)event_of(DESK, line, 20270201, ERR_INVALID);                       /* it ends with the year */
    (void)event_of(OTHER_DESK, line, 20260801, ERR_INVALID);                 /* another district's */
    (void)event_of(DESK, S("Activity 2.1/3"), 20260801, ERR_OK);             /* words of an older paper */
    (void)event_of(DESK, STR_NONE, 20260801, ERR_OK);                        /* with a reason */
    assert_int_equal(ties(), 1);
    struct planning bare = {.day = 20260801, .line = STR_NONE, .why = STR_NONE};
    assert_int_equal(written_as(who(DESK), run_event, &bare), ERR_INVALID); /* neither */
    amended(event, STR_NONE, ERR_OK);
    assert_int_equal(ties(), 0);
    amended(event, S("OP-PK526-2026-27-V1/9"), ERR_INVALID);
    amended(event, line, ERR_OK);
    assert_int_equal(ties(), 1);
}

static err do_tie(struct ctx *c, struct doing *d, struct planned *v)
{
    return plan_event_tie(c, v, 1, d->words, d->no == 1);
}

static size_t events_of(str code)
{
    struct ctx c = reading_as(who(MANAGER));
    struct planned v;
    struct q_plan_events *rows;
    size_t n;
    assert_err(plan_find(&c, code, &v), ok);
    assert_err(plan_events(&c, &v, 1, &rows, &n), ok);
    return n;
}

static void a_tie_by_hand_is_of_the_line_in_every_version(void **state)
{
    (void)state;
    const str code = made(MONITOR, S("PK526"));
    const str event = event_of(DESK, S("Activity 1"), 20260801, ERR_OK);
    const str before = event_of(DESK, S("Activity 1"), 20260620, ERR_OK);
    assert_int_equal(on(DESK, code, do_tie, (struct doing){.words = event, .no = 1}),
                     ERR_CONFLICT); /* a draft */
    assert_int_equal(act(MONITOR, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(on(DESK, code, do_tie, (struct doing){.words = event, .no = 1}), ERR_OK);
    assert_int_equal(on(OTHER_DESK, code, do_tie, (struct doing){.words = event, .no = 1}), ERR_NOT_FOUND);
    assert_int_equal(on(DESK, code, do_tie, (struct doing){.words = before, .no = 1}), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "tie"); /* it is not of this year */
    assert_int_equal(on(DESK, code, do_tie, (struct doing){.words = S("EDS-X"), .no = 1}), ERR_INVALID);
    assert_int_equal(events_of(code), 1);
    amended(event, S("Activity 2"), ERR_OK); /* its own words leave what was tied by hand */
    assert_int_equal(events_of(code), 1);
    struct doing next = {.code = code, .run = do_revise};
    assert_int_equal(written_as(who(MONITOR), run_on, &next), ERR_OK);
    assert_int_equal(act(MONITOR, next.code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, next.code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(events_of(next.code), 1);
    assert_int_equal(on(DESK, next.code, do_tie, (struct doing){.words = event, .no = 0}), ERR_OK);
    assert_int_equal(events_of(next.code), 0);
}

/* ---- needs and what an activity answers ---- */

static err do_cite(struct ctx *c, struct doing *d, struct planned *v)
{
    const struct plan_cite_new n = {.kind = d->no == 0   ? S("need")
                                            : d->no == 1 ? S("snapshot")
                                                         : S("finding"),
                                    .event = d->words,
                                    .need = d->n,
                                    .indicator = S("attendance"),
                                    .unit = S("PK526"),
                                    .period = d->no == 1 ? d->words : STR_NONE,
                                    .words = d->no == 2 ? d->words : STR_NONE};
    return plan_cite_add(c, v, 1, &n);
}

struct answering {
    str event, answer, words;
    int64_t need;
};

static err run_answer(struct ctx *c, void *arg)
{
    const struct answering *a = arg;
    return plan_need_answer(c, a->event, a->need, a->answer, a->words);
}

static enum err_code answered(enum testing_who by, str event, const char *answer, const char *words)
{
    struct answering a = {event, str_of(answer), str_of(words), 1};
    return written_as(who(by), run_answer, &a);
}

static size_t needs(enum testing_who by, bool open, struct q_need_open **out)
{
    struct ctx c = reading_as(who(by));
    size_t n;
    assert_err(plan_needs(&c, (struct period){20260101, 20261231}, open, out, &n), ok);
    return n;
}

static void what_becomes_of_a_need_is_said(void **state)
{
    (void)state;
    struct q_need_open *rows;
    const str code = made(MONITOR, S("PK526"));
    const str event = event_of(DESK, STR_NONE, 20260601, ERR_OK);
    run_script("insert into event_need (home, event_id, need_no, words_text, women_n, others_n)"
               " select home, id, 1, 'A tap', 5, 0 from event;"
               "insert into event_need (home, event_id, need_no, words_text, same_as_no, women_n, others_n)"
               " select home, id, 2, 'Water', 1, 3, 0 from event");
    assert_int_equal(needs(SUPERVISOR, true, &rows), 1); /* what is the same is one need */
    assert_int_equal(needs(OTHER_SUPERVISOR, true, &rows), 0);
    assert_int_equal(answered(DESK, event, "declined", "No money"), ERR_DENIED);
    assert_int_equal(answered(OTHER_SUPERVISOR, event, "declined", "No money"), ERR_NOT_FOUND);
    assert_int_equal(answered(SUPERVISOR, event, "declined", " "), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "words");
    assert_int_equal(answered(SUPERVISOR, event, "perhaps", "No money"), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "answer");
    assert_int_equal(answered(SUPERVISOR, event, "declined", "No money"), ERR_OK);
    assert_int_equal(needs(SUPERVISOR, true, &rows), 0);
    /* What an activity cites is answered by its approval: the second need is the first. */
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.words = event, .n = 2}), ERR_OK);
    assert_int_equal(needs(SUPERVISOR, false, &rows), 1);
    assert_true(str_eq(rows[0].answer_code, S("declined")));
    assert_int_equal(act(MONITOR, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(needs(SUPERVISOR, false, &rows), 1);
    assert_true(str_eq(rows[0].answer_code, S("in_plan")));
    assert_int_equal(count_of("select count(*) from need_answer"), 2); /* the first one stays readable */
}

static void what_is_cited_must_be_there(void **state)
{
    (void)state;
    const str code = made(MONITOR, S("PK526"));
    const str event = event_of(DESK, STR_NONE, 20260601, ERR_OK);
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.words = event, .n = 1}), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "event");
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.words = S("EDS-X"), .n = 1}), ERR_INVALID);
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.no = 1, .words = S("soon")}), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "period");
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.no = 1, .words = S("FY2025-26Q3")}),
                     ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "indicator"); /* nobody approved it */
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.no = 2, .words = S(" ")}), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "finding");
    assert_int_equal(on(MONITOR, code, do_cite, (struct doing){.no = 2, .words = S("It was far")}), ERR_OK);
    assert_int_equal(on(DESK, code, do_cite, (struct doing){.no = 2, .words = S("It was far")}), ERR_DENIED);
}

/* ---- programmes, and who pays ---- */

static err run_programme(struct ctx *c, void *arg)
{
    return plan_programme_put(c, arg);
}

static enum err_code put(enum testing_who by, struct plan_programme_edit e)
{
    return written_as(who(by), run_programme, &e);
}

struct paying {
    str which, code, name, why;
    int64_t last;
};
static err run_funder(struct ctx *c, void *arg)
{
    const struct paying *p = arg;
    const struct plan_funder_edit e = {
        .which = p->which,
        .code = p->code,
        .names = {.in = {[LANG_EN] = p->name, [LANG_UR] = STR_NONE, [LANG_PS] = STR_NONE}},
        .last_day = p->last != 0 ? SOME(p->last) : NONE_I64,
        .why = p->why};
    return plan_funder_put(c, &e);
}

static void a_manager_begins_renames_and_ends_programmes(void **state)
{
    (void)state;
    struct plan_programme_edit e = {.code = S("rights"),
                                    .names.in = {[LANG_EN] = S("Rights"), [LANG_UR] = S("حقوق")},
                                    .from_day = SOME(20260701)};
    assert_int_equal(put(MONITOR, e), ERR_DENIED);
    assert_int_equal(put(MANAGER, e), ERR_OK);
    assert_int_equal(put(MANAGER, e), ERR_INVALID); /* there is one */
    e.code = S("No Code");
    assert_int_equal(put(MANAGER, e), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "code");
    assert_int_equal(
        count_of("select count(*) from programme where to_day = 99991231 and project_month_n = 1"), 1);
    struct plan_programme_edit change = {
        .which = S("rights"), .month = SOME(7), .names.in = {[LANG_EN] = S("Her rights")}};
    assert_int_equal(put(MANAGER, change), ERR_OK);
    assert_int_equal(count_of("select count(*) from label where label_kind_code = 'programme' and"
                              " label_text in ('Her rights', 'حقوق')"),
                     2);
    change.month = SOME(13);
    assert_int_equal(put(MANAGER, change), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "month");
    change = (struct plan_programme_edit){.which = S("rights"), .to_day = SOME(20260630)};
    assert_int_equal(put(MANAGER, change), ERR_INVALID); /* before it began */
    change.which = S("nothing");
    assert_int_equal(put(MANAGER, change), ERR_NOT_FOUND);
    /* Not before a plan of it; and behind its end there is no further plan. */
    const str code = made(MONITOR, S("PK526"));
    change = (struct plan_programme_edit){.which = S("women-kacheri"), .to_day = SOME(20260630)};
    assert_int_equal(put(MANAGER, change), ERR_CONFLICT);
    assert_int_equal(act(MONITOR, code, PLAN_DROP, S("Begun too early")), ERR_OK);
    assert_int_equal(put(MANAGER, change), ERR_OK);
    struct doing d = {.words = S("PK526")};
    assert_int_equal(written_as(who(MONITOR), run_make, &d), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "year");
    static const int64_t no_years[] = {-1, 1, 26, 1989, 2201};
    for (size_t i = 0; i < sizeof no_years / sizeof no_years[0]; i++) {
        struct doing odd = {.words = S("PK526"), .year = no_years[i]};
        assert_int_equal(written_as(who(MONITOR), run_make, &odd), ERR_INVALID);
        assert_int_equal(testing_now->fail.message, MSG_PLAN_YEAR_DIGITS);
    }
    struct paying p = {.code = S("bank"), .name = S("A bank")};
    assert_int_equal(written_as(who(MONITOR), run_funder, &p), ERR_DENIED);
    assert_int_equal(written_as(who(MANAGER), run_funder, &p), ERR_OK);
    assert_int_equal(written_as(who(MANAGER), run_funder, &p), ERR_INVALID);
    p = (struct paying){.which = S("bank"), .name = S("The bank")};
    assert_int_equal(written_as(who(MANAGER), run_funder, &p), ERR_OK);
    assert_int_equal(
        count_of("select count(*) from label where label_kind_code = 'funder' and label_text = 'The bank'"),
        1);
    assert_int_equal(
        count_of("select count(*) from audit where event_name in ('programme.begun', 'programme.changed',"
                 " 'funder.begun', 'funder.changed')"),
        5);
}

static enum err_code funder_ends(int64_t last, str why)
{
    struct paying p = {.which = S("partner-1"), .last = last, .why = why};
    return written_as(who(MANAGER), run_funder, &p);
}

/* In the draft of a plan. */
static void a_target_may_be_of_a_project_year(str code)
{
    struct plan_programme_edit change = {.which = S("women-kacheri"), .month = SOME(10)};
    assert_int_equal(put(MANAGER, change), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_target, (struct doing){.no = PLAN_SPAN_PROJECT, .n = 50}), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_target, (struct doing){.no = PLAN_SPAN_CALENDAR, .n = 45}), ERR_OK);
    assert_int_equal(
        count_of("select num_n from plan_target where from_day = 20261001 and to_day = 20270930"), 50);
    assert_int_equal(
        count_of("select num_n from plan_target where from_day = 20270101 and to_day = 20271231"), 45);
    change.month = SOME(4); /* its years would lie across that one */
    assert_int_equal(put(MANAGER, change), ERR_CONFLICT);
    assert_string_equal(testing_now->fail.field, "month");
    assert_int_equal(act(MONITOR, code, PLAN_DROP, S("Begun too early")), ERR_OK);
    assert_int_equal(put(MANAGER, change), ERR_OK);
}

static void funders_end_and_project_years_begin(void **state)
{
    (void)state;
    const str code = made(MONITOR, S("PK526"));
    const struct doing ours = {.words = S("government"), .n = 600},
                       theirs = {.words = S("partner-1"), .n = 400};
    assert_int_equal(on(MONITOR, code, do_share, ours), ERR_OK);
    assert_int_equal(on(MONITOR, code, do_share, theirs), ERR_OK);
    assert_int_equal(act(MONITOR, code, PLAN_SUBMIT, STR_NONE), ERR_OK);
    assert_int_equal(act(MANAGER, code, PLAN_APPROVE, STR_NONE), ERR_OK);
    assert_int_equal(funder_ends(20260930, S(" ")), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "funder_why");
    assert_int_equal(funder_ends(0, S("Project over")), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "funder_last");
    assert_int_equal(funder_ends(20260930, S("Project over")), ERR_CONFLICT); /* the activity goes on */
    assert_int_equal(testing_now->fail.message, MSG_PLAN_FUNDER_COUNTED);
    assert_true(str_eq(testing_now->fail.args[0].value, code));
    assert_int_equal(funder_ends(20261231, S("Project over")), ERR_OK);
    assert_int_equal(count_of("select count(*) from plan_share where funder_id = 911"), 1);
    /* The next version carries the share along; when the money stops earlier it wants another one. */
    struct doing d = {.code = code, .run = do_revise};
    assert_int_equal(written_as(who(MONITOR), run_on, &d), ERR_OK);
    run_script("update funder set to_day = 20260930 where id = 911");
    assert_int_equal(on(MONITOR, d.code, do_share, theirs), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_PLAN_FUNDER_ENDED);
    assert_int_equal(act(MONITOR, d.code, PLAN_SUBMIT, STR_NONE), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_PLAN_NOT_READY);
    /* What was paid before is told beside it. */
    struct ctx c = reading_as(who(MONITOR));
    struct planned v;
    struct q_plan_share_history *rows;
    size_t n;
    assert_err(plan_find(&c, d.code, &v), ok);
    const struct q_plan_share_history_in in = {.home = v.row.home, .id = v.row.id, .action_no = 1};
    assert_err(q_plan_share_history(c.db, c.arena, &in, &rows, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].share_n, 600);
    assert_int_equal(rows[1].share_n, 400);
    a_target_may_be_of_a_project_year(d.code);
}

/* ---- targets beside figures ---- */

static struct plan_actual actual(enum testing_who by, str code, struct opt_i64 *out_reached)
{
    struct ctx c = reading_as(who(by));
    struct planned v;
    struct plan_whole w;
    struct plan_actual a;
    assert_err(plan_find(&c, code, &v), ok);
    assert_err(plan_whole(&c, &v, &w), ok);
    assert_err(plan_actual(&c, &w.indicators[0], &w.targets[0], true, &a), ok);
    *out_reached = a.of != NULL ? plan_reached(&w.targets[0], a.of, a.num, a.den) : NONE_I64;
    return a;
}

static void a_target_stands_beside_what_was_approved(void **state)
{
    (void)state;
    struct opt_i64 reached;
    const str code = made(KP_MONITOR, S("PK526"));
    clock_fix(TESTING_NOON + INT64_C(160) * 24 * HOUR_MS); /* November: the second quarter */
    struct plan_actual a = actual(MONITOR, code, &reached);
    assert_int_equal(a.found, 0);
    assert_int_equal(a.expected, 2);
    assert_true(a.now);
    assert_int_equal(a.now_num, 0);
    run_script(
        "insert into sheet (home, id, sheet_kind_code, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n)"
        " values (100, 77, 'quarter', 20260701, 20260930, 1, 20261015, '', '', '', '', 0);"
        "insert into snapshot (home, id, snapshot_no, indicator_code, from_day, to_day, version_no, "
        "last_flag,"
        " sheet_id, sheet_version_no, num_n, den_n, rows_n, made_ms, content_hash, chain_hash)"
        " select 100, 78, 1, 'attendance', 20260701, 20260930, 1, 1, 77, 1, 30, 30, 0, 1, row_hash, row_hash"
        " from audit order by seq_no limit 1;"
        "insert into snapshot_cell (home, snapshot_id, fact_month, role_code, sex_code, part_code, num_n, "
        "den_n)"
        " values (100, 78, 202608, 'citizen', 'woman', 'khuli_kacheri', 30, 30)");
    a = actual(MONITOR, code, &reached);
    assert_int_equal(a.found, 1);
    assert_int_equal(a.num, 30);
    assert_int_equal(reached.v, 75); /* of 40 */
    assert_true(a.hers);
    /* Whoever stands beside or below reads no totals that are not hers. */
    struct plan_actual other;
    struct ctx c = reading_as(who(OTHER_SUPERVISOR));
    const struct q_plan_indicators i = {.indicator_code = S("attendance")};
    const struct q_plan_targets t = {.unit_id = PROVINCE,
                                     .from_day = 20260701,
                                     .to_day = 20270630,
                                     .role_code = S(""),
                                     .sex_code = S(""),
                                     .num_n = 40,
                                     .den_n = 1};
    assert_err(plan_actual(&c, &i, &t, true, &other), ok);
    assert_false(other.hers);
    assert_int_equal(other.found, 0);
    assert_false(other.now);
}

static void how_much_of_a_target_is_reached(void **state)
{
    (void)state;
    const struct indicator *share = indicator_find(S("cases_women_share"));
    const struct indicator *count = indicator_find(S("attendance"));
    const struct q_plan_targets percent = {.num_n = 60, .den_n = 100};
    const struct q_plan_targets forty = {.num_n = 40, .den_n = 1};
    const struct q_plan_targets none = {.num_n = 0, .den_n = 1};
    assert_int_equal(plan_reached(&percent, share, 3, 4).v, 125); /* 75 of 60 percent */
    assert_false(plan_reached(&percent, share, 0, 0).given);
    assert_int_equal(plan_reached(&forty, count, 41, 41).v, 103);
    assert_int_equal(plan_reached(&forty, count, 0, 0).v, 0);
    assert_false(plan_reached(&none, count, 5, 5).given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(somebody_else_approves),
        FEATURE_TEST(what_was_approved_never_changes),
        FEATURE_TEST(what_is_missing_is_not_put_forward),
        FEATURE_TEST(one_plans_for_ones_own_place),
        FEATURE_TEST(a_marker_is_a_value_of_its_scheme),
        FEATURE_TEST(an_event_names_its_line_of_a_plan_in_force),
        FEATURE_TEST(a_tie_by_hand_is_of_the_line_in_every_version),
        FEATURE_TEST(what_becomes_of_a_need_is_said),
        FEATURE_TEST(what_is_cited_must_be_there),
        FEATURE_TEST(a_manager_begins_renames_and_ends_programmes),
        FEATURE_TEST(funders_end_and_project_years_begin),
        FEATURE_TEST(a_target_stands_beside_what_was_approved),
        cmocka_unit_test(how_much_of_a_target_is_reached),
    };
    return FEATURE_TESTS(tests);
}
