/* Who reaches which case; lists, pages of them, and search. */
#include "case_testing.h"

/* ---- reach ---- */

static bool reaches(struct actor actor, const case_ref *ref)
{
    struct ctx c = reading_as(actor);
    struct case_view v;
    const err e = case_find(&c, ref, &v);
    assert_true(e.code == ERR_OK || e.code == ERR_NOT_FOUND);
    return e.code == ERR_OK;
}

static size_t listed(struct actor actor, struct case_filter f, struct q_case_list **out)
{
    struct ctx c = reading_as(actor);
    size_t n = 99;
    bool more = true;
    f.limit = f.limit == 0 ? 100 : f.limit;
    assert_err(case_list(&c, &f, out, &n, &more), ok);
    assert_true(n <= (size_t)f.limit);
    return n;
}

static size_t count_listed(struct actor actor, struct case_filter f)
{
    struct q_case_list *rows;
    return listed(actor, f, &rows);
}

enum { UNASSIGNED = 1, AT_TMA = 2, AT_PABBI = 4, ALL = 7 };
static const int reach[PEOPLE] = {
    [DESK] = ALL,
    [DESK_2] = ALL,
    [DESK_OF_TMA] = ALL,
    [SUPERVISOR] = ALL,
    [ADC] = ALL,
    [OFFICER] = AT_TMA,
    [OFFICER_2] = AT_TMA,
    [GONE_OFFICER] = AT_TMA,
    [PABBI_OFFICER] = AT_PABBI,
    [MONITOR] = ALL, /* they read for the figures */
    [KP_MONITOR] = ALL,
    [KP_MONITOR_2] = ALL,
    [MANAGER] = ALL,
    /* the administrator and everybody of Haripur: none */
};

static void everybody_reaches_what_is_hers(void **state)
{
    (void)state;
    case_ref refs[] = {file_water(), file_water(), file_water()};
    assert_done(do_as(SUPERVISOR, &refs[1], ASSIGN("officer.nowshera")));
    assert_done(do_as(SUPERVISOR, &refs[2], ASSIGN("officer.pabbi")));
    for (int w = 0; w < PEOPLE; w++) {
        size_t n = 0;
        for (int i = 0; i < 3; i++) {
            const bool hers = (reach[w] & 1 << i) != 0;
            if (reaches(who((enum testing_who)w), &refs[i]) != hers) {
                fail_msg("%s and case %d", testing_people[w].login, i);
            }
            /* nor is she told by what she may not do that it is there */
            const enum err_code e = do_as((enum testing_who)w, &refs[i], REASON(REOPEN));
            assert_true(hers ? e == ERR_DENIED || e == ERR_CONFLICT : e == ERR_NOT_FOUND);
            const struct case_filter by_ref = {.words = case_ref_text(testing_now->arena, refs[i])};
            assert_int_equal(count_listed(who((enum testing_who)w), by_ref), hers);
            n += hers;
        }
        assert_int_equal(count_listed(who((enum testing_who)w), (struct case_filter){.open = true}), n);
        assert_int_equal(count_listed(who((enum testing_who)w), (struct case_filter){.words = S("water")}),
                         n);
    }
}

static void the_rest_reach_nothing(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    const int64_t id = view_of(&ref).row.id;
    assert_false(reaches((struct actor){.role = ROLE_NOBODY, .home = NOWSHERA}, &ref));
    assert_false(reaches((struct actor){.role = ROLE_PUBLIC, .home = NOWSHERA}, &ref));
    assert_false(reaches((struct actor){.role = ROLE_PUBLIC, .home = NOWSHERA, .case_id = id + 1}, &ref));
    assert_true(reaches((struct actor){.role = ROLE_PUBLIC, .home = NOWSHERA, .case_id = id}, &ref));
    assert_false(
        reaches((struct actor){.role = ROLE_OFFICER, .home = NOWSHERA}, &ref)); /* no office, no officer */
    assert_false(reaches((struct actor){.role = ROLE_SUPERVISOR}, &ref));
    assert_true(reaches((struct actor){.role = ROLE_SYSTEM}, &ref));
    /* a complainant has her case, never a list */
    const struct actor she = {.role = ROLE_PUBLIC, .home = NOWSHERA, .case_id = id};
    assert_int_equal(count_listed(she, (struct case_filter){.open = true}), 0);
    assert_int_equal(count_listed(she, (struct case_filter){.words = S("water")}), 0);
}

