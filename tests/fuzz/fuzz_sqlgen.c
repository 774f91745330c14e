/* fuzz_sqlgen: any query file through the reading half of the query compiler: names, types, forms, and what a
 * statement's text says of itself. What it accepts has forms without NUL whose values are all named. */
#include "tool.h"

static const struct source *tool_file;
static const char tool_types[] = "id i64 INTEGER bigint\n_id i64 INTEGER bigint\n_ms i64 INTEGER bigint\n"
                                 "_text text TEXT text\nhome i64 INTEGER bigint\n_hash blob BLOB bytea\n";

static struct source *tool_source_of(const char *path)
{
    return strcmp(path, "types.def") == 0
               ? tool_source(path, (const uint8_t *)tool_types, sizeof tool_types - 1)
               : tool_source(path, (const uint8_t *)tool_file->text.p, tool_file->text.n);
}
#define source_read tool_source_of
#include "../../tools/sqlgen_types.c"

#include "../../tools/sqlgen_query.c"
#define put_param form_put_param
#include "../../tools/sqlgen_form.c"
#undef put_param
#include "../../tools/sqlgen_from.c"

/* There is one table. */
bool schema_has_table(const struct schema *s, str name)
{
    (void)s;
    return str_is(name, "t");
}

static void read_queries(const uint8_t *data, size_t size)
{
    tool_file = tool_source("x/x.sql", data, size);
    const struct types *types = types_read("types.def");
    const struct query_file f = query_file_read("x/x.sql", "x", types);
    for (size_t i = 0; i < f.n; i++) {
        struct query *q = &f.queries[i];
        query_make_forms(q);
        if (q->forms_n == 0 || q->forms_n > FORMS_MAX || query_values(q) > VALUES_MAX) {
            abort();
        }
        for (size_t k = 0; k < q->forms_n; k++) {
            const struct form *form = &q->forms[k];
            size_t stored_n = 0;
            if (memchr(form->sqlite.p, 0, form->sqlite.n) != NULL ||
                memchr(form->pg.p, 0, form->pg.n) != NULL) {
                abort();
            }
            for (size_t u = 0; u < form->use_n; u++) {
                if (form->use[u] >= query_values(q)) {
                    abort();
                }
            }
            (void)from_read(form->sqlite);
            (void)from_stored(form->sqlite, &stored_n);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && size <= 16384) {
        (void)tool_run(read_queries, data, size);
    }
    return 0;
}
