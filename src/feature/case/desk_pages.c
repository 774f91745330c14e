/* desk_pages.c: taking a case down at the desk, what is read back to her, and her slip. */
#include "case.html.h"
#include "case_pages.h"
#include "case_parts.h"
#include "slip.html.h"
#include "clock.h"
#include "format.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

err show_case_desk(struct web *w)
{
    struct desk_view m = {
        .service = web_field(w, F_SERVICE, MSG_NONE),
        .unit = web_field(w, F_UNIT, MSG_NONE),
        .place = web_field(w, F_PLACE, MSG_NEW_PLACE_HINT),
        .words = web_field(w, F_WORDS, MSG_NONE),
        .name = web_field(w, F_NAME, MSG_NONE),
        .phone = web_field(w, F_PHONE, MSG_NONE),
        .whose = web_field(w, F_WHOSE, MSG_NONE),
        .safe = web_field(w, F_SAFE, MSG_NONE),
        .sex = web_field(w, F_SEX, MSG_NONE),
        .address = web_field(w, F_ADDRESS, MSG_DESK_ADDRESS_HINT),
        .lang = web_field(w, F_LANG, MSG_NONE),
        .channel = web_field(w, F_CHANNEL, MSG_NONE),
    };
    TRY(choices_service(w, F_SERVICE, &m.service));
    TRY(choices_unit(w, F_UNIT, w->ctx.actor.home, &m.unit));
    TRY(choices_words(w, F_WHOSE, case_whose_words, CASE_whose_n, STR_NONE, &m.whose));
    TRY(choices_words(w, F_SEX, case_sex_words, CASE_sex_n, STR_NONE, &m.sex));
    TRY(choices_words(w, F_LANG, case_lang_words, CASE_lang_n, S("ur"), &m.lang));
    TRY(choices_words(w, F_CHANNEL, case_channel_words, CASE_channel_n - 1, S("desk"), &m.channel));
    /* What is asked of her on the public page is told about her here. */
    m.service.label = page_msg(&w->page, MSG_CASE_SERVICE);
    m.words.label = page_msg(&w->page, MSG_CASE_WORDS);
    m.sex.label = page_msg(&w->page, MSG_DESK_SEX);
    /* The desk keeps what somebody else tells: the browser has nothing to fill in. */
    m.name.complete = m.phone.complete = S("off");
    m.lang.optional = m.channel.optional = false;
    w->page.title = page_msg(&w->page, MSG_DESK_NEW);
    w->page.form_id = S("file");
    desk_page(&w->page, &m);
    return web_html(w, 200);
}

err answer_case_desk(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(w, case_url(w, &ref, S("/filed")));
}

/* ---- what is read back and printed ---- */

/* A PIN is shown only when the look at it stands in the audit chain. */
static err pin_for_desk(struct web *w, const case_ref *ref, char out[PIN_LEN])
{
    return w->ctx.may_show_identity ? case_pin(&w->ctx, ref, out) : FAIL(IO);
}

/* In her language, not in the officer's. */
static err read_back(struct web *w, const struct case_view *v, str pin, struct filed_view *m)
{
    enum lang hers;
    struct page her_page = w->page;
    struct ctx her_ctx = w->ctx;
    struct case_view her_view;
    if (!lang_of(v->row.lang_code, &hers)) {
        hers = LANG_UR;
    }
    her_page.lang = hers;
    her_ctx.lang = (int)hers;
    TRY(case_find(&her_ctx, &w->in[0].as.ref, &her_view));
    const bool limited = v->flow.due_ms < case_no_due();
    const struct msg_arg what[] = {{"service", her_view.service_name}, {"unit", her_view.unit_name}};
    const struct msg_arg end[] = {
        {"ref", page_isolate(&w->page, m->panel.ref)},
        {"pin", page_isolate(&w->page, pin)},
        {"due", limited ? format_day(w->arena, hers, local_day(v->flow.due_ms)) : S("")}};
    m->read_back = page_msg_args(&her_page, MSG_DESK_READ_BACK_WORDS, 0, what, COUNT(what));
    m->read_back_end = page_msg_args(
        &her_page, limited ? MSG_DESK_READ_BACK_END : MSG_DESK_READ_BACK_END_NO_DUE, 0, end, COUNT(end));
    m->words = v->row.words_text;
    m->lang = lang_table[hers].code;
    m->dir = lang_table[hers].dir;
    return OK;
}

err show_case_filed(struct web *w)
{
    struct case_view v;
    char pin[PIN_LEN];
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    TRY(pin_for_desk(w, ref, pin));
    struct filed_view m = {
        .panel = {page_msg(&w->page, MSG_DESK_FILED_TITLE), case_ref_text(w->arena, *ref),
                  arena_str(w->arena, (str){pin, PIN_LEN})},
        .slip = case_url(w, ref, S("/slip")),
        .open = case_url(w, ref, S("")),
    };
    TRY(read_back(w, &v, m.panel.pin, &m));
    w->page.title = m.panel.title;
    w->page.back = url_local(w->arena, S("/cases"));
    filed_page(&w->page, &m);
    return web_html(w, 200);
}

err show_case_slip(struct web *w)
{
    struct case_view v;
    char pin[PIN_LEN];
    enum lang hers;
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    TRY(pin_for_desk(w, ref, pin));
    if (lang_of(v.row.lang_code, &hers)) { /* the slip is for her */
        w->page.lang = hers;
    }
    struct slip_view m = {
        .paper = S("w80"),
        .ref = case_ref_text(w->arena, *ref),
        .pin = arena_str(w->arena, (str){pin, PIN_LEN}),
        .day = format_day(w->arena, w->page.lang, local_day(v.row.filed_ms)),
        .due = v.flow.due_ms < case_no_due() ? format_day(w->arena, w->page.lang, local_day(v.flow.due_ms))
                                             : S(""),
        .office = S(""),
    };
    if (v.row.filed_office_id.given) {
        TRY(label_find_in(&w->ctx, S("body"), v.row.filed_office_id.v, (int)w->page.lang, &m.office));
    }
    w->page.title = page_msg(&w->page, MSG_SLIP_TITLE);
    w->page.script = true;
    w->page.back = case_url(w, ref, S(""));
    slip_page(&w->page, &m);
    return web_html(w, 200);
}
