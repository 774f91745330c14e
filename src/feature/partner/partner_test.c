/* Two offices learn from each other: what is asked of a twinning, its exchanges and its list; and groups of
 * posts. */
#include "feature_testing.h"

#include "msg.h"
#include "partner.h"

enum { FIRST = 20260601, LAST = 20261231 };

/* ---- making one ---- */

struct making {
    struct twinning_new n;
    str code;
};

static err run_make(struct ctx *c, void *arg)
{
    struct making *m = arg;
    return twinning_make(c, &m->n, &m->code);
}

static struct twinning_new asked(void)
{
    return (struct twinning_new){.host = S("PK526-WFD"),
                                 .partner_name = S("Desk of Mardan"),
                                 .goals = S("  Answer in time  "),
                                 .plan = S("A visit every two months"),
                                 .from_day = FIRST,
                                 .to_day = LAST};
}

static enum err_code made(enum testing_who w, struct twinning_new n, str *out_code)
{
    struct making m = {.n = n};
    const enum err_code e = written_as(who(w), run_make, &m);
    *out_code = m.code;
    return e;
}

static str twinned(void)
{
    str code;
    assert_int_equal(made(DESK, asked(), &code), ERR_OK);
    return code;
}

static void refused(struct twinning_new n, enum msg why, const char *field)
{
    str code;
    assert_int_equal(made(DESK, n, &code), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, why);
    assert_string_equal(testing_now->fail.field, field);
}

static struct twinning_view seen(enum testing_who w, str code)
{
    struct ctx c = reading_as(who(w));
    struct twinning_view v;
    assert_err(twinning_find(&c, code, &v), ok);
    return v;
}

static void a_twinning_has_two_offices_goals_and_days(void **state)
{
    (void)state;
    const str code = twinned();
    assert_true(str_eq(code, S("TW-PK526-001")));
    const struct twinning_view v = seen(OFFICER, code);
    assert_true(str_eq(v.host_name, S("The desk")));
    assert_true(str_eq(v.partner_name, S("Desk of Mardan")));
    assert_true(str_eq(v.row.goals_text, S("Answer in time")));
    assert_int_equal(v.row.to_day, LAST);
    struct twinning_new n = asked();
    n.partner = S("PK52601-TMA");
    n.partner_name = STR_NONE;
    str second;
    assert_int_equal(made(SUPERVISOR, n, &second), ERR_OK);
    assert_true(str_eq(second, S("TW-PK526-002")));
    assert_true(str_eq(seen(DESK, second).partner_name, S("TMA Nowshera")));
    assert_int_equal(count_of("select count(*) from audit where event_name = 'twinning.made'"), 2);
}

static void what_is_missing_is_said_with_its_field(void **state)
{
    (void)state;
    struct twinning_new n = asked();
    n.partner_name = S("  ");
    refused(n, MSG_PARTNER_PARTNER_MISSING, "partner_name");
    n = asked();
    n.partner = S("PK52601-TMA");
    refused(n, MSG_PARTNER_ONE_OF_BOTH, "partner_name");
    n = asked();
    n.goals = S(" \n ");
    refused(n, MSG_PARTNER_GOALS_MISSING, "goals");
    n = asked();
    n.to_day = FIRST - 1;
    refused(n, MSG_PARTNER_DAYS_WRONG, "to_day");
    n = asked();
    n.to_day = 20260631;
    refused(n, MSG_PARTNER_DAYS_WRONG, "to_day");
    n = asked();
    n.host = S("PK511-WFD"); /* of another district */
    refused(n, MSG_PARTNER_OFFICE_UNKNOWN, "host");
    n = asked();
    n.partner_name = STR_NONE;
    n.partner = S("NOWHERE");
    refused(n, MSG_PARTNER_OFFICE_UNKNOWN, "partner");
    n.partner = n.host;
    refused(n, MSG_PARTNER_ITSELF, "partner");
    assert_int_equal(count_of("select count(*) from twinning"), 0);
}

