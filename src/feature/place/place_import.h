/* place_import.h: the councils of a district, and the villages and mohallas that people name; districts that
 * are made of others.
 *
 * councils: code, tehsil, kind (VC, NC, UC, MC), name_en, name_ur, name_ps, invented and, if wanted, was:
 * codes of the councils that it came from, with spaces between. localities: unit (a tehsil or council), name,
 * aliases with
 * ';' between, invented. districts: code, tehsils (codes, with spaces between), basis, name_en, name_ur,
 * name_ps, invented.
 */
#ifndef SUNWAI_PLACE_IMPORT_H
#define SUNWAI_PLACE_IMPORT_H

#include "import.h"

struct council_days {
    int64_t from_day;  /* new councils are valid from here; 0: today */
    int64_t until_day; /* the last day of those that the file's tehsils have no more; 0: they stay */
};

/* In a write job. INVALID when a line is wrong: the report says which. */
err place_import_councils(struct ctx *c, str text, const struct council_days *days, struct import_report *io);
/* New districts from a day on (0: today), made of whole tehsils of others. A tehsil ends with what lies in it
 * and begins anew, under its code, in the new district; a district of which no tehsil is left ends, any other
 * goes on. Successors say what came from where; old cases, sheets and figures stay with the old units. Groups
 * have the new district too. Offices of the new one come by the list of offices. */
err place_import_districts(struct ctx *c, str text, int64_t from_day, struct import_report *io);
err place_import_localities(struct ctx *c, str text, struct import_report *io);

#endif
