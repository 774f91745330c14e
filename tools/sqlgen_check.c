/* SQLite judges each form: names, columns, types, and how the tables are read. */
#include "sqlgen.h"

struct judging {
    struct query *q;
    const struct schema *schema;
    const struct types *types;
    size_t form;
    sqlite3_stmt *stmt;
};

static sqlite3_stmt *prepare(const struct judging *j, const char *prefix)
{
    const struct query *q = j->q;
    const str sql = str_printf("%s%.*s", prefix, STR_F(q->forms[j->form].sqlite));
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    if (sqlite3_prepare_v2(j->schema->db, sql.p, -1, &stmt, &tail) != SQLITE_OK || stmt == NULL) {
        const int offset = sqlite3_error_offset(j->schema->db);
        const size_t skip = strlen(prefix);
        const bool known = offset >= 0 && (size_t)offset >= skip;
        query_refuse(q, known ? form_place(q, j->form, (size_t)offset - skip) : q->lite.at, "%s",
                     sqlite3_errmsg(j->schema->db));
    }
    return stmt;
}

/* ---- result columns ---- */

static struct column *declared_find(struct query *q, str name)
{
    for (size_t i = 0; i < q->declared_n; i++) {
        if (str_eq(q->declared[i].name, name)) {
            return &q->declared[i];
        }
    }
    return NULL;
}

_Noreturn static void ask_for_col(const struct judging *j, str name, const char *what)
{
    const enum type usual = types_find(j->types, name);
    query_refuse(j->q, j->q->lite.at, "column '%.*s' %s; say `-- col %.*s %s`, with a ? when it may be NULL",
                 STR_F(name), what, STR_F(name), usual != TYPE_NONE ? type_name(usual) : "i64");
}

/* The source of a plain column; NULL when it is no table of the schema that stands on the inner side. */
static const struct from_source *inner_table(const struct judging *j, const struct from *f,
                                             const struct result_item *item, str table)
{
    const struct from_source *found = NULL;
    for (size_t i = 0; i < f->sources_n; i++) {
        const struct from_source *s = &f->sources[i];
        const bool derived = s->table.n == 0 || !schema_has_table(j->schema, s->table);
        if (item->qualifier.n == 0 && derived) {
            return NULL; /* it might come from there */
        }
        const bool matches =
            item->qualifier.n > 0 ? str_eq(s->alias, item->qualifier) : str_eq(s->table, table);
        if (matches && (s->outer || derived)) {
            return NULL;
        }
        found = matches ? s : found;
    }
    return found;
}

/* The type of a plain column of a table: by its name here, which must agree with its name there. */
static struct column plain_column(const struct judging *j, const struct from *f, size_t i, str name)
{
    const char *table = sqlite3_column_table_name(j->stmt, (int)i);
    const char *origin = sqlite3_column_origin_name(j->stmt, (int)i);
    const struct result_item *item = &f->items[i];
    if (f->compound) {
        ask_for_col(j, name, "comes from several selects");
    }
    if (table == NULL || origin == NULL || item->column.n == 0) {
        ask_for_col(j, name, "is an expression");
    }
    const struct from_source *source = inner_table(j, f, item, str_of(table));
    struct column c = {.name = name, .type = types_find(j->types, name)};
    if (source == NULL || !schema_column(j->schema, source->table, str_of(origin), &c.nullable)) {
        ask_for_col(j, name, "comes from a left join or a subquery");
    }
    const enum type there = types_find(j->types, str_of(origin));
    if (c.type == TYPE_NONE) {
        ask_for_col(j, name, "has a name that no line of types.def covers");
    }
    if (there != TYPE_NONE && there != c.type) {
        query_refuse(j->q, j->q->lite.at, "column '%.*s' would be %s, but %s.%s is %s", STR_F(name),
                     type_name(c.type), table, origin, type_name(there));
    }
    return c;
}