static void only_those_who_plan_here_make_one_and_only_this_district_reads_it(void **state)
{
    (void)state;
    str code;
    assert_int_equal(made(OFFICER, asked(), &code), ERR_DENIED);
    assert_int_equal(made(OTHER_DESK, asked(), &code), ERR_INVALID); /* the host is none of hers */
    code = twinned();
    struct twinning_view v;
    struct ctx there = reading_as(who(OTHER_DESK));
    assert_err(twinning_find(&there, code, &v), not_found);
    struct twinning_view *all;
    size_t n;
    assert_err(twinning_all(&there, &all, &n), ok);
    assert_int_equal(n, 0);
    struct ctx here = reading_as(who(DESK));
    assert_err(twinning_all(&here, &all, &n), ok);
    assert_int_equal(n, 1);
}

/* ---- the exchange plan ---- */

struct exchanging {
    str code;
    int64_t day;
    const char *words;
};

static err run_exchange(struct ctx *c, void *arg)
{
    const struct exchanging *x = arg;
    return twinning_exchange(c, x->code, x->day, str_of(x->words));
}

static enum err_code exchange(enum testing_who w, str code, int64_t day, const char *words)
{
    struct exchanging x = {code, day, words};
    return written_as(who(w), run_exchange, &x);
}

struct holding {
    str code, event;
    int64_t no;
};

static err run_held(struct ctx *c, void *arg)
{
    const struct holding *h = arg;
    return twinning_held(c, h->code, h->no, h->event);
}

static enum err_code held(str code, int64_t no, str event)
{
    struct holding h = {code, event, no};
    return written_as(who(DESK), run_held, &h);
}

struct gathering {
    const char *kind, *venue;
    str code;
    enum event_action then; /* EVENT_PLAN: nothing */
};

static err run_gather(struct ctx *c, void *arg)
{
    struct gathering *g = arg;
    struct event_view v;
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = str_of(g->venue),
                                       .venue_kind = S("tma_hall"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = str_of(g->kind),
                                .audience = S("mixed"),
                                .why = S("For the test")};
    TRY(event_plan(c, &n, &g->code));
    TRY(event_find(c, g->code, &v));
    return g->then == EVENT_PLAN ? OK : event_step(c, &v, g->then, STR_NONE, S("Because"));
}

static str gathered(const char *kind, const char *venue, enum event_action then)
{
    struct gathering g = {.kind = kind, .venue = venue, .then = then};
    assert_int_equal(written_as(who(SUPERVISOR), run_gather, &g), ERR_OK);
    return g.code;
}

static struct q_twinning_exchanges *exchanges_of(str code, size_t *out_n)
{
    struct ctx c = reading_as(who(DESK));
    struct twinning_view v;
    struct q_twinning_exchanges *rows;
    assert_err(twinning_find(&c, code, &v), ok);
    assert_err(twinning_exchanges(&c, &v, &rows, out_n), ok);
    return rows;
}

static void an_exchange_took_place_when_its_event_was_opened(void **state)
{
    (void)state;
    size_t n;
    const str code = twinned();
    assert_int_equal(exchange(DESK, code, 20260701, " Registers "), ERR_OK);
    assert_int_equal(exchange(DESK, code, 20260620, "Tokens"), ERR_OK);
    struct q_twinning_exchanges *rows = exchanges_of(code, &n);
    assert_int_equal(n, 2);
    assert_true(str_eq(rows[0].words_text, S("Tokens"))); /* by the day for which it is planned */
    assert_true(str_eq(rows[1].words_text, S("Registers")));
    assert_false(exchange_was_held(&rows[0]));
    const str planned = gathered("exchange", "Hall 1", EVENT_PLAN);
    assert_int_equal(held(code, 2, planned), ERR_OK);
    rows = exchanges_of(code, &n);
    assert_true(str_eq(rows[0].event_code, planned));
    assert_false(exchange_was_held(&rows[0])); /* it is only planned */
    const str open = gathered("exchange", "Hall 2", EVENT_BEGIN);
    assert_int_equal(held(code, 2, open), ERR_OK); /* after all it was that one */
    rows = exchanges_of(code, &n);
    assert_true(exchange_was_held(&rows[0]));
    assert_false(exchange_was_held(&rows[1]));
}

