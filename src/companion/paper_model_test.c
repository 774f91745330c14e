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

static const struct paper_piece pieces[] = {
    {PAPER_HEADING, heading, 1}, {PAPER_TABLE, heads, 2}, {PAPER_ROW, cells, 2}, {PAPER_ROW, cells, 2},
    {PAPER_BREAK, NULL, 0},      {PAPER_FACT, cells, 2},  {PAPER_QR, code, 2},   {PAPER_SIGN, heads, 2},
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

static void a_paper_that_is_too_long_is_a_limit(void **state)
{
    (void)state;
    static char many[PAPER_TEXT_MAX];
    memset(many, 'a', sizeof many);
    const struct paper_words w = {.text = {many, sizeof many}, .lang = S("en")};
    static struct paper_piece long_ones[300];
    for (size_t i = 0; i < 300; i++) {
        long_ones[i] = (struct paper_piece){PAPER_TEXT, &w, 1};
    }
    SCOPED(buf_free) struct buf packed = buf_new((size_t)2 * PAPER_BYTES_MAX);
    struct paper p = sample();
    p.pieces = long_ones;
    p.pieces_n = 300;
    assert_int_equal(paper_pack(&p, &packed).code, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(a_part_of_it_is_refused),
        cmocka_unit_test(what_is_out_of_bounds_is_not_packed),
        cmocka_unit_test(a_paper_that_is_too_long_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