static struct column column_read(const struct judging *j, const struct from *f, size_t i)
{
    const str name =
        str_of(str_c(str_of(sqlite3_column_name(j->stmt, (int)i)))); /* SQLite takes its own back */
    if (!name_valid(name)) {
        query_refuse(j->q, j->q->lite.at, "result column %zu is called '%.*s': give it a name with `as`",
                     i + 1, STR_F(name));
    }
    struct column *declared = declared_find(j->q, name);
    if (declared != NULL) {
        declared->found = true;
        return *declared;
    }
    return plain_column(j, f, i, name);
}

static void columns_store(struct query *q, const struct column *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq(columns[i].name, columns[k].name)) {
                query_refuse(q, q->lite.at, "two result columns are called '%.*s'", STR_F(columns[i].name));
            }
        }
        PUSH(q->columns, q->columns_n) = columns[i];
    }
}

static void columns_compare(const struct query *q, const struct column *columns, size_t n)
{
    bool same = n == q->columns_n;
    for (size_t i = 0; i < n && same; i++) {
        const struct column *a = &q->columns[i], *b = &columns[i];
        same = str_eq(a->name, b->name) && a->type == b->type && a->nullable == b->nullable;
    }
    if (!same) {
        query_refuse(q, q->lite.at, "an optional line changes the result columns");
    }
}

static void columns_check(const struct judging *j)
{
    struct query *q = j->q;
    const size_t n = (size_t)sqlite3_column_count(j->stmt);
    if ((q->kind == KIND_EXEC) != (n == 0)) {
        query_refuse(q, q->lite.at,
                     n == 0 ? "gives no rows: it is :exec" : "gives rows: it is :one or :many");
    }
    if (n == 0) {
        return;
    }
    if (n > COLUMNS_MAX) {
        query_refuse(q, q->lite.at, "%zu columns; at most %d", n, COLUMNS_MAX);
    }
    const struct from f = from_read(q->forms[j->form].sqlite);
    if (f.bad != NULL) {
        query_refuse(q, q->lite.at, "%s", f.bad);
    }
    if (f.items_n != n) {
        query_refuse(q, q->lite.at, "%zu columns were read, SQLite sees %zu", f.items_n, n);
    }
    struct column *columns = keep(n * sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        columns[i] = column_read(j, &f, i);
    }
    if (j->form == 0) {
        columns_store(q, columns, n);
    } else {
        columns_compare(q, columns, n);
    }
}

/* The next page is asked for with the last row's values: they must be there, and comparable. */
static void page_check(const struct query *q)
{
    for (size_t i = 0; i < q->page_n; i++) {
        size_t dot = 0;
        const str column = str_find(q->page[i], ".", &dot) ? str_from(q->page[i], dot + 1) : q->page[i];
        bool good = false;
        for (size_t k = 0; k < q->columns_n; k++) {
            good = good || (str_eq(q->columns[k].name, column) && !q->columns[k].nullable);
        }
        if (!good) {
            query_refuse(q, q->lite.at, "-- page %.*s: must be a result column that is never NULL",
                         STR_F(column));
        }
    }
}

/* ---- plans ---- */

/* "SCAN name …" and "SEARCH name USING AUTOMATIC …" read all of a table, unless it is none. */
static bool step_reads_all(const struct judging *j, str detail)
{
    str rest = detail;
    const str verb = str_word(&rest), name = str_word(&rest);
    size_t at = 0;
    const bool scan = str_is(verb, "SCAN");
    if (!scan && !(str_is(verb, "SEARCH") && str_find(rest, "USING AUTOMATIC", NULL))) {
        return false;
    }
    if (str_find(rest, "VIRTUAL TABLE INDEX", &at)) {
        str index = str_from(rest, at);
        (void)str_cut(&index, ':');
        return index.n == 0; /* a word behind the colon is a constraint the virtual table uses */
    }
    const bool constant = is_digit(name.p[0]) || str_is(name, "CONSTANT") || name.p[0] == '(';
    return !constant && !from_derived(j->q->forms[j->form].sqlite, name, j->schema);
}

