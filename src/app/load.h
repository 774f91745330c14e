/* load.h: an invented population, made by the program's own rules with a moved clock.
 *
 * Every case is filed with case_file() and goes on with case_do(), by the desks, officers and supervisors
 * that the database has: what comes out is what such days would have left behind, summary rows, audit and
 * calls included. Persons, numbers and words are plainly invented (seed/load_words.csv). The same seed on the
 * same reference data and day makes the same cases with the same figures; references are drawn as always, and
 * PINs follow the key file.
 */
#ifndef SUNWAI_LOAD_H
#define SUNWAI_LOAD_H

#include "commands.h"
#include "store.h"

enum { LOAD_CASES_MAX = 10000000, LOAD_DAYS = 400, LOAD_DAYS_MAX = 3650 };

struct load_order {
    uint64_t seed;
    int64_t cases;
    int64_t days;                                            /* back from the last midnight */
    void (*progress)(int64_t done, int64_t all, int64_t ms); /* after each job; may be NULL */
};

/* INVALID: no district has both a desk officer and a supervisor. */
err load_run(struct store *s, const struct load_order *order, struct fail *f);

/* A flag that is a number from 0 to `most`; *io stays when it is not given. Else that has been said. */
bool load_number(const struct call *call, enum flag flag, int64_t most, int64_t *io);
bool load_complete(const struct call *call);
int load_command(const struct call *call);

#endif
