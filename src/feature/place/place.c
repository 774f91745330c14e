#include "place.h"

#include <stdlib.h>

#include "clock.h"
#include "fold.h"
#include "lang.h"
#include "msg.h"

static str lang_code(int lang)
{
    return lang_table[lang].code;
}

err place_list(struct ctx *c, struct q_place_all **out, size_t *out_n)
{
    return q_place_all(c->db, c->arena, lang_code(c->lang), local_day(c->now_ms), out, out_n);
}

err place_list_district(struct ctx *c, int64_t district, struct q_place_all **out, size_t *out_n)
{
    const struct q_place_in_district_in in = {
        .on_day = local_day(c->now_ms), .lang_code = lang_code(c->lang), .district_id = district};
    return q_place_in_district(c->db, c->arena, &in, out, out_n);
}

err place_list_served(struct ctx *c, struct q_place_all **out, size_t *out_n)
{
    return q_place_served(c->db, c->arena, local_day(c->now_ms), lang_code(c->lang), out, out_n);
}

err place_list_below(struct ctx *c, int64_t unit, struct q_place_all **out, size_t *out_n)
{
    const struct q_place_below_in in = {
        .on_day = local_day(c->now_ms), .around_id = unit, .lang_code = lang_code(c->lang)};
    return q_place_below(c->db, c->arena, &in, out, out_n);
}

err place_groups(struct ctx *c, struct q_unit_group_all **out, size_t *out_n)
{
    return q_unit_group_all(c->db, c->arena, lang_code(c->lang), local_day(c->now_ms), out, out_n);
}

err place_group_members(struct ctx *c, struct q_unit_group_members **out, size_t *out_n)
{
    return q_unit_group_members(c->db, c->arena, local_day(c->now_ms), out, out_n);
}

err place_desk_homes(struct ctx *c, struct q_desk_homes **out, size_t *out_n)
{
    return q_desk_homes(c->db, c->arena, local_day(c->now_ms), out, out_n);
}

err place_names(struct ctx *c, const int64_t *ids, size_t n, struct q_place_names **out, size_t *out_n)
{
    struct id_set asked;
    TRY(id_set_of(c->arena, ids, n, &asked));
    struct q_place_names *all = arena_array_of(c->arena, struct q_place_names, asked.n + 1);
    size_t kept = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t at = 0; at < asked.n; at += ID_LIST_MAX) {
        const size_t few = asked.n - at < ID_LIST_MAX ? asked.n - at : ID_LIST_MAX;
        struct q_place_names *rows;
        size_t rows_n;
        TRY(q_place_names(c->db, c->arena, lang_code(c->lang), asked.ids + at, few, &rows, &rows_n));
        for (size_t i = 0; i < rows_n; i++) {
            all[kept++] = rows[i];
        }
    }
    *out = all;
    *out_n = kept;
    return OK;
}

err place_find(struct ctx *c, str code, struct q_place_by_code *out)
{
    return q_place_by_code(c->db, c->arena, code, local_day(c->now_ms), out);
}

err place_find_in(struct ctx *c, str code, int64_t from_day, int64_t to_day, struct q_place_by_code *out)
{
    const err e = q_place_by_code(c->db, c->arena, code, to_day, out);
    return e.code == ERR_NOT_FOUND ? q_place_by_code(c->db, c->arena, code, from_day, out) : e;
}

/* ---- the tree ---- */

err place_parent(struct ctx *c, int64_t unit, struct opt_i64 *out)
{
    struct q_place_code_of row;
    TRY(q_place_code_of(c->db, c->arena, unit, &row));
    *out = row.parent_id;
    return OK;
}

err place_ancestors(struct ctx *c, int64_t unit, struct place_at *out)
{
    struct place_at found = {0};
    struct opt_i64 at = SOME(unit);
    for (int step = 0; at.given; step++) {
        struct q_place_by_id row;
        TRY(q_place_by_id(c->db, c->arena, at.v, &row));
        if (step >= LEVEL_N) { /* a parent below its child */
            return FAIL(BUG);
        }
        found.at[row.level_no] = row.id;
        at = row.parent_id;
    }
    *out = found;
    return OK;
}

static struct opt_i64 some_or_none(int64_t id)
{
    return id != 0 ? SOME(id) : NONE_I64;
}

err place_tehsil(struct ctx *c, int64_t unit, struct opt_i64 *out)
{
    struct place_at place;
    TRY(place_ancestors(c, unit, &place));
    *out = some_or_none(place.at[LEVEL_TEHSIL]);
    return OK;
}

err place_council(struct ctx *c, int64_t unit, struct opt_i64 *out)
{
    struct place_at place;
    TRY(place_ancestors(c, unit, &place));
    *out = some_or_none(place.at[LEVEL_COUNCIL]);
    return OK;
}