static void what_was_called_off_is_no_exchange(void **state)
{
    (void)state;
    size_t n;
    struct twinning_view v;
    struct q_twinning_events *events;
    const str code = twinned();
    assert_int_equal(exchange(DESK, code, 20260701, "Registers"), ERR_OK);
    assert_int_equal(held(code, 1, gathered("dialogue", "Hall 1", EVENT_PLAN)), ERR_INVALID);
    assert_int_equal(held(code, 1, gathered("exchange", "Hall 2", EVENT_CANCEL)), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_PARTNER_EVENT_UNKNOWN);
    assert_int_equal(held(code, 1, S("EDS-NONE")), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "event");
    const str free = gathered("exchange", "Hall 3", EVENT_PLAN);
    assert_int_equal(held(code, 7, free), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "no");
    struct ctx c = reading_as(who(DESK));
    assert_err(twinning_find(&c, code, &v), ok);
    assert_err(twinning_events(&c, &v, &events, &n), ok);
    assert_int_equal(n, 1); /* of the kind, not called off */
    assert_true(str_eq(events[0].event_code, free));
    assert_int_equal(held(code, 1, free), ERR_OK);
    c = reading_as(who(DESK));
    assert_err(twinning_events(&c, &v, &events, &n), ok);
    assert_int_equal(n, 0); /* it is one already */
    run_script("update flow set flow_state = 3 where kind_no = 3 and subject_id in (select event_id from "
               "twinning_exchange)");
    assert_int_equal(EVENT_CANCELLED, 3);
    assert_false(exchange_was_held(&exchanges_of(code, &n)[0]));
}

static void an_exchange_has_a_day_and_words(void **state)
{
    (void)state;
    const str code = twinned();
    assert_int_equal(exchange(DESK, code, 20260231, "Tokens"), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "planned");
    assert_int_equal(exchange(DESK, code, 20260701, " "), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "what");
    assert_int_equal(exchange(OFFICER, code, 20260701, "Tokens"), ERR_DENIED);
    assert_int_equal(exchange(OTHER_DESK, code, 20260701, "Tokens"), ERR_NOT_FOUND);
    for (int i = 0; i < PARTNER_EXCHANGES_MAX; i++) {
        assert_int_equal(exchange(DESK, code, 20260701, "Tokens"), ERR_OK);
    }
    assert_int_equal(exchange(DESK, code, 20260701, "Tokens"), ERR_LIMIT);
}

/* ---- what both can do ---- */

struct checking {
    str code;
    const char *part, *when;
    struct twinning_levels levels;
};

static err run_check(struct ctx *c, void *arg)
{
    const struct checking *k = arg;
    return twinning_check(c, k->code, str_of(k->part), str_of(k->when), &k->levels);
}

/* The first items, and no word about the others. */
static enum err_code checked(str code, const char *part, const char *when, const int64_t *levels, size_t n)
{
    struct checking k = {.code = code, .part = part, .when = when};
    for (size_t i = 0; i < n; i++) {
        k.levels.at[i] = SOME(levels[i]);
    }
    return written_as(who(DESK), run_check, &k);
}

static struct twinning_checks checks_of(str code)
{
    struct ctx c = reading_as(who(DESK));
    struct twinning_view v;
    struct twinning_checks k;
    assert_err(twinning_find(&c, code, &v), ok);
    assert_err(twinning_checked(&c, &v, &k), ok);
    return k;
}

static void only_points_with_both_levels_are_added_up(void **state)
{
    (void)state;
    const str code = twinned();
    assert_int_equal(checked(code, "host", "before", (int64_t[]){1, 0, 2}, 3), ERR_OK);
    struct twinning_checks k = checks_of(code);
    assert_int_equal(k.both[0], 0);
    assert_int_equal(k.of[0][0].at[2].v, 2);
    assert_false(k.of[0][0].at[3].given);
    assert_false(k.of[0][1].at[0].given);
    assert_int_equal(checked(code, "host", "after", (int64_t[]){3, 2}, 2), ERR_OK);
    assert_int_equal(checked(code, "partner", "after", (int64_t[]){3, 3, 3}, 3), ERR_OK);
    k = checks_of(code);
    assert_int_equal(k.both[0], 2);
    assert_int_equal(k.sums[0][0], 1); /* the third point has no level after */
    assert_int_equal(k.sums[0][1], 5);
    assert_int_equal(k.both[1], 0); /* the partner said nothing before */
    assert_int_equal(k.sums[1][1], 0);
}

