/* The typed function of each query: its prototype, its reader of rows, its body. */
#include "sqlgen.h"

enum { ARGUMENTS_MAX = 2 };

bool query_has_struct(const struct query *q)
{
    return q->params_n > ARGUMENTS_MAX || q->page_n > 0;
}

str query_row_name(const struct query *q)
{
    return q->row.n > 0 ? q->row : q->name;
}

static bool is_opt(const struct param *p)
{
    return p->type == TYPE_I64 && (p->nullable || p->optional || p->cursor);
}

static const char *param_note(const struct param *p)
{
    if (p->optional || p->cursor) {
        return is_opt(p) ? "" : " /* STR_NONE: not given */";
    }
    if (p->list) {
        return " /* at most 64 */";
    }
    return p->type == TYPE_BLOB ? " /* bytes */" : "";
}

/* `int64_t id` or `const int64_t *ids`, with what ends it. */
static void put_declaration(struct out *o, const struct param *p, const char *between)
{
    const char *scalar = is_opt(p) ? "struct opt_i64 " : p->type == TYPE_I64 ? "int64_t " : "str ";
    if (p->list) {
        out_printf(o, "const %s*%.*s%s", scalar, STR_F(p->name), between);
        out_printf(o, "size_t %.*s_n", STR_F(p->name));
        return;
    }
    out_printf(o, "%s%.*s", scalar, STR_F(p->name));
}

static void put_prototype(struct out *o, const struct query *q)
{
    out_printf(o, "err q_%.*s(struct db *db", STR_F(q->name));
    if (q->kind != KIND_EXEC) {
        out_c(o, ", struct arena *a");
    }
    if (query_has_struct(q)) {
        out_printf(o, ", const struct q_%.*s_in *in", STR_F(q->name));
    }
    for (size_t i = 0; i < q->params_n && !query_has_struct(q); i++) {
        out_c(o, ", ");
        put_declaration(o, &q->params[i], ", ");
    }
    switch (q->kind) {
    case KIND_ONE:
        out_printf(o, ", struct q_%.*s *out)", STR_F(query_row_name(q)));
        break;
    case KIND_MANY:
        out_printf(o, ", struct q_%.*s **out, size_t *out_n)", STR_F(query_row_name(q)));
        break;
    case KIND_EXEC:
        out_c(o, ", int64_t *out_changed)");
        break;
    }
}

void emit_signature(struct out *o, const struct query *q)
{
    if (query_has_struct(q)) {
        out_printf(o, "struct q_%.*s_in {\n", STR_F(q->name));
        for (size_t i = 0; i < q->params_n; i++) {
            out_c(o, "    ");
            put_declaration(o, &q->params[i], ";\n    ");
            out_printf(o, ";%s\n", param_note(&q->params[i]));
        }
        out_c(o, "};\n");
    }
    for (size_t i = 0; i < q->comment_n; i++) {
        const bool last = i + 1 == q->comment_n;
        out_printf(o, "%s%.*s%s\n", i == 0 ? "/* " : " * ", STR_F(q->comment[i]), last ? " */" : "");
    }
    put_prototype(o, q);
    out_c(o, ";\n");
}

void emit_reader(struct out *o, const struct query *q)
{
    if (q->kind == KIND_EXEC) {
        return;
    }
    out_printf(o, "static err %.*s_row(void *arg, const struct value *columns)\n{\n", STR_F(q->name));
    out_printf(o, "    struct rows *rows = arg;\n    struct q_%.*s *row = rows_next(rows);\n",
               STR_F(query_row_name(q)));
    out_c(o, "    if (row == NULL) {\n        return FAIL(LIMIT);\n    }\n");
    for (size_t i = 0; i < q->columns_n; i++) {
        const struct column *c = &q->columns[i];
        out_printf(o, "    row->%.*s = ", STR_F(c->name));
        if (c->type != TYPE_I64) {
            out_printf(o, "row_str(rows, &columns[%zu]);\n", i);
        } else if (c->nullable) {
            out_printf(o, "row_opt(&columns[%zu]);\n", i);
        } else {
            out_printf(o, "columns[%zu].i;\n", i);
        }
    }
    out_c(o, "    return rows_taken(rows);\n}\n\n");
}

static const char *prefix(const struct query *q)
{
    return query_has_struct(q) ? "in->" : "";
}

static const char *to_value(const struct param *p)
{
    if (is_opt(p)) {
        return "value_opt";
    }
    return p->type == TYPE_I64 ? "value_i64" : p->type == TYPE_TEXT ? "value_text" : "value_blob";
}

static void put_values(struct out *o, const struct query *q)
{
    const struct param *list = query_list(q);
    if (q->params_n == 0) {
        return;
    }
    if (list == NULL) {
        out_c(o, "    const struct value values[] = {\n");
    } else {
        out_printf(o, "    struct value values[%zu + LIST_MAX] = {\n", list->value);
    }
    for (size_t i = 0; i < q->params_n; i++) {
        const struct param *p = &q->params[i];
        if (!p->list) {
            out_printf(o, "        %s(%s%.*s),\n", to_value(p), prefix(q), STR_F(p->name));
        }
    }
    if (list != NULL && list->value == 0) {
        out_c(o, "        {.type = VALUE_NULL},\n");
    }
    out_c(o, "    };\n");
    if (list != NULL) {
        const str name = str_printf("%s%.*s", prefix(q), STR_F(list->name));
        out_c(o, "    for (size_t i = 0; i < LIST_MAX; i++) {\n");
        out_printf(o, "        values[%zu + i] = %s(%.*s[i < %.*s_n ? i : %.*s_n - 1]);\n    }\n",
                   list->value, to_value(list), STR_F(name), STR_F(name), STR_F(name));
    }
}

