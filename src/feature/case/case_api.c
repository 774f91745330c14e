/* case_api.c: /api/v1/cases: filing, listing, reading, acting. */
#include "case_api.h"

#include "case_evidence.h"
#include "case_evidence_pages.h"
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

static str or_null(str s)
{
    return s.n == 0 ? STR_NONE : s;
}

/* Why it is not possible now, and when it is looked at again; both null when it is not so. */
static void put_not_possible(struct web *w, struct json *j, str reason, struct opt_i64 next_day)
{
    json_member(j, S("reason"), or_null(reason));
    json_member(j, S("next_date"), next_day.given ? format_day_iso(w->arena, next_day.v) : STR_NONE);
}

/* ---- filing ---- */

static const struct input file_inputs[] = {
    FILE_INPUTS_ASKED("complainant.", true),
    FILE_INPUTS_TOLD("complainant."),
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
    json_member(j, S("kind"), row->case_kind_code);
    json_member(j, S("status"), str_of(complaint_kind.states[row->flow_state]));
    json_member_flag(j, S("reported_by_programme"), (row->mark_no & MARK_REPORTED) != 0);
    put_due(w, j, row->due_ms);
    put_not_possible(w, j, row->reason_code, row->next_day);
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

static void put_step(struct web *w, struct json *j, const struct q_step_list *s, bool undone)
{
    const bool given = s->action_no == CASE_ASSIGN || s->action_no == CASE_MARK;
    const bool corrected = s->action_no == CASE_AMEND;
    json_object_begin(j);
    json_member_i64(j, S("step"), s->step_no);
    json_member(j, S("at"), format_iso(w->arena, s->at_ms));
    json_member(j, S("action"), str_of(complaint_kind.actions[s->action_no]));
    json_member(j, S("from"), str_of(complaint_kind.states[s->from_state]));
    json_member(j, S("to"), str_of(complaint_kind.states[s->to_state]));
    json_member(j, S("by"), str_of(role_name((enum role)s->role_no)));
    json_member(j, S("result"), s->result_code);
    put_not_possible(w, j, s->reason_code, s->next_day);
    json_member(j, S("via"), s->via_code);
    json_member(j, S("given_to"), given ? s->detail_code : STR_NONE);
    json_member(j, S("corrected"), corrected ? s->detail_code : STR_NONE);
    json_member(j, S("words"), s->words_text);
    json_member_flag(j, S("undone"), undone);
    json_end(j);
}

static const char *const difficulty_names[CASE_DIFFICULTIES_ASKED] = {"seeing",      "hearing",   "walking",
                                                                      "remembering", "self_care", "speaking"};

static void put_who(struct json *j, const struct case_identity *who)
{
    json_member(j, S("name"), or_null(who->name));
    json_member(j, S("alias"), or_null(who->alias));
    json_member(j, S("relation"), or_null(who->relation));
    json_member(j, S("relation_name"), or_null(who->relation_name));
    json_member(j, S("cnic"), or_null(who->cnic));
    json_member(j, S("phone"), or_null(who->phone));
    json_member(j, S("whose_phone"), or_null(who->whose_phone));
    json_member_flag(j, S("safe_call"), who->safe_call);
    json_member_flag(j, S("safe_sms"), who->safe_sms);
    json_member(j, S("call_when"), or_null(who->when));
    json_member(j, S("address"), or_null(who->address));
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        json_member(j, str_of(difficulty_names[i]), or_null(who->difficulty[i]));
    }
}

static err put_consents(struct web *w, struct json *j, const struct case_view *v)
{
    str agreed[CASE_purpose_n];
    TRY(case_consents(&w->ctx, v, agreed));
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        json_member(j, arena_printf(w->arena, "consent_%.*s", STR_F(case_purpose_words[i].code)),
                    or_null(agreed[i]));
    }
    return OK;
}

static void put_signatories(struct json *j, const struct case_identity *who)
{
    json_key(j, S("signatories"));
    json_array_begin(j);
    for (size_t i = 0; i < who->signatories_n; i++) {
        json_text(j, who->signatories[i]);
    }
    json_end(j);
}

/* Who it is of: to all who work on it no more than the figures need; to the desk what she told. */
static err put_complainant(struct web *w, struct json *j, const struct case_view *v)
{
    struct case_identity who = {.signatories_n = 0};
    const bool desk = case_identity_for(&w->ctx.actor, v);
    const err e = desk ? case_identity(&w->ctx, v, &who) : FAIL(DENIED);
    if (e.code != ERR_OK && e.code != ERR_DENIED && e.code != ERR_NOT_FOUND) {
        return e;
    }
    json_key(j, S("complainant"));
    json_object_begin(j);
    json_member(j, S("sex"), v->row.sex_code);
    json_member(j, S("brought_by"), v->row.behalf_code);
    json_member_flag(j, S("anonymous"), v->row.anonymous_flag != 0);
    if (desk) {
        json_member(j, S("spoken"), or_null(v->row.spoken_code));
        json_member(j, S("age"), v->row.age_code);
        json_member(j, S("minority"), v->row.minority_code);
        json_member(j, S("disability"), v->row.disability_code);
        TRY(put_consents(w, j, v));
    }
    if (e.code == ERR_OK) {
        put_who(j, &who);
    }
    json_end(j);
    if (e.code == ERR_OK) {
        put_signatories(j, &who);
    }
    return OK;
}

