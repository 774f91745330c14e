/* device_api.c: what a device asks for and brings by itself, with its own cookie: leases and sealed records.
 */
#include "device_lease.h"
#include "device_pages.h"
#include "device_record.h"
#include "device_ticket_api.h"
#include "json.h"
#include "qr.h"
#include "rota.h"

enum { CHUNK_TEXT_MAX = (RECORD_CHUNK_MAX + 2) / 3 * 4, STATES_MAX = 200, ULID_MAX = 26, CLOCK_MAX = 20 };
#define CLOCK_INPUT                                   \
    {                                                 \
        "clock", IN_CODE, MSG_DEVICE_CLOCK, CLOCK_MAX \
    }
#define TICKET_INPUT                                             \
    {                                                            \
        "ticket", IN_SIGNED, MSG_DEVICE_TICKET, .required = true \
    }

enum { LE_DEVICE, LE_TICKET, LE_CLOCK, LE_REFS, LE_EVENT, LE_TOKENS, LE_N };
static const struct input lease_inputs[LE_N] = {
    [LE_DEVICE] = DEVICE_COOKIE_INPUT,
    [LE_TICKET] = TICKET_INPUT,
    [LE_CLOCK] = CLOCK_INPUT,
    [LE_REFS] = {"refs", IN_NUMBER, MSG_DEVICE_REFS, LEASE_REFS_MAX},
    [LE_EVENT] = {"event", IN_CODE, MSG_DEVICE_EVENT, 60},
    [LE_TOKENS] = {"tokens", IN_NUMBER, MSG_DEVICE_TOKENS, LEASE_TOKENS_MAX},
};

enum { RE_DEVICE, RE_TICKET, RE_CLOCK, RE_REFS, RE_N };
static const struct input return_inputs[RE_N] = {
    [RE_DEVICE] = DEVICE_COOKIE_INPUT,
    [RE_TICKET] = TICKET_INPUT,
    [RE_CLOCK] = CLOCK_INPUT,
    [RE_REFS] = {"refs", IN_LIST, MSG_DEVICE_REFS, LEASE_REFS_MAX, .required = true},
};

enum { UP_DEVICE, UP_RECORD, UP_CLOCK, UP_OFFSET, UP_TOTAL, UP_HASH, UP_BYTES, UP_N };
static const struct input upload_inputs[UP_N] = {
    [UP_DEVICE] = DEVICE_COOKIE_INPUT,
    [UP_RECORD] = {"record", IN_CODE, MSG_DEVICE_RECORD, ULID_MAX, .required = true},
    [UP_CLOCK] = CLOCK_INPUT,
    [UP_OFFSET] = {"offset", IN_NUMBER, MSG_DEVICE_PART, RECORD_MAX, .required = true},
    [UP_TOTAL] = {"total", IN_NUMBER, MSG_DEVICE_PART, RECORD_MAX, .required = true},
    [UP_HASH] = {"hash", IN_CODE, MSG_DEVICE_PART, HEX_OF_32, .required = true},
    [UP_BYTES] = {"bytes", IN_CODE, MSG_DEVICE_PART, CHUNK_TEXT_MAX, .required = true},
};

enum { ASK_DEVICE, ASK_RECORD, ASK_N };
static const struct input ask_inputs[ASK_N] = {
    [ASK_DEVICE] = DEVICE_COOKIE_INPUT,
    [ASK_RECORD] = {"record", IN_CODE, MSG_DEVICE_RECORD, ULID_MAX, .required = true},
};
static const struct input states_inputs[ASK_N] = {
    [ASK_DEVICE] = DEVICE_COOKIE_INPUT,
    [ASK_RECORD] = {"records", IN_LIST, MSG_DEVICE_RECORD, STATES_MAX, .required = true},
};

/* ---- who asks ---- */

/* What a request of a device came to, before anything else: an identifier in the receipt's status. */
static const str unknown = S_INIT("unknown");
static const str revoked = S_INIT("revoked");

static err device_asked(struct ctx *c, const struct given *cookie, struct q_device_get *out, str *io_status)
{
    const err e = device_by_cookie(c, cookie->given ? cookie->text : S(""), out);
    if (e.code == ERR_NOT_FOUND) {
        *io_status = unknown;
        return OK;
    }
    return e;
}

