/* Figures are those one would count, and each number is that of its list. */
#include "feature_testing.h"

#include "case.h"
#include "case_list.h"
#include "oversight.h"

/* ---- a small population, counted by hand ---- */

struct filing {
    struct case_new told;
    struct case_receipt receipt;
};
struct acting {
    case_ref ref;
    struct case_act act;
    struct case_receipt receipt;
};

static err run_file(struct ctx *c, void *arg)
{
    struct filing *f = arg;
    return case_file(c, &f->told, &f->receipt);
}

static err run_act(struct ctx *c, void *arg)
{
    struct acting *a = arg;
    return case_do(c, &a->ref, &a->act, &a->receipt);
}

static case_ref file(enum testing_who w, const char *kind, const char *service, const char *unit,
                     const char *sex)
{
    struct filing f = {.told = {.kind = str_of(kind),
                                .service = str_of(service),
                                .unit = str_of(unit),
                                .words = S("Words"),
                                .lang = S("ur"),
                                .channel = S("desk"),
                                .sex = str_of(sex)}};
    if (written_as(who(w), run_file, &f) != ERR_OK) {
        fail_msg("filing: %s", testing_now->fail.log);
    }
    return f.receipt.ref;
}

static void act(enum testing_who w, const case_ref *ref, struct case_act what)
{
    struct acting a = {.ref = *ref, .act = what};
    if (written_as(who(w), run_act, &a) != ERR_OK) {
        fail_msg("%s: %s", complaint_kind.actions[what.action], testing_now->fail.log);
    }
}

static void days_pass(int64_t days)
{
    clock_fix(clock_now_ms() + days * MS_PER_DAY);
}

static void give(const case_ref *ref)
{
    act(SUPERVISOR, ref, (struct case_act){.action = CASE_ASSIGN, .to = S("officer.nowshera")});
}

static void report(const case_ref *ref)
{
    give(ref);
    act(OFFICER, ref,
        (struct case_act){.action = CASE_REPORT_ACTION, .words = S("Done"), .result = S("done")});
}

static void answer(const case_ref *ref, const char *outcome)
{
    act(DESK, ref, (struct case_act){.action = CASE_ANSWER, .outcome = str_of(outcome), .via = S("desk")});
}

/* Filed now, solved by her word so many days later; the clock stands then where it stood before. */
static case_ref solved_after(int64_t days, const char *service, const char *sex)
{
    const int64_t began = clock_now_ms();
    const case_ref ref = file(DESK, "complaint", service, "PK52601", sex);
    days_pass(days);
    report(&ref);
    answer(&ref, "solved");
    clock_fix(began);
    return ref;
}

static case_ref without_funds(const char *service)
{
    const case_ref ref = file(DESK, "complaint", service, "PK52601", "woman");
    give(&ref);
    act(OFFICER, &ref,
        (struct case_act){.action = CASE_REPORT_ACTION,
                          .words = S("There is no money"),
                          .result = S("not_possible"),
                          .reason = S("no_funds"),
                          .next_day = day_add(local_day(clock_now_ms()), 30)});
    return ref;
}

/* Water: 8 filed; 4 solved after 1, 2, 5 and 12 days, one of them opened again; one not solved; one without
 * funds; one waits; one was rejected and contested. Light: 3 filed in Pabbi by men. And one of another kind,
 * month, district each. */
static void populate(void)
{
    (void)solved_after(1, "M-WAT-01", "woman");
    (void)solved_after(2, "M-WAT-01", "woman");
    (void)solved_after(12, "M-WAT-01", "man");
    const case_ref again = solved_after(5, "M-WAT-01", "woman");
    const case_ref bad = file(DESK, "complaint", "M-WAT-01", "PK52601", "woman");
    report(&bad);
    answer(&bad, "not_solved");
    (void)without_funds("M-WAT-01");
    (void)file(DESK, "complaint", "M-WAT-01", "PK52601", "man");
    const case_ref contested = file(DESK, "complaint", "M-WAT-01", "PK52601", "woman");
    act(SUPERVISOR, &contested, (struct case_act){.action = CASE_REJECT, .words = S("Not ours")});
    days_pass(13);
    act(DESK, &contested, (struct case_act){.action = CASE_REOPEN, .words = S("It is yours")});
    act(DESK, &again, (struct case_act){.action = CASE_REOPEN, .words = S("It stopped again")});
    for (int i = 0; i < 3; i++) {
        (void)file(DESK, "complaint", "M-LGT-01", "PK52602", "man");
    }
    (void)file(DESK, "application", "M-LIB-01", "PK52601", "woman");
    (void)file(DESK, "suggestion", "M-PRK-01", "PK52601", "woman");
    (void)file(OTHER_DESK, "complaint", "M-WAT-01", "PK51101", "woman");
    days_pass(30);
    (void)file(DESK, "complaint", "M-PRK-01", "PK52601", "woman");
}

