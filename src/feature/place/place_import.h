/* place_import.h: the councils of a district, and the villages and mohallas that people name.
 *
 * councils: code, tehsil, kind (VC, NC, UC, MC), name_en, name_ur, name_ps, invented and, if wanted, was:
 * codes of the councils that it came from, with spaces between. localities: unit (a tehsil or council), name,
 * aliases with
 * ';' between, invented.
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
err place_import_localities(struct ctx *c, str text, struct import_report *io);

#endif
