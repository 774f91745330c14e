/* device_pages.c: enrolling a device, the list of those of a desk, revoking one; and the addresses of this
 * feature. */
#include "device_pages.h"

#include "device.html.h"
#include "device_feature.h"
#include "device_key.h"
#include "device_record.h"
#include "device_seq.h"
#include "device_stopped_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { H_DEVICE, H_NAME, H_TOKEN, H_N };
static const struct input here_inputs[H_N] = {
    [H_DEVICE] = DEVICE_COOKIE_INPUT,
    [H_NAME] = {"name", IN_LINE, MSG_DEVICE_NAME, DEVICE_NAME_MAX, .required = true},
    [H_TOKEN] = {"made", IN_CODE, MSG_DEVICE_COOKIE, DEVICE_TOKEN_LEN},
};
enum { O_CODE, O_WHY, O_N };
static const struct input one_inputs[O_N] = {
    [O_CODE] = {"code", IN_CODE, MSG_DEVICE_CODE, DEVICE_CODE_LEN, .required = true},
    [O_WHY] = {"why", IN_LINE, MSG_DEVICE_WHY, DEVICE_WHY_MAX, .required = true},
};

/* ---- this browser ---- */

static err show_here(struct web *w)
{
    struct q_device_get d;
    struct here_view m = {.device = S("")};
    const err e = device_by_cookie(&w->ctx, w->in[H_DEVICE].given ? w->in[H_DEVICE].text : S(""), &d);
    if (e.code == ERR_OK) {
        m.other = d.home != w->ctx.actor.home || d.desk_id != w->ctx.actor.office_id;
        m.revoked = d.revoked_ms.given;
        m.device = m.other ? S("") : page_isolate(&w->page, d.device_code);
        m.device_name = m.other ? S("") : d.name_text;
    } else if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    m.name = web_field(w, H_NAME, MSG_DEVICE_NAME_HINT);
    m.name.optional = false;
    w->page.title = page_msg(&w->page, MSG_DEVICE_HERE);
    w->page.back = url_local(w->arena, S("/devices"));
    w->page.form_id = S("here");
    here_page(&w->page, &m);
    return web_html(w, 200);
}

/* What stands in its cookie is drawn before the job, which may run twice. */
static err prepare_here(struct web *w)
{
    uint8_t bytes[32];
    char text[DEVICE_TOKEN_LEN + 1];
    random_bytes(bytes, sizeof bytes);
    const str token = arena_str(w->arena, (str){text, base64url_of(bytes, sizeof bytes, text)});
    str *kept = arena_new_of(w->arena, str);
    if (kept == NULL || token.n != DEVICE_TOKEN_LEN) {
        return FAIL(LIMIT);
    }
    *kept = token;
    w->local = kept;
    w->in[H_TOKEN].text = token;
    return OK;
}

static err write_here(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(device_key_ready(c));
    return device_enrol(c, in[H_NAME].text, in[H_TOKEN].text, &out->note);
}

static err answer_here(struct web *w)
{
    const str *token = w->local;
    if (!w->replayed && token != NULL) {
        web_set_cookie(w, S("device"), *token, (int64_t)DEVICE_COOKIE_DAYS * 86400);
    }
    return web_redirect(w, url_local(w->arena, S("/devices/here")));
}

/* ---- the list ---- */

/* "6 minutes ahead", where it matters. */
static str clock_words(struct web *w, int64_t skew_ms)
{
    enum { MATTERS_MS = 120000, MINUTE = 60000 };
    const int64_t minutes = (skew_ms < 0 ? -skew_ms : skew_ms) / MINUTE;
    if (minutes * MINUTE < MATTERS_MS) {
        return page_msg(&w->page, MSG_DEVICE_CLOCK_RIGHT);
    }
    return page_msg_args(&w->page, skew_ms > 0 ? MSG_DEVICE_CLOCK_AHEAD : MSG_DEVICE_CLOCK_BEHIND, minutes,
                         NULL, 0);
}

static struct chip_view chip_of(struct web *w, const struct q_device_list *r)
{
    if (!r->revoked_ms.given) {
        return (struct chip_view){S("done"), page_msg(&w->page, MSG_DEVICE_STANDS)};
    }
    return (struct chip_view){S("wait"),
                              page_msg(&w->page, r->wiped_ms.given ? MSG_DEVICE_WIPED : MSG_DEVICE_REVOKED)};
}

static str gone_why_words(struct web *w, str code)
{
    static const struct {
        str code;
        enum msg words;
    } all[] = {{S_INIT("twice"), MSG_DEVICE_GONE_TWICE},
               {S_INIT("wrong"), MSG_DEVICE_GONE_WRONG},
               {S_INIT("asked"), MSG_DEVICE_GONE_ASKED},
               {S_INIT("test"), MSG_DEVICE_GONE_TEST}};
    for (size_t i = 0; i < COUNT(all); i++) {
        if (str_eq(code, all[i].code)) {
            return page_msg(&w->page, all[i].words);
        }
    }
    return S("");
}

