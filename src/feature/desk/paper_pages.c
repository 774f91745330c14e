/* paper_pages.c: what she takes home: her number and PIN, the slip. */
#include "paper_pages.h"

#include "case_pages.h"
#include "case_parts.h"
#include "clock.h"
#include "desk_models.h"
#include "format.h"
#include "paper.html.h"
#include "qr.h"
#include "desk_feature.h"
#include "slip.html.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A PIN is shown only when the look at it stands in the audit chain. */
static err pin_for_desk(struct web *w, const case_ref *ref, char out[PIN_LEN])
{
    return w->ctx.may_show_identity ? case_pin(&w->ctx, ref, out) : FAIL(IO);
}

static enum lang lang_hers(const struct case_view *v)
{
    enum lang hers;
    return lang_of(v->row.lang_code, &hers) ? hers : LANG_UR;
}

/* Papers that an application still needs, in her language: they never stop it. */
static err missing_fill(struct web *w, const struct case_view *v, struct filed_view *m)
{
    struct case_paper *papers;
    size_t n;
    struct ctx ctx = w->ctx;
    ctx.lang = (int)lang_hers(v);
    TRY(case_papers(&ctx, v, &papers, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (!papers[i].given) {
            c[m->missing_n++].text = papers[i].name;
        }
    }
    m->missing = c;
    return OK;
}

/* In her language, not in the officer's. */
static void tell_her(struct web *w, const struct case_view *v, struct filed_view *m)
{
    const enum lang hers = lang_hers(v);
    struct page her_page = w->page;
    her_page.lang = hers;
    const bool limited = v->flow.due_ms < case_no_due();
    const struct msg_arg end[] = {
        {"ref", page_isolate(&w->page, m->panel.ref)},
        {"pin", page_isolate(&w->page, m->panel.pin)},
        {"due", limited ? format_day(w->arena, hers, local_day(v->flow.due_ms)) : S("")}};
    m->read_back_end = page_msg_args(
        &her_page, limited ? MSG_DESK_READ_BACK_END : MSG_DESK_READ_BACK_END_NO_DUE, 0, end, COUNT(end));
    m->missing_title = page_msg(&her_page, MSG_DESK_MISSING);
    m->lang = lang_table[hers].code;
    m->dir = lang_table[hers].dir;
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
        .letter = case_url(w, ref, S("/letter")),
        .open = case_url(w, ref, S("")),
    };
    tell_her(w, &v, &m);
    TRY(missing_fill(w, &v, &m));
    w->page.title = m.panel.title;
    w->page.back = url_local(w->arena, S("/desk"));
    filed_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the slip ---- */

static const char *const choices_paper[] = {"w58", "w80", "a6", NULL};
static const struct {
    str code;
    enum msg text;
} papers[] = {{S_INIT("w58"), MSG_SLIP_W58}, {S_INIT("w80"), MSG_SLIP_W80}, {S_INIT("a6"), MSG_SLIP_A6}};
enum { PAPERS = sizeof papers / sizeof papers[0], PAPER_USUAL = 1 };

const struct input slip_inputs[2] = {{"ref", IN_REF, MSG_NEW_REF, .required = true},
                                     {"paper", IN_CHOICE, MSG_SLIP_PAPERS, .choices = choices_paper}};

/* The size chosen now, else the one chosen last at this machine: its printer takes no other. */
static size_t paper_of(struct web *w)
{
    if (w->in[1].given) {
        web_set_cookie(w, S("paper"), w->in[1].text, (int64_t)365 * 24 * 3600);
        return (size_t)w->in[1].n;
    }
    const str kept = web_cookie(w, S("paper"));
    for (size_t i = 0; i < PAPERS; i++) {
        if (str_eq(kept, papers[i].code)) {
            return i;
        }
    }
    return PAPER_USUAL;
}

static err papers_fill(struct web *w, const case_ref *ref, size_t here, struct slip_view *m)
{
    struct paper_view *rows = arena_array_of(w->arena, struct paper_view, PAPERS);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < PAPERS; i++) {
        rows[i] = (struct paper_view){
            .to = url_with(w->arena, case_url(w, ref, S("/slip")), S("paper"), papers[i].code),
            .text = page_msg(&w->page, papers[i].text),
            .here = i == here};
    }
    m->papers = rows;
    m->papers_n = PAPERS;
    return OK;
}

/* The page where she looks it up, when there is one for everybody; else the digits. Never the PIN. */
static err qr_fill(struct web *w, const case_ref *ref, struct slip_view *m)
{
    struct qr qr;
    const str digits = case_ref_digits(ref);
    const str address = web_public(w, arena_printf(w->arena, "/track?ref=%.*s", STR_F(digits)));
    TRY(qr_of(w->arena, address.n > 0 ? address : digits, &qr));
    m->qr_path = qr.path;
    m->qr_size = qr.size;
    return OK;
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
    const size_t paper = paper_of(w);
    struct slip_view m = {
        .paper = papers[paper].code,
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
    TRY(papers_fill(w, ref, paper, &m));
    TRY(qr_fill(w, ref, &m));
    w->page.title = page_msg(&w->page, MSG_SLIP_TITLE);
    w->page.script = true;
    w->page.back = case_url(w, ref, S(""));
    slip_page(&w->page, &m);
    return web_html(w, 200);
}
