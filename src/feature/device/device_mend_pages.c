/* device_mend_pages.c: what was taken down without a signal and refused, in the form of the desk, to be put
 * right and registered under the number that it holds. */
#include "device_stopped_pages.h"

#include "case_parts.h"
#include "catalogue.h"
#include "device.html.h"
#include "event_day_pages.h"
#include "file_pages.h"
#include "format.h"

enum { MD_RECORD = F_N, MD_AGREED, MD_TOKEN };
const struct input mend_inputs[MEND_INPUTS] = {
    FILE_INPUTS_ASKED("", true),
    FILE_INPUTS_TOLD(""),
    [MD_RECORD] = {"record", IN_CODE, MSG_DEVICE_RECORD, 26, .required = true},
    [MD_AGREED] = {"agreed", IN_FLAG, MSG_DESK_AGREED},
    [MD_TOKEN] = {"token", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
};

/* What only lacks something; whose it is has to be decided first. */
static bool only_lacks(const struct q_device_record_get *r)
{
    static const str of_whom[] = {S_INIT("revoked"), S_INIT("device.why_person"), S_INIT("device.why_closed"),
                                  S_INIT("device.why_shift"), S_INIT("device.why_other")};
    for (size_t i = 0; i < sizeof of_whom / sizeof of_whom[0]; i++) {
        if (str_eq(r->why_code, of_whom[i])) {
            return false;
        }
    }
    return r->by_id.given;
}

bool mend_may(const struct ctx *c, const struct q_device_record_get *r, const struct opened *o)
{
    if (!opened_told(o)) {
        return false;
    }
    return opened_past(o) ? c->actor.role == ROLE_ADC && only_lacks(r)
                          : c->actor.role == ROLE_DESK && str_eq(r->record_state_code, S("refused"));
}

/* One that this person may put right: the desk what was refused, the ADC what goes past it. NOT_FOUND. */
static err mend_find(struct ctx *c, str ulid, enum lang lang, struct q_device_record_get *r, struct opened *o)
{
    bool readable;
    TRY(record_find(c, ulid, r));
    TRY(stopped_open(c, r, lang, o, &readable));
    return readable && mend_may(c, r, o) ? OK : FAIL(NOT_FOUND);
}

/* A number that another device carries, or that has its case, is nobody's to keep, whatever else was wrong.
 */
static err keeps_number(struct ctx *c, const struct q_device_record_get *r, const struct opened *o, bool *out)
{
    case_ref ref;
    const struct case_hold by = {.home = r->home, .holder = CASE_HELD_DEVICE, .id = r->device_id};
    *out = o->reference.n > 0 && case_ref_of(c->arena, o->reference, &ref).code == ERR_OK;
    if (!*out) {
        return OK;
    }
    const err e = case_ref_takes(c, &by, &ref);
    if (e.code == ERR_INVALID || e.code == ERR_CONFLICT) {
        *c->fail = (struct fail){0};
        *out = false;
        return OK;
    }
    return e;
}

err look_mend(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    return look_stopped(c, &in[MD_RECORD], io);
}

static err mend_fill(struct web *w, const struct q_device_record_get *r, const struct opened *o,
                     struct mend_view *m)
{
    case_ref number;
    const str at = arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(r->record_code));
    TRY(file_form_fill(w, &m->file));
    TRY(stopped_files(w, r, &m->files, &m->files_n));
    if (o->reference.n > 0 && case_ref_of(w->arena, o->reference, &number).code == ERR_OK) {
        m->ref = case_ref_text(w->arena, number);
    }
    TRY(keeps_number(&w->ctx, r, o, &m->keeps));
    m->why = stopped_why(w, r->why_code);
    m->told = format_time(w->arena, w->lang, o->told_ms);
    m->agreed = web_field(w, MD_AGREED, MSG_NONE);
    m->agreed.optional = false;
    m->asks_agreed = o->kind == OPENED_FILING;
    m->token = web_field(w, MD_TOKEN, MSG_NONE);
    m->asks_token = o->kind == OPENED_MATTER;
    m->self = url_local(w->arena, arena_printf(w->arena, "%.*s/mend", STR_F(at)));
    w->page.back = url_local(w->arena, at);
    return OK;
}

/* As it came, every fault beside its field. */
static void form_of_record(struct web *w, const struct opened *o)
{
    for (size_t i = 0; i < F_N; i++) {
        w->in[i] = o->in[i];
    }
    w->in[MD_AGREED] = o->in[OF_AGREED];
    w->in[MD_TOKEN] = o->in[OF_TOKEN];
}

err show_mend(struct web *w)
{
    struct q_device_record_get r;
    struct opened o;
    struct mend_view m = {0};
    const str ulid = w->in[MD_RECORD].text;
    TRY(mend_find(&w->ctx, ulid, w->lang, &r, &o));
    if (w->route->write == NULL && !w->ctx.may_show_identity) { /* the look could not be recorded */
        return web_redirect(
            w, url_local(w->arena, arena_printf(w->arena, "/devices/waiting/%.*s", STR_F(ulid))));
    }
    if (w->route->write == NULL) {
        form_of_record(w, &o);
    }
    TRY(mend_fill(w, &r, &o, &m));
    w->page.title = page_msg(&w->page, MSG_DEVICE_MEND);
    w->page.form_id = S("mend");
    mend_page(&w->page, &m);
    return web_html(w, 200);
}

