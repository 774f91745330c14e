/* made_by.h: who acts, as a column that may be empty keeps it: not given when it is nobody with an account
 * (the system itself, the public). */
#ifndef SUNWAI_MADE_BY_H
#define SUNWAI_MADE_BY_H

#include "store.h"

static inline struct opt_i64 made_by(const struct ctx *c)
{
    return (struct opt_i64){.given = c->actor.user_id != 0, .v = c->actor.user_id};
}

#endif