/* The ticket says for which device and which person the pack was made; she is asked for anew. */
static err acts_by_ticket(struct ctx *c, const struct q_device_get *d, str ticket, str *io_status)
{
    struct q_account_get a;
    struct device_ticket t;
    struct rota_turn turn = {.on = true};
    if (!device_ticket_of(ticket, &t) || t.device_id != d->id) {
        *io_status = unknown;
        return OK;
    }
    TRY(q_account_get(c->db, c->arena, t.account_id, &a));
    const struct actor who = device_actor(&a);
    TRY(who.role == ROLE_MEMBER ? rota_turn(c, who.user_id, who.office_id, &turn) : OK);
    if (a.disabled_ms.given || who.home != d->home || who.office_id != d->desk_id || !turn.on) {
        *io_status = unknown;
        return OK;
    }
    c->actor = who;
    if (d->revoked_ms.given) {
        *io_status = revoked;
    }
    return OK;
}

static err asked_with_ticket(struct ctx *c, const struct given *in, struct q_device_get *d, str *io_status)
{
    TRY(device_asked(c, &in[LE_DEVICE], d, io_status));
    if (io_status->n == 0) {
        TRY(acts_by_ticket(c, d, in[LE_TICKET].text, io_status));
    }
    if (str_eq(*io_status, revoked)) {
        return device_wiped(c, d);
    }
    return io_status->n == 0 ? device_seen(c, d, in[LE_CLOCK].given ? in[LE_CLOCK].text : S("")) : OK;
}

/* Nobody, or one that is to forget what it holds. */
static err answer_refused(struct web *w, str status)
{
    if (str_eq(status, unknown)) {
        return web_problem(w, 401, MSG_DEVICE_UNKNOWN);
    }
    SCOPED(buf_free) struct buf out = buf_new(100);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member_flag(&j, S("wipe"), true);
    json_end(&j);
    return web_json(w, 410, &out);
}

/* ---- leases ---- */

static err write_lease(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_device_get d;
    int64_t no;
    str status = S("");
    TRY(asked_with_ticket(c, in, &d, &status));
    out->status = status;
    if (status.n > 0) {
        return OK;
    }
    const bool pins = permission_of(c->actor.role, P_SLIP_PRINT); /* a number carries its PIN */
    TRY(lease_take(c, &d, pins && in[LE_REFS].given ? in[LE_REFS].n : 0,
                   in[LE_EVENT].given ? in[LE_EVENT].text : S(""), in[LE_TOKENS].given ? in[LE_TOKENS].n : 0,
                   &no));
    out->status = S("leased");
    out->note = arena_printf(c->arena, "%lld", (long long)no);
    return OK;
}

static err put_ref(struct web *w, struct json *j, str digits)
{
    case_ref ref;
    char pin[PIN_LEN];
    int64_t size;
    str bits;
    TRY(case_ref_of(w->arena, digits, &ref));
    case_held_pin(&w->ctx, &ref, pin);
    const str address = web_public(w, arena_printf(w->arena, "/track?ref=%.*s", STR_F(digits)));
    TRY(qr_bits(w->arena, address.n > 0 ? address : digits, &size, &bits));
    char *text = arena_array_of(w->arena, char, (bits.n + 2) / 3 * 4);
    if (text == NULL) {
        return FAIL(LIMIT);
    }
    json_object_begin(j);
    json_member(j, S("ref"), digits);
    json_member(j, S("pin"), (str){pin, sizeof pin});
    json_key(j, S("qr"));
    json_object_begin(j);
    json_member_i64(j, S("size"), size);
    json_member(j, S("rows"), (str){text, base64url_of((const uint8_t *)bits.p, bits.n, text)});
    json_end(j);
    json_end(j);
    return OK;
}

static err put_lease(struct web *w, struct json *j, const struct lease *l)
{
    json_object_begin(j);
    json_member_i64(j, S("lease"), l->no);
    json_member_i64(j, S("until"), l->until_ms);
    json_key(j, S("refs"));
    json_array_begin(j);
    for (size_t i = 0; i < l->refs_n; i++) {
        TRY(put_ref(w, j, l->refs[i]));
    }
    json_end(j);
    if (l->event.n > 0) {
        json_member(j, S("event"), l->event);
        json_key(j, S("tokens"));
        json_object_begin(j);
        json_member_i64(j, S("from"), l->first);
        json_member_i64(j, S("to"), l->last);
        json_end(j);
    }
    json_end(j);
    return OK;
}

