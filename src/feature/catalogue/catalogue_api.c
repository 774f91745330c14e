/* catalogue_api.c: GET /api/v1/services. */
#include "catalogue.h"
#include "catalogue_feature.h"
#include "catalogue_pages.h"
#include "json.h"
#include "place.h"

static err put_documents(struct web *w, struct json *j, const struct q_service_all *s)
{
    struct q_service_documents *rows;
    size_t n;
    TRY(catalogue_documents(&w->ctx, s->id, &rows, &n));
    json_key(j, S("documents"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(j);
        json_member(j, S("code"), rows[i].document_code);
        json_member(j, S("name"), rows[i].name_text);
        json_end(j);
    }
    json_end(j);
    return OK;
}

static err put_service(struct web *w, struct json *j, const struct q_service_all *s,
                       const struct q_service_terms_at *t)
{
    json_object_begin(j);
    json_member(j, S("code"), s->service_code);
    json_member(j, S("name"), s->name_text);
    json_member(j, S("group"), s->group_code);
    json_member_flag(j, S("municipal"), s->municipal_flag != 0);
    json_member(j, S("sensitivity"), s->sensitivity_code);
    json_member_flag(j, S("can_file"), catalogue_takes_down(s->sensitivity_code));
    json_member_flag(j, S("application"), s->application_flag != 0);
    TRY(put_documents(w, j, s));
    json_key(j, S("limit_days"));
    if (t->limit_days.given) {
        json_i64(j, t->limit_days.v);
    } else {
        json_nothing(j);
    }
    json_member(j, S("basis"), t->id == 0 ? S("") : t->basis_text);
    json_member_flag(j, S("verify"),
                     t->id == 0 || t->verify_flag != 0); /* nobody has verified what is not there */
    json_member(j, S("answered_by"), t->answered_text);
    json_member(j, S("appeal_to"), t->appeal_text);
    json_member(j, S("helpline"), t->helpline_text);
    json_end(j);
    return OK;
}

/* The place asked for, else the district of the first desk; 0: there is neither. */
static err place_of(struct web *w, int64_t *out)
{
    struct q_place_by_code unit;
    if (w->in[0].given) {
        TRY(place_find(&w->ctx, w->in[0].text, &unit));
        *out = unit.id;
        return OK;
    }
    const err e = place_first_home(&w->ctx, out);
    if (e.code == ERR_NOT_FOUND) {
        *out = 0;
        return OK;
    }
    return e;
}

static err show_services(struct web *w)
{
    struct q_service_all *services;
    struct q_service_terms_at *terms;
    size_t n;
    int64_t unit;
    const err at = place_of(w, &unit);
    if (at.code == ERR_NOT_FOUND) {
        return web_problem(w, 404, MSG_PLACE_UNKNOWN);
    }
    TRY(at);
    TRY(catalogue_list(&w->ctx, &services, &n));
    TRY(catalogue_terms(&w->ctx, unit, services, n, &terms));
    SCOPED(buf_free) struct buf out = buf_new(1u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("services"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        TRY(put_service(w, &j, &services[i], &terms[i]));
    }
    json_end(&j);
    json_end(&j);
    return web_json(w, 200, &out);
}

static const struct input inputs[] = {{"unit", IN_CODE, MSG_CASE_UNIT, .max = 40}};
static const char *const members[] = {"services:array", NULL};

static const struct route routes[] = {
    {HTTP_GET, "/api/v1/services", P_PUBLIC, ROUTE_API, INPUTS(inputs), .show = show_services,
     .returns = members, .doc = MSG_DOC_SERVICE_LIST},
};

const struct feature catalogue_feature = {.name = "catalogue",
                                          .routes = catalogue_routes,
                                          .routes_n = CATALOGUE_ROUTES,
                                          .api = routes,
                                          .api_n = sizeof routes / sizeof routes[0]};
