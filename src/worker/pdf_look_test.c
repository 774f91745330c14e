/* pdf_look_test.c: what makes more than paper of a PDF is found in whatever spelling it hides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <zlib.h>

#include "pdf_look.h"

#define PAPER(inside)                                                                       \
    S("%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"                        \
      "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type /Page" inside \
      ">>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")

static void paper_is_taken(void **state)
{
    (void)state;
    assert_int_equal(pdf_look(PAPER("")), WHY_FINE);
    /* bytes of a picture are no names */
    assert_int_equal(pdf_look(PAPER(" /Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length 30>>\nstream\n"
                                    "/JS /Js /javascript\nendstream\nendobj\n5 0 obj\n<<")),
                     WHY_FINE);
}

/* Two readers need not agree on where a stream begins. */
static void nothing_hides_in_what_looks_like_a_stream(void **state)
{
    (void)state;
    const str hidden[] = {
        PAPER("/T(stream)/AA<</O<</S/JavaScript/JS(1)>>>>>>\nendobj\n4 0 obj\n<</Length 1>>\nstream\n \n"
              "endstream\nendobj\n5 0 obj\n<<"),
        PAPER("%stream\n/A<</S/Launch/F(cmd.exe)>>>>\nendobj\n4 0 obj\n<</Length 1>>\nstream\n \n"
              "endstream\nendobj\n5 0 obj\n<<"),
    };
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        assert_int_equal(pdf_look(hidden[i]), WHY_ACTIVE);
    }
    assert_int_equal(pdf_look(PAPER("/T(stream)>>\nendobj\n4 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\n"
                                    "stream\nx\nendstream\nendobj\n5 0 obj\n<<")),
                     WHY_BROKEN);
}

static void programs_files_and_passwords_are_refused(void **state)
{
    (void)state;
    const str active[] = {
        PAPER("/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"),
        PAPER("/AA<</O<</S/J#61vaScript/J#53 4 0 R>>>>"),
        PAPER("/A<</S/Launch/F(cmd.exe)>>"),
        PAPER("/AF<</Type/EmbeddedFile>>"),
        PAPER(">>\nendobj\ntrailer\n<</Encrypt 9 0 R"),
        PAPER("/XFA 4 0 R"),
        PAPER("/Subtype/FileAttachment/FS 4 0 R"),
        PAPER(">>\nendobj\n4 0 obj\n<</F(a.exe)/EF<</F 5 0 R>>"), /* its type is left out */
    };
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++) {
        assert_int_equal(pdf_look(active[i]), WHY_ACTIVE);
    }
}

/* Objects may stand packed in a stream. */
static enum wire_why look_packed(const char *objects, const char *how)
{
    unsigned char packed[500];
    uLongf n = sizeof packed;
    assert_int_equal(compress(packed, &n, (const unsigned char *)objects, strlen(objects)), Z_OK);
    SCOPED(buf_free) struct buf b = buf_new(4096);
    buf_put(&b, S("%PDF-1.7\n1 0 obj\n<</N 1/First 4"));
    buf_put(&b, str_of(how));
    buf_put(&b, S(">>\nstream\r\n"));
    buf_put(&b, (str){(const char *)packed, n});
    buf_put(&b, S("\nendstream\nendobj\nstartxref\n0\n%%EOF\n"));
    return pdf_look(buf_str(&b));
}

static void packed_objects_are_looked_into(void **state)
{
    (void)state;
    assert_int_equal(look_packed("2 0 <</Type/Page>>", "/Type/ObjStm/Filter/FlateDecode"), WHY_FINE);
    assert_int_equal(look_packed("2 0 <</S/JavaScript>>", "/Type/ObjStm/Filter/FlateDecode"), WHY_ACTIVE);
    assert_int_equal(look_packed("2 0 <</Type/Page>>", "/Type/ObjStm/Filter/LZWDecode"),
                     WHY_BROKEN); /* it cannot be seen */
    /* a string is no beginning of an object, and a type may be left out */
    assert_int_equal(look_packed("2 0 <</S/JavaScript>>", "/Type/ObjStm/Filter/FlateDecode/X(1 0 obj)"),
                     WHY_ACTIVE);
    assert_int_equal(look_packed("2 0 <</S/JavaScript>>", "/Filter/FlateDecode"), WHY_ACTIVE);
    assert_int_equal(look_packed("2 0 <</Type/Page>>", "/Filter/FlateDecode/DP<</Predictor 12>>"),
                     WHY_BROKEN);
}

static void what_is_no_pdf_or_half_of_one_is_refused(void **state)
{
    (void)state;
    const str whole = PAPER("");
    assert_int_equal(pdf_look(str_sub(whole, 0, whole.n / 2)), WHY_BROKEN);
    assert_int_equal(pdf_look(str_sub(whole, 8, whole.n)), WHY_BROKEN);
    assert_int_equal(pdf_look(S("%PDF-1.4\nstream\nno end of it\n%%EOF")), WHY_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paper_is_taken),
        cmocka_unit_test(nothing_hides_in_what_looks_like_a_stream),
        cmocka_unit_test(programs_files_and_passwords_are_refused),
        cmocka_unit_test(packed_objects_are_looked_into),
        cmocka_unit_test(what_is_no_pdf_or_half_of_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
