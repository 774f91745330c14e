/* catalogue_api.c: GET /api/v1/services. */
#include "catalogue.h"
#include "catalogue_feature.h"
#include "json.h"

static void put_service(struct json *j, const struct q_service_all *s)
{
    json_object_begin(j);
    json_member(j, S("code"), s->service_code);
    json_member(j, S("name"), s->name_text);
    json_member_flag(j, S("municipal"), s->municipal_flag != 0);
    json_member(j, S("sensitivity"), s->sensitivity_code);
    json_key(j, S("limit_days"));
    if (s->limit_days.given) {
        json_i64(j, s->limit_days.v);
    } else {
        json_nothing(j);
    }
    json_member(j, S("basis"), s->basis_text);
    json_member_flag(j, S("verify"), s->verify_flag != 0);
    json_end(j);
}

static err show_services(struct web *w)
{
    struct q_service_all *services;
    size_t n;
    TRY(catalogue_list(&w->ctx, &services, &n));
    SCOPED(buf_free) struct buf out = buf_new(1u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("services"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        put_service(&j, &services[i]);
    }
    json_end(&j);
    json_end(&j);
    return web_json(w, 200, &out);
}

static const char *const members[] = {"services:array", NULL};

static const struct route routes[] = {
    {HTTP_GET, "/api/v1/services", P_PUBLIC, ROUTE_API, .show = show_services, .returns = members,
     .doc = MSG_DOC_SERVICE_LIST},
};

const struct feature catalogue_feature = {
    .name = "catalogue", .api = routes, .api_n = sizeof routes / sizeof routes[0]};