/* "3, recorded between … and …"; "0". */
static str gap_words(struct web *w, const struct device_gap *g)
{
    const struct msg_arg args[] = {{"n", format_number(w->arena, w->lang, g->n)},
                                   {"from", format_time(w->arena, w->lang, g->from_ms)},
                                   {"to", format_time(w->arena, w->lang, g->to_ms)}};
    return g->n == 0 ? format_number(w->arena, w->lang, 0)
                     : page_msg_args(&w->page, MSG_DEVICE_GAPS_VALUE, g->n, args, 3);
}

/* What somebody deleted there, and says so. */
static err gone_fill(struct web *w, const struct q_device_get *d, struct device_view *m)
{
    struct q_device_gone_list *rows;
    size_t n;
    TRY(q_device_gone_list(w->ctx.db, w->arena, d->home, d->id, &rows, &n));
    struct gone_view *out = arena_array_of(w->arena, struct gone_view, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        const struct msg_arg args[] = {{"kind", stopped_kind(w, rows[i].kind_code)},
                                       {"why", gone_why_words(w, rows[i].why_code)},
                                       {"time", format_time(w->arena, w->lang, rows[i].told_ms)},
                                       {"name", page_isolate(&w->page, rows[i].name_text)}};
        out[i].taken = rows[i].taken_n > 0;
        out[i].line = page_msg_args(&w->page, MSG_DEVICE_GONE_LINE, 0, args, 4);
        out[i].ref = case_ref_of(w->arena, rows[i].ref_code, &ref).code == ERR_OK
                         ? case_ref_text(w->arena, ref)
                         : S("");
        m->gone_slips = m->gone_slips || out[i].ref.n > 0;
    }
    m->gone = out;
    m->gone_n = n;
    return OK;
}