static err answer_lease(struct web *w)
{
    struct q_device_get d;
    struct lease l;
    int64_t no;
    str status = S("");
    if (!str_eq(w->receipt.status, S("leased"))) {
        return answer_refused(w, w->receipt.status);
    }
    TRY(device_asked(&w->ctx, &w->in[LE_DEVICE], &d, &status));
    if (status.n == 0) { /* the event of its tokens is read as she may */
        TRY(acts_by_ticket(&w->ctx, &d, w->in[LE_TICKET].text, &status));
    }
    if (status.n > 0 || !str_i64(w->receipt.note, &no)) {
        return answer_refused(w, unknown);
    }
    const err e = lease_read(&w->ctx, &d, no, &l); /* a key that another device used is none of this one's */
    if (e.code == ERR_NOT_FOUND) {
        return answer_refused(w, unknown);
    }
    TRY(e);
    SCOPED(buf_free) struct buf out = buf_new(256 * 1024);
    struct json j = json_to(&out);
    TRY(put_lease(w, &j, &l));
    return web_json(w, 201, &out);
}

static err write_return(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_device_get d;
    int64_t n;
    str status = S("");
    TRY(asked_with_ticket(c, in, &d, &status));
    out->status = status;
    if (status.n > 0) {
        return OK;
    }
    TRY(lease_return(c, &d, in[RE_REFS].text, &n));
    out->status = S("returned");
    out->note = arena_printf(c->arena, "%lld", (long long)n);
    return OK;
}

static err answer_return(struct web *w)
{
    int64_t n = 0;
    if (!str_eq(w->receipt.status, S("returned"))) {
        return answer_refused(w, w->receipt.status);
    }
    SCOPED(buf_free) struct buf out = buf_new(100);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_member_i64(&j, S("returned"), str_i64(w->receipt.note, &n) ? n : 0);
    json_end(&j);
    return web_json(w, 200, &out);
}

/* ---- records ---- */

static err part_of(struct ctx *c, const struct given *in, struct record_part *out)
{
    struct record_part p = {.ulid = in[UP_RECORD].text,
                            .offset = in[UP_OFFSET].n,
                            .total = in[UP_TOTAL].n,
                            .clock = in[UP_CLOCK].given ? in[UP_CLOCK].text : S("")};
    uint8_t *bytes = arena_array_of(c->arena, uint8_t, RECORD_CHUNK_MAX);
    if (bytes == NULL) {
        return FAIL(LIMIT);
    }
    if (!hex_to(in[UP_HASH].text, p.hash, sizeof p.hash) ||
        !base64url_to(in[UP_BYTES].text, bytes, RECORD_CHUNK_MAX, &p.bytes.n)) {
        return fail_set(c->fail, ERR_INVALID, MSG_DEVICE_PART_ODD, "bytes");
    }
    p.bytes.p = (const char *)bytes;
    *out = p;
    return OK;
}

static err write_upload(struct ctx *c, const struct given *in, struct receipt *out)
{
    static const str said[] = {
        [RECORD_HAD] = S_INIT("had"), [RECORD_GAP] = S_INIT("gap"), [RECORD_OTHER] = S_INIT("other")};
    struct q_device_get d;
    struct record_part p;
    enum record_verdict verdict;
    str status = S("");
    TRY(device_asked(c, &in[UP_DEVICE], &d, &status));
    out->status = status;
    if (status.n > 0) {
        return OK;
    }
    TRY(part_of(c, in, &p));
    TRY(record_add(c, &d, &p, &verdict));
    out->status = said[verdict];
    return OK;
}

/* Words of a refusal, where `why` names a message. */
static str words_of(struct web *w, str why)
{
    enum msg m;
    return msg_of_key(why, &m) ? page_msg(&w->page, m) : STR_NONE;
}

/* To one that was revoked: what it brings is taken, what it carries it is to forget. */
static void put_wipe(struct json *j, const struct q_device_get *d)
{
    if (d->revoked_ms.given) {
        json_member_flag(j, S("wipe"), true);
    }
}

static err put_state(struct web *w, struct json *j, const struct q_device_record_get *r)
{
    struct q_device_case_ref ref;
    json_member_i64(j, S("have"), r->have_n);
    json_member(j, S("state"), r->record_state_code);
    if (r->case_id.given && str_eq(r->record_state_code, S("taken"))) {
        TRY(q_device_case_ref(w->ctx.db, w->arena, r->home, r->case_id.v, &ref));
        json_member(j, S("ref"), ref.ref_code);
    }
    if (r->why_code.n > 0) {
        const str words = words_of(w, r->why_code);
        json_member(j, S("why"), r->why_code);
        if (words.n > 0) {
            json_member(j, S("words"), words);
        }
    }
    return OK;
}

