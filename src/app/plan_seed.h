/* plan_seed.h: programmes and who pays for them: programmes.csv and funders.csv into tables. */
#ifndef SUNWAI_PLAN_SEED_H
#define SUNWAI_PLAN_SEED_H

#include "seed_file.h"

err programmes_write(struct seeding *s);

#endif
