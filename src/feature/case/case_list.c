#include "case_list.h"

err case_names_of(struct ctx *c, struct case_names *out)
{
    TRY(catalogue_list(c, &out->services, &out->services_n));
    return place_list_district(c, c->actor.home, &out->units, &out->units_n);
}

static const struct q_service_all *service(const struct case_names *k, int64_t id)
{
    for (size_t i = 0; i < k->services_n; i++) {
        if (k->services[i].id == id) {
            return &k->services[i];
        }
    }
    return NULL;
}

static const struct q_place_in_district *unit(const struct case_names *k, int64_t id)
{
    for (size_t i = 0; i < k->units_n; i++) {
        if (k->units[i].id == id) {
            return &k->units[i];
        }
    }
    return NULL;
}

str case_service_code(const struct case_names *k, int64_t id)
{
    const struct q_service_all *s = service(k, id);
    return s == NULL ? S("") : s->service_code;
}

str case_service_name(const struct case_names *k, int64_t id)
{
    const struct q_service_all *s = service(k, id);
    return s == NULL ? S("") : s->name_text;
}

str case_unit_code(const struct case_names *k, int64_t id)
{
    const struct q_place_in_district *u = unit(k, id);
    return u == NULL ? S("") : u->unit_code;
}

str case_unit_name(const struct case_names *k, int64_t id)
{
    const struct q_place_in_district *u = unit(k, id);
    return u == NULL ? S("") : u->name_text;
}
