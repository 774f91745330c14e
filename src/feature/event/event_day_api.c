/* event_day_api.c: /api/v1/events/{code}/day and what a device brings of it. Each record carries the ULID
 * that the device gave it: sent again, by whomever and under whatever key, it is taken once. */
#include "case_write.h"
#include "event_day_pages.h"
#include "format.h"
#include "json.h"

static const char *const sight_codes[] = {"woman", "man", "not_stated", NULL};

#define FROM_INPUTS(device, record)                                                                \
    [device] = {"device", IN_CODE, MSG_DAY_DEVICE, DAY_DEVICE_MAX}, [record] = {"record", IN_CODE, \
                                                                                MSG_DAY_RECORD, 64}

enum { CN_CODE, CN_ROLE, CN_SEX, CN_PEOPLE, CN_SPOKE, CN_BACK, CN_DEVICE, CN_RECORD, CN_N };
static const struct input count_inputs[CN_N] = {
    [CN_CODE] = EVENT_CODE_INPUT,
    [CN_ROLE] = {"role", IN_CHOICE, MSG_DAY_ROSTER_WHO, .required = true, .choices = event_role_codes},
    [CN_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .required = true, .choices = sight_codes},
    [CN_PEOPLE] = {"people", IN_NUMBER, MSG_DAY_CAME, DAY_STEP_MAX},
    [CN_SPOKE] = {"spoke", IN_NUMBER, MSG_DAY_SPOKE, DAY_STEP_MAX},
    [CN_BACK] = {"take_back", IN_FLAG, MSG_DAY_TAKE_BACK},
    FROM_INPUTS(CN_DEVICE, CN_RECORD),
};

enum { NE_CODE, NE_WORDS, NE_SERVICE, NE_WOMEN, NE_OTHERS, NE_DEVICE, NE_RECORD, NE_N };
static const struct input add_inputs[NE_N] = {
    [NE_CODE] = EVENT_CODE_INPUT,
    [NE_WORDS] = {"words", IN_WORDS, MSG_DAY_NEED_WORDS, DAY_NEED_WORDS_MAX, .required = true},
    [NE_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE},
    [NE_WOMEN] = {"women", IN_NUMBER, MSG_DAY_NEED_WOMEN, DAY_PEOPLE_MAX},
    [NE_OTHERS] = {"others", IN_NUMBER, MSG_DAY_NEED_OTHERS, DAY_PEOPLE_MAX},
    FROM_INPUTS(NE_DEVICE, NE_RECORD),
};

enum { TA_CODE, TA_SEX, TA_N };
static const struct input take_inputs[TA_N] = {
    [TA_CODE] = EVENT_CODE_INPUT,
    [TA_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .required = true, .choices = sight_codes},
};

/* A matter: what filing takes over the API, behind it what belongs to the day. */
enum { CA_TOKEN = F_N, CA_DEVICE, CA_RECORD, CA_CODE, CA_N };
static const struct input bring_inputs[CA_N] = {
    FILE_INPUTS_ASKED("complainant.", true),
    FILE_INPUTS_TOLD("complainant."),
    [CA_TOKEN] = {"token", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
    FROM_INPUTS(CA_DEVICE, CA_RECORD),
    [CA_CODE] = EVENT_CODE_INPUT,
};

static struct day_record from_of(const struct given *in, unsigned device, unsigned record)
{
    return (struct day_record){day_given(&in[device]), day_given(&in[record])};
}

static int64_t number_of(const struct given *g)
{
    return g->given ? g->n : 0;
}

static err write_count(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    const int64_t sign = in[CN_BACK].given && in[CN_BACK].n == 1 ? -1 : 1;
    const struct day_count n = {.role = in[CN_ROLE].text,
                                .sex = in[CN_SEX].text,
                                .people = sign * number_of(&in[CN_PEOPLE]),
                                .spoke = sign * number_of(&in[CN_SPOKE]),
                                .from = from_of(in, CN_DEVICE, CN_RECORD)};
    out->status = S("counted");
    TRY(day_event(c, in, &v));
    return day_count(c, &v, &n);
}

static err write_add(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no;
    const struct day_need n = {.words = in[NE_WORDS].text,
                               .service = day_given(&in[NE_SERVICE]),
                               .women = number_of(&in[NE_WOMEN]),
                               .others = number_of(&in[NE_OTHERS]),
                               .from = from_of(in, NE_DEVICE, NE_RECORD)};
    TRY(day_event(c, in, &v));
    TRY(day_need_add(c, &v, &n, &no));
    out->status = S("noted");
    out->note = arena_printf(c->arena, "%d", (int)no);
    return OK;
}

static err write_take(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no;
    TRY(day_event(c, in, &v));
    TRY(day_token_take(c, &v, in[TA_SEX].text, &no));
    out->status = S("waiting");
    out->note = arena_printf(c->arena, "%d", (int)no);
    return OK;
}

static err write_bring(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    struct case_new n;
    struct case_receipt done;
    const struct day_record from = from_of(in, CA_DEVICE, CA_RECORD);
    told_of(in, true, &n);
    TRY(event_find(c, in[CA_CODE].text, &v));
    TRY(day_capture(c, &v, &n, number_of(&in[CA_TOKEN]), &from, &done));
    receipt_of(c, &done, out);
    return OK;
}

/* ---- answers ---- */

static err answer_recorded(struct web *w)
{
    SCOPED(buf_free) struct buf out = buf_new(1024);
    struct json j = json_to(&out);
    int64_t no = 0;
    json_object_begin(&j);
    json_member(&j, S("status"), w->receipt.status);
    if (str_i64(w->receipt.note, &no)) {
        json_member_i64(&j, S("no"), no);
    }
    json_end(&j);
    return web_json(w, 201, &out);
}

static err answer_brought(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    SCOPED(buf_free) struct buf out = buf_new(1024);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("ref"), case_ref_text(w->arena, ref));
    json_member(&j, S("status"), w->receipt.status);
    json_end(&j);
    return web_json(w, 201, &out);
}

