/* docx_test.c: papers as documents: a zip of well-formed parts, with every word, in its direction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "clock.h"
#include "docx.h"
#include "fonts.h"
#include "image_read.h"
#include "papers_testing.h"

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
    arena = arena_open(32 << 20); /* each part read again takes a lot */
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* A part of the zip, as text. */
static str part_of(const struct buf *docx, const char *name)
{
    zip_source_t *source = zip_source_buffer_create(docx->p, docx->n, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(zip);
    zip_stat_t about;
    assert_int_equal(zip_stat(zip, name, 0, &about), 0);
    char *text = arena_array_of(arena, char, about.size);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_non_null(text);
    assert_int_equal(zip_fread(file, text, about.size), about.size);
    (void)zip_fclose(file);
    zip_discard(zip);
    return (str){text, about.size};
}

static bool well_formed(str xml)
{
    char path[] = "/tmp/sunwai-docx-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, xml.p, xml.n) == (ssize_t)xml.n);
    (void)close(fd);
    const str said = testing_output(arena, "xmllint", path);
    (void)unlink(path);
    return said.p != NULL;
}

static bool holds(str text, str words)
{
    return memmem(text.p, text.n, words.p, words.n) != NULL;
}

static void all_parts_are_well_formed(void **state)
{
    (void)state;
    static const char *const names[] = {"[Content_Types].xml", "_rels/.rels",
                                        "word/document.xml",   "word/styles.xml",
                                        "word/footer1.xml",    "word/_rels/document.xml.rels"};
    SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
    const struct paper p = testing_minutes(arena);
    assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
    testing_keep("minutes-ur.docx", buf_str(&docx));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(well_formed(part_of(&docx, names[i])));
    }
}

static void words_keep_their_direction(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
    const struct paper p = testing_minutes(arena);
    assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
    const str xml = part_of(&docx, "word/document.xml");
    assert_true(holds(xml, S("<w:bidiVisual/>")));
    assert_true(holds(xml, S("<w:rtl/><w:lang w:bidi=\"ur\"/></w:rPr><w:t xml:space=\"preserve\">جگہ<")));
    assert_true(
        holds(xml, S("<w:lang w:val=\"en\"/></w:rPr><w:t xml:space=\"preserve\">Tehsil Municipal Officer<")));
    assert_true(holds(xml, S("\u200e412-806-3357\u200e")));
    assert_true(holds(xml, S("<w:keepNext/>"))); /* what stands before the lines to sign on */
    assert_false(holds(xml, S("\u2066")));
    assert_true(holds(part_of(&docx, "word/styles.xml"), S("Noto Nastaliq Urdu")));
}

static size_t times(str text, str words)
{
    size_t n = 0;
    for (str rest = text; holds(rest, words); n++) {
        const char *at = memmem(rest.p, rest.n, words.p, words.n);
        rest = str_sub(rest, (size_t)(at - rest.p) + words.n, rest.n);
    }
    return n;
}

/* A picture for each chart and map, its figures in words beside it; without fonts a table instead. */
static void a_chart_is_a_picture_and_words(void **state)
{
    (void)state;
    static const str png = S_INIT("\x89PNG");
    const struct paper p = testing_figures(arena, true);
    for (int fonts = 0; fonts < 2; fonts++) {
        SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
        if (fonts == 1) {
            assert_int_equal(fonts_open().code, ERR_OK);
        }
        assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
        const str xml = part_of(&docx, "word/document.xml");
        assert_true(well_formed(xml) && well_formed(part_of(&docx, "word/_rels/document.xml.rels")));
        assert_true(holds(xml, S("175 (70%)")) && holds(xml, S("نوشہرہ")) && holds(xml, S("57")));
        assert_int_equal(times(xml, S("<w:drawing>")), fonts == 1 ? 5 : 0);
        assert_false(holds(xml, S("\u2068")));
        if (fonts == 1) {
            testing_keep("figures-ur.docx", buf_str(&docx));
            assert_true(str_starts(part_of(&docx, "word/media/picture5.png"), png));
        }
    }
}

