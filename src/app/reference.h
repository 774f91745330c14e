/* reference.h: what every database starts with: the places of the country (OCHA common operational dataset)
 * and the catalogue of services with their limits by province, and the institutions
 * that other matters are handed over to. Offices and people are none of it: those are a
 * district's own, or the demonstration's (seed_rows.h). */
#ifndef SUNWAI_REFERENCE_H
#define SUNWAI_REFERENCE_H

#include "seed_file.h"

/* In a write job, on an empty database. */
err reference_write(struct ctx *c);
/* The same as a job of its own, on a database that was made just now. */
err reference_fill(const struct store_config *config, struct fail *f);

#endif
