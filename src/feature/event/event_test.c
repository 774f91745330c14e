/* Planning an event: its number, who reaches it, what is refused, what moves, and what the chain says of it.
 */
#include "case_testing.h"

#include "audit.h"
#include "event.h"
#include "kacheri_ics.h"
#include "verify.h"

enum { PROVINCE_HEAD = 590 };

struct testing_event {
    struct event_new told;
    str code;
    struct event_place to;
    str why;
    bool again;
    struct event_view seen;
    struct event_filter filter;
    size_t found_n;
    struct event_cells cells;
};

static struct event_new least(const char *venue, int64_t day)
{
    return (struct event_new){.at = {.unit = S("PK52602"),
                                     .venue = str_of(venue),
                                     .venue_kind = S("school"),
                                     .day = day,
                                     .from_min = 600,
                                     .to_min = 780},
                              .kind = S("khuli_kacheri"),
                              .audience = S("women"),
                              .plan = S("OP-1")};
}

static err run_plan(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_plan(c, &t->told, &t->code);
}
static err run_move(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_move(c, t->code, &t->to, t->why, t->again);
}
static err run_cancel(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_cancel(c, t->code, t->why);
}
static err run_open(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_open(c, t->code);
}
static err run_find(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_find(c, t->code, &t->seen);
}
static err run_list(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    struct q_event_list *rows;
    return event_list(c, &t->filter, &rows, &t->found_n);
}
static err run_cells(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_cells(c, t->seen.row.home, t->seen.row.id, &t->cells);
}
static err run_verify(struct ctx *c, void *arg)
{
    struct audit_report chains = {0};
    struct flow_report report = {0};
    (void)arg;
    TRY(audit_verify(c, &chains));
    return event_verify(c, &chains, &report);
}

static err run_tie(struct ctx *c, void *arg)
{
    struct testing_event *t = arg;
    return event_tie(c, t->code, t->told.ties, t->told.parent);
}

static enum err_code plan_as(enum testing_who w, struct event_new n, str *out_code)
{
    struct testing_event t = {.told = n};
    const enum err_code e = written_as(who(w), run_plan, &t);
    if (e == ERR_OK && out_code != NULL) {
        *out_code = t.code;
    }
    return e;
}

static str planned(struct event_new n)
{
    str code = STR_NONE;
    const enum err_code e = plan_as(DESK, n, &code);
    if (e != ERR_OK) {
        fail_msg("planning: %s %s", err_name((err){e}),
                 testing_now->fail.field == NULL ? "" : testing_now->fail.field);
    }
    return code;
}

static void refused(struct event_new n, enum err_code want, const char *field)
{
    assert_int_equal(plan_as(DESK, n, NULL), want);
    assert_non_null(testing_now->fail.field);
    assert_string_equal(testing_now->fail.field, field);
}

static void numbers_have_no_gaps(void **state)
{
    (void)state;
    assert_true(str_eq(planned(least("A", 20260610)), S("EDS-PK526-2025-26-001")));
    struct event_new wrong = least("B", 20260610);
    wrong.ties = S("EDS-PK526-2025-26-777"); /* refused behind the number: that is given back */
    refused(wrong, ERR_INVALID, "ties");
    assert_true(str_eq(planned(least("B", 20260630)), S("EDS-PK526-2025-26-002")));
    assert_true(str_eq(planned(least("C", 20260701)), S("EDS-PK526-2026-27-001")));
    assert_true(str_eq(planned(least("D", 20260605)), S("EDS-PK526-2025-26-003")));
    struct event_new other = least("E", 20260605);
    other.at.unit = S("PK51101");
    str code;
    assert_int_equal(plan_as(OTHER_DESK, other, &code), ERR_OK);
    assert_true(str_eq(code, S("EDS-PK511-2025-26-001")));
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    struct event_new n = least("A", 20260610);
    n.at.unit = S("PK51101");
    refused(n, ERR_INVALID, "unit");
    n = least("A", 20260610);
    n.at.to_min = n.at.from_min;
    refused(n, ERR_INVALID, "to");
    n = least("A", 20260610);
    n.at.female_from = SOME(INT64_C(540));
    n.at.female_to = SOME(INT64_C(700));
    refused(n, ERR_INVALID, "female_from");
    n.at.female_from = SOME(INT64_C(610));
    n.at.female_to = NONE_I64;
    refused(n, ERR_INVALID, "female_from");
    n = least("A", 20260610);
    n.plan = STR_NONE;
    refused(n, ERR_INVALID, "why");
    n.why = S("Asked for");
    assert_int_equal(plan_as(DESK, n, NULL), ERR_OK);
    n = least("B", 20260610);
    n.summoned = S("PK511-DC"); /* another district's office; and a desk is not summoned */
    refused(n, ERR_INVALID, "summoned");
    n.summoned = S("PK526-WFD");
    refused(n, ERR_INVALID, "summoned");
}