static void put_cells(struct json *j, const struct event_cells *cells)
{
    json_key(j, S("attendance"));
    json_array_begin(j);
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            if (cells->at[r][s].people > 0) {
                json_object_begin(j);
                json_member(j, S("role"), event_role_words[r].code);
                json_member(j, S("sex"), event_sex_words[s].code);
                json_member_i64(j, S("people"), cells->at[r][s].people);
                json_member_i64(j, S("spoke"), cells->at[r][s].spoke);
                json_end(j);
            }
        }
    }
    json_end(j);
}

static err put_needs(struct web *w, struct json *j, const struct event_view *v)
{
    struct q_event_need_list *rows;
    size_t n;
    TRY(day_needs(&w->ctx, v, &rows, &n));
    json_key(j, S("needs"));
    json_array_begin(j);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(j);
        json_member_i64(j, S("no"), rows[i].need_no);
        json_member(j, S("words"), rows[i].words_text);
        json_member_i64(j, S("women"), rows[i].women_n);
        json_member_i64(j, S("others"), rows[i].others_n);
        if (rows[i].same_as_no.given) {
            json_member_i64(j, S("same_as"), rows[i].same_as_no.v);
        }
        json_end(j);
    }
    json_end(j);
    return OK;
}

static void put_tokens(struct json *j, const struct day_tokens *t)
{
    json_key(j, S("tokens"));
    json_object_begin(j);
    json_member_i64(j, S("now"), t->now);
    json_member_i64(j, S("next"), t->next);
    json_member_i64(j, S("waiting"), t->waiting);
    json_member_i64(j, S("heard"), t->heard);
    json_member_i64(j, S("left"), t->left);
    json_end(j);
}

static err show_day(struct web *w)
{
    struct event_view v;
    struct event_cells cells;
    struct day_tokens tokens;
    struct day_filed filed;
    TRY(day_event(&w->ctx, w->in, &v));
    TRY(event_cells(&w->ctx, v.row.home, v.row.id, &cells));
    TRY(day_tokens(&w->ctx, &v, &tokens));
    TRY(day_filed(&w->ctx, &v, &filed));
    SCOPED(buf_free) struct buf out = buf_new(1u << 20);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member(&j, S("code"), v.row.event_code);
    json_member(&j, S("state"), str_of(event_kind.states[v.state]));
    json_member_i64(&j, S("people"), cells.all.people);
    json_member_i64(&j, S("filed"), filed.all);
    json_member_i64(&j, S("filed_by_women"), filed.by_sex[EVENT_sex_woman]);
    put_cells(&j, &cells);
    put_tokens(&j, &tokens);
    TRY(put_needs(w, &j, &v));
    json_end(&j);
    return web_json(w, 200, &out);
}

static const char *const day_members[] = {"code:string",
                                          "state:string",
                                          "people:integer",
                                          "filed:integer",
                                          "filed_by_women:integer",
                                          "attendance:array",
                                          "tokens:object",
                                          "needs:array",
                                          NULL};
static const char *const recorded_members[] = {"status:string", "no:integer?", NULL};
static const char *const brought_members[] = {"ref:string", "status:string", NULL};

const struct route day_api_routes[DAY_API_ROUTES] = {
    {HTTP_GET, "/api/v1/events/{code}/day", P_EVENT_READ, ROUTE_API, INPUTS(event_only_inputs),
     .show = show_day, .returns = day_members, .doc = MSG_DOC_DAY_API},
    {HTTP_POST, "/api/v1/events/{code}/counts", P_EVENT_RECORD, ROUTE_API, INPUTS(count_inputs),
     .write = write_count, .answer = answer_recorded, .returns = recorded_members, .doc = MSG_DOC_DAY_ROSTER},
    {HTTP_POST, "/api/v1/events/{code}/needs", P_EVENT_RECORD, ROUTE_API, INPUTS(add_inputs),
     .write = write_add, .answer = answer_recorded, .returns = recorded_members, .doc = MSG_DOC_DAY_NEEDS},
    {HTTP_POST, "/api/v1/events/{code}/tokens", P_EVENT_RECORD, ROUTE_API, INPUTS(take_inputs),
     .write = write_take, .answer = answer_recorded, .returns = recorded_members, .doc = MSG_DOC_DAY_TOKENS},
    {HTTP_POST, "/api/v1/events/{code}/matters", P_CASE_FILE, ROUTE_API, INPUTS(bring_inputs),
     .write = write_bring, .answer = answer_brought, .returns = brought_members, .doc = MSG_DOC_DAY_CAPTURE},
};