err place_lies_in(struct ctx *c, int64_t unit, int64_t around, bool *out)
{
    struct place_at place;
    bool found = false;
    TRY(place_ancestors(c, unit, &place));
    for (int level = 0; level < LEVEL_N; level++) {
        found = found || (around != 0 && place.at[level] == around);
    }
    *out = found;
    return OK;
}

err place_districts(struct ctx *c, int64_t unit, int64_t **out, size_t *out_n)
{
    struct q_place_by_id row;
    struct q_place_districts_below *rows = NULL;
    size_t n = 1;
    TRY(q_place_by_id(c->db, c->arena, unit, &row));
    if (!row.district_id.given) {
        TRY(q_place_districts_below(c->db, c->arena, unit, local_day(c->now_ms), &rows, &n));
    }
    int64_t *ids = arena_array_of(c->arena, int64_t, n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows != NULL ? rows[i].id : row.district_id.v;
    }
    *out = ids;
    *out_n = n;
    return OK;
}

err place_districts_all(struct ctx *c, int64_t **out, size_t *out_n)
{
    struct q_place_districts_all *rows;
    size_t n;
    TRY(q_place_districts_all(c->db, c->arena, local_day(c->now_ms), &rows, &n));
    int64_t *ids = arena_array_of(c->arena, int64_t, n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows[i].id;
    }
    *out = ids;
    *out_n = n;
    return OK;
}

err place_reach(struct ctx *c, int64_t **out, size_t *out_n)
{
    if (c->actor.role == ROLE_ADMIN || c->actor.role == ROLE_SYSTEM) {
        return place_districts_all(c, out, out_n);
    }
    if (c->actor.home == 0) {
        return place_districts(c, c->actor.unit_id, out, out_n);
    }
    *out = arena_array_of(c->arena, int64_t, 1);
    if (*out == NULL) {
        return FAIL(LIMIT);
    }
    (*out)[0] = c->actor.home;
    *out_n = 1;
    return OK;
}

/* ---- what became of units ---- */

enum { LINEAGE_MAX = 64 };
struct lineage {
    struct place_stood *at;
    size_t n;
};

static err lineage_add(struct ctx *c, struct lineage *l, int64_t unit, int64_t from_day, int64_t to_day)
{
    struct q_place_days days;
    for (size_t i = 0; i < l->n; i++) {
        if (l->at[i].unit == unit) { /* two ways lead there, or round and round */
            return OK;
        }
    }
    if (l->n == LINEAGE_MAX) {
        return FAIL(LIMIT);
    }
    TRY(q_place_days(c->db, c->arena, unit, &days));
    const int64_t last = days.valid_to_day == DAY_OPEN ? DAY_OPEN : day_add(days.valid_to_day, -1);
    const int64_t from = from_day > days.valid_from_day ? from_day : days.valid_from_day;
    const int64_t to = to_day < last ? to_day : last;
    if (from <= to) {
        l->at[l->n++] = (struct place_stood){.unit = unit, .from_day = from, .to_day = to};
    }
    return OK;
}

static err lineage_before(struct ctx *c, struct lineage *l)
{
    for (size_t i = 0; i < l->n; i++) {
        struct q_place_came_from *rows;
        size_t n;
        TRY(q_place_came_from(c->db, c->arena, l->at[i].unit, &rows, &n));
        for (size_t k = 0; k < n; k++) {
            TRY(lineage_add(c, l, rows[k].id, 0, day_add(rows[k].from_day, -1)));
        }
    }
    return OK;
}

/* Of the first one, and of what that became. */
static err lineage_behind(struct ctx *c, struct lineage *l)
{
    const size_t before = l->n;
    for (size_t i = 0; i < l->n; i = i == 0 ? before : i + 1) {
        struct q_place_became *rows;
        size_t n = 0;
        if (l->at[i].to_day != DAY_OPEN) { /* what goes on beside a part that left it is still itself */
            TRY(q_place_became(c->db, c->arena, l->at[i].unit, &rows, &n));
        }
        for (size_t k = 0; k < n; k++) {
            TRY(lineage_add(c, l, rows[k].id, rows[k].from_day, DAY_OPEN));
        }
    }
    return OK;
}

static int by_day(const void *pa, const void *pb)
{
    const struct place_stood *a = pa;
    const struct place_stood *b = pb;
    const int day = (a->from_day > b->from_day) - (a->from_day < b->from_day);
    return day != 0 ? day : (a->unit > b->unit) - (a->unit < b->unit);
}

