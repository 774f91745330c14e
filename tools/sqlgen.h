/* sqlgen.h: what the parts of sqlgen hand to each other.
 *
 * main reads types.def (sqlgen_types.c), the schema (sqlgen_schema.c) and the query files (sqlgen_query.c);
 * each query becomes its forms (sqlgen_form.c), each form is prepared and judged against an in-memory
 * database (sqlgen_check.c, with sqlgen_from.c for what SQLite does not say), and at the end everything is
 * written as C (sqlgen_emit.c, sqlgen_emit_rows.c, sqlgen_emit_listing.c).
 */
#ifndef SUNWAI_SQLGEN_H
#define SUNWAI_SQLGEN_H

#include <sqlite3.h>

#include "lex.h"

enum { LIST_MAX = 64, OPTIONAL_MAX = 4, FORMS_MAX = 64, COLUMNS_MAX = 64, VALUES_MAX = 250 };

/* ---- types.def ---- */
enum type { TYPE_NONE, TYPE_I64, TYPE_TEXT, TYPE_BLOB };
struct types;
struct types *types_read(const char *path);
enum type types_find(const struct types *t, str name); /* TYPE_NONE when no line covers the name */
/* "i64", "text", "blob", with a ? behind it when NULL is possible; false when s is none of these. */
bool type_read(str s, enum type *out, bool *out_nullable);
const char *type_name(enum type t);   /* "i64" */
const char *type_sqlite(enum type t); /* "INTEGER" */
const char *type_pg(enum type t);     /* "bigint" */

/* ---- the schema ---- */
struct migration {
    int version;
    str name; /* "0001_foundation" */
    struct out sqlite;
    struct out pg;
};
struct schema {
    struct migration *migrations;
    size_t n;
    sqlite3 *db; /* in memory, with all migrations applied */
};
struct schema schema_read(const char *folder, const struct types *types);
bool schema_has_table(const struct schema *s, str name);
/* Whether a column of a table may be NULL; false when there is no such column. */
bool schema_column(const struct schema *s, str table, str column, bool *out_nullable);

/* ---- queries ---- */
enum query_kind { KIND_ONE, KIND_MANY, KIND_EXEC };

struct param {
    str name;
    enum type type;
    bool nullable; /* stored into a column that may be NULL, or declared so by `-- in x i64?` */
    bool declared; /* by an `-- in` line */
    bool list;
    bool optional; /* controls `--?` lines; `bit` says which */
    bool cursor;   /* after_… of a paged query */
    unsigned bit;
    size_t value; /* index among the values given; of a list its first */
    const char *at;
};

struct column {
    str name;
    enum type type;
    bool nullable;
    bool declared; /* by a `-- col` line */
    bool found;    /* in the statement */
    const char *at;
};

enum piece_kind { PIECE_TEXT, PIECE_PARAM, PIECE_LIST, PIECE_AFTER };
struct piece {
    enum piece_kind kind;
    str text;
    size_t param;
    size_t optional; /* 1 + index of the parameter that controls the line; 0: always there */
    const char *at;
};

/* The statement of one engine, cut into pieces. */
struct statement {
    const struct source *source;
    const char *at; /* where it begins */
    struct piece *pieces;
    size_t n;
};

struct form {
    str sqlite;
    str pg;
    uint16_t *use;
    size_t use_n;
};

/* `-- fact KEY VALUE`: what a listing says of itself. */
struct fact {
    str key;
    str value;
};

struct query {
    str name;
    enum query_kind kind;
    bool listing; /* `-- listing`: run by name, not by a function of its own */
    struct fact *facts;
    size_t facts_n;
    str *comment; /* lines */
    size_t comment_n;
    struct statement lite;
    struct statement pg; /* the override; n == 0: the same as lite */
    struct param *params;
    size_t params_n;
    struct column *columns;
    size_t columns_n;
    struct column *declared; /* from `-- col` */
    size_t declared_n;
    struct column *typed; /* from `-- in` */
    size_t typed_n;
    str *page; /* keyset columns as written, maybe qualified */
    size_t page_n;
    bool page_desc;
    str row; /* `-- row: NAME`: the query of this file whose struct its rows have; empty: its own */
    const char *row_at;
    bool limited; /* has a parameter `limit` */
    bool scan_allowed;
    unsigned optionals;
    struct form *forms;
    size_t forms_n;
    bool writes;
    const struct source *source;
    const char *at;
    size_t number; /* among all queries */
    size_t slot;   /* of its first form among all forms */
};

struct query_file {
    const char *path; /* as given */
    str below;        /* without the root */
    struct query *queries;
    size_t n;
};

/* Reads X.sql and, when it is there, X.pg.sql beside it. Parameters have types afterwards. */
struct query_file query_file_read(const char *path, const char *root, const struct types *types);
_Noreturn void query_refuse(const struct query *q, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
size_t query_values(const struct query *q); /* how many values a call gives, a list counting LIST_MAX */
const struct param *query_list(const struct query *q); /* NULL when it has none */

/* ---- forms ---- */
void query_make_forms(struct query *q);
/* The place in the source that a byte of a form's SQLite text came from. */
const char *form_place(const struct query *q, size_t form, size_t offset);

/* ---- judgement ---- */
/* Prepares every form, fills columns and `writes`, and refuses full scans. */
void query_check(struct query *q, const struct schema *schema, const struct types *types);
/* Refuses a `-- row:` whose columns are not those of the query it names, which stands before it and is
 * checked. */
void query_check_row(const struct query_file *f, const struct query *q);

/* What a statement's own text says of its result columns and of the names in it. */
struct result_item {
    str qualifier; /* table or alias before the dot; empty when none */
    str column;    /* empty: an expression */
};
struct from {
    struct result_item *items;
    size_t items_n;
    bool compound;   /* union, intersect, except at the top */
    const char *bad; /* a construct that is refused, as a message; NULL */
    struct from_source *sources;
    size_t sources_n;
};
struct from_source {
    str table; /* empty: a subquery */
    str alias;
    bool outer; /* the right side of a left join: its columns may be NULL */
};
struct from from_read(str sql);
/* Whether `name` can only stand for something that is no table of the schema: a CTE, a subquery, their alias.
 */
bool from_derived(str sql, str name, const struct schema *schema);
/* Parameters that an insert or update stores as they are, by their number in the text. */
struct stored {
    size_t number;
    str table;
    str column;
};
struct stored *from_stored(str sql, size_t *out_n);

/* ---- output ---- */
/* The listings of the files in one folder, as one array. */
void emit_listings(const struct query_file *files, size_t n, str folder, const char *out_folder);
void emit_listing(struct out *o, const struct query *q);
void emit_queries(const struct query_file *f, const char *out_folder);
void emit_all_queries(const struct query_file *files, size_t n, const char *out_folder);
void emit_migrations(const struct schema *s, const char *out_folder);
void emit_signature(struct out *o, const struct query *q);
void emit_function(struct out *o, const struct query *q);
void emit_reader(struct out *o, const struct query *q);
bool query_has_struct(const struct query *q); /* its parameters come as struct q_NAME_in */
str query_row_name(const struct query *q);    /* NAME in the struct q_NAME of its rows */

#endif
