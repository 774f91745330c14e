/* seed_rows.h: the rows of the demonstration, written in one write job. */
#ifndef SUNWAI_SEED_ROWS_H
#define SUNWAI_SEED_ROWS_H

#include "store.h"

struct seed_user {
    str login, role, district, office, name;
    str password; /* as printed */
    str hash;     /* as stored */
};

/* The logins of a file of seed/, with a password made for each: slow, so outside the write job. */
err seed_users(struct ctx *c, str file, struct seed_user **out, size_t *out_n);
/* In a write job, on an empty database. */
err seed_write(struct ctx *c, const struct seed_user *users, size_t users_n);

/* The parts of it, for what begins with other files. */
err seed_offices(struct ctx *c, str file, int64_t from_day);
err seed_users_add(struct ctx *c, const struct seed_user *users, size_t users_n);
/* Says on each page that everything here is for demonstration, and writes the start of the record. */
err seed_marked(struct ctx *c, str event);

#endif