static err show_devices(struct web *w)
{
    struct q_device_list *rows;
    struct q_device_record_stopped *stopped;
    size_t n;
    size_t stopped_n;
    TRY(device_list(&w->ctx, &rows, &n));
    TRY(records_stopped(&w->ctx, &stopped, &stopped_n));
    struct device_row *out = arena_array_of(w->arena, struct device_row, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_device_list *r = &rows[i];
        struct device_gap gap;
        TRY(device_gap(&w->ctx, w->ctx.actor.home, r->id, &gap));
        out[i] = (struct device_row){
            .code = r->device_code,
            .name = r->name_text,
            .desk = r->desk_text,
            .seen = format_time(w->arena, w->lang, r->seen_ms),
            .clock = clock_words(w, r->skew_ms),
            .chip = chip_of(w, r),
            .leased = r->leased_n,
            .taken = r->taken_n,
            .waiting = r->waiting_n,
            .refused = r->refused_n,
            .kept = r->kept_n,
            .gap = gap_words(w, &gap),
            .open = url_local(w->arena, arena_printf(w->arena, "/devices/one/%.*s", STR_F(r->device_code))),
        };
    }
    const struct devices_view m = {out, n, (int64_t)stopped_n};
    w->page.title = page_msg(&w->page, MSG_DEVICE_TITLE);
    devices_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one ---- */

static err show_one(struct web *w)
{
    struct q_device_get d;
    struct q_account_get by;
    TRY(device_find(&w->ctx, w->in[O_CODE].text, &d));
    TRY(q_account_get(w->ctx.db, w->arena, d.enrolled_by_id, &by));
    struct fact_view facts[] = {
        {.name = page_msg(&w->page, MSG_DEVICE_CODE), .value = d.device_code, .dir = S("ltr")},
        {.name = page_msg(&w->page, MSG_DEVICE_ENROLLED),
         .value = format_time(w->arena, w->lang, d.enrolled_ms)},
        {.name = page_msg(&w->page, MSG_DEVICE_ENROLLED_BY), .value = by.name_text},
        {.name = page_msg(&w->page, MSG_DEVICE_SEEN), .value = format_time(w->arena, w->lang, d.seen_ms)},
        {.name = page_msg(&w->page, MSG_DEVICE_CLOCK), .value = clock_words(w, d.skew_ms)},
        {.name = page_msg(&w->page, MSG_DEVICE_REVOKED),
         .value = d.revoked_ms.given ? format_time(w->arena, w->lang, d.revoked_ms.v) : STR_NONE},
        {.name = page_msg(&w->page, MSG_DEVICE_WHY), .value = d.revoked_text},
    };
    struct device_gap gap;
    TRY(device_gap(&w->ctx, d.home, d.id, &gap));
    struct device_view m = {.code = d.device_code,
                            .name = d.name_text,
                            .revoked = d.revoked_ms.given,
                            .facts = {facts, d.revoked_ms.given ? COUNT(facts) : COUNT(facts) - 2},
                            .why = web_field(w, O_WHY, MSG_DEVICE_WHY_HINT)};
    m.gap = gap.n > 0 ? gap_words(w, &gap) : S("");
    TRY(gone_fill(w, &d, &m));
    m.why.optional = false;
    m.post = url_local(w->arena, arena_printf(w->arena, "/devices/one/%.*s", STR_F(d.device_code)));
    w->page.title = d.name_text;
    w->page.back = url_local(w->arena, S("/devices"));
    w->page.form_id = S("revoke");
    device_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_revoke(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return device_revoke(c, in[O_CODE].text, in[O_WHY].text);
}

static err answer_revoke(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/devices")));
}

/* clang-format off */
static const struct route routes[] = {
    {HTTP_GET, "/device/pack", P_DEVICE_USE, ROUTE_DEVICE, INPUTS(pack_inputs), .show = show_pack, .seen = &pack_seen,
     .doc = MSG_DOC_DEVICE_PACK},
    {HTTP_GET, "/devices/here", P_DEVICE_USE, ROUTE_DEVICE, INPUTS(here_inputs), .show = show_here, .doc = MSG_DEVICE_HERE},
    {HTTP_POST, "/devices/here", P_DEVICE_USE, ROUTE_DEVICE, INPUTS(here_inputs), .show = show_here,
     .prepare = prepare_here, .write = write_here, .answer = answer_here, .doc = MSG_DOC_DEVICE_ENROL},
    {HTTP_GET, "/devices", P_DEVICE_READ, 0, .show = show_devices, .doc = MSG_DEVICE_TITLE},
    {HTTP_GET, "/devices/one/{code}", P_DEVICE_READ, 0, INPUTS(one_inputs), .show = show_one, .doc = MSG_DOC_DEVICE_ONE},
    {HTTP_POST, "/devices/one/{code}", P_DEVICE_READ, 0, INPUTS(one_inputs), .show = show_one, .write = write_revoke,
     .answer = answer_revoke, .doc = MSG_DOC_DEVICE_REVOKE},
    {HTTP_GET, "/devices/waiting", P_DEVICE_READ, 0, INPUTS(list_inputs), .show = show_stopped, .doc = MSG_DEVICE_STOPPED},
    {HTTP_GET, "/devices/waiting/{record}", P_DEVICE_READ, ROUTE_IDENTITY, INPUTS(stopped_inputs), .show = show_stopped_one,
     .look = look_stopped, .doc = MSG_DOC_DEVICE_STOPPED},
    {HTTP_POST, "/devices/waiting/{record}/again", P_DEVICE_READ, 0, INPUTS(stopped_inputs), .show = show_stopped_one,
     .write = write_try_again, .answer = answer_tried, .doc = MSG_DOC_DEVICE_AGAIN},
    {HTTP_GET, "/devices/waiting/{record}/file", P_DEVICE_READ, ROUTE_IDENTITY | ROUTE_SLOW, .inputs = stopped_inputs,
     .inputs_n = 1, .show = show_heard, .look = look_heard, .doc = MSG_DEVICE_DOC_HEARD},
    {HTTP_GET, "/devices/waiting/{record}/mend", P_DEVICE_READ, ROUTE_IDENTITY, INPUTS(mend_inputs), .show = show_mend,
     .look = look_mend, .doc = MSG_DEVICE_DOC_MEND},
    {HTTP_POST, "/devices/waiting/{record}/mend", P_DEVICE_READ, 0, INPUTS(mend_inputs), .show = show_mend,
     .prepare = prepare_mend, .write = write_mend, .answer = answer_mend, .doc = MSG_DEVICE_DOC_MEND},
    {HTTP_POST, "/devices/waiting/{record}/drop", P_DEVICE_READ, 0, INPUTS(stopped_inputs), .show = show_stopped_one,
     .write = write_let_go, .answer = answer_stopped, .doc = MSG_DOC_DEVICE_DROP},
};
/* clang-format on */

static const struct feature_job jobs[] = {
    {"device.keys", 3600000, device_key_turn, NULL},
    {"device.parts", 3600000, records_expire, NULL},
    {"device.intake", 300, NULL, device_intake},
};

const struct feature device_feature = {.name = "device",
                                       .routes = routes,
                                       .routes_n = COUNT(routes),
                                       .api = device_api_routes,
                                       .api_n = DEVICE_API_ROUTES,
                                       .jobs = jobs,
                                       .jobs_n = COUNT(jobs)};