static void held_twice_is_asked_first(void **state)
{
    (void)state;
    struct testing_event t = {.code = planned(least("Girls School  No. 1", 20260610))};
    struct event_new same = least("girls school no 1", 20260610);
    refused(same, ERR_CONFLICT, "again");
    same.kind = S("training");
    assert_int_equal(plan_as(DESK, same, NULL), ERR_OK); /* of another kind */
    same = least("girls school no 1", 20260611);
    assert_int_equal(plan_as(DESK, same, NULL), ERR_OK); /* on another day */
    same = least("girls school no 1", 20260610);
    same.again = true;
    assert_int_equal(plan_as(DESK, same, NULL), ERR_OK);
    t.why = S("Rain");
    assert_int_equal(written_as(who(DESK), run_cancel, &t),
                     ERR_OK); /* what was cancelled is in nobody's way */
}

static void a_follow_up_is_held_in_the_same_place(void **state)
{
    (void)state;
    const str first = planned(least("A", 20260601));
    struct event_new n = least("B", 20260610);
    n.parent = first;
    n.at.unit = S("PK52601");
    refused(n, ERR_INVALID, "parent");
    n.at.unit = S("PK52602");
    assert_int_equal(plan_as(DESK, n, NULL), ERR_OK);
    n = least("C", 20260610);
    n.parent = S("EDS-PK526-2025-26-099");
    refused(n, ERR_INVALID, "parent");
}

static bool reaches(struct actor a, str code)
{
    struct testing_event t = {.code = code};
    const enum err_code e = written_as(a, run_find, &t);
    assert_true(e == ERR_OK || e == ERR_NOT_FOUND);
    return e == ERR_OK;
}

static size_t listed(struct actor a, str unit)
{
    struct testing_event t = {.filter = {.unit = unit}};
    assert_int_equal(written_as(a, run_list, &t), ERR_OK);
    return t.found_n;
}

static void ties_and_offices_may_be_named_twice(void **state)
{
    (void)state;
    const str first = planned(least("A", 20260601));
    struct event_new n = least("B", 20260610);
    SCOPED(buf_free) struct buf twice = buf_new(100);
    buf_printf(&twice, "%.*s\n%.*s\n", STR_F(first), STR_F(first));
    n.ties = buf_str(&twice);
    n.summoned = S("PK52602-TMA\nPK52602-TMA");
    assert_int_equal(plan_as(DESK, n, NULL), ERR_OK);
    assert_int_equal(count_of("select count(*) from event_tie"), 1);
}

static enum err_code tied(str code, str ties, str parent)
{
    struct testing_event t = {.code = code, .told = {.ties = ties, .parent = parent}};
    return written_as(who(DESK), run_tie, &t);
}

static void ties_change_until_it_is_over(void **state)
{
    (void)state;
    const str first = planned(least("A", 20260601));
    const str other = planned(least("B", 20260602));
    const str code = planned(least("C", 20260610));
    assert_int_equal(tied(code, first, first), ERR_OK);
    assert_int_equal(tied(code, other, other), ERR_OK);
    assert_int_equal(count_of("select count(*) from event_tie"), 1);
    assert_int_equal(tied(code, STR_NONE, code), ERR_INVALID);  /* itself */
    assert_int_equal(tied(other, STR_NONE, code), ERR_INVALID); /* the one that follows it up */
    assert_int_equal(tied(code, STR_NONE, STR_NONE), ERR_OK);
    assert_int_equal(count_of("select count(*) from event where parent_id is not null"), 0);
    struct testing_event t = {.code = code, .why = S("Rain")};
    assert_int_equal(written_as(who(DESK), run_cancel, &t), ERR_OK);
    assert_int_equal(tied(code, first, STR_NONE), ERR_CONFLICT);
    assert_int_equal(count_of("select count(*) from event_tie"), 0);
    assert_int_equal(written_as(who(ADC), run_verify, NULL), ERR_OK);
}

