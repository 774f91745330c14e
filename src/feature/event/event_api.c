/* event_api.c: /api/v1/events. */
#include "clock.h"
#include "event_pages.h"
#include "format.h"
#include "json.h"

enum { L_KIND, L_AUDIENCE, L_MONTH, L_UNIT, L_STATE, L_AFTER, L_LIMIT };
enum { LIST_DEFAULT = 50, OUT_MAX = 1 << 20 };

static const struct input list_inputs[] = {
    [L_KIND] = {"kind", IN_CHOICE, MSG_EVENT_KIND, .choices = event_kind_codes},
    [L_AUDIENCE] = {"audience", IN_CHOICE, MSG_EVENT_AUDIENCE, .choices = event_audience_codes},
    [L_MONTH] = {"month", IN_NUMBER, MSG_EVENT_MONTH, 999912},
    [L_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT},
    [L_STATE] = {"state", IN_CHOICE, MSG_EVENT_STATE, .choices = event_state_codes},
    [L_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE},
    [L_LIMIT] = {"limit", IN_NUMBER, MSG_DESK_MORE, EVENT_LIST_MAX - 1},
};

static err put_row(struct web *w, struct json *j, const struct q_event_list *r)
{
    struct q_place_by_id unit;
    TRY(q_place_by_id(w->ctx.db, w->arena, r->unit_id, &unit));
    json_object_begin(j);
    json_member(j, S("code"), r->event_code);
    json_member(j, S("kind"), r->event_kind_code);
    json_member(j, S("audience"), r->audience_code);
    json_member(j, S("title"), r->title_text);
    json_member(j, S("state"), str_of(event_kind.states[r->flow_state]));
    json_member(j, S("unit"), unit.unit_code);
    json_member(j, S("venue"), r->venue_text);
    json_member(j, S("day"), format_day_iso(w->arena, r->event_day));
    json_member(j, S("from"), minutes_text(w->arena, r->from_min_n));
    json_member(j, S("to"), minutes_text(w->arena, r->to_min_n));
    json_member_flag(j, S("announced"), r->announced_flag == 1);
    json_end(j);
    return OK;
}

static err show_list(struct web *w)
{
    const struct given *in = w->in;
    int64_t keys[2] = {0, 0};
    struct q_event_list *rows;
    size_t n;
    if (in[L_AFTER].given) {
        TRY(web_cursor_keys(w, L_AFTER, keys, 2));
    }
    const size_t limit = in[L_LIMIT].given && in[L_LIMIT].n > 0 ? (size_t)in[L_LIMIT].n : LIST_DEFAULT;
    const struct event_filter f = {.kind = in[L_KIND].given ? in[L_KIND].text : STR_NONE,
                                   .audience = in[L_AUDIENCE].given ? in[L_AUDIENCE].text : STR_NONE,
                                   .unit = in[L_UNIT].given ? in[L_UNIT].text : STR_NONE,
                                   .state = in[L_STATE].given ? SOME(in[L_STATE].n) : NONE_I64,
                                   .month = in[L_MONTH].given ? in[L_MONTH].n : 0,
                                   .after_day = keys[0],
                                   .after_id = keys[1],
                                   .limit = (int64_t)limit + 1};
    TRY(event_list(&w->ctx, &f, &rows, &n));
    SCOPED(buf_free) struct buf out = buf_new(OUT_MAX);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("events"));
    json_array_begin(&j);
    for (size_t i = 0; i < n && i < limit; i++) {
        TRY(put_row(w, &j, &rows[i]));
    }
    json_end(&j);
    json_member(&j, S("next"),
                n > limit ? web_cursor(w, (const int64_t[]){rows[limit - 1].event_day, rows[limit - 1].id}, 2)
                          : STR_NONE);
    json_end(&j);
    return web_json(w, 200, &out);
}

/* ---- one of them ---- */

static const struct input one_inputs[] = {EVENT_CODE_INPUT};

static void put_minutes(struct web *w, struct json *j, str key, struct opt_i64 minutes)
{
    json_member(j, key, minutes.given ? minutes_text(w->arena, minutes.v) : STR_NONE);
}

