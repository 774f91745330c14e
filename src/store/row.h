/* row.h: what the functions that sqlgen makes stand on. Not for other code.
 *
 * Rows are copied from the engine into an array in the arena while the statement runs. When the arena or the
 * declared maximum is full the answer is LIMIT, never a shorter list.
 */
#ifndef SUNWAI_ROW_H
#define SUNWAI_ROW_H

#include "arena.h"
#include "db.h"

enum { ROWS_MAX = 10000 }; /* of a :many query without a limit of its own */

struct rows {
    struct arena *arena;
    void *items;
    size_t size; /* of one item */
    size_t n;
    size_t cap;
    size_t max;
    bool past_max; /* a row came that was more than max */
};

/* Room for one more row, zeroed; NULL when there is none: the reader then returns LIMIT. */
void *rows_next(struct rows *r);
/* OK, or LIMIT when a text found no room. */
err rows_taken(const struct rows *r);

/* How a query for one row ends: NOT_FOUND when there was none; further rows are of no interest. */
err rows_one(const struct rows *r, err e);

/* NULL comes as NONE_I64 and STR_NONE. */
struct opt_i64 row_opt(const struct value *v);
str row_str(struct rows *r, const struct value *v);

struct value value_i64(int64_t v);
struct value value_opt(struct opt_i64 v);
struct value value_text(str s); /* STR_NONE is NULL */
struct value value_blob(str s);

/* A list in a query comes in lengths of 1, 4, 16 and 64: which of them holds n. */
enum { LIST_MAX = 64 };
unsigned list_form(size_t n);

#endif
