/* pdf_test.c: papers as PDF, read again with poppler: sheets, words, fonts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "confine.h"
#include "fonts.h"
#include "papers_testing.h"
#include "pdf.h"
#include "photo_testing.h"

/* Fonts are held until the process ends: that is their purpose. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    /* what a broken picture holds ends with the worker's child */
    return "leak:jpeg_read\nleak:libfontconfig\nleak:libpango\nleak:libcairo\nleak:libglib\n";
}

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(8 << 20);
    return fonts_open().code == ERR_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The words of a PDF as a reader of the file finds them. */
static str words_of(const struct buf *pdf)
{
    char path[] = "/tmp/sunwai-pdf-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, pdf->p, pdf->n) == (ssize_t)pdf->n);
    (void)close(fd);
    str said = testing_output(arena, "pdftotext", path);
    (void)unlink(path);
    return said;
}

static bool holds(str text, str words)
{
    return words.n > 0 && memmem(text.p, text.n, words.p, words.n) != NULL;
}

static int sheets_in(str text)
{
    int n = 0;
    for (size_t i = 0; i < text.n; i++) {
        n += text.p[i] == '\f';
    }
    return n;
}

static void words_can_be_found_again(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
    const struct paper p = testing_minutes(arena);
    int sheets = 0;
    assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
    testing_keep("minutes-ur.pdf", buf_str(&pdf));
    const str text = words_of(&pdf);
    assert_true(holds(text, S("کھلی کچہری")));
    assert_true(holds(text, S("شکایت")));
    assert_true(holds(text, S("Tehsil Municipal Officer")));
    assert_true(holds(text, S("412-806-3357")));
    assert_int_equal(sheets_in(text), sheets);
}

/* Names, values and words of a legend stand in the file as text, in both directions. */
static void charts_can_be_read(void **state)
{
    (void)state;
    for (int urdu = 0; urdu < 2; urdu++) {
        SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
        const struct paper p = testing_figures(arena, urdu != 0);
        int sheets = 0;
        assert_true(paper_fine(&p));
        assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
        testing_keep(urdu != 0 ? "figures-ur.pdf" : "figures-en.pdf", buf_str(&pdf));
        const str text = words_of(&pdf);
        static const str words[] = {S_INIT("391"),      S_INIT("70%"), S_INIT("<5"),  S_INIT("100%"),
                                    S_INIT("41 to 60"), S_INIT("93"),  S_INIT("Swat")};
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            if (!holds(text, words[i]))
                print_message("%d %.*s\n", urdu, STR_F(words[i]));
        }
        assert_true(holds(text, urdu != 0 ? S("خواتین کا حصہ") : S("Women's share")));
        assert_true(holds(text, urdu != 0 ? S("نکاسی آب") : S("sewerage, all")));
    }
}

/* As it came, once, in its size; the words stand, and one that cannot be read is left out. */
static void a_photo_stands_above_its_words(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf jpeg = testing_jpeg();
    for (int urdu = 0; urdu < 2; urdu++) {
        SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
        const struct paper p = testing_story(arena, urdu != 0, buf_str(&jpeg));
        int sheets = 0;
        assert_true(paper_fine(&p));
        assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
        testing_keep(urdu != 0 ? "story-ur.pdf" : "story-en.pdf", buf_str(&pdf));
        assert_true(holds(buf_str(&pdf), buf_str(&jpeg)));
        assert_true(holds(words_of(&pdf), urdu != 0 ? S("نوشہرہ") : S("for the first time")));
        assert_int_equal(sheets, 1);
    }
}

/* Told to whoever looks (docs/performance.md); the bound is far off, for a busy machine. */
static void a_sheet_takes_little_time(void **state)
{
    (void)state;
    enum { TIMES = 5, MS_MOST = 1000 };
    SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
    const struct paper p = testing_minutes(arena);
    int sheets = 0;
    int64_t best = INT64_MAX;
    for (int i = 0; i < TIMES; i++) {
        buf_clear(&pdf);
        const int64_t from = clock_mono_ms();
        assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
        const int64_t took = clock_mono_ms() - from;
        best = took < best ? took : best;
    }
    print_message("%d sheets in Urdu: %lld ms, %zu bytes\n", sheets, (long long)best, pdf.n);
    assert_true(best < (int64_t)sheets * MS_MOST);
}

/* Forty indicators of eight districts: under a second where nothing else runs; told to whoever looks. The
 * bound is far off, for a busy machine. */