static void plan_check(const struct judging *j)
{
    sqlite3_stmt *plan = prepare(j, "explain query plan ");
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(plan)) == SQLITE_ROW) {
        const str detail = str_of((const char *)sqlite3_column_text(plan, 3));
        if (!j->q->scan_allowed && step_reads_all(j, detail)) {
            query_refuse(j->q, j->q->lite.at,
                         "reads a whole table (%.*s): it needs an index, or `-- scan: reason` when the table "
                         "stays small",
                         STR_F(detail));
        }
    }
    if (rc != SQLITE_DONE) {
        query_refuse(j->q, j->q->lite.at, "%s", sqlite3_errmsg(j->schema->db));
    }
    (void)sqlite3_finalize(plan);
}

/* A number that is stored into a column that may be NULL may itself be none. */
static void stored_check(const struct judging *j)
{
    struct query *q = j->q;
    const struct form *form = &q->forms[j->form];
    size_t n = 0;
    const struct stored *stored = from_stored(form->sqlite, &n);
    for (size_t i = 0; i < n; i++) {
        bool nullable = false;
        if (stored[i].number > form->use_n ||
            !schema_column(j->schema, stored[i].table, stored[i].column, &nullable)) {
            continue;
        }
        for (size_t k = 0; k < q->params_n && nullable; k++) {
            struct param *p = &q->params[k];
            const bool free = !p->declared && !p->list && !p->optional && !p->cursor;
            p->nullable = p->nullable || (free && p->value == form->use[stored[i].number - 1]);
        }
    }
}

void query_check(struct query *q, const struct schema *schema, const struct types *types)
{
    struct judging j = {.q = q, .schema = schema, .types = types};
    for (j.form = 0; j.form < q->forms_n; j.form++) {
        j.stmt = prepare(&j, "");
        q->writes = sqlite3_stmt_readonly(j.stmt) == 0;
        columns_check(&j);
        stored_check(&j);
        (void)sqlite3_finalize(j.stmt);
        plan_check(&j);
    }
    for (size_t i = 0; i < q->declared_n; i++) {
        if (!q->declared[i].found) {
            query_refuse(q, q->declared[i].at, "-- col '%.*s': there is no such result column",
                         STR_F(q->declared[i].name));
        }
    }
    page_check(q);
}

static const struct column *column_find(const struct query *q, str name)
{
    for (size_t i = 0; i < q->columns_n; i++) {
        if (str_eq(q->columns[i].name, name)) {
            return &q->columns[i];
        }
    }
    return NULL;
}

static const struct query *query_before(const struct query_file *f, const struct query *q, str name)
{
    for (size_t i = 0; &f->queries[i] != q; i++) {
        if (str_eq(f->queries[i].name, name)) {
            return &f->queries[i];
        }
    }
    return NULL;
}

void query_check_row(const struct query_file *f, const struct query *q)
{
    if (q->row.n == 0) {
        return;
    }
    const struct query *owner = query_before(f, q, q->row);
    if (owner == NULL || owner->columns_n == 0 || owner->row.n > 0) {
        query_refuse(q, q->row_at, "-- row: before this one there is no query '%.*s' with rows of its own",
                     STR_F(q->row));
    }
    for (size_t i = 0; i < q->columns_n; i++) {
        const struct column *mine = &q->columns[i], *theirs = column_find(owner, mine->name);
        if (theirs == NULL) {
            query_refuse(q, q->row_at, "-- row: '%.*s' has no column '%.*s'", STR_F(owner->name),
                         STR_F(mine->name));
        }
        if (mine->type != theirs->type || mine->nullable != theirs->nullable) {
            query_refuse(q, q->row_at, "-- row: '%.*s' is %s%s here and %s%s in '%.*s'", STR_F(mine->name),
                         type_name(mine->type), mine->nullable ? "?" : "", type_name(theirs->type),
                         theirs->nullable ? "?" : "", STR_F(owner->name));
        }
    }
    if (q->columns_n < owner->columns_n) { /* no name stands twice, so one of theirs is missing */
        query_refuse(q, q->row_at, "-- row: '%.*s' has %zu columns, and this query %zu", STR_F(owner->name),
                     owner->columns_n, q->columns_n);
    }
}
