/* fuzz_pdf.c: any bytes as a file that somebody sends: what it is taken for, and, as a PDF, whether it is
 * only paper. What is taken is handed on byte for byte, begins as a PDF does, and says nowhere in plain
 * letters what makes more of it. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "pdf_look.h"
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
    const enum wire_why why = pdf_look(s, &made);
    CHECK(why == WHY_FINE || why == WHY_BROKEN || why == WHY_TOO_BIG || why == WHY_ACTIVE);
    if (why == WHY_FINE) {
        CHECK(says(s, "%PDF-") && says(s, "%%EOF") && made.a <= PDF_PAGES_MAX);
        CHECK(str_eq(buf_str(&made.made[0]), s));
        CHECK(!says(s, "/JavaScript ") && !says(s, "/Launch ") && !says(s, "/EmbeddedFile "));
        CHECK(!says(s, "/Encrypt "));
    } else {
        CHECK(made.made[0].n == 0);
    }
    buf_free(&made.made[0]);
    buf_free(&made.made[1]);
    return 0;
}