/* What cannot be skipped, as at the desk. */
err prepare_mend(struct web *w)
{
    bool pointed;
    struct q_device_record_get r;
    struct opened o;
    TRY(mend_find(&w->ctx, w->in[MD_RECORD].text, w->lang, &r, &o));
    TRY(file_pointed(&w->ctx, w->in[F_SERVICE].raw, &pointed));
    if (pointed) { /* of that the write leaves nothing */
        return OK;
    }
    if (o.kind == OPENED_FILING || w->in[F_PHONE].given || w->in[F_NAME].given) {
        file_consent_asked(w);
    }
    TRY(file_matter_asked(w));
    if (o.kind == OPENED_FILING && w->in[MD_AGREED].n != 1) {
        web_fault(w, MD_AGREED, MSG_DESK_AGREED_MISSING);
    }
    return OK;
}

/* What was told and is another now, by name; what the form adds of itself is none. */
static str changed_of(struct arena *a, const struct given *was, const struct given *is)
{
    SCOPED(buf_free) struct buf names = buf_new(1000);
    for (size_t i = 0; i < F_N; i++) {
        const bool sound = was[i].fault.n == 0 && is[i].fault.n == 0;
        const str before = sound && was[i].text.n > 0 ? was[i].text : was[i].raw;
        const str after = sound && is[i].text.n > 0 ? is[i].text : is[i].raw;
        if (i != F_DOCUMENTS && before.n > 0 && !str_eq(str_trim(before), str_trim(after))) {
            buf_printf(&names, "%s%s", buf_str(&names).n > 0 ? "," : "", mend_inputs[i].name);
        }
    }
    return arena_str(a, buf_str(&names));
}

/* The slip that she holds was given for what she said first: it stays in the timeline. */
static err words_kept(struct ctx *c, const struct given *was, const struct given *is, const case_ref *ref)
{
    const str before = str_trim(was->fault.n == 0 && was->text.n > 0 ? was->text : was->raw);
    return before.n == 0 || str_eq(before, str_trim(is->text))
               ? OK
               : case_corrected(c, ref, S("description"), before);
}

/* What goes past the desk is filed for whoever took it down, put right by the ADC, and goes past it still. */
static err mend_as(struct ctx *c, const struct q_device_record_get *r, struct ctx *out)
{
    struct q_account_get a;
    *out = *c;
    if (c->actor.role == ROLE_DESK) {
        return OK;
    }
    TRY(q_account_get(c->db, c->arena, r->by_id.v, &a));
    out->actor = device_actor(&a);
    return OK;
}

err write_mend(struct ctx *c, const struct given *in, struct receipt *out)
{
    bool pointed;
    bool keeps;
    struct q_device_record_get r;
    struct opened o;
    struct case_receipt done;
    struct given told[F_N];
    TRY(mend_find(c, in[MD_RECORD].text, LANG_EN, &r, &o));
    struct record_ended e = {.kind = o.kind_code, .by = r.by_id, .told = SOME(o.told_ms)};
    TRY(file_pointed(c, in[F_SERVICE].raw, &pointed));
    if (pointed) {
        TRY(catalogue_point(c, r.home));
        return record_destroyed(c, &r, &e, S("pointed"));
    }
    for (size_t i = 0; i < F_N; i++) {
        told[i] = in[i];
    }
    told[F_DOCUMENTS] = o.in[F_DOCUMENTS]; /* asked when it is read back: they stay as they were said */
    o.in[OF_TOKEN] = in[MD_TOKEN];
    TRY(keeps_number(c, &r, &o, &keeps));
    o.reference = keeps ? o.reference : S("");
    if (opened_past(&o)) {
        told[F_PAST] = o.in[F_PAST];
        told[F_PAST].given = true;
        told[F_PAST].n = 1;
    }
    struct ctx as;
    TRY(mend_as(c, &r, &as));
    TRY(opened_file(&as, &r, &o, told, &done));
    TRY(words_kept(&as, &o.in[F_WORDS], &told[F_WORDS], &done.ref));
    TRY(opened_case(c, &done, &e.case_id));
    receipt_of(c, &done, out);
    return record_mended(c, &r, &e, changed_of(c->arena, o.in, told));
}

/* Its slip, as after the form of the desk; what is about the desk itself it does not reach any more. */
err answer_mend(struct web *w)
{
    case_ref ref;
    if (w->ctx.actor.role != ROLE_DESK) {
        return web_redirect(w, url_local(w->arena, S("/devices/waiting")));
    }
    if (w->receipt.ref.n == 0) { /* only pointed to */
        return web_redirect(w,
                            url_with(w->arena, url_local(w->arena, S("/cases/new")), S("pointed"), S("1")));
    }
    if (w->in[F_PAST].given && w->in[F_PAST].n == 1) {
        return answer_past(w);
    }
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(
        w, url_local(w->arena, arena_printf(w->arena, "/cases/%.*s/filed", STR_F(case_ref_digits(&ref)))));
}
