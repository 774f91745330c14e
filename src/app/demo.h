/* demo.h: a data folder to try everything with: two districts, their offices, the whole catalogue, logins for
 * each role, and some hundred invented cases in every state (load.h), the same each time.
 *
 * Made from the files in seed/, once, in a folder that is missing or empty; any other is refused. Passwords
 * are random; they are printed and kept in DIR/demo-logins (0600).
 */
#ifndef SUNWAI_DEMO_H
#define SUNWAI_DEMO_H

#include "config.h"

struct demo_order {
    int64_t cases; /* below 0: as many as usual */
    str fixture; /* STR_NONE: the demonstration; else the name of a fixture (fixture.h), with its own cases */
};
/* Returns an enum exit_code; says what it did. */
int demo_make(const struct config *config, const struct demo_order *o);

#endif
