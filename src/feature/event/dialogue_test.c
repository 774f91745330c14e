/* A dialogue is three-sided by what was there and answered, never by a tick; people of a training by number.
 */
#include "feature_testing.h"

#include "curriculum.h"
#include "dialogue.h"
#include "msg.h"

struct planning {
    const char *kind, *series;
    str code;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct planning *p = arg;
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = S("Hall"),
                                       .venue_kind = S("tma_hall"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = str_of(p->kind),
                                .series = p->series == NULL ? STR_NONE : str_of(p->series),
                                .audience = S("mixed"),
                                .why = S("For the test"),
                                .again = true};
    TRY(event_plan(c, &n, &p->code));
    return event_open(c, p->code);
}

static str opened(const char *kind, const char *series)
{
    struct planning p = {.kind = kind, .series = series};
    assert_int_equal(written_as(who(DESK), run_plan, &p), ERR_OK);
    return p.code;
}

static void counted(str code, const char *role, const char *sex, int n)
{
    char sql[500];
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', '%s', '%s', %d, 1 from event where event_code = '%.*s'",
        role, sex, n, STR_F(code));
    run_script(sql);
}

struct deciding {
    str code;
    const char *side, *words;
};

static err run_decide(struct ctx *c, void *arg)
{
    const struct deciding *d = arg;
    return dialogue_decide(c, d->code, str_of(d->side), str_of(d->words));
}

static enum err_code decided(enum testing_who w, str code, const char *side, const char *words)
{
    struct deciding d = {code, side, words};
    return written_as(who(w), run_decide, &d);
}

struct pointing {
    str code;
    struct direction_new n;
};

static err run_point(struct ctx *c, void *arg)
{
    struct pointing *p = arg;
    p->n.due_day = day_add(local_day(c->now_ms), 30);
    return dialogue_point(c, p->code, &p->n);
}

static enum err_code pointed(str code, const char *side, const char *office)
{
    struct pointing p = {.code = code,
                         .n = {.side = str_of(side),
                               .office = office == NULL ? STR_NONE : str_of(office),
                               .post = S("The head"),
                               .horizon = S("short"),
                               .words = S("Mend the tap at the school")}};
    return written_as(who(DESK), run_point, &p);
}

struct reporting {
    str code;
    int64_t no;
    unsigned action;
};

static err run_report(struct ctx *c, void *arg)
{
    const struct reporting *r = arg;
    const struct direction_act act = {.action = r->action, .result = S("done"), .words = S("We did it")};
    return direction_do(c, r->code, r->no, &act);
}

static err run_send(struct ctx *c, void *arg)
{
    const struct reporting *r = arg;
    const struct direction_act act = {
        .action = r->action, .office = S("PK52602-TMA"), .post = S("The head"), .words = S("It lies there")};
    return direction_do(c, r->code, r->no, &act);
}

static enum err_code done(enum testing_who w, str code, int64_t no, unsigned action)
{
    struct reporting r = {code, no, action};
    return written_as(who(w), run_report, &r);
}

static struct dialogue seen(enum testing_who w, str code)
{
    struct ctx c = reading_as(who(w));
    struct event_view v;
    struct dialogue d;
    assert_err(event_find(&c, code, &v), ok);
    assert_err(dialogue_of(&c, &v, &d), ok);
    return d;
}

/* ---- what trainings teach ---- */

static err run_teach(struct ctx *c, void *arg)
{
    return curriculum_add(c, arg);
}

static err run_end(struct ctx *c, void *arg)
{
    const int64_t *last = arg;
    return curriculum_end(c, 1, *last);
}

static bool taught_on(int64_t day, const char *code)
{
    struct ctx c = reading_as(who(DESK));
    struct opt_i64 no;
    struct opt_i64 version;
    return curriculum_pick(&c, c.actor.home, day, str_of(code), &no, &version).code == ERR_OK &&
           no.given == (*code != 0);
}