static const struct problem_line *line(const struct problem_lines *all, const char *code)
{
    for (size_t i = 0; i < all->rows_n; i++) {
        if (str_eq(all->rows[i].code, str_of(code))) {
            return &all->rows[i];
        }
    }
    fail_msg("no line of %s", code);
    return NULL;
}

static const struct problem_query june = {.kind = KIND_COMPLAINT, .from_month = 202606, .to_month = 202606};

static struct problem_lines services_of(struct actor actor, struct problem_query q)
{
    struct ctx c = reading_as(actor);
    struct problem_lines lines;
    assert_err(problems_by_service(&c, &q, &lines), ok);
    return lines;
}

static void figures_are_those_counted_by_hand(void **state)
{
    (void)state;
    static const int64_t water_is[FIG_N] = {
        [FIG_ALL] = 8,      [FIG_OPEN] = 5,   [FIG_REOPENED] = 2, [FIG_ASKED] = 6,
        [FIG_ANSWERED] = 5, [FIG_SOLVED] = 3, [FIG_NO_FUNDS] = 1};
    populate();
    const struct problem_lines lines = services_of(who(SUPERVISOR), june);
    const struct problem_line *water = line(&lines, "M-WAT-01");
    assert_int_equal(lines.rows_n, 2); /* not the park of July, nor other kinds, nor Haripur's water */
    for (size_t f = 0; f < FIG_N; f++) {
        if (water->n[f] != water_is[f]) {
            fail_msg("figure %zu is %lld", f, (long long)water->n[f]);
        }
    }
    assert_int_equal(water->median_twice.v,
                     2 + 2); /* 1, 2, 12: the one that was opened again counts no more */
    assert_int_equal(line(&lines, "M-LGT-01")->n[FIG_ALL], 3);
    assert_false(line(&lines, "M-LGT-01")->median_twice.given);
    assert_int_equal(lines.all.n[FIG_ALL], 11);
    assert_int_equal(lines.all.n[FIG_WOMEN], 6);
}

static void a_median_of_an_even_number_lies_between(void **state)
{
    (void)state;
    (void)solved_after(1, "M-WAT-01", "woman");
    (void)solved_after(2, "M-WAT-01", "woman");
    (void)solved_after(5, "M-LGT-01", "woman");
    (void)solved_after(9, "M-LGT-01", "woman");
    const struct problem_lines lines =
        services_of(who(SUPERVISOR), (struct problem_query){.kind = KIND_COMPLAINT});
    assert_int_equal(line(&lines, "M-WAT-01")->median_twice.v, 3); /* one and a half */
    assert_int_equal(line(&lines, "M-LGT-01")->median_twice.v, 14);
    assert_int_equal(lines.all.median_twice.v, 7); /* 1 2 5 9 */
}

static int64_t listed(struct ctx *c, const struct case_filter *f)
{
    int64_t n;
    assert_err(case_list_count(c, f, 200, &n), ok);
    return n;
}

static void assert_lists_agree(struct actor actor, const struct problem_query *q)
{
    struct ctx c = reading_as(actor);
    struct problem_lines lines;
    struct case_filter filter;
    assert_err(problems_by_service(&c, q, &lines), ok);
    for (size_t i = 0; i <= lines.rows_n; i++) {
        const bool sum = i == lines.rows_n;
        const struct problem_line *l = sum ? &lines.all : &lines.rows[i];
        for (int f = 0; f < FIG_N; f++) {
            if (f == FIG_WOMEN && !sum) {
                continue;
            }
            problem_filter(q, sum ? STR_NONE : l->code, (enum figure)f, &filter);
            if (listed(&c, &filter) != l->n[f]) {
                fail_msg("%.*s, figure %d: %lld, listed %lld", STR_F(l->code), f, (long long)l->n[f],
                         (long long)listed(&c, &filter));
            }
        }
    }
}

static void every_number_is_that_of_its_list(void **state)
{
    (void)state;
    static const str units[] = {S_INIT(""), S_INIT("PK526"), S_INIT("PK52601"), S_INIT("PK52602")};
    struct actor assistant = who(ADC);
    assistant.unit_id = PABBI;
    populate();
    for (int k = 0; k < CASE_KINDS; k++) {
        for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
            const struct problem_query q = {.kind = (enum case_kind)k, .unit = units[u]};
            assert_lists_agree(who(SUPERVISOR), &q);
            const struct problem_query early = {
                .kind = (enum case_kind)k, .unit = units[u], .from_month = 202606, .to_month = 202606};
            assert_lists_agree(who(ADC), &early);
        }
        const struct problem_query q = {.kind = (enum case_kind)k};
        assert_lists_agree(assistant, &q);
    }
}

