/* paper_chart_test.c: figures become charts: scale, words, what is not known; as a page shows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "paper_shown.h"
#include "paper.html.h"

enum { SOME = 1 << 22 };

static struct arena *arena;
static struct paper_draft draft;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(SOME);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const str series[] = {S_INIT("women"), S_INIT("men")};
static const str points[] = {S_INIT("Nowshera"), S_INIT("نوشہرہ"), S_INIT("Swat")};
static const struct paper_value values[] = {
    {.n = 702}, {.n = 57}, {.n = 1234}, {.nothing = true, .text = S_INIT("<5")}, {.n = 0}, {.nothing = true}};

static const struct paper *drawn(enum paper_drawn form, enum lang lang, bool percent)
{
    const struct paper *p = NULL;
    const struct paper_chart c = {.form = form,
                                  .percent = percent,
                                  .title = S("Who came"),
                                  .series = series,
                                  .series_n = 2,
                                  .points = points,
                                  .points_n = 3,
                                  .values = values};
    paper_begin(&draft, arena, lang, PAPER_A4, 0, S("t"));
    paper_chart(&draft, &c);
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    return p;
}

static void the_scale_takes_the_longest(void **state)
{
    (void)state;
    assert_int_equal(paper_top(&drawn(PAPER_SIDE_BY_SIDE, LANG_EN, false)->pieces[0]), 1234);
    assert_int_equal(paper_top(&drawn(PAPER_STACKED, LANG_EN, false)->pieces[0]), 1234);
    assert_int_equal(paper_top(&drawn(PAPER_OVER_TIME, LANG_EN, false)->pieces[0]), 2000);
    const struct paper_value small[] = {{.n = 7}, {.n = 6}};
    const struct paper_chart both = {.form = PAPER_STACKED,
                                     .title = S("t"),
                                     .series = series,
                                     .series_n = 2,
                                     .points = points,
                                     .points_n = 1,
                                     .values = small};
    const struct paper *p = NULL;
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    paper_chart(&draft, &both);
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    assert_int_equal(paper_top(&p->pieces[0]), 13);
    struct paper_chart share = both;
    share.form = PAPER_SIDE_BY_SIDE;
    share.percent = true;
    paper_begin(&draft, arena, LANG_PS, PAPER_A4, 0, S("t"));
    paper_chart(&draft, &share);
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    assert_int_equal(paper_top(&p->pieces[0]), 100);
    assert_true(str_eq(p->pieces[1].words[1].text, S("۷%")));
}

static void what_is_not_known_has_no_bar(void **state)
{
    (void)state;
    int64_t n = -1;
    const struct paper *p = drawn(PAPER_SIDE_BY_SIDE, LANG_EN, false);
    assert_int_equal(p->pieces_n, 4);
    assert_true(paper_amount(&p->pieces[2], 0, &n) && n == 1234);
    assert_true(str_eq(p->pieces[2].words[1].text, S("1,234")));
    assert_false(paper_amount(&p->pieces[2], 1, &n));
    assert_true(str_eq(p->pieces[2].words[3].text, S("<5")));
    assert_true(paper_amount(&p->pieces[3], 0, &n) && n == 0);
    assert_int_equal(p->pieces[3].words[3].text.n, 0);
}

static void a_chart_without_points_is_left_out(void **state)
{
    (void)state;
    const struct paper *p = NULL;
    const struct paper_chart none = {.title = S("t"), .series = series, .series_n = 2};
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    paper_chart(&draft, &none);
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    assert_int_equal(p->pieces_n, 0);
}

static bool holds(str text, const char *words)
{
    return memmem(text.p, text.n, words, strlen(words)) != NULL;
}

static str shown(const struct paper *m, struct buf *out)
{
    struct paper_shown v;
    struct page page = {.out = out, .arena = arena, .lang = LANG_EN};
    assert_int_equal(paper_shown_of(arena, m, &v).code, ERR_OK);
    paper_drawings(&page, &v);
    assert_false(out->full);
    return buf_str(out);
}

static void a_page_has_bars_and_their_words(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf out = buf_new(SOME);
    const str html = shown(drawn(PAPER_SIDE_BY_SIDE, LANG_EN, false), &out);
    assert_true(holds(html, "width=\"56.8%\"") && holds(html, "width=\"100.0%\""));
    assert_true(holds(html, "&lt;5") && holds(html, "1,234") && holds(html, "id=\"ground3\""));
    buf_clear(&out);
    const str stacked = shown(drawn(PAPER_STACKED, LANG_UR, false), &out);
    assert_true(holds(stacked, "x=\"56.8%\" width=\"4.6%\""));
}

/* A line ends where nothing is known; one point alone has a mark. */
static void a_page_has_lines_with_gaps(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf out = buf_new(SOME);
    const str html = shown(drawn(PAPER_OVER_TIME, LANG_EN, false), &out);
    assert_true(holds(html, "points=\"0,649 500,383 1000,1000\""));
    assert_true(holds(html, "points=\"0,972\""));
    assert_true(holds(html, "aria-label=\"") && holds(html, "2,000"));
}

