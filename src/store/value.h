/* value.h: what goes into and comes out of a query, and the shape of a query that sqlgen made.
 *
 * Above store/ nobody writes SQL text or sees these: feature code calls the typed functions that sqlgen
 * generates (q_case_get(…)), and those call db_run().
 */
#ifndef SUNWAI_VALUE_H
#define SUNWAI_VALUE_H

#include "err.h"

enum value_type { VALUE_NULL, VALUE_I64, VALUE_TEXT, VALUE_BLOB };

struct value {
    enum value_type type;
    int64_t i;
    str s; /* text or bytes; borrowed */
};

/* One emitted form of a query: a combination of its optional lines and list lengths. */
struct query_form {
    const char *sqlite;  /* parameters ?1 ?2 … in the order of `use` */
    const char *pg;      /* parameters $1 $2 … in the same order, casts where PostgreSQL needs them */
    const uint16_t *use; /* for each parameter of this form: index into the values given */
    uint16_t use_n;
};

struct query {
    const char *name; /* "case_get" */
    uint16_t slot;    /* unique, 0 .. QUERIES_N - 1: index of the first form's prepared statement */
    uint16_t forms_n;
    const struct query_form *forms;
    const enum value_type *params; /* of the values given */
    uint16_t params_n;
    const enum value_type
        *columns; /* of a row; VALUE_TEXT, …; any may come as VALUE_NULL if it is nullable */
    const bool *nullable;
    uint16_t columns_n;
    bool writes;
};

/* All queries of the program, made by sqlgen; for the test that prepares each on both engines. */
extern const struct query *const all_queries[];
extern const size_t all_queries_n;
extern const size_t all_forms_n; /* statements in all: slots run to here */

struct migration {
    int version;
    const char *name;   /* "0001_foundation" */
    const char *sqlite; /* the whole script for each engine */
    const char *pg;
};
extern const struct migration all_migrations[];
extern const size_t all_migrations_n;

/* NULL-able numbers in rows and parameters. A NULL text is STR_NONE. */
struct opt_i64 {
    bool given;
    int64_t v;
};
#define SOME(x) ((struct opt_i64){true, (x)})
#define NONE_I64 ((struct opt_i64){false, 0})

#endif
