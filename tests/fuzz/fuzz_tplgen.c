/* fuzz_tplgen: any page through the template compiler. What it accepts it translates to text without NUL, in
 * which every line break of the page's markup is escaped. */
#include "tool.h"

#include "../../tools/tplgen_out.c"
#include "../../tools/tplgen_value.c"
#include "../../tools/tplgen_block.c"
#include "../../tools/tplgen_html.c"
#include "../../tools/tplgen.c"

static void translate_page(const uint8_t *data, size_t size)
{
    struct out c = {0}, h = {0};
    translate(tool_source("page.html", data, size), S("page.html"), &c, &h);
    if (memchr(c.p, 0, c.n) != NULL || memchr(h.p, 0, h.n) != NULL || c.p[c.n - 1] != '\n') {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && size <= 16384) {
        (void)tool_run(translate_page, data, size);
    }
    return 0;
}
