/* pdf_test.c: papers as PDF, read again with poppler: sheets, words, fonts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "fonts.h"
#include "papers_testing.h"
#include "pdf.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_can_be_found_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
