/* device_stopped_pages.c: what devices brought and somebody has to look at: why, what is in it (for the desk
 * alone), to be tried again or let go. */
#include "device_stopped_pages.h"

#include "device.html.h"
#include "device_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input stopped_inputs[STOPPED_INPUTS] = {
    [ST_RECORD] = {"record", IN_CODE, MSG_DEVICE_RECORD, 26, .required = true},
    [ST_WHY] = {"why", IN_LINE, MSG_DEVICE_WHY, DEVICE_WHY_MAX},
    [ST_MISSING] = {"missing", IN_FLAG, MSG_DEVICE_WHY}, /* it was asked for, and not given */
};
const struct input list_inputs[LIST_INPUTS] = {
    [SL_AGAIN] = {"again", IN_CODE, MSG_DEVICE_RECORD, 26}, /* this one was just tried again */
};

/* ---- words ---- */

str stopped_why(struct web *w, str why)
{
    enum msg m;
    if (str_eq(why, S("revoked"))) {
        return page_msg(&w->page, MSG_DEVICE_WHY_REVOKED);
    }
    return page_msg(&w->page, msg_of_key(why, &m) ? m : MSG_DEVICE_WHY_REFUSED);
}

str stopped_kind(struct web *w, str code)
{
    static const enum msg kinds[OPENED_KINDS] = {
        [OPENED_FILING] = MSG_DEVICE_KIND_FILING, [OPENED_MATTER] = MSG_DEVICE_KIND_MATTER,
        [OPENED_COUNT] = MSG_DEVICE_KIND_COUNT,   [OPENED_NEED] = MSG_DEVICE_KIND_NEED,
        [OPENED_PERSON] = MSG_DEVICE_KIND_PERSON, [OPENED_TOKEN] = MSG_DEVICE_KIND_TOKEN,
        [OPENED_ANSWER] = MSG_DEVICE_KIND_ANSWER, [OPENED_FILE] = MSG_DEVICE_KIND_FILE,
        [OPENED_GONE] = MSG_DEVICE_KIND_GONE};
    for (size_t i = 0; i < OPENED_KINDS; i++) {
        if (str_eq(code, str_of(opened_kinds[i]))) {
            return page_msg(&w->page, kinds[i]);
        }
    }
    return page_msg(&w->page, MSG_DEVICE_KIND_UNKNOWN);
}

/* ---- the list ---- */

