/* fuzz_pdf.c: any bytes as a file that somebody sends: what it is taken for, and, as a PDF, whether it is
 * only paper. What is made of one that is taken is a PDF with pages, says nowhere in plain letters what makes
 * more of it, and can be made anew again. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "pdf_look.h"
#include "pdf_work.h"
#include "sniff.h"

static bool says(str s, const char *what)
{
    return s.n > 0 && memmem(s.p, s.n, what, strlen(what)) != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str s = {(const char *)data, size};
    const enum sniffed is = sniff(s);
    CHECK(is < SNIFF_KINDS && sniff_media(is) != NULL);
    struct companion_made made = {.made = {buf_new(WIRE_MADE_MAX), buf_new(WIRE_MADE_MAX)}};
    const enum wire_why why = pdf_work(s, &made);
    CHECK(why == WHY_FINE || why == WHY_BROKEN || why == WHY_TOO_BIG || why == WHY_ACTIVE);
    if (why == WHY_FINE) {
        const str paper = buf_str(&made.made[0]);
        struct companion_made again = {.made = {buf_new(2 * WIRE_MADE_MAX), buf_new(1)}};
        CHECK(str_starts(paper, S("%PDF-")) && says(paper, "%%EOF"));
        CHECK(made.a > 0 && made.a <= PDF_PAGES_MAX);
        CHECK(!says(paper, "/JavaScript ") && !says(paper, "/Launch ") && !says(paper, "/EmbeddedFile "));
        CHECK(!says(paper, "/Encrypt "));
        CHECK(pdf_work(paper, &again) == WHY_FINE && again.a == made.a);
        buf_free(&again.made[0]);
        buf_free(&again.made[1]);
    } else {
        CHECK(made.made[0].n == 0);
    }
    buf_free(&made.made[0]);
    buf_free(&made.made[1]);
    return 0;
}
