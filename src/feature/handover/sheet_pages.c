/* sheet_pages.c: the sheet that is copied into the other institution's form: in the order in which that asks,
 * in the language in which it is filled in. Who she is stands on it for the desk alone, when she agreed. */
#include "handover_pages.h"

#include "case_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "cnic.h"
#include "format.h"
#include "handover.html.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input sheet_inputs[SHEET_INPUTS] = {
    {"ref", IN_REF, MSG_NEW_REF, .required = true},
    {"no", IN_NUMBER, MSG_HANDOVER_NO, HANDOVER_OUT_MAX, .required = true},
};

/* A sheet being written, in the language of their form. */
struct sheet {
    struct web *w;
    struct page page;
    struct ctx ctx;
    struct case_view v;
    struct handover_row row;
    struct portal portal;
    struct case_identity who;
    bool known; /* who she is stands in it */
    bool staff; /* a number was left out, for it is of somebody who works here */
};

static err of_staff(struct sheet *s, str kind, str normal, str *io)
{
    bool staff = false;
    TRY(account_contact_is_staff(&s->ctx, kind, normal, &staff));
    if (staff) {
        s->staff = true;
        *io = S("");
    }
    return OK;
}

/* Numbers as their forms want them; one of somebody who works here is no way to reach her. */
static err numbers_settle(struct sheet *s)
{
    struct case_identity *who = &s->who;
    struct arena *a = s->w->arena;
    cnic card;
    if (who->cnic.n > 0 && cnic_of(a, who->cnic, &card).code == ERR_OK) {
        who->cnic = cnic_text(a, card);
        TRY(of_staff(s, S("cnic"), (str){card.digits, sizeof card.digits}, &who->cnic));
    }
    if (who->phone.n > 0) {
        const phone number = {who->phone};
        who->phone = phone_local(a, number);
        TRY(of_staff(s, S("phone"), number.e164, &who->phone));
    }
    return OK;
}

