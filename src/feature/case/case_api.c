/* case_api.c: /api/v1/cases: filing, listing, reading, acting. */
#include "case_api.h"

#include "case_filter.h"
#include "case_list.h"
#include "case_write.h"
#include "format.h"
#include "json.h"
#include "web.h"

enum { LIST_DEFAULT = 50 };

static str ref_text(struct web *w, str digits)
{
    case_ref ref;
    return case_ref_of(w->arena, digits, &ref).code == ERR_OK ? case_ref_text(w->arena, ref) : digits;
}

static void put_due(struct web *w, struct json *j, int64_t due_ms)
{
    json_key(j, S("due"));
    if (due_ms >= case_no_due()) {
        json_nothing(j);
        return;
    }
    json_text(j, format_iso(w->arena, due_ms));
}

/* ---- filing ---- */

static const struct input file_inputs[] = {
    FILE_INPUTS_ASKED("complainant.", true),
    FILE_INPUTS_TOLD("complainant."),
    [F_N] = {"kind", IN_CHOICE, MSG_CASE_FACTS, .choices = (const char *const[]){"complaint", NULL}},
};

static void put_receipt(struct web *w, struct json *j)
{
    json_member(j, S("ref"), ref_text(w, w->receipt.ref));
    json_member(j, S("status"), w->receipt.status);
    put_due(w, j, w->receipt.due_ms);
}

static err answer_filed(struct web *w)
{
    case_ref ref;
    char pin[PIN_LEN];
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    TRY(case_pin(&w->ctx, &ref, pin));
    SCOPED(buf_free) struct buf out = buf_new(4096);
    struct json j = json_to(&out);
    json_object_begin(&j);
    put_receipt(w, &j);
    json_member(&j, S("pin"), (str){pin, PIN_LEN});
    json_end(&j);
    web_header(w, "Location", arena_printf(w->arena, "/api/v1/cases/%.*s", STR_F(w->receipt.ref)));
    return web_json(w, 201, &out);
}

/* ---- listing ---- */

enum { L_LIMIT = L_N };

static const struct input list_inputs[] = {
    LIST_INPUTS,
    [L_LIMIT] = {"limit", IN_NUMBER, MSG_DESK_MORE, CASE_LIST_MAX},
};

static void put_row(struct web *w, struct json *j, const struct case_names *k, const struct q_case_list *row)
{
    json_object_begin(j);
    json_member(j, S("ref"), ref_text(w, row->ref_code));
    json_member(j, S("status"), str_of(complaint_kind.states[row->flow_state]));
    put_due(w, j, row->due_ms);
    json_member(j, S("service"), case_service_code(k, row->topic_id));
    json_member(j, S("unit"), case_unit_code(k, row->unit_id));
    json_member(j, S("sex"), row->sex_code);
    json_member(j, S("filed"), format_iso(w->arena, row->filed_ms));
    json_member(j, S("description"), row->words_text);
    json_end(j);
}

static err show_list(struct web *w)
{
    struct case_filter filter;
    struct q_case_list *rows;
    size_t n;
    bool more;
    struct case_names k;
    TRY(filter_of(w, false, &filter));
    filter.limit = w->in[L_LIMIT].given && w->in[L_LIMIT].n > 0 ? w->in[L_LIMIT].n : LIST_DEFAULT;
    TRY(case_list(&w->ctx, &filter, &rows, &n, &more));
    TRY(case_names_of(&w->ctx, rows, n, &k));
    SCOPED(buf_free) struct buf out = buf_new(8u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("cases"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        put_row(w, &j, &k, &rows[i]);
    }
    json_end(&j);
    json_key(&j, S("next"));
    if (more) {
        json_text(&j, web_cursor(w, (const int64_t[]){rows[n - 1].due_ms, rows[n - 1].subject_id}, 2));
    } else {
        json_nothing(&j);
    }
    json_end(&j);
    return web_json(w, 200, &out);
}

/* ---- one case ---- */

static const struct input one_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true}};

static void put_step(struct web *w, struct json *j, const struct q_step_list *s)
{
    json_object_begin(j);
    json_member(j, S("at"), format_iso(w->arena, s->at_ms));
    json_member(j, S("action"), str_of(complaint_kind.actions[s->action_no]));
    json_member(j, S("from"), str_of(complaint_kind.states[s->from_state]));
    json_member(j, S("to"), str_of(complaint_kind.states[s->to_state]));
    json_member(j, S("by"), str_of(role_name((enum role)s->role_no)));
    json_member(j, S("result"), s->result_code);
    json_member(j, S("via"), s->via_code);
    json_member(j, S("corrected"), s->detail_code);
    json_member(j, S("words"), s->words_text);
    json_end(j);
}

