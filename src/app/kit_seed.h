/* kit_seed.h: what a district needs before it opens, model by-laws, ready-made curricula:
 * ready_items.csv, bylaws.csv, curricula.csv. */
#ifndef SUNWAI_KIT_SEED_H
#define SUNWAI_KIT_SEED_H

#include "seed_file.h"

/* In a write job, behind the units. */
err kit_items_write(struct seeding *s);

#endif
