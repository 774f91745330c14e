/* paper_model_test.c: what is packed comes back; what is not fine is neither packed nor unpacked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "paper_model.h"

enum { SOME = 1 << 20 };

#define EN(words)                                    \
    {                                                \
        .text = S_INIT(words), .lang = S_INIT("en"), \
    }
static const struct paper_words heading[] = {{S_INIT("سنوائی"), S_INIT("ur"), PAPER_RTL, 0}};
static const struct paper_words heads[] = {{S_INIT("Service"), S_INIT("en"), PAPER_STRONG, 3}, EN("Days")};
static const struct paper_words cells[] = {EN("Birth\ncertificate"),
                                           {S_INIT("7"), S_INIT("en"), PAPER_NUMBER, 0}};
static const struct paper_words code[] = {EN("http://sunwai.example/s"), EN("")};

static const struct paper_words chart[] = {EN("Who came"), EN("9"), EN("9"), EN("women"), EN("men")};
static const struct paper_words point[] = {EN("Q1"), EN("9"), EN("9"), EN("<5"), EN("")};
static const struct paper_words map[] = {EN("Districts"), EN("0 0 9 9"), EN("none"), EN("few"),
                                         EN(""),          EN(""),        EN(""),     EN("")};
static const struct paper_words picture[] = {EN("A tap in a street"), EN("0")};
static const str jpegs[] = {S_INIT("\xff\xd8\xff one"), S_INIT("\xff\xd8\xff")};
static const struct paper_words area[] = {EN("Swat"), EN("17"), EN("1"), EN("4 -4"), EN("M0 0l9 0-9 9z")};

static const struct paper_piece pieces[] = {
    {PAPER_HEADING, heading, 1}, {PAPER_TABLE, heads, 2},     {PAPER_ROW, cells, 2}, {PAPER_ROW, cells, 2},
    {PAPER_BREAK, NULL, 0},      {PAPER_FACT, cells, 2},      {PAPER_QR, code, 2},   {PAPER_SIGN, heads, 2},
    {PAPER_STACKS, chart, 5},    {PAPER_POINT, point, 5},     {PAPER_MAP, map, 8},   {PAPER_AREA, area, 5},
    {PAPER_LINES, chart, 5},     {PAPER_PICTURE, picture, 2},
};

static struct paper sample(void)
{
    return (struct paper){
        .size = PAPER_A3_WIDE,
        .letters = 14,
        .title = {S("Board"), S("en"), 0, 0},
        .above = {S("TMA"), S("en"), 0, 0},
        .foot = {S(""), S("en"), 0, 0},
        .pieces = pieces,
        .pieces_n = sizeof pieces / sizeof pieces[0],
        .pictures = jpegs,
        .pictures_n = sizeof jpegs / sizeof jpegs[0],
    };
}

static bool same_words(const struct paper_words *a, const struct paper_words *b)
{
    return str_eq(a->text, b->text) && str_eq(a->lang, b->lang) && a->flags == b->flags &&
           a->share == b->share;
}

static void what_is_packed_comes_back(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    SCOPED(buf_free) struct buf packed = buf_new(SOME);
    const struct paper p = sample();
    struct paper back;
    assert_int_equal(paper_pack(&p, &packed).code, ERR_OK);
    assert_int_equal(paper_unpack(a, buf_str(&packed), &back).code, ERR_OK);
    assert_int_equal(back.size, p.size);
    assert_int_equal(back.letters, p.letters);
    assert_true(same_words(&back.title, &p.title) && same_words(&back.above, &p.above));
    assert_int_equal(back.pieces_n, p.pieces_n);
    for (size_t i = 0; i < p.pieces_n; i++) {
        assert_int_equal(back.pieces[i].kind, p.pieces[i].kind);
        assert_int_equal(back.pieces[i].words_n, p.pieces[i].words_n);
        for (size_t k = 0; k < p.pieces[i].words_n; k++) {
            assert_true(same_words(&back.pieces[i].words[k], &p.pieces[i].words[k]));
        }
    }
    assert_int_equal(back.pictures_n, p.pictures_n);
    const str bytes = paper_picture_of(&back, &back.pieces[p.pieces_n - 1]);
    assert_true(str_eq(bytes, jpegs[0]) && str_eq(back.pictures[1], jpegs[1]));
    arena_free(a);
}

/* Every cut, and one byte too many. */
static void a_part_of_it_is_refused(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    SCOPED(buf_free) struct buf packed = buf_new(SOME);
    const struct paper p = sample();
    struct paper back;
    assert_int_equal(paper_pack(&p, &packed).code, ERR_OK);
    for (size_t n = 0; n < packed.n; n++) {
        arena_clear(a);
        assert_int_equal(paper_unpack(a, str_sub(buf_str(&packed), 0, n), &back).code, ERR_INVALID);
    }
    buf_putc(&packed, 'x');
    assert_int_equal(paper_unpack(a, buf_str(&packed), &back).code, ERR_INVALID);
    arena_free(a);
}

