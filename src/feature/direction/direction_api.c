/* direction_api.c: /api/v1/directions. */
#include "direction_pages.h"
#include "direction_parts.h"
#include "format.h"
#include "json.h"

enum { LIST_BYTES = 1 << 20 };

static str or_none(str s)
{
    return s.n == 0 ? STR_NONE : s;
}

static void put_direction(struct web *w, struct json *j, const struct direction_view *v)
{
    json_object_begin(j);
    json_member(j, S("number"), v->number);
    json_member(j, S("event"), v->row.event_code);
    json_member_i64(j, S("no"), v->row.direction_no);
    json_member(j, S("state"), direction_state_code(v->state));
    json_member(j, S("side"), v->row.side_code);
    json_member(j, S("office_name"), or_none(v->office_name));
    json_member(j, S("post"), v->row.post_text);
    json_member_flag(j, S("vacant"), v->row.vacant_flag != 0);
    json_member(j, S("horizon"), v->row.horizon_code);
    json_member(j, S("words"), v->row.words_text);
    json_member(j, S("given"), format_day_iso(w->arena, v->row.given_day));
    json_member(j, S("due"), format_day_iso(w->arena, v->row.due_day));
    json_member_flag(j, S("late"), v->late);
    json_member(j, S("case"), or_none(v->case_ref));
    json_member_i64(j, S("step"), v->flow.step_no);
    json_end(j);
}

static err show_all(struct web *w)
{
    struct direction_view *rows;
    size_t n;
    bool more;
    struct direction_filter f = direction_filter_of(w);
    TRY(direction_list_after(w, &f));
    TRY(direction_list(&w->ctx, &f, &rows, &n, &more));
    SCOPED(buf_free) struct buf out = buf_new(LIST_BYTES);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("directions"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        put_direction(w, &j, &rows[i]);
    }
    json_end(&j);
    const int64_t keys[] = {more ? rows[n - 1].flow.due_ms : 0, more ? rows[n - 1].row.id : 0};
    json_member(&j, S("after"), more ? web_cursor(w, keys, 2) : STR_NONE);
    json_end(&j);
    return web_json(w, 200, &out);
}

static err show_one(struct web *w)
{
    struct direction_view v;
    TRY(direction_find(&w->ctx, w->in[D_EVENT].text, w->in[D_NO].n, &v));
    SCOPED(buf_free) struct buf out = buf_new(LIST_BYTES);
    struct json j = json_to(&out);
    put_direction(w, &j, &v);
    return web_json(w, 200, &out);
}

static err answer_act(struct web *w)
{
    SCOPED(buf_free) struct buf out = buf_new(LIST_BYTES);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("event"), w->receipt.ref);
    json_member(&j, S("state"), w->receipt.status);
    json_end(&j);
    return web_json(w, 200, &out);
}

#define MEMBERS(before)                                                                                    \
    before "number:string", before "event:string", before "no:integer", before "state:string",             \
        before "side:string", before "office_name:string?", before "post:string", before "vacant:boolean", \
        before "horizon:string", before "words:string", before "given:string", before "due:string",        \
        before "late:boolean", before "case:string?", before "step:integer"

static const char *const list_members[] = {"directions:array", MEMBERS("directions."), "after:string?", NULL};
static const char *const one_members[] = {MEMBERS(""), NULL};
static const char *const done_members[] = {"event:string", "state:string", NULL};

enum { ONE_INPUTS = 2 }; /* event and number */

const struct route direction_api_routes[DIRECTION_API_ROUTES] = {
    {HTTP_GET, "/api/v1/directions", P_DIRECTION_ACT, ROUTE_API, INPUTS(direction_list_inputs),
     .show = show_all, .returns = list_members, .doc = MSG_DOC_DIRECTION_LIST},
    {HTTP_GET, "/api/v1/directions/{event}/{no}", P_DIRECTION_ACT, ROUTE_API, .inputs = direction_inputs,
     .inputs_n = ONE_INPUTS, .show = show_one, .returns = one_members, .doc = MSG_DOC_DIRECTION_ONE},
    {HTTP_POST, "/api/v1/directions/{event}/{no}/steps", P_DIRECTION_ACT, ROUTE_API, INPUTS(direction_inputs),
     .write = write_direction, .answer = answer_act, .returns = done_members, .doc = MSG_DOC_DIRECTION_ONE},
};
