/* catalogue_import.h: the offices of a district and above: code, kind, unit, name_en, name_ur, name_ps.
 *
 * An office answers in its unit for the services of its kind: a TMA for municipal ones, the DC's office for
 * the conduct of their staff. Each kind stands at its own level of the tree.
 */
#ifndef SUNWAI_CATALOGUE_IMPORT_H
#define SUNWAI_CATALOGUE_IMPORT_H

#include "import.h"

/* In a write job; offices are valid from a day (0: today). INVALID when a line is wrong: the report says
 * which. */
err catalogue_import_offices(struct ctx *c, str text, int64_t from_day, struct import_report *io);

#endif