static err put_papers(struct web *w, struct json *j, const struct case_view *v)
{
    struct case_paper *rows;
    size_t n;
    TRY(case_papers(&w->ctx, v, &rows, &n));
    json_key(j, S("documents"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(j);
        json_member(j, S("code"), rows[i].code);
        json_member(j, S("name"), rows[i].name);
        json_member_flag(j, S("given"), rows[i].given);
        json_end(j);
    }
    json_end(j);
    return OK;
}

/* Who has it: the user names to which it was given and marked. */
static err put_holders(struct web *w, struct json *j, const struct case_view *v)
{
    struct q_officer_list *rows;
    size_t n;
    str given = STR_NONE;
    str marked = STR_NONE;
    TRY(case_officers(&w->ctx, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        given = v->flow.assignee_id.given && v->flow.assignee_id.v == rows[i].id ? rows[i].login_code : given;
        marked = v->flow.marked_id.given && v->flow.marked_id.v == rows[i].id ? rows[i].login_code : marked;
    }
    json_member(j, S("office"), or_null(v->office_name));
    json_member(j, S("officer"), given);
    json_member(j, S("marked"), marked);
    return OK;
}

/* The case of the same fault that she joined; null when none, or when it is not to be named to this person.
 */
static err put_same(struct web *w, struct json *j, const struct case_view *v)
{
    struct q_case_get first;
    json_member_i64(j, S("told"), v->told_n);
    if (!v->row.same_as_id.given || w->ctx.actor.role == ROLE_OFFICER) {
        json_member(j, S("same_as"), STR_NONE);
        return OK;
    }
    TRY(q_case_get(w->ctx.db, w->arena, v->row.home, v->row.same_as_id.v, &first));
    json_member(j, S("same_as"), ref_text(w, first.ref_code));
    return OK;
}

/* Whom it goes past; and for the desk alone what she said about members in the room. */
static err put_bars(struct web *w, struct json *j, const struct case_view *v)
{
    bool past;
    str room = STR_NONE;
    TRY(case_past_desk(&w->ctx, v, &past));
    if (w->ctx.actor.role == ROLE_DESK) {
        TRY(case_room(&w->ctx, v, &room));
    }
    json_member_flag(j, S("past_desk"), past);
    json_member(j, S("room"), or_null(room));
    return OK;
}

static err put_timeline(struct web *w, struct json *j, const struct case_view *v)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    TRY(case_timeline(&w->ctx, v, &steps, &n, &more));
    json_key(j, S("timeline"));
    json_array_begin(j);
    for (size_t i = n; i > 0; i--) { /* a story is told from its beginning */
        const bool undone = i > 1 && steps[i - 2].action_no == CASE_UNDO;
        put_step(w, j, &steps[i - 1], undone);
    }
    json_end(j);
    json_member_flag(j, S("timeline_cut"), more);
    return OK;
}

/* What there is; the bytes are on the pages, where each look at a voice is recorded. */
static err put_evidence(struct web *w, struct json *j, const struct case_view *v)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    json_key(j, S("evidence"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        const struct q_evidence_list *r = &rows[i].at;
        json_object_begin(j);
        json_member_i64(j, S("number"), r->piece_no);
        json_member(j, S("media"), r->media_code);
        json_member(j, S("from"), r->from_code);
        json_member(j, S("pair"), str_eq(r->pair_code, S("none")) ? STR_NONE : r->pair_code);
        json_member(j, S("state"), r->piece_code);
        json_member_flag(j, S("visible"), rows[i].may);
        if (rows[i].may && r->received_hash.n == DIGEST_LEN) {
            char hex[DIGEST_HEX + 1];
            digest_hex((const uint8_t *)r->received_hash.p, hex);
            json_member(j, S("received_sha256"), arena_str(w->arena, str_of(hex)));
        }
        json_member(j, S("added"), format_iso(w->arena, r->created_ms));
        json_end(j);
    }
    json_end(j);
    return OK;
}

static void put_matter(struct web *w, struct json *j, const struct case_view *v)
{
    json_member(j, S("ref"), ref_text(w, v->row.ref_code));
    json_member(j, S("kind"), v->row.case_kind_code);
    json_member(j, S("status"), str_of(complaint_kind.states[v->state]));
    json_member_i64(j, S("step"), v->flow.step_no);
    put_due(w, j, v->flow.due_ms);
    put_not_possible(w, j, v->flow.reason_code, v->flow.next_day);
    json_member(j, S("service"), v->service_code);
    json_member(j, S("unit"), v->unit_code);
    json_member(j, S("channel"), v->row.channel_code);
    json_member(j, S("language"), v->row.lang_code);
    json_member(j, S("filed"), format_iso(w->arena, v->row.filed_ms));
    json_member(j, S("description"), v->row.words_text);
    json_member(j, S("place"), v->row.place_text);
    json_member_i64(j, S("signed"), v->row.group_n);
}

static err show_one(struct web *w)
{
    struct case_view v;
    TRY(case_find(&w->ctx, &w->in[0].as.ref, &v));
    SCOPED(buf_free) struct buf out = buf_new(4u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    put_matter(w, &j, &v);
    TRY(put_holders(w, &j, &v));
    TRY(put_same(w, &j, &v));
    TRY(put_bars(w, &j, &v));
    TRY(put_complainant(w, &j, &v));
    TRY(put_papers(w, &j, &v));
    json_member_flag(&j, S("undoable"), case_may(&w->ctx, &v, CASE_UNDO));
    TRY(put_evidence(w, &j, &v));
    TRY(put_timeline(w, &j, &v));
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
static const char *const list_members[] = {"cases:array",
                                           "cases.ref:string",
                                           "cases.kind:string",
                                           "cases.status:string",
                                           "cases.due:string?",
                                           "cases.reason:string?",
                                           "cases.next_date:string?",
                                           "cases.service:string",
                                           "cases.unit:string",
                                           "cases.sex:string",
                                           "cases.filed:string",
                                           "cases.description:string",
                                           "next:string?",
                                           NULL};
static const char *const case_members[] = {
    "ref:string", "kind:string", "status:string", "step:integer", "due:string?", "reason:string?",
    "next_date:string?", "service:string", "unit:string", "channel:string", "language:string", "filed:string",
    "description:string", "place:string?", "signed:integer", "office:string?", "officer:string?",
    "marked:string?", "told:integer", "same_as:string?", "past_desk:boolean", "room:string?",
    /* What stands below a number or a name is for the desk alone. */
    "complainant:object", "complainant.sex:string", "complainant.brought_by:string",
    "complainant.anonymous:boolean", "complainant.spoken:string?", "complainant.age:string",
    "complainant.minority:string", "complainant.disability:string", "complainant.consent_record:string?",
    "complainant.consent_call:string?", "complainant.consent_hand_over:string?",
    "complainant.consent_figures:string?", "complainant.name:string?", "complainant.alias:string?",
    "complainant.relation:string?", "complainant.relation_name:string?", "complainant.cnic:string?",
    "complainant.phone:string?", "complainant.whose_phone:string?", "complainant.safe_call:boolean",
    "complainant.safe_sms:boolean", "complainant.call_when:string?", "complainant.address:string?",
    "complainant.seeing:string?", "complainant.hearing:string?", "complainant.walking:string?",
    "complainant.remembering:string?", "complainant.self_care:string?", "complainant.speaking:string?",
    "signatories:array", "documents:array", "documents.code:string", "documents.name:string",
    "documents.given:boolean", "undoable:boolean", "evidence:array", "evidence.number:integer",
    "evidence.media:string", "evidence.from:string", "evidence.pair:string?", "evidence.state:string",
    "evidence.visible:boolean", "evidence.added:string", "timeline:array", "timeline.step:integer",
    "timeline.at:string", "timeline.action:string", "timeline.from:string", "timeline.to:string",
    "timeline.by:string", "timeline.result:string?", "timeline.reason:string?", "timeline.next_date:string?",
    "timeline.via:string?", "timeline.given_to:string?", "timeline.corrected:string?",
    "timeline.words:string?", "timeline.undone:boolean", "timeline_cut:boolean", NULL};

const struct route case_api_routes[CASE_API_ROUTES] = {
    {HTTP_GET, "/api/v1/cases", P_CASE_READ, ROUTE_API, INPUTS(list_inputs), .show = show_list,
     .returns = list_members, .doc = MSG_DOC_CASE_LIST},
    {HTTP_POST, "/api/v1/cases", P_CASE_FILE, ROUTE_API, INPUTS(file_inputs), .write = write_case,
     .answer = answer_filed, .returns = filed_members, .doc = MSG_DOC_CASE_NEW},
    {HTTP_GET, "/api/v1/cases/{ref}", P_CASE_READ, ROUTE_API | ROUTE_IDENTITY, INPUTS(one_inputs),
     .show = show_one, .look = look_case, .returns = case_members, .doc = MSG_DOC_CASE_SHOW},
    {HTTP_POST, "/api/v1/cases/{ref}/actions", P_CASE_ACT, ROUTE_API, INPUTS(act_inputs),
     .write = write_api_act, .answer = answer_acted, .returns = acted_members, .doc = MSG_DOC_CASE_ACT},
    {HTTP_POST, "/api/v1/cases/{ref}/evidence", P_EVIDENCE_SEE, ROUTE_API, INPUTS(evidence_inputs),
     .prepare = prepare_evidence, .write = write_evidence, .answer = answer_acted, .returns = acted_members,
     .doc = MSG_DOC_EVIDENCE_ADD},
};