static void a_year_of_a_province_takes_little_time(void **state)
{
    (void)state;
    enum { INDICATORS = 40, MS_MOST = 60000 };
    for (int urdu = 0; urdu < 2; urdu++) {
        struct arena *a = arena_open(8 << 20);
        SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
        SCOPED(buf_free) struct buf packed = buf_new(PAPER_BYTES_MAX);
        const struct paper p = testing_year(a, urdu != 0, INDICATORS);
        int sheets = 0;
        assert_int_equal(paper_pack(&p, &packed).code, ERR_OK);
        const int64_t from = clock_mono_ms();
        assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
        const int64_t took = clock_mono_ms() - from;
        testing_keep(urdu != 0 ? "year-ur.pdf" : "year-en.pdf", buf_str(&pdf));
        print_message("a year in %s, %d sheets: %lld ms, %zu bytes\n", urdu != 0 ? "Urdu" : "English", sheets,
                      (long long)took, pdf.n);
        assert_true(took < MS_MOST);
        arena_free(a);
    }
}

/* A cell that is longer than a sheet goes on over the next ones; heads stand on each; nothing is lost. */
static void a_row_longer_than_a_sheet_goes_on(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
    SCOPED(buf_free) struct buf long_text = buf_new(PAPER_TEXT_MAX);
    int sheets = 0;
    for (int i = 0; i < 250; i++) {
        buf_printf(&long_text, "word%d\n", i);
    }
    const struct paper_words cells[] = {{.text = buf_str(&long_text), .lang = S("en")}, T_EN("beside")};
    struct testing_pieces t = {.a = arena, .pieces = arena_array_of(arena, struct paper_piece, 8)};
    ADD(&t, PAPER_HEADING, T_EN("Long"));
    ADD(&t, PAPER_TABLE, T_EN("Columnhead"), T_EN("Other"));
    testing_add(&t, PAPER_ROW, cells, 2);
    ADD(&t, PAPER_TEXT, T_EN("the end"));
    struct paper p = testing_minutes(arena);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
    const str text = words_of(&pdf);
    assert_true(sheets > 4 && sheets_in(text) == sheets);
    assert_true(holds(text, S("word0\n")) && holds(text, S("word249\n")) && holds(text, S("the end")));
    int heads = 0;
    for (str rest = text; holds(rest, S("Columnhead")); heads++) {
        const char *at = memmem(rest.p, rest.n, "Columnhead", 10);
        rest = str_sub(rest, (size_t)(at - rest.p) + 10, rest.n);
    }
    assert_true(heads >= sheets - 1);
}

/* What stands on the last sheet of a table with so many rows (or texts, without it) and lines to sign on. */
static str last_sheet(size_t rows, bool table)
{
    SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
    struct testing_pieces t = {.a = arena, .pieces = arena_array_of(arena, struct paper_piece, rows + 3)};
    int sheets = 0;
    if (table) {
        ADD(&t, PAPER_TABLE, T_EN("Columnhead"));
    }
    for (size_t i = 0; i < rows; i++) {
        ADD(&t, table ? PAPER_ROW : PAPER_TEXT, T_EN("Rowofit"));
    }
    ADD(&t, PAPER_SIGN, T_EN("Signhere"));
    struct paper p = testing_minutes(arena);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    assert_int_equal(pdf_of(&p, &pdf, &sheets).code, ERR_OK);
    str rest = words_of(&pdf);
    for (int i = 1; i < sheets; i++) {
        (void)str_cut(&rest, '\f');
    }
    return rest;
}

static void nobody_signs_an_empty_sheet(void **state)
{
    (void)state;
    for (size_t rows = 18; rows < 34; rows++) {
        for (int table = 0; table <= 1; table++) {
            struct arena *all = arena;
            arena = arena_open(4 << 20); /* each text read again takes a lot */
            const str last = last_sheet(rows, table != 0);
            assert_true(holds(last, S("Signhere")) && holds(last, S("Rowofit")));
            assert_true(table == 0 || holds(last, S("Columnhead")));
            arena_free(arena);
            arena = all;
        }
    }
}

static enum err_code draws(const struct paper_piece *pieces, size_t n, size_t room)
{
    SCOPED(buf_free) struct buf pdf = buf_new(room);
    int sheets = -1;
    struct paper p = testing_minutes(arena);
    p.pieces = pieces;
    p.pieces_n = n;
    const enum err_code code = pdf_of(&p, &pdf, &sheets).code;
    assert_int_equal(sheets == -1, code != ERR_OK);
    return code;
}

static void what_is_too_long_is_refused(void **state)
{
    (void)state;
    static struct paper_piece many[2 * PDF_SHEETS_MAX + 2];
    const struct paper_words w = T_EN("x");
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        many[i] = (struct paper_piece){.kind = i % 2 == 0 ? PAPER_TEXT : PAPER_BREAK,
                                       .words = i % 2 == 0 ? &w : NULL,
                                       .words_n = i % 2 == 0 ? 1 : 0};
    }
    assert_int_equal(draws(many, 2, PDF_MAX), ERR_OK);
    assert_int_equal(draws(many, 2 * PDF_SHEETS_MAX, PDF_MAX), ERR_OK);
    assert_int_equal(draws(many, 2 * PDF_SHEETS_MAX + 2, PDF_MAX), ERR_LIMIT);
    assert_int_equal(draws(many, 2, 1000), ERR_LIMIT);
    assert_int_equal(draws(NULL, 0, PDF_MAX), ERR_OK);
}