static void put_plan(struct web *w, struct json *j, const struct event_view *v)
{
    const struct q_event_get *r = &v->row;
    json_member(j, S("code"), r->event_code);
    json_member(j, S("kind"), r->event_kind_code);
    json_member(j, S("audience"), r->audience_code);
    json_member(j, S("series"), r->series_text);
    json_member(j, S("title"), r->title_text);
    json_member(j, S("state"), str_of(event_kind.states[v->state]));
    json_member(j, S("unit"), v->unit_code);
    json_member(j, S("venue"), r->venue_text);
    json_member(j, S("venue_kind"), r->venue_kind_code);
    json_member(j, S("day"), format_day_iso(w->arena, r->event_day));
    json_member(j, S("from"), minutes_text(w->arena, r->from_min_n));
    json_member(j, S("to"), minutes_text(w->arena, r->to_min_n));
    put_minutes(w, j, S("female_from"), r->female_from_n);
    put_minutes(w, j, S("female_to"), r->female_to_n);
    json_member(j, S("seating"), r->seating_code);
    json_member_flag(j, S("transport"), r->transport_flag == 1);
    json_member_flag(j, S("childcare"), r->childcare_flag == 1);
    json_member_flag(j, S("purdah"), r->purdah_flag == 1);
    json_member_i64(j, S("female_staff"), r->female_staff_n);
    json_member(j, S("chair"), r->chair_text);
    json_member(j, S("plan"), r->plan_text);
    json_member(j, S("why_unplanned"), r->why_text);
    json_member(j, S("source"), r->source_code);
    json_member_flag(j, S("announced"), r->announced_flag == 1);
}

static err put_summoned(struct web *w, struct json *j, const struct event_view *v)
{
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_summoned(&w->ctx, v, &rows, &n));
    json_key(j, S("summoned"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(j);
        json_member(j, S("body"), rows[i].body_code);
        json_member(j, S("came"), rows[i].came_code);
        json_end(j);
    }
    json_end(j);
    return OK;
}

/* Role × gender, all cells. */
static err put_cells(struct web *w, struct json *j, const struct event_view *v)
{
    struct event_cells cells;
    TRY(event_cells(&w->ctx, v->row.home, v->row.id, &cells));
    json_key(j, S("attendance"));
    json_object_begin(j);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        json_key(j, event_role_words[r].code);
        json_object_begin(j);
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            json_member_i64(j, event_sex_words[s].code, cells.at[r][s].people);
        }
        json_end(j);
    }
    json_member_i64(j, S("all"), cells.all.people);
    json_end(j);
    return OK;
}

static err show_one(struct web *w)
{
    struct event_view v;
    TRY(event_find(&w->ctx, w->in[0].text, &v));
    SCOPED(buf_free) struct buf out = buf_new(OUT_MAX);
    struct json j = json_to(&out);
    json_object_begin(&j);
    put_plan(w, &j, &v);
    TRY(put_summoned(w, &j, &v));
    TRY(put_cells(w, &j, &v));
    json_end(&j);
    return web_json(w, 200, &out);
}

/* ---- a new one ---- */

static err answer_planned(struct web *w)
{
    SCOPED(buf_free) struct buf out = buf_new(OUT_MAX);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("code"), w->receipt.note);
    json_end(&j);
    return web_json(w, 201, &out);
}

static const char *const planned_returns[] = {"code:string", NULL};
static const char *const list_returns[] = {"events:array",        "events.code:string",
                                           "events.kind:string",  "events.audience:string",
                                           "events.title:string", "events.state:string",
                                           "events.unit:string",  "events.venue:string",
                                           "events.day:string",   "events.from:string",
                                           "events.to:string",    "events.announced:boolean",
                                           "next:string?",        NULL};
static const char *const one_returns[] = {"code:string",
                                          "kind:string",
                                          "audience:string",
                                          "series:string?",
                                          "title:string",
                                          "state:string",
                                          "unit:string",
                                          "venue:string",
                                          "venue_kind:string",
                                          "day:string",
                                          "from:string",
                                          "to:string",
                                          "female_from:string?",
                                          "female_to:string?",
                                          "seating:string",
                                          "transport:boolean",
                                          "childcare:boolean",
                                          "purdah:boolean",
                                          "female_staff:integer",
                                          "chair:string",
                                          "plan:string?",
                                          "why_unplanned:string?",
                                          "source:string",
                                          "announced:boolean",
                                          "summoned:array",
                                          "summoned.body:string",
                                          "summoned.came:string",
                                          "attendance:object",
                                          NULL};

const struct route event_api_routes[EVENT_API_ROUTES] = {
    {HTTP_GET, "/api/v1/events", P_EVENT_READ, ROUTE_API, INPUTS(list_inputs), .show = show_list,
     .returns = list_returns, .doc = MSG_DOC_EVENT_LIST},
    {HTTP_POST, "/api/v1/events", P_EVENT_PLAN, ROUTE_API, INPUTS(plan_inputs), .write = write_plan,
     .answer = answer_planned, .returns = planned_returns, .doc = MSG_DOC_EVENT_PLAN},
    {HTTP_GET, "/api/v1/events/{code}", P_EVENT_READ, ROUTE_API, INPUTS(one_inputs), .show = show_one,
     .returns = one_returns, .doc = MSG_DOC_EVENT_ONE},
};
