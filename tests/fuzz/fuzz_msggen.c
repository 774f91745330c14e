/* fuzz_msggen: two languages, separated by a line "====", through the message compiler. */
#include "tool.h"

#include "../../tools/msggen.c"

static void translate_messages(const uint8_t *data, size_t size)
{
    static const char line[] = "\n====\n";
    const uint8_t *cut = memmem(data, size, line, sizeof line - 1);
    const size_t first = cut != NULL ? (size_t)(cut - data) + 1 : size;
    const size_t second = cut != NULL ? first + sizeof line - 2 : size;
    const struct source *sources[2] = {tool_source("en.po", data, first),
                                       tool_source("ur.po", data + second, size - second)};
    const size_t n = cut != NULL ? 2 : 1;
    struct catalogue **all = catalogues_read(sources, n);
    struct out ids = {0}, tables = {0};
    write_ids(all[0], &ids);
    write_tables(all, n, &tables);
    if (memchr(ids.p, 0, ids.n) != NULL || memchr(tables.p, 0, tables.n) != NULL ||
        missing_of(all[0], all[0], false) > 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && size <= 16384) {
        (void)tool_run(translate_messages, data, size);
    }
    return 0;
}
