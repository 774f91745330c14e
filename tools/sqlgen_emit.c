/* What sqlgen writes: X.sql.h, X.sql.c, all_queries.c, all_migrations.c. */
#include "sqlgen.h"

/* Compilers warn of literals past what C promises to take (4095); gcc and clang take any. */
enum { LITERAL_PROMISED = 4095 };

static const char *value_type(enum type t)
{
    return t == TYPE_I64 ? "VALUE_I64" : t == TYPE_TEXT ? "VALUE_TEXT" : "VALUE_BLOB";
}

static void put_made(struct out *o, str from)
{
    out_printf(o, "/* Made by sqlgen from %.*s: change that. */\n", STR_F(from));
}

static void allow_long_literals(struct out *o)
{
    out_c(o, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
}

/* ---- X.sql.h ---- */

static void put_row_struct(struct out *o, const struct query *q)
{
    if (q->columns_n == 0 || q->row.n > 0) {
        return;
    }
    out_printf(o, "struct q_%.*s {\n", STR_F(q->name));
    for (size_t i = 0; i < q->columns_n; i++) {
        const struct column *c = &q->columns[i];
        const char *type = c->type != TYPE_I64 ? "str" : c->nullable ? "struct opt_i64" : "int64_t";
        const char *note = c->type == TYPE_BLOB ? "bytes" : "";
        out_printf(o, "    %s %.*s;", type, STR_F(c->name));
        if (c->type != TYPE_I64 && c->nullable) {
            out_printf(o, " /* %s%sSTR_NONE when NULL */", note, *note != '\0' ? "; " : "");
        } else if (*note != '\0') {
            out_printf(o, " /* %s */", note);
        }
        out_c(o, "\n");
    }
    out_c(o, "};\n");
}

static void put_guard(struct out *o, str below)
{
    out_c(o, "SUNWAI_");
    for (size_t i = 0; i < below.n; i++) {
        const char c = below.p[i];
        out_char(o, c >= 'a' && c <= 'z' ? (char)(c - 32) : is_name(c) ? c : '_');
    }
    out_c(o, "_H\n");
}

static void emit_header(const struct query_file *f, const char *path)
{
    struct out o = {0};
    put_made(&o, f->below);
    out_c(&o, "#ifndef ");
    put_guard(&o, f->below);
    out_c(&o, "#define ");
    put_guard(&o, f->below);
    out_c(&o, "\n#include \"arena.h\"\n#include \"db.h\"\n");
    for (size_t i = 0; i < f->n; i++) {
        if (!f->queries[i].listing) {
            out_c(&o, "\n");
            put_row_struct(&o, &f->queries[i]);
            emit_signature(&o, &f->queries[i]);
        }
    }
    out_c(&o, "\n#endif\n");
    out_write(&o, path);
}

/* ---- X.sql.c ---- */

static void put_forms(struct out *o, const struct query *q)
{
    for (size_t i = 0; i < q->forms_n; i++) {
        const struct form *f = &q->forms[i];
        if (f->use_n == 0) {
            continue;
        }
        out_printf(o, "static const uint16_t %.*s_use_%zu[] = {", STR_F(q->name), i);
        for (size_t k = 0; k < f->use_n; k++) {
            out_printf(o, "%s%u", k > 0 ? ", " : "", (unsigned)f->use[k]);
        }
        out_c(o, "};\n");
    }
    out_printf(o, "static const struct query_form %.*s_forms[] = {\n", STR_F(q->name));
    for (size_t i = 0; i < q->forms_n; i++) {
        const struct form *f = &q->forms[i];
        out_c(o, "    {.sqlite = ");
        out_literal(o, f->sqlite, 15);
        out_c(o, ",\n     .pg = ");
        out_literal(o, f->pg, 11);
        if (f->use_n > 0) {
            out_printf(o, ",\n     .use = %.*s_use_%zu,\n     .use_n = %zu", STR_F(q->name), i, f->use_n);
        }
        out_c(o, "},\n");
    }
    out_c(o, "};\n");
}

static void put_params(struct out *o, const struct query *q)
{
    if (q->params_n == 0) {
        return;
    }
    const struct param *list = query_list(q);
    out_printf(o, "static const enum value_type %.*s_params[] = {", STR_F(q->name));
    const char *comma = "";
    for (size_t i = 0; i < q->params_n; i++) {
        if (!q->params[i].list) {
            out_printf(o, "%s%s", comma, value_type(q->params[i].type));
            comma = ", ";
        }
    }
    for (size_t i = 0; list != NULL && i < LIST_MAX; i++) {
        out_printf(o, "%s%s", comma, value_type(list->type));
        comma = ", ";
    }
    out_c(o, "};\n");
}

static void put_columns(struct out *o, const struct query *q)
{
    if (q->columns_n == 0) {
        return;
    }
    out_printf(o, "static const enum value_type %.*s_columns[] = {", STR_F(q->name));
    for (size_t i = 0; i < q->columns_n; i++) {
        out_printf(o, "%s%s", i > 0 ? ", " : "", value_type(q->columns[i].type));
    }
    out_printf(o, "};\nstatic const bool %.*s_nullable[] = {", STR_F(q->name));
    for (size_t i = 0; i < q->columns_n; i++) {
        out_printf(o, "%s%s", i > 0 ? ", " : "", q->columns[i].nullable ? "true" : "false");
    }
    out_c(o, "};\n");
}

static void put_query(struct out *o, const struct query *q)
{
    put_forms(o, q);
    put_params(o, q);
    put_columns(o, q);
    out_printf(
        o, "const struct query query_%zu = {\n    .name = \"%.*s\",\n    .slot = %zu,\n    .forms_n = %zu,\n",
        q->number, STR_F(q->name), q->slot, q->forms_n);
    out_printf(o, "    .forms = %.*s_forms,\n", STR_F(q->name));
    if (q->params_n > 0) {
        out_printf(o, "    .params = %.*s_params,\n    .params_n = %zu,\n", STR_F(q->name), query_values(q));
    }
    if (q->columns_n > 0) {
        out_printf(o, "    .columns = %.*s_columns,\n    .nullable = %.*s_nullable,\n    .columns_n = %zu,\n",
                   STR_F(q->name), STR_F(q->name), q->columns_n);
    }
    out_printf(o, "    .writes = %s,\n};\n", q->writes ? "true" : "false");
}

static void emit_code(const struct query_file *f, const char *path)
{
    struct out o = {0};
    bool long_text = false, listings = false;
    for (size_t i = 0; i < f->n; i++) {
        listings = listings || f->queries[i].listing;
        for (size_t k = 0; k < f->queries[i].forms_n; k++) {
            const struct form *form = &f->queries[i].forms[k];
            long_text = long_text || form->sqlite.n > LITERAL_PROMISED || form->pg.n > LITERAL_PROMISED;
        }
    }
    put_made(&o, f->below);
    out_printf(&o, "#include \"%.*s.h\"\n\n%s#include \"row.h\"\n", STR_F(path_base(f->below)),
               listings ? "#include \"listing.h\"\n" : "");
    if (long_text) {
        allow_long_literals(&o);
    }
    for (size_t i = 0; i < f->n; i++) {
        out_c(&o, "\n");
        put_query(&o, &f->queries[i]);
        out_c(&o, "\n");
        if (f->queries[i].listing) {
            emit_listing(&o, &f->queries[i]);
            continue;
        }
        emit_reader(&o, &f->queries[i]);
        emit_function(&o, &f->queries[i]);
    }
    out_write(&o, path);
}

void emit_queries(const struct query_file *f, const char *out_folder)
{
    emit_header(f, str_c(str_printf("%s/%.*s.h", out_folder, STR_F(f->below))));
    emit_code(f, str_c(str_printf("%s/%.*s.c", out_folder, STR_F(f->below))));
}

/* ---- what belongs to the whole program ---- */

void emit_all_queries(const struct query_file *files, size_t n, const char *out_folder)
{
    struct out o = {0};
    size_t queries = 0, forms = 0;
    put_made(&o, S("all query files"));
    out_c(&o, "#include \"value.h\"\n\n");
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i].n; k++) {
            out_printf(&o, "extern const struct query query_%zu;\n", files[i].queries[k].number);
            forms += files[i].queries[k].forms_n;
            queries++;
        }
    }
    out_c(&o, "\nconst struct query *const all_queries[] = {\n");
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < files[i].n; k++) {
            const struct query *q = &files[i].queries[k];
            out_printf(&o, "    &query_%zu, /* %.*s */\n", q->number, STR_F(q->name));
        }
    }
    out_printf(&o, "    NULL,\n};\nconst size_t all_queries_n = %zu;\nconst size_t all_forms_n = %zu;\n",
               queries, forms);
    out_write(&o, str_c(str_printf("%s/app/all_queries.c", out_folder)));
}

void emit_migrations(const struct schema *s, const char *out_folder)
{
    struct out o = {0};
    put_made(&o, S("the schema"));
    allow_long_literals(&o);
    out_c(&o, "#include \"value.h\"\n\nconst struct migration all_migrations[] = {\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct migration *m = &s->migrations[i];
        out_printf(&o, "    {.version = %d,\n     .name = \"%.*s\",\n     .sqlite = ", m->version,
                   STR_F(m->name));
        out_literal(&o, out_text(&m->sqlite), 15);
        out_c(&o, ",\n     .pg = ");
        out_literal(&o, out_text(&m->pg), 11);
        out_c(&o, "},\n");
    }
    out_printf(&o, "    {.version = 0},\n};\nconst size_t all_migrations_n = %zu;\n", s->n);
    out_write(&o, str_c(str_printf("%s/store/all_migrations.c", out_folder)));
}