static void one_version_of_a_curriculum_is_taught_on_a_day(void **state)
{
    (void)state;
    struct curriculum_new n = {.title = S("RTI"), .topics = S("How to ask"), .from_day = 20260101};
    int64_t last = 20251231;
    assert_int_equal(written_as(who(OFFICER), run_teach, &n), ERR_DENIED);
    assert_int_equal(written_as(who(DESK), run_teach, &n), ERR_OK);
    assert_true(taught_on(20260101, "1.1") && taught_on(20300101, "1.1") && taught_on(20260101, ""));
    assert_false(taught_on(20251231, "1.1") || taught_on(20260101, "1.2") || taught_on(20260101, "1"));
    n.no = 1;
    assert_int_equal(written_as(who(DESK), run_teach, &n), ERR_INVALID); /* not behind the first */
    n.from_day = 20260701;
    assert_int_equal(written_as(who(SUPERVISOR), run_teach, &n), ERR_OK);
    assert_true(taught_on(20260630, "1.1") && taught_on(20260701, "1.2"));
    assert_false(taught_on(20260701, "1.1") || taught_on(20260630, "1.2"));
    assert_int_equal(written_as(who(DESK), run_end, &last), ERR_INVALID); /* before it began */
    last = 20260801;
    assert_int_equal(written_as(who(DESK), run_end, &last), ERR_OK);
    assert_true(taught_on(20260801, "1.2"));
    assert_false(taught_on(20260802, "1.2"));
    n.no = 7;
    assert_int_equal(written_as(who(DESK), run_teach, &n), ERR_INVALID); /* there is none */
}

static void three_sides_must_be_there_and_answer(void **state)
{
    (void)state;
    const str code = opened("dialogue", NULL);
    counted(code, "citizen", "man", 4);
    counted(code, "councillor", "woman", 3);
    counted(code, "official", "not_stated", 2);
    struct dialogue d = seen(DESK, code);
    assert_int_equal(d.present[SIDE_WOMEN], 0); /* an elected woman is there as a member */
    assert_int_equal(d.present[SIDE_MEMBERS], 3);
    assert_int_equal(d.present[SIDE_OFFICIALS], 2);
    assert_false(d.three_sided);
    counted(code, "cso", "woman", 1);
    assert_false(seen(DESK, code).three_sided); /* nothing was agreed to be done */
    assert_int_equal(pointed(code, "official", "PK52601-TMA"), ERR_OK);
    assert_int_equal(pointed(code, "women", NULL), ERR_OK);
    d = seen(DESK, code);
    assert_int_equal(d.points, 2);
    assert_int_equal(d.answered, 0);
    assert_false(d.three_sided);
    assert_int_equal(done(OFFICER, code, 1, DIRECTION_ACCEPT), ERR_OK);
    assert_int_equal(seen(DESK, code).answered, 0); /* to take it is no answer */
    assert_int_equal(done(OFFICER, code, 1, DIRECTION_REPORT), ERR_OK);
    d = seen(DESK, code);
    assert_int_equal(d.answered, 1);
    assert_false(d.three_sided);
    assert_int_equal(done(DESK, code, 2, DIRECTION_REPORT), ERR_OK);
    assert_true(seen(SUPERVISOR, code).three_sided);
}

/* Each of the three has to be there: any two are not enough. */
static void no_side_is_missing(void **state)
{
    (void)state;
    static const char *const roles[DIALOGUE_SIDES] = {"citizen", "councillor", "official"};
    for (size_t missing = 0; missing < DIALOGUE_SIDES; missing++) {
        const str code = opened("consultation", NULL);
        assert_int_equal(pointed(code, "women", NULL), ERR_OK);
        assert_int_equal(done(DESK, code, 1, DIRECTION_REPORT), ERR_OK);
        for (size_t i = 0; i < DIALOGUE_SIDES; i++) {
            if (i != missing) {
                counted(code, roles[i], "woman", 5);
            }
        }
        const struct dialogue d = seen(DESK, code);
        assert_int_equal(d.present[missing], 0);
        assert_false(d.three_sided);
        counted(code, roles[missing], "woman", 1);
        assert_true(seen(DESK, code).three_sided);
    }
}

/* The chair's word that something was done is no answer of the side; an office it was sent away from has not
 * answered for the next one. */
static void only_its_own_side_answers(void **state)
{
    (void)state;
    const str code = opened("dialogue", NULL);
    counted(code, "citizen", "woman", 4);
    counted(code, "councillor", "man", 1);
    counted(code, "official", "man", 1);
    assert_int_equal(pointed(code, "official", "PK52601-TMA"), ERR_OK);
    assert_int_equal(done(OFFICER, code, 1, DIRECTION_REPORT), ERR_OK);
    assert_true(seen(DESK, code).three_sided);
    struct reporting r = {code, 1, DIRECTION_SEND};
    assert_int_equal(written_as(who(DESK), run_send, &r), ERR_OK);
    const struct dialogue d = seen(DESK, code);
    assert_int_equal(d.owed_n, 1);
    assert_int_equal(d.owed[0].points_n, 1);
    assert_int_equal(d.owed[0].answered_n, 0);
    assert_false(d.three_sided);
    assert_int_equal(done(PABBI_OFFICER, code, 1, DIRECTION_REPORT), ERR_OK);
    assert_true(seen(DESK, code).three_sided);
}