/* How trying it again ended; empty: nothing was, or it is none of hers. */
static err again_words(struct web *w, str *out)
{
    struct q_device_record_get r;
    struct q_device_get d;
    *out = S("");
    const err e = w->in[SL_AGAIN].given ? record_read(&w->ctx, w->in[SL_AGAIN].text, &r) : FAIL(NOT_FOUND);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    TRY(q_device_get(w->ctx.db, w->arena, r.home, r.device_id, &d));
    const err hers = device_find(&w->ctx, d.device_code, &d);
    if (hers.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(hers);
    const struct msg_arg arg = {"why", stopped_why(w, r.why_code)};
    if (str_eq(r.record_state_code, S("waiting"))) {
        *out = page_msg(&w->page, MSG_DEVICE_AGAIN_WAITS);
    } else if (str_eq(r.record_state_code, S("taken"))) {
        *out = page_msg(&w->page, MSG_DEVICE_AGAIN_TAKEN);
    } else {
        *out = page_msg_args(&w->page, MSG_DEVICE_AGAIN_FAILED, 0, &arg, 1);
    }
    return OK;
}

err show_stopped(struct web *w)
{
    struct q_device_record_stopped *rows;
    size_t n;
    TRY(records_stopped(&w->ctx, &rows, &n));
    struct stopped_row *out = arena_array_of(w->arena, struct stopped_row, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_device_record_stopped *r = &rows[i];
        const bool kept = str_eq(r->record_state_code, S("quarantined"));
        out[i] = (struct stopped_row){
            .what = stopped_kind(w, r->kind_code),
            .device = r->name_text,
            .when = r->came_ms.given ? format_time(w->arena, w->lang, r->came_ms.v) : S(""),
            .why = stopped_why(w, r->why_code),
            .chip = {S("wait"), page_msg(&w->page, kept ? MSG_DEVICE_KEPT : MSG_DEVICE_REFUSED)},
            .open =
                url_local(w->arena, arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(r->record_code))),
        };
    }
    w->page.title = page_msg(&w->page, MSG_DEVICE_STOPPED);
    w->page.back = url_local(w->arena, S("/devices"));
    struct stopped_view m = {.rows = out, .rows_n = n};
    TRY(again_words(w, &m.again));
    stopped_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one ---- */

err look_stopped(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct q_device_record_get r;
    TRY(record_find(c, in[ST_RECORD].text, &r));
    io->home = r.home;
    io->subject_kind = S("device");
    io->subject_id = r.device_id;
    return OK;
}

/* For the desk; but what she told about the desk itself, for the ADC alone. */
err stopped_open(struct ctx *c, const struct q_device_record_get *r, enum lang lang, struct opened *out,
                 bool *out_readable)
{
    str json;
    str content;
    const bool desk = c->actor.role == ROLE_DESK;
    *out_readable = false;
    if (!desk && c->actor.role != ROLE_ADC) {
        return OK;
    }
    err e = opened_plain(c, r, &json, &content);
    if (e.code == ERR_OK) {
        e = opened_read(c, r, json, content, lang, out);
    }
    if (e.code == ERR_INVALID || e.code == ERR_NOT_FOUND || e.code == ERR_DENIED) {
        *c->fail = (struct fail){0};
        return OK;
    }
    TRY(e);
    bool past;
    bool past_of;
    TRY(opened_past_case(c, r->home, r->case_id, &past));
    TRY(opened_past_of(c, r, out, &past_of));
    *out_readable = (past || past_of || opened_past(out)) != desk;
    return OK;
}

/* What is in it, when her look was recorded. */
static err said_fill(struct web *w, const struct q_device_record_get *r, str at, struct stopped_one *m)
{
    struct opened o;
    bool readable = false;
    TRY(w->ctx.may_show_identity ? stopped_open(&w->ctx, r, w->lang, &o, &readable) : OK);
    if (!readable) {
        return OK;
    }
    if (mend_may(&w->ctx, r, &o)) {
        m->mend = url_local(w->arena, arena_printf(w->arena, "%.*s/mend", STR_F(at)));
    }
    TRY(stopped_files(w, r, &m->files, &m->files_n));
    return stopped_said(w, &o, m);
}

/* Then it is shown once more, with what is in it: that look is recorded as any other. */
static bool reason_missing(const struct web *w)
{
    return w->route->write == write_let_go && str_trim(w->in[ST_WHY].raw).n == 0;
}

err show_stopped_one(struct web *w)
{
    struct q_device_record_get r;
    struct q_device_get d;
    TRY(record_find(&w->ctx, w->in[ST_RECORD].text, &r));
    if (reason_missing(w)) {
        const str one = arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(r.record_code));
        return web_redirect(w, url_with(w->arena, url_local(w->arena, one), S("missing"), S("1")));
    }
    TRY(q_device_get(w->ctx.db, w->arena, r.home, r.device_id, &d));
    const bool kept = str_eq(r.record_state_code, S("quarantined"));
    struct fact_view facts[] = {
        {.name = page_msg(&w->page, MSG_DEVICE_KIND), .value = stopped_kind(w, r.kind_code)},
        {.name = page_msg(&w->page, MSG_DEVICE_WHY), .value = stopped_why(w, r.why_code)},
        {.name = page_msg(&w->page, MSG_DEVICE_NAME), .value = d.name_text, .dir = S("name")},
        {.name = page_msg(&w->page, MSG_DEVICE_CAME),
         .value = r.came_ms.given ? format_time(w->arena, w->lang, r.came_ms.v) : STR_NONE},
        {.name = page_msg(&w->page, MSG_DEVICE_TOLD),
         .value = r.told_ms.given ? format_time(w->arena, w->lang, r.told_ms.v) : STR_NONE},
    };
    if (w->in[ST_MISSING].given && w->in[ST_MISSING].n == 1) {
        web_fault(w, ST_WHY, MSG_DEVICE_WHY_MISSING);
    }
    struct stopped_one m = {.facts = {facts, r.told_ms.given ? COUNT(facts) : COUNT(facts) - 1},
                            .may = !kept || permission_of(w->ctx.actor.role, P_DEVICE_MANAGE),
                            .kept = kept,
                            .why = web_field(w, ST_WHY, MSG_DEVICE_LET_GO_HINT)};
    const str at = arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(r.record_code));
    TRY(said_fill(w, &r, at, &m));
    m.why.optional = false;
    m.again = url_local(w->arena, arena_printf(w->arena, "%.*s/again", STR_F(at)));
    m.drop = url_local(w->arena, arena_printf(w->arena, "%.*s/drop", STR_F(at)));
    w->page.title = page_msg(&w->page, MSG_DEVICE_STOPPED_ONE);
    w->page.back = url_local(w->arena, S("/devices/waiting"));
    w->page.form_id = S("drop");
    stopped_one_page(&w->page, &m);
    return web_html(w, 200);
}

err write_try_again(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return record_again(c, in[ST_RECORD].text);
}

err write_let_go(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return record_drop(c, in[ST_RECORD].text, in[ST_WHY].given ? in[ST_WHY].text : S(""));
}

err answer_tried(struct web *w)
{
    return web_redirect(
        w, url_with(w->arena, url_local(w->arena, S("/devices/waiting")), S("again"), w->in[ST_RECORD].text));
}

err answer_stopped(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/devices/waiting")));
}