static void an_unknown_number_is_not_found(void **state)
{
    (void)state;
    case_ref ref = file_water();
    do {
        ref = case_ref_random();
    } while (reaches(who(DESK), &ref));
    assert_int_equal(do_as(DESK, &ref, REASON(COMMENT)), ERR_NOT_FOUND);
    char pin[PIN_LEN];
    struct ctx c = reading_as(who(DESK));
    assert_err(case_pin(&c, &ref, pin), not_found);
}

/* What is between offices is not for her; what was decided is. */
static err run_inside(struct ctx *c, void *arg)
{
    const case_ref *ref = arg;
    struct case_view v;
    struct flow_step_in step = {.action = CASE_COMMENT, .words = S("He is on leave"), .inside = true};
    TRY(case_find(c, ref, &v));
    return flow_act(c, &v.subject, &v.flow, &step);
}

static void what_is_between_offices_is_not_shown_to_her(void **state)
{
    (void)state;
    case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_int_equal(written_as(who(OFFICER), run_inside, &ref), ERR_OK);
    const struct case_view v = view_of(&ref);
    struct q_step_list *steps;
    size_t n;
    bool more;
    struct ctx c = reading_as(who(DESK));
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_int_equal(n, 3);
    c = reading_as((struct actor){.role = ROLE_PUBLIC, .home = NOWSHERA, .case_id = v.row.id});
    assert_err(case_timeline(&c, &v, &steps, &n, &more), ok);
    assert_int_equal(n, 2);
    assert_int_equal(steps[0].action_no, CASE_ASSIGN); /* the newest first */
}

/* ---- lists ---- */

static void lists_are_narrowed(void **state)
{
    (void)state;
    const case_ref lamp = file_as(who(DESK), told("M-LGT-01", "PK52602", "Lamp")).ref;
    const case_ref water = file_water();
    clock_fix(TESTING_NOON + 1); /* the order of ids is that of time, between writers too */
    const case_ref gone = file_water();
    (void)file_as(who(OTHER_DESK), told("M-LGT-01", "PK51101", "Lamp"));
    assert_done(do_as(SUPERVISOR, &lamp, ASSIGN("officer.pabbi")));
    assert_done(do_as(DESK, &gone, ACT(WITHDRAW, .words = STR_NONE)));
    const struct {
        struct case_filter f;
        size_t n;
        const case_ref *first;
    } cases[] = {
        {{.open = true}, 2, &water}, /* due before the lamp */
        {{.open = false}, 3, &water},
        {{.state = SOME(CASE_ASSIGNED)}, 1, &lamp},
        {{.state = SOME(CASE_WITHDRAWN)}, 1, &gone},
        {{.state = SOME(CASE_SOLVED)}, 0, NULL},
        {{.service = S("M-LGT-01")}, 1, &lamp},
        {{.service = S("M-LGT-01"), .open = true}, 1, &lamp},
        {{.service = S("M-XXX-99")}, 0, NULL},
        {{.unit = S("PK52602")}, 1, &lamp},
        {{.unit = S("PK526")}, 3, &water},
        {{.unit = S("PK51101")}, 0, NULL},
        {{.unit = S("PK511")}, 0, NULL},
        {{.unit = S("PK99999")}, 0, NULL},
        {{.unit = S("PK52602"), .service = S("M-WAT-01")}, 0, NULL},
        {{.words = S("lamp"), .service = S("M-LGT-01"), .unit = S("PK52602"), .state = SOME(CASE_ASSIGNED)},
         1,
         &lamp},
        {{.words = S("lamp"), .state = SOME(CASE_REGISTERED)}, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct q_case_list *rows;
        assert_int_equal(listed(who(SUPERVISOR), cases[i].f, &rows), cases[i].n);
        if (cases[i].n > 0) {
            assert_true(str_eq(rows[0].ref_code, case_ref_digits(cases[i].first)));
        }
    }
}

enum { FILED = 25, PAGE = 4 };

static bool in_due_order(const struct q_case_list *a, const struct q_case_list *b)
{
    return a->due_ms < b->due_ms || (a->due_ms == b->due_ms && a->subject_id < b->subject_id);
}

static size_t index_of(const case_ref *refs, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(case_ref_digits(&refs[i]), code)) {
            return i;
        }
    }
    return n;
}

