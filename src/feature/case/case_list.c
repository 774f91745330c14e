#include "case_list.h"

err case_names_of(struct ctx *c, const struct q_case_list *rows, size_t n, struct case_names *out)
{
    int64_t *topics = arena_array_of(c->arena, int64_t, n + 1);
    int64_t *units = arena_array_of(c->arena, int64_t, n + 1);
    if (topics == NULL || units == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        topics[i] = rows[i].topic_id;
        units[i] = rows[i].unit_id;
    }
    TRY(catalogue_names(c, topics, n, &out->services, &out->services_n));
    return place_names(c, units, n, &out->units, &out->units_n);
}

static const struct q_service_names *service(const struct case_names *k, int64_t id)
{
    for (size_t i = 0; i < k->services_n; i++) {
        if (k->services[i].id == id) {
            return &k->services[i];
        }
    }
    return NULL;
}

static const struct q_place_names *unit(const struct case_names *k, int64_t id)
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
    const struct q_service_names *s = service(k, id);
    return s == NULL ? S("") : s->service_code;
}

str case_service_name(const struct case_names *k, int64_t id)
{
    const struct q_service_names *s = service(k, id);
    return s == NULL ? S("") : s->name_text;
}

str case_unit_code(const struct case_names *k, int64_t id)
{
    const struct q_place_names *u = unit(k, id);
    return u == NULL ? S("") : u->unit_code;
}

str case_unit_name(const struct case_names *k, int64_t id)
{
    const struct q_place_names *u = unit(k, id);
    return u == NULL ? S("") : u->name_text;
}