static void a_map_says_what_it_shows(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf out = buf_new(SOME);
    const struct paper *p = NULL;
    const struct paper_map m = {
        .title = S("Districts"), .right = 100, .bottom = 60, .steps = {S("none"), S("a few")}};
    const struct paper_area areas[] = {
        {.name = S("Swat"), .text = S("17"), .step = 1, .x = 5, .y = 6, .path = S("M0 0h9v9z")},
        {.name = S("around"), .step = -1, .path = S("M0 0h100v60h-100z")}};
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    paper_map(&draft, &m, areas, 2);
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    const str html = shown(p, &out);
    assert_true(holds(html, "Swat\u2069: \u206817") && holds(html, "url(#area1)") &&
                holds(html, "class=\"around\""));
    assert_true(holds(html, "viewBox=\"0 0 100 60\"") && holds(html, "a few"));
    assert_false(holds(html, "url(#area2)\" d"));
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    const struct paper_area script = {.name = S("Swat"), .path = S("M0 0\"><script>")};
    paper_map(&draft, &m, &script, 1);
    assert_int_equal(paper_done(&draft, &p).code, ERR_BUG); /* no path */
}

static void districts_are_a_map_with_ground_around(void **state)
{
    (void)state;
    static const struct paper_district list[] = {{S_INIT("PK526"), S_INIT("Nowshera"), 391, false},
                                                 {S_INIT("PK511"), S_INIT("Haripur"), 0, true},
                                                 {S_INIT("PK599"), S_INIT("of no outline"), 7, false}};
    SCOPED(buf_free) struct buf out = buf_new(SOME);
    const struct paper *p = NULL;
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    paper_districts(&draft, &(struct paper_districts){.title = S("Filed"), .list = list, .n = 3});
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    const str html = shown(p, &out);
    assert_true(holds(html, "url(#area5)\" d") && holds(html, ">391<") && holds(html, "class=\"around\""));
    assert_true(holds(html, "0 to 78") && holds(html, "314 to 391") && !holds(html, "of no outline"));
    assert_int_equal(p->pieces[p->pieces_n - 1].kind, PAPER_NOTE);
    paper_begin(&draft, arena, LANG_EN, PAPER_A4, 0, S("t"));
    paper_districts(&draft, &(struct paper_districts){.title = S("Filed"), .list = &list[2], .n = 1});
    assert_int_equal(paper_done(&draft, &p).code, ERR_OK);
    assert_int_equal(p->pieces_n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scale_takes_the_longest),
        cmocka_unit_test(what_is_not_known_has_no_bar),
        cmocka_unit_test(a_chart_without_points_is_left_out),
        cmocka_unit_test(a_page_has_bars_and_their_words),
        cmocka_unit_test(a_page_has_lines_with_gaps),
        cmocka_unit_test(a_map_says_what_it_shows),
        cmocka_unit_test(districts_are_a_map_with_ground_around),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