static enum err_code packs(struct paper p)
{
    SCOPED(buf_free) struct buf packed = buf_new(SOME);
    assert_int_equal(paper_fine(&p), paper_pack(&p, &packed).code == ERR_OK);
    buf_clear(&packed);
    return paper_pack(&p, &packed).code;
}

static enum err_code packs_piece(enum paper_kind kind, const struct paper_words *words, size_t n)
{
    const struct paper_piece piece = {kind, words, n};
    struct paper p = sample();
    p.pieces = &piece;
    p.pieces_n = 1;
    return packs(p);
}

static void what_is_out_of_bounds_is_not_packed(void **state)
{
    (void)state;
    static char many[PAPER_TEXT_MAX + 1];
    memset(many, 'a', sizeof many);
    struct paper_words w = EN("fine");
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_OK);
    assert_int_equal(packs_piece(PAPER_TEXT, heads, 2), ERR_INVALID);
    assert_int_equal(packs_piece(PAPER_ROW, cells, 2), ERR_INVALID); /* without a table */
    assert_int_equal(packs_piece(PAPER_SIGN, NULL, 0), ERR_INVALID);
    assert_int_equal(packs_piece(PAPER_KINDS, &w, 1), ERR_INVALID);
    w.text = (str){many, PAPER_TEXT_MAX};
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_OK);
    w.text.n++;
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_INVALID);
    w.text = S("a\rb");
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_INVALID);
    w.text = S("\xff");
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_INVALID);
    w = (struct paper_words){.text = S("x"), .lang = S("U\"")};
    assert_int_equal(packs_piece(PAPER_TEXT, &w, 1), ERR_INVALID);
    const struct paper_words not_ascii[] = {EN("سنو"), EN("")};
    assert_int_equal(packs_piece(PAPER_QR, not_ascii, 2), ERR_INVALID);
    struct paper p = sample();
    p.letters = PAPER_LETTERS_MIN - 1;
    assert_int_equal(packs(p), ERR_INVALID);
    p = sample();
    p.pieces_n = PAPER_PIECES_MAX + 1;
    assert_int_equal(packs(p), ERR_INVALID);
}

/* A head and one that follows it. */
static enum err_code packs_two(enum paper_kind kind, const struct paper_words *words, size_t n,
                               enum paper_kind next, const struct paper_words *next_words, size_t next_n)
{
    const struct paper_piece both[] = {{kind, words, n}, {next, next_words, next_n}};
    struct paper p = sample();
    p.pieces = both;
    p.pieces_n = 2;
    return packs(p);
}

static void a_chart_keeps_to_its_scale(void **state)
{
    (void)state;
    struct paper_words two[5];
    memcpy(two, point, sizeof two);
    assert_int_equal(packs_two(PAPER_BARS, chart, 5, PAPER_POINT, two, 5), ERR_OK);
    assert_int_equal(packs_two(PAPER_BARS, chart, 4, PAPER_POINT, two, 5), ERR_INVALID); /* one series */
    assert_int_equal(packs_two(PAPER_TABLE, heads, 2, PAPER_POINT, two, 5), ERR_INVALID);
    assert_int_equal(packs_piece(PAPER_POINT, two, 5), ERR_INVALID);
    assert_int_equal(packs_piece(PAPER_BARS, chart, 3), ERR_INVALID);
    static const str bad[] = {S_INIT("10"), S_INIT("-1"), S_INIT("+1"), S_INIT("x"), S_INIT("1 ")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        two[2].text = bad[i];
        assert_int_equal(packs_two(PAPER_BARS, chart, 5, PAPER_POINT, two, 5), ERR_INVALID);
    }
    two[2].text = two[4].text = S("5"); /* each fits, both behind one another do not */
    assert_int_equal(packs_two(PAPER_BARS, chart, 5, PAPER_POINT, two, 5), ERR_OK);
    assert_int_equal(packs_two(PAPER_STACKS, chart, 5, PAPER_POINT, two, 5), ERR_INVALID);
    memcpy(two, chart, sizeof two);
    two[2].text = S("0");
    assert_int_equal(packs_piece(PAPER_LINES, two, 5), ERR_INVALID);
}