static err identity_settle(struct sheet *s)
{
    str consents[CASE_purpose_n];
    s->who = (struct case_identity){.name = S("")};
    TRY(case_consents(&s->w->ctx, &s->v, consents));
    if (str_eq(consents[CASE_purpose_hand_over], S("no"))) { /* she took it back meanwhile */
        s->row.named = false;
    }
    if (!s->row.named) {
        return OK;
    }
    const err e = case_identity(&s->w->ctx, &s->v, &s->who);
    if (e.code == ERR_DENIED || e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    s->known = true;
    return numbers_settle(s);
}

static str relation_words(const struct sheet *s)
{
    const enum msg m = case_word_of(case_relation_words, CASE_relation_n, s->who.relation);
    if (m == MSG_NONE) {
        return s->who.relation_name;
    }
    return arena_printf(s->w->arena, "%.*s %.*s", STR_F(page_msg(&s->page, m)), STR_F(s->who.relation_name));
}

static err office_words(struct sheet *s, str *out)
{
    struct q_service_term_on term;
    str appeal;
    *out = s->v.office_name;
    const err e =
        catalogue_term(&s->ctx, s->v.row.service_id, s->v.row.unit_id, local_day(s->v.row.filed_ms), &term);
    if (out->n > 0 || e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    return catalogue_term_words(&s->ctx, term.id, out, &appeal);
}

/* What each thing that they may ask is called on the sheet. What is empty is left out, unless it is asked of
 * her on the spot. */
static const struct sheet_field {
    str code;
    enum msg label;
    str dir;
    bool room;
} sheet_fields[] = {
    {S_INIT("category"), MSG_HANDOVER_LINE_CATEGORY, S_INIT(""), false},
    {S_INIT("subject"), MSG_HANDOVER_LINE_SUBJECT, S_INIT(""), false},
    {S_INIT("words"), MSG_HANDOVER_LINE_WORDS, S_INIT("auto"), false},
    {S_INIT("area"), MSG_HANDOVER_LINE_AREA, S_INIT(""), false},
    {S_INIT("place"), MSG_HANDOVER_LINE_PLACE, S_INIT("auto"), false},
    {S_INIT("name"), MSG_HANDOVER_LINE_NAME, S_INIT("auto"), false},
    {S_INIT("relation"), MSG_HANDOVER_LINE_RELATION, S_INIT("auto"), false},
    {S_INIT("cnic"), MSG_HANDOVER_LINE_CNIC, S_INIT("ltr"), false},
    {S_INIT("phone"), MSG_HANDOVER_LINE_PHONE, S_INIT("ltr"), false},
    {S_INIT("address"), MSG_HANDOVER_LINE_ADDRESS, S_INIT("auto"), false},
    {S_INIT("office"), MSG_HANDOVER_LINE_OFFICE, S_INIT(""), true},
    {S_INIT("consumer"), MSG_HANDOVER_LINE_CONSUMER, S_INIT(""), true},
    {S_INIT("affirm"), MSG_HANDOVER_LINE_AFFIRM, S_INIT(""), false},
    {S_INIT("sign"), MSG_HANDOVER_LINE_SIGN, S_INIT(""), true},
    {S_INIT("ours"), MSG_HANDOVER_LINE_OURS, S_INIT("ltr"), false},
};

static err value_of(struct sheet *s, str code, str *out)
{
    struct arena *a = s->w->arena;
    const struct {
        str code, value;
    } plain[] = {
        {S("category"), s->v.service_name},
        {S("subject"), arena_printf(a, "%.*s: %.*s", STR_F(s->v.service_name), STR_F(s->v.unit_name))},
        {S("words"), s->v.row.words_text},
        {S("area"), s->v.unit_name},
        {S("place"), s->v.row.place_text},
        {S("name"), s->who.name},
        {S("relation"), relation_words(s)},
        {S("cnic"), s->who.cnic},
        {S("phone"), s->who.phone},
        {S("address"), s->who.address},
        {S("affirm"), page_msg(&s->page, MSG_HANDOVER_AFFIRM)},
        {S("ours"), case_ref_text(a, s->w->in[0].as.ref)},
    };
    *out = S("");
    if (str_eq(code, S("office"))) {
        return office_words(s, out);
    }
    for (size_t i = 0; i < COUNT(plain); i++) {
        if (str_eq(plain[i].code, code)) {
            *out = str_trim(plain[i].value);
        }
    }
    return OK;
}

static err lines_fill(struct sheet *s, struct sheet_view *m)
{
    str asked = s->portal.fields;
    struct sheet_line *lines = arena_array_of(s->w->arena, struct sheet_line, COUNT(sheet_fields));
    if (lines == NULL) {
        return FAIL(LIMIT);
    }
    while (asked.p != NULL && m->lines_n < COUNT(sheet_fields)) {
        const str code = str_cut(&asked, ',');
        for (size_t i = 0; i < COUNT(sheet_fields); i++) {
            const struct sheet_field *f = &sheet_fields[i];
            str value;
            if (!str_eq(f->code, code)) {
                continue;
            }
            TRY(value_of(s, code, &value));
            if (value.n > 0 || f->room) {
                lines[m->lines_n++] = (struct sheet_line){.label = page_msg(&s->page, f->label),
                                                          .value = value,
                                                          .dir = f->dir,
                                                          .empty = value.n == 0};
            }
        }
    }
    m->lines = lines;
    return OK;
}

/* The dates as one line. */
static str looks_text(struct sheet *s)
{
    str all = S("");
    for (size_t i = 0; i < s->portal.looks_n; i++) {
        const str day = format_day(s->w->arena, s->w->lang, day_add(s->row.given_day, s->portal.looks[i]));
        all = i == 0 ? day : arena_printf(s->w->arena, "%.*s · %.*s", STR_F(all), STR_F(day));
    }
    return all;
}

static str notice_of(struct sheet *s)
{
    if (!s->row.named) {
        return page_msg(&s->w->page, MSG_HANDOVER_SHEET_NOBODY);
    }
    if (!s->known) {
        return page_msg(&s->w->page, MSG_HANDOVER_SHEET_DESK);
    }
    return s->staff ? page_msg(&s->w->page, MSG_HANDOVER_SHEET_STAFF) : S("");
}

err show_sheet(struct web *w)
{
    struct sheet s = {.w = w, .page = w->page, .ctx = w->ctx};
    struct case_view staffs; /* in the language of whoever looks */
    enum lang form;
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &staffs));
    TRY(handover_find(&w->ctx, &staffs, w->in[1].n, &s.row));
    TRY(portal_known(&w->ctx, s.row.portal_code, &s.portal));
    if (!lang_of(s.portal.form_lang, &form)) {
        form = LANG_UR;
    }
    s.page.lang = form;
    s.ctx.lang = (int)form;
    TRY(case_find(&s.ctx, ref, &s.v));
    TRY(identity_settle(&s));
    const struct msg_arg arg = {"portal", s.portal.name};
    struct sheet_view m = {.title = page_msg_args(&w->page, MSG_HANDOVER_SHEET_TITLE, 0, &arg, 1),
                           .place = s.portal.place,
                           .helpline = s.portal.helpline,
                           .lang = lang_table[form].code,
                           .dir = lang_table[form].dir,
                           .notice = notice_of(&s),
                           .looks = looks_text(&s)};
    TRY(lines_fill(&s, &m));
    w->page.title = m.title;
    w->page.back = handover_url(w, ref, s.row.no, S(""));
    w->page.script = true;
    sheet_page(&w->page, &m);
    return web_html(w, 200);
}
