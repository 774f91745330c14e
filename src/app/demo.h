/* demo.h: a data folder to try everything with: two districts, their offices, eight services, logins for each
 * role.
 *
 * Made from the files in seed/, once, in a folder that is missing or empty; any other is refused. Passwords
 * are random; they are printed and kept in DIR/demo-logins (0600).
 */
#ifndef SUNWAI_DEMO_H
#define SUNWAI_DEMO_H

#include "config.h"

/* Returns an enum exit_code; says what it did. */
int demo_make(const struct config *config);

#endif