/* Page after page every case comes once and in order, though others are filed meanwhile. */
static void paging_misses_none_and_repeats_none(void **state)
{
    (void)state;
    static const char *const services[] = {"M-LGT-01", "M-WAT-01", "M-LIB-01"};
    for (int open = 0; open < 2; open++) {
        case_ref refs[FILED];
        int64_t seen[FILED] = {0};
        struct q_case_list last = {.due_ms = 0};
        struct case_filter f = {.open = open == 1, .limit = PAGE};
        for (size_t i = 0; i < FILED; i++) {
            clock_fix(TESTING_NOON + (int64_t)(i % 4) * MS_PER_DAY);
            refs[i] = file_as(who(DESK), told(services[i % 3], "PK52601", "Words")).ref;
        }
        bool more = true;
        int pages = 0;
        while (more) {
            struct ctx c = reading_as(who(DESK));
            struct q_case_list *rows;
            size_t n;
            assert_err(case_list(&c, &f, &rows, &n, &more), ok);
            assert_true(more ? n == PAGE : n <= PAGE);
            for (size_t i = 0; i < n; i++) {
                assert_true(in_due_order(&last, &rows[i]));
                last = rows[i];
                const size_t k = index_of(refs, FILED, rows[i].ref_code);
                seen[k < FILED ? k : 0] += k < FILED;
            }
            f.after_due_ms = last.due_ms;
            f.after_id = last.subject_id;
            if (++pages <= 6) {
                (void)file_as(who(DESK), told(services[pages % 3], "PK52601", "Another"));
            }
        }
        for (size_t i = 0; i < FILED; i++) {
            assert_int_equal(seen[i], 1);
        }
    }
}

static void what_is_found_comes_in_pages_newest_first(void **state)
{
    (void)state;
    enum { N = 7 };
    case_ref refs[N];
    struct case_new n = told("M-WAT-01", "PK52601", "Searched words");
    assert_err(phone_of(testing_now->arena, S("0300 1234567"), &n.phone), ok);
    for (int i = 0; i < N; i++) {
        clock_fix(TESTING_NOON + i * MINUTE_MS);
        refs[i] = file_as(who(DESK), n).ref;
    }
    static const char *const typed[] = {"searched", ""}; /* and without words: newest */
    for (size_t t = 0; t < 2; t++) {
        struct case_filter f = {.words = str_of(typed[t]), .newest = true, .limit = 3};
        int at = N;
        bool more = true;
        while (more) {
            struct ctx c = reading_as(who(DESK));
            struct q_case_list *rows;
            size_t got;
            assert_err(case_list(&c, &f, &rows, &got, &more), ok);
            for (size_t i = 0; i < got; i++) {
                assert_true(--at >= 0 && str_eq(rows[i].ref_code, case_ref_digits(&refs[at])));
            }
            assert_true(got > 0);
            f.after_id = rows[got - 1].subject_id;
            f.after_due_ms = rows[got - 1].due_ms;
        }
        assert_int_equal(at, 0);
    }
}

/* ---- search ---- */