static void what_was_taken_back_is_not_owed(void **state)
{
    (void)state;
    const str code = opened("dialogue", NULL);
    counted(code, "citizen", "woman", 4);
    counted(code, "councillor", "man", 1);
    counted(code, "official", "man", 1);
    assert_int_equal(pointed(code, "member", NULL), ERR_OK);
    assert_false(seen(DESK, code).three_sided);
    assert_int_equal(done(SUPERVISOR, code, 1, DIRECTION_CANCEL), ERR_OK);
    const struct dialogue d = seen(DESK, code);
    assert_int_equal(d.points, 0);
    assert_false(d.three_sided); /* nothing is left that anybody does */
}

static void decisions_are_of_a_side_and_of_the_open_day(void **state)
{
    (void)state;
    struct event_view v;
    struct q_dialogue_decisions *rows;
    size_t n;
    const str code = opened("consultation", NULL);
    assert_int_equal(decided(DESK, code, "women", "  The tap first  "), ERR_OK);
    assert_int_equal(decided(SUPERVISOR, code, "all", "Meet again in August"), ERR_OK);
    assert_int_equal(decided(DESK, code, "somebody", "x"), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_DIALOGUE_SIDE_MISSING);
    assert_int_equal(decided(DESK, code, "women", "  "), ERR_INVALID);
    assert_int_equal(decided(OTHER_DESK, code, "women", "x"), ERR_NOT_FOUND);
    struct ctx c = reading_as(who(DESK));
    assert_err(event_find(&c, code, &v), ok);
    assert_err(dialogue_decisions(&c, &v, &rows, &n), ok);
    assert_int_equal(n, 2);
    assert_true(str_eq(rows[0].words_text, S("The tap first")));
    assert_int_equal(rows[1].decision_no, 2);
    assert_true(str_eq(rows[1].side_code, S("all")));
}

/* ---- trainings ---- */

static err run_number(struct ctx *c, void *arg)
{
    return training_number(c, *(const str *)arg);
}

struct scoring {
    str code, lines;
};
static err run_score(struct ctx *c, void *arg)
{
    const struct scoring *s = arg;
    return training_scores(c, s->code, s->lines);
}

static enum err_code scored(str code, const char *lines)
{
    struct scoring s = {code, str_of(lines)};
    return written_as(who(DESK), run_score, &s);
}

static struct training learnt_as(enum testing_who w, str code)
{
    struct ctx c = reading_as(who(w));
    struct event_view v;
    struct training t;
    assert_err(event_find(&c, code, &v), ok);
    assert_err(training_of(&c, &v, &t), ok);
    return t;
}

static void people_are_numbered_and_nothing_of_the_count_changes(void **state)
{
    (void)state;
    str code = opened("training", NULL);
    counted(code, "councillor", "woman", 3);
    counted(code, "official", "man", 2);
    const struct dialogue before = seen(DESK, code);
    assert_int_equal(written_as(who(DESK), run_number, &code), ERR_OK);
    assert_int_equal(learnt_as(DESK, code).people_n, 5);
    assert_memory_equal(before.present, seen(DESK, code).present, sizeof before.present);
    assert_int_equal(count_of("select count(*) from event_person where spoke_flag = 1"), 2);
    assert_int_equal(written_as(who(DESK), run_number, &code), ERR_CONFLICT);
    assert_int_equal(learnt_as(DESK, code).people_n, 5);
}

static void scores_are_by_number(void **state)
{
    (void)state;
    str code = opened("training", NULL);
    counted(code, "citizen", "woman", 4);
    assert_int_equal(written_as(who(DESK), run_number, &code), ERR_OK);
    assert_int_equal(scored(code, "1 40 75\n\n 2  60 50 \n۳ ۲۰ ۸۰\n4 55 -\n"), ERR_OK);
    struct training t = learnt_as(DESK, code);
    assert_int_equal(t.both, 3);
    assert_int_equal(t.before_sum, 120);
    assert_int_equal(t.after_sum, 205);
    assert_int_equal(t.better, 2);
    static const char *const wrong[] = {"5 1 2",   "1 101 5", "1 2",      "x 2 3",
                                        "1 2 3 4", "1 -5x 3", "99999 1 2"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (i == 2) {
            continue; /* the score after it is simply not there yet */
        }
        assert_int_equal(scored(code, wrong[i]), ERR_INVALID);
        assert_int_equal(testing_now->fail.message, MSG_TRAINING_LINE_WRONG);
    }
    assert_int_equal(learnt_as(DESK, code).before_sum, 120); /* a wrong line writes none of them */
}

