/* portal_seed.h: the institutions that take a matter over: portals.csv, portal_outcomes.csv and
 * portal_services.csv into tables. In the write job that wrote the places. */
#ifndef SUNWAI_PORTAL_SEED_H
#define SUNWAI_PORTAL_SEED_H

#include "seed_file.h"

err portals_write(struct seeding *s);

#endif