static size_t found(enum testing_who w, const char *typed)
{
    return count_listed(who(w), (struct case_filter){.words = str_of(typed)});
}

static void words_are_found_however_they_are_typed(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        size_t n;
    } cases[] = {
        {"پانی", 1},
        {"پاني", 1},
        {"پانى", 1}, /* three kinds of yeh */
        {"کتاب", 1},
        {"كتاب", 1}, /* two of kaf */
        {"پان", 1},
        {"كتا", 1}, /* by its beginning */
        {"انی", 0},
        {"پانیوں", 0}, /* not by its end, not by more */
        {"12", 1},
        {"۱۲", 1},
        {"١٢", 1}, /* three sets of digits */
        {"پانی گلی", 1},
        {"گلی پانی", 1},
        {"پانی بجلی", 0},
        {"School", 1},
        {"SCHOOL road", 1}, /* the place too */
        {"پا\u064Eنی", 1},  /* a vowel sign */
        {"", 1},            /* nothing asked for: all */
        {"!!!", 0},
        {"\" OR 1 *", 0},
        {"road:*", 1},
        {"-road", 1},
        {"a'b", 0},
        {"& | ! <->", 0},
        {"xh100", 1},
        {"xh200", 0},
        {"NEAR", 0},
        {"road NEAR school", 0},
        {"پانی نہیں آ رہا گلی ۱۲ کتاب کی بجلی", 1}, /* what is past the eighth word is not looked at */
    };
    struct case_new n = told("M-WAT-01", "PK52601", "پانی نہیں آ رہا، گلی ۱۲، کتاب کی دکان");
    n.place = S("School Road");
    (void)file_as(who(DESK), n);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t got = found(DESK, cases[i].typed);
        if (got != cases[i].n) {
            fail_msg("\"%s\" finds %zu", cases[i].typed, got);
        }
    }
}

/* The index holds words, not texts: it is told which ones go. Letters that a tokenizer may not know, and
 * signs that hang on letters, make no two words of one. */
static void what_was_corrected_is_found_by_its_new_words(void **state)
{
    (void)state;
    const case_ref ref =
        file_as(who(DESK), told("M-WAT-01", "PK52601", "Lamp हिन्दी ab\U00010D75cd \u0A15\u0A4Dx")).ref;
    assert_int_equal(found(DESK, "lamp"), 1);
    assert_int_equal(found(DESK, "हिन्दी"), 1);
    assert_int_equal(found(DESK, "ab\U00010D75cd"), 1);
    assert_int_equal(found(DESK, "\u0A15\u0A4Dx"), 1);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .description = S("Tap, not what was said"))));
    assert_int_equal(found(DESK, "lamp"), 0);
    assert_int_equal(found(DESK, "tap"), 1);
    assert_done(do_as(DESK, &ref, ACT(AMEND, .description = S("Lamp"))));
    assert_int_equal(found(DESK, "lamp"), 1);
    assert_int_equal(found(DESK, "tap"), 0);
}

static size_t found_all(const char *typed)
{
    return count_listed(who(DESK), (struct case_filter){.words = str_of(typed), .limit = 1000});
}

/* Very many cases with the very word: then what only begins with it is not meant. An office with few cases is
 * looked through by itself, and finds the same. */
static void a_word_that_is_everywhere_is_taken_as_it_stands(void **state)
{
    enum { OFTEN = 200 };
    (void)state;
    struct case_new n = told("M-WAT-01", "PK52601", "Flooding in the lane");
    const case_ref longer = file_as(who(DESK), n).ref;
    assert_done(do_as(SUPERVISOR, &longer, ACT(ASSIGN, .to = S("officer.nowshera"))));
    n.words = S("flood");
    for (int i = 0; i < OFTEN - 1; i++) {
        (void)file_as(who(DESK), n);
    }
    assert_int_equal(found_all("flood"), OFTEN); /* with the longer one */
    (void)file_as(who(DESK), n);
    assert_int_equal(found_all("flood"), OFTEN); /* without it */
    assert_int_equal(found(DESK, "floodi"), 1);
    assert_int_equal(found(DESK, "lane floo"), 1);
    assert_int_equal(found(OFFICER, "lane floo"), 1);
    assert_int_equal(found(OFFICER, "lane loo"), 0);
}

