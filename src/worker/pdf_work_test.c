/* pdf_work_test.c: what is seen on the pages stays; what was written beside them, or under them once, is
 * gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <qpdf/qpdf-c.h>

#include "bare.h"
#include "pdf_anew.h"
#include "pdf_work.h"

enum { ROOM = 64 * 1024, NUMBERS = 32 };

/* A PDF with its table, object by object; a state upon another as editors append it. */
struct paper {
    struct buf b;
    size_t at[NUMBERS], table;
    int top;
};

static struct paper paper_new(void)
{
    struct paper p = {.b = buf_new(ROOM)};
    buf_put(&p.b, S("%PDF-1.7\n"));
    return p;
}

static void begin(struct paper *p, int number)
{
    p->at[number] = p->b.n;
    p->top = number > p->top ? number : p->top;
    buf_printf(&p->b, "%d 0 obj\n", number);
}

static void put(struct paper *p, int number, str object)
{
    begin(p, number);
    buf_put(&p->b, object);
    buf_put(&p->b, S("\nendobj\n"));
}

static void put_stream(struct paper *p, int number, const char *dictionary, str bytes)
{
    begin(p, number);
    buf_printf(&p->b, "<<%s/Length %zu>>\nstream\n", dictionary, bytes.n);
    buf_put(&p->b, bytes);
    buf_put(&p->b, S("\nendstream\nendobj\n"));
}

static void end(struct paper *p, const char *trailer)
{
    const size_t before = p->table;
    p->table = p->b.n;
    buf_put(&p->b, S("xref\n0 1\n0000000000 65535 f \n"));
    for (int i = 1; i < NUMBERS; i++) {
        if (p->at[i] > 0) {
            buf_printf(&p->b, "%d 1\n%010zu 00000 n \n", i, p->at[i]);
            p->at[i] = 0;
        }
    }
    buf_printf(&p->b, "trailer\n<</Size %d/Root 1 0 R%s", p->top + 1, trailer);
    if (before > 0) {
        buf_printf(&p->b, "/Prev %zu", before);
    }
    buf_printf(&p->b, ">>\nstartxref\n%zu\n%%%%EOF\n", p->table);
}