/* Characters that no font of ours has, letters without spaces, marks without a letter. */
static void odd_text_is_drawn_all_the_same(void **state)
{
    (void)state;
    struct testing_pieces t = {.a = arena, .pieces = arena_array_of(arena, struct paper_piece, 8)};
    char wide[PAPER_TEXT_MAX];
    memset(wide, 'w', sizeof wide);
    ADD(&t, PAPER_TEXT, T_UR("漢字 😀 \u2067x\u2069 \u064b\u064b\u064b لا اللہ ﷺ \u2068"));
    ADD(&t, PAPER_FACT, ((struct paper_words){.text = {wide, sizeof wide}, .lang = S("en")}),
        ((struct paper_words){
            .text = {wide, sizeof wide}, .lang = S("xx"), .flags = PAPER_AUTO | PAPER_FIRST}));
    ADD(&t, PAPER_QR, T_EN("x"), T_EN(""));
    assert_int_equal(draws(t.pieces, t.n, PDF_MAX), ERR_OK);
}

/* In the worker there is no file to open and no thread to be had: whatever a text asks for was made ready
 * before. */
static void a_confined_process_draws_anything(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "a\n\n",
        "، ؛ ؟",
        "Latin، then",
        "۱۲۳ 123 ١٢٣",
        "漢字😀\u0915",
        "\u2066x\u2069\u200d",
        "“سنو” — … ﷺ لا",
        "é ß ﬁ ₨ ₿ ½ →",
        "\u08c7\u08ff\ufdfd",
        "سنو \u2066412-806-\u20603357\u2069 \u00a0\u202f\u200b\u200e\u200f\u202a\u202c\u2067\u2069",
        "\u2069\u2066\u2060",
        "ڊ ڻ ڄ ٻ ڃ ݨ ࣇ ټ ډ ړ ږ ښ ګ ڼ ې ۍ ئ ؤ ً ٌ ٍ َ ُ ِ ّ ْ ٰ ٖ ۔",
    };
    static const char *const langs[] = {"en", "ur", "ps", "sd"};
    const pid_t pid = fork();
    if (pid == 0) {
        const struct confine_plan plan = {.files_max = 16};
        struct confine_report report;
        struct fail f = {0};
        struct testing_pieces t = {.a = arena, .pieces = arena_array_of(arena, struct paper_piece, 2000)};
        for (uint8_t flags = 0; flags <= PAPER_FLAGS; flags++) {
            for (size_t i = 0; i < 4 * sizeof texts / sizeof texts[0]; i++) {
                ADD(&t, (flags + i) % 3 == 0 ? PAPER_HEADING : PAPER_TEXT,
                    ((struct paper_words){
                        .text = str_of(texts[i / 4]), .lang = str_of(langs[i % 4]), .flags = flags}));
            }
        }
        for (uint32_t c = 0x20; c < 0x1200;
             c++) { /* each character by itself, between two that have a shape */
            SCOPED(buf_free) struct buf all = buf_new(PAPER_TEXT_MAX);
            for (const uint32_t end = c + 255; c < end; c++) {
                buf_put(&all, S("س"));
                buf_utf8(&all, c == 0x7f ? ' ' : c);
                buf_put(&all, S(" a"));
            }
            ADD(&t, PAPER_TEXT,
                ((struct paper_words){.text = arena_str(arena, buf_str(&all)), .lang = S("ur")}));
        }
        if (confine_enter(&plan, CONFINE_TRY, &report, &f).code != ERR_OK) {
            _exit(3);
        }
        SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
        struct paper p = testing_minutes(arena);
        int sheets = 0;
        p.foot.text =
            S("a foot that is longer than its line, a foot that is longer than its line, a foot that is "
              "longer than its line, a foot that is longer than its line");
        const err minutes = pdf_of(&p, &pdf, &sheets);
        p.pieces = t.pieces;
        p.pieces_n = t.n;
        const err odd = pdf_of(&p, &pdf, &sheets);
        _exit(minutes.code == ERR_OK && odd.code == ERR_OK && sheets > 5 ? 0 : 2);
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_confined_process_draws_anything), /* first: nothing is ready but what fonts_open()
                                                                made */
        cmocka_unit_test(words_can_be_found_again),
        cmocka_unit_test(charts_can_be_read),
        cmocka_unit_test(a_photo_stands_above_its_words),
        cmocka_unit_test(a_sheet_takes_little_time),
        cmocka_unit_test(a_year_of_a_province_takes_little_time),
        cmocka_unit_test(a_row_longer_than_a_sheet_goes_on),
        cmocka_unit_test(what_is_too_long_is_refused),
        cmocka_unit_test(odd_text_is_drawn_all_the_same),
        cmocka_unit_test(nobody_signs_an_empty_sheet),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
