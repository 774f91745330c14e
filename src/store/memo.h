/* memo.h: what was read of reference data (names, places, services, offices, who works here), kept beside one
 * reading connection: a list of cases asks for the same hundred names each time.
 *
 * The engine asks which tables a statement reads; one that reads nothing else than such tables is answered
 * from here as long as none of them was written: memo_version() of the process is moved by the commit that
 * did, before anybody is told that it is done. Good where one process writes, which is so on SQLite.
 */
#ifndef SUNWAI_MEMO_H
#define SUNWAI_MEMO_H

#include "value.h"

struct memo;
struct memo_answer;

struct memo *memo_open(void);
void memo_close(struct memo *m); /* takes NULL */

bool memo_table(const char *name); /* whether it holds reference data */
int64_t memo_version(void);
void memo_written(void); /* such a table was, and it is committed */

/* The kept answer of a statement to these parameters, or NULL. Everything is forgotten that was read before
 * `version`: it is the one that was in force when the connection's view of the database began. */
const struct memo_answer *memo_find(struct memo *m, int64_t version, const void *statement,
                                    const struct value *const *params, int n);
/* The same, to be filled in with memo_add() row by row; NULL when it is not worth it or there is no room. */
struct memo_answer *memo_begin(struct memo *m, const void *statement, const struct value *const *params,
                               int n);
void memo_add(struct memo *m, struct memo_answer *to, const struct value *columns, int columns_n);
void memo_end(struct memo *m, struct memo_answer *a); /* from now on it is found */

/* Row by row from NULL on; NULL behind the last. */
struct memo_row;
const struct memo_row *memo_next(const struct memo_answer *a, const struct memo_row *row);
const struct value *memo_columns(const struct memo_row *row);

#endif