static void what_is_for_the_whole_district_is_every_tehsils(void **state)
{
    (void)state;
    const struct actor of_pabbi = {ROLE_SUPERVISOR, PROVINCE_HEAD, NOWSHERA, 0, PABBI, 0};
    struct event_new n = least("A", 20260610);
    n.at.unit = S("PK526");
    assert_true(reaches(of_pabbi, planned(n)));
    assert_int_equal(listed(of_pabbi, STR_NONE), 1);
    assert_int_equal(listed(who(DESK), S("PK52602")), 0); /* whoever asks for a place is told of that */
}

static void who_reaches_it(void **state)
{
    (void)state;
    struct event_new n = least("A", 20260610);
    n.summoned = S("PK52602-TMA\n");
    const str code = planned(n);
    const struct actor province = {ROLE_SUPERVISOR, PROVINCE_HEAD, 0, 0, PROVINCE, 0};
    const struct actor of_tehsil = {ROLE_SUPERVISOR, PROVINCE_HEAD, NOWSHERA, 0, NOWSHERA_TEHSIL, 0};
    const struct actor of_pabbi = {ROLE_SUPERVISOR, PROVINCE_HEAD, NOWSHERA, 0, PABBI, 0};
    const struct actor member = {ROLE_MEMBER, PROVINCE_HEAD, NOWSHERA, DESK_OFFICE, NOWSHERA, 0};
    const struct actor public = {ROLE_PUBLIC, 0, 0, 0, 0, 0};
    const struct {
        struct actor who;
        bool sees;
    } rows[] = {{who(DESK), true},       {who(DESK_2), true},
                {who(SUPERVISOR), true}, {who(ADC), true},
                {who(OFFICER), false},   {who(PABBI_OFFICER), true},
                {who(ADMIN), false},     {who(OTHER_DESK), false},
                {who(OTHER_ADC), false}, {who(OTHER_OFFICER), false},
                {province, true},        {of_tehsil, false},
                {of_pabbi, true},        {member, true},
                {public, false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (reaches(rows[i].who, code) != rows[i].sees || listed(rows[i].who, STR_NONE) != rows[i].sees) {
            fail_msg("row %zu: a %s", i, role_name(rows[i].who.role));
        }
    }
    assert_int_equal(listed(who(DESK), S("PK52602")), 1);
    assert_int_equal(listed(who(DESK), S("PK52601")), 0);
    assert_int_equal(listed(of_tehsil, S("PK52602")),
                     0); /* another tehsil than hers is not asked into view */
}

static void moved_once_and_never_when_open(void **state)
{
    (void)state;
    struct testing_event t = {.code = planned(least("A", 20260605)), .why = STR_NONE};
    t.to = least("B", 20260608).at;
    assert_int_equal(written_as(who(DESK), run_move, &t), ERR_INVALID);
    t.why = S("Rain");
    assert_int_equal(written_as(who(OFFICER), run_move, &t), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(DESK), run_move, &t), ERR_OK);
    assert_int_equal(
        count_of("select count(*) from event_move where venue_text = 'A' and event_day = 20260605"), 1);
    assert_int_equal(written_as(who(DESK), run_open, &t), ERR_CONFLICT); /* its day is the 8th now */
    t.to = least("A", 20260605).at;
    assert_int_equal(written_as(who(SUPERVISOR), run_move, &t), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_open, &t), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_move, &t), ERR_CONFLICT);
    assert_int_equal(written_as(who(DESK), run_cancel, &t), ERR_CONFLICT);
}