/* A complaint about the head of the district is closed to those under him: no number of theirs holds it. */
static void what_is_closed_to_her_is_in_no_figure(void **state)
{
    (void)state;
    populate();
    run_script("insert into case_bar select home, home, subject_id, 'about' from flow where home = 100 and "
               "(spent_days = 12 or reason_code = 'no_funds' or flow_state = 9)");
    const struct problem_lines lines = services_of(who(SUPERVISOR), june);
    const struct problem_line *water = line(&lines, "M-WAT-01");
    assert_int_equal(water->n[FIG_ALL], 4);
    assert_int_equal(water->median_twice.v, 3); /* 1 and 2; no 12 any more */
    assert_int_equal(lines.all.n[FIG_WOMEN], 3);
    for (int k = 0; k < CASE_KINDS; k++) {
        const struct problem_query tehsil = {.kind = (enum case_kind)k, .unit = S("PK52601")};
        const struct problem_query any = {.kind = (enum case_kind)k};
        assert_lists_agree(who(SUPERVISOR), &tehsil);
        assert_lists_agree(who(ADC), &any);
    }
}

static struct actor of_province(void)
{
    return (struct actor){.role = ROLE_ADC, .user_id = 508, .unit_id = PROVINCE};
}

static void a_province_sees_its_districts_apart(void **state)
{
    (void)state;
    populate();
    struct ctx c = reading_as(of_province());
    struct problem_lines lines;
    bool many;
    assert_err(problems_many(&c, &many), ok);
    assert_true(many);
    assert_err(problems_by_district(&c, &june, &lines), ok);
    assert_int_equal(lines.rows_n, 2);
    assert_int_equal(line(&lines, "PK526")->n[FIG_ALL], 11);
    assert_int_equal(line(&lines, "PK526")->n[FIG_WOMEN], 6);
    assert_int_equal(line(&lines, "PK511")->n[FIG_ALL], 1);
    assert_lists_agree(of_province(), &june);
    const struct problem_query haripur = {.kind = KIND_COMPLAINT, .unit = S("PK511")};
    assert_lists_agree(of_province(), &haripur);
    const struct problem_query none = {.kind = KIND_COMPLAINT, .from_month = 202001, .to_month = 202012};
    assert_err(problems_by_district(&c, &none, &lines), ok);
    assert_int_equal(lines.rows_n, 2); /* named, without a figure */
    assert_int_equal(lines.all.n[FIG_ALL], 0);
}

static void nobody_asks_about_another_district(void **state)
{
    (void)state;
    static const str units[] = {S_INIT("PK511"), S_INIT("PK51101"), S_INIT("PK5"), S_INIT("PK5260201"),
                                S_INIT("X")};
    struct actor assistant = who(ADC);
    assistant.unit_id = PABBI;
    struct ctx c = reading_as(who(SUPERVISOR));
    struct problem_lines lines;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const struct problem_query q = {.unit = units[i]};
        assert_int_equal(problems_by_service(&c, &q, &lines).code, ERR_NOT_FOUND);
    }
    c = reading_as(assistant);
    const struct problem_query other = {.unit = S("PK52601")};
    assert_int_equal(problems_by_service(&c, &other, &lines).code, ERR_NOT_FOUND);
    c = reading_as(who(ADMIN));
    const struct problem_query all = {.kind = KIND_COMPLAINT};
    assert_err(problems_by_service(&c, &all, &lines), ok);
    assert_int_equal(lines.rows_n, 0);
}

static void few_make_no_rate(void **state)
{
    (void)state;
    assert_false(share_of(4, 4).given);
    assert_false(share_of(0, 0).given);
    assert_int_equal(share_of(0, 5).v, 0);
    assert_true(share_of(0, 5).given);
    assert_int_equal(share_of(5, 5).v, 100);
    assert_int_equal(share_of(1, 8).v, 13); /* 12.5 */
    assert_int_equal(share_of(2, 6).v, 33);
}

static void fiscal_years_begin_in_july(void **state)
{
    (void)state;
    assert_int_equal(fiscal_from(202606), 202507);
    assert_int_equal(fiscal_from(202607), 202607);
    assert_int_equal(fiscal_from(202612), 202607);
    assert_int_equal(fiscal_from(202701), 202607);
    assert_int_equal(month_add(202601, -1), 202512);
    assert_int_equal(month_add(202512, 1), 202601);
    assert_int_equal(month_add(202606, -12), 202506);
}

/* ---- what waits ---- */

