/* place_api.c: GET /api/v1/units. */
#include "place_feature.h"

#include "json.h"
#include "place.h"

static err show_units(struct web *w)
{
    struct q_place_all *units;
    size_t n;
    TRY(place_list(&w->ctx, &units, &n));
    SCOPED(buf_free) struct buf out = buf_new(4u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("units"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        str parent = STR_NONE;
        for (size_t k = 0; k < i && units[i].parent_id.given; k++) {
            if (units[k].id == units[i].parent_id.v) {
                parent = units[k].unit_code;
            }
        }
        json_object_begin(&j);
        json_member(&j, S("code"), units[i].unit_code);
        json_member(&j, S("level"), str_of(level_name(units[i].level_no)));
        json_member(&j, S("parent"), parent);
        json_member(&j, S("name"), units[i].name_text);
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
    return web_json(w, 200, &out);
}

static const char *const members[] = {"units:array", NULL};

static const struct route routes[] = {
    {HTTP_GET, "/api/v1/units", P_PUBLIC, ROUTE_API, .show = show_units, .returns = members,
     .doc = MSG_DOC_UNIT_LIST},
};

const struct feature place_feature = {
    .name = "place", .api = routes, .api_n = sizeof routes / sizeof routes[0]};