static void names_count_before_numbers(void **state)
{
    (void)state;
    struct testing_event t = {.code = planned(least("A", 20260605))};
    assert_int_equal(written_as(who(DESK), run_find, &t), ERR_OK);
    SCOPED(buf_free) struct buf sql = buf_new(4096);
    const long long id = (long long)t.seen.row.id;
    buf_printf(
        &sql,
        "insert into event_count values (100, %lld, '', 'citizen', 'woman', 20, 3),"
        " (100, %lld, 'tab1', 'citizen', 'woman', 5, 1), (100, %lld, '', 'councillor', 'woman', 7, 0);",
        id, id, id);
    buf_printf(&sql,
               "insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag, "
               "device_code, record_code) values (100, %lld, 1, 'councillor', 'woman', 1, '', 'a'),"
               " (100, %lld, 2, 'councillor', 'man', 0, '', 'b');",
               id, id);
    buf_putc(&sql, '\0');
    run_script(sql.p);
    assert_int_equal(written_as(who(DESK), run_cells, &t), ERR_OK);
    const struct event_cells *k = &t.cells;
    assert_int_equal(k->at[EVENT_role_citizen][EVENT_sex_woman].people, 25); /* two devices add up */
    assert_int_equal(k->at[EVENT_role_citizen][EVENT_sex_woman].spoke, 4);
    assert_int_equal(k->at[EVENT_role_councillor][EVENT_sex_woman].people, 1); /* not 7: there are names */
    assert_int_equal(k->at[EVENT_role_councillor][EVENT_sex_man].people, 1);
    assert_true(k->named[EVENT_role_councillor] && !k->named[EVENT_role_citizen]);
    assert_int_equal(k->all.people, 27);
    assert_int_equal(k->all.spoke, 5);
}

static void a_plan_changed_around_the_program_is_found(void **state)
{
    (void)state;
    (void)planned(least("A", 20260610));
    assert_int_equal(written_as(who(DESK), run_verify, NULL), ERR_OK);
    run_script("update event set venue_text = 'Elsewhere';");
    assert_int_equal(written_as(who(DESK), run_verify, NULL), ERR_CONFLICT);
}

static void fiscal_years_begin_in_july(void **state)
{
    (void)state;
    assert_int_equal(event_fiscal(20260630), 2025);
    assert_int_equal(event_fiscal(20260701), 2026);
    assert_int_equal(event_fiscal(20270101), 2026);
}

/* Folding at every place of a line of two- and three-byte characters. */
static void no_character_is_cut_in_a_calendar_line(void **state)
{
    (void)state;
    for (size_t pad = 0; pad < 80; pad++) {
        SCOPED(buf_free) struct buf words = buf_new(4096);
        SCOPED(buf_free) struct buf out = buf_new(ICS_MAX);
        for (size_t i = 0; i < pad; i++) {
            buf_putc(&words, 'x');
        }
        for (size_t i = 0; i < 60; i++) {
            buf_put(&words, i % 2 == 0 ? S("ک") : S("€"));
        }
        ics_put(&out, &(struct ics_event){.uid = S("U"), .summary = buf_str(&words)});
        assert_false(out.full);
        for (str rest = buf_str(&out); rest.n > 0;) {
            str line = str_cut(&rest, '\n');
            assert_true(str_ends(line, S("\r")) && line.n - 1 <= ICS_LINE_MAX);
            assert_true(str_utf8(line));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(numbers_have_no_gaps),
        FEATURE_TEST(what_is_wrong_is_named),
        FEATURE_TEST(held_twice_is_asked_first),
        FEATURE_TEST(a_follow_up_is_held_in_the_same_place),
        FEATURE_TEST(ties_and_offices_may_be_named_twice),
        FEATURE_TEST(ties_change_until_it_is_over),
        FEATURE_TEST(what_is_for_the_whole_district_is_every_tehsils),
        FEATURE_TEST(who_reaches_it),
        FEATURE_TEST(moved_once_and_never_when_open),
        FEATURE_TEST(names_count_before_numbers),
        FEATURE_TEST(a_plan_changed_around_the_program_is_found),
        FEATURE_TEST(fiscal_years_begin_in_july),
        FEATURE_TEST(no_character_is_cut_in_a_calendar_line),
    };
    return FEATURE_TESTS(tests);
}
