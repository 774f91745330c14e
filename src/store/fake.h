/* fake.h: a database for rule tests: answers by the name of the query, and a record of what was asked.
 *
 * fake_open() gives a whole ctx over it: ids, audit entries and case keys work (keys in memory), so a rule
 * runs as it does in a write job. Answers to one name are used in the order given; the last one stays. A
 * query without an answer is BUG and names itself in db_error(), but the store's own writes succeed unasked.
 */
#ifndef SUNWAI_FAKE_H
#define SUNWAI_FAKE_H

#include "store.h"

struct fake;

struct fake_answer {
    const char *query;
    const struct value *rows; /* rows_n times the columns of the query, in its order; outlives the fake */
    size_t rows_n;
    int64_t changed; /* of a query that writes */
    enum err_code fails;
};

struct fake_call {
    const char *query;
    const struct value *params; /* the values given, copied */
    size_t params_n;
};

/* Aborts when it cannot be made. out_ctx is a write job's; set its actor, clock and lang as wanted. */
struct fake *fake_open(struct ctx *out_ctx);
void fake_close(struct fake *k); /* takes NULL */
void fake_answer(struct fake *k, const struct fake_answer *a);
/* How often a query was asked, and its n-th call (from 0; NULL past the end). */
size_t fake_calls(const struct fake *k, const char *query);
const struct fake_call *fake_call(const struct fake *k, const char *query, size_t n);

#endif