static void a_search_stays_in_its_district(void **state)
{
    (void)state;
    (void)file_as(who(OTHER_DESK), told("M-WAT-01", "PK51101", "xh100 water xh100"));
    assert_int_equal(found(DESK, "water"), 0);
    assert_int_equal(found(DESK, "xh100"), 0);
    assert_int_equal(found(DESK, "xh200 water"), 0);
    assert_int_equal(found(OTHER_DESK, "water"), 1);
    assert_int_equal(found(ADMIN, "water"), 0);
}

static void references_are_typed_in_many_ways(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    struct arena *a = testing_now->arena;
    const str text = case_ref_text(a, ref);
    const char *digits = arena_cstr(a, case_ref_digits(&ref));
    SCOPED(buf_free) struct buf urdu = buf_new(100);
    for (size_t i = 0; i < 10; i++) {
        buf_utf8(&urdu, 0x06F0u + (uint32_t)(digits[i] - '0'));
    }
    assert_int_equal(found(DESK, arena_cstr(a, text)), 1);
    assert_int_equal(found(DESK, digits), 1);
    assert_int_equal(found(SUPERVISOR, arena_printf(a, " %.*s ", STR_F(text)).p), 1);
    assert_int_equal(count_listed(who(DESK), (struct case_filter){.words = buf_str(&urdu)}), 1);
    assert_int_equal(found(OTHER_DESK, digits), 0);
    assert_int_equal(found(OFFICER, digits), 0);
}

/* A number is somebody's: it finds no case in any list, whoever asks. */
static void a_telephone_number_finds_no_case_in_a_list(void **state)
{
    (void)state;
    static const char *const typed[] = {"0300 1234567", "+92-300-1234567", "3001234567", "۰۳۰۰۱۲۳۴۵۶۷"};
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    assert_err(phone_of(testing_now->arena, S("03001234567"), &n.phone), ok);
    (void)file_as(who(DESK), n);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        for (enum testing_who w = DESK; w < PEOPLE; w++) {
            assert_int_equal(found(w, typed[i]), 0);
        }
    }
}

/* He left; what was given to him still waits, and is found as his. */
static void cases_of_one_who_left_are_found_as_his(void **state)
{
    (void)state;
    const case_ref ref = file_water();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    run_script("update account set disabled_ms = 1 where login_code = 'officer.nowshera';");
    struct ctx c = reading_as(who(SUPERVISOR));
    const struct case_filter f = {.officer = S("officer.nowshera"), .limit = 10};
    struct q_case_list *rows;
    size_t n;
    bool more;
    assert_err(case_list(&c, &f, &rows, &n, &more), ok);
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(cases_of_one_who_left_are_found_as_his),
        FEATURE_TEST(everybody_reaches_what_is_hers),
        FEATURE_TEST(the_rest_reach_nothing),
        FEATURE_TEST(an_unknown_number_is_not_found),
        FEATURE_TEST(what_is_between_offices_is_not_shown_to_her),
        FEATURE_TEST(lists_are_narrowed),
        FEATURE_TEST(paging_misses_none_and_repeats_none),
        FEATURE_TEST(what_is_found_comes_in_pages_newest_first),
        FEATURE_TEST(words_are_found_however_they_are_typed),
        FEATURE_TEST(what_was_corrected_is_found_by_its_new_words),
        FEATURE_TEST(a_word_that_is_everywhere_is_taken_as_it_stands),
        FEATURE_TEST(a_search_stays_in_its_district),
        FEATURE_TEST(references_are_typed_in_many_ways),
        FEATURE_TEST(a_telephone_number_finds_no_case_in_a_list),
    };
    return FEATURE_TESTS(tests);
}