/* Pages and words; the page may have more, and the first object too. */
static void put_page(struct paper *p, const char *root, const char *page, const char *words)
{
    SCOPED(buf_free) struct buf b = buf_new(ROOM);
    buf_printf(&b, "<</Type/Catalog/Pages 2 0 R%s>>", root);
    put(p, 1, buf_str(&b));
    put(p, 2, S("<</Type/Pages/Kids[3 0 R]/Count 1>>"));
    buf_clear(&b);
    buf_printf(&b, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R%s>>", page);
    put(p, 3, buf_str(&b));
    buf_clear(&b);
    buf_printf(&b, "BT (%s) Tj ET", words);
    put_stream(p, 4, "", buf_str(&b));
}

static bool says(const struct buf *b, const char *words)
{
    return b->n > 0 && memmem(b->p, b->n, words, strlen(words)) != NULL;
}

static enum wire_why work(const struct paper *p, struct companion_made *out)
{
    *out = (struct companion_made){.made = {buf_new(WIRE_MADE_MAX), buf_new(1)}};
    return pdf_work(buf_str(&p->b), out);
}

static void nothing_is_said_beside_the_pages(void **state)
{
    (void)state;
    struct companion_made made;
    struct paper p = paper_new();
    put_page(
        &p,
        "/Metadata 6 0 R/PieceInfo<</App<</Private(CANARY piece)/LastModified(CANARY when)>>>>"
        "/SpiderInfo<</V 1/C(CANARY web)>>/Threads[<</I<</Author(CANARY thread)>>>>]/Legal<</A(CANARY)>>",
        "/Thumb 7 0 R/LastModified(D:2026CANARY)/Group<</XMP 6 0 R>>/ID(CANARY page)/B[<</T(CANARY bead)>>]"
        "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(CANARY who)/M(CANARY day)/NM(CANARY id)"
        "/CreationDate(CANARY day)/Contents(Comment that is seen)>>"
        "<</Subtype/Widget/Rect[0 0 9 9]/T(Field)/V<</Type/Sig/Name(CANARY signer)/ByteRange[0 1 2 3]>>>>]",
        "Words that are seen");
    put(&p, 5, S("<</Author(CANARY author)/Title(CANARY title)/Producer(CANARY)/CreationDate(CANARY)>>"));
    put_stream(&p, 6, "/Type/Metadata/Subtype/XML", S("<x:xmpmeta>CANARY xmp</x:xmpmeta>"));
    put_stream(&p, 7, "/Width 1/Height 1", S("CANARY small"));
    put_stream(&p, 8, "", S("CANARY orphan"));
    end(&p, "/Info 5 0 R/ID[(CANARY first one)(CANARY second)]/DocChecksum(CANARY)");
    assert_int_equal(work(&p, &made), WHY_FINE);
    assert_int_equal(made.a, 1);
    assert_true(says(&made.made[0], "Words that are seen") && says(&made.made[0], "Comment that is seen"));
    assert_true(says(&made.made[0], "(Field)"));
    assert_false(says(&made.made[0], "CANARY"));
    assert_false(says(&made.made[0], "/Info") || says(&made.made[0], "/Metadata"));
    buf_free(&made.made[0]);
    buf_free(&p.b);
}

/* A black bar was drawn, and the file only grew: what stood under it is still in there. */
static void what_stood_under_a_bar_is_gone(void **state)
{
    (void)state;
    struct companion_made made;
    struct paper p = paper_new();
    put_page(&p, "", "", "CANARY her name");
    end(&p, "");
    put_stream(&p, 4, "", S("0 0 99 99 re f"));
    end(&p, "");
    assert_true(says(&p.b, "CANARY"));
    assert_int_equal(work(&p, &made), WHY_FINE);
    assert_true(says(&made.made[0], "0 0 99 99 re f"));
    assert_false(says(&made.made[0], "CANARY"));
    buf_free(&made.made[0]);
    buf_free(&p.b);
}

#define JFIF "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define EXIF         \
    "\xff\xe1\0\x0f" \
    "Exif\0\0CANARY\0"
#define POINTS "\xff\xdb\0\5\1\2\3\xff\xda\0\4\1\2points\xff\0more\xff\xd0points"

static void pictures_inside_lose_what_the_camera_wrote(void **state)
{
    (void)state;
    static const char hex[] = "FFD8FFE1000843414E415259FFDA00040102AAFFD9>"; /* "CANARY" */
    struct companion_made made;
    struct paper p = paper_new();
    put_page(&p, "", "/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>", "Words");
    put_stream(&p, 5, "/Subtype/Image/Width 8/Height 8/Filter/DCTDecode",
               S("\xff\xd8" JFIF EXIF POINTS "\xff\xd9"
                 "CANARY behind"));
    put_stream(&p, 6,
               "/Subtype/Image/Filter[/ASCIIHexDecode/DCTDecode]/DecodeParms[null<</ColorTransform 1>>]",
               str_of(hex));
    end(&p, "");
    assert_int_equal(work(&p, &made), WHY_FINE);
    assert_false(says(&made.made[0], "CANARY") || says(&made.made[0], "43414E415259"));
    assert_true(says(&made.made[0], "points") && says(&made.made[0], "JFIF"));
    assert_true(says(&made.made[0], "/ColorTransform 1"));
    assert_false(says(&made.made[0], "ASCIIHexDecode"));
    buf_free(&made.made[0]);
    buf_free(&p.b);
}

static bool bared(str picture, str wanted, bool (*bare)(str picture, struct buf *out))
{
    SCOPED(buf_free) struct buf made = buf_new(ROOM);
    return bare(picture, &made) && str_eq(buf_str(&made), wanted);
}

static void a_picture_is_bared_point_for_point(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(ROOM);
    const str plain = S("\xff\xd8" JFIF POINTS "\xff\xd9");
    assert_true(bared(plain, plain, bare_jpeg));
    assert_true(
        bared(S("\xff\xd8" JFIF EXIF "\xff\xfe\0\4hi" POINTS "\xff\xd9\xff\xd8more"), plain, bare_jpeg));
    /* a small picture behind the head; fill bytes; an end that is missing */
    assert_true(bared(S("\xff\xd8\xff\xe0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1rgb\xff\xff\xda\0\2x"),
                      S("\xff\xd8" JFIF "\xff\xda\0\2x"), bare_jpeg));
    assert_true(bared(S("\xff\xd8\xff\xee\0\x0e"
                        "Adobe\0\x64\0\0\0\0\1\xff\xd9"),
                      S("\xff\xd8\xff\xee\0\x0e"
                        "Adobe\0\x64\0\0\0\0\1\xff\xd9"),
                      bare_jpeg));
    assert_false(bare_jpeg(S("\xff\xd8\xff\xe1\0\x50short"), &b)); /* longer than what is there */
    assert_false(bare_jpeg(S("\xff\xd8\xff\xe1\0\1x"), &b));
    assert_false(bare_jpeg(S("no picture"), &b));
    assert_false(bare_jpeg(S("\xff\xd8\xff\xdb\0\2 "), &b));
#define BOXES "\0\0\0\x0cjP  \r\n\x87\n"
    assert_true(bared(S(BOXES "\0\0\0\x0exml CANARY\0\0\0\0jp2cpoints"), S(BOXES "\0\0\0\0jp2cpoints"),
                      bare_jpeg2000));
    assert_true(bared(S(BOXES "\0\0\0\1uuid\0\0\0\0\0\0\0\x12ID\0\0\0\x0ajp2cpo"),
                      S(BOXES "\0\0\0\x0ajp2cpo"), bare_jpeg2000));
    assert_false(bare_jpeg2000(S(BOXES "\0\0\0\x7fjp2cshort"), &b));
    assert_false(bare_jpeg2000(S("\0\0\0\x0cxxxx\r\n\x87\n"), &b));
}

/* With a password that is empty every reader opens it; what stands in it nobody could look at. */
static void what_is_under_a_password_is_refused(void **state)
{
    (void)state;
    uint32_t pages;
    struct paper p = paper_new();
    put_page(&p, "", "", "Words");
    end(&p, "");
    qpdf_data q = qpdf_init();
    assert_int_equal(qpdf_read_memory(q, "paper", p.b.p, p.b.n, NULL), QPDF_SUCCESS);
    assert_int_equal(qpdf_init_write_memory(q), QPDF_SUCCESS);
    qpdf_set_r6_encryption_parameters2(q, "", "owner", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
    assert_int_equal(qpdf_write(q), QPDF_SUCCESS);
    buf_clear(&p.b);
    buf_put(&p.b, (str){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    qpdf_cleanup(&q);
    struct companion_made made;
    assert_int_equal(work(&p, &made), WHY_ACTIVE);
    assert_int_equal(pdf_anew(buf_str(&p.b), &made.made[0], &pages), WHY_ACTIVE);
    assert_int_equal(made.made[0].n, 0);
    buf_free(&made.made[0]);
    buf_free(&p.b);
}

static enum wire_why why_of(struct paper *p)
{
    struct companion_made made;
    const enum wire_why why = work(p, &made);
    assert_true((why == WHY_FINE) == (made.made[0].n > 0));
    buf_free(&made.made[0]);
    buf_free(&p->b);
    return why;
}

static void what_cannot_be_written_anew_is_refused(void **state)
{
    (void)state;
    struct paper empty = paper_new();
    put(&empty, 1, S("<</Type/Catalog/Pages 2 0 R>>"));
    put(&empty, 2, S("<</Type/Pages/Kids[]/Count 0>>"));
    end(&empty, "");
    assert_int_equal(why_of(&empty), WHY_BROKEN);
    struct paper none = paper_new();
    put(&none, 1, S("(no paper)"));
    end(&none, "");
    assert_int_equal(why_of(&none), WHY_BROKEN);
    struct paper sizeless = paper_new(); /* as one is whose page could not be read */
    put(&sizeless, 1, S("<</Type/Catalog/Pages 2 0 R>>"));
    put(&sizeless, 2, S("<</Type/Pages/Kids[3 0 R]/Count 1>>"));
    put(&sizeless, 3, S("<</Type/Page/Parent 2 0 R>>"));
    end(&sizeless, "");
    assert_int_equal(why_of(&sizeless), WHY_BROKEN);
    struct paper broken = paper_new();
    put_page(&broken, "", "/Resources<</XObject<</A 5 0 R>>>>", "Words");
    put_stream(&broken, 5, "/Subtype/Image/Filter/DCTDecode", S("no picture"));
    end(&broken, "");
    assert_int_equal(why_of(&broken), WHY_BROKEN);
}

/* Its table is wrong: it is mended as readers mend it, and states before the last stay behind then, too. */
static void a_wrong_table_is_mended(void **state)
{
    (void)state;
    struct companion_made made;
    struct paper p = paper_new();
    put_page(&p, "", "", "CANARY");
    put_stream(&p, 4, "", S("BT (Words) Tj ET"));
    buf_put(&p.b, S("trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"));
    assert_int_equal(work(&p, &made), WHY_FINE);
    assert_true(says(&made.made[0], "Words"));
    assert_false(says(&made.made[0], "CANARY"));
    buf_free(&made.made[0]);
    buf_free(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_beside_the_pages),
        cmocka_unit_test(what_stood_under_a_bar_is_gone),
        cmocka_unit_test(pictures_inside_lose_what_the_camera_wrote),
        cmocka_unit_test(a_picture_is_bared_point_for_point),
        cmocka_unit_test(what_is_under_a_password_is_refused),
        cmocka_unit_test(what_cannot_be_written_anew_is_refused),
        cmocka_unit_test(a_wrong_table_is_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