static err put_identity(struct web *w, struct json *j, const struct case_view *v)
{
    struct case_identity who;
    json_key(j, S("complainant"));
    json_object_begin(j);
    json_member(j, S("sex"), v->row.sex_code);
    if (case_identity_for(&w->ctx.actor, v)) {
        const err e = case_identity(&w->ctx, v, &who);
        if (e.code == ERR_OK) {
            json_member(j, S("name"), who.name);
            json_member(j, S("phone"), who.phone);
            json_member(j, S("address"), who.address);
            json_member(j, S("whose_phone"), who.whose_phone);
            json_member_flag(j, S("safe_call"), who.safe_call);
        } else if (e.code != ERR_DENIED && e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    json_end(j);
    return OK;
}

static err show_one(struct web *w)
{
    struct case_view v;
    struct q_step_list *steps;
    size_t n;
    TRY(case_find(&w->ctx, &w->in[0].as.ref, &v));
    bool more;
    TRY(case_timeline(&w->ctx, &v, &steps, &n, &more));
    SCOPED(buf_free) struct buf out = buf_new(4u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("ref"), ref_text(w, v.row.ref_code));
    json_member(&j, S("kind"), v.row.case_kind_code);
    json_member(&j, S("status"), str_of(complaint_kind.states[v.state]));
    put_due(w, &j, v.flow.due_ms);
    json_member(&j, S("service"), v.service_code);
    json_member(&j, S("unit"), v.unit_code);
    json_member(&j, S("office"), v.office_name.n == 0 ? STR_NONE : v.office_name);
    json_member(&j, S("channel"), v.row.channel_code);
    json_member(&j, S("language"), v.row.lang_code);
    json_member(&j, S("filed"), format_iso(w->arena, v.row.filed_ms));
    json_member(&j, S("description"), v.row.words_text);
    json_member(&j, S("place"), v.row.place_text);
    TRY(put_identity(w, &j, &v));
    json_key(&j, S("timeline"));
    json_array_begin(&j);
    for (size_t i = n; i > 0; i--) { /* a story is told from its beginning */
        put_step(w, &j, &steps[i - 1]);
    }
    json_end(&j);
    json_member_flag(&j, S("timeline_cut"), more);
    json_end(&j);
    return web_json(w, 200, &out);
}

/* ---- acting ---- */

enum { A_WHAT = A_N, A_COMMENT, A_ALL };

/* The words of an action may come under the name that fits it. */
static const struct input act_inputs[] = {
    ACT_INPUTS,
    [A_WHAT] = {"what", IN_WORDS, MSG_ACT_REPORT_WORDS, CASE_WORDS_MAX},
    [A_COMMENT] = {"comment", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},
};

static err write_api_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_act act;
    struct case_receipt done;
    act_of(in, &act);
    for (size_t i = A_N; act.words.n == 0 && i < A_ALL; i++) {
        act.words = in[i].given ? in[i].text : STR_NONE;
    }
    TRY(case_do(c, &in[A_REF].as.ref, &act, &done));
    receipt_of(c, &done, out);
    return OK;
}

static err answer_acted(struct web *w)
{
    SCOPED(buf_free) struct buf out = buf_new(4096);
    struct json j = json_to(&out);
    json_object_begin(&j);
    put_receipt(w, &j);
    json_end(&j);
    return web_json(w, 200, &out);
}

/* What the answers hold, for OpenAPI. */
static const char *const filed_members[] = {"ref:string", "pin:string", "status:string", "due:string?", NULL};
static const char *const acted_members[] = {"ref:string", "status:string", "due:string?", NULL};
static const char *const list_members[] = {"cases:array", "next:string?", NULL};
static const char *const case_members[] = {
    "ref:string",         "kind:string",    "status:string",        "due:string?",
    "service:string",     "unit:string",    "office:string?",       "channel:string",
    "language:string",    "filed:string",   "description:string",   "place:string?",
    "complainant:object", "timeline:array", "timeline_cut:boolean", NULL};

const struct route case_api_routes[CASE_API_ROUTES] = {
    {HTTP_GET, "/api/v1/cases", P_CASE_READ, ROUTE_API, INPUTS(list_inputs), .show = show_list,
     .returns = list_members, .doc = MSG_DOC_CASE_LIST},
    {HTTP_POST, "/api/v1/cases", P_CASE_FILE, ROUTE_API, INPUTS(file_inputs), .write = write_case,
     .answer = answer_filed, .returns = filed_members, .doc = MSG_DOC_CASE_NEW},
    {HTTP_GET, "/api/v1/cases/{ref}", P_CASE_READ, ROUTE_API | ROUTE_IDENTITY, INPUTS(one_inputs),
     .show = show_one, .look = look_case, .returns = case_members, .doc = MSG_DOC_CASE_SHOW},
    {HTTP_POST, "/api/v1/cases/{ref}/actions", P_CASE_ACT, ROUTE_API, INPUTS(act_inputs),
     .write = write_api_act, .answer = answer_acted, .returns = acted_members, .doc = MSG_DOC_CASE_ACT},
};
