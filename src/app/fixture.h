/* fixture.h: `sunwai demo --fixture logo2`: a folder with the figures that an earlier programme reported, so
 * that what rolls up from them can be held against its own table.
 *
 * Totals are exact (seed/logo2_totals.csv; 391 cases of the one desk that then existed); how they spread over
 * districts, days, services and states is made up here, the same each time, and said so in each row. Nobody's
 * name, number or words are in it, for none were handed down.
 */
#ifndef SUNWAI_FIXTURE_H
#define SUNWAI_FIXTURE_H

#include "store.h"

enum {
    FIXTURE_CASES = 391,
    FIXTURE_MUNICIPAL = 250, /* the others are handed over */
    FIXTURE_REPORTED = 175,  /* of the municipal ones; the rest is still worked on */
    FIXTURE_BROCHURES = 150, /* on the right to information, given out at that desk */
};

bool fixture_known(str name);
/* The logins that go with it: a file of seed/. */
str fixture_users(void);

struct seed_user;
/* On a database made just now, with nothing in it yet. */
err fixture_fill(struct store *s, const struct seed_user *users, size_t users_n, struct fail *f);

#endif
