/* reference.h: what every database starts with: the places of the country (OCHA common operational dataset)
 * and the catalogue of services with their limits by province. Offices and people are none of it: those are a
 * district's own, or the demonstration's (seed_rows.h). */
#ifndef SUNWAI_REFERENCE_H
#define SUNWAI_REFERENCE_H

#include "seed_file.h"

/* In a write job, on an empty database. */
err reference_write(struct seeding *s);

#endif
