/* listing.h: queries that are run by their name: reports and indicators, which are files of SQL and need no
 * C.
 *
 * sqlgen makes one of each query marked `-- listing`, with the `-- fact KEY VALUE` lines that it says of
 * itself, and one array of those of a folder. It is prepared and described on both engines like any other
 * query. Whoever runs it gives what it asks for by name; more than it asks for does no harm, less is BUG.
 */
#ifndef SUNWAI_LISTING_H
#define SUNWAI_LISTING_H

#include "db.h"

struct listing_fact {
    str key;
    str value;
};
struct listing {
    str name;
    const struct query *query;
    const char *const *columns; /* query->columns_n names */
    const char *const *asks;    /* names of what it wants to be given, asks_n of them */
    size_t asks_n;
    bool list; /* the last of these is a list */
    const struct listing_fact *facts;
    size_t facts_n;
};
struct listings {
    const struct listing *const *all;
    size_t n;
};

const struct listing *listing_find(const struct listings *in, str name); /* NULL: there is none */
/* The first fact of that name; STR_NONE. */
str listing_says(const struct listing *l, str key);
/* The place of a column; false when it has none of that name. */
bool listing_column(const struct listing *l, str name, size_t *out);

/* One value that may be asked for: a text, else a number, or a list of numbers (at most LISTING_LIST_MAX). */
enum { LISTING_LIST_MAX = 64, LISTING_ASKS_MAX = 16 };
struct listing_given {
    const char *name;
    int64_t n;
    str text; /* p != NULL: this one */
    const int64_t *list;
    size_t list_n;
};
struct listing_cell {
    bool nothing; /* NULL */
    int64_t n;
    str text; /* lives until the row's function returns */
};
typedef err (*listing_row)(void *arg, const struct listing_cell *cells);

/* Row by row, in the query's order, as many as there are. An empty list: no rows, without asking. What the
 * row's function returns ends it when it is not OK. LIMIT: too long a list. */
err listing_run(struct db *db, const struct listing *l, const struct listing_given *given, size_t given_n,
                listing_row row, void *arg);

#endif