static err answer_record(struct web *w, const struct q_device_get *d, str ulid, int status)
{
    struct q_device_record_get r;
    const err e = record_of_desk(&w->ctx, d, ulid, &r);
    if (e.code == ERR_NOT_FOUND && status != 409) {
        return web_problem(w, 404, MSG_NONE);
    }
    if (e.code == ERR_NOT_FOUND) {
        r = (struct q_device_record_get){.record_state_code = S("partial"), .why_code = S("")};
    } else {
        TRY(e);
    }
    SCOPED(buf_free) struct buf out = buf_new(2048);
    struct json j = json_to(&out);
    json_object_begin(&j);
    TRY(put_state(w, &j, &r));
    put_wipe(&j, d);
    json_end(&j);
    return web_json(w, status, &out);
}

static err answer_upload(struct web *w)
{
    struct q_device_get d;
    str status = S("");
    if (str_eq(w->receipt.status, unknown)) {
        return answer_refused(w, unknown);
    }
    if (str_eq(w->receipt.status, S("other"))) {
        return web_problem(w, 409, MSG_DEVICE_RECORD_OTHER);
    }
    TRY(device_asked(&w->ctx, &w->in[UP_DEVICE], &d, &status));
    return status.n > 0
               ? answer_refused(w, status)
               : answer_record(w, &d, w->in[UP_RECORD].text, str_eq(w->receipt.status, S("gap")) ? 409 : 200);
}

static err show_record(struct web *w)
{
    struct q_device_get d;
    str status = S("");
    TRY(device_asked(&w->ctx, &w->in[ASK_DEVICE], &d, &status));
    return status.n > 0 ? answer_refused(w, status) : answer_record(w, &d, w->in[ASK_RECORD].text, 200);
}

static err show_states(struct web *w)
{
    struct q_device_get d;
    str status = S("");
    str rest = w->in[ASK_RECORD].text;
    TRY(device_asked(&w->ctx, &w->in[ASK_DEVICE], &d, &status));
    if (status.n > 0) {
        return answer_refused(w, status);
    }
    SCOPED(buf_free) struct buf out = buf_new(256 * 1024);
    struct json j = json_to(&out);
    json_object_begin(&j);
    json_key(&j, S("states"));
    json_array_begin(&j);
    while (rest.n > 0) {
        struct q_device_record_get r;
        const err e = record_of_desk(&w->ctx, &d, str_cut(&rest, '\n'), &r);
        if (e.code != ERR_NOT_FOUND) {
            TRY(e);
            json_object_begin(&j);
            json_member(&j, S("record"), r.record_code);
            TRY(put_state(w, &j, &r));
            json_end(&j);
        }
    }
    json_end(&j);
    put_wipe(&j, &d);
    json_end(&j);
    return web_json(w, 200, &out);
}

static const char *const lease_members[] = {"lease:integer", "until:integer",  "refs:array",
                                            "event:string?", "tokens:object?", NULL};
static const char *const return_members[] = {"returned:integer", NULL};
static const char *const state_members[] = {"have:integer",  "state:string",  "ref:string?", "why:string?",
                                            "words:string?", "wipe:boolean?", NULL};
static const char *const states_members[] = {"states:array", "wipe:boolean?", NULL};

/* clang-format off */
const struct route device_api_routes[DEVICE_API_ROUTES] = {
    {HTTP_POST, "/api/v1/device/lease", P_PUBLIC, ROUTE_API | ROUTE_DEVICE, INPUTS(lease_inputs),
     .write = write_lease, .answer = answer_lease, .returns = lease_members, .doc = MSG_DOC_DEVICE_LEASE},
    {HTTP_POST, "/api/v1/device/return", P_PUBLIC, ROUTE_API | ROUTE_DEVICE, INPUTS(return_inputs),
     .write = write_return, .answer = answer_return, .returns = return_members, .doc = MSG_DOC_DEVICE_RETURN},
    {HTTP_POST, "/api/v1/device/records/{record}", P_PUBLIC, ROUTE_API | ROUTE_DEVICE | ROUTE_NO_REPLAY,
     INPUTS(upload_inputs), .write = write_upload, .answer = answer_upload, .returns = state_members,
     .doc = MSG_DOC_DEVICE_UPLOAD},
    {HTTP_GET, "/api/v1/device/records/{record}", P_PUBLIC, ROUTE_API | ROUTE_DEVICE, INPUTS(ask_inputs),
     .show = show_record, .returns = state_members, .doc = MSG_DOC_DEVICE_RECORD},
    {HTTP_POST, "/api/v1/device/states", P_PUBLIC, ROUTE_API | ROUTE_DEVICE, INPUTS(states_inputs),
     .show = show_states, .returns = states_members, .doc = MSG_DOC_DEVICE_STATES},
};
/* clang-format on */