static void a_map_is_outlines_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        str text;
    } bad[] = {{2, S_INIT("6")},        {2, S_INIT("11")}, {3, S_INIT("1")},    {3, S_INIT("1 2 3")},
               {3, S_INIT("1 999999")}, {4, S_INIT("")},   {4, S_INIT("M0,0")}, {4, S_INIT("M0 0\"/>")}};
    struct paper_words one[8];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        memcpy(one, area, sizeof area);
        assert_int_equal(packs_two(PAPER_MAP, map, 8, PAPER_AREA, one, 5), ERR_OK);
        one[bad[i].at].text = bad[i].text;
        assert_int_equal(packs_two(PAPER_MAP, map, 8, PAPER_AREA, one, 5), ERR_INVALID);
    }
    memcpy(one, map, sizeof map);
    one[1].text = S("0 0 0 9");
    assert_int_equal(packs_piece(PAPER_MAP, one, 8), ERR_INVALID);
}

static void a_picture_is_one_of_those_that_came_along(void **state)
{
    (void)state;
    static char many[PAPER_PICTURE_MAX + 1] = "\xff\xd8\xff";
    struct paper_words two[2];
    memcpy(two, picture, sizeof two);
    assert_int_equal(packs_piece(PAPER_PICTURE, two, 2), ERR_OK);
    two[1].text = S("2");
    assert_int_equal(packs_piece(PAPER_PICTURE, two, 2), ERR_INVALID);
    two[1].text = S("-1");
    assert_int_equal(packs_piece(PAPER_PICTURE, two, 2), ERR_INVALID);
    str given[PAPER_PICTURES_MAX + 1] = {{many, PAPER_PICTURE_MAX}};
    struct paper p = sample();
    p.pictures = given;
    p.pictures_n = 1;
    assert_int_equal(packs(p), ERR_OK);
    given[0].n++;
    assert_int_equal(packs(p), ERR_INVALID);
    given[0] = S("GIF89a");
    assert_int_equal(packs(p), ERR_INVALID);
    for (size_t i = 0; i <= PAPER_PICTURES_MAX; i++) {
        given[i] = jpegs[1];
    }
    p.pictures_n = PAPER_PICTURES_MAX;
    assert_int_equal(packs(p), ERR_OK);
    p.pictures_n++;
    assert_int_equal(packs(p), ERR_INVALID);
}

static void what_is_drawn_is_said_too(void **state)
{
    (void)state;
    const struct paper p = sample();
    SCOPED(buf_free) struct buf words = buf_new(200);
    paper_drawn_words(&p, 8, &words);
    assert_true(str_eq(buf_str(&words), S("\u2068Who came\u2069. \u2068Q1\u2069: \u2068women\u2069 "
                                          "\u20689\u2069, \u2068men\u2069 \u2068<5\u2069")));
    buf_clear(&words);
    paper_drawn_words(&p, 10, &words);
    assert_true(str_eq(buf_str(&words), S("\u2068Districts\u2069. \u2068Swat\u2069: \u206817\u2069")));
}

static void a_paper_that_is_too_long_is_a_limit(void **state)
{
    (void)state;
    static char many[PAPER_TEXT_MAX];
    memset(many, 'a', sizeof many);
    const struct paper_words w = {.text = {many, sizeof many}, .lang = S("en")};
    enum { LONG = PAPER_BYTES_MAX / PAPER_TEXT_MAX + 1 };
    static struct paper_piece long_ones[LONG];
    for (size_t i = 0; i < LONG; i++) {
        long_ones[i] = (struct paper_piece){PAPER_TEXT, &w, 1};
    }
    SCOPED(buf_free) struct buf packed = buf_new((size_t)2 * PAPER_BYTES_MAX);
    struct paper p = sample();
    p.pieces = long_ones;
    p.pieces_n = LONG;
    assert_int_equal(paper_pack(&p, &packed).code, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(a_part_of_it_is_refused),
        cmocka_unit_test(what_is_out_of_bounds_is_not_packed),
        cmocka_unit_test(a_chart_keeps_to_its_scale),
        cmocka_unit_test(a_map_is_outlines_and_nothing_else),
        cmocka_unit_test(what_is_drawn_is_said_too),
        cmocka_unit_test(a_picture_is_one_of_those_that_came_along),
        cmocka_unit_test(a_paper_that_is_too_long_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
