/* handover_api.c: /api/v1/cases/{ref}/hand-overs. */
#include "case_write.h"
#include "format.h"
#include "handover_pages.h"
#include "json.h"

static const struct input all_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true}};

static const struct input back_inputs[B_N] = {
    [B_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [B_NO] = {"no", IN_NUMBER, MSG_HANDOVER_NO, HANDOVER_OUT_MAX, .required = true},
    [B_OUTCOME] = {"outcome", IN_CHOICE, MSG_HANDOVER_OUTCOME, .required = true,
                   .missing = MSG_HANDOVER_OUTCOME_MISSING, .choices = handover_result_codes},
    [B_WORDS] = {"words", IN_WORDS, MSG_HANDOVER_THEIRS, HANDOVER_WORDS_MAX},
};

static void put_day(struct web *w, struct json *j, str key, int64_t day)
{
    json_member(j, key, day == 0 ? STR_NONE : format_day_iso(w->arena, day));
}

static str or_none(str s)
{
    return s.n == 0 ? STR_NONE : s;
}

static void put_row(struct web *w, struct json *j, const struct handover_row *r)
{
    json_object_begin(j);
    json_member_i64(j, S("no"), r->no);
    json_member(j, S("portal"), r->portal_code);
    json_member(j, S("portal_name"), r->portal);
    json_member(j, S("number"), or_none(r->number));
    put_day(w, j, S("given"), r->given_day);
    json_member_i64(j, S("days"), r->days);
    put_day(w, j, S("next_look"), r->next_day);
    put_day(w, j, S("looked"), r->looked_day);
    json_member_flag(j, S("escalated"), r->escalated);
    json_member(j, S("account"), r->account);
    json_member_flag(j, S("code_taken"), r->code_taken);
    json_member_flag(j, S("warm"), r->warm);
    json_member(j, S("receiver"), or_none(r->receiver));
    json_member(j, S("outcome"), or_none(r->outcome));
    json_member(j, S("outcome_words"), or_none(r->outcome_text));
    put_day(w, j, S("outcome_date"), r->outcome_day);
    json_end(j);
}

static err show_all(struct web *w)
{
    struct case_view v;
    struct handover_row *rows;
    struct portal *portals;
    size_t n, portals_n;
    TRY(case_find(&w->ctx, &w->in[0].as.ref, &v));
    TRY(handover_of(&w->ctx, &v, &rows, &n));
    TRY(portals_for(&w->ctx, &v, &portals, &portals_n));
    SCOPED(buf_free) struct buf out = buf_new(1u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("hand_overs"));
    json_array_begin(&j);
    for (size_t i = 0; i < n; i++) {
        put_row(w, &j, &rows[i]);
    }
    json_end(&j);
    json_key(&j, S("portals"));
    json_array_begin(&j);
    for (size_t i = 0; i < portals_n; i++) {
        json_object_begin(&j);
        json_member(&j, S("code"), portals[i].code);
        json_member(&j, S("name"), portals[i].name);
        json_member_flag(&j, S("fits"), portals[i].fits);
        json_member_flag(&j, S("account"), portals[i].account);
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
    return web_json(w, 200, &out);
}

static err answer_done(struct web *w, int status)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    SCOPED(buf_free) struct buf out = buf_new(4096);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("ref"), case_ref_text(w->arena, ref));
    json_member(&j, S("status"), w->receipt.status);
    json_member_i64(&j, S("no"), receipt_no(&w->receipt));
    json_end(&j);
    return web_json(w, status, &out);
}

static err answer_given(struct web *w)
{
    return receipt_no(&w->receipt) == 0 ? web_problem(w, 409, MSG_HANDOVER_CONSENT_NO) : answer_done(w, 201);
}

static err answer_back(struct web *w)
{
    return answer_done(w, 200);
}

static const char *const all_members[] = {"hand_overs:array", "portals:array", NULL};
static const char *const done_members[] = {"ref:string", "status:string", "no:integer", NULL};

const struct route handover_api_routes[HANDOVER_API_ROUTES] = {
    {HTTP_GET, "/api/v1/cases/{ref}/hand-overs", P_HAND_OVER, ROUTE_API, INPUTS(all_inputs), .show = show_all,
     .returns = all_members, .doc = MSG_DOC_HANDOVER_LIST},
    {HTTP_POST, "/api/v1/cases/{ref}/hand-overs", P_HAND_OVER, ROUTE_API, INPUTS(give_inputs),
     .write = write_give, .answer = answer_given, .returns = done_members, .doc = MSG_DOC_HANDOVER_NEW},
    {HTTP_POST, "/api/v1/cases/{ref}/hand-overs/{no}/outcome", P_HAND_OVER, ROUTE_API, INPUTS(back_inputs),
     .write = write_back, .answer = answer_back, .returns = done_members, .doc = MSG_DOC_HANDOVER_ONE},
};