err place_lineage(struct ctx *c, int64_t unit, struct place_stood **out, size_t *out_n)
{
    struct lineage l = {arena_array_of(c->arena, struct place_stood, LINEAGE_MAX), 0};
    if (l.at == NULL) {
        return FAIL(LIMIT);
    }
    TRY(lineage_add(c, &l, unit, 0, DAY_OPEN));
    TRY(lineage_before(c, &l));
    TRY(lineage_behind(c, &l));
    qsort(l.at, l.n, sizeof *l.at, by_day);
    *out = l.at;
    *out_n = l.n;
    return OK;
}

err place_first_home(struct ctx *c, int64_t *out)
{
    struct q_desk_homes *rows;
    size_t n;
    TRY(place_desk_homes(c, &rows, &n));
    if (n == 0) {
        return FAIL(NOT_FOUND);
    }
    *out = rows[0].home;
    return OK;
}

/* ---- villages and mohallas ---- */

/* Several places of one name: what they share is their unit or, failing that, their tehsil. */
static err locality_shared(struct ctx *c, const struct q_locality_named *rows, size_t n, int64_t *out)
{
    struct opt_i64 tehsil;
    bool one_unit = true;
    TRY(place_tehsil(c, rows[0].unit_id, &tehsil));
    for (size_t i = 1; i < n; i++) {
        struct opt_i64 other;
        TRY(place_tehsil(c, rows[i].unit_id, &other));
        one_unit = one_unit && rows[i].unit_id == rows[0].unit_id;
        if (!tehsil.given || !other.given || other.v != tehsil.v) {
            return FAIL(NOT_FOUND);
        }
    }
    *out = one_unit ? rows[0].unit_id : tehsil.v;
    return OK;
}

err place_locality(struct ctx *c, int64_t district, str typed, int64_t *out_unit)
{
    struct q_locality_named *rows;
    size_t n;
    str folded;
    TRY(fold(c->arena, typed, &folded));
    if (folded.n == 0) {
        return FAIL(NOT_FOUND);
    }
    TRY(q_locality_named(c->db, c->arena, district, folded, &rows, &n));
    return n == 0 ? FAIL(NOT_FOUND) : locality_shared(c, rows, n, out_unit);
}

/* ---- names ---- */

err place_within(struct ctx *c, str place, str around, str *out)
{
    enum { NAMES_MAX = 1000 };
    const struct msg_arg args[] = {{"place", place}, {"around", around}};
    SCOPED(buf_free) struct buf text = buf_new(NAMES_MAX);
    msg_put(&text, (enum lang)c->lang, MSG_PLACE_WITHIN, 0, args, sizeof args / sizeof args[0]);
    *out = arena_str(c->arena, buf_str(&text));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err place_name(struct ctx *c, const struct q_place_by_code *unit, str *out)
{
    str name;
    str district;
    TRY(label_find(c, S("unit"), unit->id, &name));
    if (!unit->district_id.given || unit->district_id.v == unit->id) {
        *out = name;
        return OK;
    }
    TRY(label_find(c, S("unit"), unit->district_id.v, &district));
    return place_within(c, name, district, out);
}

str place_fallback(const struct ctx *c, str name_lang)
{
    return str_eq(name_lang, lang_code(c->lang)) ? STR_NONE : name_lang;
}

const char *level_name(int64_t level)
{
    static const char *const names[] = {"country", "province", "division", "district",
                                        "tehsil",  "council",  "place"};
    return level >= LEVEL_COUNTRY && level <= LEVEL_PLACE ? names[level] : "place";
}

err label_find_in(struct ctx *c, str kind, int64_t id, int lang, str *out)
{
    for (;;) {
        const struct q_label_get_in in = {.label_kind_code = kind, .id = id, .lang_code = lang_code(lang)};
        struct q_label_get row;
        const err e = q_label_get(c->db, c->arena, &in, &row);
        if (e.code == ERR_OK) {
            *out = row.label_text;
            return OK;
        }
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
        if (lang == LANG_EN) {
            *out = S("");
            return OK;
        }
        lang = (int)lang_table[lang].fallback;
    }
}

err label_find(struct ctx *c, str kind, int64_t id, str *out)
{
    return label_find_in(c, kind, id, c->lang, out);
}

/* ---- ids ---- */

err id_set_of(struct arena *a, const int64_t *ids, size_t n, struct id_set *out)
{
    int64_t *kept = arena_array_of(a, int64_t, n + 1);
    size_t kept_n = 0;
    if (kept == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        bool there = ids[i] == 0;
        for (size_t k = 0; !there && k < kept_n; k++) {
            there = kept[k] == ids[i];
        }
        if (!there) {
            kept[kept_n++] = ids[i];
        }
    }
    *out = (struct id_set){kept, kept_n};
    return OK;
}