static void a_level_is_corrected_and_what_is_not_given_stays(void **state)
{
    (void)state;
    const str code = twinned();
    assert_int_equal(checked(code, "host", "before", (int64_t[]){1, 2}, 2), ERR_OK);
    assert_int_equal(checked(code, "host", "before", (int64_t[]){3}, 1), ERR_OK);
    const struct twinning_checks k = checks_of(code);
    assert_int_equal(k.of[0][0].at[0].v, 3);
    assert_int_equal(k.of[0][0].at[1].v, 2);
    assert_int_equal(checked(code, "guest", "before", (int64_t[]){1}, 1), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "part");
    assert_int_equal(checked(code, "host", "later", (int64_t[]){1}, 1), ERR_INVALID);
}

/* ---- groups ---- */

struct grouping {
    struct circle_new n;
    str code;
};

static err run_group(struct ctx *c, void *arg)
{
    struct grouping *g = arg;
    return circle_make(c, &g->n, &g->code);
}

static enum err_code grouped(const char *series, str *out_code)
{
    struct grouping g = {.n = {.kind = S("dialogue"), .series = str_of(series)}};
    const enum err_code e = written_as(who(DESK), run_group, &g);
    *out_code = g.code;
    return e;
}

struct joining {
    str code;
    struct circle_member m;
    int64_t no; /* who leaves; 0: somebody joins */
};

static err run_join(struct ctx *c, void *arg)
{
    const struct joining *j = arg;
    return j->no == 0 ? circle_join(c, j->code, &j->m) : circle_leave(c, j->code, j->no);
}

static enum err_code joins(str code, const char *side, const char *post, str office)
{
    struct joining j = {.code = code, .m = {str_of(side), str_of(post), office}};
    return written_as(who(DESK), run_join, &j);
}

static enum err_code leaves(str code, int64_t no)
{
    struct joining j = {.code = code, .no = no};
    return written_as(who(DESK), run_join, &j);
}

static void a_group_has_posts_and_those_who_left_come_last(void **state)
{
    (void)state;
    struct q_circle_get g;
    struct q_circle_members *rows;
    size_t n;
    str code;
    str again;
    assert_int_equal(grouped(" Water ", &code), ERR_OK);
    assert_int_equal(grouped("Water", &again), ERR_CONFLICT);
    assert_int_equal(grouped("  ", &again), ERR_INVALID);
    assert_int_equal(joins(code, "official", "TMO", S("PK52601-TMA")), ERR_OK);
    assert_int_equal(joins(code, "women", "Chair of the village group", STR_NONE), ERR_OK);
    assert_int_equal(joins(code, "women", "Her deputy", STR_NONE), ERR_OK);
    assert_int_equal(joins(code, "nobody", "x", STR_NONE), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "side");
    assert_int_equal(joins(code, "cso", " ", STR_NONE), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "post");
    assert_int_equal(joins(code, "official", "MO", S("PK511-DC")), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "office");
    assert_int_equal(leaves(code, 2), ERR_OK);
    assert_int_equal(leaves(code, 2), ERR_NOT_FOUND); /* nobody leaves twice */
    struct ctx c = reading_as(who(OFFICER));
    assert_err(circle_find(&c, code, &g), ok);
    assert_err(circle_members(&c, &g, &rows, &n), ok);
    assert_int_equal(n, 3);
    assert_int_equal(rows[0].member_no, 3);
    assert_int_equal(rows[1].member_no, 1);
    assert_int_equal(rows[2].member_no, 2);
    assert_int_equal(rows[2].to_day, 20260605);
    struct ctx there = reading_as(who(OTHER_DESK));
    assert_err(circle_find(&there, code, &g), not_found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_twinning_has_two_offices_goals_and_days),
        FEATURE_TEST(what_is_missing_is_said_with_its_field),
        FEATURE_TEST(only_those_who_plan_here_make_one_and_only_this_district_reads_it),
        FEATURE_TEST(an_exchange_took_place_when_its_event_was_opened),
        FEATURE_TEST(what_was_called_off_is_no_exchange),
        FEATURE_TEST(an_exchange_has_a_day_and_words),
        FEATURE_TEST(only_points_with_both_levels_are_added_up),
        FEATURE_TEST(a_level_is_corrected_and_what_is_not_given_stays),
        FEATURE_TEST(a_group_has_posts_and_those_who_left_come_last),
    };
    return FEATURE_TESTS(tests);
}
