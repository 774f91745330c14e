/* Listings: queries that are run by name, with what they say of themselves. */
#include "sqlgen.h"

static void put_names(struct out *o, const struct query *q, const char *what, const str *names, size_t n)
{
    out_printf(o, "static const char *const %.*s_%s[] = {", STR_F(q->name), what);
    for (size_t i = 0; i < n; i++) {
        out_printf(o, "\"%.*s\", ", STR_F(names[i]));
    }
    out_c(o, "NULL};\n");
}

static void put_facts(struct out *o, const struct query *q)
{
    out_printf(o, "static const struct listing_fact %.*s_facts[] = {\n", STR_F(q->name));
    for (size_t i = 0; i < q->facts_n; i++) {
        out_printf(o, "    {S_INIT(\"%.*s\"), S_INIT(", STR_F(q->facts[i].key));
        out_literal(o, q->facts[i].value, 8);
        out_c(o, ")},\n");
    }
    out_c(o, "    {{NULL, 0}, {NULL, 0}},\n};\n");
}

void emit_listing(struct out *o, const struct query *q)
{
    str *columns = NULL, *params = NULL;
    size_t columns_n = 0, params_n = 0;
    for (size_t i = 0; i < q->columns_n; i++) {
        PUSH(columns, columns_n) = q->columns[i].name;
    }
    /* As the values stand: a list behind the others. */
    for (size_t i = 0; i < q->params_n; i++) {
        if (!q->params[i].list) {
            PUSH(params, params_n) = q->params[i].name;
        }
    }
    const struct param *list = query_list(q);
    if (list != NULL) {
        PUSH(params, params_n) = list->name;
    }
    put_names(o, q, "names", columns, columns_n);
    put_names(o, q, "asks", params, params_n);
    put_facts(o, q);
    out_printf(o, "extern const struct listing listing_%.*s;\nconst struct listing listing_%.*s = {\n",
               STR_F(q->name), STR_F(q->name));
    out_printf(
        o,
        "    .name = S_INIT(\"%.*s\"),\n    .query = &query_%zu,\n    .columns = %.*s_names,\n    "
        ".asks = %.*s_asks,\n    .asks_n = %zu,\n    .list = %s,\n    .facts = %.*s_facts,\n    .facts_n = "
        "%zu,\n};\n",
        STR_F(q->name), q->number, STR_F(q->name), STR_F(q->name), params_n, list != NULL ? "true" : "false",
        STR_F(q->name), q->facts_n);
}

static bool in_folder(const struct query_file *f, str folder)
{
    return str_starts(f->below, str_c(str_printf("%.*s/", STR_F(folder))));
}

void emit_listings(const struct query_file *files, size_t n, str folder, const char *out_folder)
{
    struct out o = {0};
    const str base = path_base(folder);
    size_t count = 0;
    out_printf(&o, "/* Made by sqlgen from the listings in %.*s. */\n#include \"listing.h\"\n\n",
               STR_F(folder));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; in_folder(&files[i], folder) && k < files[i].n; k++) {
            if (files[i].queries[k].listing) {
                out_printf(&o, "extern const struct listing listing_%.*s;\n",
                           STR_F(files[i].queries[k].name));
            }
        }
    }
    out_printf(
        &o, "\nextern const struct listings %.*s_listings;\nstatic const struct listing *const all[] = {\n",
        STR_F(base));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; in_folder(&files[i], folder) && k < files[i].n; k++) {
            if (files[i].queries[k].listing) {
                out_printf(&o, "    &listing_%.*s,\n", STR_F(files[i].queries[k].name));
                count++;
            }
        }
    }
    out_printf(&o, "    NULL,\n};\nconst struct listings %.*s_listings = {all, %zu};\n", STR_F(base), count);
    out_write(&o, str_c(str_printf("%s/%.*s/listings.c", out_folder, STR_F(folder))));
}
