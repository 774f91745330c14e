/* place.h: the tree of places, and names of reference data.
 *
 * Units are valid from a day to a day; what is asked here is what is valid on the day of ctx->now_ms. Names
 * are in ctx->lang, else English. Codes are P-codes (OCHA common operational dataset) where there is one.
 */
#ifndef SUNWAI_PLACE_H
#define SUNWAI_PLACE_H

#include "place.sql.h"
#include "store.h"

enum unit_level {
    LEVEL_COUNTRY,
    LEVEL_PROVINCE,
    LEVEL_DIVISION,
    LEVEL_DISTRICT,
    LEVEL_TEHSIL,
    LEVEL_COUNCIL,
    LEVEL_PLACE
};

/* Parents before children. */
err place_list(struct ctx *c, struct q_place_all **out, size_t *out_n);
/* A district first, then its tehsils. */
err place_list_district(struct ctx *c, int64_t district, struct q_place_in_district **out, size_t *out_n);
err place_find(struct ctx *c, str code, struct q_place_by_code *out); /* NOT_FOUND */
/* The tehsil that a unit is or lies in; none for a district and above. */
err place_tehsil(struct ctx *c, int64_t unit, struct opt_i64 *out);
/* The name of a unit with that of its district behind it. */
err place_name(struct ctx *c, const struct q_place_by_code *unit, str *out);
/* "Pabbi, Nowshera" in ctx->lang. */
err place_within(struct ctx *c, str place, str around, str *out);
const char *level_name(int64_t level); /* "district" */

/* "kind" is unit, body or service. The name in ctx->lang, else English, else an empty str. */
err label_find(struct ctx *c, str kind, int64_t id, str *out);
/* The same in a language that is not the asking person's own. */
err label_find_in(struct ctx *c, str kind, int64_t id, int lang, str *out);

#endif