static void single_scores_and_means_of_a_few_are_the_desks(void **state)
{
    (void)state;
    str code = opened("training", NULL);
    counted(code, "citizen", "woman", 6);
    assert_int_equal(written_as(who(SUPERVISOR), run_number, &code), ERR_DENIED);
    assert_int_equal(written_as(who(DESK), run_number, &code), ERR_OK);
    struct scoring s = {code, S("1 1 2")};
    assert_int_equal(written_as(who(ADC), run_score, &s), ERR_DENIED);
    assert_int_equal(testing_now->fail.message, MSG_TRAINING_DESK_ONLY);
    assert_int_equal(scored(code, "1 40 60\n2 40 60\n3 40 60\n4 40 60"), ERR_OK);
    struct training t = learnt_as(SUPERVISOR, code);
    assert_true(t.few);
    assert_int_equal(t.people_n, 0);
    assert_int_equal(t.both + t.before_sum + t.after_sum + t.better, 0);
    assert_int_equal(t.came, 6); /* how many came is no secret */
    assert_int_equal(t.numbered, 6);
    t = learnt_as(DESK, code);
    assert_false(t.few);
    assert_int_equal(t.both, 4);
    assert_int_equal(t.people_n, 6);
    assert_int_equal(scored(code, "5 40 60"), ERR_OK);
    t = learnt_as(ADC, code);
    assert_false(t.few);
    assert_int_equal(t.people_n, 0);
    assert_int_equal(t.before_sum, 200);
    assert_int_equal(t.better, 5);
}

static void a_dash_leaves_what_is_there(void **state)
{
    (void)state;
    str code = opened("training", NULL);
    counted(code, "citizen", "woman", 1);
    assert_int_equal(written_as(who(DESK), run_number, &code), ERR_OK);
    assert_int_equal(scored(code, "1 40 -"), ERR_OK);
    assert_int_equal(scored(code, "1 - 70"), ERR_OK);
    assert_int_equal(learnt_as(DESK, code).before_sum, 40);
    assert_int_equal(learnt_as(DESK, code).after_sum, 70);
}

/* ---- a series ---- */

static void known_by(str code, int no, const char *hash)
{
    char sql[500];
    char bytes[40];
    (void)snprintf(bytes, sizeof bytes, on_pg() ? "'\\x%s'::bytea" : "x'%s'", hash);
    (void)snprintf(sql, sizeof sql,
                   "insert into event_person_index (home, blind_hash, event_id, person_no)"
                   " select home, %s, id, %d from event where event_code = '%.*s'",
                   bytes, no, STR_F(code));
    run_script(sql);
}

static void attendances_are_not_persons(void **state)
{
    (void)state;
    struct event_series s;
    struct event_view v;
    str first = opened("training", "RTI for members");
    str second = opened("training", "RTI for members");
    const str other = opened("training", "Something else");
    counted(first, "councillor", "woman", 3);
    counted(second, "councillor", "woman", 2);
    counted(other, "councillor", "woman", 9);
    assert_int_equal(written_as(who(DESK), run_number, &first), ERR_OK);
    known_by(first, 1, "aa");
    known_by(first, 2, "bb");
    assert_int_equal(written_as(who(DESK), run_number, &second), ERR_OK);
    known_by(second, 1, "aa");
    struct ctx c = reading_as(who(SUPERVISOR));
    assert_err(event_find(&c, second, &v), ok);
    assert_err(event_series_of(&c, &v, &s), ok);
    assert_int_equal(s.events, 2);
    assert_int_equal(s.attendances, 5);
    assert_int_equal(s.told, 3);
    assert_int_equal(s.persons, 2);
    assert_err(event_find(&c, opened("training", NULL), &v), ok);
    assert_int_equal(event_series_of(&c, &v, &s).code, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(three_sides_must_be_there_and_answer),
        FEATURE_TEST(one_version_of_a_curriculum_is_taught_on_a_day),
        FEATURE_TEST(what_was_taken_back_is_not_owed),
        FEATURE_TEST(decisions_are_of_a_side_and_of_the_open_day),
        FEATURE_TEST(people_are_numbered_and_nothing_of_the_count_changes),
        FEATURE_TEST(scores_are_by_number),
        FEATURE_TEST(attendances_are_not_persons),
        FEATURE_TEST(no_side_is_missing),
        FEATURE_TEST(only_its_own_side_answers),
        FEATURE_TEST(single_scores_and_means_of_a_few_are_the_desks),
        FEATURE_TEST(a_dash_leaves_what_is_there),
    };
    return FEATURE_TESTS(tests);
}