static void the_overview_opens_what_it_counts(void **state)
{
    (void)state;
    struct overview o;
    struct case_filter f;
    populate();
    struct ctx c = reading_as(who(ADC));
    assert_err(overview_of(&c, &o), ok);
    for (int w = 0; w < WAIT_N; w++) {
        for (int k = 0; k < CASE_KINDS; k++) {
            waiting_filter((enum waiting)w, (enum case_kind)k, &f);
            if (listed(&c, &f) != o.n[w][k]) {
                fail_msg("waiting %d of kind %d: %lld", w, k, (long long)o.n[w][k]);
            }
        }
    }
    assert_int_equal(o.n[WAIT_CONTESTED][KIND_COMPLAINT], 1);
    assert_int_equal(o.n[WAIT_REOPENED][KIND_COMPLAINT], 2);
    assert_int_equal(o.n[WAIT_UNASSIGNED][KIND_APPLICATION], 1);
    assert_int_equal(o.n[WAIT_NO_FUNDS][KIND_COMPLAINT], 1);
    for (size_t i = 0; i < o.late_n; i++) {
        for (int k = 0; k < CASE_KINDS; k++) {
            f = (struct case_filter){.kind = case_kind_code((enum case_kind)k),
                                     .open = true,
                                     .due = DUE_LATE,
                                     .office = o.late[i].code,
                                     .unassigned = !o.late[i].office.given};
            assert_int_equal(listed(&c, &f), o.late[i].late[k]);
        }
    }
    assert_true(o.late_n >= 2); /* nobody's, and the TMA's */
}

/* ---- what is due ---- */

static void an_office_has_its_sheet(void **state)
{
    (void)state;
    struct digest_sheet *s;
    size_t n;
    size_t quiet;
    const case_ref late = file(DESK, "complaint", "M-WAT-01", "PK52601", "woman");
    give(&late);
    days_pass(4);
    const case_ref soon = file(DESK, "complaint", "M-WAT-01", "PK52601", "woman");
    give(&soon);
    (void)file(DESK, "complaint", "M-LGT-01", "PK52601", "woman");
    struct ctx c = reading_as(who(OFFICER));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_int_equal(n, 1);
    assert_int_equal(s[0].late_n, 1);
    assert_int_equal(s[0].soon_n, 1);
    assert_int_equal(s[0].late_rows, 1);
    assert_int_equal(s[0].soon_rows, 1);
    assert_true(str_eq(s[0].late[0].ref_code, case_ref_digits(&late)));
    c = reading_as(who(OFFICER_2)); /* of the same office; nothing was given to her */
    assert_err(digest_of(&c, true, &s, &n, &quiet), ok);
    assert_int_equal(n, 0);
    c = reading_as(who(PABBI_OFFICER));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_int_equal(n, 0);
    c = reading_as(who(SUPERVISOR));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_int_equal(n, 2); /* what nobody has, and the TMA */
    assert_false(s[0].office.given);
    assert_int_equal(s[0].unassigned_n, 1);
    assert_int_equal(s[1].office.v, TMA_OFFICE);
    assert_int_equal(quiet, 2);
    c = reading_as(who(OTHER_SUPERVISOR));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_int_equal(n, 0);
}

static void what_was_promised_comes_up_on_its_day(void **state)
{
    (void)state;
    struct digest_sheet *s;
    size_t n;
    size_t quiet;
    (void)without_funds("M-LIB-01"); /* no clock: nothing else brings it up */
    days_pass(29);
    struct ctx c = reading_as(who(OFFICER));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_true(n == 0 || s[0].promised_rows == 0);
    days_pass(1);
    c = reading_as(who(OFFICER));
    assert_err(digest_of(&c, false, &s, &n, &quiet), ok);
    assert_int_equal(n, 1);
    assert_int_equal(s[0].promised_rows, 1);
    assert_true(s[0].calls_n >= 1); /* and she is to be told */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(figures_are_those_counted_by_hand),
        FEATURE_TEST(a_median_of_an_even_number_lies_between),
        FEATURE_TEST(every_number_is_that_of_its_list),
        FEATURE_TEST(what_is_closed_to_her_is_in_no_figure),
        FEATURE_TEST(a_province_sees_its_districts_apart),
        FEATURE_TEST(nobody_asks_about_another_district),
        FEATURE_TEST(few_make_no_rate),
        FEATURE_TEST(fiscal_years_begin_in_july),
        FEATURE_TEST(the_overview_opens_what_it_counts),
        FEATURE_TEST(an_office_has_its_sheet),
        FEATURE_TEST(what_was_promised_comes_up_on_its_day),
    };
    return FEATURE_TESTS(tests);
}
