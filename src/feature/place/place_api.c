/* place_api.c: GET /api/v1/units. */
#include "place_feature.h"

#include "json.h"
#include "place.h"

enum { IN_UNDER, IN_GROUP, INPUTS_N };

/* What is told beside the units themselves. */
struct told {
    const struct q_unit_group_members *members;
    size_t members_n;
    const struct q_desk_homes *desks;
    size_t desks_n;
    str group; /* only units of this group; empty: all */
};

static bool in_group(const struct told *t, int64_t unit)
{
    for (size_t i = 0; i < t->members_n; i++) {
        if (t->members[i].unit_id == unit && str_eq(t->members[i].group_code, t->group)) {
            return true;
        }
    }
    return false;
}

static bool served(const struct told *t, struct opt_i64 district)
{
    for (size_t i = 0; district.given && i < t->desks_n; i++) {
        if (t->desks[i].home == district.v) {
            return true;
        }
    }
    return false;
}

static void put_unit(struct json *j, const struct told *t, const struct q_place_all *u)
{
    json_object_begin(j);
    json_member(j, S("code"), u->unit_code);
    json_member(j, S("level"), str_of(level_name(u->level_no)));
    json_member(j, S("parent"), u->parent_code);
    json_member(j, S("name"), u->name_text);
    json_member_flag(j, S("served"), served(t, u->district_id));
    json_key(j, S("groups"));
    json_array_begin(j);
    for (size_t i = 0; i < t->members_n; i++) {
        if (t->members[i].unit_id == u->id) {
            json_text(j, t->members[i].group_code);
        }
    }
    json_end(j);
    if (u->council_code.p != NULL) {
        json_member(j, S("kind"), u->council_code);
    }
    if (u->invented_flag != 0) {
        json_member_flag(j, S("invented"), true);
    }
    json_end(j);
}

static err units_of(struct web *w, struct q_place_all **out, size_t *out_n)
{
    struct q_place_by_code around;
    if (!w->in[IN_UNDER].given) {
        return place_list(&w->ctx, out, out_n);
    }
    TRY(place_find(&w->ctx, w->in[IN_UNDER].text, &around));
    return place_list_below(&w->ctx, around.id, out, out_n);
}

static bool group_known(const struct told *t, const struct q_unit_group_all *groups, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(groups[i].group_code, t->group)) {
            return true;
        }
    }
    return t->group.n == 0;
}

static err told_of(struct web *w, struct told *out, bool *out_known)
{
    struct q_unit_group_all *groups;
    struct q_unit_group_members *members;
    struct q_desk_homes *desks;
    size_t groups_n;
    TRY(place_groups(&w->ctx, &groups, &groups_n));
    TRY(place_group_members(&w->ctx, &members, &out->members_n));
    TRY(place_desk_homes(&w->ctx, &desks, &out->desks_n));
    out->members = members;
    out->desks = desks;
    out->group = w->in[IN_GROUP].given ? w->in[IN_GROUP].text : S("");
    *out_known = group_known(out, groups, groups_n);
    return OK;
}

static err show_units(struct web *w)
{
    struct q_place_all *units;
    struct told told;
    bool known;
    size_t n;
    TRY(told_of(w, &told, &known));
    const err found = units_of(w, &units, &n);
    if (found.code == ERR_NOT_FOUND || !known) {
        return web_problem(w, 404, MSG_PLACE_UNKNOWN);
    }
    TRY(found);
    SCOPED(buf_free) struct buf out = buf_new(8u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("units"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        if (told.group.n == 0 || in_group(&told, units[i].id)) {
            put_unit(&j, &told, &units[i]);
        }
    }
    json_end(&j);
    json_end(&j);
    return web_json(w, 200, &out);
}

static const struct input inputs[INPUTS_N] = {
    [IN_UNDER] = {"under", IN_CODE, MSG_CASE_UNIT, .max = 40},
    [IN_GROUP] = {"group", IN_CODE, MSG_PLACE_GROUP, .max = 40},
};
static const char *const members[] = {"units:array", NULL};

static const struct route routes[] = {
    {HTTP_GET, "/api/v1/units", P_PUBLIC, ROUTE_API, INPUTS(inputs), .show = show_units, .returns = members,
     .doc = MSG_DOC_UNIT_LIST},
};

const struct feature place_feature = {
    .name = "place", .api = routes, .api_n = sizeof routes / sizeof routes[0]};