/* As it came, with what it shows in words; one that cannot be read is left out. */
static void a_photo_is_a_picture_with_its_words(void **state)
{
    (void)state;
    enum { WIDE = 120, HIGH = 160, RGB = 3 };
    SCOPED(buf_free) struct buf jpeg = buf_new(PAPER_PICTURE_MAX);
    SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
    struct picture dots = {.wide = WIDE, .high = HIGH, .rgb = mem_new((size_t)WIDE * HIGH * RGB)};
    assert_true(jpeg_write(&dots, 75, &jpeg));
    mem_free(dots.rgb);
    const struct paper p = testing_story(arena, false, buf_str(&jpeg));
    assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
    testing_keep("story-en.docx", buf_str(&docx));
    const str xml = part_of(&docx, "word/document.xml");
    assert_true(well_formed(xml) && well_formed(part_of(&docx, "word/_rels/document.xml.rels")));
    assert_int_equal(times(xml, S("<w:drawing>")), 1);
    assert_true(holds(xml, S("Photo: a tap &amp; a &quot;street&quot;")));
    assert_true(holds(xml, S("for the first time")));
    assert_true(str_eq(part_of(&docx, "word/media/picture1.jpg"), buf_str(&jpeg)));
    assert_true(holds(part_of(&docx, "[Content_Types].xml"), S("image/jpeg")));
}

/* Ten charts are ten pictures; the forty of an annual report take four times as long. */
static void a_picture_takes_little_time(void **state)
{
    (void)state;
    enum { INDICATORS = 10, MS_MOST = 60000 };
    struct arena *a = arena_open(8 << 20);
    SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
    const struct paper p = testing_year(a, true, INDICATORS);
    assert_int_equal(fonts_ready() ? ERR_OK : fonts_open().code, ERR_OK);
    const int64_t from = clock_mono_ms();
    assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
    const int64_t took = clock_mono_ms() - from;
    testing_keep("year-ur.docx", buf_str(&docx));
    print_message("ten charts in Urdu: %lld ms, %zu bytes\n", (long long)took, docx.n);
    assert_true(took < MS_MOST);
    arena_free(a);
}

static void what_a_person_wrote_is_no_markup(void **state)
{
    (void)state;
    struct testing_pieces t = {.a = arena, .pieces = arena_array_of(arena, struct paper_piece, 4)};
    ADD(&t, PAPER_TEXT, T_EN("a <w:p> & \"b\" ]]>\nsecond"));
    struct paper p = testing_minutes(arena);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    SCOPED(buf_free) struct buf docx = buf_new(DOCX_MAX);
    assert_int_equal(docx_of(&p, &docx).code, ERR_OK);
    const str xml = part_of(&docx, "word/document.xml");
    assert_true(well_formed(xml));
    assert_true(holds(xml, S("a &lt;w:p&gt; &amp; &quot;b&quot; ]]&gt;<")));
    assert_true(holds(xml, S("<w:br/>")));
}

static void the_same_paper_is_the_same_file(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf one = buf_new(DOCX_MAX);
    SCOPED(buf_free) struct buf two = buf_new(DOCX_MAX);
    SCOPED(buf_free) struct buf small = buf_new(1000);
    const struct paper p = testing_minutes(arena);
    assert_int_equal(docx_of(&p, &one).code, ERR_OK);
    assert_int_equal(docx_of(&p, &two).code, ERR_OK);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    assert_int_equal(docx_of(&p, &small).code, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parts_are_well_formed),
        cmocka_unit_test(words_keep_their_direction),
        cmocka_unit_test(a_chart_is_a_picture_and_words),
        cmocka_unit_test(a_photo_is_a_picture_with_its_words),
        cmocka_unit_test(a_picture_takes_little_time),
        cmocka_unit_test(what_a_person_wrote_is_no_markup),
        cmocka_unit_test(the_same_paper_is_the_same_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
