/* place.h: the tree of places, and names of reference data.
 *
 * Units are valid from a day to a day; what is asked here is what is valid on the day of ctx->now_ms. Names
 * are in ctx->lang, else English (lang_code of a row says which). Codes are P-codes (OCHA common operational
 * dataset) where there is one.
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
    LEVEL_PLACE,
    LEVEL_N
};

/* Parents before children. Some hundred rows: for a choice take place_list_served(), for names
 * place_names(). */
err place_list(struct ctx *c, struct q_place_all **out, size_t *out_n);
/* A district first, then its tehsils, then its councils. */
err place_list_district(struct ctx *c, int64_t district, struct q_place_all **out, size_t *out_n);
/* The districts where a desk stands and what lies in them, parents before children. */
err place_list_served(struct ctx *c, struct q_place_all **out, size_t *out_n);
/* A unit of any level and everything below it, parents before children. */
err place_list_below(struct ctx *c, int64_t unit, struct q_place_all **out, size_t *out_n);
/* Codes and names for a list: of these units, in any order, also of those that are no more. */
err place_names(struct ctx *c, const int64_t *ids, size_t n, struct q_place_names **out, size_t *out_n);
err place_find(struct ctx *c, str code, struct q_place_by_code *out); /* NOT_FOUND */
/* The unit that stood under a code at the end of some days, else at their beginning: what was split since
 * still has its sheets. */
err place_find_in(struct ctx *c, str code, int64_t from_day, int64_t to_day, struct q_place_by_code *out);

/* ---- the tree: valid or not, for old cases keep their units ---- */

/* NOT_FOUND when there is no such unit; none above the country. */
err place_parent(struct ctx *c, int64_t unit, struct opt_i64 *out);
/* A unit and what it lies in, by level: at[LEVEL_DISTRICT]. 0: none (also what lies deeper). */
struct place_at {
    int64_t at[LEVEL_N];
};
err place_ancestors(struct ctx *c, int64_t unit, struct place_at *out); /* NOT_FOUND */
/* The tehsil that a unit is or lies in; none for a district and above. */
err place_tehsil(struct ctx *c, int64_t unit, struct opt_i64 *out);
/* The same of a council; none for a tehsil and above. */
err place_council(struct ctx *c, int64_t unit, struct opt_i64 *out);
/* Whether a unit is the other one or lies in it. */
err place_lies_in(struct ctx *c, int64_t unit, int64_t around, bool *out);
/* The districts of a unit, in the order of their ids: those below a division, province or the country, else
 * the one that it is or lies in. Also those that were split, merged or renamed since: what was filed and
 * approved there stays with them. */
err place_districts(struct ctx *c, int64_t unit, int64_t **out, size_t *out_n);
err place_districts_all(struct ctx *c, int64_t **out, size_t *out_n); /* of the whole country */
/* Those that this person may look at as a whole: her own, those of the unit above that she works for, all of
 * them for an administrator and the program. */
err place_reach(struct ctx *c, int64_t **out, size_t *out_n);

/* Which unit stood for the land of one, and in which days: itself while it is valid, before that what it came
 * from, behind that what became of it. Of a split each part has the whole before it; so a trend can be told
 * on over it, and each figure says of which unit it is. By day, then id; itself is among them. */
struct place_stood {
    int64_t unit, from_day, to_day; /* both included */
};
err place_lineage(struct ctx *c, int64_t unit, struct place_stood **out, size_t *out_n);

/* The districts where a desk stands. */
err place_desk_homes(struct ctx *c, struct q_desk_homes **out, size_t *out_n);
/* The first of them; NOT_FOUND when there is no desk. */
err place_first_home(struct ctx *c, int64_t *out);

/* ---- named groups of units: "pilot", "merged" ---- */

err place_groups(struct ctx *c, struct q_unit_group_all **out, size_t *out_n);
/* Which unit is in which group, by unit. */
err place_group_members(struct ctx *c, struct q_unit_group_members **out, size_t *out_n);

/* ---- villages and mohallas, as people name them ---- */

/* The council or tehsil of a district that a name in any script belongs to; where several places are called
 * so, the tehsil that they share. NOT_FOUND when it is not known, or means places in different tehsils. */
err place_locality(struct ctx *c, int64_t district, str typed, int64_t *out_unit);

/* ---- names ---- */

/* The name of a unit with that of its district behind it. */
err place_name(struct ctx *c, const struct q_place_by_code *unit, str *out);
/* "Pabbi, Nowshera" in ctx->lang. */
err place_within(struct ctx *c, str place, str around, str *out);
const char *level_name(int64_t level); /* "district" */
/* What a page says of a name whose row has this lang_code: empty when it is in the person's own language. */
str place_fallback(const struct ctx *c, str name_lang);

/* "kind" is unit, unit_group, body, service, service_group, document, term_body or term_appeal. The name in
 * ctx->lang, else along the languages that stand in for it, else an empty str. */
err label_find(struct ctx *c, str kind, int64_t id, str *out);
/* The same in a language that is not the asking person's own. */
err label_find_in(struct ctx *c, str kind, int64_t id, int lang, str *out);

/* ---- ids, for the lists above ---- */

/* Each id once, without 0. LIMIT when the arena is full. */
struct id_set {
    const int64_t *ids;
    size_t n;
};
enum { ID_LIST_MAX = 64 }; /* that one query takes */
err id_set_of(struct arena *a, const int64_t *ids, size_t n, struct id_set *out);

#endif