static void put_given(struct out *o, const struct query *q, const struct param *p)
{
    out_printf(o, "%s%.*s%s", prefix(q), STR_F(p->name), p->type == TYPE_I64 ? ".given" : ".p != NULL");
}

/* The number of the form: see sqlgen_form.c. */
static void put_form(struct out *o, const struct query *q)
{
    const struct param *list = query_list(q), *cursor = NULL;
    unsigned shift = q->optionals;
    const char *plus = "";
    out_c(o, "    const unsigned form = ");
    for (size_t i = 0; i < q->params_n; i++) {
        const struct param *p = &q->params[i];
        cursor = p->cursor && cursor == NULL ? p : cursor;
        if (p->optional) {
            out_printf(o, "%s(", plus);
            put_given(o, q, p);
            out_printf(o, " ? %uu : 0u)", 1u << p->bit);
            plus = " + ";
        }
    }
    if (cursor != NULL) {
        out_printf(o, "%s(", plus);
        put_given(o, q, cursor);
        out_printf(o, " ? %uu : 0u)", 1u << shift++);
        plus = " + ";
    }
    if (list != NULL) {
        out_printf(o, "%s%uu * list_form(%s%.*s_n)", plus, 1u << shift, prefix(q), STR_F(list->name));
        plus = " + ";
    }
    out_printf(o, "%s;\n", *plus == '\0' ? "0" : "");
}

/* What is answered without asking the database. */
static void put_refusals(struct out *o, const struct query *q)
{
    const struct param *list = query_list(q), *first = NULL;
    if (list != NULL) {
        const str name = str_printf("%s%.*s", prefix(q), STR_F(list->name));
        out_printf(o, "    if (%.*s_n == 0) {\n", STR_F(name));
        switch (q->kind) {
        case KIND_ONE:
            out_c(o, "        return FAIL(NOT_FOUND);\n");
            break;
        case KIND_MANY:
            out_c(o, "        *out = NULL;\n        *out_n = 0;\n        return OK;\n");
            break;
        case KIND_EXEC:
            out_c(o, "        if (out_changed != NULL) {\n            *out_changed = 0;\n        }\n        "
                     "return OK;\n");
            break;
        }
        out_printf(o, "    }\n    if (%.*s_n > LIST_MAX) {\n        return FAIL(LIMIT);\n    }\n",
                   STR_F(name));
    }
    for (size_t i = 0; i < q->params_n; i++) {
        const struct param *p = &q->params[i];
        if (p->cursor && first != NULL) {
            out_c(o, "    if ((");
            put_given(o, q, first);
            out_c(o, ") != (");
            put_given(o, q, p);
            out_c(o, ")) {\n        return FAIL(INVALID);\n    }\n");
        }
        first = p->cursor && first == NULL ? p : first;
    }
    if (q->kind == KIND_MANY && q->limited) {
        out_printf(o, "    if (%slimit < 0) {\n        return FAIL(INVALID);\n    }\n", prefix(q));
    }
}

static void put_rows(struct out *o, const struct query *q)
{
    if (q->kind == KIND_ONE) {
        out_printf(o, "    struct q_%.*s row = {0};\n", STR_F(query_row_name(q)));
        out_c(
            o,
            "    struct rows rows = {.arena = a, .items = &row, .size = sizeof row, .cap = 1, .max = 1};\n");
        return;
    }
    out_printf(o, "    struct rows rows = {.arena = a, .size = sizeof(struct q_%.*s), .max = ",
               STR_F(query_row_name(q)));
    if (q->limited) {
        out_printf(o, "(size_t)%slimit};\n", prefix(q));
    } else {
        out_c(o, "ROWS_MAX};\n");
    }
}

static void put_run(struct out *o, const struct query *q)
{
    const str run =
        str_printf("db_run(db, &query_%zu, form, %s", q->number, q->params_n > 0 ? "values" : "NULL");
    const str reader = str_printf("%.*s_row, &rows, NULL)", STR_F(q->name));
    switch (q->kind) {
    case KIND_ONE:
        out_printf(o, "    TRY(rows_one(&rows, %.*s, %.*s));\n    *out = row;\n    return OK;\n", STR_F(run),
                   STR_F(reader));
        break;
    case KIND_MANY:
        out_printf(o, "    TRY(%.*s, %.*s);\n    *out = rows.items;\n    *out_n = rows.n;\n    return OK;\n",
                   STR_F(run), STR_F(reader));
        break;
    case KIND_EXEC:
        out_printf(o, "    return %.*s, NULL, NULL, out_changed);\n", STR_F(run));
        break;
    }
}

void emit_function(struct out *o, const struct query *q)
{
    put_prototype(o, q);
    out_c(o, "\n{\n");
    put_refusals(o, q);
    put_values(o, q);
    put_form(o, q);
    if (q->kind != KIND_EXEC) {
        put_rows(o, q);
    }
    put_run(o, q);
    out_c(o, "}\n");
}
